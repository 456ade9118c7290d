"""The unit that a figure of a question is meant in: money of another country, trips that look like money."""

from __future__ import annotations

import re

from indexer.entitlements.quantities import MONEY, Measured

__all__ = ["unit_meant"]

_FOREIGN = re.compile(r"美[元金刀]|欧元|日元|英镑|港[元币]")
#: 3万趟 is no money.
_TRIPS = re.compile(
    r"趟|班次?|航次|架次|单(?!价)|票|包(?!括|含)|箱|柜|瓶|盒|只|头|份|册|本(?!金)|株|棵|度|公斤|千克|斤"
)
_DOLLARS = {"美金": "美元", "美刀": "美元"}


def unit_meant(phrase: str, q: Measured) -> str:
    """The unit of a figure; money of another country is none that a measure takes."""
    # 万日元 is read as days.
    place = q.end - (q.unit == "日")
    trips = _TRIPS.match(phrase, q.end) if q.unit == MONEY else None
    if trips and not re.search(r"[元块钱]", phrase[q.start : q.end]):
        return trips[0]
    foreign = _FOREIGN.match(phrase, place) if q.unit in (MONEY, "日") else None
    return _DOLLARS.get(foreign[0], foreign[0]) if foreign else q.unit
