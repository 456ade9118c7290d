"""A figure that a question states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements.entitlement import Span

__all__ = ["COUNTED", "LEFT_OUT", "Fact", "is_price"]

#: Units of which a question counts things supported.
COUNTED = ("个", "项", "件", "套", "台", "辆", "张", "场", "家", "户", "间", "床")
#: A part that does not count.
LEFT_OUT = re.compile(
    r"不到|不足|不够|低于|没有?(?!其他|[^，,。；;\d]{0,8}(?:关联|关系|隶属))|不算|不符|不满足|未|除外|不含(?!税)|不在|达不到|土地|厂房|(?<![\u4e00-\u9fff])地(?=\d)"
)
#: Behind it the price of one thing: 每台50万以上, 单台不到30万.
_ONE = re.compile(r"[每单][台套件辆张个项只条间][^，,。；;\d]{0,4}$")
#: 剩下都是十几二十万的小设备 says what each costs.
_ALL_ARE = re.compile(r"(?:都|全|净|尽)(?:是|为)?(?:一?些)?(?:[十百]?几)?$")
_THINGS_OF = re.compile(
    r"[元块]?钱?(?:左右|上下|以[上下内])?(?:一[台套件]|的[\u4e00-\u9fff]{0,4}(?:设备|机器|仪器|机台|装置|器材|家伙|东西|件))"
)


def is_price(before: str, behind: str) -> bool:
    """Whether a figure is the price of one thing, by what stands before and behind it."""
    return bool(_ONE.search(before) or (_ALL_ARE.search(before) and _THINGS_OF.match(behind)))


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that the question states. ``words`` are those around it, ``written`` itself.

    ``region`` is all that is said from it up to the next figure of its unit. ``past``: time that
    somebody has behind them (已经干满1年), which multiplies nothing. ``part``: some of what is stated
    before (其中5个). ``of_one``: the price of one thing (每台50万). ``vague``: between two figures.
    ``derived``: the lines that make it out of what is stated (月租6万元 for a year), ``sources`` what
    of the text they rest on.
    """

    value: Decimal
    unit: str
    words: str
    written: str
    start: int
    past: bool = False
    region: str = ""
    part: bool = False
    of_one: bool = False
    vague: bool = False
    derived: tuple[str, ...] = ()
    sources: tuple[Span, ...] = ()

    @property
    def before(self) -> str:
        """What stands before the figure in its words."""
        return self.words.split(self.written)[0]

    @property
    def left_out(self) -> bool:
        """Whether it is a part of what is stated before that does not count."""
        return self.part and bool(LEFT_OUT.search(self.words + self.region.split("、")[0]))

    def covers(self, other: Fact) -> bool:
        """Whether another figure stands in what is said from this one on."""
        return self.start <= other.start < self.start + len(self.region)

    @property
    def is_threshold(self) -> bool:
        """Whether it says from where on something counts: 单台都在50万元以上."""
        return bool(re.match(r"(?:（含）)?(?:及|的)?以[上下]", self.region[len(self.written) :]))

    @property
    def is_count(self) -> bool:
        """Whether it counts things rather than measures one."""
        return self.unit in COUNTED
