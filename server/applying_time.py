"""When and on which platform to apply: said once for a whole document, in a clause of its own."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.passages import sentences
from retriever.confidence import confidence
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever
from server.answer import Claim
from server.applying import said_within
from server.later_text import IN_FORCE_FROM
from server.pieces import quoted

__all__ = ["applied_when"]

#: Characters that are left of what the support is for.
_LEAST = 3
#: Clauses one of which says it, where a question is on nothing else.
_NEAR = 5
#: Asks when, or by which way, something is handed in.
_ASKS = re.compile(
    r"(?:几月份?|几号|哪[天月]|(?:什么|啥)时候?|何时|几时|(?:最[迟晚]|截止)(?!多[久长])[^，。？?]{0,6})[^，。？?补奖给发]{0,6}?"
    r"(?:申[报请]|递?交(?!付)|报(?![销告到废名])|递)[^，。？?]{0,8}"
    r"|(?:在|上|用|走)?(?:哪个?|什么|啥)(?:平台|网站|系统|小程序|地方)[^，。？?]{0,4}(?:申[报请]|交|报(?!销))[^，。？?]{0,4}"
    r"|(?:线上|网上)[^，。？?]{0,6}(?:还是|或者?)[^，。？?]{0,10}(?:交|报|申请)?[^，。？?]{0,4}"
)
#: What is left of a question says of these nothing that the support is for.
_REST = re.compile(
    r"每年|一般|逾期|过期|晚了|材料|(?:行不行|会怎?样|会咋样|咋办|怎么办)|去哪|在哪|几月|[的？?，。]"
)
#: A sentence on handing in: by whom or to whom, with a day, or the time that it must be done in.
_HANDS_IN = re.compile(r"申[报请]|提交|递交|报送|受理|[前内]上?报(?![销告名废])")
_DAYS = re.compile(
    r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日|底|份)?|之日起[^，。；]{0,8}(?:年|月|日|天)内|(?:结束|期满|届满|完成|解除)[后後][，,]?(?:即可|可以?|再|统一)?(?:开始|启动|受理|申[报请]|提出)|每季度|每半年|常年|随时|长期受理"
)
#: Where it is done is asked too, and a sentence that says so.
_WHERE = re.compile(r"哪[儿里个]|什么(?:平台|网站|系统|地方)|[去找向到在]哪")
_PLACE = re.compile(r"(?:登录|通过|在|到|向)[^，。；]{2,40}(?:申[报请]|提交|递交|受理)")
#: What others do with what was handed in.
_CHECKED = re.compile(r"审核|核查|核实|审查|抽查|初审|复核|复审|公示|拨付|答复|出具")
#: A sentence on cases of before, or on one support by its number.
_OF_CASES = re.compile(
    r"施行前|调整前|已经?(?:申报|受理|提出)|第[一二三四五六七八九十\d]{1,3}条[^，。；]{0,12}(?:分别|除外)"
)


def applied_when(retrieval: Retrieval, retriever: Retriever, threshold: float) -> list[Claim]:
    """Return the sentence that says when applications are taken, where that is asked for.

    It shares few words with what the support is for. So what the support is for is searched alone,
    and the sentence is looked for in the document of the best hit, if the search is sure enough;
    where the best hit of the whole question has such a sentence, it is that.
    """
    text, understood = retrieval.query.text, retrieval.understanding
    asked = _ASKS.search(text)
    several = len(understood.documents) > 1 or len(understood.areas) > 1
    if not asked or not retrieval.hits or understood.addresses or several:
        return []
    matter = _ASKS.sub(" ", retriever.without_areas(text, understood.areas))
    if len(_REST.sub("", matter).strip()) < _LEAST:
        # Nothing is said of what for: the first clause of the place that says so is meant.
        near = retrieval.hits[:_NEAR] if understood.areas or understood.documents else ()
        return next(filter(None, map(_said, near)), [])
    found = retriever.retrieve(replace(retrieval.query, text=matter, sides=False))
    sure = max(confidence(found, retriever), confidence(retrieval, retriever))
    if not found.hits or sure < threshold:
        return []
    where = bool(_WHERE.search(text))
    if told := _said(retrieval.hits[0], where):
        return told
    names = [hit.passage.address.document for hit in found.hits]
    areas = understood.areas
    own = [name for name in names if retriever.index.document(name).area in areas] or names
    sources = understood.documents or own[:1]
    return said_within(sources, retrieval, retriever, lambda hit: _said(hit, where))


def _said(hit: Hit, where: bool = False) -> list[Claim]:
    """The sentence of a clause that says when applications are taken, and the one behind it that
    says where, if that is asked."""
    pieces = list(sentences(hit.passage.text))
    for piece, behind in zip(pieces, [*pieces[1:], ""], strict=True):
        taken = _HANDS_IN.search(piece) and _DAYS.search(IN_FORCE_FROM.sub("", piece))
        if taken and not (_CHECKED.search(piece) or _OF_CASES.search(piece)):
            told = [quoted(piece, hit.passage.address)]
            place = where and not _PLACE.search(piece) and _PLACE.search(behind)
            return [*told, quoted(behind, hit.passage.address)] if place else told
    return []
