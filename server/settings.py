"""All settings, read once from the environment; constructors receive objects, not names."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.catalogue import bundled_corpus
from indexer.default_model import DEFAULT_MODEL_NAME
from indexer.milvus import Engine
from retriever.query import DEFAULT_THRESHOLD

__all__ = ["Settings"]


class Settings(BaseSettings):
    """Every setting is an environment variable ``TIAOWEN_<NAME>``; see the README's table."""

    model_config = SettingsConfigDict(env_prefix="TIAOWEN_", frozen=True)

    #: Where models and the default index are kept.
    home: Path = Path.home() / ".cache" / "tiaowen"
    #: Where converted models are kept, if not in the home: an image brings them along.
    model_home: Path | None = None
    #: The corpus folder that the default index is built from.
    corpus: Path = bundled_corpus()
    #: An index folder to use instead of the default one.
    index: Path | None = None
    #: How often a running server looks for a new generation of its index, in seconds; 0: never.
    reload: float = Field(default=2.0, ge=0, le=3600)
    #: All files of the index that is asked are looked at again in so many seconds; 0: never.
    recheck: float = Field(default=600.0, ge=0, le=86_400)
    #: Milvus, to hold the vectors: http://host:19530, or a path that ends in .db for milvus-lite.
    milvus: str | None = None
    #: Its token, or user:password, where it wants one.
    milvus_token: SecretStr | None = None
    #: The default model, or the hub name or folder of any sentence-transformers model.
    embedder: str = DEFAULT_MODEL_NAME
    #: How many questions of several users are embedded together at most; 1: each by itself.
    batch_most: int = Field(default=16, ge=1, le=256)
    #: How long such a batch waits for more, in milliseconds.
    batch_wait: float = Field(default=2.0, ge=0, le=1000)
    #: Threads that work on questions.
    threads: int = Field(default=16, ge=1, le=256)
    #: Requests under way at once in one process; what comes beyond is told to come again.
    queue: int = Field(default=128, ge=1, le=100_000)
    #: Questions whose answers are kept in memory until the index or the day changes; 0: none.
    answer_cache: int = Field(default=256, ge=0, le=100_000)
    #: A cross-encoder that reads the best candidates again: hub name or folder; none by default.
    reranker: str | None = None
    #: Whether the default model is turned towards questions; off only to measure what that gives.
    adapter: bool = True
    #: A question's answer must be at least this likely to be in the corpus (0 to 1).
    threshold: float = DEFAULT_THRESHOLD
    #: The largest request body, in bytes.
    max_body: int = 64 * 1024
    #: The largest body of a request that carries a file or a whole answer, in bytes.
    max_upload: int = 4 * 1024 * 1024
    #: The largest request that brings documents to be added, in bytes.
    max_document: int = Field(default=64 * 1024 * 1024, ge=1)
    #: So many generations of an index are kept, to go back to.
    generations: int = Field(default=5, ge=2, le=100)
    #: How many questions a batch may have.
    batch_questions: int = Field(default=1000, ge=1, le=100_000)
    #: An OpenAI-compatible model that puts answers in its own words: the address of its API (…/v1).
    llm_url: str | None = None
    #: The name of that model.
    llm_model: str | None = None
    #: The key of its API, where it wants one.
    llm_key: SecretStr | None = None
    #: How long one reply of it may take, in seconds; then the clauses' own words are the answer.
    llm_timeout: float = Field(default=30.0, gt=0, le=600)
    #: An OpenAI-compatible model for ``tiaowen eval --judge``: the address of its API (…/v1).
    judge_url: str | None = None
    #: The name of the judging model.
    judge_model: str | None = None
    #: The key of its API, where it wants one.
    judge_key: SecretStr | None = None
    #: The database of chats, keys and the audit log: sqlite:///FILE or postgresql://…
    database: SecretStr | None = None
    #: Whether questions and answers are kept; off: no chats, and an audit log without questions.
    store_questions: bool = True
    #: What is older than so many days is deleted, of all that is kept; 0 keeps it for good.
    retention_days: int = Field(default=180, ge=0, le=36500)
    #: Serve other machines without a key.
    open: bool = False
    #: Proxies whose word is taken for who asks and whether by https: addresses or networks.
    proxy: str = ""
    #: Sites whose pages may call the API: https://a.example,https://b.example.
    origins: str = ""
    #: Sites whose pages may hold the widget, where it has no key of its own.
    widget_origins: str = ""
    #: How many requests a key may make; empty: any number.
    limit_key: str = "1200/minute"
    #: The same for an address, where a request has no key.
    limit_address: str = "1200/minute"
    #: How many questions a widget may ask from one address, with a key and without.
    limit_widget: str = "30/minute"
    #: How many keys that do not open are looked at from an address.
    limit_failures: str = "20/minute"
    #: Where requests are counted: memory://, or redis://host:6379 for several servers.
    limit_store: str = "memory://"
    #: How the server writes its log to stderr: text for people, json with an object a line.
    log: Literal["json", "text"] = "text"
    #: Show tracebacks on the command line.
    debug: bool = False

    @property
    def models(self) -> Path:
        """The folder of converted models."""
        return self.model_home or self.home / "models"

    @property
    def batches(self) -> Path:
        """The folder of files of questions with their results."""
        return self.home / "batches"

    @property
    def administration(self) -> Path:
        """The folder of drafts and of what maintainers have under way."""
        return self.home / "administration"

    @property
    def engine(self) -> Engine | None:
        """Where the vectors of an index lie, if not in its folder."""
        if not self.milvus:
            return None
        token = self.milvus_token
        return Engine(self.milvus, token.get_secret_value() if token else "")
