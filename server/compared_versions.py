"""The clauses to compare where a question asks what changed: of a text now and as it was before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from retriever.query import Hit, Retrieval
from retriever.retriever import Retriever

__all__ = ["asks_for_versions", "compared_versions", "versions_of"]

#: 新老两版, 跟2021年那个文件比, 调整前后, 比以前涨了多少.
_VERSIONS = re.compile(
    r"新[旧老]|[旧老]版|那[一]?版|两版|(?:调整|修改|修订|改|变动)[之以]?前后|月前后"
    r"|(?:比|跟|和|与|较)(?:之前|以前|原来|过去|旧|老|20\d\d年?[^，。？?]{0,6}(?:版|文件|办法|政策|措施|意见|规定))"
)
_CHANGED = re.compile(r"调整|修改|修订|改|前后|变动")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
#: So many clauses of the other version may be the one on the same.
_DEEP = 10
#: What it counts that two clauses say the same, on a scale on which scores are from 0 to 1.
_ALIKE = 0.1


def asks_for_versions(question: str) -> bool:
    """Whether a question sets a text against what was before it.

    >>> asks_for_versions("外贸新老两版政策，出口奖有啥区别"), asks_for_versions("新建厂房补多少")
    (True, False)
    """
    return _VERSIONS.search(question) is not None


def compared_versions(retrieval: Retrieval, retriever: Retriever, margin: float) -> list[Hit]:
    """Return a clause and what it was before, or is now; none where the library holds only one.

    ``margin`` is how far below the best a clause may score that is as good.
    """
    hits = retrieval.hits
    near = [hit for hit in hits if hit.score >= hits[0].score - 2 * margin]
    ways = [_in_another_version, _changed]
    for find in reversed(ways) if _CHANGED.search(retrieval.query.text) else ways:
        for hit in near:
            if other := find(hit, retrieval, retriever):
                return [hit, other]
    return []


def _changed(hit: Hit, retrieval: Retrieval, retriever: Retriever) -> Hit | None:
    """The clause that one changes, or that changed it."""
    index, own = retriever.index, terms(hit.passage.text)
    for address in _changed_with(hit.passage.address, index):
        beneath = index.readings[address.document].outline.under(address.path)
        rows = (index.passages.row(Address(address.document, c.path)) for c in beneath)
        held = [index.passages[row] for row in rows if row is not None]
        if held:
            best = max(held, key=lambda passage: retriever.coverage(own, passage.text))
            return replace(hit, passage=best)
    return None


def _changed_with(address: Address, index: ClauseIndex) -> Iterator[Address]:
    """The clauses that one changes, and those that changed it."""
    yield from (Address(name, c.path) for name, c in index.changed_by.get(address, ()))
    document = index.document(address.document)
    yield from (change.by for change in document.changes if change.path == address.path)


def _in_another_version(hit: Hit, retrieval: Retrieval, retriever: Retriever) -> Hit | None:
    """The clause of a text that replaced, or was replaced by, that of a hit, which is most like it."""
    index = retriever.index
    names = set(versions_of(hit.passage.address.document, index))
    names.discard(hit.passage.address.document)
    years = set(map(int, _YEAR.findall(retrieval.query.text)))
    of_year = {n for n in names if (day := index.document(n).issued) and day.year in years}
    names = of_year or names
    if not names:
        return None
    query = replace(retrieval.query, documents=frozenset(names), k=_DEEP, sides=False)
    own = hit.passage.text

    def worth(other: Hit) -> float:
        text = other.passage.text
        both = retriever.coverage(terms(own), text) + retriever.coverage(terms(text), own)
        return other.score + _ALIKE * both

    return max(retriever.retrieve(query).hits, key=worth, default=None)


def versions_of(name: str, index: ClauseIndex) -> Iterator[str]:
    """The documents that one repeals, and those that repeal it."""
    own = index.document(name)
    yield from index.names.versions(own)
    yield from (address.document for address in own.term.basis)
    for repeal in own.repeals:
        if old := index.names.find(repeal.title, repeal.doc_number):
            yield old
