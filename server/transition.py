"""What a document says of cases from before it: transitional rules, and how far back it applies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from retriever.query import Retrieval
from server.answer import Claim
from server.case_days import named_days
from server.pieces import quoted

__all__ = ["transitional"]

_RULE = re.compile(
    r"[施实]行[之以]?前|实施[之以]?前|印发[之以]?前|参照本|原办法|原政策|原规定|追溯"
)
#: Whether a case falls under a text at all is asked, not only what it gets.
_APPLIES = re.compile(
    r"能不能|能否|可以|能按|还能|能算|算不算|算进|适用|参照|按.{0,12}(?:吗|么)|吗"
)


def transitional(claims: Sequence[Claim], retrieval: Retrieval, index: ClauseIndex) -> list[Claim]:
    """Return the transitional rules of the document stated, where a case from before it is asked of.

    A case is one of a year or month before the day that the document came into force.
    """
    question, today = retrieval.understanding.text, retrieval.query.as_of
    if not claims or not _APPLIES.search(question):
        return []
    document = index.document(claims[0].address.document)
    start, days = document.term.start, named_days(question, today)
    if start is None or days is None or days.last >= start:
        return []
    stated = {claim.quote for claim in claims}
    found = [
        quoted(piece, address)
        for address in dict.fromkeys(document.term.basis)
        for piece in sentences(index.clause(address)[1].text)
        if _RULE.search(piece)
    ]
    return [claim for claim in found if claim.quote not in stated]
