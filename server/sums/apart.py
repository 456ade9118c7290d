"""Sentences of a document that let only one of several supports be had, and the clauses they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import ClausePath
from corpus.mentions import find_mentions, resolve
from corpus.outline import Outline

__all__ = ["only_one_had"]

_NOT = re.compile(r"不(?:得|再|予|可)?(?:重复|同时|叠加|兼)|就高|只能?(?:享受|选择)|任选|择一")


def only_one_had(outline: Outline) -> Iterator[tuple[ClausePath, str, list[ClausePath]]]:
    """Yield each such sentence with where it stands and the clauses of the document that it names."""
    for clause in outline.clauses:
        for sentence in re.split("[。；;\n]", clause.text):
            if _NOT.search(sentence):
                named = [path for m in find_mentions(sentence) if (path := resolve(m, outline))]
                yield clause.path, sentence, named
