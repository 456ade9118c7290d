"""What an answer in other words must not leave out: the clauses and amounts that were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.lexical import terms
from indexer.passages import sentences
from retriever.query import Retrieval
from server.amounts import Amount, amounts_of, found_in, members_of, plain
from server.answer import Claim, Draft
from server.asking import Asking
from server.quoting import content

__all__ = ["left_out"]

#: So many terms of the clause that are not in the question are something new.
_LEAST = 3


def left_out(
    claims: Sequence[Claim], draft: Draft, retrieval: Retrieval, ask: Asking
) -> str | None:
    """Say what some claims leave out of what the extractive draft states, or None.

    The clause that answers first must be cited, and the amounts of its sentence nearest to the
    question stated with their limits; of a list, a comparison and several sides each clause.
    """
    several = ask.list_all or ask.compare or retrieval.sides
    told = list(dict.fromkeys(claim.address for claim in draft.claims))
    cited = {address for claim in claims for address, _ in claim.sources}
    said = "。".join(plain(claim.text) for claim in claims)
    question = plain(retrieval.understanding.text)
    for address in told if several else told[:1]:
        if address not in cited:
            return f"未引 {address}"
        quotes = [claim.quote for claim in draft.claims if claim.address == address]
        wanted = _wanted(quotes, _nearest(quotes, question), question)
        for amount in wanted:
            if not found_in(amount.text, said):
                return f"缺 {amount.text}"
        # Without an amount an answer must at least say something that the question does not.
        new = set(content(said)) & set(terms(plain("。".join(quotes)))) - set(terms(question))
        if not wanted and len(new) < _LEAST:
            return "没有新的内容"
    return None


def _nearest(quotes: Sequence[str], question: str) -> str:
    """The sentence nearest to the question, in one form."""
    words = set(content(question))
    pieces = [plain(piece) for quote in quotes for piece in sentences(quote)]
    # Where two are as near, the one with an amount is what a question is after.
    return max(
        pieces,
        key=lambda piece: (len(words & set(terms(piece))), bool(amounts_of(piece))),
        default="",
    )


def _wanted(quotes: Sequence[str], nearest: str, question: str) -> list[Amount]:
    """The main amount and the limits of the sentence nearest to the question.

    Those of other subjects than the question's are not wanted.
    """
    asked, words = members_of(question), set(content(question))
    stated = [
        amount
        for quote in quotes
        for amount in amounts_of(plain(quote))
        if amount.sentence.rstrip("。；") in nearest and not _of_another(amount, asked)
    ]
    limited = [amount for amount in stated if amount.limits]
    free = [amount for amount in stated if not amount.limits]
    # Of the others (再提高100万元) the one that is nearest to the question.
    free.sort(key=lambda amount: -len(words & set(terms(amount.segment))))
    return free[:1] + limited


def _of_another(amount: Amount, asked: dict[str, frozenset[str]]) -> bool:
    """Whether an amount stands under another member of a family that the question names."""
    return any(
        members is not None and not members & asked[family]
        for family, members in amount.families.items()
        if family in asked
    )
