"""A sentence in other words, and the passages of clauses that it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from indexer.lexical import terms
from indexer.passages import sentences
from server.amounts import Amount, amounts_of, found_in, plain

__all__ = ["PARTICLES", "Quoted", "Support", "best_quote", "content"]

#: Words that carry no content of their own.
PARTICLES = re.compile(
    r"[的了在是对为可与和及或并按其该此以等将由从有也则个您你我们能会被把就得所而且于给向到上中内者应予这那]"
    r"|根据|依据|规定|条文|政策|如果|因此|需要|需|获得|享受|标准|情况|符合"
)
#: A passage has so many sentences at most.
_WINDOW = 5


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage quoted: its text, what the clause says before it, the lines above the clause."""

    text: str
    before: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Support:
    """A sentence, the passages quoted for it, the question that it answers."""

    sentence: str
    quotes: tuple[Quoted, ...]
    question: str = ""

    @cached_property
    def said(self) -> str:
        """The sentence in one form."""
        return plain(self.sentence)

    @cached_property
    def held(self) -> str:
        """The passages in one form."""
        return "。".join(plain(quote.text) for quote in self.quotes)

    @cached_property
    def lead(self) -> str:
        """What stands above the clauses, in one form."""
        return "。".join(plain(line) for quote in self.quotes for line in quote.above)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts of the passages, under what their clauses say before them too."""
        found = []
        for quote in self.quotes:
            before = plain(quote.before + "。") if quote.before else ""
            amounts = amounts_of(before + plain(quote.text))
            found += [amount for amount in amounts if amount.start >= len(before)]
        return found

    @cached_property
    def verbatim(self) -> bool:
        """Whether the sentence is whole sentences of a passage, unchanged."""
        bare = self.said.rstrip("。；！？，")
        return any(
            bare == "".join(pieces[i:j]).rstrip("。；！？，")
            for quote in self.quotes
            for pieces in [[plain(piece) for piece in sentences(quote.text)]]
            for i in range(len(pieces))
            for j in range(i + 1, len(pieces) + 1)
        )


def content(text: str) -> list[str]:
    """The terms of a text that carry content.

    >>> content("对三类证的奖励")
    ['三类', '类证', '奖励']
    """
    return [term for term in terms(PARTICLES.sub(" ", text)) if len(term) > 1 or term.isascii()]


def best_quote(sentence: str, text: str) -> str:
    """Return the passage of a clause that supports a sentence best: few whole sentences of it.

    It holds as many of the sentence's amounts as it can, then of its words, and is short.
    """
    pieces = sentences(text)
    if "\t" in text or len(pieces) < 2:
        return text.strip()
    said, wanted = plain(sentence), set(content(plain(sentence)))
    amounts = [amount.text for amount in amounts_of(said)]

    def worth(passage: str) -> tuple[int, float]:
        held = plain(passage)
        figures = sum(found_in(amount, held) for amount in amounts)
        share = len(wanted & set(terms(held))) / (len(wanted) or 1)
        return figures, share - 0.0005 * len(held)

    starts: list[int] = []
    for piece in pieces:
        starts.append(text.index(piece, starts[-1] + 1 if starts else 0))
    passages = [
        text[starts[i] : starts[j] + len(pieces[j])]
        for i in range(len(pieces))
        for j in range(i, min(i + _WINDOW, len(pieces)))
    ]
    return max(passages, key=worth).strip()
