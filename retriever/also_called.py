"""What people call the places of a corpus by: a district without its city, a zone by its own name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from corpus.divisions import path_of, places_in

__all__ = ["also_called", "only_zones"]

#: The zone that the title of a text begins with.
_ZONE_OF_TITLE = re.compile(
    r"(?!高新|经开|开发|保税|自贸)[\u4e00-\u9fff]{2,4}?(?:高新区|经开区|新区|开发区|示范区|产业园区|工业园区|保税区|自贸区)"
    r"(?=关于|促进|支持|加快|鼓励|推[进动]|进一步|[\u4e00-\u9fff]{2,16}(?:办法|措施|意见|政策|细则))"
)
#: Names of districts without what they are that are words, or name more than one thing as often.
_WORDS = re.compile(
    r"和平|新城|老城|朝阳|河[东西南北]|江[东西南北]|城[东西南北中关]|市中|南山|长安|长宁|新华|解放|桥[东西]|东风|新市"
    r"|高新|经开|铁[东西]|中山|[东西]湖|鼓楼|白云|青山|新兴|海港|港口|建设|胜利|向阳|红旗|曙光|平安|安定|文化|友好"
    r"|永定|惠民|武侯|雨花|开平|普陀|静安|金山|宝山|宝安|龙华|龙岗|罗湖|福田|海城|通州|大兴|平谷"
)


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, list[str]]:
    """What people call zones by, under their names in titles."""
    return tomllib.loads(Path(__file__).with_name("zones.toml").read_text("utf-8"))


def also_called(
    areas: Collection[str], titles: Iterable[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Return further names of areas: 昌平区 and 昌平 for 北京市昌平区, and what the title of a text of an
    area calls the zone of it that it is for; of well-known ones what people call them by (zones.toml).

    >>> also_called(["北京市昌平区", "重庆高新区"], [("东湖高新区关于促进产业发展的政策", "武汉市")])
    {'北京市昌平区': ('昌平区', '昌平'), '武汉市': ('东湖高新区',)}
    >>> also_called(["武汉市"], [("武汉东湖新技术开发区人才住房办法", "武汉市")])["武汉市"][1]
    '光谷'
    """
    found: dict[str, dict[str, None]] = {}
    for area in areas:
        name = path_of(area)[-1] if path_of(area) else area
        if (
            name != area
            and name[-1] in "区县旗"
            and not name.endswith(("高新区", "经开区", "开发区"))
        ):
            stem = name[:-1]
            own = [name, stem] if len(stem) > 1 and not _WORDS.fullmatch(stem) else [name]
            found.setdefault(area, {}).update(dict.fromkeys(own))
    for title, area in titles:
        zone = _ZONE_OF_TITLE.match(title)
        if zone and zone[0] not in area and not places_in(zone[0]):
            found.setdefault(area, {})[zone[0]] = None
        for official, names in _zone_names().items():
            if official in title or official == area:
                found.setdefault(area, {}).update(dict.fromkeys((official, *names)))
    return {area: tuple(names) for area, names in found.items()}


def only_zones(areas: Collection[str]) -> dict[str, str]:
    """Return 天津开发区 for 天津经开区, and so on, of the cities with no other zone among the areas.

    >>> only_zones(["天津经开区", "重庆高新区", "重庆经开区"])
    {'天津开发区': '天津经开区'}
    """
    zones = [area for area in areas if area.endswith("区")]
    cities = [area.removesuffix("经开区") for area in zones if area.endswith("经开区")]
    return {
        f"{city}开发区": f"{city}经开区"
        for city in cities
        if sum(zone.startswith(city) for zone in zones) == 1
    }
