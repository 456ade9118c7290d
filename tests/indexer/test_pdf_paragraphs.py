"""Which lines of a page begin a paragraph, where one line alone does not tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdfs import Sheet, write_pdf

from indexer.clean import Paragraph, clean
from indexer.contents import without_contents
from indexer.loaders.pdf import load_pdf
from indexer.loaders.pdf_wording import is_field

LEFT, SIZE, COLUMNS = 72.0, 12.0, 30
WORDS = "申请人应当按照本办法规定的条件和程序向主管部门提交材料并对真实性负责"


def full(start: str = "", end: str = "", columns: int = COLUMNS) -> str:
    """A line that reaches the margin, with the given start and end."""
    return start + WORDS[: columns - len(start) - len(end)] + end


def read(tmp_path: Path, *lines: tuple[float, str]) -> list[str]:
    """The paragraphs of lines that are set in by so many characters."""
    sheet = Sheet()
    for n, (indent, text) in enumerate(lines):
        sheet.text(LEFT + indent * SIZE, 80 + 20 * n, text, SIZE)
    return [p.text for p in clean(load_pdf(write_pdf(tmp_path / "a.pdf", sheet)).lines)]


#: Paragraphs that show where lines begin and end: with an indent, and without.
INDENTED = 3 * [(2.0, full(columns=28)), (0.0, full()), (0.0, "负责。")]
FLUSH = 4 * [(0.0, full()), (0.0, full()), (0.0, "到此为止。")]


@pytest.mark.parametrize(
    ("above", "below", "begins"),
    [
        pytest.param(("（一）", "的；"), "（二）有其他情形的。", True, id="counts-on"),
        pytest.param(("（一）", "的；"), "（三）有其他情形的。", False, id="another-number"),
        pytest.param(("（一）", "前款"), "（二）项规定的情形。", False, id="within-a-sentence"),
        pytest.param(("", "废止。"), "附件1", True, id="annex"),
        pytest.param(("", "见本条"), "附件1的目录。", False, id="annex-named"),
        pytest.param(("", "作出决定"), "第二章　法律责任", True, id="chapter"),
        pytest.param(("", "依照本法"), "第二章的规定处罚。", False, id="chapter-named"),
        pytest.param(("改为：“", "处罚。"), "“单位犯前款罪的，从重处罚。”", True, id="quotes-on"),
    ],
)
def test_line_at_the_margin(
    tmp_path: Path, above: tuple[str, str], below: str, begins: bool
):  # fmt: skip
    found = read(tmp_path, *INDENTED, (2, full(*above, columns=28)), (0, below))
    assert (found[-1].replace(" ", "") == below.replace("\u3000", "")) is begins
    assert "".join(found).replace(" ", "").endswith(below.replace("\u3000", ""))


@pytest.mark.parametrize(
    ("inside", "begins"),
    [
        pytest.param(WORDS[:29] + "到", True, id="one-sentence-each"),
        pytest.param(
            "一。二。三。四。五。六。七。八。九。十。一。二。三。四。五六",
            False,
            id="many-sentences",
        ),
    ],
)
def test_sentence_that_ends_at_the_margin(tmp_path: Path, inside: str, begins: bool):
    """Where most sentences end a paragraph, this one does too."""
    lines = [(0.0, inside), (0.0, full()), (0.0, "到此为止。")]
    found = read(tmp_path, *4 * lines, (0, full(end="办理。")), (0, full()), (0, "再次办理。"))
    assert found[-1].startswith(full()) is begins
    assert len(found) == (6 if begins else 5)


def test_title_with_its_part_on_a_line_of_its_own(tmp_path: Path):
    sheet = Sheet()
    sheet.text(140, 80, "某某法院关于适用若干法律的解释", 21).text(266, 112, "（三）", 21)
    for n in range(8):
        sheet.text(LEFT, 180 + 20 * n, full(), SIZE)
    lines = load_pdf(write_pdf(tmp_path / "a.pdf", sheet)).lines
    title = [p for p in clean(lines) if p.style == "title"]
    assert [p.text for p in title] == ["某某法院关于适用若干法律的解释（三）"]


@pytest.mark.parametrize(
    ("gap", "read_as"),
    [
        pytest.param(3.0, "第三节 与关联方的交易", id="narrow-blank"),
        pytest.param(0.3, "第三节与关联方的交易", id="set-solid"),
    ],
)
def test_blank_behind_the_number_of_a_heading(tmp_path: Path, gap: float, read_as: str):
    """It is a quarter of a character wide, and not in the file."""
    sheet = Sheet().text(100, 100, "第三节").text(136 + gap, 100, "与关联方的交易")
    assert load_pdf(write_pdf(tmp_path / "a.pdf", sheet)).lines[0].text == read_as


def test_quoted_name_is_no_field():
    assert is_field("成文日期：2026年02月08日")
    assert not is_field("的“情节严重”：")


def test_entry_of_the_contents_with_very_many_dots():
    texts = ("目　录", "第一章　总则" + "." * 140 + "1", "第一章　总则", "第一条　为了规范管理。")
    kept = without_contents([Paragraph(text, n) for n, text in enumerate(texts, 1)])
    assert [p.text for p in kept] == ["第一章　总则", "第一条　为了规范管理。"]
