"""What two levels give together, where their texts let both be had: 市级 60万元 + 区级 20万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.address import Address
from corpus.mentions import find_mentions, resolve
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.limits import is_above
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Calculation, Step
from server.sums.facts import Fact
from server.sums.left_by_others import Alone, of_what_is_left, on_what_is_left
from server.sums.levels import side_by_side
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.named import named_amount
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["asks_for_all_levels", "both_levels"]

_AND = r"(?:加|和|跟|与|、|再加上?|连)"
#: A level by the name of its place: 开发区, 高新区, 园区.
_ZONE = r"(?:[区县](?:里|级|上)|(?:经济|产业)?开发区|经开区|高新区|新区|园区)"
_LEVELS = re.compile(
    rf"[市省]、?[区县](?:两|二|、|的)?(?:级|头|边|里)|[省市](?:里|级|上)?{_AND}{_ZONE}|[省市](?:里|级|上)?[区县](?:里|级|上)|(?:{_ZONE}|[区县]){_AND}[市省](?:里|级|上)|两级"
)
#: Which of two levels gives more is asked; only one of them can be had, or is wanted.
_WHICH = re.compile(
    rf"[市省](?:里|级|上)[^，。]{{0,10}}还是[^，。]{{0,3}}{_ZONE}|{_ZONE}[^，。]{{0,10}}还是[^，。]{{0,3}}[市省](?:里|级|上)"
)
_ALL = re.compile(
    r"一共|总共|合计|加起来|加一?[块起]|共[能可补]|合起来|两头都|都[报领拿]|加[区县市省]|总"
)
_LEVEL_WORDS = re.compile(rf"{_LEVELS.pattern}|加起来|合计|加一块|两头都报")
_ABOVE = r"(?:全市|全省|市级|省级|上级|上述市|市、?区|区县|区级|各区|县级|两级|国家)"
#: Both may be had.
_MAY = re.compile(
    r"(?:可以?|能够?|允许)[^。；，]{0,16}?(?:叠加|同时|一并|累加)[^。；，]{0,6}?(?:享受|申[领报请]|支持|执行|领取)"
)
#: The local measure comes on top by its own words.
_ON_TOP = re.compile(
    rf"在{_ABOVE}[^，。；]{{0,16}}基础上|(?:区|县|市)级(?:财政)?(?:再|另|额外)|再(?:给予|按照?)[^。；]{{0,20}}(?:区|县)级|增发"
)
_NOT = re.compile(
    r"不(?:得|再|予|可)?(?:重复|同时|叠加|兼)[^。；，]{0,4}(?:享受|申|支持|执行)?|就高"
)
_SENTENCE = re.compile(r"[^。；\n]+")
#: Both together may come to no more than a share of the cost, or than what was paid.
_JOINT = re.compile(
    r"(?:两级|市、?区县?)[^，。；]{0,12}合计[^。；，]{0,4}不(?:得)?超过(?P<of>[^。；，\d]{2,20})(?P<share>\d{1,3}%)?"
)
#: 除第十八条外，…就高不重复: what is left out of the rule may be had.
_BUT = re.compile(r"除(?P<but>[^，。；]{2,40}?)(?:规定的?[^，。；]{0,10})?外[，,]")
_NEAR = 8


@dataclass(frozen=True, slots=True)
class _Rule:
    """A sentence on having support of two levels."""

    span: Span
    text: str


def asks_for_all_levels(question: str) -> bool:
    """Whether a question asks what two levels give together.

    >>> asks_for_all_levels("市里加区里一共能补多少"), asks_for_all_levels("市里的补贴一共多少")
    (True, False)
    """
    return bool(_LEVELS.search(question) and _ALL.search(question))


def both_levels(
    retrieval: Retrieval,
    retriever: Retriever,
    facts: Sequence[Fact],
    alone: Alone,
) -> Sum | None:
    """The sum of two levels; None where no text lets both be had, STOPPED where one of them cannot
    be worked out. ``alone`` works out one level from its clauses."""
    question = retrieval.understanding.text
    which = bool(_WHICH.search(question))
    if not which and not asks_for_all_levels(question):
        return None
    index = retriever.index
    sides = _sides(retrieval, index)
    if not sides:
        return None
    levels = [_level(retrieval, side, retriever) for side in sides]
    sums: list[Sum | None] = []
    for level in (one for one in levels if one.hits):
        if sums and on_what_is_left(level, index):
            sums.append(of_what_is_left(level, sums[0], facts, alone))
        else:
            sums.append(_of_level(level, retriever, facts, alone))
    worked = [s for s in sums if s and s is not STOPPED and s.calculation.result is not None]
    if which:
        return side_by_side(worked, index) if len(worked) == len(sides) else STOPPED
    permitted = {id(s): _may_be_had(s, worked, index) for s in worked}
    if len(worked) < len(sides):
        return STOPPED if any(permitted.values()) else None
    rules = [rule for s in worked for rule in permitted[id(s)]]
    if not rules or any(s.high not in (None, s.calculation.result) for s in worked):
        return None
    return _added(worked, rules, facts, index)


def _of_level(
    level: Retrieval,
    retriever: Retriever,
    facts: Sequence[Fact],
    alone: Alone,
) -> Sum | None:
    """What one level gives: worked out, or the amount for what the question names."""
    return alone(level, facts) or named_amount(level, Likeness(retriever), facts)


def _sides(retrieval: Retrieval, index: ClauseIndex) -> list[frozenset[str]]:
    """The documents of the two levels; those of one place, where one adds to what another gives."""
    day = retrieval.query.as_of
    own = {
        d.id: d.area
        for d in index.documents
        if d.authority == "normative" and d.validity(day).status in ("in_force", "unknown")
    }
    if pair := _areas(retrieval, index):
        return [frozenset(d for d, area in own.items() if area == one) for one in pair]
    near = [hit.passage.address for hit in retrieval.hits[:_NEAR]]
    near = [address for address in near if address.document in own]
    tops = [a for a in near if any(_ON_TOP.search(r.text) for r in _sentences(index, a))]
    others = [a.document for a in near if tops and a.document != tops[0].document]
    if not others or tops[0] != near[0] or own[others[0]] != own[tops[0].document]:
        return []
    return [frozenset({others[0]}), frozenset({tops[0].document})]


def _areas(retrieval: Retrieval, index: ClauseIndex) -> tuple[str, str] | None:
    """The higher and the lower level that a question asks for, told by what was found for it."""
    areas = [index.document(hit.passage.address.document).area for hit in retrieval.hits]
    named = [area for area in areas if area in retrieval.understanding.areas]
    for low in dict.fromkeys(a for a in [*named, *areas] if a):
        above = [d.area for d in index.documents if d.area and is_above(d.area, low)]
        above = [area for area in dict.fromkeys(above) if area != "全国"]
        if len(above) == 1:
            return above[0], low
    return _areas_said(retrieval, index)


def _areas_said(retrieval: Retrieval, index: ClauseIndex) -> tuple[str, str] | None:
    """The city and the district or county that a question names, where the library has only one
    of each to choose from: nothing else says that 泊阳县 is one of 澄州市."""
    own = {d.area for d in index.documents if d.area and d.authority == "normative"}
    cities = {area for area in own if area.endswith("市")}
    text = retrieval.query.text
    lower = {
        area
        for area in own
        if area[-1] in "区县"
        and len(name := re.split("[市省州]", area[:-1])[-1]) > 1
        and name in text
    }
    if len(lower) != 1:
        return None
    low = next(iter(lower))
    tops = {area for area in cities if is_above(area, low)} or cities
    return (next(iter(tops)), low) if len(tops) == 1 else None


def _level(retrieval: Retrieval, own: frozenset[str], retriever: Retriever) -> Retrieval:
    """The clauses of one level that fit a question, which is asked without its words on levels."""
    understood = retrieval.understanding
    text = retriever.without_areas(_LEVEL_WORDS.sub("", understood.text), understood.areas)
    text = _LEVEL_WORDS.sub("", text)
    query = replace(retrieval.query, text=text, documents=own, sides=False, area=None)
    hits: tuple[Hit, ...] = retriever.retrieve(query).hits if own else ()
    understanding = replace(understood, text=text, areas=frozenset(), documents=frozenset())
    return replace(retrieval, hits=hits, sides=(), understanding=understanding)


def _may_be_had(worked: Sum, sums: Sequence[Sum], index: ClauseIndex) -> list[_Rule]:
    """The sentences by which what was worked out may be had beside what another level gives."""
    own = worked.sources[0].address
    areas = {index.document(s.sources[0].address.document).area for s in sums} - {None, ""}
    found = [rule for rule in _sentences(index, own) if _ON_TOP.search(rule.text)]
    for clause in index.readings[own.document].outline.clauses:
        address = Address(own.document, clause.path)
        found += [r for r in _sentences(index, address) if _permits(r.text, own, areas, index)]
    return found


def _permits(text: str, own: Address, areas: set[str | None], index: ClauseIndex) -> bool:
    """Whether a sentence on both levels lets a clause be had beside the other level's."""
    outline = index.readings[own.document].outline
    left_out = _BUT.search(text)
    if left_out and _NOT.search(text[left_out.end() :]) and re.search(_ABOVE, text):
        named = [resolve(m, outline) for m in find_mentions(left_out["but"])]
        return any(path and path.contains(own.path) for path in named)
    on_both = re.search(_ABOVE, text) or any(area and area in text for area in areas)
    if not _MAY.search(text) or not on_both:
        return False
    named = [resolve(m, outline) for m in find_mentions(text)]
    if not named:
        return not _NOT.search(text)
    return any(path and path.contains(own.path) for path in named)


def _sentences(index: ClauseIndex, address: Address) -> Iterator[_Rule]:
    text = index.clause(address)[1].text
    for match in _SENTENCE.finditer(text):
        yield _Rule(Span(address, match.start(), match.end(), match[0]), match[0])


def _added(
    sums: Sequence[Sum], rules: Sequence[_Rule], facts: Sequence[Fact], index: ClauseIndex
) -> Sum | None:
    working = Working()
    values = [s.calculation.result or Decimal(0) for s in sums]
    total = working.plus(values, [rules[0].span])
    assumed: list[str] = []
    for rule in _limits(sums, index):
        match = _JOINT.search(rule.text)
        assert match is not None
        limit = _limit(match, rule, facts, sums, working)
        if limit is None:
            assumed.append(f"两级合计不超过{match['of']}{match['share'] or ''}")
        elif limit:
            total = working.capped(total, limit, "两级合计上限", rule.span)
    steps = [
        Step(f"{_name(s, sums, index)}：{step.text}", step.addresses)
        for s in sums
        for step in s.calculation.steps
    ]
    parts = [s.calculation for s in sums]
    most = "最高" if any(p.display.startswith("最高") for p in parts) or working.caps else ""
    return Sum(
        Calculation(
            total,
            MONEY,
            f"{most}{written(total, MONEY)}",
            (*steps, *working.steps),
            tuple(dict.fromkeys([*(cap for p in parts for cap in p.caps), *working.caps])),
            tuple(dict.fromkeys([*(text for p in parts for text in p.assumptions), *assumed])),
        ),
        unique([*(span for s in sums for span in s.sources), *working.sources]),
        levels=len(sums),
    )


def _limits(sums: Sequence[Sum], index: ClauseIndex) -> list[_Rule]:
    """The sentences that limit what both levels give together: of the clauses worked with, or of
    what is said on both levels at the end of their documents; each limit once."""
    found: dict[tuple[str, str | None], _Rule] = {}
    for one in sums:
        own = one.sources[0].address
        for clause in index.readings[own.document].outline.clauses:
            address = Address(own.document, clause.path)
            for rule in _sentences(index, address):
                match = _JOINT.search(rule.text)
                general = match and match["share"]
                if match and (general or clause.path == own.path):
                    found.setdefault((match["of"][-4:], match["share"]), rule)
    return list(found.values())


def _limit(
    match: re.Match[str], rule: _Rule, facts: Sequence[Fact], sums: Sequence[Sum], working: Working
) -> Decimal | None:
    """What both levels may come to at most: nothing where a limit is on costs and neither level's
    sum is of one; None where what was paid is not stated."""
    money = [fact for fact in facts if fact.unit == MONEY]
    of_cost = any("%" in step.text for s in sums for step in s.calculation.steps)
    if match["share"]:
        if not of_cost:
            return Decimal(0)
        q = find_quantities(match["share"])[0]
        at = rule.span.start + match.start("share")
        span = Span(rule.span.address, at, at + len(match["share"]), match["share"])
        share = Quantity(q.value, "%", span)
        return working.share(money[0].value, share) if len(money) == 1 else None
    key = match["of"][-2:]
    said = [fact for fact in money if key in fact.words or key[-1] in fact.words]
    return said[0].value if len(said) == 1 else None


def _name(one: Sum, sums: Sequence[Sum], index: ClauseIndex) -> str:
    """What a level is called: its place, its document where both are of one place."""
    documents = [index.document(s.sources[0].address.document) for s in sums]
    own = index.document(one.sources[0].address.document)
    alone = len({d.area for d in documents}) == len(documents)
    return own.area if own.area and alone else f"《{own.title}》"
