"""Everyday questions over national laws, in the BEIR layout.

``python -m eval.training.laws LAWS OUT [ARTICLES]`` reads the laws (``national.tar.xz`` with its
``manifest.jsonl``) and writes OUT/lay-questions, to learn from, and OUT/lay-check, to check on:
7,200 and 98 questions of our own, no article in both. ARTICLES bounds the passages of each; those
that a question is about are always among them.
"""

from __future__ import annotations

import json
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import LoadError
from indexer.read import entry_of_file, read_source

__all__ = ["Article", "main", "read_articles", "write_set"]

_QUESTIONS = ("lay-questions", "lay-check")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law; ``id`` is the file's stem and the article's path."""

    id: str
    law: str
    text: str


def read_articles(folder: Path) -> list[Article]:
    """Read every article of the laws that have not expired."""
    manifest = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    files = [law["file"] for law in map(json.loads, manifest) if not law["expired"]]
    with tempfile.TemporaryDirectory() as place:
        with tarfile.open(folder / "national.tar.xz") as archive:
            archive.extractall(place, filter="data")
        articles = (article for file in files for article in _articles(Path(place) / file))
        # A law may be there twice under one name.
        return list({article.id: article for article in articles}.values())


def write_set(articles: Sequence[Article], questions: Path, out: Path, most: int) -> None:
    """Write a set in the BEIR layout with at most so many passages."""
    asked = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    wanted = {name for question in asked for name in question["articles"]}
    order = np.random.default_rng(0).permutation(len(articles))
    ranked = sorted((articles[i] for i in order), key=lambda a: a.id not in wanted)
    (out / "qrels").mkdir(parents=True, exist_ok=True)
    _write(
        out / "corpus.jsonl", [{"_id": a.id, "title": a.law, "text": a.text} for a in ranked[:most]]
    )
    _write(
        out / "queries.jsonl",
        [{"_id": f"q{n}", "text": question["question"]} for n, question in enumerate(asked)],
    )
    judged = [f"q{n}\t{name}\t1" for n, q in enumerate(asked) for name in q["articles"]]
    (out / "qrels" / "test.tsv").write_text("\n".join(judged) + "\n", "utf-8")


def main(laws: str, out: str, most: str = "1000000") -> None:
    """Write both sets."""
    articles = read_articles(Path(laws))
    for name in _QUESTIONS:
        write_set(articles, Path(__file__).with_name(f"{name}.jsonl"), Path(out) / name, int(most))


def _articles(path: Path) -> list[Article]:
    try:
        reading = read_source(entry_of_file(path))
    except LoadError:
        return []
    paths = dict.fromkeys(
        clause.path.article for clause in reading.outline if clause.path.steps[0].rank == "art"
    )
    return [
        Article(f"{path.stem}#{article}", reading.document.title, reading.outline.text(article))
        for article in paths
    ]


def _write(path: Path, lines: Sequence[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
