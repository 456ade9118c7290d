"""What a document says of cases from before it: transitional rules, and how far back it applies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from server.answer import Claim
from server.pieces import quoted

__all__ = ["transitional"]

#: A month or year of the case; that of a text (2024年的办法, 2024年31号文) is none.
_MONTH = re.compile(
    r"(20\d\d)\s*年\s*(?:(\d{1,2})\s*月)?"
    r"(?!\d|的?(?:那[个份]|这[个份])?[^按依照用据，]{0,4}(?:文件|办法|意见|措施|政策|计划|方案|规定|条例|修订|版|第?\d+\s*号))"
)
_RULE = re.compile(
    r"[施实]行[之以]?前|实施[之以]?前|印发[之以]?前|参照本|原办法|原政策|原规定|追溯"
)
#: Whether a case falls under a text at all is asked, not only what it gets.
_APPLIES = re.compile(
    r"能不能|能否|可以|能按|还能|能算|算不算|算进|适用|参照|按.{0,12}(?:吗|么)|吗"
)


def transitional(question: str, claims: Sequence[Claim], index: ClauseIndex) -> list[Claim]:
    """Return the transitional rules of the document stated, where a case from before it is asked of.

    A case is one of a year or month before the day that the document came into force.
    """
    if not claims or not _APPLIES.search(question):
        return []
    document = index.document(claims[0].address.document)
    start, day = document.term.start, _day(question)
    if start is None or day is None or day >= start:
        return []
    stated = {claim.quote for claim in claims}
    found = [
        quoted(piece, address)
        for address in dict.fromkeys(document.term.basis)
        for piece in sentences(index.clause(address)[1].text)
        if _RULE.search(piece)
    ]
    return [claim for claim in found if claim.quote not in stated]


def _day(question: str) -> date | None:
    """The last day of the month or year that a question names first."""
    match = _MONTH.search(question)
    month = int(match[2] or 12) if match else 0
    return date(int(match[1]), month, 28) if match and 1 <= month <= 12 else None
