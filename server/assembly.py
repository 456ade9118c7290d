"""The only place that chooses implementations and puts the product together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from corpus.errors import IndexFolderError
from indexer.build import BuildReport, Progress, build, open_fresh
from indexer.clause_index import ClauseIndex
from indexer.embedder import SentenceTransformerEmbedder, open_embedder
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["build_index", "default_index", "open_assistant"]

Say = Callable[[str], None]


def default_index(settings: Settings, corpus: Path | None = None) -> Path:
    """Return the folder of a corpus's default index; each corpus folder has its own."""
    folder = (corpus or settings.corpus).resolve()
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
    return settings.home / "index" / f"{folder.name}-{name}"


def build_index(
    settings: Settings,
    corpus: Path | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
    say: Say | None = None,
) -> BuildReport:
    """Build or refresh an index with the embedder of the settings."""
    folder = corpus or settings.corpus
    target = out or settings.index or default_index(settings, folder)
    embedder = open_embedder(settings.embedder, settings.models, say)
    return build(folder, target, embedder, progress)


def open_assistant(
    settings: Settings, progress: Progress | None = None, say: Say | None = None
) -> Assistant:
    """Open the index of the settings, building the default one first where it is not fresh."""
    embedder: SentenceTransformerEmbedder | None = None
    index: ClauseIndex | None = None
    folder = settings.index
    if folder is None:
        folder = default_index(settings)
        index = open_fresh(settings.corpus, folder, settings.embedder)
        if index is None:
            embedder = open_embedder(settings.embedder, settings.models, say)
            build(settings.corpus, folder, embedder, progress)
    elif not folder.is_dir():
        raise IndexFolderError(
            f"没有这个索引文件夹 / no such index folder: {folder}", field="index"
        )
    if index is None:
        index = ClauseIndex.open(folder)
    # The index names the model that made it; another one would only give silent bad scores.
    if embedder is None:
        embedder = open_embedder(index.manifest.embedder, settings.models, say)
    return Assistant(index, Retriever(index, embedder), settings.threshold)
