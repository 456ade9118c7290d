"""The only place that chooses implementations and puts the product together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from corpus.errors import IndexFolderError, InputError
from indexer.build import BuildReport, build, open_fresh
from indexer.clause_index import ClauseIndex
from indexer.default_model import DEFAULT_MODEL_NAME
from indexer.embedder import Embedder, Matrix, SentenceTransformerEmbedder, open_embedder
from indexer.index_folder import Manifest, current_generation, has_index, read_manifest
from indexer.passages import Units
from indexer.reading_cache import Progress
from indexer.rollback import finish
from retriever.reranker import open_reranker
from retriever.retriever import Retriever
from server.assistant import Assistant
from server.chat import OpenAIChat
from server.settings import Settings

__all__ = [
    "build_index",
    "corpus_of",
    "default_index",
    "index_of",
    "open_assistant",
    "refresh_index",
    "reopened",
]

Say = Callable[[str], None]


def default_index(settings: Settings, corpus: Path | None = None, units: Units = "clause") -> Path:
    """Return the folder of a default index: one for each corpus, other embedder, units, engine."""
    folder = (corpus or settings.corpus).resolve()
    made_by = [settings.embedder] if settings.embedder != DEFAULT_MODEL_NAME else []
    made_by += [units] if units != "clause" else []
    made_by += ["milvus"] if settings.engine else []
    name = hashlib.sha256("\0".join((str(folder), *made_by)).encode()).hexdigest()[:12]
    return settings.home / "index" / f"{folder.name}-{name}"


def corpus_of(settings: Settings, corpus: Path | None = None) -> Path:
    """Return the corpus folder that is meant: the one given, the index's, or the settings'."""
    if corpus or settings.index is None:
        return corpus or settings.corpus
    # An index that is there and cannot tell must not have another corpus edited in its place.
    if not has_index(settings.index):
        return settings.corpus
    named = read_manifest(current_generation(settings.index)).corpus
    return Path(named) if named else settings.corpus


def index_of(settings: Settings, corpus: Path) -> Path:
    """Return the index folder of a corpus: the one that the settings name, or its default."""
    return settings.index or default_index(settings, corpus)


def build_index(
    settings: Settings,
    corpus: Path | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
    say: Say | None = None,
) -> BuildReport:
    """Build or refresh an index with the embedder of the settings."""
    folder = corpus or settings.corpus
    embedder = _LateEmbedder(settings.embedder, settings, say)
    place, kept = out or index_of(settings, folder), settings.generations
    finish(folder, place)
    return build(folder, place, embedder, progress, engine=settings.engine, keep=kept)


def refresh_index(
    settings: Settings,
    corpus: Path,
    progress: Progress | None = None,
    say: Say | None = None,
    opened: Embedder | None = None,
) -> BuildReport:
    """Refresh the index of a corpus that was edited, with the embedder that made it.

    ``opened`` is one that is open already; it is used if it is that one.
    """
    out = index_of(settings, corpus)
    finish(corpus, out)
    # The default index is opened with the embedder of the settings; another names its own.
    manifest = _manifest(out) if settings.index else None
    name = manifest.embedder if manifest else settings.embedder
    late = _LateEmbedder(name, settings, say)
    embedder = opened if opened and opened.name == name else late
    kept = settings.generations
    return build(corpus, out, embedder, progress, engine=settings.engine, keep=kept)


def reopened(settings: Settings, assistant: Assistant) -> Assistant | None:
    """The assistant over the generation that is current now; None where it has that one open."""
    opened = assistant.index.folder
    if current_generation(opened.parent) == opened:
        return None
    index = ClauseIndex.open(opened.parent, settings.engine)
    embedder: Embedder = assistant.retriever.embedder
    if index.manifest.embedder != assistant.index.manifest.embedder:
        embedder = _LateEmbedder(index.manifest.embedder, settings, None).model
    retriever = Retriever(index, embedder, reranker=assistant.retriever.reranker)
    return replace(assistant, index=index, retriever=retriever)


def open_assistant(
    settings: Settings,
    progress: Progress | None = None,
    say: Say | None = None,
    units: Units = "clause",
    without: Sequence[str] = (),
) -> Assistant:
    """Open the index of the settings, building the default one first where it is not fresh.

    ``units`` chooses among default indexes; ``without`` names finders to leave out.
    """
    embedder: _LateEmbedder | None = None
    index: ClauseIndex | None = None
    folder = settings.index
    if folder is None:
        folder = default_index(settings, units=units)
        finish(settings.corpus, folder)
        index = open_fresh(settings.corpus, folder, settings.embedder, units, settings.engine)
        if index is None:
            embedder = _LateEmbedder(settings.embedder, settings, say)
            kept = settings.generations
            build(settings.corpus, folder, embedder, progress, units, settings.engine, kept)
    elif not folder.is_dir():
        raise IndexFolderError(
            f"没有这个索引文件夹 / no such index folder: {folder}", field="index"
        )
    if index is None:
        index = ClauseIndex.open(folder, settings.engine)
    # The index names the model that made it; another one would only give silent bad scores.
    if embedder is None:
        embedder = _LateEmbedder(index.manifest.embedder, settings, say)
    if "adapter" in without:
        settings = settings.model_copy(update={"adapter": False})
        embedder = _LateEmbedder(index.manifest.embedder, settings, say)
    reranker = open_reranker(settings.reranker) if settings.reranker else None
    retriever = Retriever(index, embedder.model, without=without, reranker=reranker)
    return Assistant(index, retriever, settings.threshold, _chat_model(settings))


def _chat_model(settings: Settings) -> OpenAIChat | None:
    """The language model of the settings, if they name one."""
    url, name = settings.llm_url, settings.llm_model
    if url and name:
        return OpenAIChat(url, name, settings.llm_key, settings.llm_timeout)
    if url or name:
        raise InputError(
            "请同时设置 TIAOWEN_LLM_URL 与 TIAOWEN_LLM_MODEL / set both to use a model",
            field="llm_model" if url else "llm_url",
        )
    return None


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read_manifest(current_generation(folder))
    except IndexFolderError:
        return None


class _LateEmbedder:
    """An embedder that is loaded when the first text is embedded: what can fail sooner does."""

    def __init__(self, name: str, settings: Settings, say: Say | None) -> None:
        self.name = name
        self._settings = settings
        self._say = say

    @cached_property
    def model(self) -> SentenceTransformerEmbedder:
        """The model itself."""
        settings = self._settings
        return open_embedder(self.name, settings.models, self._say, settings.adapter)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Matrix:
        return self.model.embed_passages(texts, progress)

    def embed_query(self, text: str) -> Matrix:
        return self.model.embed_query(text)
