"""LangChain's pipeline as its tutorial has it, over the same embedding model.

Pieces of 1,000 characters with 200 overlap, a vector store in memory, the ten most alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import PolicyError
from eval.baselines.chunks import Chunk, cached_vectors, cut_documents
from indexer.clause_index import ClauseIndex
from indexer.embedder import Embedder

__all__ = ["NotInstalled", "langchain_search"]


class NotInstalled(PolicyError):
    """An optional package is missing; the message says how to install it."""

    code = "not_installed"


def langchain_search(
    index: ClauseIndex, embedder: Embedder, home: Path, k: int
) -> tuple[int, Callable[[str], Sequence[Chunk]]]:
    """Return how many pieces there are, and the search; raise NotInstalled without LangChain."""
    try:
        from langchain_core.documents import Document
        from langchain_core.vectorstores import InMemoryVectorStore
        from langchain_text_splitters import RecursiveCharacterTextSplitter
        from langsmith import tracing_context
    except ImportError as error:
        raise NotInstalled("未安装 / not installed: pip install 'tiaowen[peers]'") from error
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = cut_documents(index, splitter.split_text)
    store = InMemoryVectorStore(_embeddings(embedder, home))
    # No run is reported to a service, whatever the environment says.
    with tracing_context(enabled=False):
        store.add_documents([Document(c.text, metadata={"document": c.document}) for c in chunks])

    def search(question: str) -> list[Chunk]:
        with tracing_context(enabled=False):
            found = store.similarity_search(question, k=k)
        return [Chunk(d.metadata["document"], d.page_content) for d in found]

    return len(chunks), search


def _embeddings(embedder: Embedder, home: Path) -> Any:
    """Our embedder behind LangChain's interface."""
    from langchain_core.embeddings import Embeddings

    class _Adapter(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = cached_vectors(texts, embedder, home).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = embedder.embed_query(text)[0].tolist()
            return vector

    return _Adapter()
