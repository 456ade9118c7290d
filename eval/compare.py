"""Two runs over the same questions: what was gained, what was lost, and is it more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.measures import MEASURES, better
from eval.outcome import Outcome
from eval.runs import Run
from eval.statistics import Difference, holm, paired

__all__ = ["Comparison", "Row", "compare"]

#: What decides whether a question was gained or lost: the answer where there is one, else these.
_DECIDING = ("right", "complete@5", "verbatim@3", "document_recall@5", "recall@10")


@dataclass(frozen=True, slots=True)
class Row:
    """One measure, or one type of question, before and after.

    ``p_holm`` is the p value corrected for the other rows of its table.
    """

    name: str
    before: float
    after: float
    difference: Difference
    p_holm: float

    @property
    def worse(self) -> bool:
        """Whether the later run is worse, in the direction of the measure."""
        return self.difference.value * better(self.name) < 0

    @property
    def significant(self) -> bool:
        """Whether the change is more than chance at the 5 % level, corrected."""
        return self.p_holm < 0.05

    def as_json(self, key: str) -> dict[str, Any]:
        """Return plain values, the row's name under ``key``."""
        values = asdict(self.difference)
        return {
            key: self.name, "before": self.before, "after": self.after,
            "difference": values.pop("value"), **values, "p_holm": round(self.p_holm, 6),
            "worse": self.worse, "significant": self.significant,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """The later of two runs against the earlier one.

    ``unpaired`` counts questions that only one run has, or that were reworded in between.
    ``changed`` names the fingerprints that differ; ``lost`` and ``gained`` are the later run's
    outcomes.
    """

    against: str
    unpaired: int
    changed: tuple[str, ...]
    measures: tuple[Row, ...]
    by_type: tuple[Row, ...]
    lost: tuple[Outcome, ...]
    gained: tuple[Outcome, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON object."""
        return {
            "against": self.against,
            "unpaired": self.unpaired,
            "changed": list(self.changed),
            "measures": [row.as_json("measure") for row in self.measures],
            "by_type": [row.as_json("type") for row in self.by_type],
            "lost": [outcome.key for outcome in self.lost],
            "gained": [outcome.key for outcome in self.gained],
        }


def compare(before: Run, after: Run, measures: Sequence[str] = tuple(MEASURES)) -> Comparison:
    """Pair two runs by question."""
    earlier = {outcome.key: outcome for outcome in before.outcomes}
    pairs = [
        (earlier[outcome.key], outcome)
        for outcome in after.outcomes
        if outcome.key in earlier and _asked(earlier[outcome.key]) == _asked(outcome)
    ]
    moves = [(outcome, _move(first, outcome)) for first, outcome in pairs]
    return Comparison(
        before.name,
        len(earlier.keys() | {o.key for o in after.outcomes}) - len(pairs),
        tuple(
            name
            for name, value in after.fingerprints.items()
            if before.fingerprints.get(name) != value
        ),
        _all_rows(measures, pairs),
        _corrected(
            [
                row
                for kind in after.types
                if (row := _row(kind, [p for p in pairs if p[1].type == kind], _deciding(pairs)))
            ]
        ),
        tuple(outcome for outcome, move in moves if move < 0),
        tuple(outcome for outcome, move in moves if move > 0),
    )


def _asked(outcome: Outcome) -> tuple[object, ...]:
    """What must be the same for two outcomes to be of one question."""
    return outcome.question, outcome.conversation, outcome.as_of


def _deciding(pairs: Sequence[tuple[Outcome, Outcome]]) -> str:
    """The measure that most sums up these questions."""
    return next((n for n in _DECIDING if any(n in after.values for _, after in pairs)), "right")


def _move(before: Outcome, after: Outcome) -> float:
    name = _deciding([(before, after)])
    return after.values.get(name, 0.0) - before.values.get(name, 0.0)


def _row(name: str, pairs: Sequence[tuple[Outcome, Outcome]], measure: str) -> Row | None:
    values = [
        (first.values[measure], second.values[measure])
        for first, second in pairs
        if measure in first.values and measure in second.values
    ]
    if not values:
        return None
    before, after = [first for first, _ in values], [second for _, second in values]
    difference = paired(before, after)
    mean = [round(sum(column) / len(column), 4) for column in (before, after)]
    return Row(name, mean[0], mean[1], difference, difference.p)


def _all_rows(measures: Sequence[str], pairs: Sequence[tuple[Outcome, Outcome]]) -> tuple[Row, ...]:
    """A row a measure; a judge's grades are corrected apart, so as to move nothing else."""
    rows = [row for name in measures if (row := _row(name, pairs, name))]
    graded = [row for row in rows if row.name.startswith("judged_")]
    return (*_corrected([row for row in rows if row not in graded]), *_corrected(graded))


def _corrected(rows: Sequence[Row]) -> tuple[Row, ...]:
    corrected = holm([row.difference.p for row in rows])
    return tuple(
        Row(row.name, row.before, row.after, row.difference, p)
        for row, p in zip(rows, corrected, strict=True)
    )
