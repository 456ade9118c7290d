"""The table of measures as its page shows it: filters as chips, sorted rows, what to drop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from corpus.errors import InputError
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from server.assistant import Assistant
from server.calculating import can_be_calculated
from server.entitlements import entitlement_json, most_of, rows_wanted
from server.filtering import Filters, read_filters
from server.finding import documents_named, label_of
from server.fitting.shown import cap_words
from server.picked import name_of

__all__ = [
    "FIELDS",
    "PER_PAGE",
    "Table",
    "chips",
    "export_url",
    "filters_in",
    "table",
    "url_of",
    "ways_out",
]

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
#: Rows on one page.
PER_PAGE = 100
#: An export of more documents than these is named by no address.
_MOST_NAMED = 200
#: Documents in force come first.
_STATES = ("in_force", "unknown", "not_yet")


@dataclass(frozen=True, slots=True)
class Table:
    """One page of the rows that fit, under their documents; sorted they are one group."""

    groups: list[Json]
    count: int
    page: int
    pages: int
    first: int
    last: int


def filters_in(assistant: Assistant, given: Mapping[str, str]) -> Filters:
    """The filters of an address."""
    return read_filters(
        assistant,
        _documents(assistant.index, given.get("document", "")),
        given.get("area"),
        given.get("stage"),
        given.get("subject"),
        given.get("at_least"),
        bool(given.get("in_force")),
        given.get("as_of"),
    )


def _documents(index: ClauseIndex, text: str) -> list[str]:
    """The ids of the documents that a text names: one by its id or 文号, or all that words find."""
    if not text:
        return []
    found = [document.id for document in documents_named(index, text)]
    if not found or len(found) > _MOST_NAMED:
        many = (
            f"有 {len(found)} 份文件，请写得更具体 / {len(found)} documents, say more of the name"
        )
        none = f"库内没有这份文件 / no such document: {text[:80]!r}"
        raise InputError(many if found else none, field="document")
    return found


def export_url(index: ClauseIndex, given: Mapping[str, str], kind: str) -> str:
    """The address of the rows that fit as a file, which names documents by their ids."""
    values = [(name, value) for name, value in given.items() if value and name != "document"]
    # What is wrong with it the page says.
    with suppress(InputError):
        values += [("document", name) for name in _documents(index, given.get("document", ""))]
    return "/api/entitlements/export?" + urlencode([*values, ("format", kind)])


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
        found = documents_named(assistant.index, value)
        value = (found[0].doc_number or label_of(found[0])) if len(found) == 1 else value
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


def table(assistant: Assistant, filters: Filters, sort: str, falling: bool, page: int = 1) -> Table:
    """The rows that fit, in their order, as many as one page holds."""
    rows = list(rows_wanted(assistant.index, filters.wanted))
    sorted_by = sort if sort in _SORTS else ""
    rows = _in_order(assistant.index, rows, sorted_by, falling, filters)
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(page, pages)
    start = (page - 1) * PER_PAGE
    shown = [_row(assistant, row, filters) for row in rows[start : start + PER_PAGE]]
    whole = Counter(row.address.document for row in rows)
    groups = [{"document": None, "rows": shown}] if sorted_by else _by_document(shown, whole)
    return Table(groups if rows else [], len(rows), page, pages, start + 1, start + len(shown))


def _in_order(
    index: ClauseIndex, rows: list[Entitlement], sort: str, falling: bool, filters: Filters
) -> list[Entitlement]:
    """Rows by what they are sorted by, those without it last; else documents in force first."""
    if not sort:
        state = {
            name: index.document(name).validity(filters.day).status
            for name in {row.address.document for row in rows}
        }
        places = {name: _STATES.index(s) if s in _STATES else 9 for name, s in state.items()}
        return sorted(rows, key=lambda row: places[row.address.document])
    if sort == "area":
        keyed: list[tuple[Any, Entitlement]] = [
            (index.document(row.address.document).area, row) for row in rows
        ]
    else:
        key = most_of if sort == "amount" else _rate
        keyed = [(key(row), row) for row in rows]
    known = sorted((k for k in keyed if k[0] is not None), key=lambda k: k[0], reverse=falling)
    return [row for _, row in known] + [row for key, row in keyed if key is None]


def _rate(row: Entitlement) -> Decimal | None:
    """The rate of a measure, the highest of its tiers."""
    return row.rate.value if row.rate else max((t.rate.value for t in row.tiers), default=None)


def _by_document(rows: Sequence[Json], whole: Mapping[str, int]) -> list[Json]:
    """Rows under their documents, each with how many it has on all pages."""
    found: dict[str, Json] = {}
    for row in rows:
        name = row["document"]
        group = found.setdefault(name, {"document": row, "rows": [], "count": whole[name]})
        group["rows"].append(row)
    return list(found.values())


def _row(assistant: Assistant, row: Entitlement, filters: Filters) -> Json:
    shown = entitlement_json(assistant.index, row, filters.day)
    return shown | {
        "name": name_of(assistant.index, row),
        "figures": list(_figures(shown)),
        "rates": list(_rates(shown)),
        "can_calculate": can_be_calculated(row),
    }


def _rates(shown: Json) -> Iterator[tuple[str, ...]]:
    """The rate with what it is of, or its tiers; words of ours, then their values."""
    if shown["rate"]:
        yield "{}", shown["rate"]["text"]
    for tier in shown["tiers"]:
        ends = [end["text"] for end in (tier["from"], tier["to"]) if end]
        words = ("{}起 " if tier["from"] else "") + ("到{} " if tier["to"] else "")
        yield words + "{}", *ends, tier["rate"]["text"]


def _figures(shown: Json) -> Iterator[tuple[str, ...]]:
    """Amounts and caps, each with what it holds for: no figure stands alone."""
    if shown["amount"]:
        most = "最高{}" if shown["at_most"] and not shown["caps"] else "{}"
        each = shown["each"] or ""
        own = shown["amount"]["text"]
        yield most, f"{'' if each in own or len(each) > _LONGEST_EACH else each}{own}"
    for increment in shown["increments"]:
        yield "另加{}：{}", increment["text"], increment["event"]
    for cap in shown["caps"]:
        yield cap_words(cap | {"text": "{}"}), cap["text"]
