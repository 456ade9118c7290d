"""What a text says of the clauses that it refers to: the words near each reference.

第五条规定…: the words behind it; …（《办法》第五条） and …[1]: the words before it. Sentences of the
paragraph without a reference of their own go with the reference next to them, less surely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.checking.place import Place

__all__ = ["Span", "Statement", "statements"]

Span = tuple[int, int]

_STOPS = "。！？!?；;"
_OPEN, _CLOSE = "“‘「『（(《〔[【", "”’」』）)》〕]】"
_AND = re.compile(r"[\s、，,]*+(?:和|及|与|以及|或者?|至|到)?[\s、，,]*+")
_MARKERS = re.compile(r"[ \t]*(?:\[\d{1,3}\])+")
#: Before a reference that closes what it speaks of: （依据：.
_TRAILING = re.compile(
    r"[（(【\[]\s*+(?:参?见|详见|依据|根据|来源|出处|引自|摘自|出自|政策依据|按照?)?\s*+[:：]?\s*+$"
    r"|——\s*+$|(?:依据|来源|出处)[:：]\s*+$"
)
#: A paragraph ends in it where a list that goes with it follows.
_LIST_FOLLOWS = re.compile(r"[：:]\s*$")
_BULLET = re.compile(r"[ \t]*(?:[-*•·]|\d{1,2}[.、．)]|[（(][一二三四五六七八九十\d]+[）)]|[①-⑳])")


@dataclass(frozen=True, slots=True)
class Statement:
    """References in a row, and what is said of them: ``own`` surely, ``more`` probably.

    ``shared``: other references stand in the same sentence.
    """

    places: tuple[Place, ...]
    own: tuple[Span, ...] = ()
    more: tuple[Span, ...] = ()
    shared: bool = False


@dataclass(slots=True)
class _Group:
    places: list[Place]
    trailing: bool
    own: list[Span]
    more: list[Span]
    shared: bool = False


def statements(text: str, places: Sequence[Place]) -> tuple[Statement, ...]:
    """Part a text among its references."""
    listed = [place for place in places if place.listed is not None]
    groups: list[_Group] = []
    open_list: _Group | None = None
    for start, end in _paragraphs(text):
        inside = [p for p in places if start <= p.start < end and p.listed is None]
        if any(start <= p.start < end for p in listed):
            inside = []
            open_list = None
        elif not inside and open_list and _BULLET.match(text, start, end):
            open_list.more.append((start, end))
        elif text[start:end].strip():
            found = _paragraph(text, start, end, inside)
            groups += found
            follows = _LIST_FOLLOWS.search(text[start:end])
            open_list = found[-1] if found and follows else None
    quoted = [_of_list(text, place) for place in listed]
    told = [Statement(tuple(g.places), tuple(g.own), tuple(g.more), g.shared) for g in groups]
    return (*told, *quoted)


def _of_list(text: str, place: Place) -> Statement:
    """A line of a reference list; what it quotes is said of its clause."""
    end = text.find("\n", place.end)
    return Statement((place,), ((place.end, end if end >= 0 else len(text)),))


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _paragraph(text: str, start: int, end: int, places: Sequence[Place]) -> list[_Group]:
    groups: list[_Group] = []
    waiting: list[Span] = []
    for first, last in _sentences(text, start, end):
        inside = [p for p in places if first <= p.start < last]
        if not inside:
            if groups and not groups[-1].trailing:
                groups[-1].more.append((first, last))
            else:
                waiting.append((first, last))
            continue
        found = _sentence(text, first, last, inside)
        if found[0].trailing:
            found[0].more += waiting
        waiting = []
        groups += found
    return groups


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences; a stop inside quotes or brackets parts nothing, markers belong before them."""
    depth, first = 0, start
    at = start
    while at < end:
        character = text[at]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        at += 1
        if character in _STOPS and depth == 0:
            if markers := _MARKERS.match(text, at, end):
                at = markers.end()
            yield first, at
            first = at
    if first < end:
        yield first, end


def _sentence(text: str, start: int, end: int, places: Sequence[Place]) -> list[_Group]:
    groups: list[_Group] = []
    for place in places:
        last = groups[-1].places[-1] if groups else None
        if last and _AND.fullmatch(text[last.end : place.start]):
            groups[-1].places.append(place)
        else:
            groups.append(_Group([place], _closes(text, start, place), [], []))
    _share_out(groups, text, start, end)
    return groups


def _share_out(groups: list[_Group], text: str, start: int, end: int) -> None:
    """Give each group of a sentence the words that are said of it."""
    at = start
    for number, group in enumerate(groups):
        group.shared = len(groups) > 1
        first, behind = group.places[0].start, group.places[-1].end
        following = groups[number + 1] if number + 1 < len(groups) else None
        if group.trailing or number == 0:
            # What stands before the first reference is said of it too.
            group.own.append((at, first))
        until = following.places[0].start if following else end
        of_next = following and following.trailing and _breaks(text, behind, until)
        if group.trailing and following is None:
            group.more.append((behind, end))
        elif not group.trailing and not of_next:
            group.own.append((behind, until))
            behind = until
        at = behind


def _closes(text: str, start: int, place: Place) -> bool:
    """Whether a reference stands behind what it speaks of."""
    before = text[start : place.start]
    if place.kind == "marker":
        return True
    cue = _TRAILING.search(before)
    return bool(cue and before[: cue.start()].strip())


def _breaks(text: str, start: int, end: int) -> bool:
    """Whether what stands between two references is more than the rest of the first."""
    return bool(re.search(r"[，,]\S{6,}", text[start:end]))
