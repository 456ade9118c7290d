"""The page of the library: which documents fit a search and filters, in which order, on which page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from corpus.document import Document
from corpus.wording import label
from indexer.lexical import terms
from retriever.query import Query
from server.assistant import Assistant
from server.present import document_json, document_url

__all__ = [
    "FILTERS",
    "LONGEST_SEARCH",
    "PER_PAGE",
    "SORTS",
    "Shelf",
    "named",
    "page_in",
    "shelf_of",
]

Json = dict[str, Any]

LONGEST_SEARCH = 200
PER_PAGE = 40
#: The fields of the form that choose documents.
FILTERS = ("area", "status", "authority", "kind")
SORTS = {"": "相关或入库顺序", "new": "成文从新到旧", "old": "成文从旧到新", "title": "标题"}
STATUSES = ("in_force", "not_yet", "expired", "repealed", "unknown")
#: Clauses that a search looks at, and how many of one document are shown.
_CLAUSES, _SHOWN = 80, 3
#: The share of a search's words, the rare ones counting more, that a clause must hold.
_SHARE = 0.5
#: Characters shown of a clause before and behind what was found.
_BEFORE, _BEHIND = 24, 56
_BARE = re.compile(r"[\s〔〕\[\]（）()【】《》〈〉“”\"'·,，、。:：]+")


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the documents that fit, with what the form offers."""

    rows: list[Json]
    count: int
    total: int
    page: int
    pages: int
    given: Mapping[str, str]
    choices: Mapping[str, Sequence[tuple[str, int]]]

    def url(self, **changed: str | int) -> str:
        """The address of the same search with something changed; other pages begin anew."""
        values = {k: v for k, v in self.given.items() if k != "page"} | changed
        query = urlencode({name: value for name, value in values.items() if value})
        return "/documents" + (f"?{query}" if query else "")


def shelf_of(assistant: Assistant, given: Mapping[str, str], day: date) -> Shelf:
    """Find the documents that fit; an unknown value of a filter fits none."""
    every = assistant.index.documents
    fitting = [d for d in every if _fits(d, given, day)]
    words = given.get("q", "")
    hits: dict[str, list[Json]] = {}
    if words:
        hits = _hits(assistant, words, fitting, len(fitting) < len(every), day)
        fitting = _found(fitting, words, hits)
    fitting = _sorted(fitting, given.get("sort", ""))
    pages = max(1, -(-len(fitting) // PER_PAGE))
    page = min(page_in(given), pages)
    shown = fitting[(page - 1) * PER_PAGE : page * PER_PAGE]
    rows = [document_json(d, day) | {"hits": hits.get(d.id, [])[:_SHOWN]} for d in shown]
    return Shelf(rows, len(fitting), len(every), page, pages, given, _choices(every, day))


def page_in(given: Mapping[str, str]) -> int:
    """The page that an address asks for."""
    text = given.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _fits(document: Document, given: Mapping[str, str], day: date) -> bool:
    own = {"area": document.area, "kind": document.kind, "authority": document.authority}
    if any(given.get(name) not in (None, value) for name, value in own.items()):
        return False
    status = given.get("status")
    # What is no policy is not in force, nor out of it.
    return status is None or (
        document.authority == "normative" and document.validity(day).status == status
    )


def _choices(
    documents: Iterable[Document], day: date
) -> dict[str, Sequence[tuple[str, int]]]:  # fmt: skip
    """What each filter offers, and how many documents of the library have it."""
    areas, kinds = Counter[str](), Counter[str]()
    states, authorities = Counter[str](), Counter[str]()
    for document in documents:
        areas.update([document.area] if document.area else [])
        kinds.update([document.kind] if document.kind else [])
        authorities[document.authority] += 1
        if document.authority == "normative":
            states[document.validity(day).status] += 1
    return {
        "area": sorted(areas.items()),
        "kind": kinds.most_common(),
        "status": [(name, states[name]) for name in STATUSES if states[name]],
        "authority": sorted(authorities.items(), reverse=True),
    }


def _plain(text: str) -> str:
    return _BARE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _found(documents: Sequence[Document], words: str, hits: Mapping[str, Any]) -> list[Document]:
    """Those named by the words, then those whose clauses hold them, the best first."""
    own = named(documents, words)
    ids = {d.id for d in own}
    by_id = {d.id: d for d in documents}
    return own + [by_id[name] for name in hits if name not in ids]


def named(documents: Iterable[Document], words: str) -> list[Document]:
    """The documents whose titles, 文号 and issuers hold all of some words."""
    wanted = [plain for word in words.split() if (plain := _plain(word))]
    return [d for d in documents if wanted and _is_named(d, wanted)]


def _is_named(document: Document, wanted: Sequence[str]) -> bool:
    names = (document.title, *document.titles, document.doc_number or "", *document.issuers)
    whole = "\n".join(map(_plain, names))
    return all(word in whole for word in wanted)


def _sorted(documents: list[Document], order: str) -> list[Document]:
    if order == "title":
        return sorted(documents, key=lambda d: d.title)
    if order not in ("new", "old"):
        return documents
    # Those without a date come last both ways.
    dated = [d for d in documents if d.issued]
    dated.sort(key=lambda d: d.issued or date.min, reverse=order == "new")
    return dated + [d for d in documents if not d.issued]


def _hits(
    assistant: Assistant, words: str, fitting: Sequence[Document], limited: bool, day: date
) -> dict[str, list[Json]]:
    """The clauses that hold most of the words, by document, the best document first."""
    retriever = assistant.retriever
    matter = terms(retriever.vocabulary.matter(words)) or terms(words)
    within = frozenset(d.id for d in fitting)
    if not within or not matter:
        return {}
    query = Query(words, day, _CLAUSES, documents=within if limited else None, sides=False)
    found: dict[str, list[Json]] = {}
    for hit in retriever.retrieve(query).hits:
        address, text = hit.passage.address, hit.passage.text
        if retriever.coverage(matter, hit.passage.whole) < _SHARE or address.document not in within:
            continue
        found.setdefault(address.document, []).append(
            {
                "label": label(address.path),
                "url": document_url(address.document, str(address.path)),
                "pieces": list(_snippet(" ".join(text.split()), words)),
            }
        )
    return found


def _snippet(text: str, words: str) -> Iterator[tuple[str, bool]]:
    """A part of a text in pieces, those that the words hold marked."""
    spans = list(_spans(text, _plain(words)))
    at = spans[0][0] if spans else 0
    first, last = max(0, at - _BEFORE), min(len(text), at + _BEHIND)
    yield ("…" if first else "", False)
    place = first
    for start, end in spans:
        if start >= last:
            break
        yield text[place:start], False
        yield text[start : min(end, last)], True
        place = min(end, last)
    yield text[place:last] + ("…" if last < len(text) else ""), False


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Runs of two characters or more that stand in the words too, the longest at each place."""
    place, lowered = 0, text.casefold()
    while place < len(text) - 1:
        end = place + 2
        if lowered[place:end] not in words:
            place += 1
            continue
        while end < len(text) and lowered[place : end + 1] in words:
            end += 1
        yield place, end
        place = end
