"""How a text says that money is paid in parts: 立项后拨付40%，中期评估合格后拨付30%; 分三年拨付，比例为40%、30%、30%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities, read_number
from server.sums.money import plain, written
from server.sums.phrases import SENTENCE, WHOLE_SENTENCE
from server.sums.working import Working

__all__ = ["Stage", "is_split", "stages_beside", "stages_in", "stages_of_large"]

#: Parts may be told apart by semicolons: 投产后拨付40%；达产后拨付60%.
_PAID = r"(?:拨付|发放|支付|兑付|兑现)"
_PAID_AT_ALL = re.compile(_PAID)
_STAGE = re.compile(
    rf"(?P<when>[^，,。；;、：:\n]{{2,30}}?)[，,]?(?:再|先)?{_PAID}(?:剩余|其余|余下)?的?(?:资金)?\s*(?P<share>\d{{1,2}}%)"
)
#: 分三年拨付，首年60%、次年20%、第三年20%.
_NAMED = re.compile(
    r"(?P<when>首[年期笔次]|当年|次年|第[一二三四五](?:年|期|次|笔))度?[^，。；、\d]{0,6}(?P<share>\d{1,2}%)"
)
_COUNT = r"分(?P<n>[二两三四五六\d])个?(?P<unit>年|期|次|批|笔)度?"
_SPLIT = re.compile(rf"(?:{_COUNT}|分(?:年度?|期|批))[^。；\d]{{0,20}}?{_PAID}")
_LIST = r"(?P<shares>\d{1,2}%(?:[、,，和]\d{1,2}%){1,8})"
#: The shares of several levels or classes are not those of several years.
_GAP = r"[^。；\d%国省市区县级类档]{0,24}?"
#: 按40%、30%、30%的比例分三年拨付; 分年度按60%、40%拨付; 分3年发放，依次发放40%、30%、30%.
_LISTED = (
    re.compile(rf"{_LIST}的?(?:比例)?[，,]?(?:{_COUNT}|分(?:年度?|期|批)){_PAID}"),
    re.compile(rf"(?:{_COUNT}|分(?:年度?|期|批)){_GAP}{_LIST}"),
)
#: 分5年发放，每年发放20%; 分两期各拨付50%; 分两年按各50%拨付.
_EACH = re.compile(
    rf"{_COUNT}{_GAP}(?:每[年期次批笔]|各)[^。；\d%]{{0,6}}(?P<each>\d{{1,2}}%)(?![、,，和]\d)"
)
#: 分3年等额拨付.
_EQUAL = re.compile(rf"{_COUNT}[^，。；\d]{{0,4}}?(?:等额|平均|均等|均额)")
#: 当年、次年各50%兑付; 首年拨付60%，次年拨付40%.
_TWO_YEARS = re.compile(
    r"(?:当年|首年|第一年)[、和]次年(?:各|均为?)(?P<each>50%)|(?:当年|首年|第一年)[^，。；\d]{0,6}(?P<first>\d{1,2}%)[、,，]?(?:次年|第二年)[^，。；\d]{0,6}(?P<second>\d{1,2}%)"
)
#: 按5∶3∶2分三年拨付; 分三年按5∶3∶2的比例拨付.
_RATIO = r"(?P<shares>\d{1,2}(?:[∶:：]\d{1,2}){1,4})(?:的?比例)?"
_BY_RATIO = (
    re.compile(rf"{_RATIO}[，,]?分(?P<n>[二两三四五六\d])(?:个?年度?|期|次|批){_PAID}"),
    re.compile(rf"分(?P<n>[二两三四五六\d])(?:个?年度?|期|次|批){_GAP}{_RATIO}"),
)
_ONLY_PAID = re.compile(r"拨付|兑付|兑现")
#: A rule for all amounts from one on: 补助资金超过100万元的，分两次拨付.
_LARGE = re.compile(
    r"(?P<case>(?:补助|补贴|奖励|奖补|资助|扶持|专项)资金(?P<over>超过|达到|不低于)(?P<least>\d[\d.]{0,9}\s?[万亿]?元)(?:以上)?的)[，,](?=分[二两三四五六\d](?:年|期|次))"
)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of what is granted, and when it is paid: a share of it in %, or one of so many years."""

    when: str
    share: Quantity

    def of(self, value: Decimal, working: Working) -> Decimal | None:
        """What the part of an amount comes to; None where that is no whole amount."""
        if self.share.unit == "%":
            return working.share(value, self.share)
        part = value / self.share.value
        if part != part.quantize(_CENT):
            return None
        years = f"{plain(self.share.value)}{self.share.unit}"
        working.says(f"{written(value, MONEY)} ÷ {years} = {written(part, MONEY)}", self.share.span)
        return part


def is_split(address: Address, index: ClauseIndex) -> bool:
    """Whether a clause says that what it grants is paid in parts."""
    return bool(_SPLIT.search(index.clause(address)[1].text))


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
    for sentence in (*SENTENCE.finditer(text), *WHOLE_SENTENCE.finditer(text)):
        for said in _said_in(sentence[0]):
            found = [
                Stage(when, _share(address, text, sentence.start() + at, share))
                for when, share, at in said
            ]
            if len(found) > 1 and sum(stage.share.value for stage in found) == 100:
                return found
        if found := _by_ratio(address, text, sentence) or _equal(address, text, sentence):
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


def _equal(address: Address, text: str, sentence: re.Match[str]) -> list[Stage]:
    """The parts of 分3年等额拨付; none where not years are said."""
    match = _EQUAL.search(sentence[0])
    if match is None or match["unit"] != "年" or not _PAID_AT_ALL.search(sentence[0]):
        return []
    start, end = sentence.start() + match.start("n"), sentence.start() + match.end("unit")
    number = read_number(match["n"])
    years = Quantity(number, "年", Span(address, start, end, text[start:end]))
    return [Stage("", years)] * int(number)


def _said_in(sentence: str) -> Iterator[list[tuple[str, str, int]]]:
    """The shares in which a sentence may say that money is paid, with when and where it says so."""
    for form in _LISTED if _PAID_AT_ALL.search(sentence) else ():
        if match := form.search(sentence):
            at, number = match.start("shares"), match["n"]
            own = [("", m[0], at + m.start()) for m in re.finditer(r"\d{1,2}%", match["shares"])]
            yield own if not number or len(own) == read_number(number) else []
    if match := _EACH.search(sentence):
        yield [("", match["each"], match.start("each"))] * int(read_number(match["n"]))
    match = _TWO_YEARS.search(sentence) if _ONLY_PAID.search(sentence) else None
    if match:
        named = ("each", "each") if match["each"] else ("first", "second")
        yield [("", match[name], match.start(name)) for name in named]
    for form in (_NAMED, _STAGE) if _SPLIT.search(sentence) else (_STAGE,):
        yield [(m["when"], m["share"], m.start("share")) for m in form.finditer(sentence)]


def _share(address: Address, text: str, start: int, said: str) -> Quantity:
    span = Span(address, start, start + len(said), text[start : start + len(said)])
    return Quantity(read_number(said.rstrip("%")), "%", span)


def stages_of_large(value: Decimal, address: Address, index: ClauseIndex) -> list[Stage]:
    """The parts in which a document pays every amount of such a size."""
    for clause in index.readings[address.document].outline.clauses:
        match = _LARGE.search(clause.text)
        if match is None:
            continue
        least = find_quantities(match["least"])[0].value
        if value > least or (value == least and match["over"] != "超过"):
            return _stages(Address(address.document, clause.path), clause.text[match.start() :])
    return []
