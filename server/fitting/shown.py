"""A match as JSON, and as lines for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from corpus.address import Address
from corpus.wording import label, reference
from indexer.clause_index import ClauseIndex
from retriever.retriever import Retriever
from server.entitlements import Wanted, entitlement_json
from server.fitting.company import Company
from server.fitting.judging import Judged
from server.fitting.match import Fit, Standing, fits_of, questions_of
from server.fitting.summing import Found
from server.notes import stacking_rules
from server.present import document_url
from server.present_answer import number

__all__ = ["DISCLAIMER", "cap_words", "match_json", "match_lines"]

Json = dict[str, Any]

DISCLAIMER = "依据公开文件整理，不是承诺。申报条件和金额以主管部门公布的为准"
_GROUPS = {"fits": "符合", "may_fit": "可能符合", "does_not_fit": "不符合"}
_STATES = {"met": "✓", "unmet": "✗", "unknown": "？"}
_FROM_ROW = (
    "address", "reference", "label", "url", "document", "title", "doc_number", "area",
    "validity", "event", "form", "text",
)  # fmt: skip


def match_json(
    retriever: Retriever, company: Company, wanted: Wanted, most: int | None = None
) -> Json:
    """Hold a company against the measures that are wanted; of each group ``most`` are shown.

    A page shows so many, and of what is not for the company's place only that.
    """
    fits, index = fits_of(retriever, company, wanted, thorough=most is None), retriever.index
    groups = {name: [fit for fit in fits if fit.verdict == name] for name in _GROUPS}
    return {
        "as_of": company.as_of.isoformat(),
        "counts": {name: len(group) for name, group in groups.items()},
        **{
            name: [_fit_json(index, fit, company.as_of) for fit in group[:most]]
            for name, group in groups.items()
        },
        "questions": [
            {
                "id": q.ask.id, "text": q.ask.text, "kind": q.ask.kind,
                "name": q.ask.name,
                "stage": q.ask.stage,
                "unit": q.ask.unit, "measures": q.measures,
            }
            for q in questions_of(fits)
        ],
        "stacking": _stacking(index, fits),
        "disclaimer": DISCLAIMER,
    }  # fmt: skip


def _fit_json(index: ClauseIndex, fit: Fit, as_of: date) -> Json:
    row = entitlement_json(index, fit.row, as_of)
    return {name: row[name] for name in _FROM_ROW} | {
        "rate": row["rate"] and row["rate"]["text"],
        "amount": row["amount"] and row["amount"]["text"],
        "caps": [{k: v for k, v in cap.items() if k != "low"} for cap in row["caps"]],
        "verdict": fit.verdict,
        "relevant": fit.relevant,
        "product": fit.product and fit.product.name,
        "reason": fit.reason,
        "conditions": [_condition_json(c) for c in fit.all],
        "sum": _sum_json(fit.found),
        "missing": [ask.text for ask in fit.found.missing],
    }


def _sum_json(found: Found) -> Json | None:
    calculation = found.calculation
    if calculation is None or calculation.result is None:
        return None
    high = None if found.high in (None, calculation.result) else found.high
    return {
        "result": number(calculation.result),
        "high": None if high is None else number(high),
        "unit": calculation.unit,
        "display": calculation.display,
        "steps": [
            {"text": step.text, "addresses": [str(a) for a in step.addresses]}
            for step in calculation.steps
        ],
        "assumptions": [*found.taken, *calculation.assumptions],
    }


def _condition_json(one: Standing | Judged) -> Json:
    address: Address | str
    if isinstance(one, Standing):
        kind, words, address = str(one.kind), one.words, one.address
    else:
        kind, words = str(one.demand.kind), one.demand.words
        address = one.demand.spans[0].address
    return {
        "kind": kind,
        "state": one.state,
        "words": words,
        "address": str(address),
        "label": label(address.path) if isinstance(address, Address) else "标题",
        "url": _url(address),
        "why": one.why,
        "question": one.ask.id if one.ask and one.state == "unknown" else None,
    }


def _url(address: Address | str) -> str:
    if isinstance(address, Address):
        return document_url(address.document, str(address.path))
    return document_url(address)


def _stacking(index: ClauseIndex, fits: Sequence[Fit]) -> list[Json]:
    """The rules of the documents whose measures fit or may fit."""
    open_ = [fit for fit in fits if fit.verdict != "does_not_fit"]
    names = dict.fromkeys(fit.row.address.document for fit in open_)
    rules = []
    for name in names:
        document = index.document(name)
        for address, text in stacking_rules(index, name):
            rules.append(
                {
                    "text": text,
                    "address": str(address),
                    "reference": reference(document.title, document.doc_number, address.path),
                    "url": document_url(name, str(address.path)),
                }
            )
    return rules


def match_lines(result: Json) -> Iterator[str]:
    """A match as text: measures on the matter with their conditions, then the questions."""
    for group, words in _GROUPS.items():
        rows = [row for row in result[group] if row["relevant"]]
        yield f"{words}：{result['counts'][group]} 项，其中您说到的 {len(rows)} 项"
        for row in rows:
            yield from _row_lines(row)
        yield ""
    if result["questions"]:
        yield "最能定下来的问题："
        for n, question in enumerate(result["questions"], 1):
            yield f"  {n}. {question['text']}（关系到 {question['measures']} 项）"
    for rule in result["stacking"]:
        yield f"叠加：{rule['text']}（{rule['reference']}）"
    yield result["disclaimer"]


def cap_words(cap: Json) -> str:
    """A cap with what it holds for: 单个单位每年上限1000万元.

    >>> cap_words({"text": "1000万元", "scope": "recipient", "yearly": True})
    '单个单位每年上限1000万元'
    """
    whom = "单个单位" if cap["scope"] == "recipient" else ""
    return f"{whom}{'每年' if cap['yearly'] else ''}上限{cap['text']}"


def _row_lines(row: Json) -> Iterator[str]:
    figures = "，".join(filter(None, (row["rate"], row["amount"], *map(cap_words, row["caps"]))))
    yield f"- {row['event'] or row['label']}｜{figures or '条文没有数额'}｜{row['reference']}"
    if row["reason"]:
        yield f"    ✗ {row['reason']}"
        return
    for condition in row["conditions"]:
        yield f"    {_STATES[condition['state']]} {condition['words'][:60]}（{condition['label']}）：{condition['why']}"
    if row["sum"]:
        steps = "；".join(step["text"] for step in row["sum"]["steps"])
        yield f"    = {row['sum']['display']}（{steps}）"
