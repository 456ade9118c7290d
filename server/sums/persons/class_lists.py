"""Amounts by class of person, one a line or one behind the other: A类：每月8000元；B类：每月5000元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.beside import Limits, limits_of
from server.sums.clause_figures import quantity_at
from server.sums.listing import Listing, Piece

__all__ = ["ClassAmount", "ClassList", "classes_in", "degrees_in", "list_meant"]

#: Of the clauses found, those whose articles are looked at.
_NEAR = 6
_NOT_GOT = re.compile(r"(?:没|未|没有)(?:领|拿|享受|申请)[过了]?[^，,。；;]{0,12}$")
_LABEL = r"(?:[A-H]类|第[一二三四五六]类|第[一二三四五六]层次|[甲乙丙丁戊]类)"
_ENTRY = re.compile(
    rf"(?<![、和及与])(?P<label>{_LABEL})(?:人才)?(?:[（(][^（）()\d]{{1,12}}[）)])?[：:，,]?(?P<each>每人?每?个?月|每月)?(?:给予|发放|补贴|按)?(?=\d)"
)
#: 硕士研究生每人5万元; 本科毕业生和技师每人2万元.
_DEGREE = r"(?:博士(?!后)|硕士|本科|大专|专科)"
_BY_DEGREE = re.compile(
    rf"(?<![、和及与])(?P<label>{_DEGREE})(?:学历)?(?:研究生|毕业生|生)?(?:[和及、][^，。；：:\d]{{2,14}}?)?[：:，,]?(?:(?P<each>每人每个?月|每个?月)|每人|每名)?(?:给予|发放|补贴|按)?(?=\d)"
)
_LONGEST = re.compile(r"^[，,](?:最长|期限|不超过|累计)[^，。；\d]{0,6}(?=\d)")
_HEADING = re.compile(r"^(?P<name>[^。，：:；\d]{2,10})。")
_STANDARD = re.compile(
    r"^(?:首次|一次性)?(?P<name>[\u4e00-\u9fff]{2,10}?)(?:发放)?标准(?:如下|为)?[：:]?$"
)
_GIVEN = re.compile(r"(?:给予|发放|享受|支付)(?P<name>[\u4e00-\u9fff]{2,8})[：:]?$")


@dataclass(frozen=True, slots=True)
class ClassAmount:
    """What one class gets; ``longest``: for how many months at most, where it is one of each month."""

    label: str
    amount: Quantity
    monthly: bool
    longest: Quantity | None


@dataclass(frozen=True, slots=True)
class ClassList:
    """What each class gets of something, with what limits it and what else the article says."""

    name: str
    amounts: tuple[ClassAmount, ...]
    beside: tuple[Piece, ...]
    limits: Limits

    def of(self, label: str) -> ClassAmount | None:
        """What a class gets."""
        return next((one for one in self.amounts if one.label == label), None)


def classes_in(text: str) -> list[str]:
    """The classes that a text names, in their order.

    >>> classes_in("我是D类，配偶是E类，D类的多少")
    ['D类', 'E类']
    """
    return list(dict.fromkeys(re.findall(_LABEL, text)))


def degrees_in(text: str) -> list[str]:
    """The degrees that a text names, in their order."""
    return list(dict.fromkeys(re.findall(_DEGREE, text)))


def _class_list(address: Address, index: ClauseIndex, by_degree: bool = False) -> ClassList | None:
    """The amounts by class, or by degree, of the article of a clause; None where it has none, or a
    class has two."""
    pieces = [
        Piece(Address(address.document, c.path), c.text)
        for c in index.readings[address.document].outline.clauses
        if c.text and c.kind != "table" and c.path.article == address.path.article
    ]
    entry = _BY_DEGREE if by_degree else _ENTRY
    found = [(piece, list(_entries(piece, entry))) for piece in pieces]
    amounts = [one for _, own in found for one in own]
    if len(amounts) < 2 or len({one.label for one in amounts}) < len(amounts):
        return None
    items = tuple(piece for piece, own in found if own)
    lead = pieces[0]
    beside = tuple(piece for piece, own in found if not own and piece is not lead)
    listing = Listing(Piece(lead.address, ""), items, beside, True)
    standard = _STANDARD.match(lead.words.strip()) if by_degree else None
    name = standard["name"] if standard else _name(lead.words)
    return ClassList(name, tuple(amounts), beside, limits_of(listing, index))


def list_meant(
    retrieval: Retrieval, index: ClauseIndex, by_degree: bool
) -> tuple[ClassList | None, Address]:
    """The list of the articles found whose name the question says; of one without a name, the best."""
    first = retrieval.hits[0].passage.address
    near = [
        h.passage.address
        for h in retrieval.hits[:_NEAR]
        if h.passage.address.document == first.document
    ]
    lists = ((_class_list(a, index, by_degree), a) for a in near)
    found = {a.path.article: (listed, a) for listed, a in lists if listed}
    question = retrieval.understanding.text
    named = [pair for pair in found.values() if pair[0].name and _is_asked(pair[0].name, question)]
    if len(named) == 1:
        return named[0]
    best = found.get(first.path.article)
    return best if best and not named and not best[0].name else (None, first)


def _is_asked(name: str, question: str) -> bool:
    """Whether a question names something, and not as what was not had (没领过安家费)."""
    return any(
        not _NOT_GOT.search(question[: m.start()]) for m in re.finditer(re.escape(name), question)
    )


def _entries(piece: Piece, entry: re.Pattern[str]) -> Iterator[ClassAmount]:
    figures = {q.start: q for q in find_quantities(piece.words)}
    for match in entry.finditer(piece.words):
        q = figures.get(match.end())
        if q is None or q.unit.split("/")[0] != MONEY or q.low is not None:
            continue
        behind = _LONGEST.match(piece.words[q.end :])
        longest = figures.get(q.end + behind.end()) if behind else None
        if longest and longest.unit != "月":
            longest = None
        yield ClassAmount(
            match["label"],
            quantity_at(piece.address, piece.words, q, piece.at),
            bool(match["each"]) or q.unit == f"{MONEY}/月",
            quantity_at(piece.address, piece.words, longest, piece.at) if longest else None,
        )


def _name(lead: str) -> str:
    """What an article gives, by its heading or by what it grants."""
    first: Sequence[re.Match[str] | None] = (_HEADING.match(lead), _GIVEN.search(lead.strip()))
    return next((match["name"] for match in first if match), "")
