"""Income tax of which only a share of the income counts, by parts: 不超过100万元的部分，减按25%计入应纳税所得额，…按20%税率缴纳."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain, written
from server.sums.phrases import WHOLE_SENTENCE
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["income_tax"]

_MONEY = r"\d{1,5}(?:\.\d{1,2})?\s?[万亿]?元"
_PART = re.compile(
    rf"(?:超过(?P<low>{_MONEY})但)?(?:不超过|未超过|低于)(?P<high>{_MONEY})(?:（含[^（）]{{0,8}}）)?的?部分，?"
    r"(?:再)?减?按(?:照)?(?P<share>\d{1,3}(?:\.\d{1,2})?[%％])计(?:入|算)应纳税所得额"
)
_RATE = re.compile(r"按照?(?P<rate>\d{1,2}(?:\.\d)?[%％])的?(?:优惠)?税率")
_INCOME = "应纳税所得额"
#: Whose income counts in part: the clause and the question name them.
_SMALL = re.compile(r"小型?微利?企业|小型微利|小微")
#: What is not had is another sum, and so is the tax of those with a rate of their own.
_OTHER = re.compile(
    r"[省免减退]|少[交缴]|便宜|优惠了|高新技术|西部大开发|核定|亏损|不(?:是|属于|算|符合)|税负"
)
_ASKED = re.compile(
    r"税[^，。；？?]{0,8}(?:多少|几)|[交缴纳][^，。；？?]{0,6}(?:多少|几)|多少[^，。；？?]{0,6}税"
)
#: A lower rate on all of the income, for those that both the clause and the question name.
_REDUCED = re.compile(
    r"减按(?P<rate>\d{1,2}(?:\.\d)?[%％])的?(?:优惠)?税率[^，。；\d]{0,4}(?:缴纳|征收)企业所得税"
)
_CLASSES = re.compile(r"高新技术|西部大开发|技术先进型|污染防治|集成电路|软件|动漫")
_NOT_PLAIN = re.compile(
    r"[省免退]|少[交缴]|亏损|不(?:是|属于|算|符合)|没有?|核定|其中|预缴|已[缴交]"
)
_NEAR = 3


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the income, up to ``high``, and the share of it that counts."""

    low: Decimal
    high: Decimal
    share: Quantity


def income_tax(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The tax on the taxable income that a question states, by the clause that counts it in parts.

    None where no clause near does. No sum above the last part, for those whose income the clause
    is not on, and where anything else is stated.
    """
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    if not retrieval.hits or _INCOME not in question or not money or not _ASKED.search(question):
        return None
    if (reduced := _reduced(retrieval, likeness)) and not _SMALL.search(question):
        rest = [f for f in facts if f is not money[0] and f.value not in (1, reduced.value)]
        if rest or _INCOME not in money[0].words or _NOT_PLAIN.search(question):
            return STOPPED
        working = Working()
        return worked_alone(working.share(money[0].value, reduced), MONEY, "", working)
    found = _rule(retrieval, likeness)
    if found is None:
        return None
    parts, rate = found
    rest = [f for f in facts if f not in money and f.value != 1]
    income = money[0]
    unsure = len(money) > 1 or rest or income.part or income.vague or _INCOME not in income.words
    other = _OTHER.search(question.replace("减按", ""))
    if unsure or other or not _SMALL.search(question) or income.value > parts[-1].high:
        return STOPPED
    working = Working()
    values = [
        _worked(part, rate, income.value, working) for part in parts if income.value > part.low
    ]
    return worked_alone(working.plus(values), MONEY, "", working)


def _reduced(retrieval: Retrieval, likeness: Likeness) -> Quantity | None:
    """The lower rate of the clause that fits best, where it is for those that the question names."""
    named = set(_CLASSES.findall(retrieval.understanding.text))
    address = retrieval.hits[0].passage.address
    for sentence in WHOLE_SENTENCE.finditer(likeness.retriever.index.clause(address)[1].text):
        rates = list(_REDUCED.finditer(sentence[0]))
        if len(rates) == 1 and named & set(_CLASSES.findall(sentence[0])):
            return _quantity(address, sentence, rates[0], "rate")
    return None


def _rule(retrieval: Retrieval, likeness: Likeness) -> tuple[list[_Part], Quantity] | None:
    """The parts and the one rate of the first clause near that has them."""
    first = retrieval.hits[0].passage.address.document
    near = [hit.passage.address for hit in retrieval.hits[:_NEAR]]
    for address in (one for one in dict.fromkeys(near) if one.document == first):
        text = likeness.retriever.index.clause(address)[1].text
        for sentence in WHOLE_SENTENCE.finditer(text):
            parts = _parts(address, sentence)
            rates = [_quantity(address, sentence, m, "rate") for m in _RATE.finditer(sentence[0])]
            # Each part may name the rate; it must be the same one.
            one_rate = len({rate.value for rate in rates}) == 1
            if parts and one_rate and _SMALL.search(sentence[0]):
                return parts, rates[0]
    return None


def _parts(address: Address, sentence: re.Match[str]) -> list[_Part]:
    """The parts of a sentence, each beginning where the one before ends; none where they do not."""
    found: list[_Part] = []
    for match in _PART.finditer(sentence[0]):
        low = find_quantities(match["low"])[0].value if match["low"] else Decimal(0)
        high = find_quantities(match["high"])[0].value
        if low != (found[-1].high if found else 0) or high <= low:
            return []
        found.append(_Part(low, high, _quantity(address, sentence, match, "share")))
    return found


def _quantity(
    address: Address, sentence: re.Match[str], match: re.Match[str], name: str
) -> Quantity:
    q = find_quantities(match[name])[0]
    return quantity_at(address, match[name], q, sentence.start() + match.start(name))


def _worked(part: _Part, rate: Quantity, income: Decimal, working: Working) -> Decimal:
    """What the income within a part is taxed with: 160万元 × 50% × 20% = 16万元."""
    within = top = min(income, part.high)
    spans: tuple[Span, ...] = (part.share.span, rate.span)
    if part.low:
        within = working.minus(top, part.low, part.share.span)
    value = within * part.share.value * rate.value / 10_000
    shares = f"{plain(part.share.value)}% × {plain(rate.value)}%"
    working.says(f"{written(within, MONEY)} × {shares} = {written(value, MONEY)}", *spans)
    return value
