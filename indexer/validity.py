"""Read when a document is in force, from what its own clauses and its title say.

Whether 公布 is the 成文 day, and whether the thirtieth or the thirty-first day counts, is a
reading; the note states the one taken. A document without a stated term gets none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from corpus.address import Address
from corpus.document import Document, Term
from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import Clause, Outline

__all__ = ["apply_repeals", "read_term"]

_DAY = r"(?P<y>(?:19|20)\d{2})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
_FORCE = r"(?:正式)?(?:施行|实施|执行|生效)"
_AFTER_DAYS = re.compile(
    rf"自(?:公布|发布|印发|颁布)之日起(?:满)?\s*(?P<n>{NUMERAL})\s*(?P<unit>个?工作日|日|天|个月)后?{_FORCE}"
)
_AT_ONCE = re.compile(rf"自(?:公布|发布|印发|颁布|下发)之日起{_FORCE}")
_FROM = re.compile(rf"自\s*{_DAY}\s*起{_FORCE}")
_FROM_HEAD = re.compile(rf"{_DAY}\s*起?\s*{_FORCE}")
_TO = re.compile(rf"(?:有效期至|有效期截至|有效期到|施行至|执行至|试行至)\s*{_DAY}")
_YEARS = re.compile(rf"(?:有效期|试行期|有效期限)(?:为|暂定)?\s*(?P<n>{NUMERAL})\s*年")
_SPAN = re.compile(r"(?P<a>20\d{2})\s*[—–\-－~至]+\s*(?P<b>20\d{2})\s*年")
_NAMED = r"《(?P<title>[^》]+)》(?:[（(](?P<number>[^（）()]+号)[）)])?"
_EACH = re.compile(_NAMED)
_REPEAL = re.compile(
    r"(?:《[^》]+》(?:[（(][^（）()]+号[）)])?[、和及与，\s]*)+[^。；《》]{0,12}?(?:同时|即行|予以)废止"
)
_INTERIM = re.compile(rf"{_DAY}\s*至\s*本\S{{1,4}}施行前[^。]{{0,20}}执行")


def read_term(document: Document, outline: Outline, head: Iterable[str] = ()) -> Term:
    """Read the term of a document; ``head`` holds the lines of enactment under its title."""
    start, basis, notes = _start(document, outline)
    if start is None:
        start, note = _start_in_head(head)
        notes += [note] if note else []
    end, end_basis = _end(document, outline, start)
    if start is None and end is None:
        span = _span(document, outline)
        return span if span.start or not basis else Term(basis=tuple(basis), note="；".join(notes))
    for clause in outline:
        if match := _INTERIM.search(clause.text):
            notes.append(f"{_day(match)}至施行前参照执行")
            end_basis.append(_address(document, clause))
    if start and not end:
        notes.append("文中没有写有效期")
    found = tuple(dict.fromkeys([*basis, *end_basis]))
    return Term(start, end, None, found, "；".join(notes) or None)


def apply_repeals(documents: dict[str, Document], outlines: dict[str, Outline]) -> None:
    """Mark documents that another one of the same corpus repeals, from the day it is in force."""
    for by in list(documents.values()):
        for clause in outlines[by.id]:
            for repeal in _REPEAL.finditer(clause.text):
                for match in _EACH.finditer(repeal[0]):
                    _repeal(documents, by, clause, match)


def _repeal(
    documents: dict[str, Document], by: Document, clause: Clause, match: re.Match[str]
) -> None:
    for document in documents.values():
        number = document.doc_number
        same = match["number"] == number if match["number"] and number else (
            match["title"] in document.titles
        )  # fmt: skip
        if document.id != by.id and same and document.term.repealed is None:
            term = replace(
                document.term,
                repealed=by.term.start or by.issued,
                basis=(*document.term.basis, Address(by.id, clause.path)),
                note=f"被《{by.title}》废止",
            )
            documents[document.id] = replace(document, term=term)


def _address(document: Document, clause: Clause) -> Address:
    return Address(document.id, clause.path)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _start(document: Document, outline: Outline) -> tuple[date | None, list[Address], list[str]]:
    published = document.published or document.issued
    for clause in reversed(outline.clauses):
        if match := _AFTER_DAYS.search(clause.text):
            if published is None:
                return None, [_address(document, clause)], ["未见公布日期，无法推算施行日"]
            count = read_numeral(match["n"])
            start = _counted(published, count, match["unit"])
            if start is None:
                return None, [_address(document, clause)], ["施行日无法推算"]
            note = f"自{_said(document)}起算第{count}{match['unit'].removeprefix('个')}的当天施行"
            return start, [_address(document, clause)], [note]
        if match := _FROM.search(clause.text):
            return _day(match), [_address(document, clause)], []
        if published and _AT_ONCE.search(clause.text):
            return published, [_address(document, clause)], [f"施行日按{_said(document)}"]
    return None, [], []


def _said(document: Document) -> str:
    if document.published:
        return f"发布日{document.published}"
    return f"成文日{document.issued}（公布日未见记载）"


def _start_in_head(head: Iterable[str]) -> tuple[date | None, str | None]:
    for line in reversed(list(head)):
        if match := _FROM_HEAD.search(line):
            return _day(match), "施行日据题注"
    return None, None


def _end(
    document: Document, outline: Outline, start: date | None
) -> tuple[date | None, list[Address]]:
    for clause in reversed(outline.clauses):
        if match := _TO.search(clause.text):
            return _day(match), [_address(document, clause)]
        if start and (match := _YEARS.search(clause.text)):
            end = _later(start, months=12 * read_numeral(match["n"]))
            return end, [_address(document, clause)]
    return None, []


def _counted(day: date, count: int, unit: str) -> date | None:
    """A day so many days or months later; None for working days, which no calendar here knows."""
    if "工作日" in unit:
        return None
    if "月" in unit:
        return _later(day, months=count)
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def _later(day: date, months: int) -> date | None:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    if year > date.max.year:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _span(document: Document, outline: Outline) -> Term:
    """A plan's own span, as its title states it."""
    match = _SPAN.search(document.title)
    if not match or int(match["a"]) > int(match["b"]):
        return Term()
    basis = tuple(_address(document, c) for c in outline if document.title in c.text)[:1]
    note = f"按标题所载规划期{match['a']}—{match['b']}年，文中没有另写施行日和有效期"
    return Term(date(int(match["a"]), 1, 1), date(int(match["b"]), 12, 31), None, basis, note)
