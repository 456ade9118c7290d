"""What the factors of a formula are: figures of the question, or of sentences beside the formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import MONEY, find_quantities
from server.sums.facts import COUNTED, Fact

__all__ = ["Bound", "Given", "bind", "kind_of", "likeness_of_names", "pure_numbers"]

#: What unit a factor has, as its name says; the first that fits.
_KINDS = (
    ("", r"(?:系数|比例|比率|费率|税率|占比)$"),
    (MONEY, r"单价|补贴标准|补助标准|租金标准|收费标准|价格"),
    ("平方米", r"面积"),
    ("人", r"人口|人数|人员数|职工数|员工数|学生数|床位?使用人"),
    ("月", r"月数|月份数"),
    ("日", r"天数|日数"),
    ("年", r"年数|年限"),
    (MONEY, r"标准|金额|额$|费|价|款|租金|工资|收入|基数|经费|成本|支出|贡献|利息|薪"),
    ("次", r"次数|人次"),
    ("", r"率$"),
    ("count", r"数$|数量$"),
)
_BARE = re.compile(
    r"(?P<words>[^，,。；;！？!?\n\d]{2,24}?)(?P<sign>都|均|全)?(?:是|为|按|取|等于|算|[:：])?\s{0,9}+"
    r"(?P<value>\d+(?:\.\d+)?)(?=[，,。；;！？!?、\s]|$)"
)
#: Characters that tell nothing.
_LOOSE = set("的是为按了有我们家个每一这那在和与及都均各其中里算共")
#: Characters that tell the kind of a figure only.
_KIND = set("系数标准面积金额补贴率")
#: Somebody has none of it: 没有自己的房, 无房.
_NONE = re.compile(r"(?:没有?|无|名下没)(?P<what>[^，,。；;\d]{1,8})")
_OWNED = re.compile(r"自有|自己|已有|已享受|已领|已发|产权")
#: Two likenesses this near are not told apart; below the second nothing is called alike.
_APART, _LEAST = 0.1, 0.3


@dataclass(frozen=True, slots=True)
class Given:
    """A figure for a factor: where the question says it, or which words of which clause."""

    value: Decimal
    unit: str
    fact: Fact | None = None
    span: Span | None = None
    said: str = ""


@dataclass(slots=True)
class Bound:
    """Factors with their figures, those without, and facts that no factor takes."""

    given: dict[str, Given]
    missing: list[str]
    unused: list[Fact]


def kind_of(name: str) -> str | None:
    """The unit that the name of a factor calls for; None where it says none.

    >>> kind_of("人均保障建筑面积标准"), kind_of("收入补贴系数"), kind_of("家庭保障人口")
    ('平方米', '', '人')
    """
    return next((unit for unit, pattern in _KINDS if re.search(pattern, name)), None)


def likeness_of_names(name: str, words: str) -> float:
    """How many of the characters that tell something two short texts share, of the shorter one's."""
    own, other = (set(re.sub(r"[^\u4e00-\u9fff]", "", t)) - _LOOSE for t in (name, words))
    if own - _KIND and other - _KIND:
        own, other = own - _KIND, other - _KIND
    return len(own & other) / min(len(own), len(other)) if own and other else 0.0


def pure_numbers(question: str) -> Iterator[tuple[Fact, bool]]:
    """Figures without a unit (收入系数0.8), and whether each goes to all that is named before it."""
    for match in _BARE.finditer(question):
        words = match["words"] + (match["sign"] or "")
        start = match.start("value")
        yield Fact(Decimal(match["value"]), "", words, match["value"], start), bool(match["sign"])


def bind(
    names: Sequence[str], question: str, facts: Sequence[Fact], beside: Sequence[tuple[Span, str]]
) -> Bound:
    """Give each factor its figure: one that stands beside the formula, else one of the question."""
    given = {name: found for name in names if (found := _beside(name, beside))}
    numbers = [(fact, all_) for fact, all_ in pure_numbers(question)]
    stated = [*facts, *(fact for fact, _ in numbers)]
    spread = {id(fact) for fact, all_ in numbers if all_}
    open_ = [name for name in names if name not in given]
    pairs = [
        (_worth(name, fact, open_, stated), name, fact)
        for name in open_
        for fact in stated
        if _fits(name, fact)
    ]
    pairs = sorted((p for p in pairs if p[0] >= _LEAST), key=lambda pair: -pair[0])
    used: set[int] = set()
    for score, name, fact in pairs:
        if name in given or (id(fact) in used and id(fact) not in spread):
            continue
        if id(fact) not in spread and _rivalled(score, name, fact, pairs, given, used):
            continue
        given[name] = Given(fact.value, fact.unit, fact)
        used.add(id(fact))
    for name in names:
        if name not in given and (said := _none_of(name, question)):
            given[name] = Given(Decimal(0), kind_of(name) or MONEY, said=said)
    missing = [name for name in names if name not in given]
    return Bound(given, missing, [fact for fact in stated if id(fact) not in used])


def _fits(name: str, fact: Fact) -> bool:
    kind = kind_of(name)
    if fact.past or fact.part:
        return False
    if kind == "":
        return fact.unit in ("", "%", "‰")
    if kind == "count":
        return fact.unit in (*COUNTED, "次", "人次", "人")
    return kind is not None and (fact.unit == kind or (kind == "次" and fact.unit == "人次"))


def _worth(name: str, fact: Fact, names: Sequence[str], facts: Sequence[Fact]) -> float:
    """How well a fact is called what a factor is; the only one of its kind needs few words."""
    score = likeness_of_names(name, fact.words)
    alone = sum(_fits(name, other) for other in facts) == 1
    alone = alone and sum(_fits(other, fact) for other in names) == 1
    each = re.search(r"人均|每人|户均", fact.words) is None or re.search(r"人均|每人|户均", name)
    if alone and each and (fact.unit not in (MONEY, "") or score > 0):
        return max(score, _LEAST)
    return score


def _rivalled(
    score: float,
    name: str,
    fact: Fact,
    pairs: Sequence[tuple[float, str, Fact]],
    given: dict[str, Given],
    used: set[int],
) -> bool:
    """Whether another factor, or another fact, not yet placed fits as well."""
    return any(
        (n == name) != (f is fact)
        and n not in given
        and id(f) not in used
        and score - other < _APART
        for other, n, f in pairs
        if not (n == name and f is fact)
    )


def _beside(name: str, beside: Sequence[tuple[Span, str]]) -> Given | None:
    """The one figure that the sentences beside a formula give for a factor: 补贴标准为每平方米25元."""
    found: list[Given | None] = []
    said = re.compile(
        rf"{re.escape(name)}[^，。；：:为是按]{{0,6}}(?:为|是|按|：|:)(?P<rest>[^。；;\n]*)"
    )
    for span, text in beside:
        for match in said.finditer(text):
            figures = find_quantities(match["rest"])
            if len(figures) != 1 or figures[0].low is not None or figures[0].start > 16:
                # Several figures are one for each of several cases.
                found += [None] if figures else []
                continue
            q = figures[0]
            own = match.start("rest") + q.start
            words = text[own : own + q.end - q.start]
            place = Span(span.address, own, own + len(words), words)
            found.append(Given(q.value, q.unit.split("/")[0], span=place))
    return found[0] if len(found) == 1 else None


def _none_of(name: str, question: str) -> str:
    """The words by which a question says that there is nothing of what a factor measures."""
    if not _OWNED.search(name):
        return ""
    for match in _NONE.finditer(question):
        tail = re.sub(r"(?:建筑)?面积|数量|金额|额$", "", name)[-4:]
        if set(tail) & (set(match["what"]) - _LOOSE):
            return match[0]
    return ""
