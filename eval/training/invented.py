"""Questions on invented documents, for learning alone: no gold question is asked of them.

Eleven small libraries of seven documents each, written for this in the form of real ones; no
amount in them is that of a real policy. Each question has the clauses that answer it, whole articles
where the answer is spread over one, or none. ``everyday`` has more questions on single clauses of
six of them, in the words of those who ask, for the encoder alone: what the encoder has learned says
little on how to weigh it, so the weights are learned from the other five.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.address import Address
from eval.gold import GoldError
from eval.sets import GoldSet
from eval.variant import DEFAULT
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["Question", "everyday", "invented"]

_FOLDER = Path(__file__).parent / "invented"


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what was asked before it, the clauses that answer it, and of what kind it is."""

    text: str
    earlier: tuple[str, ...]
    addresses: tuple[Address, ...]
    kind: str


def invented() -> Iterator[tuple[str, Assistant, list[Question]]]:
    """Open each library, with its questions; raise GoldError for a clause that is not there."""
    for folder in sorted(path for path in _FOLDER.iterdir() if path.is_dir()):
        gold = GoldSet(folder.name, folder / "questions.jsonl", folder / "corpus")
        assistant = gold.open(Settings(), DEFAULT)
        yield folder.name, assistant, list(_read(gold.gold, assistant))


def everyday(name: str) -> list[Question]:
    """Return further questions on one library, each with the clause that answers it, if any."""
    path = _FOLDER / name / "everyday.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [
        Question(values["question"], (), (Address.parse(values["address"]),), "everyday")
        for values in map(json.loads, lines)
    ]


def _read(path: Path, assistant: Assistant) -> Iterator[Question]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        values = json.loads(line)
        addresses = tuple(map(Address.parse, values["addresses"]))
        for address in addresses:
            reading = assistant.index.readings.get(address.document)
            if reading is None or address.path not in reading.outline:
                raise GoldError(f"{path}:{number}: 没有这一条 / no such clause: {address}")
        earlier = tuple(values.get("conversation", ()))
        yield Question(values["question"], earlier, addresses, values["kind"])
