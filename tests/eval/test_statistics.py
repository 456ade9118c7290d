"""Intervals and significance: against exact values and known cases."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.statistics import holm, interval, paired

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


@given(SHARES)
def test_an_interval_holds_its_mean_and_stays_in_range(values) -> None:
    found = interval(values)
    assert found.n == len(values)
    assert min(values) - 1e-3 <= found.low <= found.value + 1e-3
    assert found.value - 1e-3 <= found.high <= max(values) + 1e-3


def test_an_interval_is_as_wide_as_theory_says() -> None:
    values = [1.0] * 160 + [0.0] * 40
    expected = 1.96 * sqrt(0.8 * 0.2 / 200)
    found = interval(values)
    assert found.value == 0.8
    assert found.high - found.low == pytest.approx(2 * expected, rel=0.1)
    assert interval(values) == found


def test_no_values_give_no_width() -> None:
    assert interval([]).n == 0
    assert (interval([1.0] * 9).low, interval([1.0] * 9).high) == (1.0, 1.0)


def test_yes_and_no_are_compared_by_the_exact_test() -> None:
    before, after = [1.0] * 6 + [0.0] * 4, [0.0] * 6 + [0.0] * 4
    # Six lost and none gained: two times one half to the sixth.
    assert paired(before, after).p == pytest.approx(2 * 0.5**6)
    assert paired(before, after).value == -0.6
    assert paired(before, before).p == 1.0
    assert paired([1.0, 0.0], [0.0, 1.0]).p == 1.0
    assert paired([], []).n == 0


def test_shares_are_compared_by_flips_of_sign() -> None:
    before = [0.5 + 0.01 * (n % 7) for n in range(60)]
    assert paired(before, [v - 0.2 for v in before]).p < 0.001
    noise = [v + (0.1 if n % 2 else -0.1) for n, v in enumerate(before)]
    assert paired(before, noise).p > 0.5


def test_holm_corrects_for_being_several() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []
