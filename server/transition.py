"""What a document says of cases from before it: transitional rules, and how far back it applies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import Document
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
#: A case from under the rules before is told of: 之前按它报上去、钱还没发的.
_PENDING = re.compile(
    r"(?:之前|以前|原来|早先|去年|前年)[^，。？?]{0,10}(?:报(?:上去|了|的|过)|申[报请]|立项|受理|批)"
    r"|已经?[^，。？?]{0,10}(?:报(?:上去|过)|申报)"
    r"|(?:钱|资金|补贴|补助|奖励)[^，。？?]{0,4}没(?:发|兑现|到|拿|给)|[没未]兑现|按(?:哪个|老|旧|原)(?:来?的|办法|政策|标准)?(?:算|执行|走|来|办)"
)
_OLD_RULES = re.compile(r"原(?:办法|政策|规定|文件|标准)")


def transitional(claims: Sequence[Claim], retrieval: Retrieval, index: ClauseIndex) -> list[Claim]:
    """Return the transitional rules of the document stated, where a case from before it is asked of.

    A case is one of a year or month before the day that the document came into force.
    """
    question, today = retrieval.query.text, retrieval.query.as_of
    if not claims:
        return []
    document = index.document(claims[0].address.document)
    if _PENDING.search(question) and (rules := _rules(document, claims, index, _OLD_RULES)):
        return rules
    start, days = document.term.start, named_days(question, today)
    if not _APPLIES.search(question) or start is None or days is None or days.last >= start:
        return []
    return _rules(document, claims, index, _RULE)


def _rules(
    document: Document, claims: Sequence[Claim], index: ClauseIndex, told: re.Pattern[str]
) -> list[Claim]:
    """The sentences of the clauses on a document's term that tell of such cases, but those stated."""
    stated = {claim.quote for claim in claims}
    found = [
        quoted(piece, address)
        for address in dict.fromkeys(document.term.basis)
        for piece in sentences(index.clause(address)[1].text)
        if told.search(piece)
    ]
    return [claim for claim in found if claim.quote not in stated]
