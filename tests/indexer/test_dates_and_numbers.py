"""Days, 文号 and names as official texts write them."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.document import Document, Source
from indexer.dates import days_in, first_day, is_day
from indexer.docnumbers import is_number_line, normal_number, order_issuer
from indexer.names import Names
from indexer.titles import carried_by, is_title_line

DAYS = {
    "2024年12月4日": date(2024, 12, 4),
    "2024 年 1 月 2 日": date(2024, 1, 2),
    "二〇二四年十二月四日": date(2024, 12, 4),
    "二○一一年十月三十一日": date(2011, 10, 31),
    "一九九八年二月二十日": date(1998, 2, 20),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_day_is_read(text: str, day: date):
    assert first_day(f"自{text}起施行") == day and is_day(text)
    assert [found for found, *_ in days_in(f"{text}至{text}")] == [day, day]


@pytest.mark.parametrize(
    "text", ["2024年13月4日", "2024年2月30日", "十二月四日", "2024年", "2024-12-04"]
)
def test_what_is_no_day(text: str):
    assert first_day(text) is None


def test_iso_days_only_where_asked():
    assert first_day("2024-12-04 10:00", iso=True) == date(2024, 12, 4)
    assert first_day("2024/1/2", iso=True) == date(2024, 1, 2)


NUMBERS = {
    "渝高新发[2024] 31 号": "渝高新发〔2024〕31号",
    "穗建规字〔2024〕5号": "穗建规字〔2024〕5号",
    "国发﹝2015﹞53号": "国发〔2015〕53号",
    "商服贸函2026年第322号": "商服贸函2026年第322号",
    "中华人民共和国国务院令第746号": "国务院令第746号",
    "中华人民共和国民政部令（第83号）": "民政部令第83号",
    "2026年2月2日民政部令第83号公布": "民政部令第83号",
    "某市人民政府令 第十二号": "某市人民政府令第12号",
    "2024年第5号": None,
    "第31号": None,
    "甲乙丙丁": None,
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_number_in_standard_form(text: str, number: str | None):
    assert normal_number(text) == number


def test_lines_that_are_numbers():
    assert is_number_line("（渝府办发〔2025〕56号）") and is_number_line("国务院令 第746号")
    assert not is_number_line("现将渝府办发〔2025〕56号印发给你们")


def test_who_gave_an_order():
    assert order_issuer("国务院令第746号") == "国务院"
    assert order_issuer("渝府办发〔2025〕56号") is None and order_issuer(None) is None


@pytest.mark.parametrize(
    ("title", "carried"),
    [
        ("某市人民政府关于印发《某市办法》的通知", "某市办法"),
        ("关于印发某市若干措施的通知", "某市若干措施"),
        ("关于加强管理的通知", None),
    ],
)
def test_carried_title(title: str, carried: str | None):
    assert carried_by(title) == carried


@pytest.mark.parametrize(
    "line", ["某市奖励办法", "关于促进发展的若干措施（试行）", "2024年度工作要点"]
)
def test_line_of_a_title(line: str):
    assert is_title_line(line)


@pytest.mark.parametrize(
    "line",
    ["第一条 甲", "（2021年3月4日通过）", "目 录", "现印发给你们。", "各单位：", "2024-01-02"],
)
def test_what_is_no_line_of_a_title(line: str):
    assert not is_title_line(line)


def named(name: str, title: str, number: str | None = None) -> Document:
    return Document(name, title, Source(f"{name}.txt", "0"), (title,), number)


def test_documents_by_name():
    law, old, new = (
        named("law", "中华人民共和国公司法"),
        named("old", "某市办法", "某发〔2020〕1号"),
        named("new", "某市办法（2024年修订）", "某发〔2024〕9号"),
    )
    names = Names.of([law, old, new])
    assert names.find("公司法") == "law"
    assert names.find("某市办法") is None and names.find("某市办法", "某发[2024] 9号") == "new"
    assert names.find("某市办法", "某发〔1999〕1号") is None
    assert names.versions(old) == ("new",) and names.versions(law) == ()
