"""What is read once is not read again, and nothing damaged is taken for a reading."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from corpus.address import ClausePath
from corpus.catalogue import Entry
from corpus.document import Document, Source
from corpus.errors import LoadError
from corpus.outline import Box, Clause, Outline
from indexer import codec
from indexer.codec import decode_reading, encode_reading
from indexer.read import entry_of_file
from indexer.reading_cache import ReadingCache, read_entries
from indexer.readings import Reading

TEXT = "某市人才办法\n某府发〔2024〕1号\n第一条 为了引进人才，制定本办法。\n第二条 对入选人才给予奖励。\n"


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    made = []
    for number in range(3):
        path = tmp_path / f"{number}.txt"
        path.write_text(TEXT.replace("1号", f"{number}号"), "utf-8")
        made.append(entry_of_file(path))
    return made


@pytest.fixture
def cache(tmp_path: Path) -> ReadingCache:
    return ReadingCache(tmp_path / "readings")


def test_only_what_changed_is_read_again(entries: list[Entry], cache: ReadingCache) -> None:
    told: list[tuple[str, int, int]] = []

    def read() -> tuple[Reading | LoadError, ...]:
        told.clear()
        return read_entries(entries, cache, lambda *step: told.append(step))

    first = read()
    assert told == [("read", 1, 3), ("read", 2, 3), ("read", 3, 3)]
    assert read() == first and told == []
    # The place of a file is nothing to its reading; its content and its entry are.
    entries[0] = replace(entries[0], path=entries[0].path.parent / "." / "0.txt")
    assert read() == first and told == []
    entries[1] = replace(entries[1], title="另一标题")
    entries[2].path.write_text(TEXT.replace("奖励", "补贴"), "utf-8")
    entries[2] = entry_of_file(entries[2].path)
    _, second, third = read()
    assert told[-1] == ("read", 2, 2)
    assert isinstance(second, Reading) and second.document.title == "另一标题"
    assert isinstance(third, Reading) and "补贴" in third.outline.clauses[-1].text


def test_results_keep_their_order_and_failures_are_not_kept(
    entries: list[Entry], cache: ReadingCache
) -> None:
    entries[1].path.write_bytes(b"")
    results = read_entries(entries, cache)
    assert [isinstance(result, LoadError) for result in results] == [False, True, False]
    assert isinstance(results[2], Reading) and results[2].document.id == "2"
    assert len(list(cache.folder.iterdir())) == 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: raw[:-1], id="cut"),
        pytest.param(lambda raw: b"", id="empty"),
        pytest.param(lambda raw: raw.replace("奖励".encode(), "奖金".encode()), id="another-word"),
        pytest.param(lambda raw: b"\xff" + raw, id="not-text"),
        pytest.param(lambda raw: raw.replace(b"\n", b" "), id="one-line"),
    ],
)
def test_a_damaged_file_is_a_miss(entries: list[Entry], cache: ReadingCache, damage: Any) -> None:
    before = read_entries(entries, cache)
    for path in cache.folder.iterdir():
        path.write_bytes(damage(path.read_bytes()))
    assert [cache.get(entry) for entry in entries] == [None] * 3
    assert read_entries(entries, cache) == before
    assert all(cache.get(entry) for entry in entries)


def test_whole_json_of_another_shape_is_a_miss(entries: list[Entry], cache: ReadingCache) -> None:
    before = read_entries(entries, cache)
    for text in ("[]", "{}", '{"document": {"id": 1}}', '{"surprise": 1}', "no json"):
        cache.put(entries[0], text)
        assert read_entries(entries, cache) == before


def test_prune_keeps_what_is_wanted_and_what_is_new(
    entries: list[Entry], cache: ReadingCache
) -> None:
    read_entries(entries, cache)
    (cache.folder / "half.1234").write_bytes(b"x")
    now = time.time() + 60
    cache.prune(entries[:1], now - 3600)
    assert len(list(cache.folder.iterdir())) == 4
    cache.prune(entries[:1], now)
    assert [cache.get(entry) is not None for entry in entries] == [True, False, False]
    assert len(list(cache.folder.iterdir())) == 1


def test_a_folder_that_cannot_be_written_only_costs_time(entries: list[Entry]) -> None:
    blocked = entries[0].path
    results = read_entries(entries, ReadingCache(blocked / "readings"))
    assert all(isinstance(result, Reading) for result in results)


PLAIN = {str: '字 \\"\n', int: 3, float: 0.25, date: date(2024, 2, 29)}


def full(kind: Any) -> Any:
    """A value of a type with something in every field, whatever fields it has by now."""
    if kind is ClausePath:
        return ClausePath.parse("art120-1.item2")
    if kind in PLAIN:
        return PLAIN[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{field.name: full(hints[field.name]) for field in fields(kind) if field.init})
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        return tuple(full(k) for k in inner if k is not ...) * (2 if ... in inner else 1)
    # The first word of a Literal, the type beside None of a union.
    return inner[0] if get_origin(kind) is Literal else full(inner[0])


def test_every_field_goes_through_json_and_back() -> None:
    reading = full(Reading)
    clause = reading.outline.clauses[1]
    assert clause.boxes == (Box(3, 0.25, 0.25, 0.25, 0.25),) * 2
    assert reading.document.term.basis[0].path == clause.path
    encoded = json.loads(json.dumps(encode_reading(reading)))
    assert decode_reading(encoded) == reading


def test_fields_that_hold_their_default_are_left_out_and_come_back() -> None:
    path = ClausePath.parse("art1")
    outline = Outline((Clause(path, "article", "甲"),))
    reading = Reading(Document("a", "甲", Source("a.txt", "0")), outline)
    encoded = encode_reading(reading)
    assert encoded["outline"] == {"clauses": [{"path": "art1", "kind": "article", "text": "甲"}]}
    assert decode_reading(encoded) == reading


def test_a_type_without_a_json_form_is_an_error_not_a_loss() -> None:
    @dataclass(frozen=True)
    class Odd:
        values: set[str]

    with pytest.raises(TypeError, match="no JSON form"):
        codec._codec(Odd)
