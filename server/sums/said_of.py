"""What a question says of each measure of a clause: 今年刚完成GCP备案，还新增了两个专业 is of two; 医院老早
就有GCP了 is of one that nobody gets anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.entitlements import Entitlement
from server.sums.fact import Fact
from server.sums.likeness import Likeness, own_words
from server.sums.units import PERSONS, units_of
from server.sums.uses import Matched

__all__ = ["got_too", "had_before", "persons_of_others", "persons_taken", "told_alone"]

_HAD = re.compile(
    r"(?:老早|早早|早|原来|原先|本来|以前|之前|从前|多年前)就?(?:已经?)?(?:有|拿到|拿|过|取得|获得|做完|完成|评上|认定|备案)"
)
_GOT = re.compile(r"刚|新|完成|通过|拿[到下了]|取得|获|评上|过了|做[了完]")
_SEGMENT = re.compile(r"[^，,。；;？?！!]+")
#: A part of a question speaks of a measure where it holds this share of its own words.
_SPOKEN = 0.2
#: Of what tells measures apart another one says no more than this.
_HALF = 0.5


def had_before(
    row: Entitlement, sisters: Sequence[Entitlement], question: str, likeness: Likeness
) -> bool:
    """Whether a question speaks of what a measure is for only as of something that lies long behind."""
    said = list(_said(row, sisters, question, likeness))
    return bool(said) and all(_HAD.search(part) for part in said)


def got_too(
    row: Entitlement, sisters: Sequence[Entitlement], question: str, likeness: Likeness
) -> bool:
    """Whether a part of its own says that what a measure is for has been got."""
    return any(
        _GOT.search(part) and not _HAD.search(part)
        for part in _said(row, sisters, question, likeness)
    )


def told_alone(
    row: Entitlement, sisters: Sequence[Entitlement], question: str, likeness: Likeness
) -> bool:
    """Whether all that a part of the question says of any measure of a clause is said of this one."""
    return len(sisters) > 1 and any(
        all(
            (likeness.told(r, sisters, part) or 0.0) == 1
            if r is row
            else (likeness.told(r, sisters, part) or 0.0) <= _HALF
            for r in sisters
        )
        for part in _SEGMENT.findall(question)
    )


def persons_taken(
    fact: Fact, matched: Matched, chosen: Sequence[Entitlement], likeness: Likeness
) -> bool:
    """Whether a number of persons is of every measure, or of one alone and each other one is a share
    of what is stated for it: 社保缴了42万，另外组织40个员工培训."""
    own = [row for row in chosen if "人" in units_of(row)]
    rest = [row for row in chosen if row not in own]
    if not rest:
        return True
    stated = all(row.rate and matched.of(row, "base") for row in rest)
    return len(own) == 1 and stated and likeness.told(own[0], chosen, fact.words) == 1


def persons_of_others(
    row: Entitlement, sisters: Sequence[Entitlement], facts: Sequence[Fact], likeness: Likeness
) -> bool:
    """Whether every number of persons is called what other measures of a clause are for, and not what
    this one is: 小型10人、中型5人 are none of 大型."""
    units = [unit for unit in units_of(row) if unit in PERSONS]
    persons = [f for f in facts if f.unit in units and not f.past]
    if len(sisters) < 2:
        return False
    told = [likeness.told(row, sisters, f.words) for f in persons]
    return bool(told) and all(said == 0 for said in told)


def _said(
    row: Entitlement, sisters: Sequence[Entitlement], question: str, likeness: Likeness
) -> Iterator[str]:
    """The parts of a question that speak of one measure more than of the others of its clause."""
    for part in _SEGMENT.findall(question) if len(sisters) > 1 else ():
        worth = [(likeness.share(own_words(r, sisters), part), r is row) for r in sisters]
        best, mine = max(worth)
        if mine and best >= _SPOKEN:
            yield part
