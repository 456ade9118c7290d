"""From printed lines to paragraphs, in the three layouts that occur."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean import clean, tidy
from indexer.layout import layout_of
from indexer.loaders import Line, load
from indexer.widths import display_width

#: 32 characters, the full width of the pages made up here.
FULL = "生物医药产业关系国计民生是保障百姓身体健康创造高品质生活的现实需"


def lines_of(text: str) -> list[Line]:
    return [Line(line, number) for number, line in enumerate(text.split("\n"), 1)]


def spaced(*printed: str) -> list[Line]:
    return lines_of("\n\n".join(printed))


#: Enough wrapped lines around a case that its layout is told as cut.
BEFORE = (f"{FULL[:-2]}，", f"{FULL[:-1]}，", f"{FULL[:-1]}，", "完善创新服务。")
AFTER = (f"{FULL[:-2]}，", f"{FULL[:-1]}，", f"{FULL[:-1]}，", "做大存量。")


@pytest.mark.parametrize(
    ("name", "layout", "last_page"),
    [
        pytest.param("000_108cbd453da39e76.txt", "cut", 11, id="52号"),
        pytest.param("001_584cc74ce0b9942d.txt", "flowing", 0, id="17号"),
        pytest.param("002_548dc435086d1b2c.txt", "cut", 10, id="31号"),
        pytest.param("003_801b470109aeb992.txt", "flowing", 0, id="56号"),
        pytest.param("004_b1c062fe4316435a.txt", "wrapped", 0, id="news"),
    ],
)
def test_layout_of_the_real_sources(corpus_folder: Path, name: str, layout: str, last_page: int):
    lines = load(corpus_folder / "documents" / name).lines
    assert layout_of(lines) == layout
    pages = [p.page for p in clean(lines) if p.page]
    assert pages == sorted(pages)
    assert {*pages} == {*range(1, last_page + 1)}


def test_flowing_lines_are_paragraphs():
    text = "\n".join(f"第{n}条 支持企业发展，给予奖励。" for n in "一二三四五六七八九")
    paragraphs = clean(lines_of(text))
    assert [p.text for p in paragraphs] == text.split("\n")
    assert [p.line for p in paragraphs] == list(range(1, 10))


def test_wrapped_lines_are_joined_up_to_a_blank_line():
    block = f"{FULL}\n{FULL}\n结束。"
    paragraphs = clean(lines_of("\n\n".join([block] * 4)))
    assert [p.text for p in paragraphs] == [f"{FULL}{FULL}结束。"] * 4
    assert [p.line for p in paragraphs] == [1, 5, 9, 13]


def test_spaced_lines_are_joined_by_their_width():
    lines = spaced(*BEFORE, *AFTER)
    assert layout_of(lines) == "cut"
    assert [p.text for p in clean(lines)] == ["".join(BEFORE), "".join(AFTER)]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(
            (f"{FULL[:-2]}，按照本办法", "第五条第二款规定的条件给予支持。"),
            1,
            id="mention-after-unfinished-line",
        ),
        pytest.param(
            (f"{FULL[:-6]}，依照本办法", "（一）和（二）所列情形给予支持。"),
            1,
            id="items-mentioned",
        ),
        pytest.param(
            (f"{FULL[:-6]}，依照本办法", "第五条为准给予支持。"), 1, id="looks-like-a-label"
        ),
        pytest.param((f"{FULL[:-3]}。", "第五条 支持企业。"), 2, id="article-after-full-stop"),
        pytest.param((f"{FULL[:-3]}；", "（二）支持企业。"), 2, id="item-after-semicolon"),
        pytest.param(("第一章 总则", "第一条 为了发展。"), 2, id="short-heading"),
    ],
)
def test_label_at_the_start_of_a_line(printed: tuple[str, ...], expected: int):
    paragraphs = clean(spaced(*BEFORE, *printed, *AFTER))
    texts = [p.text for p in paragraphs]
    assert (texts[0], texts[-1]) == ("".join(BEFORE), "".join(AFTER))
    assert texts[1:-1] == (["".join(printed)] if expected == 1 else list(printed))


def test_cut_lines_without_blank_lines_are_told_by_widths_too():
    lines = lines_of("\n".join((*BEFORE, *AFTER) * 3))
    assert layout_of(lines) == "cut"
    assert [p.text for p in clean(lines)] == ["".join(BEFORE), "".join(AFTER)] * 3


def test_pages_are_counted_by_the_blank_before_their_first_line():
    page = [*BEFORE, *AFTER]
    lines = spaced(*page, f" {page[0]}", *page[1:], f" {page[0]}", *page[1:])
    assert [p.page for p in clean(lines)] == [1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize("number", ["- 3 -", "— 12 —", "3", " 3/12 ", "－4－"])
def test_lines_with_a_page_number_are_left_out(number: str):
    texts = [p.text for p in clean(spaced(*BEFORE, number, *AFTER))]
    assert texts == ["".join(BEFORE), "".join(AFTER)]


def test_page_number_inside_a_paragraph_does_not_part_it():
    printed = [*BEFORE[:2], "— 2 —", *BEFORE[2:], *AFTER]
    assert [p.text for p in clean(spaced(*printed))] == ["".join(BEFORE), "".join(AFTER)]


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        pytest.param("奖励 1000 万元", "奖励1000万元", id="blanks-around-digits"),
        pytest.param("完成 I 期试验", "完成I期试验", id="blanks-around-latin"),
        pytest.param("〔2024〕31 号", "〔2024〕31号", id="number"),
        pytest.param("第一章 总则", "第一章 总则", id="blank-between-words-stays"),
        pytest.param("3D printing plan", "3D printing plan", id="latin-words"),
        pytest.param("⽀持⽣物", "支持生物", id="radicals"),
        pytest.param("甲\u200b乙\ufeff", "甲乙", id="zero-width"),
        pytest.param("　　甲\u00a0 乙 ", "甲 乙", id="odd-blanks"),
        pytest.param("300 元/㎡ 标准", "300元/㎡标准", id="square-metre-kept"),
    ],
)
def test_tidy(raw: str, tidied: str):
    assert tidy(raw) == tidied == tidy(tidied)


def test_width_counts_two_for_a_wide_character():
    assert display_width("第1条（a）") == 2 + 1 + 2 + 2 + 1 + 2


SENTENCES = st.text("甲乙丙，；一二（）条款第 1a%", min_size=1, max_size=30).map(lambda s: f"{s}。")


@given(st.lists(SENTENCES, min_size=1, max_size=12))
def test_cleaning_flowing_text_twice_changes_nothing(sentences: list[str]):
    once = clean(lines_of("\n".join(sentences)), "flowing")
    again = clean(lines_of("\n".join(p.text for p in once)), "flowing")
    assert [p.text for p in again] == [p.text for p in once]
