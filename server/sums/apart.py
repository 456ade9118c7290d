"""Sentences of a document that let only one of several supports be had, and the clauses they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.address import Address, ClausePath
from corpus.mentions import find_mentions, resolve
from corpus.outline import Outline
from indexer.clause_index import ClauseIndex

__all__ = ["forbidden_together", "only_one_had"]

_NOT = re.compile(r"不(?:得|再|予|可)?(?:重复|同时|叠加|兼)|就高|只能?(?:享受|选择)|任选|择一")


def only_one_had(outline: Outline) -> Iterator[tuple[ClausePath, str, list[ClausePath]]]:
    """Yield each such sentence with where it stands and the clauses of the document that it names."""
    for clause in outline.clauses:
        for sentence in re.split("[。；;\n]", clause.text):
            if _NOT.search(sentence):
                named = [path for m in find_mentions(sentence) if (path := resolve(m, outline))]
                yield clause.path, sentence, named


def forbidden_together(places: Sequence[Address], index: ClauseIndex) -> bool:
    """Whether a sentence of their document that names all clauses, or none, lets only one be had."""
    for path, _, named in only_one_had(index.readings[places[0].document].outline):
        held = [any(one.contains(a.path) for one in named) for a in places]
        if all(held) or any(path == a.path for a in places):
            return True
    return False
