"""Documents that the corpus does not hold: what those that it holds say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from indexer.clause_index import ClauseIndex
from indexer.lexical import terms
from indexer.passages import sentences
from server.answer import Claim
from server.checks import squeeze
from server.pieces import quoted

__all__ = ["clauses_naming"]


def clauses_naming(numbers: Sequence[str], index: ClauseIndex) -> tuple[Claim, ...]:
    """The sentences that name a document which the corpus does not hold, by its number or title."""
    tails = [
        re.sub(r"(?:文件?|办法|意见|措施|规定|通知|细则)$", "", squeeze(number))[-12:]
        for number in numbers
    ]
    return tuple(
        quoted(piece, passage.address)
        for tail in tails
        for passage in map(index.passages.__getitem__, _holding(tail, index))
        for piece in sentences(passage.text)
        if re.search(rf"(?<!\d){re.escape(tail)}", squeeze(piece))
    )


def _holding(words: str, index: ClauseIndex) -> list[int]:
    """The rows of the passages that hold every term of some words: few, of thousands."""
    lexical, wanted = index.lexical, terms(words)
    rows = np.flatnonzero(lexical.scores(wanted))
    return rows[(lexical.fields(wanted, rows) > 0).all(0)].tolist() if wanted else []
