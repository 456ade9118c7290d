"""What users give, checked: dates, areas, documents, addresses. Errors name the field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.address import Address, ClausePath
from corpus.divisions import area_of, path_of
from corpus.errors import AbsentError, AddressError, DocumentError, InputError
from corpus.mentions import find_mentions, resolve
from corpus.outline import Outline
from corpus.wording import label
from indexer.clause_index import ClauseIndex
from indexer.docnumbers import normal_number

__all__ = [
    "check_document",
    "read_address",
    "read_area",
    "read_date",
    "read_documents",
    "read_forget",
]


def read_date(text: str | None, field: str = "as_of") -> date | None:
    """Read an ISO 8601 day; None or blank is none."""
    if text is None or not text.strip():
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(
            f"日期有误，应为 2026-11-24 这样的写法 / not a date (YYYY-MM-DD): {text[:40]!r}",
            field=field,
        ) from error


def read_area(text: str | None, index: ClauseIndex) -> str | None:
    """Read an area as documents name it: 广州 is 广州市, 天河区 is 广州市天河区; 高新区 is taken for
    重庆高新区 where that is the only one.

    A place that no document covers stays as given, and limits the search to nothing.
    """
    if text is None or not text.strip():
        return None
    name = text.strip()
    known = area_of(path_of(name)) if path_of(name) else name
    if known in index.areas and name not in index.areas:
        return known
    like = sorted(area for area in index.areas if name in area or area in name)
    return name if name in index.areas or len(like) != 1 else like[0]


def check_document(name: str, index: ClauseIndex) -> None:
    """Raise DocumentError where the index holds no document of this id."""
    if name not in index.readings:
        raise DocumentError(f"库内没有这份文件 / no such document: {name[:80]!r}", field="document")


def read_documents(names: Sequence[str], index: ClauseIndex) -> frozenset[str] | None:
    """Read document ids or 文号; none given is no limit."""
    found = set()
    for name in names:
        number = normal_number(name)
        match = next(
            (d.id for d in index.documents if name == d.id or (number and d.doc_number == number)),
            None,
        )
        if match is None:
            raise AbsentError(
                f"库内没有这份文件 / no such document: {name[:80]!r}", field="documents"
            )
        found.add(match)
    return frozenset(found) or None


def read_forget(forget: Sequence[str | int], turns: int) -> tuple[str | int, ...]:
    """Read what is to be forgotten of a conversation of some turns: texts, numbers of turns.

    A text that was not said, or is forgotten already, changes nothing.
    """
    for one in forget:
        if isinstance(one, int) and not 1 <= one <= turns:
            kind = InputError if one < 1 else AbsentError
            raise kind(
                f"此前没有第 {one} 个提问 / there is no question {one} before this one",
                field="forget",
            )
        if isinstance(one, str) and not one.strip():
            raise InputError("forget 里有空白 / a blank text to forget", field="forget")
    return tuple(one.strip() if isinstance(one, str) else one for one in forget)


def read_address(text: str, index: ClauseIndex) -> Address:
    """Read a machine address, or a document with a label, as references are printed.

    渝府办发〔2025〕56号第（十）条, 《…办法》（渝高新发〔2024〕31号）第五条, 《…通知》附件1表1第3行.
    """
    if "#" in text:
        address = Address.parse(text.strip())
        index.clause(address)
        return address
    number = normal_number(text)
    documents = [d for d in index.documents if number and d.doc_number == number]
    documents = documents or [d for d in index.documents if any(t in text for t in d.titles)]
    tail = re.sub(r"^.*?号|《[^》]*》", "", text) if documents else text
    for document in documents:
        words = tail
        for title in sorted(document.titles, key=len, reverse=True):
            words = words.replace(title, "")
        words = re.sub(r"^[\s）)》]+|\s+", "", words)
        if path := _labelled(words, index.readings[document.id].outline):
            return Address(document.id, path)
    raise AddressError(f"没有这一条款 / no such clause: {text[:120]!r}", field="address")


def _labelled(words: str, outline: Outline) -> ClausePath | None:
    """The clause that a label names: as it is printed, or as people write it."""
    printed = [clause.path for clause in outline if label(clause.path) == words]
    if len(printed) == 1:
        return printed[0]
    for mention in find_mentions(words):
        path = resolve(mention, outline)
        if path and mention.words == words:
            return path
    return None
