"""Whom a text is not for: 公务员和参照公务员法管理的人员不适用本办法第三章.

Such a sentence stands in the first or the last articles, far from what is asked about, and decides it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from retriever.query import Hit, Retrieval
from server.answer import Claim
from server.asking import Asking
from server.pieces import quoted

__all__ = ["not_for"]

_NOT_FOR = re.compile(
    r"(?P<who>[^。；：:]{2,60}?)(?:均|都|一律)?(?:的，|，)?不适用(?:于)?(?P<what>[^。；]{2,24})[。；]?$"
)
_ASKS = re.compile(
    r"[能可][^，。？?]{0,16}(?:吗|么|不)|能不能|能否|可不可以|可否|是否|适用|多少|几[万元成]|有没有"
)
_BETWEEN = re.compile(r"、|以及|以?及|和|与|或者?|，")
_BEFORE = re.compile(r"^(?:但|其中|对|凡|仅|单纯|专门|从事|属于|在)+")
_BEHIND = re.compile(
    r"(?:的?(?:企业|公司|机构|人员|单位|项目|家庭农场|服务|生产经营|生产|业务|活动)){1,4}$"
)
#: Who is meant by more than what it is called.
_OPEN = re.compile(r"除|但|已|未|前款|之一|超过|不足|的$|^[^\u4e00-\u9fff]*$")
_GENERIC = re.compile(
    r"企业|公司|单位|机构|个人|项目|人员|商品|规定|事业|本市|管理|零售|批发|生产|服务|研发|医药|药品"
)
#: Of a text, its articles or its chapters alone.
_CHAPTER = re.compile(r"第[一二三四五六七八九十百]+章")
_ARTICLE = re.compile(r"本[条项款]|第[一二三四五六七八九十百\d]+[条项]|前[款项]|[（(]")
_WHOLE = re.compile(r"本(?:办法|措施|政策|细则|规定|意见|通知|若干措施|条例|法|方案|实施)")


def not_for(retrieval: Retrieval, ask: Asking, index: ClauseIndex) -> Claim | None:
    """The sentence by which the text found first is not for whom the question names; None where there
    is none, or where more than a name tells who is meant."""
    question = retrieval.understanding.text
    plain = not (ask.lookup or ask.compare or ask.list_all or ask.validity)
    if not plain or not retrieval.hits or not _ASKS.search(question):
        return None
    first = retrieval.hits[0]
    for address, sentence, who, what in _rules(first.passage.address.document, index):
        named = any(_is_said(name, question) for name in _names(who))
        if named and _reaches(what, first, question, index):
            return quoted(sentence, address)
    return None


def _rules(document: str, index: ClauseIndex) -> Iterator[tuple[Address, str, str, str]]:
    """The sentences of a text that say whom it is not for: where, whole, who, and what of it."""
    for clause in index.readings[document].outline:
        if "不适用" not in clause.text:
            continue
        for sentence in sentences(clause.text):
            if found := _NOT_FOR.search(sentence.strip()):
                yield Address(document, clause.path), sentence, found["who"], found["what"]


def _reaches(what: str, hit: Hit, question: str, index: ClauseIndex) -> bool:
    """Whether what does not apply is the whole text, or chapters of it that a clause stands in or a
    question is on by what they are called: 第三章 购房补贴."""
    chapters = tuple(_CHAPTER.findall(what))
    if not chapters:
        return bool(_WHOLE.match(what)) and not _ARTICLE.search(what)
    outline = index.readings[hit.passage.address.document].outline
    called = {h for clause in outline for h in clause.headings if h.startswith(chapters)}
    words = (word for h in called for word in _BETWEEN.split(_CHAPTER.sub("", h).strip()))
    own = index.clause(hit.passage.address)[1].headings
    return any(h in called for h in own) or any(len(w) > 1 and w in question for w in words)


def _names(who: str) -> Iterator[str]:
    """Who is named, each by the word that tells them: 单纯从事医疗器械批发的企业 by 医疗器械批发."""
    for part in _BETWEEN.split(who):
        name = _BEHIND.sub("", _BEFORE.sub("", part.strip()))
        if len(name) > 1 and not _GENERIC.fullmatch(name) and not _OPEN.search(name):
            yield name


def _is_said(name: str, question: str) -> bool:
    """Whether a question names somebody, and not to say that it is not them."""
    own = re.escape(name)
    return bool(re.search(rf"(?<!不是)(?<!不属于)(?<!不含)(?<!非){own}(?!以外|之外)", question))
