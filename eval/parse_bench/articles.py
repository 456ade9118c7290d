"""What a reading says of its articles, in the forms that references are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import ClausePath
from corpus.outline import Clause, Finding, Outline
from server.checks import squeeze

__all__ = ["breaks", "headings_above", "item_labels", "paragraph_count", "remarked", "whole_text"]

#: Findings that say nothing of the numbers.
_BESIDE_NUMBERING = frozenset({"empty", "missing_metadata"})
#: Takes （一）, (十二), （ 三 ）; refuses （1）, （见附件） and 一、.
_ITEM = re.compile(r"[（(]([零〇一二三四五六七八九十百]+)[）)]")


def whole_text(outline: Outline, article: Clause) -> str:
    """Return all words of an article but its number, without white space; no tables."""
    own = (article.title or "") + article.text
    inner = (part.marker + (part.title or "") + part.text for part in _parts(outline, article))
    return squeeze(own + "".join(inner))


def paragraph_count(outline: Outline, article: Clause) -> int:
    """Return how many paragraphs an article is printed in: 款, 项 and 目 each are one."""
    clauses = (article, *_parts(outline, article))
    return max(1, sum(_lines(clause) for clause in clauses))


def _lines(clause: Clause) -> int:
    lines = [line for line in clause.text.split("\n") if line.strip()]
    # The number stands on a line with the title or, without one, with the first words.
    return len(lines) + 1 if clause.title else max(len(lines), bool(clause.marker and lines))


def item_labels(outline: Outline, article: Clause) -> tuple[str, ...]:
    """Return the labels （一）, （二）… of an article in order, in full-width brackets."""
    markers = (_ITEM.fullmatch(squeeze(part.marker)) for part in _parts(outline, article))
    return tuple(f"（{match[1]}）" for match in markers if match)


def headings_above(article: Clause) -> tuple[str, ...]:
    """Return the headings that an article stands under, without white space.

    The line of an article with a title ends its headings; it is no heading above it.
    """
    headings = article.headings
    if article.title and headings:
        own = squeeze(article.marker + article.title)
        headings = headings[:-1] if squeeze(headings[-1]) == own else headings
    return tuple(squeeze(heading) for heading in headings)


def _parts(outline: Outline, article: Clause) -> tuple[Clause, ...]:
    beneath = outline.under(article.path)[1:]
    return tuple(clause for clause in beneath if clause.kind != "table")


def breaks(outline: Outline) -> Iterator[tuple[Clause, str]]:
    """Yield each article that does not follow on the one before, with what was expected.

    A first article of each text is 1; 第二条 or 第一条之一 may follow 第一条.
    """
    last: dict[ClausePath | None, tuple[int, int]] = {}
    for article in outline.articles:
        step = article.path.steps[-1]
        number, branch = last.get(article.path.parent, (0, 0))
        here = (step.number, step.branch)
        if step.rank != "art":
            yield article, f"art{number + 1}"
            continue
        if here not in ((number + 1, 0), (number, branch + 1)):
            yield article, f"art{number + 1}"
        last[article.path.parent] = here


def remarked(outline: Outline, clause: Clause) -> bool:
    """Tell whether a finding speaks of the number of this very clause."""
    return any(_speaks(finding, clause) for finding in outline.findings)


def _speaks(finding: Finding, clause: Clause) -> bool:
    if finding.kind in _BESIDE_NUMBERING:
        return False
    here = finding.line is not None and (finding.line, finding.page) == (clause.line, clause.page)
    return here or finding.path == clause.path
