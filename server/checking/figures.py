"""The figures of a statement, held against those of the clause that it refers to.

A figure that is not in the clause is called wrong only where the statement says that the clause
grants it, or says the clause's own words around another figure. Otherwise it may be the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from indexer.entitlements.quantities import Measured, find_quantities
from server.amounts import amounts_of, plain
from server.checking.clauses import Held, bigrams, containment
from server.checking.statements import Span, Statement
from server.sums.facts import COUNTED

__all__ = ["Figure", "FigureVerdict", "figures_of", "values_of"]

FigureVerdict = Literal["ok", "wrong", "not_found", "computed"]
Key = tuple[str, Decimal]

#: A sum that the text works out itself: its results stand in no clause.
_LINE = re.compile(r"[^\n。；]+")
_EQUALS = re.compile("[=＝≈]")
_RESULT = re.compile(r"[=＝≈]\s*([^\n=＝≈，,。；]*)")
_GRANTED = re.compile(
    r"奖励?|补助|补贴|资助|给予|支持|贴息|返还|减免|最高|不超过|不高于|上限|封顶|限额|额度|按|比例|标准|有效期|期限|规定|明确|可得|可获|最多|至多|为"
)
#: The writer's own case: what they have spent, or plan.
_OWN_CASE = re.compile(
    r"我司|我公司|本公司|我们|我单位|我院|贵司|贵公司|该公司|该企业|某企业|某公司|花了|花费了|已投入?|累计|拟|预计|计划投|打算|实际发生了|申请了|领了|领过|已获|拿到了|合同额|营收"
)
_ABOUT = re.compile(r"(?:约|近|逾|大约|将近|不到)$")
_MORE = re.compile(r"^\s*(?:左右|上下|多|余)")
_SEGMENT = re.compile(r"[，,。；;：:！!？?\n、（）()]")
_LIMIT = re.compile(
    r"最高|上限|不超过|不得超过|不高于|封顶|最多|至多|以内|为限|限额|超过|低于|以下"
)
_ALIKE, _LEAST = 0.6, 3
#: Units that are looked at; what a text counts besides may be its own.
_WEIGHED = ("元", "%", "平方米")
_TIMES = {"年": 12, "月": 1}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure near a reference. ``stated`` is what the clause has instead, as it writes it."""

    start: int
    end: int
    text: str
    verdict: FigureVerdict
    stated: tuple[str, ...] = ()
    remark: str = ""
    sure: bool = True


def _key(quantity: Measured, value: Decimal | None = None) -> Key:
    """A value in a unit that other spellings of it share: 3年 and 36个月, 5‰ and 0.5%."""
    number = quantity.value if value is None else value
    head, *per = quantity.unit.split("/")
    if head in _TIMES and not per:
        return "月", (number * _TIMES[head]).normalize()
    if head == "元" and len(per) == 1 and per[0] in COUNTED:
        # 200万元/项 is what others write as 每项200万元.
        return head, number.normalize()
    if head == "‰":
        return "/".join(("%", *per)), (number / 10).normalize()
    return quantity.unit, number.normalize()


def values_of(text: str) -> dict[Key, str]:
    """The values that a text states, each as it is written there; both ends of a range."""
    found: dict[Key, str] = {}
    for quantity in find_quantities(text):
        written = re.sub(r"\s+", "", text[quantity.start : quantity.end])
        for value in (quantity.value, quantity.low):
            if value is not None:
                found.setdefault(_key(quantity, value), written)
    for match in re.finditer(r"([一二两三四五六七八九])成(?![果立为本员])", text):
        share = Decimal("一二三四五六七八九".index(match[1].replace("两", "二")) + 1) * 10
        found.setdefault(("%", share.normalize()), match[0])
    return found


def figures_of(text: str, statement: Statement, held: Held) -> tuple[Figure, ...]:
    """Every figure of a statement, with what its clause says of it."""
    stated, computed = values_of(held.whole), _computed(text)
    found: list[Figure] = []
    for spans, own in ((statement.own, True), (statement.more, False)):
        for span in spans:
            for quantity in _quantities(text, span, statement):
                for figure in _judged(text, span, quantity, held, stated, computed, own):
                    found.append(_doubted(figure) if statement.shared else figure)
    return tuple(sorted(found, key=lambda figure: figure.start))


def _doubted(figure: Figure) -> Figure:
    """Beside other references a figure is not called wrong, and one that nothing claims is left."""
    if figure.verdict == "wrong":
        return replace(figure, verdict="not_found")
    return replace(figure, sure=False)


def _quantities(text: str, span: Span, statement: Statement) -> Iterator[Measured]:
    blank = text[span[0] : span[1]]
    for start, end in _ignored(text, span):
        blank = blank[: start - span[0]] + " " * (end - start) + blank[end - span[0] :]
    yield from find_quantities(blank)


def _ignored(text: str, span: Span) -> Iterator[Span]:
    """Titles, 文号, links and markers, whose figures are none."""
    for pattern in (
        r"《[^》\n]*》",
        r"[〔\[]\d{4}[〕\]]\s*\d+号",
        r"https?://\S+",
        r"\[\d{1,3}\]",
        r"第\s*\d+\s*页",
    ):
        for match in re.finditer(pattern, text[span[0] : span[1]]):
            yield span[0] + match.start(), span[0] + match.end()


def _judged(
    text: str, span: Span, quantity: Measured, held: Held, stated: dict[Key, str],
    computed: frozenset[Key], sure: bool,
) -> Iterator[Figure]:  # fmt: skip
    start, end = span[0] + quantity.start, span[0] + quantity.end
    words = text[start:end].strip()
    keys = [_key(quantity, v) for v in (quantity.value, quantity.low) if v is not None]
    if all(key in stated for key in keys):
        remark = _limit_dropped(text, span, (start, end), keys[0], held)
        yield Figure(start, end, words, "ok", (stated[keys[0]],), remark, sure)
        return
    if not _is_weighed(keys[0][0]):
        return
    if any(key in computed for key in keys):
        yield Figure(start, end, words, "computed", (), "", sure)
        return
    same = tuple(dict.fromkeys(w for (unit, _), w in stated.items() if unit == keys[0][0]))
    said = _said(text, span, start, end)
    claimed = said.granted and not said.own_case and not said.vague
    wrong = sure and bool(same) and (claimed or said.like(held, keys[0][0]))
    yield Figure(start, end, words, "wrong" if wrong else "not_found", same, "", sure)


def _is_weighed(unit: str) -> bool:
    return unit.split("/")[0] in _WEIGHED or unit == "月"


@dataclass(frozen=True, slots=True)
class _Said:
    """The words around a figure."""

    segment: str
    granted: bool
    own_case: bool
    vague: bool

    def like(self, held: Held, unit: str) -> bool:
        """Whether the clause says the same words around another figure of the unit."""
        words = bigrams(self.segment)
        if self.own_case or self.vague or len(words) < _LEAST:
            return False
        parts = [p for p in _SEGMENT.split(held.whole) if any(u == unit for u, _ in values_of(p))]
        return any(containment(words, bigrams(part)) >= _ALIKE for part in parts)


def _said(text: str, span: Span, start: int, end: int) -> _Said:
    before = _SEGMENT.split(text[span[0] : start])[-1]
    behind = _SEGMENT.split(text[end : span[1]])[0]
    # 分别奖励50万元、100万元: what is said before the first holds for the next.
    list_head = re.search(
        r"(?:^|(?<=[，,。；;：:！!？?\n]))([^，,。；;：:！!？?\n]*)[、和及与或]\s*$",
        text[span[0] : start],
    )
    told = (list_head[1] if list_head else "") + before
    sentence = text[span[0] : start]
    unit_is_time = bool(re.search(r"[年月]$", text[start:end]))
    granted = bool(_GRANTED.search(told) or _GRANTED.search(behind[:6]))
    if unit_is_time:
        granted = bool(re.search(r"有效期|期限|最长|不超过|至多|时限", told))
    own = bool(_OWN_CASE.search(told) or re.search(r"我司|我公司|本公司|我们|我单位", sentence))
    vague = bool(_ABOUT.search(before) or _MORE.match(text[end : span[1]]))
    return _Said(before + behind, granted, own, vague)


def _computed(text: str) -> frozenset[Key]:
    """What the text works out itself; rates in a working come from a clause all the same."""
    keys: set[Key] = set()
    for line in filter(_EQUALS.search, _LINE.findall(text)):
        keys.update(key for key in values_of(line) if key[0] != "%")
        for result in _RESULT.findall(line):
            keys.update(values_of(result))
    return frozenset(keys)


def _limit_dropped(text: str, span: Span, place: Span, key: Key, held: Held) -> str:
    """A remark where the clause sets the figure as an upper limit and the statement does not."""
    limited = _limits(held.text, key)
    if not limited or not all("cap" in limits for limits in limited):
        return ""
    if _LIMIT.search(text[span[0] : span[1]]):
        return ""
    return f"{text[place[0] : place[1]].strip()}在条文里是上限，这里漏了“最高”“不超过”一类的话"


def _limits(text: str, key: Key) -> list[frozenset[str]]:
    """The limits on every amount of a text that has this value."""
    return [a.limits for a in amounts_of(plain(text)) if key in values_of(a.text)]
