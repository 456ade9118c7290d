"""The documents that a text names: titles, 文号, short names, names it gives itself, statutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.document import Document, Repeal
from indexer.clause_index import ClauseIndex
from indexer.docnumbers import normal_number
from retriever.documents import DocumentNames
from retriever.places import Places
from retriever.vocabulary import bundled_vocabulary

__all__ = ["Named", "Register", "is_called_for", "name_documents"]

#: A title with one title inside at most, and the 文号 behind it, with what it is called further on.
_TITLED = re.compile(
    r"《(?P<title>(?:[^《》\n]|《[^《》\n]{1,80}》){2,120})》"
    r"(?:\s*[（(](?P<number>[^（）()《》\n]{2,30}号)(?=[，,、）)])[^（）()\n]{0,40}[）)])?"
)
_ALIAS = re.compile(
    r"(?:以?下简?称为?|简称)\s*+[：:]?\s*+[《“「\"]?(?P<alias>[^《》“”「」\"（）()，。\n]{2,20})[》”」\"]?"
)
#: What a title ends in where it is a policy's; others are left alone unless an article follows.
_POLICY = re.compile(
    r"(?:法|法典|条例|办法|规定|细则|措施|意见|通知|方案|规划|纲要|计划|公告|决定|决议|目录|指南|指引|标准|政策"
    r"|规则|规范|批复|函|解释|宪法|制度|准则|要求|清单|通告|报告|若干)(?:[（(][^）)]{1,20}[）)])?$"
)
#: A statute without title marks, before the number of an article: 民法典第三条.
_STATUTE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,30}?(?:法典|条例|(?<![办方立执司宪合违依])法))(?=\s*第[一二三四五六七八九十百千\d]+条)"
)
_LEADING = re.compile(
    r"^(?:根据|按照|依据|依照|参照|遵照|对照|违反|符合|落实|执行|查阅|参见|详见|以及|按|依|据|见|和|与|及|或|对|在|从|由|因|请|把|将|是|为|了|的|其|即|如|又|且|而|当)+"
)
_THIS = re.compile(r"^(?:本|该|此|这|上述|前述)")
#: Words before a short name that make it a reference even without an article behind.
_CUE = re.compile(r"(?:根据|按照?|依据|依照|参照|见|引自|出自|来源[：:]?)$")
#: What a short name calls the document behind its number: 31号办法.
_KIND = re.compile(r"(?:文件|办法|意见|措施|通知|细则|方案|规定|条例|计划|政策)")
_NEAR = 60


@dataclass(frozen=True)
class Register:
    """An index with the names that its documents and places go by."""

    index: ClauseIndex
    names: DocumentNames = field(init=False)
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", DocumentNames(self.index.documents))
        object.__setattr__(self, "places", Places(self.index.areas, bundled_vocabulary()))

    def of_places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The one document of a kind that a place has: 高新区办法."""
        areas, _ = self.places.read(text)
        for area in areas:
            for name in self.places.called(area):
                for end, document in self.names.of_area(text, name, area):
                    yield text.rfind(name, 0, end), end, document


@dataclass(frozen=True, slots=True)
class Named:
    """A document named in a text. ``ids`` are those it may be, none where it is not in the corpus.

    ``short``: by a name shorter than its title. ``doubt`` says why it may not be the one meant,
    ``repeal`` which clause here repeals a document that is not here itself.
    """

    start: int
    end: int
    words: str
    ids: tuple[str, ...]
    title: str | None = None
    number: str | None = None
    short: bool = False
    doubt: str | None = None
    repeal: Repeal | None = None

    @property
    def is_policy(self) -> bool:
        """Whether the name is that of a policy or a statute, as far as words tell."""
        return bool(self.ids or self.number or (self.title and _POLICY.search(self.title)))


def name_documents(text: str, register: Register, day: date) -> tuple[Named, ...]:
    """Find the documents that a text names, in their order; none lies in another."""
    index, read = register.index, register.names.read(text)
    found = [_titled(match, index, read.by_end) for match in _TITLED.finditer(text)]
    for start, end, ids in sorted(read.places, key=lambda place: (place[0], -place[1])):
        found += _apart(_numbered(text, start, end, ids, index), found)
    for start, end, name in register.of_places(text):
        found += _apart(Named(start, end, text[start:end], (name,), short=True), found)
    for statute in _statutes(text, register):
        found += _apart(statute, found)
    found = _with_aliases(text, found)
    return tuple(sorted((_dated(n, index, day) for n in found), key=lambda n: n.start))


def _apart(named: Named, others: list[Named]) -> list[Named]:
    """The document named, if no other name stands where it does."""
    return [] if any(n.start < named.end and named.start < n.end for n in others) else [named]


def _titled(match: re.Match[str], index: ClauseIndex, by_end: dict[int, list[str]]) -> Named:
    title = match["title"]
    number = normal_number(match["number"]) if match["number"] else None
    named = Named(match.start(), match.end(), match[0].strip(), (), title, number)
    close = match.start() + len(title) + 2
    exact = index.names.by_title.get(_bare(title), ())
    by_title = exact or tuple(dict.fromkeys(by_end.get(close, ())))
    if number is None:
        return replace(named, ids=by_title, short=not exact)
    by_number = index.names.by_number.get(number, ())
    if by_number:
        same = set(by_title) & set(by_number)
        doubt = None if same else _other_title(number, index, by_number[0])
        return replace(named, ids=by_number, doubt=doubt)
    named = replace(named, repeal=_repealed(number, index.documents))
    own = [index.document(name).doc_number for name in exact]
    if exact and all(own) and named.repeal is None:
        doubt = f"库内同名文件的文号是{'、'.join(str(n) for n in own)}，不是{number}"
        # Another 文号 may be another version of the text, or a slip.
        return replace(named, ids=exact, doubt=doubt)
    return replace(named, ids=() if named.repeal else exact)


def _other_title(number: str, index: ClauseIndex, name: str) -> str:
    return f"{number}在库内是《{index.document(name).title}》，题名与所写不同"


def _numbered(text: str, start: int, end: int, ids: tuple[str, ...], index: ClauseIndex) -> Named:
    """A document named by 文号, or by a part of its title, whose beginning is looked for."""
    words = text[start:end]
    number = normal_number(words)
    if number:
        own = [n for n in (index.document(name).doc_number for name in ids) if n]
        lead = _LEADING.match(words)
        cut = len(words) - len(words.lstrip()) if lead is None else lead.end()
        if own and (place := words.find(own[0][:2])) >= 0:
            cut = place
        number = own[0] if own else normal_number(words[cut:])
        repeal = None if ids else _repealed(number or words, index.documents)
        return Named(start + cut, end, words[cut:], ids, number=number or words, repeal=repeal)
    if re.search(r"\d\s*+号", words):
        if kind := _KIND.match(text, end):
            end, words = kind.end(), text[start : kind.end()]
        return Named(start, end, words, ids, number=words if not ids else None, short=True)
    before = text[max(0, start - 20) : start]
    more = max(
        (n for n in range(len(before) + 1) if _in_title(before, n, words, ids, index)), default=0
    )
    return Named(start - more, end, text[start - more : end], ids, short=True)


def _in_title(
    before: str, length: int, words: str, ids: tuple[str, ...], index: ClauseIndex
) -> bool:
    part = before[len(before) - length :]
    titles = [title for name in ids for title in index.document(name).titles]
    # 促进高新区生物医药的办法 leaves words out; its last ones stand in the title.
    return any(part + words in title or (length >= 2 and part in title) for title in titles)


def _statutes(text: str, register: Register) -> Iterator[Named]:
    for match in _STATUTE.finditer(text):
        lead = _LEADING.match(match["name"])
        start = match.start() + (lead.end() if lead else 0)
        words = text[start : match.end()]
        if len(words) < 3 or _THIS.match(words):
            continue
        named = register.index.names.by_title.get(words, ())
        ids = named or tuple(register.names.read(f"《{words}》").all)
        yield Named(start, match.end(), words, ids, title=words, short=not ids)


def _with_aliases(text: str, found: list[Named]) -> list[Named]:
    """Names that the text itself gives to a document (以下简称《办法》) stand for it from there on."""
    known = sorted(found, key=lambda n: n.start)
    for match in _ALIAS.finditer(text):
        owners = [n for n in known if n.start < match.start() <= n.end + _NEAR]
        if not owners:
            continue
        owner, alias = owners[-1], match["alias"].strip()
        known = [n for n in known if not (match.start() <= n.start < match.end())]
        for place in _uses(alias, match, text):
            at, end = place.span()
            known = [n for n in known if not (n.start < end and at < n.end)]
            known.append(replace(owner, start=at, end=end, words=place[0], short=True))
    return known


def _uses(alias: str, given: re.Match[str], text: str) -> Iterator[re.Match[str]]:
    """Where a text uses a name that it gave: with the same marks, or longer than 办法."""
    marked = text[given.start("alias") - 1] == "《"
    if not marked and len(alias) < 3:
        return
    pattern = f"《{re.escape(alias)}》" if marked else f"[《“]?{re.escape(alias)}[》”]?"
    yield from (place for place in re.finditer(pattern, text) if place.start() >= given.end())


def _dated(named: Named, index: ClauseIndex, day: date) -> Named:
    """Of several versions the one in force on the day is meant."""
    if len(named.ids) < 2:
        return named
    ids = [n for n in named.ids if index.document(n).validity(day).status == "in_force"]
    return replace(named, ids=tuple(ids)) if len(ids) == 1 else named


def _repealed(number: str, documents: tuple[Document, ...]) -> Repeal | None:
    """Which clause repeals the document of a 文号."""
    for document in documents:
        for repeal in document.repeals:
            own = normal_number(repeal.doc_number or "")
            if own and number.endswith(own):
                return repeal
    return None


def _bare(title: str) -> str:
    """A title as ``Names`` keeps it."""
    bare = re.sub(r"[\s《》〈〉<>“”\"]", "", title).removeprefix("中华人民共和国")
    return re.sub(r"[（(](?:\d{4}年?)?(?:修订|修正|修改|最新)(?:版|本|稿)?[）)]$", "", bare)


def is_called_for(text: str, named: Named) -> bool:
    """Whether words before a short name make it a reference: 根据高新区办法."""
    return bool(_CUE.search(text[: named.start]))
