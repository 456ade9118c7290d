"""Which documents of the library are in force, expired or repealed on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice

from corpus.address import Address
from corpus.document import Document
from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from retriever.query import Query
from server.answer import Claim, Draft
from server.notes import STATUS_WORDS, reference_of
from server.pieces import quoted

__all__ = ["interpreted_by", "repeal_claims", "standing", "term_claims"]

_TEXTS = r"(?:政策|文件|办法|措施|规定|意见|通知)"
_ENDED = re.compile(
    rf"(?:哪些|哪几[个份项]|有没有|有哪些){_TEXTS}[^，。？?]{{0,4}}(?:过期|失效|废止|作废|到期|不能用|无效)"
    rf"|(?:过期|失效|废止|作废)(?:了)?的{_TEXTS}(?:有哪些|是哪些|有几)"
)
_HOLDING = re.compile(
    rf"(?:哪些|哪几[个份项]){_TEXTS}[^，。？?]{{0,4}}(?:有效|能用|在用|管用|施行|执行)"
    rf"|(?:有效|施行中?|在用)的{_TEXTS}(?:有哪些|是哪些|有几)|有哪些(?:还|现在|现行)?有效的?{_TEXTS}"
)
_TERM = re.compile(r"施行|实施|有效期|废止|生效|执行期|截止(?:时间|日期)|参照本")
#: Who interprets a document is asked for, and the sentence that says it.
_ASKS_INTERPRETER = re.compile(
    r"谁[^，。？?]{0,4}解释|解释(?:权|单位|部门|机关)|哪个?[^，。？?]{1,6}解释"
)
_INTERPRETS = re.compile(r"由[^。；]{2,30}(?:负责)?解释")
#: Documents that are said; the library page lists the others.
_MOST = 10


def standing(query: Query, index: ClauseIndex) -> Draft | None:
    """Answer with what each document of the kind asked for says of its term.

    None where the question does not ask for documents by their validity.
    """
    ended, day = bool(_ENDED.search(query.text)), query.as_of
    if not ended and not _HOLDING.search(query.text):
        return None
    policies = [d for d in index.documents if d.authority == "normative" and _within(d, query)]
    meant = {"expired", "repealed"} if ended else {"in_force"}
    found = [d for d in policies if d.validity(day).status in meant and d.term.basis]
    claims = tuple(_said(document, index, day) for document in found[:_MOST])
    unknown = [reference_of(d) for d in policies if d.validity(day).status == "unknown"]
    notes = [f"还有{len(found) - _MOST}份，见文件库。"] if len(found) > _MOST else []
    if unknown:
        more = f"等{len(unknown)}份" if len(unknown) > _MOST else ""
        notes.append(f"没有写明施行期限的：{'、'.join(unknown[:_MOST])}{more}。")
    if claims:
        return Draft("answered", claims, tuple(notes))
    said = "库内没有写明已失效或已废止的文件。" if ended else "库内没有写明现行有效的文件。"
    return Draft("not_stated", reason="".join([said, *notes]))


def _within(document: Document, query: Query) -> bool:
    """Whether a document is within the limits that the asker set."""
    named = query.documents is None or document.id in query.documents
    return named and (query.area is None or document.area == query.area)


def term_claims(document: Document, index: ClauseIndex) -> tuple[Claim, ...]:
    """Return the sentences that say from when and until when a document holds."""
    claims: list[Claim] = []
    for address in document.term.basis:
        pieces = sentences(index.clause(address)[1].text)
        kept = [piece for piece in pieces if _TERM.search(piece)] or pieces
        claims += (quoted(piece, address) for piece in kept)
    return tuple(claims)


def interpreted_by(document: Document, question: str, index: ClauseIndex) -> tuple[Claim, ...]:
    """The sentence that says who interprets a document, where a question asks it besides its term."""
    if not _ASKS_INTERPRETER.search(question):
        return ()
    found = (
        quoted(piece, Address(document.id, clause.path))
        for clause in reversed(list(index.readings[document.id].outline))
        for piece in sentences(clause.text)
        if _INTERPRETS.search(piece)
    )
    return tuple(islice(found, 1))


def repeal_claims(document: Document, index: ClauseIndex) -> Iterator[Claim]:
    """The sentences by which a document puts others out of force."""
    for address in dict.fromkeys(repeal.by for repeal in document.repeals):
        for piece in sentences(index.clause(address)[1].text):
            # An entry of a list (废止下列文件：) only names the document.
            if "废止" in piece or "失效" in piece:
                yield quoted(piece, address)
            elif piece.startswith("《"):
                yield replace(quoted(piece, address), lead="废止：")


def _said(document: Document, index: ClauseIndex, day: date) -> Claim:
    """The first sentence that the term of a document was read from, with its status."""
    status = STATUS_WORDS[document.validity(day).status]
    lead = f"{reference_of(document)}{status}："
    return replace(term_claims(document, index)[0], lead=lead)
