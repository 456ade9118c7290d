"""A monthly limit of one case over months, as another article raises it for some: 单身职工每月不超过1200元，已婚家庭
每月不超过2000元; 多子女家庭的提取限额上浮50%."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.mentions import find_mentions, resolve
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.chapters.chapter_rules import pieces_of_chapter
from server.sums.clause_figures import Figure, figures_of, quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.listing import Piece
from server.sums.monthly import over_months
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["monthly_limit"]

_NEAR = 3
_LIMIT = re.compile(r"每月[^，。；\d]{0,8}(?:不(?:得)?超过|最高|限额为?|不高于)[^，。；\d]{0,3}$")
_ASKED = re.compile(r"(?:最[多高]|[能可])[^，。；？?]{0,8}(?:多少|几)")
#: What tells the cases of such a limit apart, each kind with its values.
_KINDS: Mapping[str, Sequence[tuple[str, re.Pattern[str]]]] = {
    "place": (
        ("city", re.compile(r"市区|主城|中心城区|城区")),
        ("county", re.compile(r"县[（(]市|各县|县城|县里|县域|乡镇")),
    ),
    "family": (
        ("single", re.compile(r"单身|未婚|离异|一个人住")),
        ("couple", re.compile(r"已婚|夫妻|夫妇|两口子|配偶|老[公婆]|爱人")),
    ),
    "record": (
        ("no", re.compile(r"(?:没有?|未|无)[^，。；]{0,4}备案|备案[^，。；]{0,2}(?:没|未)")),
        ("yes", re.compile(r"备案")),
    ),
    "home": (
        ("public", re.compile(r"公租|公共租赁|保障性|保租")),
        ("market", re.compile(r"商品住?房|市场化")),
    ),
}
_RAISE = re.compile(
    r"^(?P<who>[^，。；\d]{2,12}?)(?P<event>(?:租|购|申)[^，。；\d]{0,12})?的，(?P<what>[^。；\d]{0,30}?(?:限额|额度))(?:可)?(?:上浮|提高|增加)(?=\d)"
)
_CHILDREN = re.compile(
    r"(?:[二两三四五]|[2-5])(?:个|名)?(?:小孩|孩子|娃|子女|宝)|[二三][孩胎]|多孩"
)
#: Others for whom a limit is raised are named, whatever their rule says.
_OTHERS = re.compile(r"人才|[A-E]类|博士|硕士|青年|新市民|高层次")


@dataclass(frozen=True, slots=True)
class _Raise:
    """For whom a limit is raised, and by how much."""

    who: str
    rate: Quantity


def monthly_limit(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What the limit of the case stated comes to over the time asked for; STOPPED where a rule may
    change it and is not read, None where the case is not told."""
    question = retrieval.understanding.text
    spans = [f for f in facts if f.unit in ("年", "月") and not f.past]
    others = [f for f in facts if f not in spans and f.value != 1 and not _is_of_children(f)]
    if not retrieval.hits or len(spans) != 1 or others or not _ASKED.search(question):
        return None
    index = likeness.retriever.index
    figure = _of_case(retrieval, index)
    if figure is None:
        return None
    if _OTHERS.search(question):
        return STOPPED
    raises = _raises(figure, index)
    if raises is None:
        return STOPPED
    working, meant = Working(), [one for one in raises if _is_meant(one.who, question)]
    value = working.times([(Decimal(1), "个")], figure.quantity)
    for one in meant:
        value = working.plus([value, working.share(value, one.rate)], [one.rate.span])
    total = over_months(value, [True], facts, question, "", working)
    if total is None or len(meant) > 1:
        return STOPPED
    found = worked_alone(total, MONEY, "最高", working)
    assumed = tuple(f"不属于“{one.who}”" for one in raises if one not in meant)
    return replace(found, calculation=replace(found.calculation, assumptions=assumed))


def _is_of_children(fact: Fact) -> bool:
    return bool(_CHILDREN.search(fact.words)) or fact.unit == "人"


def _of_case(retrieval: Retrieval, index: ClauseIndex) -> Figure | None:
    """The one limit whose case is all said by the question; there must be others beside it."""
    document = retrieval.hits[0].passage.address.document
    near = {h.passage.address for h in retrieval.hits[:_NEAR]}
    asked = _kinds_in(retrieval.query.text)
    found = [
        (figure, _case_of(figure, index))
        for figure in figures_of(index, document, lambda address: address in near)
        if figure.quantity.unit == MONEY and _LIMIT.search(figure.head + figure.own)
    ]
    fits = [f for f, case in found if case and all(asked.get(k) == v for k, v in case.items())]
    return fits[0] if len(fits) == 1 and len(found) > 1 else None


def _case_of(figure: Figure, index: ClauseIndex) -> dict[str, str]:
    """What tells the case of a limit: what its clause begins with, its sentence, and its own words;
    those nearer to it take the place of those further off."""
    text = index.clause(figure.address)[1].text
    case = _kinds_in(re.split("[，：:]", text)[0])
    for words in (*re.split("[，：:]", figure.head), figure.own):
        case |= _kinds_in(words)
    return case


def _kinds_in(text: str) -> dict[str, str]:
    """The first value of each kind that a text names; none of a kind of which it names two."""
    found = {}
    for kind, values in _KINDS.items():
        named = [name for name, said in values if said.search(text)]
        if kind == "record":
            named = named[:1]
        if len(named) == 1:
            found[kind] = named[0]
    return found


def _raises(figure: Figure, index: ClauseIndex) -> list[_Raise] | None:
    """Who gets more by other articles of the chapter; None where one is not read."""
    outline = index.readings[figure.address.document].outline
    found: list[_Raise] = []
    for piece in pieces_of_chapter(figure.address, index):
        for sentence in re.finditer(r"[^。；;\n]+", piece.words):
            own = Piece(piece.address, sentence[0], piece.at + sentence.start())
            match = _RAISE.search(own.words)
            if match is None:
                continue
            named = [resolve(m, outline) for m in find_mentions(match["what"])]
            if named and not any(p and p.contains(figure.address.path) for p in named):
                continue
            q = next((q for q in find_quantities(own.words) if q.start == match.end()), None)
            if q is None or q.unit != "%":
                return None
            found.append(_Raise(match["who"], quantity_at(own.address, own.words, q, own.at)))
    return found


def _is_meant(who: str, question: str) -> bool:
    """Whether somebody for whom a limit is raised is named; 两个孩子 are 多子女."""
    if who in question:
        return True
    return "子女" in who and bool(_CHILDREN.search(question))
