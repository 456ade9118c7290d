"""Every measure of the index for one company: what fits, what may fit, what does not, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from corpus.address import Address
from corpus.document import Document
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY
from indexer.passages import sentences
from retriever.limits import is_above
from retriever.retriever import Retriever
from server.entitlements import Wanted, rows_wanted
from server.fitting.company import Company, Product
from server.fitting.conditions import demands_of
from server.fitting.judging import Ask, Judge, Judged, State
from server.fitting.summing import Found, sum_for
from server.notes import STATUS_WORDS
from server.sums.likeness import Likeness

__all__ = ["Fit", "Question", "Standing", "Verdict", "fits_of", "questions_of"]

Verdict = Literal["fits", "may_fit", "does_not_fit"]

#: Questions that are shown at once.
_MOST = 5
_ORDER: tuple[Verdict, ...] = ("fits", "may_fit", "does_not_fit")


@dataclass(frozen=True, slots=True)
class Standing:
    """A condition of a whole document: whether it is for the place, and in force on the day.

    ``address`` is the clause that says so, or the document where only its title does.
    """

    kind: Literal["area", "validity"]
    state: State
    words: str
    address: Address | str
    why: str
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """One measure held against a company, with the product that it fits best."""

    row: Entitlement
    verdict: Verdict
    standings: tuple[Standing, ...]
    conditions: tuple[Judged, ...]
    product: Product | None
    found: Found

    @property
    def relevant(self) -> bool:
        """Whether the profile speaks of what the measure is for."""
        aside = ("recipient", "purpose")
        spoken = any(c.spoken for c in self.conditions if c.demand.kind not in aside)
        return spoken or self.found.calculation is not None

    @property
    def reason(self) -> str | None:
        """Why it does not fit."""
        return next((c.why for c in self.all if c.state == "unmet"), None)

    @property
    def asks(self) -> list[Ask]:
        """What would settle it."""
        open_ = [c.ask for c in self.all if c.state == "unknown" and c.ask]
        return [*open_, *self.found.missing]

    @property
    def all(self) -> list[Standing | Judged]:
        """The conditions of its document, then its own."""
        return [*self.standings, *self.conditions]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the measures that it bears on."""

    ask: Ask
    measures: int


def fits_of(
    retriever: Retriever, company: Company, wanted: Wanted, thorough: bool = True
) -> list[Fit]:
    """Hold every measure that is wanted against a company, the best first.

    Unless ``thorough``, the conditions of a measure whose document is not for the company are not
    looked at: they change nothing.
    """
    likeness, index = Likeness(retriever), retriever.index
    standing: dict[str, tuple[Standing, ...]] = {}
    fits = []
    for row in rows_wanted(index, wanted):
        name = row.address.document
        if name not in standing:
            standing[name] = tuple(_standings(index, index.document(name), company))
        if not thorough and any(one.state == "unmet" for one in standing[name]):
            fits.append(Fit(row, "does_not_fit", standing[name], (), None, Found()))
            continue
        tried = [
            _held(likeness, row, company, product, standing[name])
            for product in company.products or (None,)
        ]
        best = min(tried, key=_rank)
        # A fixed amount of something that nobody spoke of is no sum of this company.
        if best.verdict != "does_not_fit" and (best.relevant or row.rate or row.tiers):
            best = replace(best, found=sum_for(retriever, row, company, best.product))
        fits.append(best)
    return sorted(fits, key=_rank)


def _held(
    likeness: Likeness,
    row: Entitlement,
    company: Company,
    product: Product | None,
    standings: tuple[Standing, ...],
) -> Fit:
    judge = Judge(likeness, company, product, row)
    conditions = tuple(judge.judge(d) for d in demands_of(row, likeness.retriever.index))
    verdict = _verdict(row, standings, conditions)
    return Fit(row, verdict, standings, conditions, product, Found())


def _verdict(
    row: Entitlement, standings: Sequence[Standing], conditions: Sequence[Judged]
) -> Verdict:
    """Only what the authority is to decide may be left open where a measure fits."""
    states = [s.state for s in standings]
    states += [c.state for c in conditions if c.demand.kind != "decision"]
    if "unmet" in states:
        return "does_not_fit"
    own = ("occasion", "requirement", "threshold")
    said = any(c.demand.kind in own for c in conditions)
    return "fits" if said and not row.unread and "unknown" not in states else "may_fit"


def _rank(fit: Fit) -> tuple[int, bool, int, int]:
    open_ = sum(c.state == "unknown" for c in fit.conditions)
    met = sum(c.state == "met" for c in fit.conditions)
    return _ORDER.index(fit.verdict), not fit.relevant, open_, -met


def _standings(index: ClauseIndex, document: Document, company: Company) -> Iterator[Standing]:
    yield _place(index, document, company)
    validity = document.validity(company.as_of)
    known: dict[str, State] = {"in_force": "met", "unknown": "unknown"}
    address = document.term.basis[0] if document.term.basis else document.id
    words = index.clause(address)[1].text if isinstance(address, Address) else ""
    first = next((s for s in sentences(words) if "施行" in s or "有效期" in s), "")
    yield Standing(
        "validity", known.get(validity.status, "unmet"), first.strip(), address,
        f"判断日 {company.as_of.isoformat()} {STATUS_WORDS[validity.status]}",
    )  # fmt: skip


def _place(index: ClauseIndex, document: Document, company: Company) -> Standing:
    """Whether a document is for the company's place: its own, or one that this lies in."""
    area, own = document.area, company.area
    words, address = _names_place(index, document)
    ask = Ask("area", "公司（项目）注册、落地在哪里？", "text")
    state: State = "unknown"
    if own is None:
        why = "没有说公司在哪里"
    elif area is None:
        why, ask_ = "文件没有写明地区", None
        return Standing("area", state, words, address, why, ask_)
    elif area == own or is_above(area, own):
        state, why = "met", f"您填的是{own}"
    elif is_above(own, area):
        why = f"您填的是{own}，文件只用于{area}"
    else:
        state, why = "unmet", f"文件用于{area}，您填的是{own}"
    return Standing("area", state, words, address, why, None if state != "unknown" else ask)


def _names_place(index: ClauseIndex, document: Document) -> tuple[str, Address | str]:
    """The first sentence that names the document's place, else its title."""
    if document.area and document.area not in document.title:
        for clause in index.readings[document.id].outline:
            for sentence in sentences(clause.text) if document.area in clause.text else ():
                if document.area in sentence:
                    return sentence.strip(), Address(document.id, clause.path)
    return f"《{document.title}》", document.id


def questions_of(fits: Sequence[Fit]) -> list[Question]:
    """The few questions that would settle most: measures on the matter first, then money."""
    open_ = [fit for fit in fits if fit.verdict == "may_fit"]
    open_ = [fit for fit in open_ if fit.relevant] or open_
    asks: dict[str, Ask] = {}
    bearing: dict[str, list[Fit]] = {}
    money: dict[str, Decimal] = {}
    for fit in [*open_, *(fit for fit in fits if fit.verdict == "fits")]:
        # A measure that hangs on one thing alone is settled by it; one of many by none of them.
        # What only adds to it comes after what decides on it.
        further = fit.found.further
        for ask in (*fit.asks, *further):
            asks.setdefault(ask.id, ask)
            if fit not in bearing.setdefault(ask.id, []):
                bearing[ask.id].append(fit)
                among = len(fit.asks) + (len(further) if ask in further else 0)
                money[ask.id] = money.get(ask.id, Decimal(0)) + _money(fit.row) / among

    def weight(name: str) -> tuple[Decimal, int]:
        return money[name], len(bearing[name])

    best = sorted(asks, key=weight, reverse=True)[:_MOST]
    return [Question(asks[name], len(bearing[name])) for name in best]


def _money(row: Entitlement) -> Decimal:
    """The most that a measure says it may come to; of use for the order only."""
    caps = [c.quantity.value for c in row.caps if c.quantity.unit.split("/")[0] == MONEY]
    if caps:
        return min(caps)
    amount = row.amount
    return amount.value if amount and amount.unit == MONEY else Decimal(1)
