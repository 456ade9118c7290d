"""Names of provinces and cities, with and without their last word: 宁波 is 宁波市."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

__all__ = ["division_at", "divisions_in", "province_of_number", "stem_of"]

_FILE = Path(__file__).parent / "divisions.txt"
_LAST = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|省|市)$")
#: Names that are also words of another thing where 市 is left out: 海南 is more often the province.
_UNSURE = frozenset(
    {"朝阳", "中山", "南平", "三明", "安顺", "普洱", "白银", "北海", "百色", "德州"}
)

#: The characters that stand for a province in a 文号; those that also begin other names are not among them.
_CHARACTERS = dict(
    zip(
        "京津沪渝冀豫辽黑湘皖鲁苏浙赣鄂桂甘晋陕闽黔粤川琼蒙",
        [
            "北京",
            "天津",
            "上海",
            "重庆",
            "河北",
            "河南",
            "辽宁",
            "黑龙江",
            "湖南",
            "安徽",
            "山东",
            "江苏",
            "浙江",
            "江西",
            "湖北",
            "广西",
            "甘肃",
            "山西",
            "陕西",
            "福建",
            "贵州",
            "广东",
            "四川",
            "海南",
            "内蒙古",
        ],
        strict=True,
    )
)
#: What an organ of a province writes behind that character; a district has one of its own between.
_ORGAN = re.compile(
    r"(?:政|府|发改|办|财|人社|医保|药监|卫|科|经信|工信|商|教|民|建|交|农|税|市监|金|委|文旅|知|住建|应急)"
)


def province_of_number(number: str) -> str | None:
    """The province whose organ a 文号 names.

    >>> province_of_number("黔商〔2019〕7号"), province_of_number("通政发〔2019〕7号")
    ('贵州省', None)
    """
    stem = _CHARACTERS.get(number[:1])
    return _by_stem()[stem] if stem and _ORGAN.match(number, 1) else None


def stem_of(area: str) -> str:
    """What people call a province or city: its name without the last word; any other as it is.

    >>> stem_of("广西壮族自治区"), stem_of("北京市"), stem_of("两江新区")
    ('广西', '北京', '两江新区')
    """
    stem = _LAST.sub("", area)
    return stem if len(stem) >= 2 else area


def division_at(text: str) -> str | None:
    """The province or city whose name a text begins with.

    >>> division_at("宁波推出新办法"), division_at("广西出新规"), division_at("市财政局")
    ('宁波市', '广西壮族自治区', None)
    """
    for length in range(min(5, len(text)), 1, -1):
        if name := _by_stem().get(text[:length]):
            return name
    return None


def divisions_in(text: str) -> list[str]:
    """The provinces and cities that a text names.

    >>> divisions_in("海东市和绍兴的公积金")
    ['海东市', '绍兴市']
    """
    found = (division_at(text[place:]) for place in range(len(text)))
    return list(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=1)
def _by_stem() -> dict[str, str]:
    lines = _FILE.read_text("utf-8").splitlines()
    names = [name for line in lines if not line.startswith("#") for name in line.split()]
    # A province comes first: 吉林 is the province.
    stems = {stem_of(name): name for name in reversed(names)}
    return {stem: name for stem, name in stems.items() if stem not in _UNSURE}
