"""The places that a question names: those of documents, and others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from corpus.divisions import (
    CALLED_AFTER,
    Division,
    lies_in,
    path_of,
    places_in,
    related,
    short_name,
)
from retriever.seats import Seat, seats_in
from retriever.vocabulary import Vocabulary

__all__ = ["Places", "names_in"]

_AFTER_A_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{CALLED_AFTER.pattern})")
_LEVELS = ("市", "省", "州", "部", "级", "国家")


class Places:
    """Reads the areas of a corpus out of questions, and tells other places from them."""

    def __init__(self, areas: Collection[str], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._short = {area: _short(area, areas) for area in sorted(areas, key=len, reverse=True)}
        self._cities = tuple(n for area in areas for n in (area, area.removesuffix("市")))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name of a place or level that questions use, longest first."""
        named = {*self._short, *self._short.values(), *self._vocabulary.levels}
        return tuple(sorted(named | {*self._vocabulary.places}, key=lambda n: (-len(n), n)))

    def called(self, area: str) -> tuple[str, ...]:
        """What questions call an area: its name, and its short one."""
        return tuple(dict.fromkeys((area, self._short[area])))

    def spoken(self, area: str) -> tuple[str, ...]:
        """Every word that names an area in a question, those for its level too, longest first."""
        levels = (w for w, level in self._vocabulary.levels.items() if area.endswith(level))
        return tuple(sorted({*self.called(area), *levels}, key=lambda name: (-len(name), name)))

    def read(self, text: str) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return the areas that a text names, and the places that no document is of."""
        areas = {
            area
            for area, short in self._short.items()
            if area in text or (short in text and self._says(short, text))
        }
        for word, level in self._vocabulary.levels.items():
            if word in text:
                areas |= {area for area in self._short if area.endswith(level)}
        spoken = _AFTER_A_PLACE.sub(" ", text)
        for area, short in self._short.items():
            spoken = spoken.replace(area, " ").replace(short, " ")
        named = names_in(spoken, self._vocabulary.places)
        foreign = [p for p in named if not any(p in area for area in self._short)]
        foreign += [n for n in self._elsewhere(spoken) if not any(p in n for p in foreign)]
        if areas or any(city in text for city in self._cities):
            foreign = [place for place in foreign if not _is_origin(place, text)]
        return frozenset(areas), tuple(foreign)

    def seats(self, text: str, foreign: Sequence[str], areas: Collection[str]) -> list[Seat]:
        """The places without documents of their own that a text says its asker sits in; none where
        it names an area that they have nothing to do with."""
        named = [path_of(area) for area in areas]
        found = seats_in(text, foreign, self._short)
        return [seat for seat in found if all(related(seat[1], path) for path in named)]

    def _elsewhere(self, text: str) -> Iterator[str]:
        """The places named that no area of the corpus is, or lies in."""
        for place in places_in(text):
            if not any(lies_in(path_of(area), place.path) for area in self._short):
                yield short_name(place.path[-1])

    def paths(self, text: str, areas: Collection[str]) -> tuple[Division, ...]:
        """Return the places that a text names, those of the areas read from it too."""
        found = places_in(text)
        named = [p.path for p in found if not _is_origin(text[p.start : p.end], text)]
        paths = (*named, *(path_of(area) for area in sorted(areas)))
        return tuple(dict.fromkeys(path for path in paths if path))

    def _says(self, name: str, text: str) -> bool:
        """Whether a text names a place by itself: 高新区, but not that of 成都高新区."""
        other = (*self._vocabulary.places, *_LEVELS)
        for match in re.finditer(re.escape(name), text):
            before = text[: match.start()]
            if before.endswith(self._cities) or not before.endswith(other):
                return True
        return False


def _is_origin(place: str, text: str) -> bool:
    """Whether a text names a place only as where somebody comes from.

    >>> _is_origin("湖南", "我一个湖南人在广州打工"), _is_origin("湖南", "湖南人才补贴")
    (True, False)
    """
    return bool(
        re.search(
            rf"{re.escape(place)}人(?![才均口社民力员大事])|老家[在是]?{re.escape(place)}", text
        )
    )


def names_in(text: str, names: Sequence[str]) -> tuple[str, ...]:
    """The names that occur in a text, none inside a longer one; ``names`` come longest first."""
    found = []
    for name in names:
        if name in text:
            found.append(name)
            text = text.replace(name, " ")
    return tuple(found)


def _short(area: str, known: Collection[str]) -> str:
    """How people name an area: 高新区 for 重庆高新区, where its city is in the corpus too, and 广州
    for 广州市, where the corpus has no place inside it."""
    for city in known:
        stem = city.removesuffix("市")
        if city != area and area.startswith(stem) and len(area) - len(stem) >= 3:
            return area.removeprefix(stem)
    inside = any(other != area and lies_in(path_of(other), path_of(area)) for other in known)
    return area if inside else short_name(area)
