"""The table of measures as its page shows it: filters as chips, sorted rows, what to drop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from server.assistant import Assistant
from server.calculating import can_be_calculated
from server.entitlements import entitlement_json, most_of, rows_wanted
from server.filtering import Filters, read_filters
from server.fitting.shown import cap_words
from server.picked import name_of

__all__ = ["FIELDS", "chips", "filters_in", "groups", "url_of", "ways_out"]

Json = dict[str, Any]

#: The filters in the order of the form, by the names that they have in addresses.
FIELDS = ("subject", "document", "area", "stage", "at_least", "in_force")
_LABELS = {
    "subject": "词", "document": "文件", "area": "地区", "stage": "阶段",
    "at_least": "不少于", "in_force": "现行有效",
}  # fmt: skip
#: What an amount is for is said with it up to this length.
_LONGEST_EACH = 6
_SORTS = ("amount", "rate", "area")


def filters_in(assistant: Assistant, given: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    names = [given["document"]] if given.get("document") else []
    return read_filters(
        assistant,
        names,
        given.get("area"),
        given.get("stage"),
        given.get("subject"),
        given.get("at_least"),
        bool(given.get("in_force")),
        given.get("as_of"),
    )


def url_of(given: Mapping[str, str], path: str = "/measures", /, **changed: str | None) -> str:
    """The address of the page with some values changed, None to leave them out."""
    values: dict[str, str | None] = {**given, **changed}
    kept = {name: value for name, value in values.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


def chips(assistant: Assistant, given: Mapping[str, str]) -> list[Json]:
    """The filters that are set, each with the address without it."""
    return [
        {
            "name": name,
            "text": _said(assistant, name, given[name]),
            "url": url_of(_without(given, name)),
        }
        for name in FIELDS
        if given.get(name)
    ]


def _without(given: Mapping[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in given.items() if key != name}


def _said(assistant: Assistant, name: str, value: str) -> str:
    if name == "in_force":
        return "只要现行有效或待核"
    if name == "document":
        known = assistant.index.readings.get(value)
        value = (known.document.doc_number or known.document.title) if known else value
    return f"{_LABELS[name]}：{value}{'万元' if name == 'at_least' else ''}"


def ways_out(assistant: Assistant, given: Mapping[str, str]) -> list[Json]:
    """Where nothing is left: which filter to drop, and how many measures come back."""
    found = []
    for name in FIELDS:
        if not given.get(name):
            continue
        without = _without(given, name)
        wanted = filters_in(assistant, without).wanted
        count = sum(1 for _ in rows_wanted(assistant.index, wanted))
        if count:
            said = _said(assistant, name, given[name])
            found.append({"text": said, "count": count, "url": url_of(without)})
    return sorted(found, key=lambda way: way["count"])


def groups(assistant: Assistant, filters: Filters, sort: str, falling: bool) -> list[Json]:
    """The rows under their documents; sorted they are one group."""
    index = assistant.index
    rows = [_row(assistant, row, filters) for row in rows_wanted(index, filters.wanted)]
    if sort in _SORTS:
        known = [row for row in rows if row["sort"][sort] is not None]
        rest = [row for row in rows if row["sort"][sort] is None]
        known.sort(key=lambda row: row["sort"][sort], reverse=falling)
        return [{"document": None, "rows": known + rest}] if rows else []
    return list(_by_document(rows))


def _by_document(rows: list[Json]) -> Iterator[Json]:
    """Rows under their documents, those in force first."""
    order = ("in_force", "unknown", "not_yet")
    state = {row["document"]: row["validity"]["status"] for row in rows}
    for name in sorted(state, key=lambda n: order.index(state[n]) if state[n] in order else 9):
        own = [row for row in rows if row["document"] == name]
        yield {"document": own[0], "rows": own}


def _row(assistant: Assistant, row: Any, filters: Filters) -> Json:
    shown = entitlement_json(assistant.index, row, filters.day)
    rate = row.rate.value if row.rate else max((t.rate.value for t in row.tiers), default=None)
    return shown | {
        "name": name_of(assistant.index, row),
        "figures": list(_figures(shown)),
        "rates": list(_rates(shown)),
        "can_calculate": can_be_calculated(row),
        "sort": {"amount": most_of(row), "rate": rate, "area": shown["area"]},
    }


def _rates(shown: Json) -> Iterator[str]:
    """The rate with what it is of, or its tiers."""
    if shown["rate"]:
        yield shown["rate"]["text"]
    for tier in shown["tiers"]:
        low = f"{tier['from']['text']}起 " if tier["from"] else ""
        high = f"到{tier['to']['text']} " if tier["to"] else ""
        yield f"{low}{high}{tier['rate']['text']}"


def _figures(shown: Json) -> Iterator[str]:
    """Amounts and caps, each with what it holds for: no figure stands alone."""
    if shown["amount"]:
        most = "最高" if shown["at_most"] and not shown["caps"] else ""
        each = shown["each"] or ""
        own = shown["amount"]["text"]
        yield f"{most}{'' if each in own or len(each) > _LONGEST_EACH else each}{own}"
    for increment in shown["increments"]:
        yield f"另加{increment['text']}：{increment['event']}"
    for cap in shown["caps"]:
        yield cap_words(cap)
