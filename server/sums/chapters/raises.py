"""What one article of a document changes of another one, and for whom: 在第六条规定的比例基础上提高2个百分点, 按第六条计算的
奖补金额上浮10%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.address import Address
from corpus.outline import Outline
from corpus.references import references
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Cap, Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from indexer.entitlements.roles import scope_of, yearly
from server.sums.clause_figures import quantity_at
from server.sums.phrases import SENTENCE
from server.sums.unit_kinds import is_said

__all__ = ["Raise", "is_case", "raises_in", "raises_of"]

#: 提高2个百分点, 上浮10%, 提高到12%, 增加50万元.
_MOVED = re.compile(
    r"(?P<verb>上浮|上调|提高|放宽|增加|下浮|下调|降低|减少|扣减|核减|调减)(?:了|幅度为|(?P<to>[到至为]))?(?=\d{1,6}(?:\.\d{1,2})?(?:个百分点|[%％]|[万亿]?元))"
)
_LESS = re.compile(r"下浮|下调|降低|减少|减")
_LEAD = re.compile(r"(?:在|按照?|对照?|享受|比照|依照|就|将)$")
#: 建设补贴标准在第八条基础上上浮: what is changed, not for whom.
_WHAT = re.compile(
    r"(?:^|，|的)[^，的]{0,8}(?:补[助贴]|奖[励补]|资助|贴息|标准|比例|金额|额度|限额|上限)$"
)
#: The name that an article begins with.
_NAME = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,12}(?:补[助贴]|奖[励补]|资助|贴息))。")
_BEHIND = re.compile(
    r"^(?:所?规?定?的?|所列的?)(?:[^，。；\d]{0,6}?(?:比例|标准|金额|额度|上限|限额|补[助贴]|奖[励补]|资助|贴息))?(?:的?基础上?|之上|计算的?[^，。；\d]{0,8})?(?:再|相应|可|适当|给予)?$"
)
_LIST = re.compile(r"、|，|以及|或者?|和|及|并|且")
_FRAME = re.compile(
    r"^(?:对于?|属于|从事|符合|取得|获得|获评|具有|列入|纳入|被?(?:认定|评定)为)?(?:本市|本省|本区|本县|我市)?"
    r"|(?:产业链?|行业|领域|等)?(?:上的?|内的?)?(?:企业|单位|机构|公司|人员|个人)?(?:实施|申报|开展|建设|承担)?的?(?:项目|产品|企业|单位|机构|个人|人员)?的?$"
)
_ANY = re.compile(
    r"(?:注册(?:地|登记)?|所在地?|实施地?|项目|企业|单位|机构|人员|个人|产品|设备|其中|本办法|规定|比例|标准)*"
)
_MARKS = re.compile(r"[“”\"‘’《》]|[（(][^（）()]{0,16}[）)]")
#: 均在高明区: where something is.
_PLACE = re.compile(
    r"(?:.*[在于为])?(?P<stem>[\u4e00-\u9fff]{2,4}?)(?:新区|开发区|自治县|区|县|市|镇)"
)
_BOTH = re.compile(r"均|都|同时|全部")
_RANK = re.compile(r"(?:国家|省|市|区|县)级")
_DENIED = re.compile(r"(?:不是|不属于?|不在|不算|并?非|没有?|没在|未|还没|离)[^，,。；;]{0,6}$")
_PARTLY = 0.3
_KEPT = re.compile(
    r"(?:上限|限额|封顶)[^，。；]{0,8}(?:不变|约束|执行|限制|为限)|仍[^，。；\d]{0,16}(?:上限|限额|封顶)"
)
_WHOSE = re.compile(r"[单每]|同一|企业|项目|年度")
_MOST = re.compile(r"(?:不超过|不得超过|最高|最多|上限|限额)[^，。；\d]{0,6}$")

#: Whether a question says that a case is given; ``open``: in part, or not for certain.
Given = Literal["given", "open", "no"]


@dataclass(frozen=True, slots=True)
class Raise:
    """For whom the rate or the amount of other clauses is changed, and by how much.

    ``points``: the rate is, by points; ``to``: ``by`` is what it comes to; ``of_limit``: what is
    changed is a limit. ``cap``: the limit that takes the place of the one before, ``of_any``
    whatever that is for; ``kept``: that one holds on.
    """

    address: Address
    who: str
    of: tuple[Address, ...]
    by: Quantity
    points: bool
    to: bool
    less: bool
    kept: bool
    of_limit: bool
    cap: Cap | None = None
    of_any: bool = False

    def touches(self, address: Address) -> bool:
        """Whether it changes what a clause gives."""
        return any(one.contains(address) for one in self.of)


def raises_of(address: Address, question: str, index: ClauseIndex) -> list[tuple[Raise, Given]]:
    """What other clauses of its document change of a clause in a case of which a question speaks."""
    clauses = index.readings[address.document].outline.clauses
    found: list[tuple[Raise, Given]] = []
    for clause in clauses:
        if clause.text and _MOVED.search(clause.text):
            own = Address(address.document, clause.path)
            for one in raises_in(own, index) if own != address else ():
                given = is_case(one.who, question) if one.touches(address) else "no"
                found += [(one, given)] if given != "no" else []
    return found


def raises_in(address: Address, index: ClauseIndex) -> Iterator[Raise]:
    """What a clause changes of others of its document."""
    reading, clause = index.clause(address)
    text, end = clause.text, 0
    named = [r for r in references(text, address, reading.outline) if r.document is None]
    for sentence in SENTENCE.finditer(text):
        begun, end = sentence.span()
        match = _MOVED.search(sentence[0])
        inside = [r for r in named if begun <= r.start < end] if match else []
        before = [
            (r.address, r.start, r.start + len(r.words))
            for r in inside
            if match and r.address and r.start < begun + match.start()
        ]
        if match and not before:
            before = list(_by_name(text, begun, begun + match.start(), address, reading.outline))
        of = tuple(place for place, _, _ in before if place != address)
        at = begun + match.end() if match else -1
        q = next((q for q in find_quantities(text) if q.start == at), None)
        if match is None or q is None or not of:
            continue
        first, last = before[0][1], before[-1][2]
        lead = text[begun:first]
        behind = text[last : begun + match.start()]
        lead = _WHAT.sub("", _LEAD.sub("", lead.strip(" ，")))
        who = f"{lead}，{_WHAT.sub('', _BEHIND.sub('', behind))}".strip("， 的")
        # What follows behind a semicolon is still said of it.
        tail = re.split("[。\n]", text[q.end :])[0]
        cap = _cap(address, text, q.end, q.end + len(tail))
        yield Raise(
            address, who, of, quantity_at(address, text, q, 0),
            points=text[q.start : q.end].endswith("点"), to=bool(match["to"]),
            less=bool(_LESS.search(match["verb"])),
            kept=bool(_KEPT.search(tail)),
            of_limit=bool(re.search(r"上限|限额|封顶", behind)),
            cap=cap, of_any=bool(cap) and not _WHOSE.search(tail),
        )  # fmt: skip


def _by_name(
    text: str, begun: int, end: int, address: Address, outline: Outline
) -> Iterator[tuple[Address, int, int]]:
    """The article whose support is named by the name that it begins with: 设备更新补助上浮20%."""
    for clause in outline.clauses:
        match = _NAME.match(clause.text)
        at = text.find(match["name"], begun, end) if match else -1
        if match and at >= 0 and clause.path.article != address.path.article:
            yield Address(address.document, clause.path), at, at + len(match["name"])


def _cap(address: Address, text: str, start: int, end: int) -> Cap | None:
    """The limit that is said behind what is changed: 单个项目奖补最高不超过1000万元."""
    for q in find_quantities(text[:end]):
        before = re.split("[，。；]", text[: q.start])[-1]
        if q.start >= start and q.unit == MONEY and _MOST.search(before):
            return Cap(quantity_at(address, text, q, 0), scope_of(before), yearly(before))
    return None


def is_case(who: str, question: str) -> Given:
    """Whether a question names one of those for whom something is changed.

    >>> is_case("国家级专精特新“小巨人”企业、省级单项冠军企业实施的项目", "我们是国家级小巨人企业")
    'given'
    >>> is_case("注册地和项目均在云山区、江口区的企业", "注册地和项目都在云山区"), is_case("农村户籍的", "城里户口")
    ('given', 'no')
    """
    both = bool(_BOTH.search(who))
    found = {_is_kind(kind, question, both) for kind in _kinds(who)}
    return "given" if "given" in found else "open" if "open" in found else "no"


def _kinds(who: str) -> Iterable[str]:
    for kind in _LIST.split(_MARKS.sub(lambda m: "" if len(m[0]) == 1 else " ", who)):
        name = _FRAME.sub("", kind.strip()).replace(" ", "")
        if len(name) > 1 and not _ANY.fullmatch(name):
            yield name


def _is_kind(kind: str, question: str, both: bool) -> Given:
    if place := _PLACE.fullmatch(kind):
        at = question.find(place["stem"])
        if at < 0 or _DENIED.search(question[:at]):
            return "no"
        return "open" if both and not _BOTH.search(question) else "given"
    tail = kind[-3:]
    ranks = [set(_RANK.findall(text)) for text in (kind, question)]
    if tail in question and not _DENIED.search(question[: question.find(tail)]):
        return "open" if all(ranks) and not ranks[0] & ranks[1] else "given"
    if is_said(kind, question):
        return "given"
    runs = [kind[at : at + 2] for at in range(len(kind) - 1)]
    said = [run for run in runs if run in question]
    if any(_DENIED.search(question[: question.find(run)]) for run in said):
        return "no"
    return "open" if len(said) >= _PARTLY * len(runs) else "no"
