"""How to apply under a document that the library has not, and that one in it repeals."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from indexer.passages import Passage, sentences
from retriever.query import Retrieval
from server.answer import Claim
from server.pieces import quoted

__all__ = ["repealed"]

#: What one wants of a document that one takes for one in force.
_APPLIES = re.compile(r"申请|申报|[怎去哪]\S{0,6}[报办领]|窗口|还[能可在]|现在")
_FIGURES = r"\d+"
#: A 文号 as clauses write it.
_NUMBER = re.compile(r"〔\d{4}〕\d+号")
#: Says that what is listed is out of force.
_ENDS = re.compile("废止|失效|作废")
_AMOUNT = re.compile(r"多少|几[万成个元]|好多|比例|上限|封顶")


def repealed(retrieval: Retrieval, index: ClauseIndex) -> list[Claim]:
    """Return the sentences that repeal the documents which a question wants to apply under.

    What such a document gave is not known, and no question of how to apply.
    """
    understood, asked = retrieval.understanding, retrieval.query.text
    unknown = understood.unknown_documents
    if not unknown or understood.documents or not _APPLIES.search(asked) or _AMOUNT.search(asked):
        return []
    areas = understood.areas
    claims = [
        replace(quoted(piece, passage.address), lead="已废止：")
        for name in unknown
        for passage in map(index.passages.__getitem__, _holding(name, index))
        if not areas or index.document(passage.address.document).area in areas
        for piece in sentences(passage.text)
        if _names(piece, name) and _ENDS.search(piece + _headings(passage))
    ]
    return list(dict.fromkeys(claims))


def _headings(passage: Passage) -> str:
    return passage.whole.removesuffix(passage.text)


def _holding(name: str, index: ClauseIndex) -> list[int]:
    """The rows of the passages that hold the last figures of a document's name."""
    wanted = terms(f"{re.findall(_FIGURES, name)[-1]}号") if re.search(_FIGURES, name) else []
    rows = np.flatnonzero(index.lexical.scores(wanted)) if wanted else np.zeros(0, int)
    return rows.tolist()


def _names(piece: str, name: str) -> bool:
    """Whether a sentence names a document by its number or the end of it: 17号, 2020年17号文.

    >>> _names("《某办法》（合高管〔2020〕17号）；", "17号"), _names("（合高管〔2020〕117号）", "17号")
    (True, False)
    """
    own = re.findall(_FIGURES, name)
    return any(
        re.findall(_FIGURES, number[0])[-len(own) :] == own for number in _NUMBER.finditer(piece)
    )
