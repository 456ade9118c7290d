"""Real files of authorities: what their manifest states in numbers, and the same law twice."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.numerals import NUMERAL, read_numeral
from eval.parse_bench.articles import breaks, remarked
from eval.parse_bench.pairs import measure_pairs
from eval.parse_bench.result import Difference, Figure, Progress, Result, share
from eval.parse_bench.timed import Attempt, Shelf
from server.checks import squeeze

__all__ = ["expected_articles", "measure_real_files"]

#: Takes "64 articles", "13 articles; …"; refuses "articles" without a number.
_COUNT = re.compile(r"\b(\d+) articles\b")
#: Takes 第一条–第二十七条, with any dash; refuses a single 第一条.
_SPAN = re.compile(rf"第({NUMERAL})条\s*[-–—]\s*第({NUMERAL})条")
#: Takes "no 第X条"; refuses "第X条".
_NONE = re.compile(r"\bno 第X条")
#: A file that describes another is no document.
_ANSWER = re.compile(r"\bground truth for\b")


def expected_articles(prose: str) -> tuple[int, tuple[int, int] | None] | None:
    """Read how many articles a manifest's words speak of, and the first and last number if told.

    >>> expected_articles("27 articles 第一条–第二十七条, six chapters")
    (27, (1, 27))
    >>> expected_articles("no 第X条; 一、（一） hierarchy")
    (0, None)
    """
    count = _COUNT.search(prose)
    if span := _SPAN.search(prose):
        first, last = read_numeral(span[1]), read_numeral(span[2])
        return int(count[1]) if count else last - first + 1, (first, last)
    if count:
        return int(count[1]), None
    return (0, None) if _NONE.search(prose) else None


def measure_real_files(
    folder: Path, others: Sequence[Path], shelf: Shelf, progress: Progress
) -> Result:
    """Read every document of the manifest; ``others`` are searched for the same documents."""
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as stream:
        entries = [e for e in csv.DictReader(stream, delimiter="\t") if not _is_answer(e)]
    files = [folder / entry["file"] for entry in entries]
    total = len(files) + len(others)
    differences: list[Difference] = []
    rows = []
    for number, (entry, file) in enumerate(zip(entries, files, strict=True), 1):
        one = shelf.read(file)
        differences += _compare(entry["file"], entry["expected"] or "", one)
        rows.append(_row(entry["file"], one))
        progress(number, total)
    for number, file in enumerate(others, len(files) + 1):
        shelf.read(file)
        progress(number, total)
    pairs = measure_pairs([shelf.read(file) for file in (*files, *others)])
    figures = {**_figures(entries, differences), **pairs.figures}
    return Result(figures, (*differences, *pairs.differences), tuple(rows))


def _is_answer(entry: dict[str, str]) -> bool:
    return bool(_ANSWER.search(entry["expected"] or ""))


def _compare(file: str, prose: str, one: Attempt) -> Iterator[Difference]:
    if one.reading is None:
        yield Difference(file, "", "unreadable", prose, one.error)
        return
    outline = one.reading.outline
    if expected := expected_articles(prose):
        count, span = expected
        numbers = [article.path.steps[-1].number for article in outline.articles]
        if count != len(numbers):
            yield Difference(file, "", "article_count", count, len(numbers))
        ends = (numbers[0], numbers[-1]) if numbers else (0, 0)
        if span and span != ends:
            yield Difference(file, "", "article_span", _span(span), _span(ends))
    for article, following in breaks(outline):
        if not remarked(outline, article):
            yield Difference(file, article.marker, "false_article", following, str(article.path))


def _span(ends: tuple[int, int]) -> str:
    return f"{ends[0]}–{ends[1]}"


def _figures(
    entries: Sequence[dict[str, str]], differences: Sequence[Difference]
) -> dict[str, Figure]:
    wrong = Counter(d.measure for d in differences)
    unread = {d.file for d in differences if d.measure == "unreadable"}
    told = {e["file"]: expected_articles(e["expected"] or "") for e in entries}
    counted = [file for file, expected in told.items() if expected]
    spanned = [file for file, expected in told.items() if expected and expected[1]]
    lost = len(unread & set(counted)), len(unread & set(spanned))
    return {
        "files": len(entries),
        "unreadable": len(unread),
        "files_with_count": len(counted),
        "same_article_count": share(len(counted) - lost[0] - wrong["article_count"], len(counted)),
        "files_with_first_and_last": len(spanned),
        "same_first_and_last": share(len(spanned) - lost[1] - wrong["article_span"], len(spanned)),
        "false_articles": wrong["false_article"],
    }


def _row(file: str, one: Attempt) -> dict[str, Any]:
    row: dict[str, Any] = {
        "file": file,
        "format": one.format,
        "seconds": round(one.seconds, 3),
        "error": one.error,
    }
    if one.reading is None:
        return row
    document, outline = one.reading.document, one.reading.outline
    return row | {
        "title": squeeze(document.title),
        "doc_number": document.doc_number,
        "issuers": list(document.issuers),
        "issued": document.issued.isoformat() if document.issued else None,
        "clauses": len(outline.clauses),
        "kinds": dict(Counter(clause.kind for clause in outline)),
        "findings": [f"{f.kind}: {f.detail}" for f in outline.findings],
    }
