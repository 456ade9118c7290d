"""Helpers of the indexer's tests: made-up texts in, outlines out; the embedder opened once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.catalogue import Entry, bundled_corpus, read_catalogue
from corpus.outline import Outline
from indexer.clean import Paragraph
from indexer.default_model import DEFAULT_MODEL_NAME
from indexer.embedder import SentenceTransformerEmbedder, open_embedder
from indexer.parse import parse
from indexer.read import read_source
from indexer.readings import Reading
from indexer.segments import part_texts
from server.settings import Settings


def paragraphs_of(text: str) -> list[Paragraph]:
    lines = enumerate(text.strip().split("\n"), 1)
    return [Paragraph(line.strip(), number) for number, line in lines if line.strip()]


@pytest.fixture
def paragraphs() -> Callable[[str], list[Paragraph]]:
    """Turn text into paragraphs, one a line."""
    return paragraphs_of


@pytest.fixture
def outline_of() -> Callable[[str], Outline]:
    """Parse a body, one paragraph a line."""

    def read(text: str) -> Outline:
        texts = part_texts(paragraphs_of(text))
        return parse(texts.main, others=texts.others, listed=texts.listed)

    return read


@pytest.fixture(scope="session")
def entries() -> dict[str, Entry]:
    return {entry.id: entry for entry in read_catalogue(bundled_corpus(), (".txt",))}


@pytest.fixture(scope="session")
def sources(entries: dict[str, Entry]) -> dict[str, Reading]:
    """The five real sources, read afresh and not taken from an index."""
    return {name: read_source(entry) for name, entry in entries.items()}


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    return open_embedder(DEFAULT_MODEL_NAME, Settings().models)
