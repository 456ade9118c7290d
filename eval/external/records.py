"""What sets made by others share: reading their lines, safe names, asking without answering."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

from corpus.errors import InputError, PolicyError
from eval.outcome import Outcome
from eval.run import hits_of, in_turn
from retriever.query import Query
from server.assistant import Assistant

__all__ = ["CORPUS", "QUERIES", "Question", "Record", "ask_each", "bad_line", "read_records"]

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"

Progress = Callable[[int, int], None]

# What cannot stand in the id of a document, and the mark that brings it back.
_UNSAFE = re.compile(r'[%#/\\:*?"<>|\s\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a file: its number, the id as a document may bear it, and its texts.

    >>> Record.safe("NFCorpus/MED#10")
    'NFCorpus%2FMED%2310'
    """

    line: int
    id: str
    texts: dict[str, str]
    flags: frozenset[str] = frozenset()

    @staticmethod
    def safe(name: str) -> str:
        """Return a name that can be the id of a document; ``urllib.parse.unquote`` undoes it."""
        return _UNSAFE.sub(lambda match: quote(match[0], safe=""), name)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the ids of the documents that answer it."""

    id: str
    text: str
    expected: tuple[str, ...]


def bad_line(path: Path, line: int, problem: str) -> InputError:
    """Return an error that says where in a set something is wrong."""
    return InputError(f"题集有误 / bad set: {path}:{line}: {problem}", field="gold")


def read_records(
    path: Path, key: str, needed: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Record]:
    """Yield the records of a file of JSON lines; raise InputError for a bad or repeated one."""
    seen: dict[str, int] = {}
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                record = _record(number, line, key, needed, optional)
            except ValueError as error:
                raise bad_line(path, number, str(error)) from error
            first = seen.setdefault(record.id, number)
            if first != number:
                twice = f"编号已在第{first}行 / id used before in line {first}: {record.id}"
                raise bad_line(path, number, twice)
            yield record


def _record(
    number: int, line: bytes, key: str, needed: Sequence[str], optional: Sequence[str]
) -> Record:
    values = json.loads(line.decode("utf-8-sig"))
    if not isinstance(values, dict):
        raise ValueError("不是JSON对象 / not a JSON object")
    texts = {name: _text(values.get(name), name) for name in (key, *needed)}
    texts |= {name: _text(values.get(name) or "", name) for name in optional}
    if not texts[key].strip():
        raise ValueError(f"没有编号 / no id: {key!r}")
    flags = frozenset(name for name, value in values.items() if value is True)
    return Record(number, Record.safe(texts[key]), texts, flags)


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"缺少文字 / a text is needed: {name!r}")
    # A lone surrogate, which JSON can spell, raises here and not when it is written.
    value.encode()
    return value


def ask_each(
    name: str,
    questions: Sequence[Question],
    assistant: Assistant,
    today: date,
    depth: int,
    progress: Progress | None = None,
) -> tuple[Outcome, ...]:
    """Retrieve for every question of the set ``name``; nothing is answered or measured yet."""
    return in_turn(
        questions,
        lambda question: _ask(name, question, assistant, Query(question.text, today, depth)),
        assistant,
        today,
        progress,
    )


def _ask(name: str, question: Question, assistant: Assistant, query: Query) -> Outcome:
    base = Outcome(name, question.id, name, question.text, "", "", expected=question.expected)
    started = time.perf_counter()
    try:
        retrieval = assistant.retrieve(query)
    except PolicyError as error:
        return replace(base, error=error.message)
    took = round((time.perf_counter() - started) * 1000, 2)
    return replace(
        base,
        found=hits_of(retrieval),
        times={"retrieve": took, "total": took},
    )
