"""National laws as text: counts, numbering, titles and days against their manifest, and speed."""

from __future__ import annotations

import json
import statistics
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from eval.parse_bench.articles import breaks, remarked
from eval.parse_bench.result import Difference, Figure, Progress, Result, share
from eval.parse_bench.timed import Attempt, Shelf
from indexer.readings import Reading
from server.checks import squeeze

__all__ = ["measure_laws"]

#: Files a batch: enough that a few long texts do not decide its speed.
_BATCH = 50


@dataclass(frozen=True, slots=True)
class _Tally:
    """What one file adds to the figures."""

    articles: int
    clauses: int
    seconds: float
    breaks: int
    issued: bool
    starts: bool


def measure_laws(folder: Path, shelf: Shelf, progress: Progress) -> Result:
    """Read every law of the manifest from the archive beside it."""
    manifest = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    laws = [json.loads(line) for line in manifest if line.strip()]
    differences: list[Difference] = []
    tallies: list[_Tally] = []
    with tempfile.TemporaryDirectory() as place:
        _unpack(folder / "national.tar.xz", Path(place))
        for number, law in enumerate(laws, 1):
            one = shelf.glance(Path(place) / law["file"])
            tallies.append(_tally(law, one))
            differences += _compare(law, one)
            progress(number, len(laws))
    return Result(_figures(tallies, differences) | _speed(tallies), tuple(differences))


def _unpack(archive: Path, target: Path) -> None:
    """Unpack a tar file; one that reaches out of the folder is refused, not followed."""
    try:
        with tarfile.open(archive) as members:
            members.extractall(target, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        message = f"压缩包无法读取 / cannot unpack: {archive.name}: {error}"
        raise InputError(message, field="data") from error


def _tally(law: Mapping[str, Any], one: Attempt) -> _Tally:
    if one.reading is None:
        return _Tally(0, 0, one.seconds, 0, False, False)
    document, outline = one.reading.document, one.reading.outline
    return _Tally(
        articles=len(outline.articles),
        clauses=len(outline.clauses),
        seconds=one.seconds,
        breaks=sum(1 for _ in breaks(outline)),
        issued=_comparable(law.get("date"), one, document.issued, document.published),
        starts=_comparable(law.get("valid_from"), one, document.term.start),
    )


def _compare(law: Mapping[str, Any], one: Attempt) -> Iterator[Difference]:
    file, reading = law["file"], one.reading
    if reading is None:
        yield Difference(file, "", "unreadable", law["n_articles"], one.error)
        return
    pairs: dict[str, tuple[Any, Any]] = {
        "article_count": (law["n_articles"], len(reading.outline.articles)),
        "title": (squeeze(law["title"]), squeeze(reading.document.title)),
        # A manifest's day is that of publication or that of adoption.
        "day": _days(law.get("date"), one, reading.document.issued, reading.document.published),
        "valid_from": _days(law.get("valid_from"), one, reading.document.term.start),
    }
    for measure, (expected, found) in pairs.items():
        if expected != found:
            yield Difference(file, "", measure, expected, found)
    yield from _numbering(file, reading)


def _days(expected: str | None, one: Attempt, *found: date | None) -> tuple[str, str]:
    """Return two days to compare: alike where they cannot be, or where any is as expected."""
    stated = [day.isoformat() for day in found if day]
    if not expected or expected in stated or not _comparable(expected, one, *found):
        return "", ""
    return expected, " ".join(stated)


def _comparable(expected: str | None, one: Attempt, *found: date | None) -> bool:
    """Tell whether a day was read, and the day of the manifest stands in the text at all.

    A manifest knows days that the text does not hold, such as those of a later amendment.
    """
    if not (expected and any(found)):
        return False
    day = date.fromisoformat(expected)
    written = f"{day.year}年{day.month}月{day.day}日"
    return written in squeeze(one.path.read_text("utf-8", errors="replace"))


def _numbering(file: str, reading: Reading) -> Iterator[Difference]:
    """Yield the articles that break the sequence while no finding says so.

    These are false ones, such as a reference at the start of a line, or a gap left unsaid.
    """
    for article, expected in breaks(reading.outline):
        if not remarked(reading.outline, article):
            place = f"{article.marker} (line {article.line})"
            yield Difference(file, place, "false_article", expected, str(article.path))


def _figures(tallies: Sequence[_Tally], differences: Sequence[Difference]) -> dict[str, Figure]:
    wrong = Counter(d.measure for d in differences)
    whole = len(tallies)
    consecutive = sum(not tally.breaks for tally in tallies) - wrong["unreadable"]
    unsaid = len({d.file for d in differences if d.measure == "false_article"})
    issued = sum(tally.issued for tally in tallies)
    starts = sum(tally.starts for tally in tallies)
    return {
        "files": whole,
        "unreadable": wrong["unreadable"],
        "same_article_count": share(whole - wrong["unreadable"] - wrong["article_count"], whole),
        "numbering_consecutive": share(consecutive, whole),
        "numbering_consecutive_or_explained": share(whole - wrong["unreadable"] - unsaid, whole),
        "false_articles": wrong["false_article"],
        "titles_equal": share(whole - wrong["unreadable"] - wrong["title"], whole),
        "days_compared": issued,
        "days_equal": share(issued - wrong["day"], issued),
        "starts_compared": starts,
        "starts_equal": share(starts - wrong["valid_from"], starts),
    }


def _speed(tallies: Sequence[_Tally]) -> dict[str, Figure]:
    """Return the median over batches: processor time of one process, reading included."""
    batches = [tallies[at : at + _BATCH] for at in range(0, len(tallies), _BATCH)]
    timed = [(batch, sum(t.seconds for t in batch)) for batch in batches]
    timed = [(batch, seconds) for batch, seconds in timed if seconds]
    if not timed:
        return {}
    articles = [sum(t.articles for t in batch) / seconds for batch, seconds in timed]
    clauses = [sum(t.clauses for t in batch) / seconds for batch, seconds in timed]
    return {
        "articles": sum(tally.articles for tally in tallies),
        "clauses": sum(tally.clauses for tally in tallies),
        "articles_per_second": round(statistics.median(articles)),
        "clauses_per_second": round(statistics.median(clauses)),
        "processor_seconds": round(sum(tally.seconds for tally in tallies), 1),
    }
