"""Runs are kept: what was asked, of what, with what result, so that two can be compared.

A run is a folder with run.json (fingerprints, options, summaries) and outcomes.jsonl.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus.errors import InputError, PolicyError
from eval.outcome import Outcome, Values
from eval.summary import Summary, confusion, risk_coverage, summarise

__all__ = [
    "BaselineRun",
    "Run",
    "RunError",
    "common_values",
    "find_run",
    "keep",
    "kept_runs",
    "load_run",
    "mean_values",
    "write_run",
]

FORMAT = 1


class RunError(PolicyError):
    """A folder is no run, or a damaged one."""

    code = "bad_run"


@dataclass(frozen=True, slots=True)
class BaselineRun:
    """How another way of retrieving does on the same questions.

    ``title`` says what it is, ``units`` how many pieces it searches, ``values`` its measures of
    ranking by the question's key, ``p50_ms`` its median time a question. ``problem`` says why it
    could not run.
    """

    name: str
    title: str
    units: int = 0
    values: Mapping[str, Values] = field(default_factory=dict)
    p50_ms: float = 0.0
    problem: str | None = None


@dataclass(frozen=True)
class Run:
    """All outcomes of one run, over one set or several."""

    name: str
    started: str
    variant: str
    options: Mapping[str, Any]
    fingerprints: Mapping[str, Any]
    outcomes: tuple[Outcome, ...]
    baselines: tuple[BaselineRun, ...] = ()

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of the sets asked, in their order."""
        return tuple(dict.fromkeys(outcome.set for outcome in self.outcomes))

    @property
    def types(self) -> tuple[str, ...]:
        """The types of question asked, in alphabetical order."""
        return tuple(sorted({outcome.type for outcome in self.outcomes}))

    def summary(self, *, set_name: str | None = None, type_name: str | None = None) -> Summary:
        """Summarise all outcomes, or those of one set or type."""
        key = (set_name, type_name)
        if key not in self._summaries:
            asked = (o for o in self.outcomes if set_name in (None, o.set))
            self._summaries[key] = summarise([o for o in asked if type_name in (None, o.type)])
        return self._summaries[key]

    @cached_property
    def _summaries(self) -> dict[tuple[str | None, str | None], Summary]:
        """What was summarised already: terminal, JSON and report show the same intervals."""
        return {}

    def as_json(self) -> dict[str, Any]:
        """Return everything but the outcomes as one JSON object."""
        whole, curve = self.summary(), risk_coverage(self.outcomes)
        return {
            "format": FORMAT,
            "run": self.name,
            "started": self.started,
            "variant": self.variant,
            "options": dict(self.options),
            "fingerprints": dict(self.fingerprints),
            "summary": whole.flat(),
            "intervals": {name: asdict(value) for name, value in whole.measures.items()},
            "by_set": {name: self.summary(set_name=name).flat() for name in self.sets},
            "by_type": {name: self.summary(type_name=name).flat() for name in self.types},
            "status": confusion(self.outcomes),
            "latency_ms": whole.latency,
            "risk_coverage": asdict(curve) if curve else None,
            "baselines": [asdict(baseline) for baseline in self.baselines],
        }


def common_values(run: Run) -> tuple[list[Values], dict[str, list[Values]]]:
    """Return our measures and each baseline's, over the questions that all that ran were asked."""
    ran = [baseline for baseline in run.baselines if not baseline.problem]
    ours = {outcome.key: outcome.values for outcome in run.outcomes}
    keys = [key for key in ours if all(key in baseline.values for baseline in ran)]
    return [ours[key] for key in keys], {b.name: [b.values[key] for key in keys] for b in ran}


def mean_values(
    ours: Sequence[Values], theirs: Sequence[Values], measures: Sequence[str]
) -> dict[str, float]:
    """Return the mean of each measure over the questions that it applies to, which ours says."""
    means = {}
    for name in measures:
        pairs = [(own, other) for own, other in zip(ours, theirs, strict=True) if name in own]
        # Without a value for any question the measure is not taken, which is not zero.
        if any(name in other for _, other in pairs):
            means[name] = sum(other.get(name, 0.0) for _, other in pairs) / len(pairs)
    return means


def write_run(run: Run, folder: Path) -> Path:
    """Write a run into a folder; return the path of its run.json."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "outcomes.jsonl").open("w", encoding="utf-8") as lines:
        for outcome in run.outcomes:
            lines.write(json.dumps(outcome.as_json(), ensure_ascii=False) + "\n")
    path = folder / "run.json"
    path.write_text(json.dumps(run.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def load_run(folder: Path) -> Run:
    """Read a run back; raise RunError where the folder holds none."""
    try:
        head = json.loads((folder / "run.json").read_text("utf-8"))
        if head["format"] != FORMAT:
            raise ValueError(f"format {head['format']}")
        with (folder / "outcomes.jsonl").open(encoding="utf-8") as lines:
            outcomes = tuple(Outcome.from_json(json.loads(line)) for line in lines)
        baselines = tuple(BaselineRun(**values) for values in head["baselines"])
        return Run(
            head["run"], head["started"], head["variant"], head["options"], head["fingerprints"],
            outcomes, baselines,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            f"不是运行记录或已损坏 / not a run, or damaged: {folder}: {error}"
        ) from error


def keep(run: Run, home: Path) -> Path:
    """Write a run among those that are kept; return its folder."""
    folder = home / "runs" / run.name
    write_run(run, folder)
    return folder


def kept_runs(home: Path) -> tuple[Path, ...]:
    """Return the folders of the kept runs, the latest first."""
    found = (home / "runs").glob("*/run.json")
    return tuple(sorted((path.parent for path in found), reverse=True))


def find_run(text: str, home: Path) -> Run:
    """Return the run meant by a folder, by a kept run's name or its beginning, or ``last``."""
    kept = kept_runs(home)
    if (Path(text) / "run.json").is_file():
        return load_run(Path(text))
    if text == "last" and kept:
        return load_run(kept[0])
    named = [folder for folder in kept if folder.name.startswith(text)]
    if len(named) == 1:
        return load_run(named[0])
    names = ", ".join(folder.name for folder in (named or kept)[:5]) or "—"
    raise InputError(
        f"没有或不止一个这样的运行 / no one such run: {text} ({names})", field="against"
    )
