"""What a question says of one of several amounts that a condition of the clause is not met: 花了400万，但型检报告
还没做."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from server.sums.facts import Fact
from server.sums.related import is_unrelated
from server.sums.uses import Use

__all__ = ["Unmet", "meeting"]

_NOT = re.compile(
    r"(?:没有?|还没|未|不具备|缺)(?:取得|拿到|拿|办|做|有|自己的|自主的?)?(?P<what>[\u4e00-\u9fff]{3,8})"
    r"|(?P<thing>[\u4e00-\u9fff]{3,8}?)(?:都|也|还|却|一直|根本){0,2}(?:没有?|未)(?:做|办|拿|取得|出|过|完成|下来|搞)"
)
#: 没拿过平台类支持 is said of what nobody needs to have.
_GRANTED = re.compile(r"支持|补[贴助]|奖|享受|领过|拿过|资助")
#: What is said behind a full stop is asked.
_END = re.compile(r"[。？?！!；;]")
#: 逾期利息、罚息不予补贴: who has none of it lacks nothing.
_COUNTS_NOT = re.compile(
    r"[^，。；\n]{0,24}[，,]?(?:均|一律|也|都)?(?:不予|不计|不列|不纳|不享受|不再|除外|应当?扣除|予以扣除)"
)
#: What is got for the first time is not what is prolonged.
_FIRST = re.compile(r"首次(?:获批|取得|获得|通过|认定|拿到|注册|备案|获证)")
_AGAIN = re.compile(r"延续|续期|续证|续展|换证|换发|再注册|复审|复评|复核")
#: So many characters of a condition are its name.
_RUN = 4


@dataclass(frozen=True, slots=True)
class Unmet:
    """An amount that does not count, and the condition of the clause that it does not meet."""

    use: Use
    span: Span


def _unmet(uses: Sequence[Use], index: ClauseIndex) -> list[Unmet]:
    """The amounts of which the question says so, each with the words of the clause."""
    found = []
    for use in uses:
        text = index.clause(use.row.address)[1].text
        said = _END.split(use.fact.region)[0]
        first = _FIRST.search(text)
        if use.role == "count" and first and _AGAIN.search(said):
            # What is only prolonged was got before.
            span = Span(use.row.address, first.start(), first.end(), first[0])
            found.append(Unmet(use, span))
        if use.role != "base":
            continue
        phrases = (p for p in re.split(r"[，,]", said) if not _GRANTED.search(p))
        # No ties to a customer are no lack.
        phrases = (p for p in phrases if not is_unrelated(p))
        names = [m["what"] or m["thing"] for p in phrases for m in _NOT.finditer(p)]
        place = next((p for name in names if (p := _place(name, text)) is not None), None)
        if place is not None:
            span = Span(use.row.address, *place, text[slice(*place)])
            found.append(Unmet(use, span))
    return found


def meeting(
    uses: Sequence[Use], unused: list[Fact], index: ClauseIndex
) -> tuple[list[Use], list[Unmet]]:
    """The uses without those of such amounts, and these.

    ``unused`` gets them where no amount of the same clause is left, or one went to another clause:
    then nobody knows what they were one list of.
    """
    lacking = _unmet(uses, index)
    kept = [use for use in uses if all(use is not one.use for one in lacking)]
    roles = {one.use.role for one in lacking}
    clauses = {use.row.address for use in uses if use.role in roles}
    if lacking and (len(clauses) > 1 or not any(use.role in roles for use in kept)):
        unused += [one.use.fact for one in lacking]
    return kept, lacking


def _place(name: str, text: str) -> tuple[int, int] | None:
    """Where a clause speaks of what a name says, by four characters of it."""
    for at in range(len(name) - _RUN + 1):
        start = text.find(name[at : at + _RUN])
        if start >= 0 and not _COUNTS_NOT.match(text, start):
            return start, start + _RUN
    return None
