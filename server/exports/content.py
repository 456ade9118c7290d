"""What an exported answer holds, whatever the format: blocks in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from server.exports.shape import SentAnswer, SentCitation
from server.notes import STATUS_WORDS

__all__ = ["Block", "Heading", "Items", "Table", "Text", "content_of", "marked", "markers"]

#: The words of the page for each status, with what they mean.
_STATUS = {
    "answered": "条文有据",
    "not_stated": "条文未写明：条文提到此事，但没有写您问的内容",
    "informational": "仅见非政策文件：只有新闻、解读或问答提到，不能作为申报依据",
    "refused": "库内无依据：没有作答，也没有引用。不在库内不等于没有这项政策",
}
_DISCLAIMER = (
    "依据公开文件整理，非政府网站出具；申报以主管部门公布的为准。条文内容以发布机关公布的文本为准。"
)
#: What no document format takes, or what turns the direction of a text.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above what follows; level 0 is the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; ``tone`` is ``strong``, ``quote`` or ``small``."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Text | Items | Table


def content_of(answer: SentAnswer, today: date) -> tuple[Block, ...]:
    """The blocks of an answer."""
    return tuple(_cleaned(block) for block in _blocks(answer, today))


def _blocks(answer: SentAnswer, today: date) -> Iterator[Block]:
    yield Heading(answer.question, 0)
    yield Text(f"判断日：{answer.as_of}")
    yield Text(f"结论：{_STATUS[answer.status]}", "strong")
    yield Heading("回答")
    yield from _statements(answer)
    yield from _comparison(answer)
    yield from _working(answer)
    if answer.notes:
        yield Heading("须留意")
        yield Items(tuple(answer.notes))
    if answer.citations:
        firm = any(c.authority == "normative" for c in answer.citations)
        yield Heading("依据" if firm else "出处（非政策文件）")
        for citation in answer.citations:
            yield from _reference(citation)
    yield Heading("说明")
    yield Text(_DISCLAIMER, "small")
    yield Text(_fingerprints(answer, today), "small")


def _statements(answer: SentAnswer) -> Iterator[Block]:
    if answer.claims:
        yield from (Text(marked(claim.text, claim.citations)) for claim in answer.claims)
        return
    lines = [line.strip() for line in answer.answer.splitlines() if line.strip()]
    for line in lines:
        yield Items((line[2:],)) if line.startswith("- ") else Text(line)


def _comparison(answer: SentAnswer) -> Iterator[Block]:
    table = answer.comparison
    if table is None or not table.columns:
        return
    yield Heading("对照")
    heads = [
        f"{c.name} {c.label}{markers([c.citation] if c.citation else [])}" for c in table.columns
    ]
    rows = []
    for row in table.rows:
        cells = [(c.text or "—") + ("（较高）" if c.higher else "") for c in row.cells]
        # As many cells as columns, whatever was sent.
        cells = (cells + ["—"] * len(heads))[: len(heads)]
        rows.append((row.field, *cells))
    yield Table(("项目", *heads), tuple(rows))
    if table.notes:
        yield Items(tuple(table.notes))


def _working(answer: SentAnswer) -> Iterator[Block]:
    sum_ = answer.calculation
    if sum_ is None:
        return
    yield Heading("计算")
    if sum_.steps:
        yield Items(tuple(step.text + markers(step.citations) for step in sum_.steps))
    if sum_.display and sum_.steps:
        yield Text(f"结果：{sum_.display}", "strong")
    yield from (Text(f"还差一项：{question}") for question in sum_.missing)
    if sum_.assumptions:
        yield Text("按以下情形测算，还要核实：")
        yield Items(tuple(sum_.assumptions))


def _reference(citation: SentCitation) -> Iterator[Block]:
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    number = f"（{citation.doc_number}）" if citation.doc_number else ""
    page = f"，第{citation.page}页" if citation.page else ""
    yield Text(f"[{citation.n}] {title}{number}{citation.label}{page}", "strong")
    if citation.quote:
        yield Text(f"“{citation.quote}”", "quote")
    yield Text(_validity(citation), "small")


def _validity(citation: SentCitation) -> str:
    if citation.authority != "normative":
        return "非政策文件，不作申报依据"
    validity = citation.validity
    if validity is None:
        return f"有效性：{STATUS_WORDS['unknown']}"
    span = []
    if validity.start:
        span.append(f"{validity.start} 起施行")
    if validity.to:
        span.append(f"至 {validity.to}")
    words = f"有效性：{STATUS_WORDS[validity.status]}"
    return f"{words}（{'，'.join(span)}）" if span else words


def _fingerprints(answer: SentAnswer, today: date) -> str:
    trace = answer.trace
    named = [
        ("作答", "模型组织语言，逐句核对" if answer.mode == "generative" else "摘录条文原文"),
        ("索引", trace.index),
        ("向量模型", trace.embedder),
        ("模板", trace.prompt),
        ("语言模型", trace.model),
        ("导出", today.isoformat()),
    ]
    return "；".join(f"{name} {value}" for name, value in named if value)


def markers(numbers: Sequence[int]) -> str:
    """The markers of citations: [1][2]."""
    return "".join(f"[{n}]" for n in numbers)


def marked(text: str, numbers: Sequence[int]) -> str:
    """A statement with its markers before the last stop."""
    if numbers and text.endswith(("。", "；", "！", "？")):
        return f"{text[:-1]}{markers(numbers)}{text[-1]}"
    return text + markers(numbers)


def _cleaned(block: Block) -> Block:
    match block:
        case Heading(text, level):
            return Heading(_clean(" ".join(text.split())), level)
        case Text(text, tone):
            return Text(_clean(text), tone)
        case Items(items):
            return Items(tuple(_clean(item) for item in items))
        case Table(head, rows):
            cleaned = tuple(tuple(_clean(cell) for cell in row) for row in rows)
            return Table(tuple(_clean(cell) for cell in head), cleaned)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("**", "")).strip()
