"""Official DOCX against a reference that names the articles of each, made without this reader."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.outline import Clause, Outline
from eval.parse_bench.articles import headings_above, item_labels, paragraph_count, whole_text
from eval.parse_bench.result import Difference, Figure, Progress, Result, share
from eval.parse_bench.timed import Attempt, Shelf
from server.checks import squeeze

__all__ = ["measure_docx"]

#: What is compared of each article, in the order shown.
_ASPECTS = ("headings", "head", "items", "paragraphs", "tail", "length")
#: What depends on where an article ends.
_TO_THE_END = _ASPECTS[2:]
#: The reference runs its last article on to the end of the file, annexes and notes included: one
#: that is longer there than what was read is listed, and not compared as to its end.
_BEHIND = "behind_last_article"


def measure_docx(folder: Path, shelf: Shelf, progress: Progress) -> Result:
    """Read every document of ``truth.json`` and compare it article by article."""
    truth = json.loads((folder / "truth.json").read_text("utf-8"))
    differences: list[Difference] = []
    for number, document in enumerate(truth, 1):
        one = shelf.read(folder / document["docx"])
        differences += _compare(document, one)
        progress(number, len(truth))
    return Result(_figures(truth, differences), tuple(differences))


def _figures(
    truth: Sequence[Mapping[str, Any]], differences: Sequence[Difference]
) -> dict[str, Figure]:
    articles = sum(len(document["articles"]) for document in truth)
    unlike = {d.file for d in differences if d.measure in ("unreadable", "article_list")}
    wrong = Counter(d.measure for d in differences)
    unread = [d for d in differences if d.measure == "unreadable"]
    # What is not read is not right: the articles of an unreadable file are lost for all shares.
    lost = wrong["article"] + sum(int(d.expected or 0) for d in unread)
    return {
        "documents": len(truth),
        "unreadable": len(unread),
        "same_article_list": share(len(truth) - len(unlike), len(truth)),
        "articles": articles,
        "articles_found": share(articles - lost, articles),
        "last_articles_not_compared": wrong[_BEHIND],
        **{f"same_{a}": _aspect_share(a, articles, lost, wrong) for a in _ASPECTS},
        "titles_equal": share(len(truth) - len(unread) - wrong["title"], len(truth)),
    }


def _aspect_share(aspect: str, articles: int, lost: int, wrong: Mapping[str, int]) -> Figure:
    compared = articles - (wrong[_BEHIND] if aspect in _TO_THE_END else 0)
    return share(compared - lost - wrong[aspect], compared)


def _compare(document: Mapping[str, Any], one: Attempt) -> Iterator[Difference]:
    file = document["docx"]
    if one.reading is None:
        yield Difference(file, "", "unreadable", len(document["articles"]), one.error)
        return
    if squeeze(document["title"]) != squeeze(one.reading.document.title):
        yield Difference(file, "", "title", document["title"], one.reading.document.title)
    outline = one.reading.outline
    expected = [squeeze(number) for number in document["article_numbers"]]
    found = [squeeze(article.marker) for article in outline.articles]
    if expected != found:
        yield Difference(file, "", "article_list", len(expected), len(found))
    yield from _articles(file, document["articles"], outline)


def _articles(
    file: str, references: Sequence[Mapping[str, Any]], outline: Outline
) -> Iterator[Difference]:
    """Pair the n-th 第X条 of the reference with the n-th read, and compare each pair."""
    left: dict[str, list[Clause]] = defaultdict(list)
    for article in outline.articles:
        left[squeeze(article.marker)].append(article)
    for reference in references:
        same = left[squeeze(reference["no"])]
        if not same:
            yield Difference(file, reference["no"], "article", reference["head"], None)
            continue
        last = reference is references[-1]
        yield from _aspects(file, reference, outline, same.pop(0), last)
    for label, spare in left.items():
        for article in spare:
            text = whole_text(outline, article)[:24]
            yield Difference(file, label, "extra_article", None, text)


def _aspects(
    file: str, reference: Mapping[str, Any], outline: Outline, article: Clause, last: bool
) -> Iterator[Difference]:
    text = whole_text(outline, article)
    head, tail = squeeze(reference["head"]), squeeze(reference["tail"])
    pairs: dict[str, tuple[str | int, str | int]] = {
        "headings": (_path(reference["path"]), _path(headings_above(article))),
        "items": ("".join(reference["items"]), "".join(item_labels(outline, article))),
        "paragraphs": (reference["n_paras"], paragraph_count(outline, article)),
        "head": (head, text[: len(head)]),
        "tail": (tail, text[-len(tail) :] if tail else ""),
        "length": (reference["chars"], len(text)),
    }
    swallowed = last and reference["chars"] > len(text)
    if swallowed:
        yield Difference(file, reference["no"], _BEHIND, reference["chars"], len(text))
    for aspect in _ASPECTS[:2] if swallowed else _ASPECTS:
        expected, found = pairs[aspect]
        if expected != found:
            yield Difference(file, reference["no"], aspect, expected, found)


def _path(headings: Sequence[str]) -> str:
    return " > ".join(squeeze(heading) for heading in headings)
