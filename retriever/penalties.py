"""What breaking a rule costs stands in another clause of its text, which names the rule by its number:
违反本规定第六条第二款的，…按照每人1000元以上5000元以下的标准处以罚款."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.mentions import find_mentions, resolve
from indexer.clause_index import ClauseIndex
from retriever.query import Hit, Understanding

__all__ = ["BY_RULE", "punishing"]

#: How such a clause was found: by the rule that it names.
BY_RULE = "rule"

_ASKED = re.compile(
    r"罚(?:款|金)?\s?(?:是|为|要|得|最[高多])*(?:多少|几|好多|什么|吗|不|没|$|[？?])|(?:怎么|咋|如何|多少|会|被|要)[^，。？?]{0,3}(?:罚|处理|处分|处罚)"
    r"|什么(?:处罚|后果|责任)"
)
_PUNISHES = re.compile(r"罚款|责令|吊销|警告|没收|处分|处罚")
_BREAKS = re.compile(r"违反|未按照?|不按照?")


def punishing(
    first: Hit, hits: Sequence[Hit], understanding: Understanding, index: ClauseIndex
) -> Hit | None:
    """Return the clause among the hits that punishes whoever breaks the first one, where that is
    asked for and the first one does not say it itself."""
    asked = _ASKED.search(understanding.text)
    if not asked or _PUNISHES.search(first.passage.text):
        return None
    rule = first.passage.address
    outline = index.readings[rule.document].outline
    for hit in hits:
        text = hit.passage.text
        same = hit.passage.address.document == rule.document
        if not same or not (_PUNISHES.search(text) and _BREAKS.search(text)):
            continue
        named = (resolve(mention, outline) for mention in find_mentions(text))
        if any(path and path.contains(rule.path) for path in named):
            # It answers as well as the rule that it names.
            found_by = (*hit.found_by, BY_RULE)
            return replace(hit, score=max(hit.score, first.score), found_by=found_by)
    return None
