"""Find what is wrong with a source, without labels: official numbers run 1, 2, 3."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.address import ClausePath, Step
from corpus.document import Document
from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import Clause, Finding, Outline
from corpus.wording import label

__all__ = ["LEAST_CONFIDENCE", "audit"]

#: Ranks whose numbers are printed, and so must run on.
_PRINTED = frozenset(
    [
        "art",
        "sec",
        "item",
        "num",
        "sub",
        "subnum",
        "circled",
        "qa",
        "annex",
        "deca",
        "decb",
        "decc",
        "decd",
        "dece",
    ]
)
_CHAPTER = re.compile(rf"第\s*(?P<number>{NUMERAL})\s*(?P<rank>[编篇章]|部分|分编)")
#: Text recognised with less confidence must be read again by a person.
LEAST_CONFIDENCE = 0.8
#: Shorter texts recur by right (本办法自公布之日起施行。).
_LONG = 60
_OWN_ARTICLE = re.compile(
    rf"(?<!《)本(?:法|条例|办法|规定|细则|规则|解释)第(?P<number>{NUMERAL})条(?!之)"
)
#: A sentence that stops here was cut: an official text ends in a stop.
_CUT = re.compile(r"[\u4e00-\u9fff，、：]$")
_SHORTEST_SENTENCE = 25
_SHORTEST_CLAUSES = 12


def audit(document: Document, outline: Outline) -> tuple[Finding, ...]:
    """Return all findings on a document, those of its reading first."""
    checks = (
        _numbering(outline), _headings(outline), _empty(outline), _repeated(outline), _cut_off(outline),
        _dangling(outline), _recognised(outline), _metadata(document),
    )  # fmt: skip
    known = {(f.kind, f.detail) for f in outline.findings}
    fresh = (f for check in checks for f in check if (f.kind, f.detail) not in known)
    return (*outline.findings, *fresh)


def _numbering(outline: Outline) -> Iterator[Finding]:
    carried = any(clause.path.steps[0].rank == "notice" for clause in outline)
    gaps_known = any(f.kind == "gap" for f in outline.findings)
    last: dict[tuple[ClausePath | None, str], int] = defaultdict(int)
    for clause in outline:
        step = clause.path.steps[-1]
        if step.rank not in _PRINTED:
            continue
        key = (clause.path.parent, step.rank)
        before, last[key] = last[key], step.number
        if step.rank == "annex" and not before and carried:
            # 附件1 is the very text that the notice carries.
            continue
        if step.number > before + 1 and not gaps_known:
            missing = before + 1 if before + 2 == step.number else f"{before + 1}—{step.number - 1}"
            yield _at(clause, "gap", f"{label(clause.path)}之前缺号：{missing}")
        elif step.number < before or (step.number == before and not step.branch):
            yield _at(clause, "out_of_order", f"{label(clause.path)}排在{before}之后")


def _headings(outline: Outline) -> Iterator[Finding]:
    """Chapters that a text lacks: its heading was lost, or is not read as one."""
    last: dict[tuple[str, ...], int] = defaultdict(int)
    latest: dict[str, int] = {}
    seen: tuple[str, ...] = ()
    for clause in outline:
        if clause.headings == seen:
            continue
        seen = clause.headings
        for index, heading in enumerate(seen):
            match = _CHAPTER.match(heading)
            if match is None:
                continue
            key = (clause.path.steps[0].rank, match["rank"], *seen[:index])
            number, before = read_numeral(match["number"]), last[key]
            last[key] = max(before, number)
            # Chapters start anew in each 编, or run on through all of them.
            runs_on = number == latest.get(match["rank"], 0) + 1
            latest[match["rank"]] = number
            if number > before + 1 and not runs_on:
                missing = before + 1 if before + 2 == number else f"{before + 1}—{number - 1}"
                yield _at(clause, "gap", f"{match[0]}之前缺号：{missing}")


def _empty(outline: Outline) -> Iterator[Finding]:
    for clause in outline:
        if clause.kind not in ("article", "item") or clause.title or clause.text.strip():
            continue
        if not outline.text(clause.path).strip():
            yield _at(clause, "empty", f"{label(clause.path)}没有内容")


def _repeated(outline: Outline) -> Iterator[Finding]:
    """Passages that stand word for word at two places: one below the other, or several in a row.

    A single one that recurs elsewhere (单位犯前款罪的，…) is how statutes are written.
    """
    texts = [re.sub(r"\s+", "", clause.text) for clause in outline]
    first: dict[str, int] = {}
    for index, (clause, text) in enumerate(zip(outline, texts, strict=True)):
        at = (
            first.setdefault(text, index)
            if len(text) >= _LONG and clause.kind != "table"
            else index
        )
        if at == index:
            continue
        next_to = index - at <= 2
        in_a_row = at > 0 and texts[at - 1] == texts[index - 1] and len(texts[at - 1]) >= _LONG
        if next_to or in_a_row:
            places = f"{label(outline.clauses[at].path)}与{label(clause.path)}"
            yield _at(clause, "duplicate", f"{places}文字完全相同：{clause.text[:20]}…")


def _cut_off(outline: Outline) -> Iterator[Finding]:
    """A last clause of the main text that ends without a stop."""
    if outline.scheme == "plain":
        return
    main = [c for c in outline if c.path.steps[0].rank not in ("annex", "text", "closing")]
    last = main[-1] if main else None
    if last and last.kind in ("article", "paragraph", "item") and last.text:
        line = last.text.rsplit("\n", 1)[-1]
        short = last.kind == "article" and "，" in line
        least = _SHORTEST_CLAUSES if short else _SHORTEST_SENTENCE
        if len(line) >= least and _CUT.search(line):
            yield _at(last, "cut_off", f"结尾处没有句末标点，原文可能不完整：…{line[-15:]}")


def _dangling(outline: Outline) -> Iterator[Finding]:
    """A reference of the text to an article of its own that it does not have."""
    if outline.scheme != "statute":
        return
    most = max((c.path.steps[0].number for c in outline.articles), default=0)
    for clause in outline:
        if clause.path.steps[0].rank != "art" or "本" not in clause.text:
            continue
        for match in _OWN_ARTICLE.finditer(clause.text):
            number = read_numeral(match["number"])
            if ClausePath((Step("art", number),)) not in outline and number > most:
                yield _at(clause, "dangling", f"{label(clause.path)}提到的{match[0]}不在原文中")


def _recognised(outline: Outline) -> Iterator[Finding]:
    for clause in outline:
        if clause.ocr is not None and clause.ocr < LEAST_CONFIDENCE:
            detail = f"{label(clause.path)}文字识别置信度低（{clause.ocr:.2f}），请核对原件"
            yield _at(clause, "low_ocr_confidence", detail)


def _metadata(document: Document) -> Iterator[Finding]:
    wanted = {"title": "标题", "issued": "成文日期"}
    if document.authority == "normative":
        wanted |= {"doc_number": "发文字号", "issuers": "发文机关"}
    for name, word in wanted.items():
        if not getattr(document, name):
            yield Finding("missing_metadata", f"未找到{word} / no {name} found")


def _at(clause: Clause, kind: str, detail: str) -> Finding:
    return Finding(kind, detail, clause.path, clause.page, clause.line)
