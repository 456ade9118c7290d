"""The filters of the table of measures, the same for JSON, files and the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from fastapi import Query, Request

from corpus.errors import InputError
from server.assistant import Assistant
from server.describing.fields import AsOf, AtLeast, Stages
from server.entitlements import Wanted
from server.inputs import read_area, read_date, read_documents
from server.live import assistant_of
from server.sums.alone import SCALES

__all__ = ["Filters", "filters_of", "read_filters", "read_value"]

#: More digits than these are no amount of money.
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Filters:
    """Which measures, and the day that validity is judged for."""

    wanted: Wanted
    day: date


def filters_of(
    request: Request,
    document: Annotated[list[str] | None, Query(description="文件 id 或文号，可重复")] = None,
    area: Annotated[str | None, Query(description="地区，如 重庆高新区")] = None,
    stage: Stages = None,
    subject: Annotated[str | None, Query(description="支持对象或事项中的词，空格表示同时")] = None,
    at_least: AtLeast = None,
    in_force: Annotated[bool, Query(description="只要判断日现行有效或有效性待核的")] = False,
    as_of: AsOf = None,
    authority: Annotated[
        Literal["normative", "informational", "all"], Query(description="新闻、解读不作依据")
    ] = "normative",
) -> Filters:
    """Read the filters of a request."""
    assistant = assistant_of(request)
    return read_filters(
        assistant, document or [], area, stage, subject, at_least, in_force, as_of, authority
    )


def read_filters(
    assistant: Assistant,
    document: list[str],
    area: str | None,
    stage: str | None,
    subject: str | None,
    at_least: str | None,
    in_force: bool,
    as_of: str | None,
    authority: str = "normative",
) -> Filters:
    """Check the filters; a wrong one is named."""
    index = assistant.index
    day = read_date(as_of) or date.today()
    least = read_value(at_least, "at_least")
    wanted = Wanted(
        documents=read_documents(document, index),
        area=read_area(area, index),
        stage=stage,
        subject=subject or None,
        authority=None if authority == "all" else authority,  # type: ignore[arg-type]
        at_least=None if least is None else least * SCALES["万元"],
        in_force=day if in_force else None,
    )
    return Filters(wanted, day)


def read_value(text: str | None, field: str) -> Decimal | None:
    """Read a figure that somebody typed: plain digits, a point, grouping commas; none is None."""
    plain = (text or "").strip().replace(",", "").replace("，", "")
    if not plain:
        return None
    try:
        value = Decimal(plain) if len(plain) <= _LONGEST else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0 or "E" in plain.upper():
        raise InputError(f"请只填数字，例如 6800 / digits only: {(text or '')[:40]!r}", field=field)
    return value
