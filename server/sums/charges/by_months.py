"""Charges that are let off for some months: 免征中小微企业单位缴费部分，免征期限不超过5个月；大型企业可减半征收，减征期限不超过3个月."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from corpus.divisions import Division, lies_in, path_of, places_in
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, read_number
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain
from server.sums.phrases import SENTENCE
from server.sums.result import STOPPED, Sum, worked_held
from server.sums.working import Working

__all__ = ["by_months"]

_NUMBER = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})个月"
#: What is let off, whole or by half, and for how many months.
_OFF = re.compile(r"(?P<half>减半(?:征收|缴纳|收取)?|减征50[%％]|减免50[%％])|免[征收缴除交]")
_TERM = re.compile(
    rf"(?:免征|减征|减免|免收|免缴|减半)?(?:征收)?(?:期限|时间|期)?(?:最[长多]|累计|原则上){{0,2}}"
    rf"(?P<most>不超过|不得超过|最[长多高]为?|至多)?(?:为|共)?{_NUMBER}"
)
#: The charges that are paid month by month.
_CHARGE = re.compile(
    r"社会?保险?|[三五两]险|[三五两]项(?:社|保险)?|单位(?:缴费|部分|应缴)|养老|失业|工伤|医保|医疗保险"
)
_MONTHLY = re.compile(r"每个?月|一个月|月[均缴交]|按月|每月")
_ASKED = re.compile(r"免|减|省|少[交缴]|优惠")
_LEFT = re.compile(
    r"(?:还|仍|只)[要需得用]{1,2}[^，。；？?]{0,4}[交缴]|实际[^，。；？?]{0,4}[交缴]"
)
_MOST = re.compile(r"最[多长高大]|顶格|上限|封顶|最长期限")
#: Sizes of companies by their names, and what stands for all of them.
_SMALL = re.compile(r"中小微|中小企业|中小|小微|(?<![大])中型|小型|微型")
_LARGE = re.compile(r"大型(?!超市|商场|活动)|大企业|大公司|央企")
_ALL = re.compile(r"各类|所有|全部|全体")
_OUT = re.compile(r"除(?P<place>[^（）()，。；]{2,8}?)(?:省|市|自治区)?(?:以外|之?外)")
_BARRED = re.compile(r"机关|事业单位|公务员")
_PLACE = re.compile(
    r"^[^，。；]{0,14}?[，,]?(?P<place>[一-鿿]{2,8}?(?:省|自治区|市))可?(?:以)?(?:免|减)"
)
#: What a clause on the part that the employer pays is not on, unless it says so.
_BESIDE = re.compile(r"医疗|医保|生育|公积金|长护|个人|职工部分|残保金")
_OWN_PART = re.compile(r"单位|企业(?:部分|缴|承担|负担|应缴)|公司(?:部分|缴|承担|负担)")
_NEAR = 4


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a sentence lets off: for whom, where, half or all of it, over how many months at most."""

    text: str
    months: Quantity
    at_most: bool
    half: Span | None
    only: Division
    without: Division

    def is_of(self, question: str) -> bool:
        """Whether a question states just what is let off, and not what is paid beside it."""
        if "单位" in self.text and not _OWN_PART.search(question):
            return False
        return all(word in self.text for word in _BESIDE.findall(question))

    def is_for(self, small: bool, large: bool) -> bool:
        """Whether it is for companies of the size that is told."""
        if _ALL.search(self.text) or not (_SMALL.search(self.text) or _LARGE.search(self.text)):
            return True
        return bool((small and _SMALL.search(self.text)) or (large and _LARGE.search(self.text)))


def by_months(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """What is let off of a charge of so much a month, over the months that a clause sets.

    Where it sets the longest time only, the question says how many months, or asks for the most.
    No sum where it is not told which of several rules holds.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    charge = _CHARGE.search(question) and _MONTHLY.search(question) and _ASKED.search(question)
    if not retrieval.hits or not charge or not money:
        return None
    rules = [rule for rule in _rules(retrieval, likeness) if rule]
    if not rules:
        return None
    months = [f for f in facts if f.unit == "月" and not f.past and f.value != 1]
    rest = [f for f in facts if f not in money and f not in months and f.value != 1]
    rest = [f for f in rest if f.unit != "%" and "减半" not in f.written and f.unit != "项"]
    small, large = bool(_SMALL.search(question)), bool(_LARGE.search(question))
    places = [*retrieval.understanding.places, *(p.path for p in places_in(question))]
    held = [r for r in rules if _holds(r, places) and r.is_for(small, large)]
    held = [rule for rule in held if rule.is_of(question)]
    unsure = len(money) > 1 or len(months) > 1 or rest or money[0].part or money[0].vague
    if unsure or len(held) != 1 or _BARRED.search(question) or _LEFT.search(question):
        return STOPPED
    return _worked(held[0], money[0].value, months, question)


def _rules(retrieval: Retrieval, likeness: Likeness) -> list[_Rule]:
    """What the clauses near let off, of the document of the best one."""
    document = retrieval.hits[0].passage.address.document
    near = [hit.passage.address for hit in retrieval.hits[:_NEAR]]
    found: list[_Rule] = []
    for address in (one for one in dict.fromkeys(near) if one.document == document):
        text = likeness.retriever.index.clause(address)[1].text
        without: Division = ()
        for sentence in SENTENCE.finditer(text):
            if out := _OUT.search(sentence[0]):
                without = _path(out["place"])
            if rule := _rule(address, sentence, without):
                found.append(rule)
    return found


def _rule(address: Address, sentence: re.Match[str], without: Division) -> _Rule | None:
    off = _OFF.search(sentence[0])
    terms = [m for m in _TERM.finditer(sentence[0]) if off and m.end() > off.start()]
    if off is None or len(terms) != 1 or not _CHARGE.search(sentence[0]):
        return None
    start, term = sentence.start(), terms[0]
    span = Span(
        address,
        start + term.start("n"),
        start + term.end(),
        sentence[0][term.start("n") : term.end()],
    )
    half = None
    if off["half"]:
        half = Span(address, start + off.start(), start + off.end(), off[0])
    place = _PLACE.match(sentence[0])
    return _Rule(
        sentence[0],
        Quantity(read_number(term["n"]), "月", span),
        bool(term["most"]) or "最" in term[0],
        half,
        _path(place["place"]) if place else (),
        without,
    )


def _path(name: str) -> Division:
    """The place that a text names; none where it is none that is known."""
    found = places_in(name)
    return found[-1].path if found else path_of(None)


def _holds(rule: _Rule, places: Sequence[Division]) -> bool:
    """Whether a rule holds in the place of the question; of one that names none, unless a rule
    is for one place only."""
    if rule.only:
        return any(lies_in(path, rule.only) for path in places)
    return not (rule.without and any(lies_in(path, rule.without) for path in places))


def _worked(rule: _Rule, charge: Decimal, months: Sequence[Fact], question: str) -> Sum:
    many = months[0].value if months else rule.months.value
    if many > rule.months.value or not (months or _MOST.search(question) or not rule.at_most):
        return STOPPED
    working = Working()
    value = working.times([(many, "月")], Quantity(charge, f"{MONEY}/月", rule.months.span))
    if rule.half:
        value = working.share(value, Quantity(Decimal(50), "%", rule.half))
    if rule.at_most and not months:
        working.caps.append(f"{plain(rule.months.value)}个月")
    assumed = []
    if rule.without:
        assumed.append(f"不在{rule.without[-1]}")
    return worked_held(value, working, assumed)
