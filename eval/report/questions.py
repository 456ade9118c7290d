"""One question as the report shows it: what was expected and what was found, side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from eval.outcome import Outcome
from eval.report.clauses import Clauses, Shown, counts
from eval.report.marking import marked, number, spelled

__all__ = ["Question", "Row", "failure_kinds", "has_failed", "question_views"]

#: A set that is only searched is judged by the first row of which it has measures.
_SEARCHED = (("complete@5", "document_recall@5", "verbatim@3"), ("recall@10",))
#: Hits shown, and characters of each, for a question that failed and for one that did not.
_ROOM = {True: (10, 400), False: (3, 120)}
_DEPTH = 10
_EXPECTED_ROOM = 800


@dataclass(frozen=True, slots=True)
class Row:
    """One expected or found clause; ``hit`` says that it was found, or was expected."""

    clause: Shown
    text: Markup
    hit: bool
    cited: bool
    rank: int | None = None
    score: float | None = None
    found_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """An outcome with its clauses looked up and its words marked.

    ``further`` are the hits behind those shown; ``move`` is ``lost`` or ``gained`` since the run
    compared with; ``forbidden`` are the figures that the answer must not state and does;
    ``facts`` are the facts by their first spelling, and whether each is stated.
    """

    outcome: Outcome
    anchor: str
    failed: bool
    kinds: tuple[str, ...]
    move: str
    answer: Markup
    expected: tuple[Row, ...]
    found: tuple[Row, ...]
    further: tuple[Row, ...]
    forbidden: tuple[str, ...]
    facts: tuple[tuple[str, bool], ...]


def question_views(
    outcomes: Sequence[Outcome], clauses: Clauses, comparison: Mapping[str, object] | None
) -> tuple[Question, ...]:
    """Return all questions, those that failed first."""
    moves: dict[str, str] = {}
    for move in ("lost", "gained"):
        keys = (comparison or {}).get(move)
        moves |= dict.fromkeys(keys if isinstance(keys, (list, tuple)) else (), move)
    views = [
        _view(outcome, f"q{row}", clauses, moves.get(outcome.key, ""))
        for row, outcome in enumerate(outcomes, 1)
    ]
    return tuple(sorted(views, key=lambda view: not view.failed))


def has_failed(outcome: Outcome) -> bool:
    """Whether a user could not rely on the answer, or the search did not find what it should."""
    if outcome.error:
        return True
    if "right" in outcome.values:
        return outcome.values["right"] < 1
    return _badly_found(outcome)


def failure_kinds(outcome: Outcome) -> tuple[str, ...]:
    """Name all that is wrong with an outcome; an answer may be right in spite of its retrieval."""
    values = outcome.values
    wrong = {
        "status": outcome.status != outcome.expected_status and not outcome.error,
        "facts": bool(outcome.missing) and not outcome.error,
        "citations": values.get("citation_recall", 1.0) < 1 and not outcome.error,
        "figures": bool(values.get("forbidden_figures") or values.get("unsupported_figures")),
        "retrieval": _badly_found(outcome),
        "error": bool(outcome.error),
    }
    return tuple(kind for kind, is_wrong in wrong.items() if is_wrong)


def _badly_found(outcome: Outcome) -> bool:
    for names in _SEARCHED:
        measured = [outcome.values[name] for name in names if name in outcome.values]
        if measured:
            return min(measured) < 1
    return False


def _view(outcome: Outcome, anchor: str, clauses: Clauses, move: str) -> Question:
    failed = has_failed(outcome)
    depth, room = _ROOM[failed or bool(move)]
    facts = [spelled(words) for fact in outcome.facts for words in fact]
    forbidden = _forbidden(outcome)
    bad = [*map(number, outcome.unsupported), *map(spelled, forbidden)]
    found = _found(outcome, clauses, facts, room)
    return Question(
        outcome,
        anchor,
        failed,
        failure_kinds(outcome),
        move,
        marked(outcome.answer, {"fact": facts, "bad": bad}),
        _expected(outcome, clauses, facts),
        found[:depth],
        found[depth:],
        forbidden,
        tuple((fact[0], fact[0] not in outcome.missing) for fact in outcome.facts),
    )


def _forbidden(outcome: Outcome) -> tuple[str, ...]:
    """The forbidden figures that are stated; sources and notes of an answer state nothing."""
    if not outcome.values.get("forbidden_figures"):
        return ()
    return tuple(figure for figure in outcome.forbid if spelled(figure).search(outcome.answer))


def _expected(
    outcome: Outcome, clauses: Clauses, facts: Sequence[re.Pattern[str]]
) -> tuple[Row, ...]:
    """The expected clauses, with the rank at which each was found first."""
    names = [hit.address for hit in outcome.found[:_DEPTH]]
    rows = []
    for name in outcome.expected:
        ranks = [rank for rank, found in enumerate(names, 1) if counts(name, found)]
        cited = any(counts(name, other) for other in outcome.cited)
        shown = clauses.find(outcome.set, name)
        quotes = [spelled(q) for n, q in outcome.quotes.items() if counts(name, n)]
        text = marked(shown.text, {"quote": quotes, "fact": facts}, _EXPECTED_ROOM)
        rows.append(Row(shown, text, bool(ranks), cited, ranks[0] if ranks else None))
    return tuple(rows)


def _found(
    outcome: Outcome, clauses: Clauses, facts: Sequence[re.Pattern[str]], room: int
) -> tuple[Row, ...]:
    rows = []
    for rank, hit in enumerate(outcome.found[:_DEPTH], 1):
        shown = clauses.find(outcome.set, hit.address)
        quote = outcome.quotes.get(hit.address)
        # A fact is looked for only where it should stand: 30% stands in many clauses.
        wanted = any(counts(name, hit.address) for name in outcome.expected)
        words = {"quote": [spelled(quote)] if quote else [], "fact": facts if wanted else []}
        text = marked(shown.text, words, room)
        cited = hit.address in outcome.cited
        rows.append(Row(shown, text, wanted, cited, rank, hit.score, hit.found_by))
    return tuple(rows)
