"""A question on a class, stage or kind of drug of which the clauses on the matter do not speak."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from prompts import render
from retriever.grades import grades_of
from retriever.query import Retrieval
from server.answer import Claim
from server.asking import Asking
from server.sums.facets import names_of

__all__ = ["of_another_kind"]

#: Groups whose values are told apart by a number or a name of their own.
_GROUPS = ("class", "drug", "stage", "grade")
#: Clauses that may speak of what is asked for.
_LOOKED_AT = 6


def of_another_kind(
    claims: Sequence[Claim], retrieval: Retrieval, ask: Asking, index: ClauseIndex
) -> str | None:
    """Say that the clauses are on other values of a group than the question; None where not.

    What 三类 and 二类 get says nothing of 一类, however near the clause is.
    """
    if not claims or ask.lookup or ask.compare or ask.validity or ask.procedure or ask.deadline:
        return None
    question = retrieval.understanding.text
    own = index.clause(claims[0].address)[1].text
    near = "\n".join(hit.passage.whole for hit in retrieval.hits[:_LOOKED_AT])
    for group in _GROUPS:
        asked, held = _named(question, group), _named(own, group)
        # A span holds what stands between its ends: 1～5级.
        if group == "grade" and grades_of(question) & grades_of(f"{own}\n{near}"):
            continue
        if asked and held and not asked.keys() & (held.keys() | _named(near, group).keys()):
            document = index.document(claims[0].address.document)
            where = reference(document.title, document.doc_number, claims[0].address.path)
            return render(
                "another_kind.zh", asked=list(asked.values()), held=list(held.values()), where=where
            )
    return None


def _named(text: str, group: str) -> dict[str, str]:
    """The values of a group that a text names, each in its words."""
    return {value: text[start:end] for value, start, end in names_of(text, group)}
