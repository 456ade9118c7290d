"""Days, papers and ways of doing something that a document leaves to a text yet to come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.address import Address
from indexer.passages import sentences
from indexer.readings import Reading
from retriever.query import Hit
from server.answer import Claim
from server.asking import Asking
from server.pieces import quoted

__all__ = ["IN_FORCE_FROM", "left_to_later_text", "says_how_later"]

_DETAILS = re.compile(
    r"另行(?:制定|通知)|申报细则|申报指南|见[^，。；]{0,8}申报通知"
    # The heading 申报条件。 leaves nothing to another text.
    r"|申报(?:标准|条件)(?!。)"
    r"|(?:材料|资料|申[报请]|受理|办理)[^。；]{0,30}另行(?:公布|发布|规定|明确)"
    r"|(?:材料|资料|时间|要求|条件|流程)[^。；]{0,12}[以按在][^。；]{0,20}(?:通知|指南|公告)(?:为准|执行|要求|中?(?:予以)?明确)"
)
_LATER = re.compile(r"另行(?:制定|公布|发布|规定|明确|确定|研究)")
_LEFT_LATER = re.compile(r"另行(?:制定|公布|发布|规定|明确|确定|通知)")
#: Conditions, standards or steps are asked for by that word…
_TERMS = "标准|条件|流程|程序|办法|细则"
_TERMS_ASKED = re.compile(
    rf"(?:什么|哪些|哪几[个条项]?|啥|怎样的)(?:样的)?[^，。？?]{{0,4}}?(?P<own>{_TERMS})"
    rf"|(?P<before>{_TERMS})(?:具体)?(?:是|有|都有|包括)(?:什么|哪些|啥|怎)"
)
#: …and left to a later text by it: 遴选标准以年度通知为准.
_TERMS_LATER = r"[^，。；\d]{0,20}，?(?:另行(?:制定|公布|发布|规定|明确|确定|通知)|以[^，。；]{2,20}(?:通知|公告|指南|办法|细则|文件|规定)为准)"
#: …or a value by what it is called.
_NAMED_LATER = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{4})(?:以[^，。；\d]{2,12}(?:通知|公告|指南|办法|细则|文件|规定)为准|由[^，。；\d]{2,24}另行(?:制定|公布|确定|规定))"
)
#: The value stands in a text of each year: 缴费档次以当年申报公告为准.
_AS_TOLD_LATER = re.compile(
    r"(?:标准|金额|额度|比例|档次|数额)[^，。；]{0,4}以[^，。；\d]{2,16}(?:通知|公告|指南|办法|细则)为准"
)
#: A figure that says who gets something, not what.
_CONDITION = re.compile(
    r"(?<![\d.,])\d[\d.,]*+\s*+[万亿]?[^\d，。；]{0,3}?(?:及?以[上下内]|[之年月]内)"
)
_VALUE_ASKED = re.compile(
    r"多少|几|标准|怎[么样]|[什么啥]样|如何|咋|百分|什么方式|哪[个一]?[档级]|哪个[^，。？?]{0,6}档"
)
_WHO = re.compile(r"谁|哪个(?:部门|单位)|能不能|能否|可不可以|吗[？?]?$")
#: What any sentence of the kind says.
_COMMON = re.compile(r"标准|办法|方式|规定|由|市|局|的|和|与")
#: Days that a clause sets for applying: no later text is needed for them.
_SETS_DAYS = re.compile(
    r"(?:申报|申请|受理|提交|报送|窗口)[^。；]{0,24}\d{1,2}\s*[月日]|\d{1,2}\s*[月日][^。；]{0,24}(?:申报|申请|受理|提交|报送)"
    r"|于[^。；，]{2,16}(?:后|内)\d*[^。；，]{0,6}申报"
)
#: The day that a text comes into force is none of applying.
IN_FORCE_FROM = re.compile(r"自?(?:\d{4}年)?\d{1,2}月\d{1,2}日起(?:正式)?(?:施行|实施|执行|生效)")
_PAPERS = re.compile(r"材料|资料|申[报请]表|指南|细则")
_TIMES = re.compile(r"时间|日期|期限|申[报请]|受理")
#: Papers that a clause names.
_NAMES_PAPERS = re.compile(
    r"(?:提交|提供|携带|出具|填写|包括|材料[：:])[^。；]{0,40}(?:表|证|证明|报告|合同|复印件)"
)
#: How something is done: what is done, by its verb.
_HOW = re.compile(
    r"(?:怎么|怎样|如何|咋)(?:来|去|个|样|具体)?(?P<after>[\u4e00-\u9fff]{2})(?=[的？?，,。]|$)"
    r"|(?P<before>[\u4e00-\u9fff]{2})(?:的)?(?:办法|方法|标准|规则|流程|细则)(?:是|有)?(?:什么|啥|怎么)"
)


def left_to_later_text(
    hits: Sequence[Hit], claims: Sequence[Claim], ask: Asking, readings: Mapping[str, Reading]
) -> tuple[Claim, ...]:
    """The sentence by which a document leaves days or papers to a later text, that of the clauses
    stated before others; none where a clause stated sets the days or names
    the papers."""
    if ask.deadline and any(
        _SETS_DAYS.search(IN_FORCE_FROM.sub("", claim.quote)) for claim in claims
    ):
        return ()
    named = ask.procedure and any(_NAMES_PAPERS.search(claim.quote) for claim in claims)
    left = [c for name in _documents(claims) for c in _leaving(name, readings)]
    if not left or (named and not any(_PAPERS.search(claim.quote) for claim in left)):
        return ()
    own = list(_leaving(hits[0].passage.address.document, readings))
    stated = {claim.address for claim in claims}
    # 申报材料清单另行公布 is meant before what leaves something else to another text.
    about = _PAPERS if ask.procedure else _TIMES
    own.sort(key=lambda c: (not about.search(c.quote), c.address not in stated))
    return (own[0],) if own else tuple(claims[:1])


def says_how_later(question: str, near: Iterable[tuple[str, Address]]) -> Claim | None:
    """The sentence that leaves to a later text how just that is done which a question asks.

    ``near`` are the sentences on the matter, the nearest first; none where one of the others speaks
    of it. So is a value that the nearest one leaves to it, and says nothing else of.
    """
    pieces = list(near)
    if pieces and _leaves_the_value(pieces[0][0], question):
        return quoted(pieces[0][0].strip(), pieces[0][1])
    if told := _leaving_terms(pieces, question):
        return told
    asked = _HOW.search(question)
    if asked is None:
        return None
    verb = asked["after"] or asked["before"]
    left = [(text, address) for text, address in pieces if _leaves(text, verb)]
    others = [text for text, _ in pieces if verb in text and not _LATER.search(text)]
    return quoted(left[0][0].strip(), left[0][1]) if left and not others else None


def _leaving_terms(pieces: Sequence[tuple[str, Address]], question: str) -> Claim | None:
    """The sentence of the nearest clause that leaves to a later text the conditions or the standard
    that a question asks for by that word; None where another one of it states some."""
    asked = _TERMS_ASKED.search(question)
    if not pieces:
        return None
    own = [(text, address) for text, address in pieces if address == pieces[0][1]]
    if asked is None:
        return _leaving_what_is_named(own, question)
    term = asked["own"] or asked["before"]
    left = [pair for pair in own if re.search(rf"{term}{_TERMS_LATER}", pair[0])]
    stated = [text for text, _ in own if term in text and text not in dict(left)]
    return quoted(left[0][0].strip(), left[0][1]) if left and not stated else None


def _leaving_what_is_named(pieces: Sequence[tuple[str, Address]], question: str) -> Claim | None:
    """The sentence that leaves to a later text what a question asks for by its name: 哪个缴费档次."""
    if not _VALUE_ASKED.search(question):
        return None
    for text, address in pieces:
        if (later := _NAMED_LATER.search(text)) and later["noun"] in question:
            return quoted(text.strip(), address)
    return None


def _leaves_the_value(text: str, question: str) -> bool:
    """Whether a sentence without a figure leaves to a later text what a question names and asks a
    value or a way of: 评审费用标准由主管部门另行制定.

    >>> _leaves_the_value("专家评审费用标准由市工信局另行制定。", "请专家评审，评审费一个人多少")
    True
    >>> _leaves_the_value("展位费按60%补助，其他标准另行制定。", "展位费补多少")
    False
    """
    later = _LEFT_LATER.search(text) or _AS_TOLD_LATER.search(text)
    given = re.search(r"\d", _CONDITION.sub("", text))
    if later is None or given or not _VALUE_ASKED.search(question):
        return False
    named = re.split(r"[，；。：]", text[: later.start()])
    held = {pair for part in named for pair in pairwise(_COMMON.sub("", part))}
    return not held.isdisjoint(pairwise(question)) and not _WHO.search(question)


def _leaves(text: str, verb: str) -> bool:
    """Whether what a sentence leaves to a later text is called after a verb: 核算 by 核定方法."""
    later = _LATER.search(text)
    before = text[: later.start()] if later else ""
    ways = re.findall(
        r"([\u4e00-\u9fff]{2})(?:的)?(?:办法|方法|标准|规则|规程|细则|方式|目录|清单)", before
    )
    return verb in before or any(set(verb) & set(way) for way in ways)


def _documents(claims: Sequence[Claim]) -> Iterable[str]:
    return dict.fromkeys(claim.address.document for claim in claims)


def _leaving(name: str, readings: Mapping[str, Reading]) -> Iterator[Claim]:
    for clause in readings[name].outline:
        for piece in sentences(clause.text):
            if _DETAILS.search(piece):
                yield quoted(piece.strip(), Address(name, clause.path))
