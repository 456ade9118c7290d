"""Clauses and documents that a clause refers to, resolved to addresses where they are known.

前款 and 本条第二项 mean what they mean where they stand; 《…》（文号）第五条 means a clause of a
document that the corpus may or may not hold. What cannot be told for certain stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.address import Address, ClausePath, Step
from corpus.mentions import Mention, find_mentions, resolve
from corpus.numerals import NUMERAL, read_numeral
from corpus.outline import Outline

__all__ = ["Reference", "references"]

#: Finds the outline of a document by the title and the 文号 that a text names, if it is known.
Library = Callable[[str, str | None], tuple[str, Outline] | None]

_TITLE = re.compile(r"《(?P<title>[^》]{2,100})》\s*(?:[（(](?P<number>[^（）()]{4,30}号)[）)])?")
# Takes 前款, 前两项, 本条第二项; refuses 目前款项, 当前项目, 本条例, 基本条件.
_RELATIVE = re.compile(
    rf"(?<![目当以提])前(?P<count>[一两二三四]?)(?P<what>款(?!项)|条(?![例件])|项(?!目))(?:第\s*[（(]?(?P<item>{NUMERAL})[）)]?\s*项)?"
    rf"|(?<![基根])本条(?![例件文目])(?:第(?P<para>{NUMERAL})款)?(?:第\s*[（(]?(?P<own>{NUMERAL})[）)]?\s*项)?|本款"
)
#: What stands between articles that are named in a row.
_JOINED = re.compile(r"[、和及与至，\s]*(?:以及|或者)?")
_THIS = re.compile(r"本(?:法|条例|办法|规定|细则|措施|意见|通知|方案|规则|解释|政策|计划)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """Words of a clause that name another one: ``document`` is the title named, None for its own.

    ``address`` is None where the corpus does not hold what is named, or holds it more than once.
    """

    words: str
    start: int
    document: str | None
    address: Address | None


def references(
    text: str, here: Address, outline: Outline, library: Library | None = None
) -> tuple[Reference, ...]:
    """Find what the text of the clause ``here`` refers to, in the order of the text."""
    titles = list(_TITLE.finditer(text))
    relative = list(_relative(text, here, outline))
    inside = {at for r in relative for at in range(r.start, r.start + len(r.words))}
    own = (r for r in _own(text, titles, here, outline) if r.start not in inside)
    found = [*_titled(text, titles, library), *own, *relative]
    return tuple(sorted(found, key=lambda reference: reference.start))


def _titled(text: str, titles: list[re.Match[str]], library: Library | None) -> Iterator[Reference]:
    mentions = find_mentions(text)
    for match in titles:
        known = library(match["title"], match["number"]) if library else None
        behind = [m for m in mentions if m.start == match.end()]
        if not behind:
            yield Reference(match[0].strip(), match.start(), match["title"], None)
        for mention in behind:
            path = resolve(mention, known[1]) if known else None
            address = Address(known[0], path) if known and path else None
            words = text[match.start() : mention.start] + mention.words
            yield Reference(words, match.start(), match["title"], address)


def _own(
    text: str, titles: list[re.Match[str]], here: Address, outline: Outline
) -> Iterator[Reference]:
    """Articles of the same document: 第五条, 本办法第五条第二项; not those behind a title."""
    foreign = _foreign(text, titles)
    for mention in find_mentions(text):
        if mention.start in foreign or not mention.words.startswith("第"):
            continue
        # 民法典第三条, named without title marks, is not this document's third article.
        before = text[max(0, mention.start - 4) : mention.start]
        if re.search(r"[法典例]$", before) and not _THIS.search(before):
            yield Reference(mention.words, mention.start, "", None)
            continue
        path = resolve(mention, outline)
        address = Address(here.document, path) if path and path != here.path else None
        yield Reference(mention.words, mention.start, None, address)


def _foreign(text: str, titles: list[re.Match[str]]) -> set[int]:
    """Where the articles of a titled document are named: 《…》第十二条、第十三条和第十五条."""
    starts: set[int] = set()
    for match in titles:
        base = end = match.end()
        for mention in find_mentions(text[base:]):
            start = base + mention.start
            if not _JOINED.fullmatch(text[end:start]):
                break
            starts.add(start)
            end = start + len(mention.words)
    return starts


def _relative(text: str, here: Address, outline: Outline) -> Iterator[Reference]:
    for match in _RELATIVE.finditer(text):
        path = _relative_path(match, here.path, outline)
        known = path is not None and path in outline and path != here.path
        address = Address(here.document, path) if known and path else None
        yield Reference(match[0], match.start(), None, address)


def _relative_path(match: re.Match[str], here: ClausePath, outline: Outline) -> ClausePath | None:
    article = _up_to(here, "art")
    if article is None:
        return None
    item = match["item"] or match["own"]
    if match["what"] == "款":
        para = _up_to(here, "para")
        if para is None or match["count"]:
            return None
        number = para.steps[-1].number - 1
        path = article.child(Step("para", number)) if number else None
    elif match["what"] == "条":
        before = [c.path for c in outline.articles]
        at = before.index(article) if article in before else 0
        path = before[at - 1] if at and not match["count"] else None
    elif match["what"] == "项":
        return _item_before(here) if not match["count"] else None
    else:
        path = article
        if match["para"]:
            path = _inside(article, Mention(match[0], 0, _candidates(article, match)), outline)
            return path
    if path is None or not item:
        return path
    return path.child(Step("item", read_numeral(item)))


def _candidates(article: ClausePath, match: re.Match[str]) -> tuple[ClausePath, ...]:
    para = Step("para", read_numeral(match["para"]))
    inner = (Step("item", read_numeral(match["own"])),) if match["own"] else ()
    return (ClausePath((*article.steps, para, *inner)), ClausePath((*article.steps, *inner)))


def _inside(article: ClausePath, mention: Mention, outline: Outline) -> ClausePath | None:
    first, bare = mention.candidates
    if first in outline:
        return first
    # 本条第一款 of an article with a single 款 is the article itself.
    single = not any(article.child(Step("para", 2)) == c.path for c in outline.under(article))
    return bare if single and bare in outline else None


def _item_before(here: ClausePath) -> ClausePath | None:
    last = here.steps[-1]
    if last.rank != "item" or last.number < 2 or here.parent is None:
        return None
    return here.parent.child(Step("item", last.number - 1))


def _up_to(path: ClausePath, rank: str) -> ClausePath | None:
    """The path down to its step of a rank."""
    for index, step in enumerate(path.steps):
        if step.rank == rank:
            return ClausePath(path.steps[: index + 1])
    return None
