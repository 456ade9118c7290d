"""A clause whose words the reader of measures fails at does not cost a library its index."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import SentenceTransformerEmbedder
from indexer.entitlements import entitlements_of
from indexer.entitlements.reader import ClauseReader
from indexer.read import entry_of_file, read_source

TEXT = "第一条 对甲奖励50万元。\n第二条 对乙奖励60万元。\n第三条 对丙奖励70万元。\n"


class Failing(ClauseReader):
    """Fails as a reader would at words that nobody has thought of."""

    def _read(self) -> None:
        if "乙" in self.clause.text:
            raise IndexError
        super()._read()


def test_the_others_are_read(
    tmp_path: Path,
    embedder: SentenceTransformerEmbedder,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("indexer.entitlements.document.ClauseReader", Failing)
    path = tmp_path / "corpus" / "text.txt"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    reading = read_source(entry_of_file(path))
    with pytest.raises(IndexError):
        entitlements_of(reading.document, reading.outline)
    build(path.parent, tmp_path / "index", embedder)
    rows = ClauseIndex.open(tmp_path / "index").entitlements["text"]
    assert [str(row.address.path) for row in rows] == ["art1", "art3"]
    assert "text#art2 (IndexError)" in caplog.text
