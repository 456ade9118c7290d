"""Where a text refers to a clause or a document, and what each place means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from corpus.address import ClausePath
from corpus.mentions import Mention, find_mentions, resolve
from corpus.wording import label
from indexer.clause_index import ClauseIndex
from server.checking.marked import addresses, listed, markers
from server.checking.naming import Named, Register, is_called_for, name_documents
from server.checking.place import Place

__all__ = ["find_places"]

#: What may stand between a document and the clause of it that is meant.
_OF = re.compile(
    r"[\s，,：:]*+(?:文件|文)?(?:的|中的?|里的?|内的?|规定的?|附则)?\s*+"
    r"(?:第[一二三四五六七八九十百\d]+(?:编|章|节)[^，。；\n]{0,20}?)?\s*+(?:的|之|关于)?\s*+"
)
_AND = re.compile(r"[\s、，,]*+(?:和|及|与|以及|或者?|至|到|[—–-])?[\s、，,]*+")
#: Before an article: the document spoken of, by a word that stands for it.
_SAME = re.compile(
    r"(?:本|该|此|上述|前述|同一?|这[个份部]?)(?:法|条例|办法|措施|政策措施|意见|规定|细则|方案|通知|计划|规划|文件|政策|文)?(?:的|中|里)?$"
)
#: The end of a name that no document here goes by: 长寿区办法第五条.
_OTHER = re.compile(
    r"[\u4e00-\u9fff]{2}(?:法|条例|办法|措施|意见|规定|细则|方案|通知|计划|规划|决定)(?:的|中|里)?$"
)
#: An article, not the number of a line of the text itself (（一）, 2.).
_FIRM = re.compile(r"^(?:第.{1,12}(?:[条款项点]|部分)|附[件表])")
_BEFORE_MARKER = re.compile(r"\[\d{1,3}\]")
_INCOMPLETE = ("gap", "cut_off", "no_text", "missing_chapter", "displaced")


def find_places(text: str, register: Register, day: date) -> tuple[Place, ...]:
    """Find every reference of a text, in order; markers mean what its list of references says."""
    index = register.index
    named = name_documents(text, register, day)
    found = [*addresses(text, index), *_Reader(text, index, named).places()]
    places: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start, -p.end)):
        if not places or place.start >= places[-1].end:
            places.append(place)
    # A label before a marker (第六条[1]) says what the marker says.
    places = [
        p
        for p in listed(text, places)
        if p.named or p.document or not _BEFORE_MARKER.match(text, p.end)
    ]
    return tuple(sorted((*places, *markers(text, places)), key=lambda p: p.start))


class _Reader:
    """Goes through the mentions of a text with the documents named so far."""

    def __init__(self, text: str, index: ClauseIndex, named: Sequence[Named]) -> None:
        self._text, self._index, self._named = text, index, named
        self._used: set[int] = set()
        self._last: Place | None = None

    def places(self) -> Iterator[Place]:
        """The clauses named, then the documents that are named without one."""
        for mention in find_mentions(_without(self._text, self._named)):
            if place := self._of(mention):
                self._last = place
                yield place
        for at, named in enumerate(self._named):
            bare = at not in self._used and named.is_policy
            if bare and (printed := self._printed(named)):
                yield printed
                continue
            if bare and (not named.short or named.title or is_called_for(self._text, named)):
                yield self._document(named)

    def _printed(self, named: Named) -> Place | None:
        """The clause of a document by its label, as we print it: 第六段, 附件1表1第4行, 第7问."""
        if len(named.ids) != 1:
            return None
        gap = _OF.match(self._text, named.end)
        start = gap.end() if gap else named.end
        outline = self._index.readings[named.ids[0]].outline
        labels: dict[str, list[ClausePath]] = {}
        for clause in outline:
            words = label(clause.path)
            if self._text.startswith(words, start) and len(words) > 1:
                labels.setdefault(words, []).append(clause.path)
        words = max(labels, key=len, default="")
        if not words or (len(labels[words]) > 1):
            return None
        place = Place(
            named.start, start + len(words), self._text[named.start : start + len(words)], "clause"
        )
        doubt = (named.doubt,) if named.doubt else ()
        return replace(
            place, named=named, document=named.ids[0], path=labels[words][0], remarks=doubt
        )

    def _of(self, mention: Mention) -> Place | None:
        start, end = mention.start, mention.start + len(mention.words)
        before = [at for at, n in enumerate(self._named) if n.end <= start]
        if before and _OF.fullmatch(self._text[self._named[before[-1]].end : start]):
            self._used.add(before[-1])
            named = self._named[before[-1]]
            printed = self._printed(named)
            longer = printed and printed.end > end
            return printed if longer else self._in(named, mention, named.start, end)
        last = self._last
        if last and last.named and _AND.fullmatch(self._text[last.end : start]):
            found = self._in(last.named, mention, start, end)
            return found if found.path else self._beside(last, mention, found)
        if not _FIRM.match(mention.words) or not re.search(r"条|附[件表]|部分", mention.words):
            return None
        words = self._text[max(0, start - 12) : start]
        same = _SAME.search(words)
        if not before or (_OTHER.search(words) and not same):
            return self._unnamed(mention, start, end)
        named = self._named[before[-1]]
        if same:
            return self._in(named, mention, start - len(same[0]), end)
        return self._inferred(self._in(named, mention, start, end), named)

    def _inferred(self, place: Place, named: Named) -> Place:
        """Of a bare 第五条 it is not sure that the document named last is meant."""
        if place.path or len({n.ids for n in self._named}) == 1:
            return place
        reason = f"没有写明是哪份文件的{place.words}；按前文的{named.words[:40]}没有查到"
        return replace(place, problem="unsure", reason=reason)

    def _unnamed(self, mention: Mention, start: int, end: int) -> Place:
        reason = f"没有写明是哪份文件的{mention.words}，无法核对"
        return Place(start, end, mention.words, "clause", problem="unsure", reason=reason)

    def _beside(self, last: Place, mention: Mention, found: Place) -> Place:
        """第二项 behind 第五条第一项 is one of 第五条."""
        above = last.path.parent if last.path else None
        if above is None or not mention.candidates or "条" in mention.words:
            return found
        outline = self._index.readings[str(last.document)].outline
        path = above.child(mention.candidates[0].steps[-1])
        if path not in outline:
            return found
        return replace(found, path=path, problem=None, reason="")

    def _in(self, named: Named, mention: Mention, start: int, end: int) -> Place:
        """The clause of a document that a mention names."""
        place = Place(start, end, self._text[start:end], "clause", named)
        if outside := _outside(place, named, self._index):
            return outside
        paths = {name: resolve(mention, self._index.readings[name].outline) for name in named.ids}
        known = {name: path for name, path in paths.items() if path}
        if len(named.ids) > 1 and len(known) != 1:
            return replace(place, problem="unsure", reason=_several(named, self._index))
        name = next(iter(known), named.ids[0])
        place = replace(place, document=name, remarks=(named.doubt,) if named.doubt else ())
        if path := paths[name]:
            return replace(place, path=path)
        return self._absent(place, name, mention)

    def _absent(self, place: Place, name: str, mention: Mention) -> Place:
        outline = self._index.readings[name].outline
        title = self._index.document(name).title
        found = [path for path in mention.candidates if path in outline]
        if found:
            where = "、".join(label(path) for path in found[:3])
            reason = f"《{title}》里{mention.words}可以指{where}，请写明是哪一款"
            return replace(place, problem="unsure", reason=reason)
        broken = any(finding.kind in _INCOMPLETE for finding in outline.findings)
        if broken or outline.scheme == "plain" or place.remarks:
            why = "题名与文号不一致" if place.remarks else "库内的这份文件编号不全"
            reason = f"《{title}》里没有查到{mention.words}，但{why}，不能断定"
            return replace(place, problem="unsure", reason=reason)
        reason = f"《{title}》没有{mention.words}"
        return replace(place, problem="no_such_clause", reason=reason)

    def _document(self, named: Named) -> Place:
        words = self._text[named.start : named.end]
        place = Place(named.start, named.end, words, "document", named)
        if outside := _outside(place, named, self._index):
            return outside
        if len(named.ids) > 1:
            return replace(place, problem="unsure", reason=_several(named, self._index))
        doubt = (named.doubt,) if named.doubt else ()
        return replace(place, document=named.ids[0], remarks=doubt)


def _outside(place: Place, named: Named, index: ClauseIndex) -> Place | None:
    if named.ids:
        return None
    what = named.words if len(named.words) <= 60 else named.words[:59] + "…"
    if named.repeal:
        by = named.repeal.by
        says = f"《{index.document(by.document).title}》{label(by.path)}"
        reason = f"库内没有{what}，但{says}写明它已废止"
        return replace(place, problem="not_in_corpus", reason=reason)
    reason = f"库内没有{what}，没有核对；不在库内不等于引用有误"
    return replace(place, problem="not_in_corpus", reason=reason)


def _several(named: Named, index: ClauseIndex) -> str:
    titles = "、".join(f"《{index.document(name).title}》" for name in named.ids[:4])
    return f"{named.words}可以指库内的几份文件：{titles}，请写全题名或文号"


def _without(text: str, named: Sequence[Named]) -> str:
    """The text with documents blanked: figures of a 文号, articles inside a title are no clauses."""
    for n in named:
        text = text[: n.start] + "》".rjust(n.end - n.start) + text[n.end :]
    return text
