"""The layout of ncp-policies: whole policy texts, questions with their answers word for word.

Each text becomes a file of a corpus of its own, so that the product's reading of it is measured
together with the search.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import tomlkit

from corpus.address import Address, ClausePath
from corpus.catalogue import CATALOGUE_FILE, digest_of
from corpus.outline import Outline
from eval.external.records import (
    CORPUS,
    QUERIES,
    Progress,
    Question,
    Record,
    ask_each,
    bad_line,
    read_records,
)
from eval.outcome import Found, Outcome, Values
from eval.ranking import DEPTHS, Ranking, ranking_values
from eval.run import DEPTH
from eval.variant import Variant
from indexer.readings import Reading
from server.assembly import Say
from server.assistant import Assistant
from server.settings import Settings

__all__ = ["NcpSet", "holds_answer"]

#: Rises when the same texts are to be written in another way.
_FORMAT = 1
_VERBATIM = "answer_verbatim_in_doc"


@dataclass(frozen=True, slots=True)
class NcpSet:
    """Questions over a folder with corpus.jsonl and queries.jsonl."""

    name: str
    folder: Path

    def run(
        self,
        settings: Settings,
        variant: Variant,
        today: date,
        progress: Progress | None = None,
        say: Say | None = None,
    ) -> tuple[Assistant, tuple[Outcome, ...]]:
        """Write the corpus, open the product over it and ask every question."""
        corpus, documents = self._corpus(settings.home)
        records = self._queries(documents)
        chosen = settings.model_copy(update={"corpus": corpus, "index": None})
        assistant = variant.open(chosen, say)
        questions = [
            Question(r.id, r.texts["text"], (Record.safe(r.texts["doc"]),)) for r in records
        ]
        outcomes = ask_each(self.name, questions, assistant, today, DEPTH, progress)
        return assistant, _measured(outcomes, records, assistant.index.readings)

    def _corpus(self, home: Path) -> tuple[Path, frozenset[str]]:
        """The folder of the texts as files, written where it is not there yet, and their ids."""
        records = list(read_records(self.folder / CORPUS, "id", ("title", "text")))
        digest = hashlib.sha256(f"{_FORMAT}\0{digest_of(self.folder / CORPUS)}".encode())
        target = home / "eval" / f"{self.name}-{digest.hexdigest()[:12]}"
        if not target.is_dir():
            _write_corpus(records, target)
        return target, frozenset(record.id for record in records)

    def _queries(self, documents: frozenset[str]) -> list[Record]:
        path = self.folder / QUERIES
        records = list(read_records(path, "id", ("text", "answer", "doc")))
        for record in records:
            if Record.safe(record.texts["doc"]) not in documents:
                unknown = f"语料中没有 / not in the corpus: {record.texts['doc']}"
                raise bad_line(path, record.line, unknown)
        return records


def holds_answer(answer: str, found: Sequence[Found], readings: Mapping[str, Reading]) -> bool:
    """Whether the words of an answer stand in the clauses found, marks and blanks aside.

    They may stand in one clause, its parts included, or run over several of the same document:
    so the clauses of a document are also read together, in its order.
    """
    wanted = _words(answer)
    paths: dict[str, list[ClausePath]] = {}
    for hit in found:
        address = Address.parse(hit.address)
        paths.setdefault(address.document, []).append(address.path)
    return bool(wanted) and any(
        wanted in text for name in paths for text in _texts(readings[name].outline, paths[name])
    )


def _texts(outline: Outline, paths: Sequence[ClausePath]) -> list[str]:
    """What each clause says, and last what all of them say in document order."""
    apart = [p for p in paths if not any(o != p and o.contains(p) for o in paths)]
    together = [_words(_printed(outline, c.path)) for c in outline if c.path in apart]
    return [*together, "".join(together)]


def _printed(outline: Outline, path: ClausePath) -> str:
    clause = outline[path]
    return f"{clause.marker}{clause.title or ''}\n{outline.text(path)}"


def _words(text: str) -> str:
    """A text without blanks and punctuation, in one width."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(c for c in normal if unicodedata.category(c)[0] not in "PZC")


def _measured(
    outcomes: Sequence[Outcome], records: Sequence[Record], readings: Mapping[str, Reading]
) -> tuple[Outcome, ...]:
    ranks = ranking_values({o.id: _by_document(o) for o in outcomes})
    measured = []
    for outcome, record in zip(outcomes, records, strict=True):
        values = {f"document_{name}": value for name, value in ranks[outcome.id].items()}
        if _VERBATIM in record.flags:
            values |= _verbatim(record.texts["answer"], outcome.found, readings)
        values["errors"] = float(outcome.error is not None)
        measured.append(replace(outcome, values=values))
    return tuple(measured)


def _by_document(outcome: Outcome) -> Ranking:
    """The documents found, each once, at the place of its best clause."""
    found = dict.fromkeys(Address.parse(hit.address).document for hit in outcome.found)
    return outcome.expected, [{name} & set(outcome.expected) for name in found]


def _verbatim(answer: str, found: Sequence[Found], readings: Mapping[str, Reading]) -> Values:
    return {f"verbatim@{k}": float(holds_answer(answer, found[:k], readings)) for k in DEPTHS}


def _write_corpus(records: Iterable[Record], target: Path) -> None:
    """Write the texts as files with a catalogue, beside the place and renamed into it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        entries = []
        for number, record in enumerate(records, 1):
            # Numbers, since an id may be longer than the name of a file.
            path = part / f"{number:06}.txt"
            title = " ".join(record.texts["title"].split())
            path.write_text(f"{title}\n{record.texts['text']}\n", "utf-8")
            entry = {"id": record.id, "file": path.name, "sha256": digest_of(path)}
            entries.append(entry | ({"title": title} if title else {}))
        (part / CATALOGUE_FILE).write_text(tomlkit.dumps({"document": entries}), "utf-8")
        part.rename(target)
    except OSError:
        # Another run may have been faster; what it wrote is the same.
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
