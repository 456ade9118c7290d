"""Gold questions: read, checked against the corpus before any score is given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from corpus.address import Address
from corpus.errors import AddressError, PolicyError
from indexer.readings import Reading
from server.answer import Status

__all__ = ["GoldError", "GoldQuestion", "bundled_gold", "load_gold"]


class GoldError(PolicyError):
    """A gold file cannot be used; the message names every problem."""

    code = "bad_gold"


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what its answer must cite, state and avoid.

    ``facts`` holds, for each fact, the spellings of which one must occur; ``conversation`` the
    questions before a follow-up, oldest first.
    """

    id: str
    question: str
    type: str
    status: Status
    addresses: tuple[Address, ...]
    facts: tuple[tuple[str, ...], ...]
    forbid: tuple[str, ...]
    as_of: date | None = None
    area: str | None = None
    conversation: tuple[str, ...] = ()
    note: str | None = None


def bundled_gold() -> Path:
    """Return the folder of the gold sets that the project ships with."""
    return Path(__file__).parent / "gold"


def load_gold(path: Path, readings: Mapping[str, Reading]) -> tuple[GoldQuestion, ...]:
    """Load a gold file, or all of a folder; every address must exist in the corpus."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise GoldError(f"找不到金标题集 / no gold set at {path}", field="gold")
    questions: list[GoldQuestion] = []
    problems: list[str] = []
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                question = _question(json.loads(line))
                problems += (
                    f"{file.name}:{number}: 语料中没有 / not in the corpus: {address}"
                    for address in question.addresses
                    if address.document not in readings
                    or address.path not in readings[address.document].outline
                )
                questions.append(question)
            except (ValueError, KeyError, TypeError, AddressError) as error:
                problems.append(f"{file.name}:{number}: {type(error).__name__}: {error}")
    names = [question.id for question in questions]
    problems += [f"{n}: 编号重复 / id used twice" for n in sorted(set(names)) if names.count(n) > 1]
    if problems:
        raise GoldError("金标题集有误 / bad gold set:\n" + "\n".join(problems), field="gold")
    return tuple(questions)


def _question(values: dict[str, object]) -> GoldQuestion:
    expect = values["expect"]
    if not isinstance(expect, dict):
        raise TypeError("expect must be an object")
    if expect["status"] not in get_args(Status):
        raise ValueError(f"unknown status {expect['status']!r}")
    problem = _problem(expect)
    if problem:
        raise ValueError(problem)
    as_of, area, note = values.get("as_of"), values.get("area"), values.get("note")
    conversation: Any = values.get("conversation", [])
    if not _are_texts(conversation):
        raise ValueError("conversation must be a list of texts")
    return GoldQuestion(
        id=str(values["id"]),
        question=str(values["question"]),
        type=str(values["type"]),
        status=expect["status"],
        addresses=tuple(Address.parse(address) for address in expect["addresses"]),
        facts=tuple(tuple(spellings) for spellings in expect["facts"]),
        forbid=tuple(expect.get("forbid", ())),
        as_of=date.fromisoformat(str(as_of)) if as_of else None,
        area=str(area) if area else None,
        conversation=tuple(map(str, conversation)),
        note=str(note) if note else None,
    )


def _problem(expect: Mapping[str, Any]) -> str | None:
    """Say what is wrong with the expectation of a question, or None."""
    facts, forbid = expect["facts"], expect.get("forbid", [])
    if not isinstance(facts, list) or not all(_are_texts(fact) and fact for fact in facts):
        return "facts must be a list of non-empty lists of spellings"
    if not _are_texts(forbid):
        return "forbid must be a list of texts"
    if (expect["status"] == "refused") == bool(expect["addresses"]):
        return "a refusal has no addresses, every other answer has some"
    return None


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(v, str) and v for v in values)
