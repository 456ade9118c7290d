"""A way of running the product: the default one, or one with a part changed, for ablations."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from corpus.errors import InputError
from indexer.passages import Units
from server.assembly import Say, corpus_of, open_assistant
from server.assistant import Assistant
from server.console import Bar
from server.settings import Settings

__all__ = ["DEFAULT", "Variant"]


@dataclass(frozen=True, slots=True)
class Variant:
    """What differs from the product as it is delivered.

    ``without`` names parts of the retriever to switch off, ``embedder`` another embedding model,
    ``units`` what one passage is, ``threshold`` how sure to be before answering.
    """

    without: tuple[str, ...] = ()
    embedder: str | None = None
    units: Units = "clause"
    threshold: float | None = None

    @property
    def title(self) -> str:
        """A short name: ``default``, ``without lexical, units article``."""
        parts = ["without " + "+".join(self.without)] if self.without else []
        parts += [f"embedder {self.embedder}"] if self.embedder else []
        parts += [f"units {self.units}"] if self.units != "clause" else []
        parts += [f"threshold {self.threshold}"] if self.threshold is not None else []
        return ", ".join(parts) or "default"

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON object."""
        return asdict(self)

    def open(self, settings: Settings, say: Say | None = None) -> Assistant:
        """Open the product in this way over the index, or the corpus, of the settings."""
        changes: dict[str, Any] = {}
        if settings.index is not None and (self.embedder or self.units != "clause"):
            # A given index is of one embedder and one unit; its corpus can be indexed anew.
            changes |= {"corpus": corpus_of(settings), "index": None}
        if self.embedder:
            changes["embedder"] = self.embedder
        if self.threshold is not None:
            if not 0 <= self.threshold <= 1:
                raise InputError("阈值应在0与1之间 / a threshold lies between 0 and 1")
            changes["threshold"] = self.threshold
        chosen = settings.model_copy(update=changes)
        return open_assistant(chosen, Bar(), say, self.units, self.without)


DEFAULT = Variant()
