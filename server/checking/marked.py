"""References by machine address, and by the markers and the list of references of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from corpus.address import ClausePath
from corpus.errors import AddressError
from indexer.clause_index import ClauseIndex
from server.checking.place import Place

__all__ = ["addresses", "listed", "markers"]

_ADDRESS = re.compile(
    r"(?P<document>[^\s/#（）()，。；：、“”\"'\[\]<>《》]{1,200})#(?P<path>[a-z]+\d*(?:-\d+)?(?:\.[a-z]+\d*(?:-\d+)?)*)"
)
_LISTED = re.compile(r"(?m)^[ \t>*-]*\[(?P<n>\d{1,3})\](?!\()[ \t]*(?=\S)")
_MARKER = re.compile(r"\[(?P<n>\d{1,3})\](?!\()")
_PAGE = re.compile(r"[，,\s]*第\s*(\d{1,4})\s*页")


def addresses(text: str, index: ClauseIndex) -> Iterator[Place]:
    """Machine addresses, bare or in the link to a page."""
    for match in _ADDRESS.finditer(text):
        try:
            path = ClausePath.parse(match["path"])
        except AddressError:
            continue
        written = match["document"]
        # Words of a sentence may stand before an address without a gap.
        name = next((w for w in _suffixes(written) if w in index.readings), None)
        page = text[: match.start()].endswith("/documents/")
        if name is None and not page:
            continue
        cut = len(written) - len(name) if name and name in written else 0
        place = Place(match.start() + cut, match.end(), match[0][cut:], "clause")
        if name is None:
            reason = f"库内没有文件 {written[:60]}，没有核对"
            yield replace(place, problem="not_in_corpus", reason=reason)
        elif path in index.readings[name].outline:
            yield replace(place, document=name, path=path)
        else:
            title = index.document(name).title
            reason = f"《{title}》没有地址为 {path} 的条款"
            yield replace(place, document=name, problem="no_such_clause", reason=reason)


def _suffixes(written: str) -> Iterator[str]:
    yield unquote(written)
    yield from (written[at:] for at in range(len(written)))


def listed(text: str, places: list[Place]) -> list[Place]:
    """Give the first reference of each line of a reference list its number and its page."""
    lines = {match.end(): int(match["n"]) for match in _LISTED.finditer(text)}
    ends = {at: text.find("\n", at) if text.find("\n", at) >= 0 else len(text) for at in lines}
    taken: set[int] = set()
    result: list[Place] = []
    for place in places:
        line = next((at for at in lines if at <= place.start < ends[at]), None)
        if line is not None and line not in taken and place.start - line <= 4:
            taken.add(line)
            page = _PAGE.match(text, place.end)
            number = int(page[1]) if page else None
            place = replace(place, listed=lines[line], page=number)
        elif line in taken and place.kind == "clause" and _repeats(place, result[-1]):
            # The link behind a reference says the same once more.
            continue
        result.append(place)
    return result


def _repeats(place: Place, other: Place) -> bool:
    return place.named is None and place.address is not None and place.address == other.address


def markers(text: str, places: Sequence[Place]) -> Iterator[Place]:
    """The markers of a text that has a list of references."""
    known = {place.listed: place for place in places if place.listed is not None}
    heads = {match.start("n") - 1 for match in _LISTED.finditer(text) if int(match["n"]) in known}
    for match in _MARKER.finditer(text) if known else ():
        if match.start() in heads:
            continue
        meant = known.get(int(match["n"]))
        place = Place(match.start(), match.end(), match[0], "marker")
        if meant is None:
            reason = f"所附的依据里没有编号为 {match[0]} 的一条"
            yield replace(place, problem="unsure", reason=reason)
            continue
        yield replace(
            meant, start=match.start(), end=match.end(), words=match[0], kind="marker", listed=None,
            page=None,
        )  # fmt: skip
