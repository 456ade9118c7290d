"""Whether two supports of one document may be had together, and what of one is taken off the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from server.sums.by_name.given import Offers
from server.sums.by_name.offers import like
from server.sums.phrases import SENTENCE

__all__ = ["both_had", "taken_off"]

#: 不得与仓储补贴同时享受.
_WITH = r"(?:[与和同][^，。；]{1,20}?)?"
_NOT = re.compile(
    rf"不(?:得|再|予|可|能)?{_WITH}(?:重复|同时|叠加|兼|享受)|就高|只能?(?:享受|选择)|任选|择一"
)
_TWICE = re.compile(
    rf"不(?:得|再|予|可|能)?{_WITH}(?:重复|同时|叠加|兼)|就高|只能?(?:享受|选择)|任选|择一"
)
_MAY = re.compile(r"可以?(?:同时|叠加|累计|一并|合并)|不冲突")
#: 两项补贴 are those of the clause that says so.
_OWN = re.compile(r"[两二三四]项|两者|上述|以上")
#: All supports of a document.
_ALL = re.compile(
    r"(?:本(?:办法|意见|措施|细则|政策|规定|通知)[^，。；]{0,8}|各[项类])[^，。；]{0,12}$"
)
_OFF = re.compile(r"(?:扣除|扣减|抵扣|抵减|减去|扣回|冲抵)")


def both_had(names: Sequence[str], places: Sequence[Address], index: ClauseIndex) -> bool:
    """Whether no sentence keeps supports from being had together, or one says that they may be.

    ``places`` are the clauses that give them, of one document.
    """
    kept = False
    for address, sentence in _sentences(places[0].document, index):
        said = [bool(like(name).search(sentence)) for name in names]
        match = _NOT.search(sentence)
        if match is None:
            if all(said) and _MAY.search(sentence):
                return True
            continue
        strict = bool(_TWICE.search(sentence))
        within = strict and any(a.contains(address) for a in places) and not _OWN.search(sentence)
        general = strict and not any(said) and _ALL.search(sentence[: match.start()])
        kept = kept or all(said) or within or bool(general)
    return not kept


def taken_off(asked: Offers, had: Offers, index: ClauseIndex) -> Span | None:
    """Where a document says that what was had of one support is taken off another: 购房补贴中扣除已领取的
    租房补贴; None where it does not."""
    document = asked.address.document
    for address, sentence in _sentences(document, index):
        match = _OFF.search(sentence)
        if match is None or not all(like(one.name).search(sentence) for one in (asked, had)):
            continue
        before, behind = sentence[: match.start()], sentence[match.end() :]
        off = like(had.name).search(behind) or _named_last(before, had, asked)
        of = like(asked.name).search(before)
        if off and of and not like(asked.name).search(behind):
            text = index.clause(address)[1].text
            at = text.index(sentence) + match.start()
            return Span(address, at, at + len(match[0]), match[0])
    return None


def _named_last(before: str, had: Offers, asked: Offers) -> bool:
    """Whether what was had is named right before 扣除: 已领取的租房补贴从购房补贴中予以扣除."""
    match = like(had.name).search(before)
    other = like(asked.name).search(before, match.end()) if match else None
    return bool(other and re.search(r"从[^，]{0,4}$", before[: other.start()]))


def _sentences(document: str, index: ClauseIndex) -> Iterator[tuple[Address, str]]:
    for clause in index.readings[document].outline.clauses:
        for match in SENTENCE.finditer(clause.text):
            yield Address(document, clause.path), match[0]
