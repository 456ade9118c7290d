"""Money paid in parts: 立项后拨付40%，中期评估合格后拨付30%; what of it has come when the question asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from server.answer import Calculation
from server.sums.money import written
from server.sums.outcome import Outcome
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = [
    "Stage",
    "asks_for_part",
    "in_parts",
    "paid_of",
    "paid_parts",
    "paid_so_far",
    "stages_beside",
    "stages_in",
]

_SENTENCE = re.compile(r"[^。；;\n]+")
#: Parts may be told apart by semicolons: 投产后拨付40%；达产后拨付60%.
_WHOLE_SENTENCE = re.compile(r"[^。\n]+")
_PAID = r"(?:拨付|发放|支付|兑付|兑现)"
_STAGE = re.compile(
    rf"(?P<when>[^，,。；;、：:\n]{{2,30}}?)[，,]?(?:再|先)?{_PAID}(?:剩余|其余|余下)?的?(?:资金)?\s*(?P<share>\d{{1,2}}%)"
)
#: 分三年拨付，首年60%、次年20%、第三年20%.
_NAMED = re.compile(
    r"(?P<when>首[年期笔次]|当年|次年|第[一二三四五](?:年|期|次|笔))度?[^，。；、\d]{0,6}(?P<share>\d{1,2}%)"
)
#: 分3年发放，依次发放40%、30%、30%; 分5年发放，每年发放20%.
_IN_TURN = re.compile(
    rf"分(?P<n>[二两三四五六\d])(?:年|期|次){_PAID}[，,：:](?:依次|分别|每[年期次])(?:按照?)?(?:{_PAID})?(?P<shares>\d{{1,2}}%(?:[、,，和]\d{{1,2}}%){{0,8}})"
)
_SPLIT = re.compile(rf"分[二两三四五六\d](?:年|期|次){_PAID}")
_YEARS = re.compile(
    rf"(?P<shares>\d{{1,2}}%(?:[、,，和]\d{{1,2}}%){{1,8}})(?:的?比例)?[，,]?分(?P<n>[二两三四五六\d])(?:年|期|次){_PAID}"
)
#: 分两年按60%、40%拨付.
_BY_YEARS = re.compile(
    rf"分(?P<n>[二两三四五六\d])(?:年|期|次)[^，。；\d]{{0,8}}(?P<shares>\d{{1,2}}%(?:[、,，和]\d{{1,2}}%){{1,8}})(?:的?比例)?{_PAID}"
)
#: 当年、次年各50%兑付; 首年拨付60%，次年拨付40%.
_TWO_YEARS = re.compile(
    r"(?:当年|首年|第一年)[、和]次年(?:各|均为?)(?P<each>50%)|(?:当年|首年|第一年)[^，。；\d]{0,6}(?P<first>\d{1,2}%)[、,，]?(?:次年|第二年)[^，。；\d]{0,6}(?P<second>\d{1,2}%)"
)
#: 按5∶3∶2分三年拨付; 分三年按5∶3∶2的比例拨付.
_RATIO = r"(?P<shares>\d{1,2}(?:[∶:：]\d{1,2}){1,4})(?:的?比例)?"
_BY_RATIO = (
    re.compile(rf"{_RATIO}[，,]?分(?P<n>[二两三四五六\d])(?:个?年度?|期|次|批){_PAID}"),
    re.compile(
        rf"分(?P<n>[二两三四五六\d])(?:个?年度?|期|次|批)[^，。；\d]{{0,4}}{_RATIO}[^，。；\d]{{0,4}}{_PAID}"
    ),
)
_ONLY_PAID = re.compile(r"拨付|兑付|兑现")
_FIRST_PAID = r"先(?:到账|兑[现付]|拨付?|给|发|拿|付)[^，。；？?了过]{0,4}(?:多少|几)"
_ASKED = re.compile(
    rf"到手|{_FIRST_PAID}|第[一二三](?:笔|期|次|年)|首[笔期年]|头一?[笔期次年]|(?:现在|目前|到现在|至今)\S{0, 6}(?:能|可)?(?:拿|领|得|发)|这[一]?笔"
)
_ORDER = (
    rf"第一(?:笔|期|次|年)|首[笔期年]|头一?[笔期次年]|{_FIRST_PAID}",
    r"第二(?:笔|期|次|年)",
    r"第三(?:笔|期|次|年)",
)
_FIRST = re.compile(rf"第一笔|首笔|头一?笔|{_FIRST_PAID}")
#: What is paid later is asked for besides: 首年拿多少，后两年呢.
_LATER = re.compile(r"剩下|其余|余下|剩余|后[一二两三几]?[年期笔次](?!度)|尾款|以后各?[年期笔]")
#: A rule for all amounts from one on: 补助资金超过100万元的，分两次拨付.
_LARGE = re.compile(
    r"(?P<case>(?:补助|补贴|奖励|奖补|资助|扶持|专项)资金(?P<over>超过|达到|不低于)(?P<least>\d[\d.]{0,9}\s?[万亿]?元)(?:以上)?的)[，,](?=分[二两三四五六\d](?:年|期|次))"
)
_SO_FAR = re.compile(r"到(?:现在|目前|今)|目前为止|至今|累计|一共|总共|加起来|到手")


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of what is granted, and when it is paid."""

    when: str
    share: Quantity


def asks_for_part(question: str) -> bool:
    """Whether a question asks what is paid first, or so far."""
    return bool(_ASKED.search(question))


def stages_beside(address: Address, index: ClauseIndex) -> list[Stage]:
    """The parts in which the support of a clause is paid, said in it or beside it."""
    own = index.clause(address)[1]
    if found := _stages(address, own.text):
        return found
    parent = own.path.parent
    for clause in index.readings[address.document].outline.clauses if parent else ():
        if clause.path.parent == parent and (
            found := _stages(Address(address.document, clause.path), clause.text)
        ):
            return found
    return []


def _stages(address: Address, text: str) -> list[Stage]:
    for sentence in (*_SENTENCE.finditer(text), *_WHOLE_SENTENCE.finditer(text)):
        for said in _said_in(sentence[0]):
            found = [
                Stage(when, _share(address, text, sentence.start() + at, share))
                for when, share, at in said
            ]
            if len(found) > 1 and sum(stage.share.value for stage in found) == 100:
                return found
        if found := _by_ratio(address, text, sentence):
            return found
    return []


def stages_in(address: Address, sentence: str, at: int) -> list[Stage]:
    """The parts that one sentence says, by name or by stage: 首期40%，满两年后拨付30%，满四年后拨付其余30%.

    ``at``: where the sentence begins in its clause.
    """
    said = {m.start("share"): m for form in (_STAGE, _NAMED) for m in form.finditer(sentence)}
    found = [
        Stage(m["when"], _share(address, " " * at + sentence, at + start, m["share"]))
        for start, m in sorted(said.items())
    ]
    return found if sum(stage.share.value for stage in found) == 100 else []


def _by_ratio(address: Address, text: str, sentence: re.Match[str]) -> list[Stage]:
    """The parts of 按5∶3∶2分三年拨付, each as its share of all; none where one is no even share."""
    match = next(filter(None, (form.search(sentence[0]) for form in _BY_RATIO)), None)
    if match is None:
        return []
    at = sentence.start() + match.start("shares")
    parts = list(re.finditer(r"\d{1,2}", match["shares"]))
    whole = sum(int(part[0]) for part in parts)
    if len(parts) != read_number(match["n"]) or any(int(p[0]) * 100 % whole for p in parts):
        return []
    shares = [
        Quantity(
            Decimal(int(part[0]) * 100 // whole), "%",
            Span(address, at + part.start(), at + part.end(), text[at + part.start() : at + part.end()]),
        )
        for part in parts
    ]  # fmt: skip
    return [Stage("", share) for share in shares]


def _said_in(sentence: str) -> Iterator[list[tuple[str, str, int]]]:
    """The shares in which a sentence may say that money is paid, with when and where it says so."""
    for form in (_YEARS, _BY_YEARS, _IN_TURN):
        if match := form.search(sentence):
            at = match.start("shares")
            own = [("", m[0], at + m.start()) for m in re.finditer(r"\d{1,2}%", match["shares"])]
            # 分5年发放，每年发放20%.
            yield own if len(own) > 1 else own * int(read_number(match["n"]))
    match = _TWO_YEARS.search(sentence) if _ONLY_PAID.search(sentence) else None
    if match:
        named = ("each", "each") if match["each"] else ("first", "second")
        yield [("", match[name], match.start(name)) for name in named]
    for form in (_NAMED, _STAGE) if _SPLIT.search(sentence) else (_STAGE,):
        yield [(m["when"], m["share"], m.start("share")) for m in form.finditer(sentence)]


def _share(address: Address, text: str, start: int, said: str) -> Quantity:
    span = Span(address, start, start + len(said), text[start : start + len(said)])
    return Quantity(read_number(said.rstrip("%")), "%", span)


def _stages_of_large(value: Decimal, address: Address, index: ClauseIndex) -> list[Stage]:
    """The parts in which a document pays every amount of such a size."""
    for clause in index.readings[address.document].outline.clauses:
        match = _LARGE.search(clause.text)
        if match is None:
            continue
        least = find_quantities(match["least"])[0].value
        if value > least or (value == least and match["over"] != "超过"):
            return _stages(Address(address.document, clause.path), clause.text[match.start() :])
    return []


def paid_of(found: Sum, question: str, index: ClauseIndex) -> Sum:
    """A sum of one clause as it is paid, where the question asks for a part; STOPPED where it asks
    for the first one, and the texts name none."""
    result, calculation = found.calculation.result, found.calculation
    if not asks_for_part(question) or not result or not found.sources:
        return found
    address = found.sources[0].address
    stages = stages_beside(address, index) or _stages_of_large(result, address, index)
    steps, caps, sources = list(calculation.steps), list(calculation.caps), list(found.sources)
    working = Working(steps, caps, sources)
    paid = paid_parts(result, stages, question, working)
    if paid is None:
        return STOPPED if _FIRST.search(question) else found
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
            value = working.share(whole.result, stage.share)
            when = re.sub(r"的$", "", stage.when)
            left.append(f"{when}{written(value, MONEY)}")
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
    return working.plus([working.share(value, stage.share) for stage in paid]) if paid else None


def _paid(stages: Sequence[Stage], question: str) -> list[Stage]:
    """The stages that are meant: the one named by its number, or all up to the one reached."""
    for number, said in enumerate(_ORDER[: len(stages)]):
        if re.search(said, question):
            return [stages[number]]
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
