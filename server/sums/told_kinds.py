"""Amounts of several things whose kinds are told apart beside them: 一场省级论坛，花了120万元；一场市级的，花了30万元.
Each kind has a limit or a share of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from server.sums.facets import facets_of, names_of
from server.sums.facts import Fact
from server.sums.likeness import own_words
from server.sums.written_out import spelt_out

__all__ = ["told_kinds"]

_PIECE = re.compile(r"[^，,。；;：:、！!？?\n和与及跟]+")
#: 市级财政 and 省级企业 are no kinds of what somebody did.
_WHO = re.compile(
    r"企业|公司|单位|机构|财政|部门|资金|基金|中心|园区|认定|称号|专精特新|小巨人|平台|协会|补[贴助]|奖励|政策"
)
_NOT = re.compile(r"(?:不是|没有?|不算|并非|不属于)[^，,。；;]{0,4}$")
#: Figures of two years are not added up, so the year is said with the kind.
_YEAR = re.compile(r"(?:今|去|上一?|前一?|本|当)年")
_IN_TURN = re.compile(r"分别|依次|各(?!级|类|种|地|自|位)")
_FEW = 2


@dataclass(frozen=True, slots=True)
class _Named:
    """A kind that a question names: its place among the measures, the words, where they stand."""

    kind: int
    name: str
    start: int


def told_kinds(
    facts: Sequence[Fact], rows: Sequence[tuple[Entitlement, float]], question: str
) -> tuple[Fact, ...]:
    """The facts with the kind of each amount said in its words, where each is told once before its
    amount, or once behind it, or as many are listed as there are amounts (分别).

    Amounts listed beside another number of kinds go nowhere: whose each is nobody knows.
    """
    money = [f for f in facts if f.unit == MONEY and not f.of_one]
    question = spelt_out(question)
    named = _named(question, _kinds(rows))
    if len(money) < _FEW or any(f.part for f in money) or len({n.kind for n in named}) < _FEW:
        return tuple(facts)
    starts, ends = [f.start for f in money], [f.start + len(f.written) for f in money]
    before, behind = pairwise([0, *ends]), pairwise([*starts, len(question)])
    for spans in (list(before), list(behind)):
        told = [[n for n in named if start <= n.start < end] for start, end in spans]
        if all(len({n.kind for n in own}) == 1 for own in told):
            years = [_YEAR.search(question, *span) for span in spans]
            said = [f"{year[0]}，" if year else "" for year in years]
            return _called(
                facts, money, [f"{y}{own[-1].name}" for y, own in zip(said, told, strict=True)]
            )
    listed = [n for n in named if n.start < starts[0]]
    if not _IN_TURN.search(question[: starts[0]]) or len(listed) < _FEW:
        return tuple(facts)
    if len(listed) == len(money) == len(named):
        return _called(facts, money, [n.name for n in listed])
    return tuple(replace(f, vague=True) if f in money else f for f in facts)


def _called(facts: Sequence[Fact], money: Sequence[Fact], names: Sequence[str]) -> tuple[Fact, ...]:
    called = {
        id(fact): replace(fact, words=f"{name}，{fact.words}")
        for fact, name in zip(money, names, strict=True)
    }
    return tuple(called.get(id(fact), fact) for fact in facts)


def _kinds(rows: Sequence[tuple[Entitlement, float]]) -> list[str]:
    """What tells the measures of one base apart, of the clause that fits best."""
    own = [row for row, prior in rows if prior == 1 and row.rate and row.base and not row.unread]
    of = [row.base.text for row in own if row.base]
    shared = {base for base in of if of.count(base) > 1}
    kinds = [row for row, base in zip(own, of, strict=True) if base in shared]
    return [own_words(row, kinds) for row in kinds] if len(shared) == 1 else []


def _named(question: str, kinds: Sequence[str]) -> list[_Named]:
    """The kinds that a question names, in their order; not those of whoever is in it."""
    found = []
    for piece in _PIECE.finditer(question):
        for kind, start, end in _in_piece(piece[0], kinds):
            if not (_WHO.search(piece[0], end) or _NOT.search(piece[0], 0, start)):
                found.append(_Named(kind, piece[0][start:end], piece.start() + start))
    return sorted(found, key=lambda one: one.start)


def _in_piece(words: str, kinds: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """The kinds named in some words: by values that exclude each other, else as they are written."""
    facets = [facets_of(kind) for kind in kinds]
    groups = set.intersection(*(set(one) for one in facets)) if facets else set()
    apart = [
        g for g in sorted(groups) if all(a[g].isdisjoint(b[g]) for a, b in combinations(facets, 2))
    ]
    if "stage" in groups:
        # Stages have an order, and are told by what was entered after them.
        return
    for group in apart[:1]:
        for value, start, end in names_of(words, group):
            yield from ((at, start, end) for at, one in enumerate(facets) if value in one[group])
    for at, core in enumerate([] if apart else _cores(kinds)):
        if core and core in words:
            yield at, words.index(core), words.index(core) + len(core)


def _cores(kinds: Sequence[str]) -> list[str]:
    """What tells the names of kinds apart, two characters at least.

    >>> _cores(["小型冷库", "大型冷库"]), _cores(["冷库（A级）", "冷库（B级）"]), _cores(["甲", "乙"])
    (['小型', '大型'], ['A级', 'B级'], [])
    """
    if not kinds or min(map(len, kinds)) < _FEW:
        return []
    shortest = min(map(len, kinds))
    front = _shared(kinds, shortest)
    back = _shared([kind[::-1] for kind in kinds], shortest - front)
    cores = [kind[front : max(front + _FEW, len(kind) - back)] for kind in kinds]
    return cores if len(set(cores)) == len(cores) and all(len(c) >= _FEW for c in cores) else []


def _shared(names: Sequence[str], most: int) -> int:
    """How many characters all names begin with."""
    return next((at for at in range(most) if len({name[at] for name in names}) > 1), most)
