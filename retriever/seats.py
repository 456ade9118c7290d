"""Where an asker sits: 我们在渝北区, 渝北区的企业. It is a place to judge by, not one to have rules of.

A district of a city that the corpus has is under the rules of that city, though no document is of
the district itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from corpus.divisions import Division, lies_in, meant_by, path_of, places_in, short_name

__all__ = ["Seat", "inside", "said_to_sit", "seats_in", "without_seats"]

#: A place named as a seat: the characters that say so, and the place.
Seat = tuple[re.Match[str], Division]

_LEVEL = "(?:市(?![里级])|区|县|新区)?(?:高新区|经开区)?"
_IN = r"(?:坐落|注册|落户|总部|住所|工厂|公司|企业)?(?:地|设)?(?:在|位于|来自|我家?住|家住)"
_OWN = r"(?:自己|区级|县级|区里|县里|本级|政策|办法|规定|措施|另外)"
_ITS_OWN = re.compile(r"[省市区县州](?:里|级|财政)|当地|地方|本[地省市区县]")
_WHO = r"(?:企业|公司|药企|工厂|厂家|药厂|单位)"


def seats_in(
    text: str, names: Iterable[str], areas: Collection[str], unknown: Collection[str] = ()
) -> list[Seat]:
    """Return the places among ``names`` that a text says its asker sits in, inside one of the
    areas; also those merely named of which no clause speaks at all, the ``unknown``."""
    local, its_own = {*areas} - {"全国"}, _ITS_OWN.search(text)
    found = []
    for name in names:
        held = inside(name, local)
        # 深圳的公司，市里奖多少: the city's own rules are asked for, not the country's.
        place = held or (None if its_own else inside(name, areas))
        match = said_to_sit(text, name, place) if place else None
        if held and match is None and name in unknown:
            match = _named(name, text)
        if place and match:
            found.append((match, place))
    return found


def without_seats(text: str, seats: Iterable[Seat]) -> str:
    """Return a text without the words that say where its asker sits."""
    for match, _ in seats:
        text = text.replace(match["seat"], " ")
    return text.strip(" ,，")


def inside(name: str, areas: Collection[str]) -> Division | None:
    """The place of a name that lies in one of the areas, without being one; each lies in 全国."""
    above = [path for path in map(path_of, areas) if path]
    meant = tuple(meant_by(name) or (place.path for place in places_in(name)))
    held = (p for p in meant if any(lies_in(p, a) and p != a for a in above))
    return next(held, meant[0] if meant and "全国" in areas else None)


def said_to_sit(text: str, name: str, path: Division = ()) -> re.Match[str] | None:
    """Where a text says that its asker sits in a place; a city before it (在深圳坪山区) stays."""
    place = re.escape(name) + _LEVEL
    above = "|".join(re.escape(short_name(step)) for step in path[:-1])
    return (
        re.search(rf"(?<![放搬换改迁])(?P<seat>{_IN}{place})(?!的?(?:政策|办法|规定))", text)
        or re.search(
            rf"(?<![放搬换改迁]){_IN}(?:(?:{above})[省市]?){{1,2}}(?P<seat>{place})(?!的?(?:政策|办法|规定))",
            text,
        )
        or re.search(rf"(?P<seat>{place}(?:本地|当地)?的?)(?=[^,，。？?对给]{{0,6}}{_WHO})", text)
    )


def _named(name: str, text: str) -> re.Match[str] | None:
    """Where a text names a district, but not its own rules: it is under those of its city."""
    place = re.escape(name) + _LEVEL.replace(")?", ")?+")
    return re.search(
        rf"(?<![放搬换改迁到])(?<!放在)(?<!换成)(?P<seat>{place})"
        rf"(?!对|给|呢|的(?:补|奖|支持|扶持|资助)|[^,，。；？?]{{0,8}}{_OWN})",
        text,
    )
