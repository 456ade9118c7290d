"""Facts in brackets between the title of a page and its text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from indexer.bracketed import part_brackets
from indexer.clean import Paragraph
from indexer.read import entry_of_file, read_source

BLOCK = "[发文机构] 青溪市人民政府 [成文日期] 2025-01-10 [发文字号] 青溪政发〔2025〕3号 [有效性] 有效 各区人民政府："
LINES = ["【发文单位】青溪市税务局", "【发布文号】青溪税发〔2025〕8号", "【发文日期】2025-02-01"]


def paragraphs(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, number) for number, text in enumerate(texts, start=1)]


def test_a_block_in_one_line_is_cut_out() -> None:
    kept, said = part_brackets(paragraphs(f"青溪市若干措施 {BLOCK}", "一、支持研发。"))
    assert [p.text for p in kept] == ["青溪市若干措施", "各区人民政府：", "一、支持研发。"]
    assert said["发文字号"] == "青溪政发〔2025〕3号"


def test_a_block_of_lines_is_cut_out() -> None:
    kept, said = part_brackets(paragraphs("青溪市若干措施", *LINES, "一、支持研发。"))
    assert [p.text for p in kept] == ["青溪市若干措施", "一、支持研发。"]
    assert said["发布文号"] == "青溪税发〔2025〕8号"


@pytest.mark.parametrize("text", ["【发文字号】青溪政发〔2025〕3号", "[注] 一、支持研发。"])
def test_a_bracket_alone_is_text(text: str) -> None:
    assert part_brackets(paragraphs(text)) == (paragraphs(text), {})


def test_the_document_has_what_the_block_says(tmp_path: Path) -> None:
    file = tmp_path / "measures.txt"
    file.write_text(f"青溪市支持研发若干措施\n{BLOCK}\n一、对研发投入给予10%补助。\n", "utf-8")
    document = read_source(entry_of_file(file)).document
    assert document.doc_number == "青溪政发〔2025〕3号"
    assert document.issued == date(2025, 1, 10)
