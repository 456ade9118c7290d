"""Numerals from 1 to 9,999, both ways, and what is refused."""

from __future__ import annotations

import re

import pytest

from corpus.numerals import NUMERAL, read_numeral, write_numeral

ALL = range(1, 10_000)


def test_every_numeral_is_read_as_it_is_written():
    written = {number: write_numeral(number) for number in ALL}
    assert {number: read_numeral(text) for number, text in written.items()} == {n: n for n in ALL}
    assert len(set(written.values())) == len(written)
    assert all(re.fullmatch(NUMERAL, text) for text in written.values())


@pytest.mark.parametrize(
    ("number", "text"),
    [
        pytest.param(1, "一", id="one"),
        pytest.param(10, "十", id="ten-without-one"),
        pytest.param(19, "十九", id="teens"),
        pytest.param(20, "二十", id="twenty"),
        pytest.param(101, "一百零一", id="zero-inside"),
        pytest.param(110, "一百一十", id="one-ten-after-hundred"),
        pytest.param(120, "一百二十", id="no-trailing-zero"),
        pytest.param(1001, "一千零一", id="one-zero-for-two-places"),
        pytest.param(1010, "一千零一十", id="zero-before-one-ten"),
        pytest.param(1260, "一千二百六十", id="civil-code"),
        pytest.param(9999, "九千九百九十九", id="largest"),
    ],
)
def test_numeral_as_statutes_write_it(number: int, text: str):
    assert write_numeral(number) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("39", 39, id="half-width"),
        pytest.param("３９", 39, id="full-width"),
        pytest.param("二〇二五", 2025, id="year-digits"),
        pytest.param("一百二", 102, id="no-colloquial-shortening"),
        pytest.param("两百", 200, id="liang"),
        pytest.param("一十", 10, id="long-ten"),
        pytest.param("〇", 0, id="zero"),
    ],
)
def test_other_spellings_are_read(text: str, number: int):
    assert read_numeral(text) == number


@pytest.mark.parametrize("text", ["", " ", "甲", "第一", "一 百", "1a", "一百5", "-1", "1.5", "²"])
def test_what_is_no_numeral_is_refused(text: str):
    with pytest.raises(ValueError, match="not a numeral"):
        read_numeral(text)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_numbers_out_of_range_are_not_written(number: int):
    with pytest.raises(ValueError, match="out of range"):
        write_numeral(number)
