"""The places that a question names: those of documents, and others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from corpus.divisions import (
    CALLED_AFTER,
    Division,
    is_of,
    lies_in,
    meant_by,
    path_of,
    places_in,
    related,
    short_name,
    without_lookalikes,
)
from retriever.also_called import also_called, only_zones
from retriever.beside import is_beside, is_venue
from retriever.limits import is_above
from retriever.seats import Seat, inside, seats_in
from retriever.unlisted import unlisted
from retriever.vocabulary import Vocabulary

__all__ = ["Places", "names_in"]

_AFTER_A_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2}}(?:{CALLED_AFTER.pattern})")
#: Zones that are called by less than their name: 成都高新.
_ZONES = ("高新区", "经开区")
#: What a text may call a zone by what it is alone, and how the names of such zones end.
_KINDS = {
    "高新区": ("高新区", "高新技术产业开发区"),
    "经开区": ("经开区", "经济开发区", "经济技术开发区"),
    "开发区": ("经开区", "经济开发区", "经济技术开发区", "开发区"),
}
#: What the zones of the customs are called; they give nothing of their own.
_CUSTOMS = (
    ("自贸区", "自贸试验区", "自由贸易试验区"),
    ("保税区", "综合保税区", "综保区", "保税港区"),
)
#: A zone is called 白鹭洲 for 白鹭洲高新区 where its name has so many characters of its own.
_OWN = 3
#: Zones of one kind that a text may mean by what they are alone.
_FEW = 4
#: A place that is said not to be meant.
_NOT_MEANT = r"[（(]?(?<![是算在])(?:并?不是|而?非|不在|不含|不算)(?:指|说)?{}[)）]?(?![吗么])"
_LEVELS = ("市", "省", "州", "部", "级", "国家")


#: What makes 区 or 县 the end of a name that nobody knows: 南屏区每月补多少.
_BEFORE_A_LEVEL = r"[\u4e00-\u9fff]{2}(?<![市本全这那各个上城都超门])"


class Places:
    """Reads the areas of a corpus out of questions, and tells other places from them."""

    def __init__(
        self,
        areas: Collection[str],
        vocabulary: Vocabulary,
        is_spoken_of: Callable[[str], bool] = lambda place: True,
        titles: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._vocabulary, self._is_spoken_of = vocabulary, is_spoken_of
        self._short = {area: _short(area, areas) for area in sorted(areas, key=len, reverse=True)}
        self._cities = tuple(n for area in areas for n in (area, area.removesuffix("市")))
        self._also = also_called(areas, titles)
        self._only_zones = only_zones(areas)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name of a place or level that questions use, longest first."""
        named = {*self._short, *self._short.values(), *self._vocabulary.levels}
        return tuple(sorted(named | {*self._vocabulary.places}, key=lambda n: (-len(n), n)))

    def called(self, area: str) -> tuple[str, ...]:
        """What questions call an area: its name, and its short one."""
        return tuple(dict.fromkeys((area, self._short[area], *self._also.get(area, ()))))

    def spoken(self, area: str) -> tuple[str, ...]:
        """Every word that names an area in a question, those for its level too, longest first."""
        levels = (w for w, level in self._vocabulary.levels.items() if area.endswith(level))
        return tuple(sorted({*self.called(area), *levels}, key=lambda name: (-len(name), name)))

    def read(
        self, text: str, seats: Sequence[Division] = ()
    ) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return the areas that a text names, and the places that no document is of; ``seats`` are
        places that stood in it besides."""
        said = {
            area
            for area, short in self._short.items()
            if area in text
            or (short in text and short not in _ZONES and self._says(short, area, text))
        }
        said |= self._zones(text, seats)
        said |= {
            area
            for area, names in self._also.items()
            if any(name in text and self._says(name, area, text) for name in names)
        }
        areas = said | self._levels(text, said, seats)
        spoken = _AFTER_A_PLACE.sub(" ", without_lookalikes(text))
        for area, short in self._short.items():
            spoken = spoken.replace(area, " ")
            for name in self._also.get(area, ()) if area in said else ():
                spoken = spoken.replace(name, " ")
            # 高新区 in 苏州高新区 is not that of 合肥.
            spoken = spoken.replace(short, " ") if area in said else spoken
        named = names_in(spoken, self._vocabulary.places)
        foreign = [p for p in named if not any(p in area for area in self._short)]
        foreign += [n for n in self._elsewhere(spoken) if not any(p in n for p in foreign)]
        foreign += [n for n in self._other_zones(text) if n not in foreign]
        if not (areas or seats or foreign):
            known = {name for area in self._short for name in self.called(area)}
            foreign += unlisted(spoken, self._is_spoken_of, known)
        if areas or seats or any(city in text for city in self._cities):
            foreign = [p for p in foreign if not (_is_origin(p, text) or self._beside(p, text))]
        foreign = [p for p in foreign if not is_venue(p, text)]
        return frozenset(areas), tuple(foreign)

    def _beside(self, place: str, text: str) -> bool:
        """Whether a place is a circumstance; one inside an area of the corpus may be a seat."""
        return inside(place, self._short) is None and is_beside(place, text)

    def _zones(self, text: str, seats: Sequence[Division]) -> set[str]:
        """The zones that a text names by what they are alone (高新区): those of the cities that it
        names or seats lie in, all where it names none and they are few."""
        found = {
            area
            for zone, ends in _KINDS.items()
            # 经济技术开发区 is not 开发区; 两个专业高新区能拿多少 is on 高新区.
            if re.search(rf"(?<![业术济]){zone}" if zone == "开发区" else zone, text)
            for area in self._short
            if area.endswith(ends) and self._says(zone, area, text)
        }
        paths = [*(place.path for place in places_in(text)), *seats]
        cities = [path[: 1 if path[0].endswith("市") else 2] for path in paths]
        own = {area for area in found if is_of(path_of(area), cities)}
        if own or seats or self.paths(text, ()):
            return own
        return found if len(found) <= _FEW else set()

    def _levels(self, text: str, said: Collection[str], seats: Sequence[Division]) -> set[str]:
        """The areas that a text names by their level: 市里 is of the city named beside it, and
        only where no place is named of any."""
        named, found = (*seats, *self.paths(text, said)), set()
        for level in {level for word, level in self._vocabulary.levels.items() if word in text}:
            of_level = {area for area in self._short if area.endswith(level)}
            own = {
                area
                for area in of_level
                if is_of(path_of(area), named) or any(is_above(area, other) for other in said)
            }
            # Of a place that no list has it is not known what lies above it.
            known = named and all(meant_by(path[0]) for path in named)
            other = known or (not said and re.search(rf"{_BEFORE_A_LEVEL}{level}(?![里级])", text))
            found |= own or (set() if other else of_level)
        return found

    def written(self, text: str) -> str:
        """Write the zones of the corpus that a text calls by less than their name in full:
        成都高新 is 成都高新区, and no 成都高新技术企业; 天津开发区 is 天津经开区, where the corpus has no
        other zone of that city."""
        for area in self._short:
            if area.endswith(_ZONES):
                text = re.sub(rf"{re.escape(area[:-1])}(?![区技产])", area, text)
        for name, area in self._only_zones.items():
            text = text.replace(name, area)
        return text

    def left_out(self, text: str) -> tuple[str, frozenset[str]]:
        """Return a text without the places that it says not to mean (成都市，不是高新区), and the
        areas of that name; all of it where it names no other place."""
        names = {name for area in self._short for name in self.called(area)}
        found = [(m, n) for n in names for m in re.finditer(_NOT_MEANT.format(re.escape(n)), text)]
        rest = text
        for match, _ in found:
            rest = rest.replace(match[0], " ")
        areas, foreign = self.read(rest)
        if not found or not (areas or foreign or places_in(rest)):
            return text, frozenset()
        out = {area for area in self._short for _, name in found if area.endswith(name)}
        return rest, frozenset(out - areas)

    def seats(self, text: str, foreign: Sequence[str], areas: Collection[str]) -> list[Seat]:
        """The places without documents of their own that a text says its asker sits in; none where
        it names an area that they have nothing to do with."""
        named = [path_of(area) for area in areas]
        unknown = frozenset(
            name
            for name in foreign
            if not self._is_spoken_of(name) or self._after_its_city(name, text)
        )
        found = seats_in(text, foreign, self._short, unknown)
        return [seat for seat in found if all(related(seat[1], path) for path in named)]

    def _after_its_city(self, place: str, text: str) -> bool:
        """Whether a district stands behind its city, of which the corpus has documents."""
        path = inside(place, self._short)
        above = short_name(path[-2]) if path and len(path) > 1 else ""
        return (
            bool(above) and re.search(rf"{re.escape(above)}市?{re.escape(place)}", text) is not None
        )

    def _elsewhere(self, text: str) -> Iterator[str]:
        """The places named that no area of the corpus is, or lies in."""
        for place in places_in(text):
            if self._is_spoken_of_alone(place.path):
                continue
            if not any(lies_in(path_of(area), place.path) for area in self._short):
                yield short_name(place.path[-1])

    def _is_spoken_of_alone(self, path: Division) -> bool:
        """Whether texts of its city call a customs zone by what it is alone (在自贸区建立…)."""
        kinds = next((names for names in _CUSTOMS if path[-1].endswith(names)), ())
        above = any(lies_in(path[:-1], path_of(area)) for area in self._short) if kinds else False
        return above and any(map(self._is_spoken_of, kinds))

    def _other_zones(self, text: str) -> Iterator[str]:
        """The zones named of a city that the corpus has, of which it has none."""
        for place in places_in(text):
            if text[place.start : place.end].endswith(_ZONES) and place.path[-1] not in self._short:
                yield place.path[-1]

    def paths(self, text: str, areas: Collection[str]) -> tuple[Division, ...]:
        """Return the places that a text names, those of the areas read from it too."""
        found = places_in(text)
        named = [p.path for p in found if not _is_origin(text[p.start : p.end], text)]
        paths = (*named, *(path_of(area) for area in sorted(areas)))
        return tuple(dict.fromkeys(path for path in paths if path))

    def _says(self, name: str, area: str, text: str) -> bool:
        """Whether a text names an area by a short name alone: 高新区, but not in 苏州高新区."""
        path = path_of(area)
        other = (*self._vocabulary.places, *_LEVELS)
        own = tuple(city for city in self._cities if area.startswith(city.removesuffix("市")))
        places = places_in(text)
        for match in re.finditer(re.escape(name), text):
            before = text[: match.start()]
            around = [p.path for p in places if p.start < match.start() <= p.end]
            if around and any(related(path, p) for p in around):
                return True
            if before.endswith(own) or not (around or before.endswith((*other, *self._cities))):
                return True
        return False


def _is_origin(place: str, text: str) -> bool:
    """Whether a text names a place only as where somebody comes from.

    >>> _is_origin("湖南", "我一个湖南人在广州打工"), _is_origin("湖南", "湖南人才补贴")
    (True, False)
    >>> _is_origin("武侯区", "高企从成都武侯区搬到高新区奖多少"), _is_origin("东莞", "从深圳搬到东莞")
    (True, False)
    >>> _is_origin("东莞", "东莞的公司搬到深圳来做独立站"), _is_origin("东莞", "东莞的公司能补多少")
    (True, False)
    """
    name = re.escape(place)
    return bool(
        re.search(
            rf"{name}人(?![才均口社民力员大事])|老家[在是]?{name}"
            rf"|从[^，,。；？?从]{{0,6}}?{name}[^，,。；？?]{{0,8}}?(?:搬|迁|转|调|引|挖|招|请|嫁|过来|[回来]|到)"
            rf"|{name}(?:市|省)?(?:过|迁)?来的"
            rf"|(?<![到往去在给]){name}(?:市|省)?(?:的|那边的?)?(?:公司|企业|工厂|厂家?|团队|项目|医院|医生|老师|学生|户口)?"
            rf"(?:想|要|准备|打算|整体|刚|已经?)?(?:搬|迁|转|调|嫁|落户|跑|过)[来到进至往去]",
            text,
        )
    )


def names_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
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
            return area.removeprefix(city).removeprefix(stem)
    for end in (kind for ends in _KINDS.values() for kind in ends):
        own = area.removesuffix(end)
        if own != area and len(own) >= _OWN and not meant_by(own) and path_of(area) == (area,):
            return own
    inside = any(other != area and lies_in(path_of(other), path_of(area)) for other in known)
    return area if inside else short_name(area)
