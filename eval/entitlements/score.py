"""Found rows against gold rows: aligned, then compared field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from eval.entitlements.figures import Figure, figure_of, quantity_of
from eval.entitlements.rows import FIELDS, FIGURES, TEXTS, GoldRow, Ground
from indexer.entitlements.entitlement import Entitlement, Span
from server.checks import squeeze

__all__ = ["Failure", "Score", "score"]

Verdict = Literal["right", "wrong", "empty"]

#: How much of the characters must be shared. What an event or a subject is made of is a matter of
#: judgement (with its conditions or without); of a noun (资金奖励, 每人) the kernel is enough.
_SHARED = {"event": 0.5, "subject": 0.5}
_KERNELS = ("form", "each", "frequency")


@dataclass(frozen=True, slots=True)
class Failure:
    """A field that was not read as it should be; ``field`` is "" for a row that is too much."""

    id: str
    field: str
    verdict: str
    gold: str
    found: str


@dataclass(slots=True)
class Score:
    """``stated`` counts the verdicts on fields that the gold row fills, ``silent`` on the rest."""

    gold_rows: int = 0
    found_rows: int = 0
    matched: int = 0
    stated: dict[str, Counter[str]] = field(default_factory=lambda: {f: Counter() for f in FIELDS})
    silent: dict[str, Counter[str]] = field(default_factory=lambda: {f: Counter() for f in FIELDS})
    failures: list[Failure] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take up what another document scored."""
        self.gold_rows += other.gold_rows
        self.found_rows += other.found_rows
        self.matched += other.matched
        self.failures += other.failures
        for name in FIELDS:
            self.stated[name] += other.stated[name]
            self.silent[name] += other.silent[name]

    @property
    def values(self) -> dict[str, float]:
        """The shares: of all fields, of those that the gold rows fill, and of rows."""
        stated = sum(self.stated.values(), Counter[str]())
        every = stated + sum(self.silent.values(), Counter[str]())
        return {
            "field_accuracy": _share(every["right"], every.total()),
            "wrong_share": _share(every["wrong"], every.total()),
            "stated_accuracy": _share(stated["right"], stated.total()),
            "stated_wrong_share": _share(stated["wrong"], stated.total()),
            "row_recall": _share(self.matched, self.gold_rows),
            "row_precision": _share(self.matched, self.found_rows),
        }


def score(gold: Sequence[GoldRow], found: Sequence[Entitlement], ground: Ground) -> Score:
    """Score the rows of one document."""
    pairs = _pairs(gold, found, ground)
    total = Score(len(gold), len(found), len(pairs))
    for number, row in enumerate(gold):
        one = found[pairs[number]] if number in pairs else None
        for name in FIELDS:
            verdict = _verdict(name, row, one, ground) if one else "empty"
            stated = bool(row.values[name])
            (total.stated if stated else total.silent)[name][verdict] += 1
            if verdict != "right" and (one or name == "event"):
                total.failures.append(_failure(row, name, verdict, one, ground))
    for index in sorted(set(range(len(found))) - set(pairs.values())):
        words = " … ".join(s.text for s in found[index].event)
        total.failures.append(Failure(str(found[index].address), "", "extra", "", words))
    return total


def _pairs(gold: Sequence[GoldRow], found: Sequence[Entitlement], ground: Ground) -> dict[int, int]:
    """Which found row belongs to which gold row, so that together they are most alike."""
    if not gold or not found:
        return {}
    alike = np.array([[_alike(row, one, ground) for one in found] for row in gold])
    chosen = zip(*linear_sum_assignment(alike, maximize=True), strict=True)
    return {int(g): int(f) for g, f in chosen if alike[g, f] > 0}


def _alike(row: GoldRow, one: Entitlement, ground: Ground) -> float:
    """How alike two rows are: 0 if neither their events nor their main figures meet."""
    event = _overlap("event", row, one, ground)
    if row.address and row.address != one.address and not event:
        return 0.0
    main = [name for name in ("rate", "amount", "tiers") if row.values[name]]
    same = bool(main) and all(_verdict(n, row, one, ground) == "right" for n in main)
    caps = bool(row.values["caps"]) and _verdict("caps", row, one, ground) == "right"
    near = bool(row.address) or _overlap("base", row, one, ground) > 0
    if event < 0.1 and not (same and near):
        return 0.0
    kernels = [n for n in ("subject", "form") if _verdict(n, row, one, ground) == "right"]
    return event + 0.5 * same + 0.3 * caps + 0.05 * len(kernels)


def _verdict(name: str, row: GoldRow, one: Entitlement, ground: Ground) -> Verdict:
    wanted, given = row.values[name], getattr(one, name)
    if not wanted or not given:
        return "right" if bool(wanted) == bool(given) else "wrong" if given else "empty"
    if name in TEXTS:
        right = _overlap(name, row, one, ground) >= _SHARED.get(name, 0.6)
    elif name in FIGURES:
        right = figure_of(wanted) == quantity_of(given)
    else:
        right = name == "at_most" or Counter(_wanted(name, wanted)) == Counter(_given(name, given))
    return "right" if right else "wrong"


def _overlap(name: str, row: GoldRow, one: Entitlement, ground: Ground) -> float:
    """Shared characters over all characters; over those of the shorter text for a kernel."""
    spans = _several(getattr(one, name))
    found = {i for span in spans for i in ground.place(span)}
    pieces = _pieces(row.values[name])
    wanted: set[int] = set()
    for piece in pieces:
        places = ground.quoted(piece, row.address)
        wanted |= set(max(places, key=lambda r: len(found.intersection(r)), default=range(0)))
    if not found or not wanted:
        return 0.0
    texts = ["".join(_text(p, ground) for p in pieces), "".join(squeeze(s.text) for s in spans)]
    if texts[0] == texts[1] or (
        name in _KERNELS and (texts[0] in texts[1] or texts[1] in texts[0])
    ):
        return 1.0
    return len(found & wanted) / len(found | wanted)


def _wanted(name: str, values: Sequence[Any]) -> Iterator[tuple[object, ...]]:
    """The figures of a list of a gold row."""
    for value in values:
        if name == "tiers":
            yield tuple(_maybe(v) for v in value)
        elif name == "caps":
            yield (figure_of(value[0]), *value[1:])
        elif name == "bounds":
            yield (value[1], figure_of(value[2]))
        else:
            yield (figure_of(value[1]),)


def _given(name: str, values: Sequence[Any]) -> Iterator[tuple[object, ...]]:
    """The figures of a list of a found row, in the form of ``_wanted``."""
    for value in values:
        if name == "tiers":
            yield tuple(q and quantity_of(q) for q in (value.low, value.high, value.rate))
        elif name == "caps":
            yield (quantity_of(value.quantity), value.scope, value.yearly)
        elif name == "bounds":
            yield (value.relation, quantity_of(value.quantity))
        else:
            yield (quantity_of(value.amount),)


def _maybe(text: str | None) -> Figure | None:
    return None if text is None else figure_of(text)


def _pieces(value: Any) -> list[Any]:
    """The pieces of a text: one or several, as quotes or as pairs of characters."""
    if not isinstance(value, list):
        return [value] if value else []
    return [value] if value and isinstance(value[0], int) else value


def _several(value: Any) -> tuple[Span, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _text(piece: Any, ground: Ground) -> str:
    return squeeze(piece) if isinstance(piece, str) else ground.text[slice(*piece)]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _failure(
    row: GoldRow, name: str, verdict: str, one: Entitlement | None, ground: Ground
) -> Failure:
    if one is None:
        words = " … ".join(_text(piece, ground) for piece in row.values["event"])
        return Failure(row.id, "", "missing", words, "")
    wanted, given = row.values[name], getattr(one, name)
    if name in TEXTS:
        gold = " … ".join(_text(piece, ground) for piece in _pieces(wanted))
        return Failure(row.id, name, verdict, gold, " … ".join(s.text for s in _several(given)))
    if name in FIGURES:
        return Failure(row.id, name, verdict, str(wanted or ""), given.span.text if given else "")
    found = given if name == "at_most" else [_printed(v) for v in _given(name, given)]
    return Failure(row.id, name, verdict, str(wanted), str(found))


def _printed(values: tuple[object, ...]) -> str:
    parts = (f"{v.value.normalize():f}{v.unit}" if isinstance(v, Figure) else v for v in values)
    return " ".join(map(str, parts))
