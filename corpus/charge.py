"""The units in charge of a clause: （牵头单位：市经济信息委；责任单位：市财政局、各区县政府）."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Charge", "read_charge"]

_LEAD = r"牵头(?:单位|部门|负责单位)?"
_RESPONSIBLE = r"(?:责任|配合|参与|参加|协办|实施|承办|主管|负责)(?:单位|部门)"
# Takes 牵头单位：甲、乙, 责任单位：丙；; refuses 牵头推进, 责任单位要落实.
_LABELLED = re.compile(
    rf"(?P<role>{_LEAD}|{_RESPONSIBLE})\s*[：:]\s*"
    r"(?P<names>(?:[^；;。（）()\n]|[（(][^（）()\n]*[）)]){2,300})"
)
# Takes （市经济信息委牵头，市财政局配合）, （市科技局、市财政局负责）; refuses a bracket inside a sentence.
_SPOKEN = re.compile(
    r"[（(](?P<lead>[^（）()，；。：]{2,120}?)(?:牵头(?:负责)?|负责)"
    r"(?:[，,；;](?P<others>[^（）()。：]{2,200}?)(?:按职责分工|分别)?(?:配合|参与|参加|负责|按职责分工负责))?[）)]"
)
#: What follows the last name of a list: 市财政局等, 市科技局等部门, 市水利局按职责分工.
_OTHERS = re.compile(
    r"等(?:有关|相关|市级|区级|县级)?(?:单位|部门)?(?:按职责分工)?$|按职责分工$|^等$"
)
_NAME = re.compile(r"[、，,\s]+")


@dataclass(frozen=True, slots=True)
class Charge:
    """Who leads (牵头单位) and who else is responsible (责任单位), as the clause names them."""

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()


def read_charge(text: str) -> Charge:
    """Read the units in charge that a clause ends in; empty where it names none.

    >>> read_charge("支持首仿。（牵头单位：市经济信息委；责任单位：市财政局、市药监局）")
    Charge(lead=('市经济信息委',), responsible=('市财政局', '市药监局'))
    """
    lead: list[str] = []
    responsible: list[str] = []
    for match in _LABELLED.finditer(text):
        (lead if match["role"].startswith("牵头") else responsible).extend(_names(match["names"]))
    if not (lead or responsible):
        for match in _SPOKEN.finditer(text):
            lead += _names(match["lead"])
            responsible += _names(match["others"] or "")
    return Charge(tuple(dict.fromkeys(lead)), tuple(dict.fromkeys(responsible)))


def _names(text: str) -> list[str]:
    """Names parted at commas, but not inside brackets: 各区县（自治县、两江新区）."""
    closed = re.sub(r"[（(][^（）()]*[）)]", lambda m: m[0].replace("、", "\0"), text)
    names = (_OTHERS.sub("", name.replace("\0", "、")) for name in _NAME.split(closed))
    return [name for name in names if name]
