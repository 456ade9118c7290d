"""Administrative divisions: the places that a text names, and which of them lies in which.

``divisions.txt`` holds them. A place is a path from its province down, the last step what it is:
``("四川省", "成都市", "双流区")``, ``("重庆市", "重庆高新区")``. What is named by a name that several
have (朝阳区) and that nothing around tells apart is a path of that name alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = [
    "CALLED_AFTER",
    "Division",
    "Place",
    "area_of",
    "is_of",
    "lies_in",
    "meant_by",
    "path_of",
    "places_in",
    "related",
    "short_name",
    "without_lookalikes",
]

#: A place and what lies above it, the province first.
Division = tuple[str, ...]

_FILE = Path(__file__).parent / "divisions.txt"
_PEOPLES = "维吾尔|哈萨克|柯尔克孜|蒙古|朝鲜|土家|布依|哈尼|景颇|傈僳|苗|藏|羌|彝|侗|壮|傣|白|回"  # in names of 州
_LEVEL = re.compile(
    rf"(?:(?:(?:{_PEOPLES})族?){{0,4}}+自治[区州]|特别行政区|地区|省|市|盟)$"  # what a short name leaves out
)
_LEVELS = ("", "市", "区", "县", "新区")
#: Short names that are words too, or name something else as often.
_WORDS = frozenset(
    ["大同", "安康", "东方", "白银", "来宾", "中山", "长治", "四平", "和田", "文山", "山南", "海南", "朝阳", "吉安", "平凉", "北海", "海东", "海北", "海西", "黄南", "固原", "普洱", "兴安", "安顺", "日照", "通化", "宣城", "保山", "阿里", "黄山", "武威", "中卫", "白山", "白城", "鸡西", "东营", "河池", "玉树", "南平", "三明", "大庆", "伊春"]
)  # fmt: skip
#: Counties by a name that is a word as well: only where their city stands before them.
_COMMON = frozenset(
    [
        "新城区",
        "老城区",
        "市中区",
        "城中区",
        "城东区",
        "城西区",
        "城北区",
        "城关区",
        "高新区",
        "经开区",
    ]
)
#: What a place has beside its counties, and how it is called for short.
_ZONES = {
    "高新技术产业开发区": "高新区",
    "高新区": "高新区",
    "经济技术开发区": "经开区",
    "经济开发区": "经开区",
    "经开区": "经开区",
    "自由贸易试验区": "自贸试验区",
    "自贸试验区": "自贸试验区",
    "自贸区": "自贸试验区",
    "综合保税区": "综合保税区",
    "科学城": "科学城",
    "新区": "新区",
    "开发区": "开发区",
}
#: What is only called after a place: 上海证券交易所, 重庆医科大学.
CALLED_AFTER = re.compile(
    r"(?:证券|期货|商品)交易所|(?:医科|师范|理工|工业|交通|科技|农业|中医药|外国语|工商|邮电|财经|政法)?大学(?!生)|(?:农村商业)?银行"
)
#: Runs of words that look like a place: 医保定点, 推广安全, 更新余额, 线上海外仓.
_IN_WORDS = re.compile(
    r"(?<=[医社担环投劳参统低确])保定|保定(?=[期点额价量向])|(?<=推)广(?:安|元|东|西)|(?<=[更创革])新余|(?<=[每当昨前后])天水|(?<=各)自贡|自贡(?=献)"
    r"|(?<=[完形组])成都|(?<=[适便])宜宾|宜宾(?=馆)|(?<=[周星第])六安|(?<=指)南通|(?<=[经运民国联专])营口|新乡(?=[村镇贤风])|(?<=[经救])济源"
    r"|(?<=[规一固稳确制法限])定西|(?<=[平均])衡水|(?<=[线网])上海|百色(?=彩)|河源(?=头)|江门(?=诊)|海口(?=径)|长春(?=节)"
)
_ZONE = re.compile(f"(?:国家级?)?({'|'.join(_ZONES)})")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a text names from ``start`` to ``end``."""

    start: int
    end: int
    path: Division


def places_in(text: str) -> tuple[Place, ...]:
    """Return the places that a text names, in their order; 四川省成都市双流区 is one.

    >>> [place.path for place in places_in("广西对双流区、重庆高新区")]
    [('广西壮族自治区',), ('四川省', '成都市', '双流区'), ('重庆市', '重庆高新区')]
    """
    text = without_lookalikes(text)
    found: list[Place] = []
    at = 0
    while at < len(text):
        before = found[-1] if found else None
        place = _at(text, at, before)
        if place is None:
            at += 1
            continue
        if before and before.end == place.start and lies_in(place.path, before.path):
            found.pop()
            place = Place(before.start, place.end, place.path)
        found.append(_with_zone(text, place))
        at = found[-1].end
    return tuple(found)


def without_lookalikes(text: str) -> str:
    """Blank out the places that a text only seems to name; every other character keeps its place.

    >>> without_lookalikes("推广安全的医保定点"), without_lookalikes("保定的医保")
    ('推  全的医  点', '保定的医保')
    """
    return _IN_WORDS.sub(lambda match: " " * len(match[0]), text)


def area_of(path: Division) -> str:
    """Return what an area is called by itself: a district with its city before it.

    >>> area_of(("四川省", "成都市", "双流区")), area_of(("四川省", "成都市"))
    ('成都市双流区', '成都市')
    """
    own, above = path[-1], path[-2] if len(path) > 1 else ""
    if not above.endswith("市") or own.startswith(short_name(above)):
        return own
    if len(path) > 2 and not own.endswith("区"):
        return own
    return (short_name(above) if own.endswith("新区") else above) + own


@lru_cache(maxsize=4096)
def path_of(area: str | None) -> Division:
    """Return the path of an area as documents have it; empty for the whole country and for none."""
    if area is None or area == "全国":
        return ()
    found = places_in(area)
    if not found or found[0].start:
        return (area,)
    path = found[0].path
    # 重庆国际生物城: a place that no list has, inside one that is known.
    return path if found[0].end == len(area) else (*path, area)


def lies_in(path: Division, above: Division) -> bool:
    """Whether a place is another one, or lies in it."""
    return path[: len(above)] == above


def meant_by(name: str) -> tuple[Division, ...]:
    """Return every place that a name may mean, with or without what it is (渝北: 渝北区).

    >>> meant_by("江北区")
    (('浙江省', '宁波市', '江北区'), ('重庆市', '江北区'))
    """
    names = _tables()[0]
    return next((names[n] for level in _LEVELS if (n := name + level) in names), ())


def related(path: Division, other: Division) -> bool:
    """Whether one place lies in the other, or is it."""
    return lies_in(path, other) or lies_in(other, path) or path[-1:] == other[-1:]


def is_of(path: Division, places: Iterable[Division]) -> bool:
    """Whether a place is one of some places, or lies above or below one; no place is of none."""
    return bool(path) and any(related(path, place) for place in places)


def _at(text: str, at: int, before: Place | None) -> Place | None:
    """The place named by what begins here, longest name first."""
    names, by_start, counties = _tables()
    for name in by_start.get(text[at : at + 2], ()):
        if not text.startswith(name, at):
            continue
        paths: Sequence[Division] = names[name]
        if name not in paths[0] and CALLED_AFTER.match(text, at + len(name)):
            continue
        inside = [p for p in paths if before and len(p) > 1 and lies_in(p, before.path)]
        beside = bool(before and before.end == at)
        if inside and (beside or len(paths) > 1):
            paths = inside[:1]
        elif paths[0] in counties and (len(name) < 3 or name in _COMMON):
            # 城区, 市中区: words of any city.
            continue
        certain = len(paths) == 1 or len(paths[0]) == 1
        return Place(at, at + len(name), paths[0] if certain else (name,))
    return None


def _with_zone(text: str, place: Place) -> Place:
    zone = _ZONE.match(text, place.end)
    if not zone or place.path[-1].endswith("新区"):
        return place
    own = short_name(place.path[-1]) + _ZONES[zone[1]]
    return Place(place.start, zone.end(), (*place.path, own))


@lru_cache(maxsize=8192)
def short_name(name: str) -> str:
    """A province or prefecture without what it is: 广西 for 广西壮族自治区."""
    # 内蒙古自治区 and 西藏自治区 are called by what others leave out.
    tried = (_LEVEL.sub("", name), name.removesuffix("自治区"))
    return next((short for short in tried if len(short) > 1), name)


@lru_cache(maxsize=1)
def _tables() -> tuple[
    dict[str, tuple[Division, ...]], dict[str, tuple[str, ...]], frozenset[Division]
]:
    """The paths that each name may mean, the names by their first two characters, the counties."""
    paths: dict[str, list[Division]] = defaultdict(list)
    below: list[Division] = []
    for above, counties in _lines(_FILE.read_text("utf-8")):
        for name in _names(above):
            paths[name].append(above)
        for county in counties:
            paths[county].append((*above, county))
            below.append((*above, county))
    by_start: dict[str, list[str]] = defaultdict(list)
    for name in sorted(paths, key=lambda name: (-len(name), name)):
        by_start[name[:2]].append(name)
    return (
        {name: tuple(dict.fromkeys(meant)) for name, meant in paths.items()},
        {start: tuple(names) for start, names in by_start.items()},
        frozenset(below),
    )


def _lines(text: str) -> Iterator[tuple[Division, list[str]]]:
    """Each province or prefecture with its counties."""
    province = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        first, *counties = line.split()
        inside = line.startswith(" ")
        province = province if inside else first
        yield (province, first) if inside else (province,), counties


def _names(path: Division) -> Iterator[str]:
    """What texts call a province or a prefecture: its name, and its short one."""
    own, short = path[-1], short_name(path[-1])
    yield own
    if short == own:
        return
    if len(path) == 1 or short not in _WORDS:
        yield short
    if own.endswith("自治州"):
        yield f"{short}州"
    if own.endswith("自治区"):
        # 广西省: an everyday mistake.
        yield f"{short}省"
