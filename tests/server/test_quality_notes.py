"""An answer that rests on a broken or scanned source says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.address import Address
from corpus.outline import Outline
from indexer.read import Reading, entry_of_file, read_source
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


def test_gap_in_the_source_is_said(assistant: Assistant, broken: Reading):
    assert said(assistant, broken, "x#art1") == [
        "来源质量：《某市试点办法》的来源有缺号，请核对原件。"
    ]


def test_recognised_text_is_said_with_its_page(assistant: Assistant, broken: Reading):
    clauses = tuple(replace(clause, ocr=0.97, page=3) for clause in broken.outline)
    scanned = replace(broken, outline=Outline(clauses, scheme="statute"))
    assert said(assistant, scanned, "x#art2") == [
        "来源质量：《某市试点办法》第3页为扫描件，所引文字由识别得到，请核对原件。"
    ]


def test_sound_source_needs_no_word(assistant: Assistant, broken: Reading):
    sound = replace(broken, outline=replace(broken.outline, findings=()))
    assert said(assistant, sound, "x#art1") == []
