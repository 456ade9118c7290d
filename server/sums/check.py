"""Hold a working to its own arithmetic: every line is read again from its words and worked out.

Nothing here shares code with what wrote the lines, but the reading of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from server.answer import Calculation
from server.sums.facts import stated_facts
from server.sums.written_out import spelt_out

__all__ = ["unfounded_line"]

_EQUATION = re.compile(r"(?P<left>.+?) (?P<sign>[=≈]) (?P<right>[^，]+)")
_CAPPED = re.compile(
    r"(?P<value>\S{1,80}) (?P<over>未?超过)[^\d]{0,80}(?P<limit>[\d.,]{1,24}(?:[亿万]?元|[^\s\d，]{1,3}))(?:，按(?P<kept>\S+))?"
)
#: A year has twelve months, a quarter three: figures that stand in no clause.
_CONSTANTS = frozenset({(Decimal(12), "月/年"), (Decimal(365), "日/年"), (Decimal(3), "月/季度")})

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
#: A factor by its name, and why it is nothing: 自有住房面积：0平方米（您说“没有自己的房”）.
_NAMED = re.compile(r"[^：\d]+：(?P<value>[^：（]+?)(?:（您说“(?P<said>[^”]+)”）)?")
#: Occasions named before a line on all of them.
_COUNTED = re.compile(r"(?P<names>[^：\d]+)：(?P<line>(?:\S+ × )*\S+ = \S+)")
#: Hours are no unit of a measure, but of work.
_HOURS = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)个?(?:小时|钟头)")
#: Trips are counted in units of their own.
_TRIPS = re.compile(
    r"(?<![\d.])(\d{1,4}|[一二两三四五六七八九十]{1,3})(架(?!次)|列次?|趟|艘次?|车次|班次)"
)
#: What a sum comes to at least.
_LEAST = re.compile(r"(?P<value>\S+) 低于最低(?P<limit>\S+)，按(?P=limit)")

#: 5∶3∶2.
_PARTS = re.compile(r"(?<![\d∶:：])\d{1,2}(?:[∶:：]\d{1,2}){1,4}(?![\d∶:：])")
#: A column of amounts of a table, whose unit stands in its head: 标准（元/人）.
_HEAD = re.compile(r"[（(](?P<scale>万?)元(?:/[^）)]{1,3})?[）)]\s*$")

Value = tuple[Decimal, str]


def unfounded_line(
    calculation: Calculation, question: str, quotes: Sequence[str], earlier: Sequence[str] = ()
) -> str | None:
    """Return the first line that does not follow, None if all do.

    A line may use figures of the question, of the quotes, and what lines before it came to; and
    those that the calculation says were stated in a question before, if they stand in that one.
    """
    for one in calculation.recalled:
        said = earlier[one.turn - 1 : one.turn] if one.turn > 0 else ()
        if one.figure is None or one.figure not in {
            (f.value, f.unit) for s in said for f in stated_facts(s)
        }:
            return one.text
    known = _values([question, spelt_out(question), *quotes]) | _CONSTANTS
    # 8个员工 are 8 persons.
    known |= {(fact.value, fact.unit) for fact in stated_facts(question)}
    known |= {one.figure for one in calculation.recalled if one.figure}
    known |= _bare([spelt_out(question), *quotes]) | _nothing(calculation, question)
    known |= _of_tables(quotes)
    known |= _of_ratios(quotes)
    # 减半 and 半个月 are figures in a word.
    known |= {(Decimal("0.5"), "月")} if any("半个月" in quote for quote in quotes) else set()
    known |= {(Decimal(50), "%")} if any("减半" in quote for quote in quotes) else set()
    for step in calculation.steps:
        outcome = _outcome(step.text, known)
        if outcome is None:
            return step.text
        known |= outcome
    shown = _values([calculation.display])
    return None if shown <= known | {(Decimal(0), MONEY)} else calculation.display


def _outcome(text: str, known: set[Value]) -> set[Value] | None:
    """What a line comes to; None where it does not follow from what is known."""
    barred = {(Decimal(0), MONEY)} if text.endswith("不能享受") else set()
    if match := _COUNTED.fullmatch(text):
        # 端午、中秋：2次 × 200元: as often as there are names.
        names = match["names"].split("、")
        known = known | {(Decimal(len(names)), "次")}
        return _outcome(match["line"], known)
    if match := _EQUATION.match(text):
        operands = _operands(match["left"])
        right = _values([match["right"]])
        held = all(_is_known(o, known) for _, o in operands)
        worked = _worked(operands) * (100 if _is_share(operands, right) else 1)
        sign = -1 if match["right"].startswith("-") else 1
        follows = len(right) == 1 and _is(worked, sign * next(iter(right))[0], match["sign"])
        clipped = text.endswith("，按0元")
        if not held or not follows or clipped != (sign < 0 or (clipped and not worked)):
            return None
        return {(Decimal(0), MONEY)} if clipped else right
    if match := _CAPPED.search(text):
        value, limit = _single(match["value"]), _single(match["limit"])
        if value is None or limit is None or not all(_is_known(v, known) for v in (value, limit)):
            return None
        over = match["over"] == "超过"
        kept = _single(match["kept"]) if match["kept"] else None
        # What is over a threshold is barred (不能享受), it is not cut down to it.
        cut = over and not text.endswith("不能享受")
        follows = (value[0] > limit[0]) == over and (kept == limit if cut else kept is None)
        return {limit if over else value} | barred if follows else None
    if match := _LEAST.fullmatch(text):
        value, limit = _single(match["value"]), _single(match["limit"])
        if value is None or limit is None or value[0] >= limit[0] or value not in known:
            return None
        # 最低缴存额209元/月 is the least of what is paid for one month.
        return {limit} if {limit, (limit[0], f"{limit[1]}/月")} & known else None
    if match := _NAMED.fullmatch(text):
        one = _single(match["value"])
        if one and one[1] == "" and one not in known:
            return None
    return barred if _values([text]) <= known else None


def _of_tables(quotes: Sequence[str]) -> set[Value]:
    """The amounts of rows of a table that is quoted with its head, each in the unit of its column."""
    lines = [quote.split("\t") for quote in quotes if "\t" in quote]
    found: set[Value] = set()
    for head in lines:
        for place, name in enumerate(head):
            if match := _HEAD.search(name):
                cells = [line[place].strip() for line in lines if len(line) == len(head)]
                scale = 10_000 if match["scale"] else 1
                found |= {(Decimal(c) * scale, MONEY) for c in cells if _NUMBER.fullmatch(c)}
    return found


def _of_ratios(quotes: Sequence[str]) -> set[Value]:
    """What each part of a ratio is of the whole: 30% of 5∶3∶2."""
    found: set[Value] = set()
    for match in (m for quote in quotes for m in _PARTS.finditer(quote)):
        parts = [Decimal(part) for part in _NUMBER.findall(match[0])]
        whole = sum(parts, Decimal(0))
        found |= {(part * 100 / whole, "%") for part in parts if whole}
    return found


def _nothing(calculation: Calculation, question: str) -> set[Value]:
    """What is nothing because the question says that there is none of it."""
    named = (_NAMED.fullmatch(step.text) for step in calculation.steps)
    said = [m for m in named if m and m["said"] and re.match("没|无|名下没", m["said"])]
    found = _values([m["value"] for m in said if m["said"] in question])
    return {value for value in found if not value[0]}


def _bare(texts: Iterable[str]) -> set[Value]:
    """Figures without a unit."""
    found: set[Value] = set()
    for text in texts:
        for q in reversed(find_quantities(text)):
            text = text[: q.start] + "　" + text[q.end :]
        found |= {(Decimal(n), "") for n in _NUMBER.findall(text)}
    return found


def _operands(left: str) -> list[tuple[str, Value]]:
    """The operands of a line, each with the sign before it."""
    parts = re.split(r" ([×÷+−]) ", left)
    signs = ["+", *parts[1::2]]
    return [
        (sign, value)
        for sign, part in zip(signs, parts[::2], strict=True)
        if (value := _single(part))
    ]


def _is_share(operands: Sequence[tuple[str, Value]], right: set[Value]) -> bool:
    """Whether a line says which share one figure is of another: 10人 ÷ 50人 = 20%."""
    signs, units = [sign for sign, _ in operands], [unit for _, (_, unit) in operands]
    shares = {unit for _, unit in right} == {"%"}
    return shares and signs == ["+", "÷"] and units[0] == units[1] != "%"


def _worked(operands: Sequence[tuple[str, Value]]) -> Decimal:
    total = Decimal(0)
    for sign, (value, unit) in operands:
        if unit in ("%", "‰"):
            value /= 100 if unit == "%" else 1000
        total = total / value if sign == "÷" else total
        total = {"+": total + value, "−": total - value, "×": total * value, "÷": total}[sign]
    return total


def _is(worked: Decimal, shown: Decimal, sign: str) -> bool:
    """Whether an outcome is what is shown; ≈ leaves out what is less than 1元."""
    return worked == shown if sign == "=" else 0 < worked - shown < 1


def _is_known(operand: Value, known: set[Value]) -> bool:
    value, unit = operand
    if operand in known:
        return True
    # 5万元/年 is the 5万元 of the line before; 元/项 and 元/人 are amounts of one.
    bare = unit.split("/")[0]
    return any(value == v and bare == u.split("/")[0] for v, u in known)


def _single(text: str) -> Value | None:
    found = _values([text])
    if not found and _NUMBER.fullmatch(text.strip()):
        return Decimal(text.strip()), ""
    return next(iter(found)) if len(found) == 1 else None


def _values(texts: Iterable[str]) -> set[Value]:
    found: set[Value] = set()
    for text in texts:
        for q in find_quantities(text):
            found.add((q.value, q.unit))
            if q.low is not None:
                found.add((q.low, q.unit))
        found |= {(Decimal(hours), "小时") for hours in _HOURS.findall(text)}
        found |= {(read_number(number), unit) for number, unit in _TRIPS.findall(text)}
    return found
