"""A draft to an answer: only claims that pass every check get in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from corpus.address import Address
from corpus.wording import reference
from indexer.clause_index import ClauseIndex
from prompts import fingerprint, render
from retriever.query import Retrieval
from server.amended import CHANGED
from server.answer import Answer, Calculation, Citation, Claim, Comparison, Draft, Problem, Trace
from server.checks import CHECKS, cites_a_clause, quotes_verbatim
from server.comparing.check import held
from server.comparing.shown import comparison_json, markdown_table
from server.notes import refusal, warnings
from server.sums.check import unfounded_line

__all__ = ["begun", "problem_of", "verify"]

#: The checks that look at where a passage was taken from, not at what is said of it.
_OF_SOURCES = (cites_a_clause, quotes_verbatim)
#: What stands in the template between the statements of an answer and its references.
_REFERENCES = "**依据**"


def verify(draft: Draft, retrieval: Retrieval, index: ClauseIndex) -> Answer:
    """Check every claim, number the citations and write the answer out."""
    kept, problems = _passed(draft.claims, index)
    # A document without a stated term, and what is taken back, have no clause to cite.
    bare = draft.status in ("not_stated", "answered") and draft.reason is not None
    status = draft.status if kept or bare else "refused"
    citations = _citations(kept, index)
    numbers = {(c.address, c.quote): c.n for c in citations}
    calculation, unfounded = _held(draft, retrieval, kept)
    comparison, astray = _compared(draft, kept, index)
    problems += (*unfounded, *astray)
    claims: tuple[tuple[str, tuple[int, ...]], ...] = tuple(
        (claim.lead + claim.text, tuple(numbers[source] for source in claim.sources))
        for claim in kept
    )
    if calculation and calculation.result is not None:
        used = {a for step in calculation.steps for a in step.addresses}
        claims = ((f"{calculation.display}。", _numbers(citations, used)), *claims)
    reason = draft.reason or refusal(index, retrieval)
    warned = _said_first(draft, citations, retrieval)
    return Answer(
        question=retrieval.query.text,
        as_of=retrieval.query.as_of,
        status=status,
        text=_written(claims, citations, draft, calculation, comparison, warned)
        if kept
        else reason,
        claims=claims,
        citations=citations,
        notes=draft.notes if kept else (),
        trace=Trace(
            index.manifest.fingerprint[:16],
            index.manifest.embedder,
            fingerprint("answer.zh" if kept else "refuse.zh"),
            None,
            problems,
        ),
        calculation=calculation if kept else None,
        comparison=comparison,
    )


def _said_first(
    draft: Draft, citations: Sequence[Citation], retrieval: Retrieval
) -> tuple[str, ...]:
    """What of the documents and clauses cited must be known before they are read."""
    stale = warnings([c.document for c in citations], retrieval.query.as_of)
    return (*stale, *(note for note in draft.notes if note.startswith(CHANGED)))


def begun(claims: Sequence[Claim], draft: Draft, retrieval: Retrieval, index: ClauseIndex) -> str:
    """Write an answer out that has these claims so far, up to its references.

    Numbers count on from claim to claim, so that the text of more claims begins with it; a table
    comes behind the last of them.
    """
    told = replace(draft, claims=tuple(claims), notes=(), comparison=None)
    answer = verify(told, retrieval, index)
    return answer.text.rpartition(_REFERENCES)[0].rstrip()


def _held(
    draft: Draft, retrieval: Retrieval, kept: Sequence[Claim]
) -> tuple[Calculation | None, tuple[Problem, ...]]:
    """The calculation, if every line of it follows from the question and what is quoted."""
    calculation = draft.calculation
    if calculation is None:
        return None, ()
    quotes = [claim.quote for claim in kept]
    earlier = retrieval.query.earlier
    line = unfounded_line(calculation, retrieval.understanding.text, quotes, earlier)
    if line is None:
        return calculation, ()
    return None, (Problem(calculation.display, "working_follows", line),)


def _compared(
    draft: Draft, kept: Sequence[Claim], index: ClauseIndex
) -> tuple[Comparison | None, tuple[Problem, ...]]:
    """The comparison, without cells that their clauses do not hold."""
    if draft.comparison is None:
        return None, ()
    also, unsupported = _passed(draft.comparison.also, index)
    cited = {address for claim in kept for address, _ in claim.sources}
    comparison, astray = held(replace(draft.comparison, also=also), cited, index)
    return comparison, (*unsupported, *astray)


def _numbers(citations: Sequence[Citation], addresses: Collection[Address]) -> tuple[int, ...]:
    return tuple(c.n for c in citations if c.address in addresses)


def _passed(
    claims: tuple[Claim, ...], index: ClauseIndex
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    kept: list[Claim] = []
    problems: list[Problem] = []
    for claim in claims:
        problem = problem_of(claim, index)
        if problem:
            problems.append(problem)
        elif claim not in kept:
            kept.append(claim)
    return tuple(kept), tuple(problems)


def problem_of(claim: Claim, index: ClauseIndex) -> Problem | None:
    """Return the first problem of a claim, or None.

    Of a claim with several sources each must be there, and its text is held against all of them.
    """
    # The first check guards the others: they read the clause that it found.
    for address, quote in claim.sources if claim.also else ():
        single = replace(claim, address=address, quote=quote, also=())
        if problem := next((p for check in _OF_SOURCES if (p := check(single, index))), None):
            return problem
    whole = replace(claim, quote="\n".join(quote for _, quote in claim.sources))
    checks = [check for check in CHECKS if not (claim.also and check in _OF_SOURCES)]
    return next((p for check in checks if (p := check(whole, index))), None)


def _citations(claims: tuple[Claim, ...], index: ClauseIndex) -> tuple[Citation, ...]:
    sources = dict.fromkeys(source for claim in claims for source in claim.sources)
    return tuple(
        Citation(
            n,
            address,
            index.document(address.document),
            index.passage(address),
            quote,
            index.clause(address)[1].page,
        )
        for n, (address, quote) in enumerate(sources, 1)
    )


def _written(
    claims: tuple[tuple[str, tuple[int, ...]], ...],
    citations: tuple[Citation, ...],
    draft: Draft,
    calculation: Calculation | None,
    comparison: Comparison | None,
    warned: Sequence[str],
) -> str:
    stated = calculation is not None and calculation.result is not None
    return render(
        "answer.zh",
        calculation=calculation and _shown(calculation, citations),
        comparison=markdown_table(comparison_json(comparison, citations)),
        warnings=list(warned),
        claims=[_marked(text, numbers) for text, numbers in claims[1 if stated else 0 :]],
        citations=[
            {
                "n": c.n,
                "reference": reference(c.document.title, c.document.doc_number, c.address.path),
                "page": c.page,
            }
            for c in citations
        ],
        status=draft.status,
        notes=[note for note in draft.notes if note not in warned],
    )


def _shown(calculation: Calculation, citations: Sequence[Citation]) -> dict[str, object]:
    """A calculation as the template takes it: every line with its markers."""

    def markers(addresses: Collection[Address]) -> str:
        return "".join(f"[{n}]" for n in _numbers(citations, addresses))

    return {
        "display": calculation.display,
        "markers": markers({a for step in calculation.steps for a in step.addresses}),
        "steps": [f"{step.text}{markers(step.addresses)}" for step in calculation.steps],
        "assumptions": list(calculation.assumptions),
        "missing": list(calculation.missing),
    }


def _marked(text: str, numbers: tuple[int, ...]) -> str:
    """Set the markers before the last stop, as Chinese references are set."""
    markers = "".join(f"[{n}]" for n in numbers)
    if text.endswith(("。", "；", "！", "？")):
        return f"{text[:-1]}{markers}{text[-1]}"
    return text + markers
