"""As what a figure may go into a measure: its base, a count, a threshold, something to take off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Bound
from indexer.entitlements.quantities import MONEY
from server.sums.each_thing import item_bounds
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.kinds import SUPPORT, called_as, is_paid_for, is_said_shorter, is_support, of_kind
from server.sums.left_by_others import is_of_own_part
from server.sums.likeness import Likeness, event_text, row_text
from server.sums.units import SHARED_UNITS, counted, units_of
from server.sums.uses import Role
from server.sums.which_count import part_above

__all__ = ["Roles"]

#: Support that was received already is no base, whatever it is called.
_RECEIVED = re.compile(
    r"(?:领|拿|享受|获得?|得|批|给|补|报)(?:过|了|到(?!账))|已经?(?:领|拿|享受|获|给|补)|先(?:给|拿|领|补)|别处|其他补|别的补|另外补"
)
#: Amounts of a company that are the base of a measure only where its base is called so.
_OTHER_AMOUNT = re.compile(
    r"注册资[本金]|实缴|估值|市值|净资产|总资产|利润|融资|年薪|工资|薪|营收|营业收入|产值|销售额|税|贷款|债|股权"
)
#: 不含税不含土地 says what an amount is not.
_NOT_IN = re.compile(r"不(?:含|包括|包含|算)[^，,。；;（）()\d]{1,6}")
#: An amount that is called support is the outcome of a measure: 补贴才150块.
_GRANTED = re.compile(r"(?:补助|补贴|奖励|资助|扶持|奖补)[^，,、]{0,3}$")
#: What is more than before, as the base of a rate, and as an amount is called that is just that.
_DIFFERENCE = re.compile(r"增量|增[长加](?:的?部分|额)|净增")
_MORE = re.compile(r"增量|净增|新增|增[加长]|多[了出花]|涨了")
#: What a place keeps of a tax is no tax paid.
_OWN_SHARE = re.compile(r"留成|留存|地方(?:经济)?贡献|地方财力|分成部分")
#: What is paid to whom is insured.
_INSURED = re.compile(r"保险金|养老金|医保待遇")
_BESIDE = re.compile(r"(?:之外|以外)的?[^，,]{0,8}$")
_SPENT = re.compile(r"装修(?:一共|总共|实际)?(?:只|才)?花|实际(?:费用|花)|花了|费用")
#: What a threshold is of, where it says no more than that it counts.
_COUNTS = re.compile(r"(?:总)?(?:人|户|家|件|台|套)?数量?")
#: What a share by which something changed says that is no name of what did.
_NO_NAME = re.compile(
    r"[\d.%％\s]|同比|环比|增量|增[长加幅速]|上升|下降|下滑|减少|(?:[较比与]|相比)?(?:上|去|前)一?年(?:同期|末|度)?|今年|相比|达到?|超过|[增涨升降跌减多少]?了|占|比[例重率]"
)
_NAME = 2
_CHANGE = re.compile(r"同比|增[长速幅]|下降|[较比]上年|与上年")
_SHARE_OF = re.compile(r"占(?P<whole>[^，。；\d]{2,12}?)的?(?:比例|比重|比率)")
#: Units of one thing: 10万台 of cars are 10万辆.
_PIECES = frozenset("辆台部架")
#: A name of letters and figures.
_CODE = re.compile(r"(?<![\dA-Za-z])(?=[\dA-Za-z]{0,11}[A-Za-z])[\dA-Za-z]{3,12}(?![\dA-Za-z])")
#: A name of letters alone.
_LETTERS = re.compile(r"(?<![\dA-Za-z])[A-Za-z]{2,12}(?![\dA-Za-z])")
#: For how long somebody stays, or something is held.
_STAYS = {
    "晚": re.compile(""),
    "日": re.compile(r"[展会学工]期|[开办住演待]了?|持续|连续|为期|历时"),
}
#: Of what a measure is for the question says at least this much, or an amount is none of its.
_HARDLY = 0.05
#: A count is of a measure whose occasion holds at least this share of what is counted.
_NAMED = 0.25
#: A threshold is of what the rate is of where their names have this much in common.
_SAME_AS_BASE = 0.7


@dataclass(frozen=True, slots=True)
class Roles:
    """Tells the roles of one figure in one measure, each with how well it fits."""

    likeness: Likeness
    question: str
    rows: Sequence[tuple[Entitlement, float]]

    def sisters(self, row: Entitlement) -> list[Entitlement]:
        """The measures of the same clause."""
        return [other for other, _ in self.rows if other.address == row.address]

    def of(
        self, fact: Fact, row: Entitlement, prior: float, facts: Sequence[Fact]
    ) -> Iterable[tuple[Role, float]]:
        like, words = self.likeness, fact.words
        of_one = fact.of_one and bool(item_bounds(row, fact))
        if fact.unit == MONEY and not fact.is_threshold and not of_one:
            yield from self._money_roles(fact, row, prior)
        if row.amount and fact.unit in units_of(row) and fact.unit not in SHARED_UNITS:
            yield "unit", 0.4
        elif row.amount and fact.is_count and not (_other_units(fact, row) or _reaches(fact, row)):
            things = counted(words)
            # What is counted is named last: 用在已获批疫苗里的新佐剂.
            about = max(like.share(part, row_text(row)) for part in (things[:8], _head(things)))
            if row.each and sum(bool(other.amount) for other in self.sisters(row)) == 1:
                # 支持中药制剂备案，对完成备案的单个品种给予…: the words before say what is counted.
                about = max(about, like.share(things[:8], self._sentence(row)))
            named = max(about, like.own(row, self.sisters(row), things), self._coded(things, row))
            if named > _NAMED:
                yield "count", named
        yield from self._bound_roles(fact, row, facts)

    def _coded(self, things: str, row: Entitlement) -> float:
        """1 where what is counted is called by letters and figures that only this measure of its
        clause has: 510k is 510（k）."""
        return _has_alone(_CODE.findall(things), row, self.sisters(row))

    def lettered(self, words: str, row: Entitlement) -> float:
        """1 where some words name what only measures of this clause say by letters: EDA, IP."""
        others = [other for other, _ in self.rows if other.address != row.address]
        return _has_alone(_LETTERS.findall(words), row, others)

    def _names_another(self, words: str, row: Entitlement) -> bool:
        """Whether some words name by letters what measures of another clause alone are for."""
        if not _LETTERS.search(words):
            return False
        own = {other.address for other, _ in self.rows if self.lettered(words, other)}
        return bool(own) and row.address not in own

    def _bound_roles(
        self, fact: Fact, row: Entitlement, facts: Sequence[Fact]
    ) -> Iterable[tuple[Role, float]]:
        like, words = self.likeness, fact.words
        priced = any(other.of_one for other in facts)
        # 超过300吨的部分，每吨40元: what is above is multiplied, and held against nothing.
        text = like.retriever.index.clause(row.address)[1].text
        above = part_above(row, fact.unit, text)
        for bound in (b for b in row.bounds if b.quantity != above):
            if priced and not fact.of_one and bound in item_bounds(row, fact):
                continue
            of = bound.of.text if bound.of else ""
            if (row.rate or row.tiers) and self._of_base(bound, row, words):
                continue
            about = like.mutual(of, words)
            if not about and fact.unit == bound.quantity.unit and _COUNTS.fullmatch(of):
                # 人数达到100人 is of what the occasion says: 推荐上岗.
                about = like.mutual(event_text(row), words)
            rivals = [f for f in facts if f.unit == fact.unit and f is not fact]
            only = self._steps_of(fact.unit, row) or _is_change(fact, row)
            only = only or self._is_of_one(fact, row)
            if not about and not rivals and only:
                # 展会有2.5万平方米, where the clause tells its amounts by nothing but the area;
                # 今年1.3亿元，增长25%: the one share stated is by how much it changed.
                about = _NAMED
            if fact.of_one and bound in item_bounds(row, fact):
                # 每台都一百万以上 is the price of what was said before.
                about = max(about, _NAMED)
            if "人" in units_of(row) and any(like.mutual(of, f.words) > about for f in rivals):
                # Of 700个会员 and 3个干部 one is the threshold's, the other is multiplied.
                continue
            if of_kind(words, bound.of) and not of_kind(words, row.base):
                about = max(about, _NAMED)
            if bound.quantity.unit == fact.unit and not fact.past and about:
                yield "bound", about

    def _of_base(self, bound: Bound, row: Entitlement, words: str) -> bool:
        """Whether a threshold is held against the base itself, being of it; one of by how much it
        changed is held against a share, unless that is called something else."""
        of = bound.of.text if bound.of else ""
        if not _is_base(of, row, self.likeness):
            return False
        own, named = (_NO_NAME.sub("", said) for said in (words, of))
        another = len(own) >= _NAME and not self.likeness.mutual(named, own)
        return bound.quantity.unit != "%" or another

    def _steps_of(self, unit: str, row: Entitlement) -> bool:
        """Whether the measures of a clause are steps by a figure of some unit alone."""
        sisters = self.sisters(row)
        limits = {b.quantity.value for r in sisters for b in r.bounds if b.quantity.unit == unit}
        alone = all(len(r.bounds) == 1 and r.bounds[0].quantity.unit == unit for r in sisters)
        plain = unit != MONEY and unit not in SHARED_UNITS and unit not in ("%", "‰")
        return plain and alone and len(sisters) > 1 and len(limits) == len(sisters)

    def _is_of_one(self, fact: Fact, row: Entitlement) -> bool:
        """Whether nights or days are in no measure of a clause but as one threshold: 都住了两晚."""
        sisters, unit = self.sisters(row), fact.unit
        lasts = unit in _STAYS and _STAYS[unit].search(fact.words)
        limits = {b.quantity.value for r in sisters for b in r.bounds if b.quantity.unit == unit}
        counts = any(unit in units_of(r) for r in sisters)
        return bool(lasts) and len(limits) == 1 and not counts

    def _money_roles(
        self, fact: Fact, row: Entitlement, prior: float
    ) -> Iterable[tuple[Role, float]]:
        like, words, written = self.likeness, fact.words, fact.written
        # 都批过也审过：全国性的花260万 says of the amount only what stands behind the colon.
        told = re.split(r"[:：]", words)[-1]
        received = _RECEIVED.search(told if len(told) > len(written) + 3 else words) is not None
        if received and row.deductions:
            yield "deduction", 0.5 + like.mutual(row.deductions[0].text, words)
        if received and (row.deductions or SUPPORT.search(words) or not kinds_of_base(words)):
            return
        if (row.rate or row.tiers) and not _BESIDE.search(fact.before):
            base = like.mutual(row.base.text, words) if row.base else 0.0
            if _is_whole(row, words) or self._names_another(words, row):
                return
            if _GRANTED.search(fact.before) and not is_support(row):
                return
            if row.base and _is_another(row.base.text, words):
                return
            called = called_as(words, row, self.question)
            if (not base and _OTHER_AMOUNT.search(_NOT_IN.sub("", words))) or called is False:
                return
            near = prior == 1 and (called or any(map(self._spoken_of, self.sisters(row))))
            near = near or bool(self.lettered(words, row))
            if base or near or like.share(words, row_text(row)) > _NAMED / 2:
                yield "base", 0.2 + base if base else 0.0
        for span in row.ceilings:
            yield "ceiling", 0.3 * bool(_SPENT.search(words)) + like.mutual(span.text, words)

    def _spoken_of(self, row: Entitlement) -> bool:
        """Whether the question says anything of what a measure is for or of."""
        base = row.base.text if row.base else ""
        return self.likeness.share(f"{event_text(row)} {base}", self.question) >= _HARDLY

    def _sentence(self, row: Entitlement) -> str:
        """The sentence of a measure, up to its amount."""
        text = self.likeness.retriever.index.clause(row.address)[1].text
        return re.split("[。；;]", text[: row.amount.span.start if row.amount else 0])[-1]


def _has_alone(codes: Sequence[str], row: Entitlement, others: Sequence[Entitlement]) -> float:
    """1 where a measure says one of some codes, and others say it not."""
    own, *texts = (
        re.sub(r"[（()）\s]", "", row_text(one)).upper()
        for one in (row, *(other for other in others if other is not row))
    )
    said = {code.upper() for code in codes}
    return float(any(c in own and not any(c in text for text in texts) for c in said))


def _is_another(base: str, words: str) -> bool:
    """Whether an amount is none of such a base: what is lent is no interest, what the insured get no
    premium, what is promised is not paid in, all that was spent no part that is more than the year before."""
    if "利息" in base and "息" not in words:
        return True
    if _OWN_SHARE.search(base) and not _OWN_SHARE.search(words):
        return True
    if "保险费" in base and _INSURED.search(words) and "保险费" not in words:
        return True
    if "实缴" in base and "认缴" in words and "实缴" not in words:
        return True
    whole = _DIFFERENCE.search(base) and not _MORE.search(words)
    return bool(whole) or is_of_own_part(base, words)


def _is_change(fact: Fact, row: Entitlement) -> bool:
    """Whether a share is by how much something changed of which nothing is said, where a measure
    is for a change."""
    share = fact.unit == "%" and len(_NO_NAME.sub("", fact.words)) < _NAME
    return share and bool(_CHANGE.search(event_text(row)))


def _is_whole(row: Entitlement, words: str) -> bool:
    """Whether an amount is the whole of which a threshold takes a share: 总投资 of 占总投资比例."""
    wholes = [m["whole"] for b in row.bounds if b.of and (m := _SHARE_OF.search(b.of.text))]
    base = row.base.text if row.base else ""
    return any(whole in words and whole not in base and base not in words for whole in wholes)


def _other_units(fact: Fact, row: Entitlement) -> set[str]:
    """The units that an amount is for besides that of a count: 每套每年3000元 is for each of 50套 too."""
    each = row.each.text if row.each else ""
    return set(units_of(row)) - ({"年", "月"} if f"每{fact.unit}" in each else set())


def _reaches(fact: Fact, row: Entitlement) -> bool:
    """Whether a count can only be held against a threshold: 年产量达到10万辆 pays once."""
    return fact.unit in _PIECES and any(b.quantity.unit in _PIECES for b in row.bounds)


def _is_base(of: str, row: Entitlement, like: Likeness) -> bool:
    """Whether a threshold is of what the rate is of."""
    if row.base is None:
        return bool(of) and of in event_text(row)
    base = row.base.text
    alike = is_said_shorter(of, base) or like.mutual(of, base) > _SAME_AS_BASE
    return alike or is_paid_for(of, base)


def _head(things: str) -> str:
    """What a count counts without what is said of it."""
    named = re.split("的", re.sub(r"[^\u4e00-\u9fff]+$", "", things))[-1]
    return named if 2 <= len(named) <= 8 else things[:8]
