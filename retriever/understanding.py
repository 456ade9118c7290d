"""Read what a question names before searching: documents, clauses, places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.address import Address
from corpus.document import Document
from corpus.mentions import Mention, find_mentions, resolve
from indexer.clause_index import ClauseIndex
from indexer.headmatter import DOC_NUMBER
from retriever.query import Understanding
from retriever.vocabulary import Vocabulary

__all__ = ["understand"]

_SHORT_NUMBER = re.compile(r"(?<![0-9〕\]）)第])(?P<number>[0-9]{1,4})\s*号(?:文件|文)?")
_TITLE = re.compile(r"《(?P<title>[^》]{2,80})》")
_YEAR_KIND = re.compile(
    r"(?P<year>20\d{2})\s*年(?:的|版|那份|发布的|出台的)?\S{0,12}?(?P<kind>意见|办法|措施|计划|方案|条例|通知)"
)


def understand(question: str, index: ClauseIndex, vocabulary: Vocabulary) -> Understanding:
    """Read a question against an index."""
    text = vocabulary.write_out(question)
    documents, unknown = _documents(text, index.documents)
    areas, foreign = _places(text, index, vocabulary)
    mentions = find_mentions(_without_numbers(text))
    of_areas = [d.id for d in index.documents if d.area in areas]
    addresses, absent = _resolve(mentions, documents or of_areas, index)
    return Understanding(
        text,
        frozenset(documents),
        addresses,
        absent,
        unknown,
        areas,
        foreign,
        _named(vocabulary.subjects, text),
    )


def _without_numbers(text: str) -> str:
    """Blank out 文号 and titles, whose figures are no clause numbers."""
    for pattern in (DOC_NUMBER, _TITLE, _SHORT_NUMBER):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _documents(text: str, documents: Sequence[Document]) -> tuple[list[str], tuple[str, ...]]:
    named: list[str] = []
    unknown: list[str] = []
    rest = text
    for match in DOC_NUMBER.finditer(text):
        tail = f"〔{match['year']}〕{match['number']}号"
        found = [
            d.id
            for d in documents
            if d.doc_number
            and d.doc_number.endswith(tail)
            and match["issuer"].endswith(d.doc_number.removesuffix(tail))
        ]
        named += found
        unknown += [] if found else [match[0]]
        rest = rest.replace(match[0], " ")
    for match in _SHORT_NUMBER.finditer(rest):
        tail = f"〕{match['number']}号"
        found = [d.id for d in documents if d.doc_number and d.doc_number.endswith(tail)]
        named += found
        unknown += [] if found else [match[0]]
    for match in _TITLE.finditer(text):
        found = [d.id for d in documents if _same_title(match["title"], d.titles)]
        named += found
        unknown += [] if found else [match[0]]
    for match in _YEAR_KIND.finditer(rest):
        named += (
            d.id
            for d in documents
            if d.issued and str(d.issued.year) == match["year"] and d.kind == match["kind"]
        )
    named += _by_short_title(rest, documents)
    return list(dict.fromkeys(named)), tuple(unknown)


def _by_short_title(text: str, documents: Sequence[Document]) -> list[str]:
    """Documents named by the end of their title alone: 三年行动计划, 若干措施."""
    found = []
    for kind in {d.kind for d in documents if d.kind}:
        for match in re.finditer(re.escape(kind), text):
            for length in range(20, 1, -1):
                words = text[max(0, match.start() - length) : match.end()]
                owners = [d.id for d in documents if any(words in t for t in d.titles)]
                if owners:
                    found += owners if len(owners) == 1 else []
                    break
    return found


def _same_title(name: str, titles: Iterable[str]) -> bool:
    bare = re.sub(r"[\s《》]", "", name)
    return any(bare == re.sub(r"[\s《》]", "", t) or (len(bare) >= 6 and bare in t) for t in titles)


def _resolve(
    mentions: Sequence[Mention], documents: Sequence[str], index: ClauseIndex
) -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """Find the clauses that are named; where no document is, in every document that has them."""
    addresses: list[Address] = []
    absent: list[str] = []
    for mention in mentions:
        found = [
            Address(name, path)
            for name in documents or index.readings
            if (path := resolve(mention, index.readings[name].outline))
        ]
        addresses += found
        absent += [] if found else [mention.words]
    return tuple(dict.fromkeys(addresses)), tuple(absent)


def _places(
    text: str, index: ClauseIndex, vocabulary: Vocabulary
) -> tuple[frozenset[str], tuple[str, ...]]:
    known = {d.area for d in index.documents if d.area}
    areas = {area for area in known if area in text or _short(area, known) in text}
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


def _short(area: str, known: Iterable[str]) -> str:
    """How people name an area: 高新区 for 重庆高新区, where its city is in the corpus too."""
    for city in known:
        stem = city.removesuffix("市")
        if city != area and area.startswith(stem) and len(area) - len(stem) >= 3:
            return area.removeprefix(stem)
    return area
