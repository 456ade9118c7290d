"""Cases that get a share of what a clause grants: 体外诊断试剂按上述标准的50%执行."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements import Entitlement
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import read_number
from indexer.lexical import terms
from server.sums.as_changed import Changes
from server.sums.bounds import is_money
from server.sums.facets import conflict, facets_of
from server.sums.likeness import Likeness, event_text, row_text
from server.sums.outcome import Outcome
from server.sums.working import Working

__all__ = ["NAMED", "held_to_share", "named_in"]

_SHARE = re.compile(
    r"(?<![^，。；、\n])(?P<case>[^，。；、\d]{2,24}?)的?[，,]?(?:按照?|参照|执行)(?P<of>前[款项目述条]|上述|本[条款项]|以上)[^，。；、\d%]{0,12}?标准(?P<caps>[和及与]上限)?的?\s?(?P<share>\d{1,3}\s?%|一半)"
)
#: Around the name of a case: 以受让方式取得, 同一品种新增适应症.
_LOOSE = re.compile(
    r"^(?:（.{1,2}）|\d\.)?(?:对于?|新(?:引进|设立|认定|落户)的?|以|属于|通过|其中|同一(?:品种|企业|项目|产品))|(?:方式)?(?:取得|获得|购置|购买)?的?(?:(?<=[\u4e00-\u9fff]{4})(?:企业|机构|单位))?的?$"
)
_NOT = re.compile(r"(?:不是|不属于?|并?非|不含|没有?|未)[^，,。；;]{0,4}$")
#: 又加了个新的适应症 is 新增适应症.
_ADDED = re.compile(r"[新又再增]加了?(?:一?个)?(?:新的?)?")
#: From this share of its words on a case is named, and up to the lower one it is not.
NAMED, _HARDLY = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class _Case:
    """A case with its share; ``caps``: limits are shared as well."""

    name: str
    share: Quantity
    caps: bool


def held_to_share(
    outcomes: Sequence[Outcome],
    question: str,
    likeness: Likeness,
    working: Working,
    changes: Changes | None = None,
) -> bool:
    """Take the share of each outcome that the case named in a question gets.

    False where it is not clear whether the case is meant, or whether a limit is shared too.
    """
    for outcome in outcomes:
        for case in _cases(likeness.retriever.index, outcome.row):
            if _is_open(case.name, outcome.row, question):
                return False
            named = named_in(case.name, row_text(outcome.row), question, likeness)
            if not named or outcome.failed:
                continue
            if named < NAMED or (not case.caps and _is_capped(outcome)):
                return False
            share = changes.figure(case.share) if changes else case.share
            same = outcome.low == outcome.high
            outcome.low = [working.share(value, share) for value in outcome.low]
            outcome.high = (
                outcome.low if same else [working.share(value, share) for value in outcome.high]
            )
    return True


def _is_open(name: str, row: Entitlement, question: str) -> bool:
    """Whether a case is of another kind than a measure, and a question says neither: 燃油车 beside
    新能源车."""
    kinds, own = facets_of(name), facets_of(event_text(row))
    return conflict(kinds, own) and not kinds.keys() & own.keys() & facets_of(question).keys()


def _is_capped(outcome: Outcome) -> bool:
    """Whether a limit for one thing, which the share may hold for or not, decides an outcome."""
    caps = [c.quantity.value for c in outcome.row.caps if c.scope == "item" and is_money(c)]
    return any(value in caps for value in [*outcome.low, *outcome.high])


def named_in(name: str, measure: str, question: str, likeness: Likeness) -> float:
    """How surely a question names a case by what the measure itself does not say (二手 of 二手设备);
    nothing where it says that it is another one."""
    said = set(terms(measure))
    best, question = 0.0, _ADDED.sub("新增", question)
    for one in re.split(r"[或及]|以及|或者", name):
        key = _LOOSE.sub("", _LOOSE.sub("", one)) or one
        tail = question.find(key[-2:])
        if tail > 0 and _NOT.search(question[:tail]):
            continue
        own = [term for term in terms(key) if term not in said]
        best = max(best, likeness.retriever.coverage(own, question) if own else 0.0)
    return best if best >= _HARDLY else 0.0


def _cases(index: ClauseIndex, row: Entitlement) -> Iterator[_Case]:
    """The cases said in the clause of a measure or right behind it (按照前项标准的30%)."""
    own = row.address.path
    clauses = list(index.readings[row.address.document].outline.clauses)
    behind = [c for c in clauses if c.path.parent == own.parent and c.path != own]
    after = [c.path for c in clauses if c.path.parent == own.parent]
    for clause in [index.clause(row.address)[1], *behind]:
        for match in _SHARE.finditer(clause.text):
            here, of = clause.path == own, match["of"]
            next_one = own in after and clause.path in after[after.index(own) + 1 :][:1]
            if not (here or (next_one and of.startswith("前")) or of == "本条"):
                continue
            address = Address(row.address.document, clause.path)
            start, end = match.span("share")
            said = match["share"].rstrip("%").strip()
            value = Decimal(50) if said == "一半" else read_number(said)
            span = Span(address, start, end, match["share"])
            yield _Case(match["case"], Quantity(value, "%", span), bool(match["caps"]))
