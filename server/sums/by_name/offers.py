"""What a support that is called by its name gives, class by class: 按下列标准给予安家补助：（一）领军人才，给予80万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address
from corpus.outline import Clause
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.beside import Limits, limits_of
from server.sums.bounds import is_money
from server.sums.clause_figures import quantity_at
from server.sums.likeness import own_words
from server.sums.listing import Listing, Piece
from server.sums.units import units_of
from server.sums.workable import can_be_worked

__all__ = ["CHANGES", "SUPPORT_NAME", "Offer", "Offers", "like", "meant", "named_in", "offers_of"]

_FORM = r"(?:补贴|补助|奖励|津贴|资助|奖补)"
SUPPORT_NAME = re.compile(rf"[\u4e00-\u9fff]{{2,6}}{_FORM}")
#: Names that many supports have.
_NO_NAME = re.compile(r"(?:一次性|资金|财政|相应|各项|多项|所有|什么|哪些|其他|这些)")
_SENTENCE = re.compile(r"[^。；;\n]+")
#: What a sentence does that names a support and does not give it: it changes it, or pays it in parts.
CHANGES = re.compile(r"提高|上浮|上调|降低|下调|下浮|减半|扣[除减]|增加|分[两二三四五六\d]")
#: A line of a list that was read as no measure: 高级人才每月2000元.
_PLAIN = re.compile(
    r"(?P<label>[^，,。；;：:\d]{2,20}?)[，,：:]?(?:每人)?(?P<each>每人?每?个?月)?(?:给予|发放|补助|补贴|奖励|按)?(?=\d)"
)
_AT_MOST = re.compile(r"(?:不超过|最长|累计|最多|不得超过)[^，。；\d]{0,6}$")
#: 签订5年以上合同 is a condition on who gets it.
_TIME = ("年", "月", "日")
_HAD = re.compile(r"(?:已|未|没有?|不再|不得|停止|除)[^，。；、]{0,8}$")
_LOOSE = re.compile(
    r"^(?:年度)?(?:考核|评定|评审|验收|认定)?(?:结果)?(?:被?[评认]?定?为)?|等次$|的$"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one class gets: a rate of a base, or an amount for each of some units."""

    label: str
    address: Address
    rate: Quantity | None
    amount: Quantity | None
    units: tuple[str, ...] = ()
    base: str = ""
    caps: tuple[tuple[Quantity, bool], ...] = ()
    row: Entitlement | None = None

    @property
    def figure(self) -> Quantity:
        """The rate, or the amount."""
        figure = self.rate or self.amount
        assert figure is not None
        return figure


@dataclass(frozen=True, slots=True)
class Offers:
    """What each class gets of a support, by the name that the question has for it. ``address`` and
    ``text``: of the clause that is called so, with its items; ``listed``: a line for each class;
    ``longest``: for how many months at most."""

    name: str
    address: Address
    each: tuple[Offer, ...]
    listed: bool
    limits: Limits
    longest: Quantity | None
    text: str = ""


def named_in(question: str, document: str, index: ClauseIndex) -> list[Offers]:
    """The supports that a question calls by their names, in its order, where the document gives just one
    that is called so."""
    found: dict[Address, Offers] = {}
    for match in SUPPORT_NAME.finditer(question):
        # 扣掉购房补贴: what stands before a name is not known, so its last four characters come last.
        for name in (match[0][at:] for at in range(len(match[0]) - 3)):
            if _NO_NAME.search(name):
                continue
            if (one := offers_of(name, document, index)) is not None:
                found.setdefault(one.address, one)
                break
    return list(found.values())


def offers_of(name: str, document: str, index: ClauseIndex) -> Offers | None:
    """What the one clause of a document gives that grants what is called so; None where it is not one."""
    clauses = index.readings[document].outline.clauses
    said = like(name)
    places = [c for c in clauses if c.kind != "table" and _gives(c, said)]
    outer = [
        c for c in places if not any(c.path != o.path and o.path.contains(c.path) for o in places)
    ]
    found: list[Offers] = []
    for clause in outer:
        own = _given(Address(document, clause.path), clauses, index)
        if own is None:
            return None
        headed = bool(said.match(clause.text) or said.search(clause.title or ""))
        last = re.split("[。；;]", clause.text.strip().rstrip("。"))[-1]
        if own.listed and not headed and not _is_given(last, said):
            # The items hang on another sentence of it.
            continue
        if not own.listed and not headed:
            own = replace(
                own, each=tuple(x for x in own.each if _in_sentence(x, clause.text, said))
            )
        if own.each:
            alone = headed or own.listed or not _beside_others(clause, clauses, index, document)
            found.append(replace(own, name=name, listed=own.listed or not alone))
    return found[0] if len(found) == 1 else None


def _gives(clause: Clause, said: re.Pattern[str]) -> bool:
    """Whether a clause is called so, or names it in a sentence that does not only change it."""
    if said.search(clause.title or ""):
        return True
    sentences = (m[0] for m in _SENTENCE.finditer(clause.text))
    return any(_is_given(words, said) and not CHANGES.search(words) for words in sentences)


def _is_given(words: str, said: re.Pattern[str]) -> bool:
    """Whether a sentence names a support, and not as one that somebody had: 未享受租房补贴的人才."""
    return any(not _HAD.search(words[: m.start()]) for m in said.finditer(words))


def _in_sentence(one: Offer, text: str, said: re.Pattern[str]) -> bool:
    """Whether a figure stands in a sentence that names the support."""
    at = one.figure.span.start
    return any(
        m.start() <= at < m.end() and _is_given(m[0], said) for m in _SENTENCE.finditer(text)
    )


def _beside_others(
    clause: Clause, clauses: Sequence[Clause], index: ClauseIndex, document: str
) -> bool:
    """Whether a clause is one line of a list whose other lines give something too."""
    parent = clause.path.parent
    if parent is None or clause.path.steps[-1].rank in ("art", "para"):
        return False
    others = [c for c in clauses if c.path.parent == parent and c.path != clause.path]
    return any(index.measures(Address(document, c.path)) for c in others)


def meant(offers: Offers, question: str) -> Offer | None:
    """What the class gets that a question names; None where it names none, or several."""
    if len(offers.each) == 1 and not offers.listed:
        return offers.each[0]
    named = [one for one in offers.each if _names(one.label, question)]
    # 高级技师 names 技师 too.
    named = [one for one in named if not any(one.label in b.label and one is not b for b in named)]
    if not named:
        # 绿肥 is 冬季种植绿肥, where no other class has these two characters.
        pairs = {id(one): _pairs(one.label) for one in offers.each}
        shared = set.intersection(*pairs.values())
        named = [one for one in offers.each if any(p in question for p in pairs[id(one)] - shared)]
    return named[0] if len(named) == 1 else None


def like(name: str) -> re.Pattern[str]:
    """A name as a document may say it: 绿肥补贴 is 绿肥种植补贴."""
    return re.compile(rf"{re.escape(name[:-2])}[\u4e00-\u9fff]{{0,3}}{re.escape(name[-2:])}")


def _pairs(label: str) -> set[str]:
    return {label[at : at + 2] for at in range(len(label) - 1)}


def _names(label: str, question: str) -> bool:
    """Whether a question names a class, and does not deny it: 考核不合格 is not 合格."""
    places = [m.start() for m in re.finditer(re.escape(label), question)]
    return bool(places) and not any(
        re.search(r"[不非未没](?:是|有|评上)?$", question[:at]) for at in places
    )


def _given(address: Address, clauses: Sequence[Clause], index: ClauseIndex) -> Offers | None:
    """What the items under a clause give, else the clause itself, with what limits it; None where an
    amount beside them is not read as a limit."""
    article = [c for c in clauses if c.text and c.path.article == address.path.article]
    pieces = {c.path: Piece(Address(address.document, c.path), c.text) for c in article}
    items = [p for p in pieces.values() if p.address.path.parent == address.path]
    items = [p for p in items if p.address.path.steps[-1].rank != "para"]
    if not items:
        rows = tuple(_of_rows(address, index))
        return Offers(
            "",
            address,
            rows,
            False,
            Limits(),
            _longest([pieces[address.path]]),
            pieces[address.path].words,
        )
    own = {address, *(p.address for p in items)}
    beside = tuple(p for p in pieces.values() if p.address not in own)
    listing = Listing(pieces[address.path], tuple(items), beside, True)
    limits = limits_of(listing, index)
    each = [one for p in items for one in list(_of_rows(p.address, index)) or _plain(p)]
    if (
        limits.unread
        or limits.counts
        or any(one.quantity.unit not in _TIME for one in limits.least)
    ):
        return None
    return Offers(
        "",
        address,
        tuple(each),
        True,
        limits,
        _longest(beside),
        listing.lead.words + "".join(p.words for p in items),
    )


def _longest(pieces: Sequence[Piece]) -> Quantity | None:
    """For how many months a support is paid at most."""
    for piece in pieces:
        for q in find_quantities(piece.words):
            if q.unit == "月" and _AT_MOST.search(piece.words[: q.start]):
                return quantity_at(piece.address, piece.words, q, piece.at)
    return None


def _of_rows(address: Address, index: ClauseIndex) -> Iterator[Offer]:
    rows = [
        row
        for row in index.measures(address)
        if row.address == address and (row.rate or row.amount)
    ]
    if not all(map(can_be_worked, rows)) or any(map(_takes_more, rows)):
        return
    for row in rows:
        called = own_words(row, rows) if len(rows) > 1 else row.subject.text if row.subject else ""
        caps = tuple((cap.quantity, cap.yearly) for cap in row.caps if is_money(cap))
        base = row.base.text if row.base else ""
        figure = row.rate or row.amount
        if figure is None or figure.low is not None:
            continue
        yield Offer(
            _LOOSE.sub("", called.removesuffix("每亩")), address, row.rate, row.amount,
            units_of(row), base, caps, row,
        )  # fmt: skip


def _takes_more(row: Entitlement) -> bool:
    """Whether more than a class and a figure is needed to work with a measure."""
    more = row.tiers or row.increments or row.bounds or row.deductions or row.ceilings
    return bool(more or (row.rate and row.amount))


def _plain(piece: Piece) -> list[Offer]:
    """A line that gives one amount to one class; 每月2000元 is one for each month."""
    address, text = piece.address, piece.words
    match, figures = _PLAIN.match(text), find_quantities(text)
    if match is None or len(figures) != 1 or figures[0].start != match.end():
        return []
    q = figures[0]
    if q.unit.split("/")[0] != MONEY or q.low is not None:
        return []
    units = ("月",) if match["each"] or q.unit == f"{MONEY}/月" else tuple(q.unit.split("/")[1:])
    return [Offer(match["label"], address, None, quantity_at(address, text, q, 0), units)]
