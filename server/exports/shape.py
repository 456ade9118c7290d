"""The shape of an answer that a client sends in: bounded, and without what is not part of it.

It is not known to be ours. Nothing of it is trusted: no links, no markup, no field of another name.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InputError

__all__ = [
    "MOST_TEXT",
    "SentAnswer",
    "SentCalculation",
    "SentCell",
    "SentCitation",
    "SentClaim",
    "SentColumn",
    "SentComparison",
    "SentRow",
    "SentTrace",
    "SentValidity",
    "read_answer",
]

#: Characters of all texts together: setting a page takes time.
MOST_TEXT = 200_000

Short = Annotated[str, Field(max_length=400)]
Line = Annotated[str, Field(max_length=4_000)]
Passage = Annotated[str, Field(max_length=40_000)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Number = Annotated[int, Field(ge=1, le=999)]
Numbers = Annotated[list[Number], Field(max_length=100)]


class _Sent(BaseModel):
    """What is not named in a shape is dropped."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class SentClaim(_Sent):
    """A statement with the numbers of its citations."""

    text: Passage
    citations: Numbers = Field(default_factory=list)


class SentValidity(_Sent):
    """When a document holds."""

    status: Literal["in_force", "not_yet", "expired", "repealed", "unknown"] = "unknown"
    start: Day | None = Field(None, alias="from")
    to: Day | None = None


class SentCitation(_Sent):
    """A numbered reference."""

    n: Number
    title: Short
    doc_number: Short | None = None
    label: Short = ""
    address: Short = ""
    quote: Passage = ""
    page: Annotated[int, Field(ge=1, le=99_999)] | None = None
    authority: Literal["normative", "informational"] = "normative"
    validity: SentValidity | None = None


class SentCalculation(_Sent):
    """A sum with its working."""

    display: Line = ""
    steps: list[SentClaim] = Field(default_factory=list, max_length=200)
    assumptions: list[Line] = Field(default_factory=list, max_length=50)
    missing: list[Line] = Field(default_factory=list, max_length=50)


class SentColumn(_Sent):
    """A side of a comparison."""

    name: Short
    label: Short = ""
    citation: Number | None = None


class SentCell(_Sent):
    """One field of one side."""

    text: Passage | None = None
    higher: bool = False


class SentRow(_Sent):
    """A field with what each side has of it."""

    field: Short
    cells: list[SentCell] = Field(max_length=20)


class SentComparison(_Sent):
    """Measures side by side."""

    columns: list[SentColumn] = Field(max_length=20)
    rows: list[SentRow] = Field(max_length=60)
    notes: list[Line] = Field(default_factory=list, max_length=50)


class SentTrace(_Sent):
    """The fingerprints of an answer."""

    index: Short | None = None
    embedder: Short | None = None
    prompt: Short | None = None
    model: Short | None = None


class SentAnswer(_Sent):
    """An answer as ``/api/ask`` gives it."""

    question: Line
    as_of: Day
    status: Literal["answered", "not_stated", "informational", "refused"]
    answer: Passage = ""
    claims: list[SentClaim] = Field(default_factory=list, max_length=200)
    citations: list[SentCitation] = Field(default_factory=list, max_length=200)
    calculation: SentCalculation | None = None
    comparison: SentComparison | None = None
    notes: list[Line] = Field(default_factory=list, max_length=100)
    mode: Literal["extractive", "generative"] = "extractive"
    trace: SentTrace = SentTrace()


def read_answer(value: Any) -> SentAnswer:
    """Take an answer in; raise InputError where it is none, or too large."""
    try:
        answer = SentAnswer.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])[:80]
        raise InputError(
            f"这不是一份回答 / not an answer: {place}: {first['msg'][:120]}", field="answer"
        ) from error
    if len(answer.model_dump_json()) > MOST_TEXT:
        raise InputError("回答过长，无法导出 / the answer is too large", field="answer")
    return answer
