"""Days of leave that add up: 98天产假，难产增加15天，每多生育1个婴儿增加15天."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from corpus.address import Address
from indexer.entitlements.entitlement import Span
from indexer.entitlements.quantities import find_quantities
from retriever.query import Retrieval
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import plain
from server.sums.result import STOPPED, Sum, worked_alone
from server.sums.working import Working

__all__ = ["days_added"]

_N = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,5})"
_BASE = re.compile(
    rf"(?P<days>{_N}[天日])的?(?P<name>[一-鿿]{{0,2}}假)|(?P<named>[一-鿿]{{1,2}}假)(?:为|是)?(?P<of>{_N}[天日])"
)
#: What is added in a further case; 每多生育1个婴儿 for each of them.
_MORE = re.compile(
    rf"[；;，,。](?P<when>[^，,。；;\d]{{2,20}})的，(?:每多[^，。；\d]{{0,6}}[1一]个?(?P<each>[^，。；\d]{{1,6}})，)?"
    rf"(?:可以?|再|另|应当)?(?:增加|延长|增给|加)[^，。；\d]{{0,8}}?(?P<more>{_N}[天日])"
)
_ASKED = re.compile(r"多少[天日]|几[天日]|多久|多长")
_NOT = re.compile(r"(?:没有?|不是?|并未|非)$")
#: How many are born at once.
_BORN = {"双胞胎|龙凤胎|两胞胎|二胞胎|一对": 2, "三胞胎": 3, "四胞胎": 4}
#: Of these a clause need not say that they are what it names.
_UNSURE = re.compile(r"剖[腹宫]|流产|早产|晚育|多胞胎|已经?休|休过|还剩|剩下")


def days_added(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """The days that a leave comes to with what the clause adds for the cases told.

    None where the clause that fits best adds nothing that the question tells of.
    """
    question = retrieval.understanding.text
    if not retrieval.hits or not _ASKED.search(question):
        return None
    address = retrieval.hits[0].passage.address
    text = likeness.retriever.index.clause(address)[1].text
    base = _BASE.search(text)
    cases = list(_MORE.finditer(text, base.end())) if base else []
    if base is None or not cases or (base["name"] or base["named"]) not in question:
        return None
    added = [(case, _times(case, question)) for case in cases]
    told = [(case, times) for case, times in added if times]
    if not told:
        return None
    unsure = [
        m[0] for m in _UNSURE.finditer(question) if m[0] not in "".join(c["when"] for c in cases)
    ]
    if unsure or any(f.value != 1 and not f.is_count and f.unit != "人" for f in facts):
        return STOPPED
    name = "days" if base["days"] else "of"
    return _worked(address, text, base, name, told)


def _times(case: re.Match[str], question: str) -> int:
    """How often a case counts: as it is said, or for each born beyond the first."""
    if case["each"]:
        born = max((n for said, n in _BORN.items() if re.search(said, question)), default=1)
        return born - 1 if "胎" in case["when"] else 0
    at = question.find(case["when"].removeprefix("属于").removeprefix("遇有"))
    return int(at >= 0 and not _NOT.search(question[:at]))


def _worked(
    address: Address,
    text: str,
    base: re.Match[str],
    name: str,
    told: Sequence[tuple[re.Match[str], int]],
) -> Sum:
    working = Working()
    spans = [_span(address, text, base, name)]
    values = [_days(base[name])]
    said = f"{base['name'] or base['named']}{plain(values[0])}天"
    for case, times in told:
        span, value = _span(address, text, case, "more"), _days(case["more"])
        spans.append(span)
        values += [value] * times
        said = f"{said}，{case['when']}增加{plain(value)}天"
    working.says(said, *spans)
    total = sum(values, Decimal(0))
    terms = " + ".join(f"{plain(value)}天" for value in values)
    working.says(f"{terms} = {plain(total)}天", *spans)
    return worked_alone(total, "天", "", working)


def _days(written: str) -> Decimal:
    return find_quantities(written)[0].value


def _span(address: Address, text: str, match: re.Match[str], name: str) -> Span:
    start, end = match.span(name)
    return Span(address, start, end, text[start:end])
