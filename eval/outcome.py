"""What became of one question: the record that everything else in the workbench reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Found", "Outcome", "Values"]

#: Measure name to value; a measure that does not apply to the question is absent.
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One retrieved clause, in rank order, with its fused score and the finders behind it."""

    address: str
    score: float
    found_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, what was expected of it, what the product did, and the measures of that.

    ``facts`` and ``forbid`` are those of the gold question, ``missing`` the facts (each by its
    first spelling) that the answer does not state. ``quotes`` maps each cited clause to the
    passage quoted. ``confidence`` is the retriever's, 0 to 1; ``forced`` says whether the answer
    would be right were nothing ever refused for lack of confidence (None where even then nothing
    is answered), for the risk-coverage curve. Times are in milliseconds.
    """

    set: str
    id: str
    type: str
    question: str
    expected_status: str
    status: str
    conversation: tuple[str, ...] = ()
    as_of: str | None = None
    expected: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    cited: tuple[str, ...] = ()
    quotes: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    facts: tuple[tuple[str, ...], ...] = ()
    missing: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    unsupported: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)
    confidence: float | None = None
    forced: bool | None = None
    times: Mapping[str, float] = field(default_factory=dict)
    error: str | None = None
    note: str | None = None

    @property
    def key(self) -> str:
        """The name of the question over all sets."""
        return f"{self.set}/{self.id}"

    def as_json(self) -> dict[str, Any]:
        """Return plain values for a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Outcome:
        """Read back what ``as_json`` gave, lists for tuples."""
        read: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
        }
        read["found"] = tuple(
            Found(f["address"], f["score"], tuple(f["found_by"])) for f in values["found"]
        )
        read["facts"] = tuple(tuple(spellings) for spellings in values["facts"])
        return cls(**read)
