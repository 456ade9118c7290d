"""Which amount of several a counted thing gets, and which share of it: 燃油车按前述标准的一半."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import find_quantities, read_number
from server.sums.facets import conflict, facets_of
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.listing import Piece
from server.sums.scaled import NAMED, named_in
from server.sums.unit_amounts import UnitAmount

__all__ = [
    "MEASURED",
    "Scaled",
    "amount_of",
    "is_said",
    "says_another",
    "scaled_for",
    "scaled_in",
    "several_kinds",
    "share_said",
    "too_many",
    "units_of_amount",
]

#: 乳儿班（6至12个月）: what stands in brackets only explains.
_BRACKETS = re.compile(r"[（(][^（()）]{0,40}[)）]")
#: 重型货车（含牵引车）: what stands in brackets is named too.
_INCLUDED = re.compile(r"[（(](?:包?含|包括|或)(?P<names>[^（()）\d]{2,30})[)）]")
_SCALED = re.compile(
    r"(?<![^，。；、\n])(?P<case>[^，。；、\d]{2,16}?)的?[，,]?按照?(?:前[款目项述]|上述|以上|该|规定)?(?:的?(?:补助|补贴|奖励))?标准的?\s?(?P<share>\d{1,3}\s?%|一半)"
)
_COMMON = re.compile(r"企业|单位|机构|公司|项目|[的对按]")
_DENIED = re.compile(r"(?:不是|不属于?|并?非|没有?|未)[^，,。；;]{0,3}$")
#: What 一半 is.
_HALF = Decimal(50)
_FIRST = re.compile(r"首次|第一次|新(?:取得|获|办)")
_NOT_FIRST = re.compile(r"延续|续[期证展办]|换证|变更|再次|非首次|不是首次|第二次|补办")
#: So much of the name of a case at least is said where its class is named.
_HARDLY = 0.15
#: What a case has of its own is a word of at least so many characters.
_OWN = 2


_SIZE = re.compile(r"(\d{2})英?尺")
#: Of what a clause counts, other words for one of it.
_COUNTS = {"人": ("人", "个"), "张": ("张", "个"), "个": ("个",), "箱": ("箱", "柜", "个")}
#: Units of measure.
MEASURED = ("千瓦", "千瓦时", "兆瓦", "公里", "亩", "公顷", "吨", "立方米", "架次", "航次", "标箱")
_MOST = re.compile(r"(?:不超过|不得超过|最多|最高)[^，。；\d]{0,6}$")


#: What is paid beside an amount for one of something.
_CHARGED = re.compile(r"押|保证金|违约|滞纳|罚")
#: A case that changes amounts and is not worked with: 半日托按50%.
_OTHER = re.compile(
    r"(?P<case>[^，。；、]{2,8})按照?(?:[^，。；]{0,12}标准的?\d{1,3}%|\d{1,3}%(?:计算|折算|执行))"
)


@dataclass(frozen=True, slots=True)
class Scaled:
    """A case that gets a share of the amounts of a clause."""

    case: str
    share: Quantity


def is_said(label: str, question: str) -> bool:
    """Whether a question names a case, and does not deny it: half of the pairs of characters of its
    name, or all but one."""
    label = re.sub(r"^(?:被?(?:评为|评定为|认定为)|获评|获得|属于|对于?)", "", label)
    runs = [label] if len(label) <= 3 else [label[at : at + 2] for at in range(len(label) - 1)]
    said = sum(run in question for run in runs)
    return 0 < said >= len(runs) / 2 and not _DENIED.search(question[: _place_of(label, question)])


def _place_of(label: str, question: str) -> int:
    """Where a question says the longest part of a name."""
    ends = [(at, end) for at in range(len(label)) for end in range(at + 1, len(label) + 1)]
    parts = [label[at:end] for at, end in ends if label[at:end] in question]
    return question.find(max(parts, key=len))


def share_said(label: str, words: str) -> float:
    """How much of the name of a case some words say."""
    if _is_included(label, words):
        return 1.0
    label = _BRACKETS.sub("", label)
    if (size := _SIZE.match(label)) and re.search(rf"(?<!\d){size[1]}英?尺", words):
        # 40英尺集装箱 is a 大柜（40尺）.
        return 1.0
    runs = [label[at : at + 2] for at in range(len(label) - 1)]
    return sum(run in words for run in runs) / len(runs) if runs else 0.0


def _is_included(label: str, words: str) -> bool:
    """Whether some words name one of the things that a case is said to hold, by its whole name."""
    names = (
        name for m in _INCLUDED.finditer(label) for name in re.split("、|和|及|或", m["names"])
    )
    return any(len(name) > 1 and name in words for name in names)


def amount_of(fact: Fact, amounts: Sequence[UnitAmount], question: str) -> UnitAmount | None:
    """The amount for a figure: the one whose case is named beside it, else in the question."""
    if len(amounts) == 1:
        return amounts[0]
    for words in (fact.words, question):
        worth = [share_said(amount.label, words) for amount in amounts]
        best = max(worth, default=0.0)
        near = [a for a, value in zip(amounts, worth, strict=True) if value == best]
        # 超低温库 names 低温库 too.
        near = [a for a in near if all(b.label in a.label for b in near)]
        if best >= 0.5 and len(near) == 1:
            chosen = near[0]
            own, asked = _class_of(chosen.label), _class_of(fact.words)
            if (own and asked and own.isdisjoint(asked)) or _is_later(fact, chosen):
                return None
            if _is_included(chosen.label, words):
                # 轻型牵引车 is of 轻型货车 or of 重型货车（含牵引车）: nobody knows.
                others = (a.label[:2] for a in amounts if a is not chosen)
                return None if any(other in words for other in others) else chosen
            # 专用充电站运营补助 is none of a 公共充电站.
            return chosen if chosen.label[:2] in (question or words) else None
    return _of_class(fact, amounts) or _of_own_part(fact, amounts) or _of_kind(fact, amounts)


def _of_kind(fact: Fact, amounts: Sequence[UnitAmount]) -> UnitAmount | None:
    """The one amount of a kind that the words of a figure name, where they rule out all others:
    新盖 where one is for what is 新建 and one for what is 改扩建."""
    asked = facets_of(fact.words)
    kinds = [facets_of(amount.label) for amount in amounts]
    open_ = [at for at, own in enumerate(kinds) if not conflict(asked, own)]
    if len(open_) != 1 or asked.keys().isdisjoint(kinds[open_[0]]):
        return None
    found = amounts[open_[0]]
    return None if _is_later(fact, found) else found


def _of_own_part(fact: Fact, amounts: Sequence[UnitAmount]) -> UnitAmount | None:
    """The amount of the one case of which the words of a figure say what no other has: 省外 of 省内货源,
    省外货源."""
    labels = [amount.label for amount in amounts]
    most = min(map(len, labels), default=0)
    end = next((n for n in range(most, 0, -1) if len({label[-n:] for label in labels}) == 1), 0)
    own = [label[: len(label) - end] for label in labels]
    said = [at for at, part in enumerate(own) if part in fact.words]
    told = end and len(set(own)) == len(own) and min(map(len, own), default=0) >= _OWN
    return amounts[said[0]] if told and len(said) == 1 else None


def _of_class(fact: Fact, amounts: Sequence[UnitAmount]) -> UnitAmount | None:
    """The amount of the class that the words of a figure name, where each amount is of another one
    and more of its name is said than of any other."""
    asked = _class_of(fact.words)
    classes = [_class_of(amount.label) for amount in amounts]
    worth = [share_said(amount.label, fact.words) for amount in amounts]
    if len(asked) != 1 or any(len(own) != 1 for own in classes) or len({*classes}) < len(classes):
        return None
    chosen = [at for at, own in enumerate(classes) if own == asked]
    if not chosen or worth[chosen[0]] < _HARDLY or worth.count(max(worth)) > 1:
        return None
    found = amounts[chosen[0]]
    return None if worth[chosen[0]] < max(worth) or _is_later(fact, found) else found


def _is_later(fact: Fact, amount: UnitAmount) -> bool:
    """Whether an amount is for the first time only, and a figure is of a later one."""
    first = _FIRST.search(f"{amount.shared} {amount.label}")
    return bool(first and _NOT_FIRST.search(fact.words))


def _class_of(words: str) -> frozenset[str]:
    return facets_of(words).get("class", frozenset())


def units_of_amount(amount: UnitAmount) -> tuple[str, ...]:
    """The units in which a question counts what an amount is for one of."""
    return _COUNTS.get(amount.unit, (amount.unit,))


def several_kinds(amounts: Sequence[UnitAmount], facts: Sequence[Fact]) -> bool:
    """Whether things of several kinds are counted, each with an amount: 托小班20人、托大班30人."""
    units = {unit for amount in amounts for unit in units_of_amount(amount)}
    things = [fact for fact in facts if fact.unit in units and not fact.part and not fact.past]
    own = [amount_of(fact, amounts, "") for fact in things]
    return len(things) > 1 and all(own) and len({id(one) for one in own}) == len(things)


def too_many(number: Decimal, text: str, unit: str) -> bool:
    """Whether more things are counted than a clause gives anything for: 每年不超过10辆."""
    return any(
        q.unit == unit and q.value < number and _MOST.search(text[: q.start])
        for q in find_quantities(text)
    )


def scaled_in(pieces: Sequence[Piece]) -> Iterator[Scaled]:
    """The cases of some clauses that get a share of their amounts."""
    for piece in pieces:
        for match in _SCALED.finditer(piece.words):
            start, end = (piece.at + at for at in match.span("share"))
            said = match["share"]
            value = _HALF if said == "一半" else read_number(said.rstrip("%").strip())
            yield Scaled(match["case"], Quantity(value, "%", Span(piece.address, start, end, said)))


def scaled_for(
    words: str, amount: UnitAmount, cases: Sequence[Scaled], likeness: Likeness, lead: str = ""
) -> Scaled | Literal[False] | None:
    """The case that some words name, None where they name none; False where that is not told: they
    name two, or neither the kind that the amount is for nor the one that gets a share of it. ``lead``
    is what the amounts are given for."""
    said, own = facets_of(words), facets_of(f"{amount.shared} {amount.label}")
    found = []
    for one in cases:
        kinds = facets_of(one.case)
        if kinds.keys() & said.keys():
            found += [] if conflict(kinds, said) else [one]
            continue
        if conflict(kinds, own):
            return False
        of = f"{lead} {amount.shared} {amount.label}"
        named = named_in(one.case, of, words, likeness)
        part = _own_part(one.case, of)
        is_named = bool(part) and part in words and not _DENIED.search(words.split(part)[0])
        if 0 < named < NAMED and not is_named:
            return False
        found += [one] if named or is_named else []
    if len(found) > 1 or (not found and conflict(own, said)):
        return False
    return found[0] if found else None


def says_another(question: str, text: str, known: set[str]) -> bool:
    """Whether a question speaks of what is paid besides, or of a case that is not worked with."""
    charged = _CHARGED.search(question)
    if charged and charged[0] not in text:
        # 押金三个月 is no rent of three months.
        return True
    others = (match["case"] for match in _OTHER.finditer(text))
    return any(case not in known and is_said(case, question) for case in others)


def _own_part(case: str, of: str) -> str:
    """What of the name of a case is not said of what the amounts are for: 自用 of 企业自用冷库."""
    shared = {
        place for at in range(len(case) - 1) if case[at : at + 2] in of for place in (at, at + 1)
    }
    # 自用仓 of 低温仓 is 自用.
    shared |= {len(case) - 1} if case[-1:] == of[-1:] else set()
    left = "".join(" " if place in shared else one for place, one in enumerate(case))
    parts = _COMMON.sub(" ", left).split()
    return max(parts, key=len) if parts and len(max(parts, key=len)) > 1 else ""
