"""What two levels give together, where their texts let both be had: 市级 60万元 + 区级 20万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Address
from corpus.mentions import find_mentions, resolve
from indexer.clause_index import ClauseIndex
from retriever.limits import is_above
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.sums.added_levels import Rule, added, rules_of
from server.sums.facts import Fact
from server.sums.left_by_others import (
    Alone,
    of_what_is_given,
    of_what_is_left,
    on_what_is_left,
)
from server.sums.levels import higher_of, only_one, side_by_side
from server.sums.likeness import Likeness
from server.sums.named import named_amount
from server.sums.result import STOPPED, Sum

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
#: Only the higher one of what two levels give is had: 按就高不重复算最后能拿多少.
_HIGHER = re.compile(
    r"就高|取高|从高|不(?:能|得|可|可以)?重复|只(?:能|可以?)?(?:[拿领享选取][受择得]?)(?:其中)?一"
)
_BOTH = re.compile(
    rf"[市省](?:里|级|上)[^。；？?]{{0,24}}{_ZONE}|{_ZONE}[^。；？?]{{0,24}}[市省](?:里|级|上)"
)
_HOW_MUCH = r"[^，。；？?]{0,10}(?:多少|几[多何]?)"
#: What each of two levels gives is asked, one after the other: 按区里算多少？按市里算多少？
_EACH = re.compile(
    rf"{_ZONE}{_HOW_MUCH}[^。；]{{0,12}}[市省](?:里|级|上){_HOW_MUCH}|[市省](?:里|级|上){_HOW_MUCH}[^。；]{{0,12}}{_ZONE}{_HOW_MUCH}"
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
#: 除第十八条外，…就高不重复: what is left out of the rule may be had.
_BUT = re.compile(r"除(?P<but>[^，。；]{2,40}?)(?:规定的?[^，。；]{0,10})?外[，,]")
#: 白鹭洲 is 白鹭洲高新区.
_KIND_OF_ZONE = re.compile(
    r"(?:经济技术开发|高新技术产业开发|经济开发|高新|经开|开发|工业园|产业园|新)$"
)
_NEAR = 8


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
    each = bool(_EACH.search(question))
    higher = bool(_HIGHER.search(question) and _BOTH.search(question))
    if not higher and not which and not each and not asks_for_all_levels(question):
        return None
    index = retriever.index
    sides = _sides(retrieval, index)
    if not sides:
        return None
    levels = [_level(retrieval, side, retriever) for side in sides]
    sums, matched = _one_by_one([one for one in levels if one.hits], retriever, facts, alone)
    worked = [s for s in sums if s and s is not STOPPED and s.calculation.result is not None]
    if higher:
        return higher_of(worked, index) if len(worked) == len(sides) else STOPPED
    if which:
        return side_by_side(worked, index) if len(worked) == len(sides) else STOPPED
    if each:
        # Of a case of which nothing is stated the clauses of both say more than one amount.
        return _each(worked, len(sides), index) if facts or len(worked) == len(sides) else None
    permitted = {id(s): _may_be_had(s, worked, index) for s in worked}
    if len(worked) < len(sides):
        return STOPPED if any(permitted.values()) else None
    rules = [rule for s in worked for rule in permitted[id(s)]]
    rules += [next(rules_of(index, s.sources[0].address)) for s in matched]
    if not rules or any(s.high not in (None, s.calculation.result) for s in worked):
        return None
    return added(worked, rules, facts, index)


def _one_by_one(
    levels: Sequence[Retrieval], retriever: Retriever, facts: Sequence[Fact], alone: Alone
) -> tuple[list[Sum | None], list[Sum]]:
    """What each level gives; those that are a share of what the other gives come on top of it."""
    sums: list[Sum | None] = []
    matched: list[Sum] = []
    for level in levels:
        if sums and on_what_is_left(level, retriever.index):
            sums.append(of_what_is_left(level, sums[0], facts, alone))
        else:
            found, given = _second(level, sums[:1], retriever, facts, alone)
            matched += [found] if found and given else []
            sums.append(found)
    return sums, matched


def _each(worked: Sequence[Sum], sides: int, index: ClauseIndex) -> Sum | None:
    """What each level gives, or that only one could be worked out."""
    if len(worked) == sides:
        return side_by_side(worked, index)
    return only_one(worked[0], index) if worked else None


def _second(
    level: Retrieval,
    above: Sequence[Sum | None],
    retriever: Retriever,
    facts: Sequence[Fact],
    alone: Alone,
) -> tuple[Sum | None, bool]:
    """What one level gives, and whether it is a share of what the one above gives."""
    likeness = Likeness(retriever)
    if above and (given := of_what_is_given(level, above[0], likeness)):
        return given, True
    found = _of_level(level, retriever, facts, alone)
    if above and (found is None or found.calculation.result is None):
        given = of_what_is_given(level, above[0], likeness, near=_NEAR // 2)
        return given or found, given is not None
    return found, False


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
    tops = [a for a in near if any(_ON_TOP.search(r.text) for r in rules_of(index, a))]
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
        and len(name := _KIND_OF_ZONE.sub("", re.split("[市省州]", area[:-1])[-1])) > 1
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


def _may_be_had(worked: Sum, sums: Sequence[Sum], index: ClauseIndex) -> list[Rule]:
    """The sentences by which what was worked out may be had beside what another level gives."""
    own = worked.sources[0].address
    areas = {index.document(s.sources[0].address.document).area for s in sums} - {None, ""}
    found = [rule for rule in rules_of(index, own) if _ON_TOP.search(rule.text)]
    for clause in index.readings[own.document].outline.clauses:
        address = Address(own.document, clause.path)
        found += [r for r in rules_of(index, address) if _permits(r.text, own, areas, index)]
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
