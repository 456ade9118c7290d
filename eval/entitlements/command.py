"""Read the documents of the gold rows, score them, print tables."""

from __future__ import annotations

import argparse
import hashlib
import importlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from corpus.catalogue import bundled_corpus
from corpus.document import Document
from corpus.outline import Outline
from eval.entitlements.rows import FIELDS, GoldRow, Ground, load_rows
from eval.entitlements.score import Score, score
from eval.external.records import CORPUS, read_records
from eval.gold import GoldError, bundled_gold
from indexer.build import read_corpus
from indexer.entitlements.entitlement import Entitlement
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading
from server.checks import squeeze
from server.console import complain, print_json, write

__all__ = ["main", "score_rows"]

Reader = Callable[[Document, Outline], tuple[Entitlement, ...]]
#: A document as read, with the text of the record that it was made from, if it was.
Text = tuple[Reading, str | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Score both files of gold rows; those without their texts are left out, saying so."""
    parser = argparse.ArgumentParser(prog="python -m eval.entitlements", description=__doc__)
    parser.add_argument("--json", action="store_true", help="JSON 输出 / print JSON")
    parser.add_argument("--failures", action="store_true", help="列出错漏 / list what is not right")
    parser.add_argument(
        "--ncp", type=Path, metavar="FOLDER", help="ncp-policies 的文件夹 / its folder"
    )
    options = parser.parse_args(arguments)
    folder = bundled_gold() / "entitlements"
    other = load_rows(folder / "other-policies.jsonl")
    corpora = Path(__file__).parents[1] / "corpora"
    scores = {
        "five-sources": score_rows(
            load_rows(folder / "five-sources.jsonl"), _texts(bundled_corpus())
        ),
        "other": score_rows([r for r in other if r.address], _texts(corpora / "other")),
    }
    records = [row for row in other if not row.address]
    if options.ncp and (options.ncp / CORPUS).is_file():
        scores["ncp"] = score_rows(records, dict(_records(records, options.ncp / CORPUS)))
    else:
        complain(
            f"缺少 ncp-policies，略过 / no ncp-policies (--ncp), left out: {len(records)} rows"
        )
    if options.json:
        print_json({name: _plain(one, options.failures) for name, one in scores.items()})
        return 0
    for name, one in scores.items():
        _write(name, one, options.failures)
    return 0


def score_rows(
    rows: Sequence[GoldRow], texts: Mapping[str, Text], read: Reader | None = None
) -> Score:
    """Score the documents of gold rows; of others nothing is known."""
    read = read or _reader()
    total = Score()
    for name in dict.fromkeys(row.document for row in rows):
        if name not in texts:
            raise GoldError(f"语料中没有 / not in the corpus: {name}", field="gold")
        reading, record = texts[name]
        ground = Ground.of(reading.outline, record)
        gold = [row for row in rows if row.document == name]
        total.add(score(gold, read(reading.document, reading.outline), ground))
    return total


def _reader() -> Reader:
    reader: Reader = importlib.import_module("indexer.entitlements").entitlements_of
    return reader


def _texts(folder: Path) -> dict[str, Text]:
    return {name: (reading, None) for name, reading in read_corpus(folder)[0].items()}


def _records(rows: Sequence[GoldRow], path: Path) -> Iterator[tuple[str, Text]]:
    """The records of gold rows, each read as the file that it becomes in a corpus."""
    wanted = {row.document: row.sha256 for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        for record in read_records(path, "id", ("title", "text")):
            if record.id not in wanted:
                continue
            text = squeeze(record.texts["text"])
            if hashlib.sha256(text.encode()).hexdigest() != wanted[record.id]:
                raise GoldError(
                    f"原文有变 / another text than the rows': {record.id}", field="gold"
                )
            file, title = Path(folder) / "text.txt", " ".join(record.texts["title"].split())
            file.write_text(f"{title}\n{record.texts['text']}\n", "utf-8")
            entry = replace(entry_of_file(file), id=record.id, title=title or None)
            yield record.id, (read_source(entry), text)


def _plain(one: Score, failures: bool) -> dict[str, object]:
    rows = {"gold_rows": one.gold_rows, "found_rows": one.found_rows, "matched": one.matched}
    fields = {
        name: {"stated": dict(one.stated[name]), "silent": dict(one.silent[name])}
        for name in FIELDS
    }
    listed = {"failures": [asdict(f) for f in one.failures]} if failures else {}
    return {**rows, **one.values, "fields": fields, **listed}


def _write(name: str, one: Score, failures: bool) -> None:
    write(f"{name}: {one.gold_rows} gold rows, {one.found_rows} found, {one.matched} matched")
    write("  " + "  ".join(f"{key} {value:.3f}" for key, value in one.values.items()))
    write(
        f"  {'field':<12} {'stated: right wrong empty':>27}  {'not stated: right wrong empty':>30}"
    )
    for key in FIELDS:
        counts = [c[key][v] for c in (one.stated, one.silent) for v in ("right", "wrong", "empty")]
        write(f"  {key:<12} {counts[0]:>15}{counts[1]:>6}{counts[2]:>6}  {counts[3]:>18}{counts[4]:>6}{counts[5]:>6}")  # fmt: skip
    for failure in one.failures if failures else ():
        write(
            f"  {failure.id} {failure.field} {failure.verdict}: {failure.gold!r} | {failure.found!r}"
        )
    write()
