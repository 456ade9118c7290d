"""A small corpus with its index, and disks that are full or read-only."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.build import build
from indexer.embedder import SentenceTransformerEmbedder, open_embedder
from server.settings import Settings

TEXT = "某市人才办法\n某府发〔2024〕1号\n第一条 为了引进人才，制定本办法。\n第二条 对入选人才给予{}奖励。\n"


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    settings = Settings()
    return open_embedder(settings.embedder, settings.models)


class Home:
    """A folder with ``corpus`` and ``index``."""

    def __init__(self, folder: Path, embedder: SentenceTransformerEmbedder) -> None:
        self.folder, self.corpus, self.index = folder, folder / "corpus", folder / "index"
        self.embedder = embedder
        self.corpus.mkdir()
        self.write("一百万元")
        self.build()

    def write(self, amount: str) -> None:
        (self.corpus / "a.txt").write_text(TEXT.format(amount), "utf-8")

    def build(self) -> None:
        build(self.corpus, self.index, self.embedder)


@pytest.fixture
def home(tmp_path: Path, embedder: SentenceTransformerEmbedder) -> Home:
    return Home(tmp_path, embedder)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A file system of its own with these options; skipped where none can be mounted."""
    mounted: list[Path] = []

    def mount(options: str) -> Path:
        place = tmp_path / f"disk{len(mounted)}"
        place.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        if os.name == "nt" or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("no file system can be mounted here")
        mounted.append(place)
        return place

    yield mount
    for place in mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)
