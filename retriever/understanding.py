"""Read what a question names before searching: documents, clauses, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.address import Address
from corpus.document import Document
from corpus.mentions import Mention, find_mentions, resolve
from indexer.clause_index import ClauseIndex
from indexer.docnumbers import DOC_NUMBER, YEAR_NUMBER
from retriever.query import Understanding
from retriever.vocabulary import Vocabulary

__all__ = ["understand"]

# Takes 56号文, 56号第（十）条, 56号和31号, 31号办法; refuses 56号线, 56号公告, 8月31号, 31号前.
_SHORT_NUMBER = re.compile(
    r"(?<![0-9〕\]）)第月号])(?P<number>[0-9]{1,4})\s*号"
    r"(?:文件|文(?!件)|(?=$|[\s办措意计方通规里中的第和与跟及比对各是现还有什怎能到要给管把说讲写、，。？?！,:：;；）)》])"
    r"(?!通知书|的?(?:[前晚早]|之前|以前|截止)))"
)
_TITLE = re.compile(r"《(?P<title>[^》]{2,80})》")
_YEAR_KIND = re.compile(
    r"(?P<year>20\d{2})\s*年(?:的|版|那份|发布的|出台的)?\S{0,12}?(?P<kind>意见|办法|措施|计划|方案|条例|通知)"
)


def understand(question: str, index: ClauseIndex, vocabulary: Vocabulary) -> Understanding:
    """Read a question against an index."""
    text = vocabulary.write_out(question)
    named, unknown = _documents(text, index.documents)
    areas, foreign = _places(text, index, vocabulary)
    mentions = find_mentions(_without_numbers(text))
    of_areas = [d.id for d in index.documents if d.area in areas]
    addresses, absent = _resolve(mentions, named, of_areas, index)
    return Understanding(
        text,
        frozenset(name for names in named.values() for name in names),
        addresses,
        absent,
        unknown,
        areas,
        foreign,
        _named(vocabulary.subjects, text),
    )


def _without_numbers(text: str) -> str:
    """Blank out 文号 and titles, whose figures are no clause numbers."""
    for pattern in (YEAR_NUMBER, _TITLE, _SHORT_NUMBER):
        text = _blank(pattern, text)
    return text


def _documents(
    text: str, documents: Sequence[Document]
) -> tuple[dict[int, list[str]], tuple[str, ...]]:
    """The documents that a text names, by where it names them, and names of none."""
    named: dict[int, list[str]] = {}
    unknown: list[str] = []

    def note(match: re.Match[str], found: list[str], must_exist: bool) -> None:
        if found:
            named.setdefault(match.end(), []).extend(found)
        elif must_exist:
            unknown.append(match[0])

    for match in DOC_NUMBER.finditer(text):
        note(match, [d.id for d in documents if _has_number(d, match)], True)
    rest = _blank(YEAR_NUMBER, text)
    for match in _SHORT_NUMBER.finditer(rest):
        tail = f"〕{match['number']}号"
        found = [d.id for d in documents if d.doc_number and d.doc_number.endswith(tail)]
        note(match, found, True)
    for match in _TITLE.finditer(text):
        found = [d.id for d in documents if _same_title(match["title"], d.titles)]
        note(match, found, True)
    for match in _YEAR_KIND.finditer(rest):
        found = [d.id for d in documents if _is_of(d, match["year"], match["kind"])]
        note(match, found, False)
    for match, owner in _short_titles(rest, documents):
        note(match, [owner], False)
    return named, tuple(unknown)


def _has_number(document: Document, match: re.Match[str]) -> bool:
    tail = f"〔{match['year']}〕{match['number']}号"
    number = document.doc_number
    if not number or not number.endswith(tail):
        return False
    return match["issuer"].endswith(number.removesuffix(tail))


def _is_of(document: Document, year: str, kind: str) -> bool:
    return document.kind == kind and bool(document.issued) and str(document.issued)[:4] == year


def _short_titles(text: str, documents: Sequence[Document]) -> Iterator[tuple[re.Match[str], str]]:
    """Documents named by the end of their title alone: 三年行动计划, 若干措施."""
    for kind in sorted({d.kind for d in documents if d.kind}):
        for match in re.finditer(re.escape(kind), text):
            for length in range(20, 1, -1):
                words = text[max(0, match.start() - length) : match.end()]
                owners = [d.id for d in documents if any(words in t for t in d.titles)]
                if owners:
                    if len(owners) == 1:
                        yield match, owners[0]
                    break


def _blank(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _same_title(name: str, titles: Iterable[str]) -> bool:
    bare = re.sub(r"[\s《》]", "", name)
    return any(bare == re.sub(r"[\s《》]", "", t) or (len(bare) >= 6 and bare in t) for t in titles)


def _resolve(
    mentions: Sequence[Mention],
    named: dict[int, list[str]],
    of_areas: Sequence[str],
    index: ClauseIndex,
) -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """Find the clauses that are named: each in the document named last before it.

    Where no document is named, in those of the places named, else in every one that has it.
    """
    addresses: list[Address] = []
    absent: list[str] = []
    for mention in mentions:
        before = [end for end in named if end <= mention.start]
        nearest = named[max(before)] if before else [n for names in named.values() for n in names]
        found = [
            Address(name, path)
            for name in nearest or of_areas or index.readings
            if (path := resolve(mention, index.readings[name].outline))
        ]
        addresses += found
        absent += [] if found else [mention.words]
    return tuple(dict.fromkeys(addresses)), tuple(absent)


def _places(
    text: str, index: ClauseIndex, vocabulary: Vocabulary
) -> tuple[frozenset[str], tuple[str, ...]]:
    known = {d.area for d in index.documents if d.area}
    cities = [name for area in known for name in (area, area.removesuffix("市"))]
    areas = {
        area
        for area in known
        if area in text or _says(_short(area, known), text, vocabulary, cities)
    }
    for word, level in vocabulary.levels.items():
        if word in text:
            areas |= {area for area in known if area.endswith(level)}
    spoken = text
    for area in sorted(known, key=len, reverse=True):
        spoken = spoken.replace(area, " ").replace(_short(area, known), " ")
    named = _named(vocabulary.places, spoken)
    foreign = [place for place in named if not any(place in area for area in known)]
    return frozenset(areas), tuple(foreign)


def _named(names: Sequence[str], text: str) -> tuple[str, ...]:
    """The names that occur in a text, none inside a longer one; ``names`` come longest first."""
    found = []
    for name in names:
        if name in text:
            found.append(name)
            text = text.replace(name, " ")
    return tuple(found)


def _says(name: str, text: str, vocabulary: Vocabulary, cities: Sequence[str]) -> bool:
    """Whether a text names a place by itself: 高新区, but not that of 成都高新区 or 西部高新区."""
    other = (*vocabulary.places, "市", "省", "州", "部", "级", "国家")
    for match in re.finditer(re.escape(name), text):
        before = text[: match.start()]
        if before.endswith(tuple(cities)) or not before.endswith(other):
            return True
    return False


def _short(area: str, known: Iterable[str]) -> str:
    """How people name an area: 高新区 for 重庆高新区, where its city is in the corpus too."""
    for city in known:
        stem = city.removesuffix("市")
        if city != area and area.startswith(stem) and len(area) - len(stem) >= 3:
            return area.removeprefix(stem)
    return area
