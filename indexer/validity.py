"""Read when a document is in force, from what its own clauses and its title say.

Whether 公布 is the 成文 day, and whether the thirtieth or the thirty-first day counts, is a
reading; the note states the one taken. A document without a stated term gets none.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from corpus.address import Address
from corpus.document import Document, Term
from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import Clause, Outline
from indexer.dates import DAY, days_in, first_day

__all__ = ["read_term", "stated_end"]

_DAY = rf"(?P<day>{DAY})"
_FORCE = r"(?:正式)?(?:施行|实施|执行|生效|试行)"
#: 自政策发布之日起, 自印发之日起.
_ISSUED = r"自(?:本?(?:政策|文件|通知|措施|意见|办法))?(?:公布|发布|印发|颁布|下发)之日起"
#: A day, or the last one of a month or year: 2020年底, 2020年6月底.
_UNTIL = rf"(?P<day>{DAY}|20\d{{2}}\s*+年\s*+(?:\d{{1,2}}\s*+月)?年?底)"
_AFTER_DAYS = re.compile(
    rf"自(?:公布|发布|印发|颁布)之日起(?:满)?\s*(?P<n>{NUMERAL})\s*(?P<unit>个?工作日|日|天|个月)后?{_FORCE}"
)
_AT_ONCE = re.compile(rf"{_ISSUED}(?:暂?{_FORCE}|(?:截?至|到)\s*{_UNTIL})")
_FROM = re.compile(rf"自\s*{_DAY}\s*起?{_FORCE}")
_FROM_HEAD = re.compile(rf"{_DAY}\s*+起?\s*+{_FORCE}")
_AMENDED = re.compile("修正|修订|修改")
_TO = re.compile(
    rf"(?:(?:有效|试行|执行|实施)期限?(?:截?至|到)|施行至|执行至|试行至|实施至"
    rf"|(?:适用|执行|实施|有效|政策)截止(?:时间|日期)(?:为|是|至)|{_ISSUED}(?:截?至|到))\s*{_UNTIL}"
)
#: 执行期限为2024年1月1日至2024年12月31日, 有效期自…起至….
_BETWEEN = re.compile(
    rf"(?:有效期|执行期|实施期|试行期)限?(?:为|自|从|：|:)*\s*(?P<a>{DAY})\s*起?(?:至|到|[—–-]+)\s*(?P<b>{DAY})"
)
_YEARS = re.compile(rf"(?:有效期|试行期|有效期限)(?:为|暂定)?\s*(?P<n>{NUMERAL})\s*年")
#: 本政策执行期为自发布之日起的3个月; refuses the term of a permit or of what else a text speaks of.
_MONTHS = re.compile(
    rf"(?:本|以上)(?:政策|措施|通知|办法|意见|规定|文件){{1,3}}(?:有效|执行|实施|试行)期限?(?:暂定)?(?:为|是)?(?:{_ISSUED})?的?\s*"
    rf"(?P<n>{NUMERAL})\s*个月"
)
#: A term is that of the text where nothing else stands before it: not 注册证有效期为5年, 认定有效期三年.
_OF_ITSELF = re.compile(
    r"(?:^|[，。；：、）)\]】》”\s]|(?:办法|措施|意见|政策|规[定则章程]|通[知告]|细则|方案|文件?|条例|公告|计划|指[南引]|目录"
    r"|标准|清单|章程|制度|决定|要点|条款)[》”]?的?|[施执试]行|实施|生效|起|[其本])$"
)
#: …and where its sentence speaks of the text at all: not 备案自准予之日起生效，有效期10年.
_OF_THE_TEXT = re.compile(
    r"[施执试]行|实施|印发|[发公颁]布|下发|(?<![正副样文版])本|[该其此]|办法|措施|意见|政策|规[定则章程]|通[知告]|细则|方案|文件|条例|公告"
)
_AMENDS = re.compile(r"(?:修改|调整|更改|变更)为|改为|修正为")
_QUOTED = re.compile(r"“[^“”]{0,2000}+”")
_OF_A_PART = re.compile(
    r"(?:[本该此]项|原|旧|过渡|第[一二三四五六七八九十\d]{1,3}[条项款])[^，。；]{0,24}"
    r"(?:执行|实施|施行|有效)(?:期限?)?(?:截?至|到)[^，。；]{0,24}"
)
#: What a sentence changes for a while: 由每人1500元调整为每人2000元，执行至2025年12月31日.
_CHANGES_FOR_A_WHILE = re.compile(
    r"(?P<change>(?:由|从)[^，。；]{1,40}(?:调整|提高|降低|上调|下调|下降|增加|减少|放宽|改)[为到至][^，。；]{1,40})"
    r"，[^，。；本]{0,6}(?:执行|实施|施行|有效)(?:期限?)?(?:截?至|到)[^，。；]{0,24}"
)
#: A text that is put up for comment, or that asks for comments on one.
_DRAFT = re.compile(r"征求意见|送审稿|[（(]草案[）)]$")
_SPAN = re.compile(r"(?P<a>20\d{2})\s*[—–\-－~至]+\s*(?P<b>20\d{2})\s*年")
#: 规划期为2021—2025年, 实施期限：2024年至2026年; refuses the span of what a plan looks back on.
_PERIOD = re.compile(
    r"(?:(?:规划|计划)期限?|(?:规划|计划|实施|行动)(?:期限|年限|时限|周期))(?:为|是|[：:])?\s*+"
    r"(?P<a>20\d{2})\s*+年?\s*+[—–\-－~至]+\s*+(?P<b>20\d{2})\s*+年"
)
_FIVE_YEARS = {"十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}
_PLAN = re.compile(r"(?:规划|计划|纲要|方案)(?:[（(][^（）()]*[）)])?$")
_INTERIM = re.compile(rf"{_DAY}\s*至\s*本\S{{1,4}}施行前[^。]{{0,20}}执行")


def read_term(document: Document, outline: Outline, head: Iterable[str] = ()) -> Term:
    """Read the term of a document; ``head`` holds the lines of enactment under its title."""
    if document.authority == "informational" and document.kind:
        # What an interpretation or news says of a term is that of another text.
        return Term()
    if _DRAFT.search(document.title):
        return Term(note="征求意见稿，尚未施行")
    lines = list(head)
    start, basis, notes = _start(document, outline, *_published(document))
    if start is None:
        start, note = _start_in_head(lines)
        notes += [note] if note else []
    elif (version := _of_version(lines)) and version > start:
        # 本法自1995年10月1日起施行 in a version amended in 2017 is the day of the first one.
        notes = [f"本版本施行日据题注，正文所载施行日{start}"]
        start = version
    end, end_basis = _end(document, outline, start)
    if start is None and end is None:
        span = _span(document, outline)
        return span if span.start or not basis else Term(basis=tuple(basis), note="；".join(notes))
    for clause in outline:
        if match := _INTERIM.search(clause.text):
            notes.append(f"{first_day(match['day'])}至施行前参照执行")
            end_basis.append(_address(document, clause))
    if start and not end:
        trial = re.search("试行|暂行", document.title)
        notes.append(f"{trial[0] + '，' if trial else ''}文中没有写有效期")
    found = tuple(dict.fromkeys([*basis, *end_basis]))
    return Term(start, end, None, found, "；".join(notes) or None)


def _address(document: Document, clause: Clause) -> Address:
    return Address(document.id, clause.path)


def _published(document: Document) -> tuple[date | None, str]:
    """The day that 自公布之日起 counts from, and what it is taken to be."""
    if document.published:
        return document.published, f"发布日{document.published}"
    return document.issued, f"成文日{document.issued}（公布日未见记载）"


def _start(
    document: Document, outline: Outline, published: date | None, said: str
) -> tuple[date | None, list[Address], list[str]]:
    for clause in _from_the_end(outline):
        if match := _AFTER_DAYS.search(clause.text):
            if published is None:
                return None, [_address(document, clause)], ["未见公布日期，无法推算施行日"]
            count = read_numeral(match["n"])
            start = _counted(published, count, match["unit"])
            if start is None:
                return None, [_address(document, clause)], ["施行日无法推算"]
            note = f"自{said}起算第{count}{match['unit'].removeprefix('个')}的当天施行"
            return start, [_address(document, clause)], [note]
        if match := _FROM.search(clause.text):
            return first_day(match["day"]), [_address(document, clause)], []
        if match := _of_itself(_BETWEEN, clause.text):
            return first_day(match["a"]), [_address(document, clause)], []
        if published and _AT_ONCE.search(clause.text):
            return published, [_address(document, clause)], [f"施行日按{said}"]
    return None, [], []


def _of_version(head: Sequence[str]) -> date | None:
    """The day since which this version can be in force: its own, or that of its last amendment."""
    found: list[date] = []
    for line in head:
        own = [day for match in _FROM_HEAD.finditer(line) if (day := first_day(match["day"]))]
        amended = _AMENDED.search(line)
        found += own or ([day for day, *_ in days_in(line)] if amended else [])
    return max(found, default=None)


def _from_the_end(outline: Outline) -> Iterator[Clause]:
    """Clauses that can speak of coming into force, the last of the main text first."""
    spoken = [
        c for c in reversed(outline.clauses) if re.search("[施执试]行|实施|生效|有效期", c.text)
    ]
    yield from (c for c in spoken if c.path.steps[0].rank not in ("annex", "text"))
    yield from (c for c in spoken if c.path.steps[0].rank in ("annex", "text"))


def _start_in_head(head: Sequence[str]) -> tuple[date | None, str | None]:
    for line in reversed(head):
        if match := _FROM_HEAD.search(line):
            return first_day(match["day"]), "施行日据题注"
    return None, None


def _end(
    document: Document, outline: Outline, start: date | None
) -> tuple[date | None, list[Address]]:
    for clause in reversed(outline.clauses):
        counted = document.published or document.issued
        if end := stated_end(_said_of_itself(clause.text), start, counted):
            return end, [_address(document, clause)]
    return None, []


def stated_end(text: str, start: date | None, counted: date | None = None) -> date | None:
    """The last day that a text gives a document which began on ``start``, or None.

    ``counted`` is the day that a term in months counts from where no start is known.
    """
    if match := _TO.search(text):
        return _last_day(match["day"])
    if match := _of_itself(_BETWEEN, text):
        return first_day(match["b"])
    if start and (match := _of_itself(_YEARS, text)):
        return _later(start, months=12 * read_numeral(match["n"]))
    if (start or counted) and (match := _MONTHS.search(text)):
        return _later(start or counted, months=read_numeral(match["n"]))  # type: ignore[arg-type]
    return None


def _of_itself(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is said of the text itself."""
    for match in pattern.finditer(text):
        before = text[: match.start()]
        sentence = re.split("[。；]", before)[-1].strip()
        if _OF_ITSELF.search(before) and (not sentence or _OF_THE_TEXT.search(sentence)):
            return match
    return None


def _said_of_itself(text: str) -> str:
    """A clause without what it says of another text, or of a part: words that it puts into one
    (将…修改为“有效期至…”), what goes on for a while (按原标准执行至…, 本项政策执行至…)."""
    if _AMENDS.search(text):
        text = _QUOTED.sub("", text)
    return _OF_A_PART.sub("", _CHANGES_FOR_A_WHILE.sub(r"\g<change>", text))


def _last_day(text: str) -> date | None:
    """The day that a text names, or the last one of the month or year."""
    if "底" not in text:
        return first_day(text)
    year, *month = map(int, re.findall(r"\d+", text))
    if month and not 1 <= month[0] <= 12:
        return None
    last = month[0] if month else 12
    return date(year, last, calendar.monthrange(year, last)[1])


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
    """A plan's own span, as its title states it, or a clause of it."""
    title = document.title
    five = next((years for plan, years in _FIVE_YEARS.items() if plan in title), None)
    if match := _SPAN.search(title):
        years, said = (int(match["a"]), int(match["b"])), "标题"
        basis = [_address(document, c) for c in outline if title in c.text][:1]
    elif not _PLAN.search(title):
        return Term()
    elif stated := next(((c, m) for c in outline if (m := _PERIOD.search(c.text))), None):
        years, said = (int(stated[1]["a"]), int(stated[1]["b"])), "文中"
        basis = [_address(document, stated[0])]
    elif five:
        years, said, basis = five, "标题", []
    else:
        return Term()
    if years[0] > years[1]:
        return Term()
    note = f"按{said}所载规划期{years[0]}—{years[1]}年，文中没有另写施行日和有效期"
    return Term(date(years[0], 1, 1), date(years[1], 12, 31), None, tuple(basis), note)
