"""Vectors that are kept: found by their text, whole after a crash, of one model only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.kept_vectors import Journal, KnownVectors, keys_of

KEYS = keys_of(["甲", "乙", "丙"])
VECTORS = np.arange(12, dtype=np.float32).reshape(3, 4)


def test_keys_tell_texts_apart():
    assert keys_of(["甲"])[0] == keys_of(["甲"])[0] != keys_of(["甲 "])[0]
    assert keys_of([]).shape == (0,)


def test_vectors_come_from_where_they_are():
    known = KnownVectors(
        [(KEYS[:2], VECTORS[:2].astype(np.float16)), (KEYS[2:], VECTORS[2:].astype(np.float16))]
    )
    assert known.dimension == 4
    assert known.take(KEYS[[2, 0, 2]]).tolist() == VECTORS[[2, 0, 2]].tolist()
    more = keys_of(["丁"])
    assert known.missing(np.concatenate([KEYS, more, more])).tolist() == more.tolist()


def test_a_journal_goes_on_where_it_was(tmp_path: Path):
    Journal(tmp_path / "j", "model").add(KEYS[:1], VECTORS[:1])
    Journal(tmp_path / "j", "model").add(KEYS[1:], VECTORS[1:])
    ((keys, vectors),) = Journal(tmp_path / "j", "model").read()
    assert keys.tolist() == KEYS.tolist() and vectors.tolist() == VECTORS.tolist()


def test_a_journal_of_another_model_is_none(tmp_path: Path):
    Journal(tmp_path / "j", "model").add(KEYS, VECTORS)
    assert Journal(tmp_path / "j", "another").read() == []
    assert Journal(tmp_path / "j", "model").read() == []


@pytest.mark.parametrize(("name", "cut"), [("keys", 3), ("vectors-4", 1), ("vectors-4", 13)])
def test_what_a_crash_left_half_is_cut(tmp_path: Path, name: str, cut: int):
    Journal(tmp_path / "j", "model").add(KEYS, VECTORS)
    path = tmp_path / "j" / name
    path.write_bytes(path.read_bytes()[:-cut])
    journal = Journal(tmp_path / "j", "model")
    ((keys, vectors),) = journal.read()
    whole = len(keys)
    assert 0 < whole < 3 and keys.tolist() == KEYS[:whole].tolist()
    assert vectors.tolist() == VECTORS[:whole].tolist()
    journal.add(KEYS[whole:], VECTORS[whole:])
    ((keys, vectors),) = journal.read()
    assert keys.tolist() == KEYS.tolist() and vectors.tolist() == VECTORS.tolist()


def test_an_empty_journal(tmp_path: Path):
    journal = Journal(tmp_path / "j", "model")
    assert journal.read() == []
    journal.add(KEYS, VECTORS)
    (tmp_path / "j" / "keys").write_bytes(b"123")
    assert journal.read() == []
