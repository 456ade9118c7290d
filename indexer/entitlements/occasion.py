"""The occasion of a grant: phrases to the event in its pieces, and who receives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.entitlements.recipients import Parted, given_to, is_generic, part_recipient
from indexer.entitlements.row import Place

__all__ = ["Occasion", "occasion_of", "opens"]

_LEADING = re.compile(
    r"^(?:(?:（[^）]*(?:牵头|责任|负责|配合)[^）]*）|\([^)]*(?:牵头|责任|负责|配合)[^)]*\))|[\s·、•]|\d{1,2}[.．、]|[一二三四五六七八九十]{1,3}、|[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]+[）)]"
    r"|其中|同时|此外|另外|并且?|且|和|及时?|以及|凡是?|鼓励|支持|积极|经评审|如果?(?=[^有])|要(?!求)|还|再|根据[^，；]{2,6}?需要|对其(?!他)|对(?=[该此])|将|还?细分了?(?:为|出)?)*[，,]?"
)
_BEFORE_FOR = r"(?:[^，；。的]{0,40}可(?=对)|[^，；。]{0,60}(?:[、\s]|\d{1,2}[.．])(?=对)|[^，；。的、]{0,12}(?:政府|财政|部门|银行|各区|各地|区县)|继续|可以?|将|依法依规|加大|原则上|积极|都|也|由[^，；。的]{2,12}){0,4}"
#: 对…: here the words of the occasion begin.
_OPENS = re.compile(
    rf"^{_BEFORE_FOR}(?:对于?|针对)(?![接口标象应照比策]|外(?![贸资商地省来国籍])|其(?!他)|[该此]|上述|每[家个])\s*(?=\S)|^凡是?|^为(?=[^了]{{2,30}}提供)"
)
_TRAILING = re.compile(
    r"(?:的|后|，|,|、|时|，?经评审|分别|均?可以?|将|由|原则上|进一步|提高至|期间最高|人均|都|直接|及时|应当?|按规定|申请|通过|为其?|牵头|还|进行|实行|(?:财政)?(?:贴息|补贴|奖补)的?(?:支持)?力度|後){1,12}$"
)
#: Who pays, and from what: no part of the occasion.
_PAYER = re.compile(
    r"(?:由|各|从)?(?:[^，；。的、]{0,8}(?:财政|政府|部门|基金)|各[地区市县]|就医地|同级|企业所在地|参保地)[^，；。的、]{0,4}(?:可|可以|视情况?|统筹资金|按|给予|从[^，；。]{0,20}中|结合实际){0,4}$"
    r"|(?:通过“[^”]{0,40}”政策|通过[^，；。]{2,12}资金|依据[^，；。]{2,24}|根据[^，；。]{2,20}|经[^，；。]{0,8}(?:认定|评审|审核|批准|同意)后?|依法依规|择优|每年安排|实行|在职期间可?)$"
)
#: One character that tells sister rows apart.
_ORDINAL = re.compile(r"[Ⅰ-ⅫIVXA-Z甲乙丙丁一二三四五]")
#: Words of a grant within a phrase that names an occasion too.
_GRANTS = re.compile(
    r"(?<!已)(?:可以?|将|均|按规定|期间){0,6}(?:申请)?(?:给予|予以|享受|发放|领取|申领)[^，的]{0,200}+$"
)
#: Phrases that say nothing of the occasion.
_FILLER = re.compile(
    r"^(?:在.{2,10}方面|.{0,12}(?:明确|表示|报道称|介绍|指出|规定)|为[^提]{4,}|根据.*|结合.*|围绕.*|按照?.*|依据.*|通过.*(?:认定|审核)后?|.{0,6}(?:了解到|获悉)|今后|从今年.*|今年以来|近日|目前|疫情(?:防控)?期间|在疫情(?:防控)?期间|落实.*政策|可?向.*申请.*|建立.*清单|符合.{0,4}条件|.{0,4}期限.*|可?按.*|.*(?:力度|水平|渠道)$|可申请.*|将?优先.*|针对这.*|[该此].*|.*为[主辅]|适当控制.*|.{0,4}通过认定.?)$"
)
_EMPTY = re.compile(
    r"(?:通过|根据|依据|按照|获得|取得|经|被|或者|并|实现|给予|对于|开展)$|^(?:根据|结合|围绕|按照?)"
    r"|^(?:由|各|中央|省级?|市级?|区级?|县级?|各级|地方|自治区|所需资金)*(?:财政|部门).{0,6}$|^各[区地市县]$"
    r"|^(?:继续|可|均|所需资金|每年安排|在职期间可?|补贴|人|个人|其|每[月年天日]|额外|另外?|再|同一|(?:返还|补贴|补助|奖励|支持|资助)?(?:比例|标准|额度|金额)|[^，]{0,8}[委局厅部]|一次性|标准|补助|奖励|企业|项目|活动|原则上|最高|可以?)$"
)
#: A sum that must be reached, behind what is measured: 新增固定资产投资额3000万元（含）以上.
_THRESHOLD = re.compile(
    r"^(?P<of>[^\d，；。]{4,24}?)(?:达到?|超过|在|满)?\s*[\d.,]+\s*[百千万亿]*元\s*(?:[（(]不?含[）)])?(?:及?以[上下])?(?:[（(][^）)]*[）)])*$"
)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Places of a clause: the pieces of the event, and who receives."""

    event: tuple[Place, ...]
    subject: Place | None
    #: Whether two recipients are named apart, so that one alone would be wrong.
    unsure: bool = False
    #: Whether the words only say which recipients are meant: 受疫情影响的企业.
    weak: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A phrase without what leads up to it; ``clause`` if 的 or 后 stood behind it."""

    place: Place
    clause: bool
    opened: bool


def opens(text: str) -> bool:
    """Whether a phrase begins an occasion with 对."""
    lead = _LEADING.match(text)
    return bool(_OPENS.match(text[lead.end() if lead else 0 :]))


def occasion_of(text: str, places: Sequence[Place], granting: Place) -> Occasion:
    """Read the occasion in the phrases before the words of granting.

    ``granting`` is the phrase of the figure: 给予许可企业 names who receives.

    >>> found = occasion_of("对不裁员的参保企业给予补助", [(0, 9)], (0, 13))
    >>> found.event, found.subject
    (((1, 4),), (5, 9))
    """
    read = [piece for place in places if (piece := _piece(text, place))]
    pieces = _without_story(text, read)
    opened = next((n for n, piece in enumerate(pieces) if piece.opened), 0)
    named = _named(text, granting)
    late = _read(text, pieces[opened:])
    bounds = late.event
    late = replace(late, event=tuple(_measure(text, place) for place in late.event))
    early = _read(text, pieces[:opened])
    only_bounds = bool(early.event) and all(_THRESHOLD.match(text[a:b]) for a, b in bounds)
    if opened and only_bounds:
        late = Occasion(early.event, late.subject or early.subject, early.unsure, early.weak)
    subject = late.subject
    if named and not _points_back(text[slice(*named)]):
        generic = is_generic(text[slice(*named)])
        subject = subject if subject and generic else named
    return Occasion(late.event, subject, late.unsure and subject != named, late.weak)


def _piece(text: str, place: Place) -> _Piece | None:
    start, end = place
    raw = text[start:end]
    if grant := _GRANTS.search(raw):
        raw = raw[: grant.start()]
    lead = _LEADING.match(raw)
    at = lead.end() if lead else 0
    for_whom = _OPENS.match(raw[at:])
    at += for_whom.end() if for_whom else 0
    stop, clause = len(raw.rstrip()), False
    while tail := _PAYER.search(raw, at, stop) or _TRAILING.search(raw, at, stop):
        clause = clause or bool(re.search(r"[的后时]$", raw[at:stop]))
        if tail.start() <= at:
            if for_whom:
                break
            return None
        stop = tail.start()
    words = raw[at:stop]
    if (
        (len(words) < 2 and not _ORDINAL.match(words))
        or _EMPTY.search(words)
        or (_FILLER.match(words) and not for_whom)
    ):
        return None
    return _Piece((start + at, start + stop), clause, bool(for_whom))


def _points_back(words: str) -> bool:
    """Whether words only point back to who was named before: 每家企业, 该机构."""
    return bool(re.match(r"[每单该各]|同一|上述", words))


def _measure(text: str, place: Place) -> Place:
    """What is measured alone, where a phrase is nothing but a threshold of money."""
    match = _THRESHOLD.match(text[slice(*place)])
    return (place[0], place[0] + match.end("of")) if match else place


def _without_story(text: str, pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """The last clause alone, where a long sentence tells much before it without any 对."""
    clauses = [n for n, piece in enumerate(pieces) if piece.clause]
    if len(pieces) < 4 or any(piece.opened for piece in pieces) or not clauses:
        return pieces
    first = text[slice(*pieces[0].place)]
    if not pieces[0].clause and part_recipient(first, False):
        return pieces
    return pieces[clauses[-1] :]


def _named(text: str, granting: Place) -> Place | None:
    place = given_to(text[slice(*granting)])
    return (granting[0] + place[0], granting[0] + place[1]) if place else None


def _read(text: str, pieces: Sequence[_Piece]) -> Occasion:
    """The recipient of the first piece that names one, and the rest as the event."""
    subject: Place | None = None
    kept: Place | None = None
    event: list[Place] = []
    unsure = False
    for number, piece in enumerate(pieces):
        start, end = piece.place
        parted = part_recipient(text[start:end], piece.clause)
        known = subject is not None and not piece.opened
        if known and parted and _is_listed(parted, piece):
            unsure = True
        if parted is None or known or (number and _is_aside(text, parted, piece)):
            event.append(piece.place)
            continue
        if subject and text[slice(*subject)] != text[start + parted.who[0] : start + parted.who[1]]:
            unsure = unsure or number > 0
        subject = subject or (start + parted.who[0], start + parted.who[1])
        rest = [(start + a, start + b) for a, b in parted.event]
        rest = [(a, b) for a, b in rest if not _EMPTY.search(text[a:b])]
        if parted.property and rest:
            kept = (rest[0][0], start + parted.who[1])
        event += rest
    if kept and subject and len(event) > 1:
        inside = [p for p in event if not (kept[0] <= p[0] and p[1] <= kept[1])]
        if inside:
            return Occasion(tuple(inside), kept, unsure)
    return Occasion(tuple(event), subject, unsure, bool(kept) or not event)


def _is_listed(parted: Parted, piece: _Piece) -> bool:
    """Whether a later phrase names one more recipient: 困难职工家庭，…的优抚对象."""
    length = piece.place[1] - piece.place[0]
    return not piece.clause and parted.who[1] >= length - 1 and not parted.property


def _is_aside(text: str, parted: Parted, piece: _Piece) -> bool:
    """Whether a recipient within a later phrase is only spoken of: …的检测机构型检报告."""
    start, end = piece.place
    if piece.opened or not parted.event or parted.who[1] >= end - start - 1:
        return False
    if piece.clause and parted.who[0] == 0:
        return False
    return parted.who[0] > 0 or "的" in text[start : start + parted.who[1]]
