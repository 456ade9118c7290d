"""What a question tells the clauses of a list by: figures, bases, thresholds, exclusions, names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from indexer.entitlements import Entitlement
from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.lexical import terms
from indexer.passages import Passage

__all__ = ["Criteria", "figures_of"]

#: Figures that a list is told by; a year or a number of firms is none.
_UNITS = ("%", "‰", "倍", MONEY)
_POINTS = re.compile(r"个点(?!位)")
_JOINTS = re.compile(r"[、，]|或者?|以及|和|及|与")
_PARTS = r"[^，。？?！；：]"
#: 按研发投入的比例, 跟固定资产投资挂钩: what a rate is of.
_BASE = re.compile(
    rf"(?:跟|和|与|按照?|根据)({_PARTS}{{2,30}}?)(?:挂钩|的?(?:一定)?(?:百分比|比例))"
)
_BASE_END = re.compile(r"(?:的|花费|费用|投入|支出|开支|金额|款|额){1,10}$")
#: 要先过一个采购额的门槛: what must reach a figure.
_THRESHOLD = re.compile(rf"({_PARTS}{{2,30}}?)的?(?:门槛|起点线?)")
#: Words of measured things that tell nothing.
_COMMON = re.compile(r"年度|全年|当年|每年|一年|实际|要先?|达到|一个|一定|先过")
_MEASURED_END = re.compile(r"(?<=..)(?:收入|总额|金额|款|额){1,8}$")
#: 把土地剔掉, 不含土地: what is left out of a base.
_LEFT_OUT = re.compile(
    r"把([^，。？?]{2,16}?)(?:给)?(?:剔|除掉|除外|除开|扣|刨|排除|去掉)"
    r"|(?:不(?:包)?(?:含|括|计|算)|扣除|剔除|刨[去开掉]|除[去开]|撇开|抛开|去掉)了?([^，。？?的]{2,16})"
)
_LEAVES_OUT = re.compile(
    r"(?:不(?:包含|包括|含|计)|扣除|剔除)([^，。；（）()]+)|除([^，。；（）()]{1,80})(?:外|以外)"
)
#: What is looked for as it is written.
_MENTIONED = re.compile(
    rf"({_PARTS}{{2,20}}?)(?:都)?在哪[些几]{_PARTS}{{0,12}}?(?:提到|提及|出现|写到|说到|讲到|写进|列入)"
    r"|把([^，。？?]{2,12}?)(?:列[为入作]|作为|当[作成]|定[为位]|视[为作])"
    rf"|哪[些几]{_PARTS}{{0,8}}?(?:提到|提及|写到|说到|讲到|点名)(?:过|了)*({_PARTS}{{2,16}}?)[？?。]?$"
)
#: What clauses demand: 哪几处规定双方不能是关联企业, 哪些补贴要求双方没有关联.
_DEMANDED = re.compile(
    r"哪(?:[些几]|[几]?个)?(?:处|条款?|项|地方|补贴|奖励|政策|支持|条文|措施|钱)[^，。？?]{0,4}?"
    r"(?:规定|要求|限定|写明|讲明|明确)了?(?P<what>[^，。？?]{4,30})"
)
_PERSON = re.compile(r"个人(?!所得)|本人|自然人")


@dataclass(frozen=True, slots=True)
class Criteria:
    """What clauses of a list must all hold; empty where the question does not say."""

    figures: frozenset[tuple[Decimal, str]] = frozenset()
    bases: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    mentioned: str = ""
    of_persons: bool = False
    demanded: str = ""

    @classmethod
    def read(cls, question: str) -> Criteria:
        """Read a question as it was asked.

        >>> Criteria.read("按3个点奖励的有哪些").figures == {(Decimal(3), "%")}
        True
        >>> Criteria.read("哪些补贴算投资时要把土地、厂房剔掉").left_out
        ('土地', '厂房')
        """
        base, threshold = _BASE.search(question), _THRESHOLD.search(question)
        left_out, mentioned = _LEFT_OUT.search(question), _MENTIONED.search(question)
        return cls(
            frozenset(figures_of(re.sub(r"20\d{2}\s*年|(?<!\d)\d++\s*+号", " ", question))),
            _parts(base[1]) if base else (),
            _parts(threshold[1]) if threshold else (),
            _parts(_first(left_out)) if left_out else (),
            _first(mentioned).strip("“”\"' ") if mentioned else "",
            bool(_PERSON.search(question)),
            demanded["what"] if (demanded := _DEMANDED.search(question)) else "",
        )

    def holds_figures(self, passage: Passage) -> bool:
        """Whether a clause holds all figures; 500万 does not stand in 1500万元."""
        return self.figures <= figures_of(passage.text)

    def has_base(self, rows: tuple[Entitlement, ...]) -> bool:
        """Whether a rate of the measures is of what the question names."""
        return any(
            _speaks_of(part, row) for row in rows if row.rate or row.tiers for part in self.bases
        )

    def has_threshold(self, rows: tuple[Entitlement, ...]) -> bool:
        """Whether a measure is given only where what the question names reaches a figure."""
        measured = {term for row in rows for b in row.bounds if b.of for term in terms(b.of.text)}
        stems = (_MEASURED_END.sub("", _COMMON.sub(" ", part).strip()) for part in self.thresholds)
        return any(measured & set(terms(stem)) for stem in stems)

    def leaves_out(self, passage: Passage) -> bool:
        """Whether a clause leaves out all that the question names."""
        return any(
            all(part in said for part in self.left_out)
            for match in _LEAVES_OUT.finditer(passage.text)
            for said in [_first(match)]
        )


def figures_of(text: str) -> set[tuple[Decimal, str]]:
    """The rates, multiples and amounts of a text, by value and unit; of a range both ends.

    >>> sorted(map(str, figures_of("按3个点，不超过一千万")))
    ["(Decimal('10000000'), '元')", "(Decimal('3'), '%')"]
    """
    found = set()
    for q in find_quantities(_POINTS.sub("个百分点", text)):
        unit = q.unit.split("/")[0]
        if unit in _UNITS:
            found |= {(value, unit) for value in (q.value, q.low) if value is not None}
    return found


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _JOINTS.split(text) if len(part.strip()) > 1)


def _first(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _speaks_of(part: str, row: Entitlement) -> bool:
    """Whether the base of a rate, or it and what the measure is for, is what some words name."""
    wanted = set(terms(_BASE_END.sub("", part)))
    base = set(terms(row.base.text)) if row.base else set()
    around = base | {term for span in row.event for term in terms(span.text)}
    return bool(wanted) and (
        len(wanted & base) >= 0.6 * len(wanted) or (len(wanted) > 1 and wanted <= around)
    )
