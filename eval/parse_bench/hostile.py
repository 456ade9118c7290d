"""Read mutated copies of real files one by one: each must be read or refused, in bounds."""

from __future__ import annotations

import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from corpus.errors import LoadError
from eval.parse_bench.mutations import Mutation, mutations_of, without_source
from eval.parse_bench.result import Difference, Figure, Progress, Result
from eval.parse_bench.trial import Ending, Trial, try_file
from indexer.loaders.formats import format_of
from indexer.pool import Limits

__all__ = ["measure_mutations"]

#: Real files of each format that copies are made of: the smallest and one of middle size.
_FILES_EACH = 2
#: Less than a corpus is given: a copy that needs more is listed, and the run comes to an end.
_LIMITS = Limits(seconds=60.0, seconds_a_megabyte=0.5)
#: Where the sources are one archive, a text of at least this size is taken from it.
_TEXT_SIZE = 4_000


def measure_mutations(files: Sequence[Path], laws: Path | None, progress: Progress) -> Result:
    """Mutate files of each format among ``files``, and a law of the archive, and read them."""
    with tempfile.TemporaryDirectory() as place:
        sources = _sources([*files, *_one_law(laws, Path(place))])
        jobs = [("", mutation) for mutation in without_source()]
        for kind, path in sources:
            found = mutations_of(path.read_bytes(), kind, path.suffix.lower())
            jobs += [(path.name, mutation) for mutation in found]
        trials = []
        for number, (name, mutation) in enumerate(jobs, 1):
            trials.append((name, mutation, _try(mutation, Path(place))))
            progress(number, len(jobs))
    return _result(trials)


def _try(mutation: Mutation, folder: Path) -> Trial:
    path = folder / f"mutated{mutation.suffix}"
    path.write_bytes(mutation.make())
    try:
        return try_file(path, _LIMITS)
    finally:
        path.unlink()


def _sources(files: Sequence[Path]) -> list[tuple[str, Path]]:
    by_format: dict[str, list[Path]] = defaultdict(list)
    for path in files:
        try:
            by_format[format_of(path)].append(path)
        except LoadError:
            continue
    chosen = []
    for kind, paths in sorted(by_format.items()):
        ordered = sorted(paths, key=lambda path: (path.stat().st_size, path.name))
        picked = dict.fromkeys((ordered[0], ordered[len(ordered) // 2]))
        chosen += [(kind, path) for path in [*picked][:_FILES_EACH]]
    return chosen


def _one_law(laws: Path | None, folder: Path) -> list[Path]:
    """Unpack the first text of some size from the archive of laws."""
    if laws is None:
        return []
    with tarfile.open(laws / "national.tar.xz") as archive:
        for member in archive:
            if member.isfile() and member.size >= _TEXT_SIZE:
                archive.extract(member, folder, filter="data")
                return [folder / member.name]
    return []


def _result(trials: Sequence[tuple[str, Mutation, Trial]]) -> Result:
    endings = Counter(trial.ending for _, _, trial in trials)
    figures: dict[str, Figure] = {
        "trials": len(trials),
        **{ending: endings[ending] for ending in get_args(Ending)},
        "crashes": endings["escaped"],
        "slowest_seconds": max((trial.seconds for _, _, trial in trials), default=0.0),
        "highest_peak_mb": max((trial.peak_mb or 0 for _, _, trial in trials), default=0),
    }
    differences = tuple(
        Difference(name, f"{m.name} {m.suffix}", trial.ending, "read or refused", trial.message)
        for name, m, trial in trials
        if trial.ending not in ("read", "refused")
    )
    return Result(figures, differences, tuple(_row(*trial) for trial in trials))


def _row(name: str, mutation: Mutation, trial: Trial) -> dict[str, object]:
    return {
        "file": name,
        "mutation": mutation.name,
        "suffix": mutation.suffix,
        "ending": trial.ending,
        "message": trial.message,
        "seconds": trial.seconds,
        "peak_mb": trial.peak_mb,
    }
