"""Sets of questions: the bundled ones by name, each with the corpus that it asks."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from eval.gold import GoldError, load_gold
from eval.outcome import Outcome
from eval.run import ask_all
from eval.variant import Variant
from server.assembly import Say
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["EvalSet", "GoldSet", "bundled_sets", "default_sets", "find_set"]

_FOLDER = Path(__file__).parent

Progress = Callable[[int, int], None]


class EvalSet(Protocol):
    """Questions that can be asked of the product in some variant."""

    @property
    def name(self) -> str: ...

    def run(
        self,
        settings: Settings,
        variant: Variant,
        today: date,
        progress: Progress | None = None,
        say: Say | None = None,
    ) -> tuple[Assistant, tuple[Outcome, ...]]: ...


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold file over a corpus; None for the index or corpus of the settings.

    ``use`` says what the set is for; only ``development`` is asked unless told otherwise.
    """

    name: str
    gold: Path
    corpus: Path | None = None
    use: str = "development"

    def open(self, settings: Settings, variant: Variant, say: Say | None = None) -> Assistant:
        """Open the product over the corpus that the set asks."""
        if self.corpus is not None:
            settings = settings.model_copy(update={"corpus": self.corpus, "index": None})
        return variant.open(settings, say)

    def run(
        self,
        settings: Settings,
        variant: Variant,
        today: date,
        progress: Progress | None = None,
        say: Say | None = None,
    ) -> tuple[Assistant, tuple[Outcome, ...]]:
        """Ask every question of the set."""
        assistant = self.open(settings, variant, say)
        questions = load_gold(self.gold, assistant.index.readings)
        return assistant, ask_all(self.name, questions, assistant, today, progress)


def bundled_sets() -> dict[str, GoldSet]:
    """Return the gold sets that the project ships with, by name."""
    listed = tomllib.loads((_FOLDER / "gold" / "sets.toml").read_text("utf-8"))
    return {
        name: GoldSet(
            name,
            _FOLDER / "gold" / values["gold"],
            _FOLDER / values["corpus"] if "corpus" in values else None,
            values["use"],
        )
        for name, values in listed.items()
    }


def default_sets() -> tuple[GoldSet, ...]:
    """Return the sets that are for development, which is what a run asks unless told more."""
    return tuple(s for s in bundled_sets().values() if s.use == "development")


def find_set(text: str) -> GoldSet:
    """Return the set meant by a name or by the path of a gold file or folder."""
    bundled = bundled_sets()
    if text in bundled:
        return bundled[text]
    path = Path(text)
    if not path.exists():
        raise GoldError(
            f"没有这个题集 / no such set: {text} ({', '.join(bundled)}, 或文件 / or a file)",
            field="gold",
        )
    same = (s for s in bundled.values() if s.gold.resolve() == path.resolve())
    return next(same, None) or GoldSet(path.stem, path)
