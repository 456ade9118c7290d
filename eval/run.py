"""Run a gold set against the product and write what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from corpus.address import Address
from corpus.errors import PolicyError
from eval.gold import GoldQuestion
from eval.measures import Outcome, failed, judge, summarise
from retriever.query import Query
from server.assistant import Assistant

__all__ = ["Run", "below_floor", "run_gold", "write_report"]

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Run:
    """All outcomes of one run with their summary, over all and by question type."""

    summary: dict[str, float | int]
    by_type: dict[str, dict[str, float | int]]
    outcomes: tuple[Outcome, ...]
    fingerprints: dict[str, str]


def run_gold(
    questions: Sequence[GoldQuestion],
    assistant: Assistant,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Ask every question and judge the answers."""
    outcomes = []
    for number, gold in enumerate(questions, 1):
        outcomes.append(_ask(gold, assistant, today))
        if progress:
            progress(number, len(questions))
    types = sorted({outcome.type for outcome in outcomes})
    return Run(
        summarise(outcomes),
        {name: summarise([o for o in outcomes if o.type == name]) for name in types},
        tuple(outcomes),
        {
            "index": assistant.index.manifest.fingerprint,
            "embedder": assistant.index.manifest.embedder,
        },
    )


def _ask(gold: GoldQuestion, assistant: Assistant, today: date) -> Outcome:
    query = Query(gold.question, gold.as_of or today, _DEPTH, gold.area)
    try:
        answer = assistant.ask(query)
        hits = [hit.passage.address for hit in assistant.retrieve(query).hits]
    except PolicyError as error:
        return failed(gold, error.message)
    return judge(gold, hits, answer, _sources(assistant, [c.address for c in answer.citations]))


def _sources(assistant: Assistant, addresses: Sequence[Address]) -> dict[Address, str]:
    readings = assistant.index.readings
    return {a: readings[a.document].outline.text(a.path) for a in addresses}


def below_floor(run: Run, floor: Path) -> list[str]:
    """Return the measures that miss the floor written in a JSON file of bounds.

    ``{"recall@5": {"min": 0.92}, "false_refusals": {"max": 0.05}}``
    """
    misses = []
    for name, bound in json.loads(floor.read_text("utf-8")).items():
        value = run.summary[name]
        if value < bound.get("min", value) or value > bound.get("max", value):
            misses.append(f"{name} = {value}, 要求 / floor {bound}")
    return misses


def write_report(run: Run, folder: Path) -> Path:
    """Write summary.json and outcomes.jsonl into a folder; return the summary's path."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = {"summary": run.summary, "by_type": run.by_type, "fingerprints": run.fingerprints}
    path = folder / "summary.json"
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    with (folder / "outcomes.jsonl").open("w", encoding="utf-8") as lines:
        for outcome in run.outcomes:
            lines.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
    return path
