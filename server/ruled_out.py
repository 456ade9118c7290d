"""What clauses name only to rule it out, and places whose own rules are asked for and not held."""

from __future__ import annotations

import re
from collections.abc import Collection

from corpus.divisions import area_of, lies_in, path_of
from indexer.passages import sentences
from retriever.query import Retrieval, Understanding
from retriever.retriever import Retriever

__all__ = ["only_ruled_out", "without_own_rules"]

#: Who has something already, or may not have it.
_HAS = r"(?:未|没有|不属于|除|已经?享受|正在领取|正在享受|已经?领取)[^，。；]{0,10}"
#: What of it rules something else out.
_RULES_OUT = r"[^。；]{0,16}不(?:再|得|能|可)?(?:享受|予|纳入|给予|发放|重复)"
_DENIED = re.compile(
    r"不(?:再|得|能|可)?(?:享受|给予|发放|予)(?P<what>[\u4e00-\u9fff]{3,6}?)(?=[，。；]|$)"
)
_MUCH = r"[^，。；,;？?]{0,12}(?:多少|几[块元百千万个成])"


def only_ruled_out(retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Return the subjects of which a question asks how much there is, and which every clause found
    names only as what rules out something else: 正在领取失业保险金的 says nothing of how much that is.
    """
    text, vocabulary, found = retrieval.query.text, retriever.vocabulary, []
    understood = retrieval.understanding
    if understood.documents or understood.addresses:
        return []
    named = [word for word in vocabulary.subjects if word in text]
    for word in named:
        if not re.search(re.escape(word) + _MUCH, text):
            continue
        names = dict.fromkeys([*vocabulary.called(word), *_meant(word, understood)])
        any_of = "|".join(map(re.escape, names))
        pieces = [p for h in retrieval.hits for p in sentences(h.passage.text)]
        naming = [p for p in pieces if any(name in p for name in names)]
        ruled = re.compile(rf"{_HAS}(?:{any_of})|(?:{any_of}){_RULES_OUT}")
        if naming and all(ruled.search(p) and not _is_on(p, text) for p in naming):
            found.append(word)
    return found[:1]


def _is_on(piece: str, question: str) -> bool:
    """Whether what a sentence denies (不享受照护补贴) is what a question asks about."""
    denied = _DENIED.search(piece)
    return denied is not None and denied["what"] in question


def _meant(word: str, understood: Understanding) -> list[str]:
    """A subject as the question was written out, where it was."""
    return [s for s in understood.subjects if s in word or word in s]


def without_own_rules(understood: Understanding, areas: Collection[str]) -> list[str]:
    """Return the place in which an asker sits, where what that place itself gives is asked (区财政,
    县里) and no document is of it; rules of the city above are none of its own."""
    if understood.areas or understood.documents:
        return []
    for seat in understood.seats:
        level = "新区" if seat[-1].endswith("新区") else seat[-1][-1]
        own = re.search(rf"(?<![市城地社园]){level}(?:财政|里|级|政府|自己|上)", understood.text)
        if level in ("新区", "区", "县") and own and not _has_rules(seat, areas):
            return [area_of(seat)]
    return []


def _has_rules(seat: tuple[str, ...], areas: Collection[str]) -> bool:
    return any(path_of(area) and lies_in(path_of(area), seat) for area in areas)
