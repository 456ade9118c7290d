"""Multiples of a figure stated, and a figure of a clause that another sentence raises or lowers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address
from indexer.entitlements.quantities import MONEY
from indexer.lexical import terms
from retriever.query import Retrieval
from server.sums.clause_figures import Figure, figures_of
from server.sums.factors import likeness_of_names
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.result import Sum, worked_alone
from server.sums.working import Working

__all__ = ["multiple", "raised"]

#: The clauses that are looked at.
_NEAR = 2
_OF = re.compile(
    r"(?P<most>不超过|不得超过|最高为?|最多为?|为|按照?)(?P<of>[^，。；、]{2,20}?)的?$"
)
_CALLED, _ASKED = 0.5, 0.1
_VERBS = r"放宽|提高|上浮|上调|调高|增加|降低|下调|下浮|调低|减少"
_CHANGED = re.compile(rf"(?P<verb>{_VERBS})(?P<to>到|至|为)?(?P<of>[^，。；]{{0,12}})$")
_LESS = re.compile(r"降低|下调|下浮|调低|减少")
_EARLIER = re.compile(r"上述|前款|上款|前项|以上|该标准|基础上|标准的$|^$")
_AGE = re.compile(r"(?P<age>\d{1,3})(?:周?岁)")


def multiple(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """A multiple of what the question states: 不超过当年会费收入的三倍.

    The amount must be called what the clause says, and the question speak of what it is for.
    """
    money = [fact for fact in facts if fact.unit == MONEY]
    if len(money) != 1 or any(f not in money and f.value != 1 for f in facts):
        return None
    question = retrieval.understanding.text
    found = []
    for figure in _near_figures(retrieval, likeness):
        match = _OF.search(figure.own) if _is_multiple(figure, likeness) else None
        if match is None or figure.quantity.low is not None or figure.is_part:
            continue
        called = likeness_of_names(match["of"], money[0].words) >= _CALLED
        before = (figure.own if figure.own else figure.head)[: match.start()]
        spoken = _speaks(figure, f"{match['of']} {money[0].words}", question, likeness)
        if called and spoken and likeness.share(before, question) >= _ASKED:
            found.append((figure, match["most"] not in ("为", "按", "按照")))
    if len(found) != 1:
        return None
    figure, most = found[0]
    working = Working()
    value = working.share(money[0].value, figure.quantity)
    return worked_alone(value, MONEY, "最高" if most else "", working)


def _is_multiple(figure: Figure, likeness: Likeness) -> bool:
    """Whether a figure is a multiple, or a share that is only a limit: 保证金不得超过估算价的2%."""
    if figure.quantity.unit == "倍":
        return True
    share = figure.quantity.unit in ("%", "‰") and "不得超过" in figure.own
    return share and not likeness.retriever.index.measures(figure.address)


def raised(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """An amount of a clause as another sentence raises or lowers it: 放宽到上述标准的130%.

    Only where the question asks for it by that word, and one amount stands before it.
    """
    question = retrieval.understanding.text
    # Most questions change nothing; then there is no text to read.
    if not re.search(_VERBS, question):
        return None
    figures = _near_figures(retrieval, likeness, whole=True)
    found = []
    for place, figure in enumerate(figures):
        match = _CHANGED.search(figure.own) if figure.quantity.unit == "%" else None
        if match is None or match["verb"] not in question or not _EARLIER.search(match["of"]):
            continue
        above = [f for f in figures[:place] if f.quantity.unit == MONEY and _is_above(f, figure)]
        if len(above) == 1 and above[0].quantity.low is None and "每" not in match["of"]:
            found.append((above[0], figure, match))
    if len(found) != 1 or _another_age(question, found[0][1]):
        return None
    base_figure, figure, match = found[0]
    each = "人均" in base_figure.head + base_figure.own
    if any(not (f.past or f.value == 1 or (f.unit == "人" and each)) for f in facts):
        return None
    working = Working()
    base, share = base_figure.value, figure.quantity
    working.sources.append(base_figure.quantity.span)
    value = working.share(base, share)
    if not match["to"]:
        change = value
        less = _LESS.search(match["verb"])
        value = working.minus(base, change) if less else working.plus([base, change])
    return worked_alone(value, MONEY, "", working)


def _near_figures(retrieval: Retrieval, likeness: Likeness, whole: bool = False) -> list[Figure]:
    """The figures of the clauses that fit best; ``whole``: of their articles."""
    if not retrieval.hits:
        return []
    document = retrieval.hits[0].passage.address.document
    near = [h.passage.address for h in retrieval.hits[:_NEAR]]
    near = [address for address in near if address.document == document]
    articles = {address.path.article for address in near}

    def is_near(address: Address) -> bool:
        return address in near or (whole and address.path.article in articles)

    return list(figures_of(likeness.retriever.index, document, is_near))


def _speaks(figure: Figure, base: str, question: str, likeness: Likeness) -> bool:
    """Whether a question says anything that stands in the sentence of a figure, or the one before
    it, and nowhere else in the clause, apart from what the figure is of."""
    text = likeness.retriever.index.clause(figure.address)[1].text
    start = figure.quantity.span.start
    before = re.split(r"(?<=[。\n])", text[:start])
    behind = re.split(r"(?<=[。\n])", text[start:], maxsplit=1)
    own = set(terms("".join(before[-2:]) + behind[0])) - set(terms(base))
    elsewhere = set(terms("".join([*before[:-2], *behind[1:]])))
    return bool((own - elsewhere) & set(terms(question)))


def _is_above(base: Figure, changed: Figure) -> bool:
    """Whether an amount stands in the same clause, or in the same article before it."""
    return base.address.path.article == changed.address.path.article


def _another_age(question: str, figure: Figure) -> bool:
    """Whether somebody is younger than the sentence asks for, or an age is said and none asked."""
    least = [int(m["age"]) for m in _AGE.finditer(figure.head + figure.own)]
    said = [int(m["age"]) for m in _AGE.finditer(question)]
    return bool(said) and (not least or min(said) < max(least))
