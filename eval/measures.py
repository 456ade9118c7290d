"""Measures of one answer: pure functions of a gold question and what the product returned.

A retrieved or cited clause counts for an expected one if it is that clause or lies beneath
it; a coarser one does not. A question that fails with an error scores zero everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.address import Address
from eval.gold import GoldQuestion
from eval.outcome import Values
from eval.ranking import RANKING_MEASURES
from server.answer import Answer
from server.checks import figures, squeeze
from server.sums.check import unfounded_line

__all__ = [
    "MEASURES",
    "Measure",
    "answer_values",
    "better",
    "is_right",
    "missing_facts",
    "unsupported",
    "zero",
]

_REFUSED = "refused"
#: Types that ask for one fact of one clause.
_NARROW = ("single_fact", "sub_item")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure's direction (1 more is better, -1 less is, 0 neither) and its name in Chinese."""

    better: int
    title: str


#: Every measure of a question by name; ``right`` sums up whether a user could rely on the answer.
MEASURES: dict[str, Measure] = {
    "right": Measure(1, "全对"),
    **{name: Measure(1, title) for name, title in RANKING_MEASURES.items()},
    "recall@100": Measure(1, "前100召回"),
    **{f"verbatim@{k}": Measure(1, f"前{k}条含答案原文") for k in (1, 3, 5, 10)},
    "fact_accuracy": Measure(1, "事实"),
    "fact_accuracy_narrow": Measure(1, "事实（单项）"),
    "citation_recall": Measure(1, "引用召回"),
    "citation_precision": Measure(1, "引用精确"),
    "citation_exact": Measure(1, "引用恰好"),
    "status_accuracy": Measure(1, "状态"),
    "right_refusals": Measure(1, "该拒则拒"),
    "false_refusals": Measure(-1, "误拒"),
    "quotes_verbatim": Measure(1, "引文逐字"),
    "unsupported_figures": Measure(-1, "无据数字"),
    "forbidden_figures": Measure(-1, "错误数字"),
    "judged_faithfulness": Measure(1, "模型评忠实"),
    "judged_fluency": Measure(1, "模型评通顺"),
    "answer_length": Measure(0, "答案字数"),
    "errors": Measure(-1, "出错"),
}  # fmt: skip


def better(name: str) -> int:
    """Tell whether more of a measure is better (1), less (-1) or neither (0); more is, of a type."""
    measure = MEASURES.get(name)
    return measure.better if measure else 1


def answer_values(
    gold: GoldQuestion, answer: Answer, sources: Mapping[Address, str]
) -> dict[str, float]:
    """Measure one answer; ``sources`` maps each cited clause to its whole text in the corpus."""
    values = {
        "status_accuracy": float(answer.status == gold.status),
        "quotes_verbatim": float(
            all(squeeze(c.quote) in squeeze(sources.get(c.address, "")) for c in answer.citations)
        ),
        "unsupported_figures": float(bool(unsupported(answer, sources))),
        "forbidden_figures": float(_states_forbidden(gold, answer)),
        "answer_length": float(len(squeeze(answer.text))),
        "errors": 0.0,
    }
    values |= _citation_values(gold, answer) | _refusal_values(gold, answer.status)
    if gold.facts:
        stated = 1 - len(missing_facts(gold, answer.text)) / len(gold.facts)
        values |= _fact_values(gold, stated)
    return values | {"right": float(is_right(gold, answer, values))}


def zero(gold: GoldQuestion) -> dict[str, float]:
    """The measures of a question that ended in an error: zero, never absent."""
    values = {
        "status_accuracy": 0.0, "quotes_verbatim": 1.0, "unsupported_figures": 0.0,
        "forbidden_figures": 0.0, "errors": 1.0, "right": 0.0,
    }  # fmt: skip
    if gold.addresses:
        ranks = dict.fromkeys(RANKING_MEASURES, 0.0)
        values |= ranks | {f"citation_{name}": 0.0 for name in ("recall", "precision", "exact")}
    if gold.facts:
        values |= _fact_values(gold, 0.0)
    return values | _refusal_values(gold, "error")


def is_right(gold: GoldQuestion, answer: Answer, values: Values) -> bool:
    """Whether a user could rely on an answer: status, facts and clauses right, no false figure."""
    return (
        answer.status == gold.status
        and values.get("fact_accuracy", 1.0) == 1.0
        and values.get("citation_recall", 1.0) == 1.0
        and not values["forbidden_figures"]
        and not values["unsupported_figures"]
    )


def missing_facts(gold: GoldQuestion, text: str) -> tuple[str, ...]:
    """Return the facts that a text does not state, each by its first spelling."""
    said = squeeze(text)
    return tuple(fact[0] for fact in gold.facts if not any(squeeze(s) in said for s in fact))


def unsupported(answer: Answer, sources: Mapping[Address, str]) -> tuple[str, ...]:
    """Figures of the statements that stand neither in what is cited nor in the question.

    What is cited is the clause and the title of its document, which a statement may name. What a
    shown working comes to is supported, if every line of it follows.
    """
    held = figures(answer.question) | _worked_out(answer)
    for citation in answer.citations:
        held |= figures(sources.get(citation.address, "")) | figures(citation.document.title)
    return tuple(sorted(figures(_stated(answer)) - held))


def _worked_out(answer: Answer) -> set[str]:
    calculation = answer.calculation
    if calculation is None:
        return set()
    quotes = [citation.quote for citation in answer.citations]
    if unfounded_line(calculation, answer.question, quotes) is not None:
        return set()
    lines = [calculation.display, *(step.text for step in calculation.steps)]
    return {figure for line in lines for figure in figures(line)}


def _citation_values(gold: GoldQuestion, answer: Answer) -> dict[str, float]:
    if not gold.addresses:
        return {}
    cited = list(dict.fromkeys(citation.address for citation in answer.citations))
    return {
        "citation_recall": _share_found(gold.addresses, cited),
        "citation_precision": _precision(gold.addresses, cited),
        "citation_exact": float(set(cited) == set(gold.addresses)),
    }


def _refusal_values(gold: GoldQuestion, status: str) -> dict[str, float]:
    name = "right_refusals" if gold.status == _REFUSED else "false_refusals"
    return {name: float(status == _REFUSED)}


def _fact_values(gold: GoldQuestion, stated: float) -> dict[str, float]:
    values = {"fact_accuracy": stated}
    return values | ({"fact_accuracy_narrow": stated} if gold.type in _NARROW else {})


def _precision(expected: Sequence[Address], cited: Sequence[Address]) -> float:
    if not cited:
        return 0.0
    return sum(any(a.contains(c) for a in expected) for c in cited) / len(cited)


def _share_found(expected: Sequence[Address], got: Sequence[Address]) -> float:
    return sum(any(a.contains(g) for g in got) for a in expected) / len(expected)


def _states_forbidden(gold: GoldQuestion, answer: Answer) -> bool:
    return any(squeeze(figure) in squeeze(_stated(answer)) for figure in gold.forbid)


def _stated(answer: Answer) -> str:
    rows = answer.comparison.rows if answer.comparison else ()
    cells = [span.text for row in rows for c in row.cells for p in c.parts for span in p.spans]
    return "\n".join([*(text for text, _ in answer.claims), *cells])
