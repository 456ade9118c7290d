"""As many entries as a question counts: 四个“相结合”是哪四个 asks for all four of one list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Address, ClausePath
from corpus.numerals import read_numeral
from indexer.clause_index import ClauseIndex
from indexer.passages import lead_of_paragraph, sentences, whole_passage
from retriever.query import Hit

__all__ = ["counted_list"]

_COUNTED = re.compile(
    r"(?<![\d零一二两三四五六七八九十百千万.])(?P<n>[二两三四五六七八九十2-9])(?:个(?!月|工作日|人|亿|点)|条|项|大(?!专)|类(?!医疗|器械|证|新药|创新|改良|仿制|药|[^，。；？?]{0,6}[和与跟、或][一二两三四五六七八九]类)|方面|步|种)"
)
#: 几个“到位”: what many things of one sentence are called alike.
_REPEATED = re.compile(
    r"(?P<n>[几二两三四五六七八九十2-9])(?:个|项|条|大)?[“\"「](?P<word>[^”\"」]{1,6})[”\"」]"
)
_FEW = 3
_ASKED = re.compile(r"哪|分别|各是|名字|是什么|是啥|都有哪|列(?:出|一下)|指的?是")
#: A list is meant where so many of its entries are among the first hits.
_NEAR, _LEAST = 8, 2


def counted_list(hits: Sequence[Hit], question: str, index: ClauseIndex) -> list[Hit]:
    """The entries of the list that has as many as a question counts, in their order, or the clause
    that names so many things by one word.

    Nothing where it counts none, or no clause among the first hits has as many.
    """
    return _by_number(hits, question, index) or _by_word(hits, question)


def _by_number(hits: Sequence[Hit], question: str, index: ClauseIndex) -> list[Hit]:
    """The entries of the list that has as many as a question counts."""
    counted = {read_numeral(match["n"]) for match in _COUNTED.finditer(question)}
    if not counted or not _ASKED.search(question):
        return []
    near = {hit.passage.address: hit for hit in hits[:_NEAR]}
    for first in near:
        parent = first.path.parent
        if parent is None:
            continue
        entries = _entries(first, parent, index)
        found = [address for address in entries if address in near]
        if len(entries) in counted and len(found) >= _LEAST:
            return [near.get(address) or _hit(address, near[first], index) for address in entries]
    return []


def _by_word(hits: Sequence[Hit], question: str) -> list[Hit]:
    """The clause of which one sentence names as many things by a word as a question counts, or the
    most where it asks how many: 防控机制到位、检疫查验到位…和宣传教育到位."""
    match = _REPEATED.search(question)
    if match is None or not _ASKED.search(question):
        return []
    number = None if match["n"] == "几" else read_numeral(match["n"])
    found = [(_most(hit, match["word"]), hit) for hit in hits[:_NEAR]]
    held = [(n, hit) for n, hit in found if (n == number if number else n >= _FEW)]
    return [max(held, key=lambda pair: pair[0])[1]] if held else []


def _most(hit: Hit, word: str) -> int:
    """How many things one sentence of a clause names by a word, side by side."""
    counts = [0]
    for sentence in sentences(hit.passage.text):
        parts = re.split(r"[、，,；;。]|和(?=[^、，,；;。]{2,12}$|[^、，,]{2,12}[，,])", sentence)
        run = 0
        for part in parts:
            run = run + 1 if part.startswith(word) or part.endswith(word) else 0
            counts.append(run)
    return max(counts)


def _entries(beside: Address, parent: ClausePath, index: ClauseIndex) -> list[Address]:
    outline = index.readings[beside.document].outline
    lead = lead_of_paragraph(outline, beside.path)
    return [
        Address(beside.document, clause.path)
        for clause in outline.clauses
        if clause.path.parent == parent and clause.text and clause.path.steps[-1].rank == beside.path.steps[-1].rank
        and (lead is None or lead_of_paragraph(outline, clause.path) == lead)
    ]  # fmt: skip


def _hit(address: Address, like: Hit, index: ClauseIndex) -> Hit:
    outline = index.readings[address.document].outline
    passage = whole_passage(index.document(address.document), outline, address.path)
    return Hit(passage, like.score, like.found_by)
