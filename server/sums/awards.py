"""Awards that the asker already knows, held to what a policy gives one company in all:
各项分别核下来100万、80万，能全拿到吗, where 单个企业同一年度合计最高150万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.query import Retrieval
from server.answer import Calculation
from server.sums.clause_figures import quantity_at
from server.sums.facts import Fact
from server.sums.likeness import Likeness
from server.sums.money import written
from server.sums.result import STOPPED, Sum, unique
from server.sums.working import Working

__all__ = ["awards", "limits_of_all"]

#: The amounts are those of what was granted, not of what was spent.
_GRANTED = re.compile(
    r"(?:核|批|算|评|审)(?:定|准|下来|出来|了)|(?:各项|几项|每项)[^，。]{0,8}(?:奖|补|拿|给|能)|分别(?:能|可|该)(?:以)?(?:拿|得|补|奖|领)"
)
_ALL = re.compile(r"全[都部]?拿|都拿|全给|实际|封顶|限额|上限|加一?[块起]|加起来|合计|总共|一共")
#: What one company gets by all of a document.
_WHOLE = re.compile(
    r"(?:依照|依据|按照?|享受|获得)?本(?:措施|办法|政策|规定|细则|意见|方案)[^。；\d]{0,30}(?:合计|累计|总额|总计|总和)[^。；\d]{0,12}(?:最高|不超过|不得超过)[^。；\d]{0,4}$"
)
_YEARLY = re.compile(r"每年|年度|当年")
_NEAR = 8

#: What somebody spends is no award.
_SPENT = re.compile(r"花|投资|投入|投了|付款|付了|买|造价|成本|设备|厂房|合同|收入|营收")


def awards(retrieval: Retrieval, likeness: Likeness, facts: Sequence[Fact]) -> Sum | None:
    """Several awards added up, and held to the limit on all that their document gives."""
    question = retrieval.understanding.text
    money = [f for f in facts if f.unit == MONEY]
    if len(money) < 2 or not _GRANTED.search(question) or not _ALL.search(question):
        return None
    if any(_SPENT.search(f.words) for f in money):
        return None
    index = likeness.retriever.index
    documents = dict.fromkeys(h.passage.address.document for h in retrieval.hits[:_NEAR])
    limit = next((one for d in documents for one in limits_of_all(d, index)), None)
    if limit is None:
        return None
    cap, sentence = limit
    if "除外" in sentence or any(f not in money and f.value != 1 for f in facts):
        # 第四条除外: which of the awards is left out nobody says.
        return STOPPED
    working = Working()
    total = working.plus([fact.value for fact in money])
    name = "每年合计上限" if _YEARLY.search(sentence) else "合计上限"
    total = working.capped(total, cap.value, name, cap.span)
    display = f"最高{written(total, MONEY)}"
    return Sum(
        Calculation(total, MONEY, display, tuple(working.steps), tuple(working.caps)),
        unique(working.sources),
    )


def limits_of_all(document: str, index: ClauseIndex) -> Iterator[tuple[Quantity, str]]:
    """The limits on all that a document gives one company, with their sentences."""
    for clause in index.readings[document].outline.clauses:
        for match in re.finditer(r"[^。；\n]+", clause.text):
            words = match[0]
            for q in find_quantities(words):
                if q.unit == MONEY and _WHOLE.search(words[: q.start]):
                    address = Address(document, clause.path)
                    yield quantity_at(address, words, q, match.start()), words
