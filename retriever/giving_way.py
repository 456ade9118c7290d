"""First hits that are on something else, by what they say, give way to the one behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from retriever.limits import is_above
from retriever.penalties import punishing
from retriever.query import Hit, Understanding

__all__ = ["giving_way", "holds_nothing_beside", "only_leads"]

#: Who has got other support is left out here: the sentence is on that support, the clause is not.
_EXCLUDES = re.compile(
    r"已(?:经)?(?:享受|获得?|取得|领取|申请)[^。；]{2,40}(?:不再|不得|不予|不能|不重复)"
)
#: Whether two supports can be had is asked for.
_BOTH = re.compile(
    r"重复|叠加|同时|兼得|还能|还可以|还有没有|都能|一起|不再|已经?(?:享受|拿|领)|又"
)
#: What a text begins with: …，现就有关事项通知如下; …，现印发给你们，请认真贯彻执行; and questions that
#: it answers.
_PREAMBLE = re.compile(
    r"现(?:将[^。；]{0,60})?(?:印发|转发|公布)(?:给|如下|于)?[^。；]{0,6}(?:，?请[^。；]{0,40})?[。：:]?$"
    r"|(?:现[^。；]{0,40}|通知|通告|公告|通令|意见|措施)如下[：:。]?$|制定本[\u4e00-\u9fff]{2,8}[：:。]?$"
)
#: What a text ends with: who issued it, and the day.
_SIGNED = re.compile(
    r"(?:特此(?:通知|通告|公告|函告)。?+)?+(?:[^，。；：、\d]{1,60}(?:[局委部厅府室会院行办]|中心)"
    r"(?:\s*+\d{4}年\d{1,2}月\d{1,2}日)?)?"
)
_ASKS_WHY = re.compile(
    r"依据|根据|按照|目的|为什么|为何|为了|背景|哪个部门|谁|开头|引言|前言"
    r"|哪[几些]年|年限|过期|到期|有效|失效|作数|印发|发布|发的|出的|成文|落款|批准|同意"
)
#: What a question may be on, and what a clause that never speaks of it is on instead. A question
#: that names both, or neither, tells nothing.
_KINDS = (
    (re.compile(r"(?<!医)药(?![监企店房])"), re.compile(r"器械")),
    (
        re.compile(r"租房|房租|租住|租[了个]?[^，。；]{0,4}房"),
        re.compile(r"购房|买房|购买[^。；]{0,12}住房"),
    ),
    (re.compile(r"购房|买房|购买[^。；]{0,12}住房"), re.compile(r"租房|房租|租住")),
    (re.compile(r"获批|批文|批准|批下来"), re.compile(r"临床试验|临床研究|[IVⅠⅡⅢ一二三]期")),
)
#: An entry of a list with its amount, and the lead of one: 安家费。…按下列标准给予补助：
_ENTRY = re.compile(r"(?P<name>[^：:，。；]{1,10})[：:][^：:]{0,12}?\d[\d.,]*\s*[万亿]?元")
_LEAD = re.compile(
    r"^(?:(?P<heading>[^，。；：]{2,10})。)?.*?(?:给予|发放)?(?P<given>[\u4e00-\u9fff]{2,6})[：:]$",
    re.S,
)
#: A clause that gives something, and is no aim.
_GIVES = re.compile(r"给予|奖励|补贴|补助|资助|资金支持|减免")
_HOW_MUCH = re.compile(r"(?:多少|几)(?![个年月天次期家项种批])|多少个?万|标准|金额|数额")
#: What somebody gets is asked for.
_GETS = re.compile(
    r"(?:[能可]以?(?:拿|领|得|报|补|奖)|奖励?|补[贴助]?|资助|给)[了到]?(?:多少|几[万百千]|好多)"
)
_AMOUNT = re.compile(r"\d\s*[万亿]?元|\d\s*[%％]")
#: What only an interpretation of a policy holds, or what it says is asked for.
_OF_INTERPRETATION = re.compile(r"解读|新闻|报道|问答|电话|联系|咨询|热线|例子|举例|官方说")
#: A clause as much on the matter scores at most this much less.
_NEAR = 0.03
#: A clause that gives something stands this close behind, and holds as much of the question.
_CLOSE, _HELD_TOO = 0.01, 0.6
#: Shares of the question's words: hardly any of them are held, or a good part.
_HARDLY, _GOOD = 0.1, 0.3


def giving_way(
    hits: Sequence[Hit],
    understanding: Understanding,
    index: ClauseIndex,
    spoken: Callable[[str], Sequence[str]],
) -> tuple[Hit, ...]:
    """Return the hits, the first one behind another where it is there for something else.

    Either the sentence that is like the question only leaves out who gets another support
    (已享受平台支持的不再享受), or the place is all that it shares with the question, while a clause
    of a level above holds what is asked about, or the kind of thing asked about is another, or it
    only interprets a policy, or it is of a level below the one asked for. What only leads to a text
    gives way to any other clause of it. ``spoken`` gives the words that name an area.
    """
    if len(hits) < 2 or understanding.addresses:
        return tuple(hits)
    if only_leads(hits[0]) and not _ASKS_WHY.search(understanding.text):
        hits = _led_to(hits)
    near = [hit for hit in hits[1:] if hit.score >= hits[0].score - _NEAR]
    better = (
        punishing(hits[0], hits[1:], understanding, index)
        or _of_the_policy(hits[0], near, understanding, index)
        or _not_excluding(hits[0], near, understanding)
        or _of_its_kind(hits[0], near, understanding)
        or _of_its_list(hits[0], near, understanding)
        or _of_the_matter(hits[0], near, understanding, index)
        or _of_the_level(hits[0], near, understanding, index, spoken)
    )
    if better is None:
        giving = _that_gives(hits[0], near, understanding)
        return _behind(giving, hits) if giving else tuple(hits)
    address = better.passage.address
    return (better, *(hit for hit in hits if hit.passage.address != address))


def _behind(giving: Hit, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with one before all others, the first one as far behind it as what is not meant."""
    last = replace(hits[0], score=giving.score - _NEAR)
    rest = [*(hit for hit in hits[1:] if hit is not giving), last]
    return (giving, *sorted(rest, key=lambda hit: -hit.score))


def only_leads(hit: Hit) -> bool:
    """Whether a clause is what its text begins with: …，现就有关事项通知如下; or how it is signed."""
    text = hit.passage.text.strip()
    return bool(_PREAMBLE.search(text) or _SIGNED.fullmatch(text))


def _led_to(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits, what only leads to a text behind all others, where there are others of it."""
    leading = [hit for hit in hits if only_leads(hit)]
    others = [hit for hit in hits if hit not in leading]
    own = {hit.passage.address.document for hit in others}
    held = hits[0].passage.address.document in own
    return (*others, *leading) if held else tuple(hits)


def _of_the_policy(
    first: Hit, near: Sequence[Hit], understanding: Understanding, index: ClauseIndex
) -> Hit | None:
    """The next clause of a policy, where the first one is of an interpretation, which binds nobody."""
    document = index.document(first.passage.address.document)
    interprets = document.explains or "解读" in document.title
    asked = understanding.documents or _OF_INTERPRETATION.search(understanding.text)
    if document.authority == "normative" or not interprets or asked:
        return None
    of = (index.document(hit.passage.address.document).authority for hit in near)
    return next((hit for hit, kind in zip(near, of, strict=True) if kind == "normative"), None)


def _not_excluding(first: Hit, near: Sequence[Hit], understanding: Understanding) -> Hit | None:
    pieces = sentences(first.passage.text)
    if _BOTH.search(understanding.text) or len(pieces) != len(first.pieces):
        return None
    best = max(range(len(pieces)), key=first.pieces.__getitem__)
    if not _EXCLUDES.search(pieces[best]):
        return None
    document = first.passage.address.document
    return next((hit for hit in near if hit.passage.address.document == document), None)


def _of_its_kind(first: Hit, near: Sequence[Hit], understanding: Understanding) -> Hit | None:
    """The next clause that speaks of the kind of thing asked about, where the first one is on
    another: 新药获批的奖励 is not of 医疗器械, nor of trials."""
    asked, own = understanding.text, first.passage.text
    document = first.passage.address.document
    for kind, other in _KINDS:
        if not kind.search(asked) or other.search(asked) or kind.search(own):
            continue
        if not other.search(own):
            continue
        same = (hit for hit in near if hit.passage.address.document == document)
        if better := next((hit for hit in same if kind.search(hit.passage.text)), None):
            return better
    return None


def _of_its_list(first: Hit, near: Sequence[Hit], understanding: Understanding) -> Hit | None:
    """The entry of a list (乙类：20万元；) that a question names, under the lead that says what of:
    a clause on when it is paid, or the same class of another list, may be more alike."""
    asked = understanding.text
    if not _HOW_MUCH.search(asked):
        return None
    return next((hit for hit in near if _names(asked, hit) and not _names(asked, first)), None)


def _names(asked: str, hit: Hit) -> bool:
    """Whether a question names an entry, and what its lead gives."""
    entry = _ENTRY.match(hit.passage.text)
    lead = _LEAD.search(hit.passage.context[-1].rstrip()) if hit.passage.context else None
    if not entry or not lead or entry["name"] not in asked:
        return False
    return any(lead[part] and lead[part] in asked for part in ("heading", "given"))


def _that_gives(first: Hit, near: Sequence[Hit], understanding: Understanding) -> Hit | None:
    """The next clause that gives an amount, where one is asked for and the first only speaks of its
    matter: 产业配套不断完善，建成一批GCP平台."""
    text = first.passage.text
    if not _GETS.search(understanding.text) or _AMOUNT.search(text) or _GIVES.search(text):
        return None
    close = [hit for hit in near if hit.score >= first.score - _CLOSE and _is_as_near(hit, first)]
    texts = ((hit, hit.passage.text) for hit in close)
    return next((hit for hit, own in texts if _AMOUNT.search(own) and _GIVES.search(own)), None)


def _is_as_near(hit: Hit, first: Hit) -> bool:
    """Whether a clause holds about as much of a question as the first one, or is more like it: a name
    written out (GCP) is held by what only explains it."""
    held, best = (one.signals.get("own", 0.0) for one in (hit, first))
    like, most = (one.signals.get("near", 0.0) for one in (hit, first))
    return held >= _HELD_TOO * best or like > most


def _of_the_matter(
    first: Hit, near: Sequence[Hit], understanding: Understanding, index: ClauseIndex
) -> Hit | None:
    place = _area(first, index)
    if not place or place not in understanding.areas:
        return None
    held = [hit for hit in near if holds_nothing_beside(first, hit)]
    if any(_area(hit, index) == place for hit in held):
        return None
    above = [hit for hit in held if is_above(_area(hit, index) or "", place)]
    return max(above, key=lambda hit: hit.score, default=None)


def _of_the_level(
    first: Hit,
    near: Sequence[Hit],
    understanding: Understanding,
    index: ClauseIndex,
    spoken: Callable[[str], Sequence[str]],
) -> Hit | None:
    """The next clause of the level asked for, where the first one is of a level below it:
    市里给多少 asks for the city's measure, not for that of one of its districts. A word for a level
    that the clause holds too is of its matter: 市级审批程序."""
    document = index.document(first.passage.address.document)
    place, asked = document.area, understanding.text
    if document.authority != "normative" or not place or place in understanding.areas:
        return None
    above = {area for area in understanding.areas if is_above(area, place)}
    said = [word for area in above for word in spoken(area) if word in asked]
    if not above or any(word in first.passage.text for word in said):
        return None
    gives = _GIVES.search(first.passage.text)
    own = (
        hit
        for hit in near
        if _area(hit, index) in above and (not gives or _GIVES.search(hit.passage.text))
    )
    return next((hit for hit in own if not holds_nothing_beside(hit, first)), None)


def holds_nothing_beside(hit: Hit, other: Hit) -> bool:
    """Whether a hit holds hardly any of the question's words, and another one a good part."""
    return hit.signals.get("own", 0.0) <= _HARDLY and other.signals.get("own", 0.0) >= _GOOD


def _area(hit: Hit, index: ClauseIndex) -> str | None:
    return index.document(hit.passage.address.document).area
