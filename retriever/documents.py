"""The documents that a question names: by 文号, title, part of a title, year and kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Document
from indexer.docnumbers import NAMED_NUMBERS, YEAR_NUMBER

__all__ = ["DocumentNames", "NamedDocuments", "without_numbers"]

# Takes 56号文, 56号第（十）条, 56号和31号, 31号办法; 3月56号文; refuses 56号线, 56号公告, 8月31号, 31号前.
_SHORT_NUMBER = re.compile(
    r"(?:(?<![0-9〕\]）)第月号])|(?<=月)(?=3[2-9]|[4-9]\d|\d{3}))(?P<number>[0-9]{1,4})\s*号"
    r"(?:文件|文(?!件)|(?=$|[\s办措意计方通规里中的第和与跟及比对各是现还有什怎能到要给管把说讲写、，。？?！,:：;；）)》])"
    r"(?!通知书|的?(?:[前晚早]|之前|以前|截止)))"
)
#: What is said of a day: 28号还是报不了, 15号能领吗.
_DAY = re.compile(r"(?:[1-9]|[12]\d|3[01])\s*号(?=还[是没不]|就|才|能|要|到)")
#: 8号公告, which many offices issue each year.
_NOTICE = re.compile(r"(?<![0-9〕\]）)第月号])(?P<number>[0-9]{1,4})\s*号(?P<kind>公告|通告)")
_TITLE = re.compile(r"《(?P<title>[^》]{2,80})》")
_YEAR_KIND = re.compile(
    r"(?P<year>20\d{2}|(?<![\d第])[12]\d(?=年(?:的|版|那|出台|发布|[\u4e00-\u9fff]{2,8}(?:意见|办法|措施|条例|方案))))\s*年"
    r"(?:的|版|那份|发布的|出台的)?\S{0,12}?(?P<kind>意见|办法|措施|计划|方案|条例|通知)"
)
_TAIL = re.compile(r"(?P<tail>(?:〔\d{4}〕|(?:\d{4}年)?第)(?P<number>\d{1,5})号)$")
#: Says that there is a document, not which: 联合下发通知 names none.
_SENT_OUT = re.compile("联合|印发|下发|发布|发出|出台|制定|公布|有关|相关|部门|关于|的|了|等")
#: What follows the kind that a title is named after: 税收政策 in 税收政策的公告 is no name.
_NAME_ENDS = re.compile(r"[\s》〉（(【〔]")
_CARRIED = re.compile(rf"(?:的(?:通知|公告|通告|函|批复|决定))?{_NAME_ENDS.pattern}")
_ANYTHING = re.compile("")
#: Stands between titles, and in no question.
_BETWEEN = "\n"
_LONGEST = 20
#: Characters that name a document where its kind stands apart from them in the title.
_LEAST = 4
#: …and where its title says more between its parts, which are of so many characters each.
_NAMED, _PART = 6, 2
#: Where a name may begin.
_NAME_BEGINS = re.compile(
    r"[，,。？?！!：:；;、\s的和与跟及或按对在从用把拿给看查问由]|后来|根据|依照"
)

#: What is said of a document before its number: 被废掉的渝高新发〔2023〕29号.
_STATE = re.compile(
    r"^(?:(?:已经?|早已?|被){0,2}(?:废[掉止除]|作废|失效|过期)了?|[旧老原]来?|以前)的"
)


@dataclass(slots=True)
class NamedDocuments:
    """The documents that a text names, by where it has named them, and names of none.

    ``places`` are the names one by one, known or not: where each stands, and what it names.
    """

    by_end: dict[int, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    places: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)

    def note(self, match: re.Match[str], found: Sequence[str], must_exist: bool) -> None:
        """Note what a match names."""
        if found or must_exist:
            self.places.append((match.start(), match.end(), tuple(found)))
        if found:
            self.by_end.setdefault(match.end(), []).extend(found)
        elif must_exist:
            self.unknown.append(_STATE.sub("", match[0]))

    @property
    def all(self) -> frozenset[str]:
        """All documents named."""
        return frozenset(name for names in self.by_end.values() for name in names)


class DocumentNames:
    """Finds documents by what texts call them; a look into tables, however many there are."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._by_tail: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_short: dict[str, list[str]] = defaultdict(list)
        self._by_year: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_area: dict[str, list[str]] = defaultdict(list)
        self._kind_of: dict[str, str] = {}
        self._kinds = sorted({d.kind for d in documents if d.kind})
        titles: list[str] = []
        self._owners: list[str] = []
        for document in documents:
            self._add(document)
            titles += document.titles
            self._owners += [document.id] * len(document.titles)
        self._titles = _Joined(titles, self._owners)
        self._bare = _Joined([_bare(title) for title in titles], self._owners)

    def read(self, text: str) -> NamedDocuments:
        """Return the documents that a text names."""
        named = NamedDocuments()
        for pattern in NAMED_NUMBERS:
            for match in pattern.finditer(text):
                named.note(match, self._numbered(match), pattern is NAMED_NUMBERS[0])
        rest = _blank(YEAR_NUMBER, text)
        for match in _SHORT_NUMBER.finditer(rest):
            found = self._by_short.get(str(int(match["number"])), [])
            named.note(match, found, not _DAY.match(rest, match.start()))
        for match in _NOTICE.finditer(rest):
            named.note(match, self._noticed(match), False)
        for match in _TITLE.finditer(text):
            named.note(match, self._titled(match["title"]), True)
        for match in _YEAR_KIND.finditer(rest):
            year = f"20{match['year'][-2:]}"
            named.note(match, self._by_year.get((year, match["kind"]), []), False)
        for match, owner in self._short_titles(rest.replace(_BETWEEN, " ")):
            named.note(match, [owner], False)
        return named

    def _add(self, document: Document) -> None:
        if document.doc_number and (tail := _TAIL.search(document.doc_number)):
            issuer = document.doc_number.removesuffix(tail["tail"])
            self._by_tail[tail["tail"]].append((issuer, document.id))
            # 322号文 is 〔2026〕322号 or 2026年第322号; an order goes by its whole name.
            if re.match(r"〔|\d{4}年第", tail["tail"]):
                self._by_short[tail["number"]].append(document.id)
        self._kind_of[document.id] = document.kind or ""
        if document.area:
            self._by_area[document.area].append(document.id)
        if document.kind and document.issued:
            self._by_year[str(document.issued.year), document.kind].append(document.id)

    def _numbered(self, match: re.Match[str]) -> list[str]:
        parts = match.groupdict()
        year, number = parts.get("year"), int(parts["number"])
        brackets = f"〔{year}〕{number}号"
        tails = [brackets, f"{year or ''}{'年' if year else ''}第{number}号"]
        return [
            name
            for tail in tails
            for issuer, name in self._by_tail.get(tail, [])
            if match["issuer"].endswith(issuer)
        ]

    def _noticed(self, match: re.Match[str]) -> list[str]:
        """The notice of a number, where there is one only."""
        numbered = self._by_short.get(str(int(match["number"])), [])
        found = [name for name in numbered if self._kind_of[name] == match["kind"]]
        return found if len(found) == 1 else []

    def _titled(self, name: str) -> list[str]:
        bare = _bare(name)
        return self._bare.holding(bare) if len(bare) >= 6 else self._bare.equal(bare)

    def of_area(self, text: str, name: str, area: str) -> Iterator[tuple[int, str]]:
        """The one document of a kind that a place has, where a text says so: 高新区的办法."""
        for kind in self._kinds:
            owners = [owner for owner in self._by_area[area] if self._is_of(owner, kind)]
            pattern = rf"{re.escape(name)}(?:的|那[个份]|这[个份])?{re.escape(kind)}"
            if len(owners) == 1:
                yield from ((match.end(), owners[0]) for match in re.finditer(pattern, text))

    def _short_titles(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """Documents named by a part of their title and its kind: 三年行动计划, 助餐办法."""
        for kind in self._kinds:
            for match in re.finditer(re.escape(kind), text):
                before = text[: match.start()]
                if before.endswith("）"):
                    # A short name that was written out: 长护险（长期护理保险）办法.
                    before = before[before.rfind("（") + 1 : -1]
                owners = (
                    self._longest(before, kind)
                    or self._apart(before, kind)
                    or self._in_order(before, kind)
                )
                if len(owners) == 1:
                    yield match, owners[0]

    def _longest(self, before: str, kind: str) -> list[str]:
        """The owners of the titles that hold the most of what stands before a kind, and it."""
        length = 0
        for more in range(2, min(_LONGEST, len(before)) + 1):
            if before[-more:] + kind not in self._titles.text:
                break
            # 的若干措施 names no more than 若干措施.
            length = length if before[-more] == "的" else more
        told = _SENT_OUT.sub("", before[len(before) - length :])
        owners = self._titles.holding(before[-length:] + kind) if told else []
        if len(owners) != 1:
            return owners
        return self._titles.holding(
            before[-length:] + kind, _NAME_ENDS if len(told) < _LEAST else _CARRIED
        )

    def _apart(self, before: str, kind: str) -> list[str]:
        """The documents of a kind whose titles hold the most of what stands before it."""
        owners: list[str] = []
        for length in range(_LEAST, min(_LONGEST, len(before)) + 1):
            held = self._titles.holding(before[-length:])
            if not held:
                break
            owners = [owner for owner in held if self._is_of(owner, kind)]
        return owners

    def _in_order(self, before: str, kind: str) -> list[str]:
        """The documents of a kind whose titles hold all of a name, part after part: 国际生物城三年计划
        for 国际生物城建设发展三年行动计划."""
        name = _NAME_BEGINS.split(before)[-1]
        if not _NAMED <= len(name) <= _LONGEST:
            return []
        held = self._titles.within(name[:_PART])
        found = (o for o, title in held if self._is_of(o, kind) and _holds_parts(title, name))
        return list(dict.fromkeys(found))

    def _is_of(self, owner: str, kind: str) -> bool:
        return self._kind_of[owner].endswith(kind)


class _Joined:
    """Many short texts as one, to find those that hold some words without a look at each."""

    def __init__(self, texts: Sequence[str], owners: Sequence[str]) -> None:
        self.text = _BETWEEN.join(["", *texts, ""])
        self._owners = owners
        self._starts = [0]
        for text in texts:
            self._starts.append(self._starts[-1] + len(text) + 1)

    def holding(self, words: str, then: re.Pattern[str] = _ANYTHING) -> list[str]:
        """Return the owners of the texts that hold the words, and ``then`` behind them, each
        once."""
        found: dict[str, None] = {}
        place = self.text.find(words)
        while place >= 0:
            if then.match(self.text, place + len(words)):
                found[self._owners[bisect_right(self._starts, place) - 1]] = None
            place = self.text.find(words, place + 1)
        return list(found)

    def within(self, words: str) -> Iterator[tuple[str, str]]:
        """Yield the texts that hold some words, each with its owner in front."""
        place = self.text.find(words)
        while place >= 0:
            at = bisect_right(self._starts, place) - 1
            end = self.text.find(_BETWEEN, place)
            yield self._owners[at], self.text[self._starts[at] + 1 : end]
            place = self.text.find(words, end)

    def equal(self, words: str) -> list[str]:
        """Return the owners of the texts that are these words."""
        return self.holding(f"{_BETWEEN}{words}{_BETWEEN}")


def _holds_parts(title: str, name: str) -> bool:
    """Whether a title holds all of a name, in parts of two characters or more in their order.

    >>> _holds_parts("国际生物城建设发展三年行动计划", "国际生物城三年")
    True
    >>> _holds_parts("国际生物城建设发展三年行动计划", "国际生物城五年")
    False
    """
    at = 0
    while name:
        length = next(
            (n for n in range(len(name), _PART - 1, -1) if title.find(name[:n], at) >= 0), 0
        )
        if not length or len(name) - length == 1:
            return False
        at = title.find(name[:length], at) + length
        name = name[length:]
    return True


def without_numbers(text: str) -> str:
    """Blank out 文号 and titles, whose figures are no clause numbers."""
    for pattern in (YEAR_NUMBER, _TITLE, _SHORT_NUMBER):
        text = _blank(pattern, text)
    # Before these numbers stand letters of an issuer, and other words without a gap.
    for pattern in NAMED_NUMBERS[1:]:
        text = pattern.sub(_without_figures, text)
    return text


def _without_figures(match: re.Match[str]) -> str:
    issuer = match.end("issuer") - match.start()
    return match[0][:issuer] + " " * (len(match[0]) - issuer)


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _bare(title: str) -> str:
    return re.sub(r"[\s《》]", "", title)
