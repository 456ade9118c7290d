"""Sums that take more than one figure of a measure: the forms in the order that they are tried."""

from __future__ import annotations

from collections.abc import Sequence

from retriever.query import Retrieval
from server.sums.advanced import advanced
from server.sums.all_stages import all_stages
from server.sums.average_and_persons import average_and_persons
from server.sums.awards import awards
from server.sums.bands import bands
from server.sums.base_and_each import base_and_each
from server.sums.by_country import by_country
from server.sums.by_formula import by_formula
from server.sums.by_name.added import added_by_name
from server.sums.by_name.less_had import less_had
from server.sums.by_name.part_each_year import part_each_year
from server.sums.chapters.base_and_growth import base_and_growth
from server.sums.chapters.by_chapter import by_chapter
from server.sums.chapters.named_rewards import named_rewards
from server.sums.chapters.raised_elsewhere import raised_elsewhere
from server.sums.charges.added_deduction import added_deduction
from server.sums.charges.by_months import by_months
from server.sums.charges.fee_rate import fee_rate
from server.sums.charges.income_tax import income_tax
from server.sums.charges.price_cut import price_cut
from server.sums.classes_counted import classes_counted
from server.sums.contributions import contributions
from server.sums.copay import copay
from server.sums.counted_together import counted_together
from server.sums.days_of_each import days_of_each
from server.sums.difference import difference
from server.sums.each_more import each_more
from server.sums.facts import Fact
from server.sums.fee_points import fee_points
from server.sums.growth import growth
from server.sums.in_turn import in_turn
from server.sums.interest import interest
from server.sums.laws.both_parties import both_parties
from server.sums.laws.by_the_day import by_the_day
from server.sums.laws.by_years import by_years
from server.sums.laws.days_added import days_added
from server.sums.laws.deductible import deductible
from server.sums.laws.fines import fines
from server.sums.laws.of_pay import of_pay
from server.sums.least import least
from server.sums.likeness import Likeness
from server.sums.limited import limited_share
from server.sums.listed_units import listed_units
from server.sums.matched_above import matched_above
from server.sums.monthly_limits import monthly_limit
from server.sums.more_of_article import more_of_article
from server.sums.multiples import multiple, raised
from server.sums.named_supports import named_supports
from server.sums.nights import nights
from server.sums.occasions import occasions
from server.sums.of_principal import of_principal
from server.sums.of_standard import of_standard
from server.sums.one_more import adds_another
from server.sums.over_ratio import over_ratio
from server.sums.paid_back import paid_back
from server.sums.passed_on import passed_on
from server.sums.per_unit import per_unit
from server.sums.persons.by_class import by_class
from server.sums.persons.by_time import by_time
from server.sums.persons.regular_of_one import regular_of_one
from server.sums.persons.standard_changed import standard_changed
from server.sums.pieces_measured import pieces_measured
from server.sums.priced_kinds import priced_kinds
from server.sums.remission import remission
from server.sums.rents.rent import rent
from server.sums.rents.rent_by_year import rent_by_year
from server.sums.rents.rent_listed import rent_listed
from server.sums.rents.rent_standard import rent_standard
from server.sums.result import STOPPED, Sum
from server.sums.share_for_each import share_for_each
from server.sums.share_of_interest import share_of_interest
from server.sums.staged import paid_of
from server.sums.stages_done import stages_done
from server.sums.steps_up import steps_up
from server.sums.supports import supports
from server.sums.table_counts import table_counts
from server.sums.trips import trips
from server.sums.two_supports import two_supports

__all__ = ["several_clauses"]

_FORMS = (
    difference,
    all_stages,
    stages_done,
    awards,
    average_and_persons,
    matched_above,
    paid_back,
    passed_on,
    advanced,
    income_tax,
    by_months,
    added_deduction,
    price_cut,
    by_the_day,
    fines,
    by_years,
    of_pay,
    both_parties,
    deductible,
    days_added,
    remission,
    fee_points,
    fee_rate,
    contributions,
    copay,
    monthly_limit,
    by_class,
    named_rewards,
    standard_changed,
    named_supports,
    less_had,
    added_by_name,
    part_each_year,
    by_chapter,
    base_and_growth,
    by_country,
    steps_up,
    bands,
    share_for_each,
    limited_share,
    occasions,
    in_turn,
    supports,
    two_supports,
    multiple,
    raised,
    raised_elsewhere,
    more_of_article,
    of_standard,
    growth,
    rent,
    rent_by_year,
    rent_listed,
    rent_standard,
    share_of_interest,
    interest,
    of_principal,
    each_more,
    base_and_each,
    counted_together,
    by_time,
    days_of_each,
    nights,
    trips,
    over_ratio,
    table_counts,
    pieces_measured,
    priced_kinds,
    listed_units,
    per_unit,
    regular_of_one,
)
#: What these work out is of one clause, whatever else the question adds to it.
_OF_ONE_CLAUSE = (
    copay,
    less_had,
    part_each_year,
    by_chapter,
    by_country,
    steps_up,
    bands,
    growth,
    rent,
    rent_by_year,
    rent_listed,
    rent_standard,
    interest,
    each_more,
    base_and_each,
    counted_together,
    by_time,
    days_of_each,
    nights,
    trips,
    over_ratio,
    table_counts,
    pieces_measured,
    listed_units,
    per_unit,
    regular_of_one,
)


#: Of these, a question that asks for a part paid gets that part.
_PAID_IN_PARTS = (by_chapter, steps_up, bands, growth, each_more, table_counts, listed_units)


def several_clauses(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The sum of the first form that fits a question; None where none does."""
    if found := least(retrieval, likeness, facts):
        return found
    if found := classes_counted(retrieval, likeness.retriever.index):
        return found
    if found := by_formula(retrieval, likeness.retriever.index, facts):
        return found
    more = adds_another(retrieval.understanding.text)
    for form in _FORMS:
        if (found := form(retrieval, likeness, facts)) is not None:
            if more and form in _OF_ONE_CLAUSE:
                return STOPPED
            index, question = likeness.retriever.index, retrieval.understanding.text
            return paid_of(found, question, index) if form in _PAID_IN_PARTS else found
    return None
