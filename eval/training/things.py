"""Check retriever/things.txt: ``python -m eval.training.things``.

Asks the questions of calibration/ and those on the invented documents, and prints as JSON how many
with and without an answer name a thing of which neither the first clauses nor those that answer it
speak, and for each question with an answer the things: where the clause calls one otherwise, its line
lacks a name, or is none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from corpus.address import Address
from eval.sets import bundled_sets
from eval.training.invented import invented
from eval.variant import DEFAULT
from retriever.missing import found_text, missing_things
from retriever.query import Query
from server.assistant import Assistant
from server.console import print_json
from server.settings import Settings

__all__ = ["main"]


def main() -> None:
    """Print what the questions show."""
    flagged: dict[str, list[str]] = {}
    counts = {"with_answer": 0, "flagged_with_answer": 0, "without": 0, "flagged_without": 0}
    for assistant, text, answerable, expected in _questions():
        found = assistant.retrieve(Query(text, date.today()))
        kind = "with_answer" if answerable else "without"
        counts[kind] += 1
        passages = (
            p for p in assistant.index.passages if any(a.contains(p.address) for a in expected)
        )
        known = "\n".join([found_text(found), *(p.whole for p in passages)])
        if things := missing_things(found, assistant.retriever, known):
            counts[f"flagged_{kind}"] += 1
            if answerable:
                flagged[text] = things
    print_json({**counts, "wrongly": flagged})


def _questions() -> Iterator[tuple[Assistant, str, bool, Sequence[Address]]]:
    """Each question with the assistant over its documents, whether it has an answer, and the clauses
    that are known to hold it."""
    for path in sorted((Path(__file__).parent / "calibration").glob("*.jsonl")):
        assistant = bundled_sets()[path.stem].open(Settings(), DEFAULT)
        for line in path.read_text("utf-8").splitlines():
            asked = json.loads(line)
            yield assistant, asked["question"], asked["answerable"], ()
    for _, assistant, questions in invented():
        for question in questions:
            text = assistant.read(question.text, question.earlier)
            yield assistant, text, bool(question.addresses), question.addresses


if __name__ == "__main__":
    main()
