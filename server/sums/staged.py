"""Money paid in parts: 立项后拨付40%，中期评估合格后拨付30%; what of it has come when the question asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY, read_number
from server.answer import Calculation
from server.sums.facts import Fact
from server.sums.instalments import Stage, is_split, stages_beside, stages_of_large
from server.sums.money import written
from server.sums.outcome import Outcome
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["asks_for_part", "in_parts", "of_first_years", "paid_of", "paid_parts", "paid_so_far"]

_NUMBERS = "一二三四五"
_FIRST_PAID = r"先(?:到账|兑[现付]|拨付?|给|发|拿|付)[^，。；？?了过]{0,4}(?:多少|几)"
_ASKED = re.compile(
    rf"到手|{_FIRST_PAID}|第[{_NUMBERS}](?:笔|期|次|年|批)|首[笔期年]|头一?[笔期次年]|次年[^，。；？?]{{0,4}}[拿领得到拨]|(?:现在|目前|到现在|至今)\S{{0, 6}}(?:能|可)?(?:拿|领|得|发)|这[一]?笔|最后一?[年笔期批]"
)
_ORDER = (
    rf"第一(?:笔|期|次|年|批)|首[笔期年]|头一?[笔期次年]|{_FIRST_PAID}",
    r"第二(?:笔|期|次|年|批)|次年[^，。；？?]{0,4}[拿领得到拨]",
    *(rf"第{number}(?:笔|期|次|年|批)" for number in _NUMBERS[2:]),
)
_LAST = re.compile(r"最后一?[年笔期批]")
#: 头两年一共能到手多少.
_FIRST_ONES = re.compile(r"[前头](?P<n>[两二三四])(?:笔|期|次|个?年|批)")
_FIRST = re.compile(rf"第一笔|首笔|头一?笔|{_FIRST_PAID}")
#: What is paid later is asked for besides: 首年拿多少，后两年呢.
_LATER = re.compile(r"剩下|其余|余下|剩余|后[一二两三几]?[年期笔次](?!度)|尾款|以后各?[年期笔]")
_SO_FAR = re.compile(r"到(?:现在|目前|今)|目前为止|至今|累计|一共|总共|加起来|到手")


def asks_for_part(question: str) -> bool:
    """Whether a question asks what is paid first, or so far."""
    return bool(_ASKED.search(question))


def of_first_years(
    facts: Sequence[Fact],
    rows: Sequence[tuple[Entitlement, float]],
    question: str,
    index: ClauseIndex,
) -> tuple[Fact, ...]:
    """The facts without the years of which a question asks what is paid in them (前两年能拿多少), where
    the clause that fits best is paid in parts: they multiply nothing."""
    match = _FIRST_ONES.search(question)
    best = {row.address for row, prior in rows if prior == 1}
    if match is None or not best or not all(stages_beside(a, index) for a in best):
        return tuple(facts)
    return tuple(f for f in facts if f.unit != "年" or match[0] not in f.words)


def paid_of(found: Sum, question: str, index: ClauseIndex) -> Sum:
    """A sum of one clause as it is paid, where the question asks for a part; STOPPED where it asks
    for the first one, or one by its number, and the texts do not tell which part that is."""
    result, calculation = found.calculation.result, found.calculation
    asked = asks_for_part(question) or _FIRST_ONES.search(question)
    if not asked or not result or not found.sources:
        return found
    address = found.sources[0].address
    stages = stages_beside(address, index) or stages_of_large(result, address, index)
    steps, caps, sources = list(calculation.steps), list(calculation.caps), list(found.sources)
    working = Working(steps, caps, sources)
    paid = paid_parts(result, stages, question, working)
    if paid is None:
        numbered = bool(_LAST.search(question) or any(re.search(o, question) for o in _ORDER))
        split = bool(stages) or is_split(address, index)
        return STOPPED if _FIRST.search(question) or (numbered and split) else found
    display = in_parts(calculation, paid, stages, question, working)
    changed = replace(calculation, result=paid, display=display, steps=tuple(working.steps))
    return replace(found, calculation=changed, sources=unique(working.sources), high=None)


def in_parts(
    whole: Calculation, paid: Decimal, stages: Sequence[Stage], question: str, working: Working
) -> str:
    """What is paid of a whole in words, with what comes later where that is asked for too."""
    said = f"{'最高' if whole.display.startswith('最高') else ''}{written(paid, MONEY)}"
    left = []
    if whole.result and _LATER.search(question) and _paid(stages, question) == [stages[0]]:
        for stage in stages[1:]:
            value = stage.of(whole.result, working)
            when = re.sub(r"的$", "", stage.when)
            left += [f"{when}{written(value, MONEY)}"] if value is not None else []
    later = f"，其后{'、'.join(left)}" if left else ""
    return f"{said}{later}（按期拨付，全部为{whole.display}）"


def paid_so_far(
    outcomes: Sequence[Outcome], question: str, index: ClauseIndex, working: Working
) -> Decimal | None:
    """What of several amounts is paid by the stage that a question names; None where it is not
    clear which, or nothing is paid in parts."""
    plans = [stages_beside(outcome.row.address, index) for outcome in outcomes]
    if not any(plans) or any(o.low != o.high for o in outcomes):
        return None
    values = []
    for outcome, stages in zip(outcomes, plans, strict=True):
        value = sum(outcome.low, Decimal(0))
        if stages:
            paid = paid_parts(value, stages, question, working)
            if paid is None:
                return None
            value = paid
        values.append(value)
    return working.plus(values)


def paid_parts(
    value: Decimal, stages: Sequence[Stage], question: str, working: Working
) -> Decimal | None:
    """What of one amount is paid by the stage that a question names; None where it names none."""
    paid = _paid(stages, question) if stages else []
    parts = [part for stage in paid if (part := stage.of(value, working)) is not None]
    return working.plus(parts) if paid and len(parts) == len(paid) else None


def _paid(stages: Sequence[Stage], question: str) -> list[Stage]:
    """The stages that are meant: the one named by its number, or all up to the one reached."""
    if several := _FIRST_ONES.search(question):
        number = int(read_number(several["n"]))
        return list(stages[:number]) if number < len(stages) else []
    if _LAST.search(question):
        return [stages[-1]]
    for number, said in enumerate(_ORDER):
        if re.search(said, question):
            return [stages[number]] if number < len(stages) else []
    reached = [n for n, stage in enumerate(stages) if stage.when and _is_said(stage.when, question)]
    if not reached:
        return []
    return list(stages[: reached[-1] + 1]) if _SO_FAR.search(question) else [stages[reached[-1]]]


def _is_said(when: str, question: str) -> bool:
    """Whether a question says that a stage is reached: 刚过中期评估, 验收完."""
    name = re.sub(r"(?:审核)?(?:合格|通过|完成)?(?:以|之)?后$|时$|的$", "", when)
    runs = {name[at : at + 2] for at in range(len(name) - 1)}
    said = sum(run in question for run in runs)
    return bool(runs) and said >= max(1, len(runs) - 1)
