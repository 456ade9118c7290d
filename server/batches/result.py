"""The result of a job: a workbook with a question a row, or JSON lines."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Literal

from server.batches.store import Job
from server.workbook import Sheet, workbook_bytes

__all__ = ["ResultFormat", "json_lines", "workbook"]

ResultFormat = Literal["xlsx", "jsonl"]
_STATUS = {
    "answered": "条文有据",
    "not_stated": "条文未写明",
    "informational": "仅见非政策文件",
    "refused": "库内无依据",
}
_HEAD = ("序号", "问题", "判断日", "地区", "文件", "状态", "回答", "依据", "地址", "提示", "出错")
_WIDTHS = (6, 40, 12, 12, 20, 14, 80, 50, 30, 40, 30)
#: Characters; with the words behind it a text still fits a cell.
_LONGEST = 31_900


def json_lines(job: Job) -> bytes:
    """One object a question, in their order; ``state`` is ``missing`` where it is not answered yet."""
    lines = []
    for n, asked in enumerate(job.questions, 1):
        result = job.results.get(n, {})
        state = "answered" if "answer" in result else "failed" if result else "missing"
        given = {"as_of": asked.as_of, "area": asked.area, "documents": list(asked.documents)}
        row = {"n": n, "question": asked.question, **given, "state": state}
        row |= {"answer": result.get("answer"), "error": result.get("error")}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def workbook(job: Job) -> bytes:
    """A sheet with a question a row. Every cell is text: a leading = + - @ is no formula."""
    rows = [
        [
            Decimal(value) if isinstance(value, int) else _cell_text(str(value or ""))
            for value in row
        ]
        for row in (_row(n, job) for n in range(1, len(job.questions) + 1))
    ]
    columns = list(zip(_HEAD, _WIDTHS, strict=True))
    return workbook_bytes([Sheet("回答", columns, rows, [])])


def _row(n: int, job: Job) -> tuple[Any, ...]:
    asked, result = job.questions[n - 1], job.results.get(n)
    given = (n, asked.question, asked.as_of, asked.area, "；".join(asked.documents))
    if result is None:
        return (*given, "尚未作答", "", "", "", "", "")
    if "answer" not in result:
        return (*given, "没有作答", "", "", "", "", result["error"]["message"])
    answer = result["answer"]
    citations = answer["citations"]
    sources = [
        f"[{c['n']}] {c['title']}{'（' + c['doc_number'] + '）' if c['doc_number'] else ''}{c['label']}"
        for c in citations
    ]
    text = answer["answer"].partition("\n**依据**")[0].replace("**", "").strip()
    return (
        n, asked.question, answer["as_of"], asked.area, "；".join(asked.documents),
        _STATUS[answer["status"]], text, "\n".join(sources),
        "\n".join(c["address"] for c in citations), "\n".join(answer["notes"]), "",
    )  # fmt: skip


def _cell_text(text: str) -> str:
    """Text as a cell holds it; what it cannot hold is said to be left out."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…（过长，已截断）"
