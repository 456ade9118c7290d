"""Run sets of questions in a variant of the product; the result is a run to keep and compare."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from eval.outcome import Outcome
from eval.runs import Run
from eval.sets import EvalSet
from eval.variant import DEFAULT, Variant
from prompts import TEMPLATES, fingerprint
from server.assembly import Say
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["Evaluation", "evaluate"]

#: Told the name of a set, how many questions are done, and of how many.
Progress = Callable[[str, int, int], None]
_LIBRARIES = ("sentence-transformers", "torch", "faiss-cpu", "bm25s", "numpy", "ir-measures")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A run, and for each set the product as it was opened for it."""

    run: Run
    assistants: Mapping[str, Assistant]


def evaluate(
    sets: Sequence[EvalSet],
    settings: Settings,
    variant: Variant = DEFAULT,
    today: date | None = None,
    progress: Progress | None = None,
    say: Say | None = None,
) -> Evaluation:
    """Ask every question of every set; ``today`` is the day of asking where a question has none."""
    started, day = datetime.now(UTC), today or date.today()
    assistants: dict[str, Assistant] = {}
    outcomes: list[Outcome] = []
    for questions in sets:
        name = questions.name

        def advance(done: int, total: int, name: str = name) -> None:
            if progress:
                progress(name, done, total)

        assistants[name], found = questions.run(settings, variant, day, advance, say)
        outcomes += found
    run = Run(
        f"{started:%Y%m%d-%H%M%S}-{os.getpid()}",
        started.isoformat(timespec="seconds"),
        variant.title,
        {**variant.as_json(), "as_of": day.isoformat()},
        _fingerprints(assistants),
        tuple(outcomes),
    )
    return Evaluation(run, assistants)


def _fingerprints(assistants: Mapping[str, Assistant]) -> dict[str, object]:
    """Digests of all that a result depends on."""
    return {
        "corpus": {name: _corpus(assistant) for name, assistant in assistants.items()},
        "index": {n: a.index.manifest.fingerprint[:16] for n, a in assistants.items()},
        "embedder": {n: a.index.manifest.embedder for n, a in assistants.items()},
        "prompts": [fingerprint(name) for name in TEMPLATES],
        "code": _code(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}",
    }


def _corpus(assistant: Assistant) -> str:
    """A digest of the sources, whatever was made of them."""
    state = hashlib.sha256()
    for document in assistant.index.documents:
        state.update(f"{document.id}\0{document.source.sha256}\n".encode())
    return state.hexdigest()[:16]


def _code() -> str:
    """A digest of the product's own code and data files, without the evaluation."""
    root = Path(__file__).resolve().parents[1]
    state = hashlib.sha256()
    for package in ("corpus", "indexer", "retriever", "server", "prompts"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".toml", ".txt", ".json", ".j2") and path.is_file():
                state.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return state.hexdigest()[:16]
