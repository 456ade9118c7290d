"""The days of the case that a question tells: what held then is what it is judged by."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from corpus.address import Address
from corpus.document import Change
from corpus.numerals import read_numeral
from indexer.clause_index import ClauseIndex
from indexer.passages import sentences

__all__ = ["CaseDays", "case_days", "falls_under", "named_days", "rules_for_before"]

#: A text of a year (2024年的办法, 2019年31号文) and what began then (2020年成立的) are no case.
_NO_CASE = (
    r"的?(?:那[个份]|这[个份])?[^按依照用据，]{0,4}(?:文件|办法|意见|措施|政策|计划|方案|规定|条例|修订|版|第?\d+\s*号)"
    r"|[^，。；]{0,6}(?:成立|设立|开办|创办|建厂|出生|毕业|入职|落户|迁|搬|到期|截止|为止)"
)
#: 24年3月, 24年底, 24年拿的证; 干了24年 and 满20年 are how long something took.
_SHORT = (
    r"(?<![\d满了干住近共达整第过每前后足])(?P<short>[123]\d)\s*年"
    r"(?=\s*(?:1[0-2]|[1-9])\s*月|年?[初底末]|[上下]半年|的?时候|[拿取买签备投办通批]|就[拿取买签备投办通批])"
)
_YEAR = rf"(?P<year>(?<!\d)20\d\d)\s*年|{_SHORT}|(?P<named>前年|去年|今年|明年)"
_MONTH = r"(?:的)?\s*(?:(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])\s*月份?(?:\s*(?P<day>\d{1,2})\s*[日号])?|(?P<half>[上下]半年)|(?P<edge>[年月]?[初底末]))?"
_WHEN = re.compile(rf"(?:{_YEAR}){_MONTH}(?!\d|\s*月|{_NO_CASE})")
_OFFSET = {"前年": -2, "去年": -1, "今年": 0, "明年": 1}
#: 施行前取得的，按修改前的规定执行; 在此期间以外备案的项目，仍按原比例执行.
_FOR_BEFORE = re.compile(r"(?:前|[以之]外)[^。；]{0,60}按[^。；]{0,8}(?:修改前|调整前|原)")
#: What is said of a day, up to the end of its phrase.
_SAID = re.compile(r"[^，,。；;！!？?]*")
#: 此前已获注册受理的产品，仍按原标准执行.
_EVENT = re.compile(r"(?:前|[以之]外)(?:已经?)?(?P<event>[^，。；]{2,30}?)的")
_EVENT_RUN = 3
_NO_EVENT = re.compile(r"项目|产品|企业|单位|[的了已尚未]")
#: 2025年度到账的金额，全年统一按调整后的比例计算; 2024年度及以前的，按调整前的比例计算.
_FOR_YEAR = re.compile(
    r"(?P<year>20\d\d)年度?(?P<earlier>(?:及|和)?(?:以|之)前)?[^。；\d]{0,40}?按照?(?:(?P<new>调整后|修改后|新)|调整前|修改前|原)"
)
#: A rule for a year is for a change of which it says as many characters in a row.
_SAME_MATTER = 5


@dataclass(frozen=True, slots=True)
class CaseDays:
    """The first and the last day that a case may be of, and what is said to have been then."""

    first: date
    last: date
    said: str = field(default="", compare=False, repr=False)

    def falls_under(self, change: Change) -> bool | None:
        """Whether a clause as changed is what holds for the case; None where it may be."""
        since, until = change.since or date.min, change.until or date.max
        if self.last < since or self.first > until:
            return False
        return True if since <= self.first and self.last <= until else None


def case_days(question: str, today: date) -> CaseDays:
    """The days that a question names for its case; the day of asking where it names none.

    >>> case_days("去年10月拿的证奖多少", date(2026, 11, 30))
    CaseDays(first=datetime.date(2025, 10, 1), last=datetime.date(2025, 10, 31))
    """
    return named_days(question, today) or CaseDays(today, today)


def named_days(question: str, today: date) -> CaseDays | None:
    """The days that a question names for its case; None where it names none.

    >>> named_days("24年3月就拿到证了", date(2026, 11, 30))
    CaseDays(first=datetime.date(2024, 3, 1), last=datetime.date(2024, 3, 31))
    >>> named_days("在本地干了24年", date(2026, 11, 30))
    """
    named = list(_spans(question, today))
    if not named:
        return None
    said = " ".join(_SAID.match(question, m.start())[0] for m in _WHEN.finditer(question))  # type: ignore[index]
    return CaseDays(min(first for first, _ in named), max(last for _, last in named), said)


def _spans(question: str, today: date) -> Iterator[tuple[date, date]]:
    for match in _WHEN.finditer(question):
        if match["named"] == "今年" and not (match["month"] or match["half"]):
            continue
        year = _year(match, today)
        low, high = _months(match)
        if not 1 <= low <= high <= 12:
            continue
        end = calendar.monthrange(year, high)[1]
        day = int(match["day"] or 0)
        if 1 <= day <= end:
            yield date(year, low, day), date(year, low, day)
        else:
            yield date(year, low, 1), date(year, high, end)


def _year(match: re.Match[str], today: date) -> int:
    if match["named"]:
        return today.year + _OFFSET[match["named"]]
    return int(match["year"] or f"20{match['short']}")


def _months(match: re.Match[str]) -> tuple[int, int]:
    if word := match["month"]:
        month = read_numeral(word)
        return month, month
    if match["half"]:
        return (1, 6) if match["half"][0] == "上" else (7, 12)
    if match["edge"]:
        return (1, 1) if match["edge"][-1] == "初" else (12, 12)
    return 1, 12


def falls_under(change: Change, days: CaseDays, index: ClauseIndex) -> bool | None:
    """Whether a clause as changed is what holds for a case; what the text of the change says of the
    year of the case goes before the days. None where it may be."""
    told = [holds for _, _, holds in _of_year(change, days, index)]
    return told[0] if len(set(told)) == 1 else days.falls_under(change)


def rules_for_before(
    change: Change, index: ClauseIndex, days: CaseDays | None = None
) -> list[tuple[str, Address]]:
    """The sentences by which the text of a change keeps to what was before, and where they stand."""
    places = dict.fromkeys((change.by, *index.document(change.by.document).term.basis))
    found = [
        (piece, address)
        for address in places
        if address.document == change.by.document
        for piece in sentences(index.clause(address)[1].text)
        if _FOR_BEFORE.search(piece)
    ]
    found += _of_event(change, days, index) if days and not found else ()
    of_year = _of_year(change, days, index) if days else ()
    return [*found, *((piece, address) for piece, address, holds in of_year if not holds)]


def _of_event(change: Change, days: CaseDays, index: ClauseIndex) -> Iterator[tuple[str, Address]]:
    """What other clauses of the text of a change keep to what was, for cases of which something had
    been before, on the matter that it changes; only where the question says when that was."""
    reading = index.readings.get(change.by.document)
    matter = index.clause(change.by)[1].text
    for clause in reading.outline.clauses if reading else ():
        for piece in sentences(clause.text):
            event = _EVENT.search(piece) if _FOR_BEFORE.search(piece) else None
            if event is None or not _shares_words(clause.text, matter):
                continue
            name = event["event"]
            runs = (name[at : at + _EVENT_RUN] for at in range(max(1, len(name) - _EVENT_RUN + 1)))
            if any(run in days.said and not _NO_EVENT.search(run) for run in runs):
                yield piece, Address(change.by.document, clause.path)


def _of_year(
    change: Change, days: CaseDays, index: ClauseIndex
) -> Iterator[tuple[str, Address, bool]]:
    """What the text of a change says of the year of a case, on the matter that it changes."""
    reading = index.readings.get(change.by.document)
    if reading is None or days.first.year != days.last.year:
        return
    matter, year = index.clause(change.by)[1].text, days.first.year
    for clause in reading.outline.clauses:
        for match in _FOR_YEAR.finditer(clause.text):
            named = int(match["year"])
            if not (year == named or (match["earlier"] and year < named)):
                continue
            if not _shares_words(clause.text, matter):
                continue
            piece = next((p for p in sentences(clause.text) if match[0] in p), match[0])
            yield piece, Address(change.by.document, clause.path), bool(match["new"])


def _shares_words(text: str, other: str) -> bool:
    runs = (text[at : at + _SAME_MATTER] for at in range(len(text) - _SAME_MATTER + 1))
    return any(re.fullmatch(r"[\u4e00-\u9fff]+", run) and run in other for run in runs)
