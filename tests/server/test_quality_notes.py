"""An answer that rests on a broken or scanned source says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.address import Address
from corpus.outline import Finding, Outline
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading
from server.asking import asking
from server.assistant import Assistant
from server.notes import notes

DAY = date(2026, 1, 2)


@pytest.fixture
def broken(tmp_path: Path) -> Reading:
    path = tmp_path / "x.txt"
    path.write_text("某市试点办法\n第一条 甲。\n第二条 乙。\n第四条 丙。\n", "utf-8")
    return read_source(entry_of_file(path))


def said(assistant: Assistant, reading: Reading, address: str) -> list[str]:
    index = replace(assistant.index, readings={"x": reading})
    found = notes(index, [Address.parse(address)], asking("甲是什么"), DAY)
    return [note for note in found if note.startswith("来源质量")]


def test_gap_in_the_source_is_said_beside_it(assistant: Assistant, broken: Reading):
    assert said(assistant, broken, "x#art2") == [
        "来源质量：《某市试点办法》的来源有缺号（第四条之前缺号：3），请核对原件。"
    ]


def test_gap_elsewhere_in_the_source_is_not_said(assistant: Assistant, broken: Reading):
    assert said(assistant, broken, "x#art1") == []


def test_copy_that_was_left_out_is_no_flaw(assistant: Assistant, broken: Reading):
    copied = replace(broken.outline, findings=(Finding("repeat", "另有一份相同的正文"),))
    assert said(assistant, replace(broken, outline=copied), "x#art2") == []


def test_attachment_that_a_clause_speaks_of_is_named(assistant: Assistant, tmp_path: Path):
    path = tmp_path / "x.txt"
    path.write_text("某市试点办法\n第一条 标准见附件2。\n第二条 乙。\n", "utf-8")
    reading = read_source(entry_of_file(path))
    findings = tuple(
        Finding(
            "attachment", f"网页另附文件，其内容不在正文中：附件{n}：标准.doc / an attached file"
        )
        for n in (1, 2)
    )
    lacking = replace(reading, outline=replace(reading.outline, findings=findings))
    assert said(assistant, lacking, "x#art1") == [
        "来源质量：《某市试点办法》的来源不全（网页另附文件，其内容不在正文中：附件2：标准.doc），"
        "条文提到的附件请查原件。"
    ]
    assert said(assistant, lacking, "x#art2") == []


def test_recognised_text_is_said_with_its_page(assistant: Assistant, broken: Reading):
    clauses = tuple(replace(clause, ocr=0.97, page=3) for clause in broken.outline)
    scanned = replace(broken, outline=Outline(clauses, scheme="statute"))
    assert said(assistant, scanned, "x#art2") == [
        "来源质量：《某市试点办法》第3页为扫描件，所引文字由识别得到，请核对原件。"
    ]


def test_sound_source_needs_no_word(assistant: Assistant, broken: Reading):
    sound = replace(broken, outline=replace(broken.outline, findings=()))
    assert said(assistant, sound, "x#art1") == []
