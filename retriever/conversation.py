"""A question read in its conversation: whether it goes on with what was asked, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.lexical import terms
from retriever.confidence import confidence
from retriever.followup import is_marked, is_supposed, joined
from retriever.query import DEFAULT_THRESHOLD, Query
from retriever.retriever import Retriever

__all__ = ["standalone"]

#: Questions before it that one may go on with.
_REMEMBERED = 4
#: Characters of the longest question that may go on with another.
_LONGEST = 40
#: So short, words that mark a follow-up leave no doubt.
_SHORT = 12
#: So short, a question that names no document and no place is not taken to stand alone.
_BRIEF = 8
#: A question of fewer characters besides words that ask names nothing.
_NOTHING = 4
#: How much of what it names must be spoken of by what is found for both together.
_SPOKEN = 0.3


def standalone(
    question: str,
    conversation: Sequence[str],
    retriever: Retriever,
    threshold: float = DEFAULT_THRESHOLD,
) -> str:
    """Return a question with what it leaves out, taken from the questions before it, oldest first.

    One goes on with them if its words say so, or if nothing answers it alone. Without such words,
    what is found for both must speak of it too: else it is a question on something else.
    """
    places = retriever.places
    before = ""
    for asked in conversation[-_REMEMBERED:]:
        going_on = before and (is_marked(asked) or _names_nothing(asked, retriever))
        before = joined(before, asked, places) if going_on and len(asked) <= _LONGEST else asked
    if not before or not question.strip() or len(question) > _LONGEST:
        return question
    whole = joined(before, question, places)
    marked = is_marked(question)
    if marked and (len(question) < _SHORT or _is_another_case(question, retriever)):
        return whole
    retrieval = retriever.retrieve(Query(question, date.today()))
    brief = len(question) < _BRIEF and _names_nothing(question, retriever)
    if not brief and confidence(retrieval, retriever) >= threshold:
        return question
    return whole if marked or _speaks_of(question, whole, retriever) else question


def _is_another_case(question: str, retriever: Retriever) -> bool:
    """Whether a question supposes another case of the one before, and names no document or place."""
    named = retriever.understand(question)
    return is_supposed(question) and not (named.documents or named.areas or named.foreign)


def _names_nothing(question: str, retriever: Retriever) -> bool:
    """Whether a short question names no document and no place."""
    named = retriever.understand(question)
    return len(question) < _SHORT and not (named.documents or named.areas or named.foreign)


def _speaks_of(question: str, whole: str, retriever: Retriever) -> bool:
    """Whether what is found for both questions together speaks of the second."""
    matter = retriever.vocabulary.matter(retriever.understand(question).text)
    if len(re.findall(r"\w", matter)) < _NOTHING:
        return True
    hits = retriever.retrieve(Query(whole, date.today(), k=5)).hits
    spoken = "\n".join(hit.passage.whole for hit in hits)
    return retriever.coverage(terms(matter), spoken) >= _SPOKEN
