"""How to reach somebody: the telephone number, site or mail address that a text itself states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import Address
from indexer.lexical import terms
from indexer.passages import sentences
from retriever.confidence import confidence
from retriever.query import Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.pieces import quoted

__all__ = ["named_only", "reached_at"]

#: Clauses found whose documents are looked through.
_FIRST = 10
#: A document must hold this share of what the number is wanted for.
_HELD = 0.5
#: Sentences stated: a notice may give a number for each district.
_MOST = 3
_NUMBER = (
    r"(?:(?<!\d)(?:0\d{2,3}[-—－ ]?\d{4} ?\d{3,4}|1[3-9]\d{9}|[48]00[-—－ ]?\d{3,4}|[2-9]\d{6,7}|12[13]\d{2,3})"
    r"(?![\d元万亿名人家年]))"
)
#: What is asked for, and what states it.
_KINDS = (
    (
        re.compile(r"电话|座机|热线|联系方式|打(?:哪个|什么|哪|几)号?"),
        re.compile(rf"(?:电话|热线|联系|拨打|咨询)[^。；]{{0,40}}?{_NUMBER}"),
    ),
    (re.compile(r"邮箱"), re.compile(r"[\w.-]{1,40}@[\w.-]{1,40}")),
    (
        re.compile(r"微信|公众号|服务号|小程序"),
        re.compile(
            r"[“「『\"][^“”「」『』\"]{2,20}[”」』\"](?:官方)?(?:微信)?(?:公众号|服务号|小程序)"
        ),
    ),
    (re.compile(r"网址|官网"), re.compile(r"https?://|www\.|\.(?:com|cn|gov)\b")),
    (
        re.compile(r"(?:办公|联系|具体)地址|地址(?:是|在|[？?]?$)|在哪条路|门牌"),
        re.compile(r"地址[^。；]{0,30}\d+号|位于[^。；]{0,20}\d+号"),
    ),
)
#: Words of such a question that say nothing of what it is on.
_HOW = re.compile(
    r"咨询|座机|电话|热线|联系方式|联系|邮箱|网址|官网|打|问问|号码?|拨|客服|投诉|窗口|申报|办理|找|谁"
)
#: What is there to be called, by its name: 政策服务专线, 举报电话.
_LINE = re.compile(r"(?:(?![的哪几什])[\u4e00-\u9fff]){2,8}(?:专线|热线|电话)")
_TO_COME = r"(?:电话|热线|联系方式)[^。；]{0,24}(?:另行|见附件|见[^。；]{0,8}通知)"
#: Characters of its name before that word, at least.
_OWN = 2
#: Somebody named: the number of another one is none of theirs.
_NAMED = re.compile(
    r"(?!服务中心|[哪某这那各]|.[家个])([\u4e00-\u9fff]{2})(局|委|办|中心|医院|街道|公司|协会|学校|大厅|银行)"
)


def reached_at(retrieval: Retrieval, retriever: Retriever, threshold: float) -> list[Claim]:
    """Return the sentences that say how to reach somebody, where that is asked for and a document
    on the matter says it, or the clause that was found surely; none of a place that no document is
    of."""
    text = retrieval.understanding.text
    states = next((said for asks, said in _KINDS if asks.search(text)), None)
    if states is None or not _is_held(retrieval):
        return []
    others = _NAMED.findall(retriever.without_areas(text, retrieval.understanding.areas))
    # 金融局 is 金融监管局.
    named = [re.compile(rf"{stem}[\u4e00-\u9fff]{{0,4}}{kind}") for stem, kind in others]
    names = _on_it(retrieval, retriever)
    if not names and retrieval.hits and states.search(retrieval.hits[0].passage.text):
        sure = confidence(retrieval, retriever) >= threshold
        names = [retrieval.hits[0].passage.address.document] if sure else []
    for name in names:
        said = [
            c for c in _saying(name, states, retriever) if all(n.search(c.quote) for n in named)
        ]
        if said:
            return said[:_MOST]
    return []


def named_only(retrieval: Retrieval, retriever: Retriever) -> list[Claim]:
    """Return the sentence that speaks of a line by the name that a question asks the number of,
    where no document on the matter prints it."""
    text = retrieval.understanding.text
    found = _LINE.search(text)
    if not _is_held(retrieval):
        return []
    longest = found[0] if found else ""
    called = [re.escape(longest[cut:]) for cut in range(len(longest) - _OWN - 1)]
    # 咨询电话另行公布 is of everything that a document is on.
    called += [] if _NAMED.search(text) or found else [_TO_COME]
    first = dict.fromkeys(hit.passage.address.document for hit in retrieval.hits[:1])
    for name in _on_it(retrieval, retriever) if found else first:
        for line in called:
            if said := next(_saying(name, re.compile(line), retriever), None):
                return [said]
    return []


def _is_held(retrieval: Retrieval) -> bool:
    """Whether a question names neither a place nor a document that the library does not hold."""
    return not (retrieval.understanding.foreign or retrieval.understanding.unknown_documents)


def _on_it(retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """The documents found that hold what a number is wanted for."""
    understood = retrieval.understanding
    matter = retriever.vocabulary.matter(retriever.without_areas(understood.text, understood.areas))
    asked = terms(_HOW.sub(" ", matter))
    if not asked:
        return []
    names = dict.fromkeys(hit.passage.address.document for hit in retrieval.hits[:_FIRST])
    return [n for n in names if retriever.coverage(asked, retriever.text_of(n)) >= _HELD]


def _saying(name: str, states: re.Pattern[str], retriever: Retriever) -> Iterator[Claim]:
    for clause in retriever.index.readings[name].outline:
        for piece in sentences(clause.text) if states.search(clause.text) else ():
            if states.search(piece):
                yield quoted(piece, Address(name, clause.path))
