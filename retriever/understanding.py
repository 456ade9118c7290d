"""Read what a question names before searching: documents, clauses, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.address import Address, ClausePath
from corpus.divisions import Division, lies_in, path_of, related
from corpus.mentions import Mention, as_section, find_mentions, resolve
from corpus.outline import Outline
from indexer.clause_index import ClauseIndex
from indexer.docnumbers import DOC_NUMBER
from indexer.lexical import terms
from retriever.documents import DocumentNames, without_numbers
from retriever.offices import without_offices
from retriever.places import Places, names_in
from retriever.query import Understanding
from retriever.seats import without_seats
from retriever.spelling import Speller
from retriever.vocabulary import Vocabulary

__all__ = ["READ", "Reader"]

#: What a question goes through before it is searched with, by name.
READ = ("spelling", "vocabulary", "glossary")

#: In a library no larger, a clause named by its number alone is looked for in every document.
_FEW = 50
_NAMES = re.compile(rf"{DOC_NUMBER.pattern}|《[^》]{{0,200}}》")
#: What documents of any kind are called.
_ANY_KIND = frozenset(["政策", "规定", "文件"])
#: A company that comes to a place (落户) asks for no household to be registered there.
_SETTLES = re.compile(
    r"((?:企业|公司|项目|机构|总部|团队|平台|基地|中心|工厂)[^，。；？,;?员职人工户]{0,4})落户|落户(?=奖|补|企业|项目|公司)"
)
#: Software that is a medical device names no industry of software.
_DEVICE_SOFTWARE = re.compile(
    r"(?:AI|人工智能|影像|诊断|医疗|医学|病理|辅助)[^，。；？,;?]{0,6}软件", re.I
)
#: Two places are set against each other.
_SETS_APART = re.compile(r"各[自是给奖补有]?|分别|哪[个边里]|谁|对比|比[一]?[下比]|区别|不同|差")
_BY_NUMBER = re.compile(r"[〔［\[]|\d\s*号")
#: Characters of the longest short name.
_LONGEST = 8


class Reader:
    """Reads questions against an index.

    ``likely`` returns the documents that a text is likely about: in a large library only these
    are looked at for a clause that is named by its number alone.
    """

    def __init__(
        self,
        index: ClauseIndex,
        vocabulary: Vocabulary,
        likely: Callable[[str], Sequence[str]],
        without: Sequence[str] = (),
    ) -> None:
        self._without = frozenset(without)
        self._index, self._vocabulary, self._likely = index, vocabulary, likely
        self._names = DocumentNames(index.documents)
        titled = [(t, d.area) for d in index.documents if d.area for t in d.titles]
        self._places = Places(index.areas, vocabulary, self._is_spoken_of, titled)
        self._speller = Speller(
            index.lexical, vocabulary.places, index.glossary, vocabulary.written_out
        )

    @property
    def places(self) -> tuple[str, ...]:
        """The names of places that questions use, longest first."""
        return self._places.names

    def spoken(self, area: str) -> tuple[str, ...]:
        """Every word that names an area of the corpus in a question."""
        return self._places.spoken(area)

    def read(self, question: str) -> Understanding:
        """Return what a question names."""
        text, out = self._places.left_out(self._places.written(self._written(question)))
        areas, foreign = self._places.read(text)
        seats = self._places.seats(text, foreign, areas)
        own = tuple(place for _, place in seats)
        if seats:
            text = without_seats(text, seats)
            areas, foreign = self._places.read(text, own)
        paths = (*own, *self._places.paths(text, areas))
        # Where names end is of the text without the seats, as the clauses named beside them are.
        named = self._names.read(text)
        for area in areas:
            for name in self._places.called(area):
                for end, document in self._names.of_area(text, name, area):
                    named.by_end.setdefault(end, []).append(document)
        mentions = find_mentions(without_numbers(text))
        for mention in mentions:
            if not named.all and (one := self._of_kind(text, mention.start)):
                named.by_end[mention.start] = [one]
        addresses, absent = self._resolve(text, mentions, named.by_end, areas)
        return Understanding(
            text,
            self._documents_meant(named.all, areas, text),
            addresses,
            absent,
            tuple(named.unknown),
            areas,
            foreign,
            self._subjects(text),
            tuple(dict.fromkeys(paths)),
            own,
            out,
        )

    def _subjects(self, text: str) -> tuple[str, ...]:
        """The industries and public services that a text names."""
        text = _DEVICE_SOFTWARE.sub(" ", _SETTLES.sub(r"\1 ", without_offices(text)))
        return names_in(text, self._vocabulary.subjects)

    def _documents_meant(
        self, named: frozenset[str], areas: frozenset[str], text: str
    ) -> frozenset[str]:
        """The documents named; none where a question sets their place against another one, whose
        own it calls by no name: 东莞的创新型企业办法和厦门的电商措施各补多少. Who names a document by its
        number means it, against a level above or below too."""
        own = {self._index.document(name).area for name in named}
        if not own <= areas or not areas - own or not _SETS_APART.search(text):
            return named
        paths = [path_of(area) for area in own if area]
        others = [path_of(area) for area in areas - own]
        apart = any(not related(other, path) for other in others for path in paths)
        return frozenset() if apart or not _BY_NUMBER.search(text) else named

    def _is_spoken_of(self, place: str) -> bool:
        """Whether clauses speak of a place."""
        return all(self._index.lexical.frequency(term) for term in terms(place))

    def _written(self, question: str) -> str:
        """Write a question as the texts would: spelt right, everyday and short names in full."""
        steps = {
            "spelling": self._speller.correct,
            "vocabulary": self._vocabulary.write_out,
            "glossary": self._in_full,
        }
        for name, step in steps.items():
            question = question if name in self._without else step(question)
        return question

    def _in_full(self, text: str) -> str:
        """Set behind each short name that the corpus explains what it stands for.

        A 文号 and a title are names as they are.
        """
        glossary, place, parts = self._index.glossary, 0, []
        kept = {n for match in _NAMES.finditer(text) for n in range(*match.span())}
        while place < len(text):
            short = "" if place in kept else self._short_at(text, place)
            if short and glossary[short] not in text:
                parts.append(f"{short}（{glossary[short]}）")
            else:
                parts.append(short or text[place])
            place += len(short) or 1
        return "".join(parts)

    def _short_at(self, text: str, place: int) -> str:
        """The longest short name that begins at a place, letters of a longer word aside."""
        for length in range(_LONGEST, 1, -1):
            short = text[place : place + length]
            around = text[place - 1 : place] + text[place + length : place + length + 1]
            if short in self._index.glossary and not (
                short.isascii() and any(c.isascii() and c.isalpha() for c in around)
            ):
                return short
        return ""

    def _resolve(
        self,
        text: str,
        mentions: Sequence[Mention],
        named: dict[int, list[str]],
        areas: frozenset[str],
    ) -> tuple[tuple[Address, ...], tuple[str, ...]]:
        """Find the clauses that are named: each in the document named last before it."""
        addresses: list[Address] = []
        absent: list[str] = []
        every = [name for names in named.values() for name in names]
        for mention in mentions:
            before = [end for end in named if end <= mention.start]
            nearest = named[max(before)] if before else every
            found = [
                Address(name, path)
                for name in nearest or self._meant(text, areas)
                if (path := _clause(mention, self._index.readings[name].outline))
            ]
            addresses += found
            absent += [] if found else [mention.words]
        return tuple(dict.fromkeys(addresses)), tuple(absent)

    def _of_kind(self, text: str, place: int) -> str | None:
        """The one document of the kind that stands before a place of a text: 三年计划第16条."""
        before = text[:place].rstrip("的里中 ")
        kinds = {d.kind for d in self._index.documents if d.kind} - _ANY_KIND
        own = [d.id for d in self._index.documents if d.kind in kinds and before.endswith(d.kind)]
        return own[0] if len(own) == 1 else None

    def _meant(self, text: str, areas: frozenset[str]) -> Sequence[str]:
        """The documents that may be meant where none is named: those of the places named, or all.

        Of more than a few, only the likely ones.
        """
        documents = self._index.documents
        paths = self._places.paths(text, areas)
        own = [d for d in documents if d.area in areas or _lies_in_one(d.area, paths)]
        names = [d.id for d in own or documents]
        if len(names) <= _FEW:
            return names
        kept = frozenset(names)
        return [name for name in self._likely(text) if name in kept]


def _clause(mention: Mention, outline: Outline) -> ClausePath | None:
    return resolve(mention, outline) or as_section(mention, outline)


def _lies_in_one(area: str | None, paths: Sequence[Division]) -> bool:
    own = path_of(area)
    return bool(own) and any(lies_in(own, path) for path in paths)
