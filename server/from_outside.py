"""Whether somebody who sits elsewhere may have what a text gives: 北碚的企业能拿高新区的租金补贴吗.

It is settled by whom the text says that it is for, and open where the text does not say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.passages import sentences
from retriever.query import Retrieval
from retriever.seats import said_to_sit
from server.answer import Claim, Draft
from server.asking import Asking
from server.pieces import quoted

__all__ = ["from_outside"]

_MAY = re.compile(
    r"(?:能不能|能否|可不可以|可否|可以|能|算不算|是否|有资格|有没有资格)[^，。？?]{0,4}"
    r"(?:申报|申请|报|拿|享受|享|领|用|适用|符合|参加)"
)
#: Whom a text is for, by where they are.
_SCOPE = re.compile(
    r"(?:适用于|适用范围|适用对象|扶持对象|支持对象|申报主体)[^。]{0,80}(?:[省市区县]|辖区|登记|注册)"
    r"|(?:工商|依法|商事)?(?:注册|登记)(?:地|在|于)[^。]{0,40}(?:企业|单位|机构|法人|主体|税)"
    r"|(?:税务|纳税|税收|税收征管|统计)关系[^。]{0,20}(?:在|属)"
)
#: A policy as a whole is asked for, and no matter of it.
_WHOLE = re.compile(
    r"[区市县州]里?的?(?:产业|扶持|优惠)*(?:政策|办法|措施|支持)(?:吗|么|不|呢|[，,？?]|$)"
)
_MOST = 2
_NOT_SAID = "所引文件没有写明注册在{place}的单位能否享受，请向牵头或者解释的部门核实。"


def from_outside(retrieval: Retrieval, ask: Asking, index: ClauseIndex) -> Draft | None:
    """The sentences on whom a text is for, where somebody of a place that it is not of asks whether
    they may have its support; the clause found first and that it does not say so, where none does."""
    understood = retrieval.understanding
    if ask.compare or ask.lookup or not understood.areas or len(understood.foreign) != 1:
        return None
    (place,) = understood.foreign
    asked = retrieval.query.text
    if ask.amount or not retrieval.hits or not _MAY.search(asked) or not said_to_sit(asked, place):
        return None
    address = retrieval.hits[0].passage.address
    if index.document(address.document).area not in understood.areas:
        return None
    scope = [quoted(s, where) for where, s in _scope(address.document, index)][:_MOST]
    if scope:
        return Draft("answered", tuple(scope))
    outline = index.readings[address.document].outline
    if _WHOLE.search(asked):
        told = (Address(address.document, c.path) for c in outline if c.text.startswith("为"))
        address = next(told, address)
    text = index.clause(address)[1].text
    open_ = Claim(text, address, text)
    return Draft("not_stated", (open_,), (_NOT_SAID.format(place=place),))


def _scope(document: str, index: ClauseIndex) -> Iterator[tuple[Address, str]]:
    for clause in index.readings[document].outline:
        for sentence in sentences(clause.text):
            if _SCOPE.search(sentence):
                yield Address(document, clause.path), sentence
