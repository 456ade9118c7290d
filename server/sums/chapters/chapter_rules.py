"""What a chapter says of a support in other articles than its own: raises, cuts, increments, limits by class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Quantity
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from server.sums.clause_figures import quantity_at
from server.sums.listing import Piece, listings_of
from server.sums.phrases import SENTENCE

__all__ = [
    "Fall",
    "More",
    "Raise",
    "Rules",
    "changes_another",
    "names_of_support",
    "pieces_of_chapter",
    "rules_of",
]

_FORM = r"(?:补助|补贴|奖励|资助|奖补)"
_NAME = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,8}}?{_FORM})")
_BEFORE_NAME = re.compile(r"^.*(?:给予|享受|发放|申请|获得|予以|按|的)")
#: Words by which many supports are called.
_NO_NAME = re.compile(r"一次性|资金|经费|财政|相应|适当|配套|定额|单个|最高|企业|单位")
_CHAPTER = re.compile(rf"(?P<name>[\u4e00-\u9fff]{{2,12}}{_FORM})$")
_RAISE = re.compile(
    r"^对?(?P<who>[^，\d]{2,40}?)(?:的|，)(?P<what>[^，\d的]{2,12}?)(?:标准|比例|金额|额度)?(?:再|相应|可)?(?:上浮|提高|增加)(?=\d)"
)
_COMPARED = r"(?:同比|[较比](?:上一?|前一)年度?(?:实际)?)"
_FALLS = r"(?:下降|减少|降低|下滑)"
_CUT = re.compile(
    rf"{_COMPARED}{_FALLS}(?P<from>[^，]{{0,16}}?)的，[^，\d]{{0,16}}?(?P<how>减按|按照?|扣减|减少|下调|核减|调减)[^，\d]{{0,8}}?(?=\d)"
)
_END = re.compile(
    rf"(?:{_FALLS}|降幅)(?:的?幅度)?(?P<over>超过|达到|在)?(?P<limit>\d[\d.]{{0,5}}%)[^，\d]{{0,8}}的，[^，\d]{{0,10}}不(?:予|再|得|享受)"
)
_GROWS = re.compile(
    rf"(?P<case>[^，]{{2,24}}?{_COMPARED}增长(?P<least>\d[\d.]{{0,5}}%)(?:（含）)?及?以上)的?，[^。；\d]{{0,30}}?(?:增量|增长|增加)的?部分的?(?=\d)"
)
_MOST = re.compile(r"(?:最高|不超过|封顶)[^，\d]{0,4}$")
_UNLESS = re.compile(r"(?P<case>[^，\d]{2,30})的，不(?:再|予|得)?享受[^，]{0,4}增[量长]")
#: 研发费用在100万元以上: a condition that an amount meets.
_FROM_ON = re.compile(r"(?P<of>[^，；。\d]{2,16}?)(?:在|(?P<from>达到?|不低于|不少于|超过))$")
_LIMITS = re.compile(r"上限|限额|最高")
_OF_CLASS = re.compile(
    r"^(?P<name>[^，\d]{2,20}?)(?:的|，)?(?:最高)?(?:不(?:得)?超过|最高|为)(?=\d)"
)
_HIGHEST = re.compile(r"同时[^，]{2,16}的，按[^，]{0,6}最高")
#: Figures with such words change what a support comes to.
_CHANGES = re.compile(r"上浮|提高|下浮|降低|减按|扣减|核减|下降|上限|不超过|最高|封顶|增[量长加]")


@dataclass(frozen=True, slots=True)
class Raise:
    """For whom a support is raised, and by how much."""

    who: str
    rate: Quantity


@dataclass(frozen=True, slots=True)
class Fall:
    """What of a support is left, or is cut off, where its base fell; ``least``: by so much or more."""

    case: str
    rate: Quantity
    keeps: bool
    least: Quantity | None


@dataclass(frozen=True, slots=True)
class More:
    """What is given on top for what is more than a year before."""

    case: str
    least: Quantity
    rate: Quantity
    most: Quantity | None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a chapter on one support. ``ends``: a fall from which on nothing is given, and
    whether it must be more than that. ``least``: what must be reached of something, by its name.
    ``unread``: a figure on it is none of these."""

    raises: tuple[Raise, ...] = ()
    falls: tuple[Fall, ...] = ()
    ends: tuple[tuple[Quantity, bool], ...] = ()
    more: tuple[More, ...] = ()
    unless: tuple[str, ...] = ()
    classes: tuple[tuple[str, Quantity], ...] = ()
    highest: bool = False
    least: tuple[tuple[str, Quantity], ...] = ()
    unread: bool = False

    @property
    def any(self) -> bool:
        """Whether there is a rule that changes what a support comes to."""
        return bool(self.raises or self.falls or self.ends or self.more or self.classes)


def names_of_support(lead: str) -> list[str]:
    """What the line of a support calls it.

    >>> names_of_support("研发费用基础补助以上年度研发费用为基数，分段计算")
    ['研发费用基础补助']
    """
    found = (_BEFORE_NAME.sub("", match["name"]) for match in _NAME.finditer(lead))
    return [name for name in found if len(name) > 3 and not _NO_NAME.search(name)]


def changes_another(words: str) -> bool:
    """Whether a clause says what becomes of a support of another one."""
    return any(form.search(words) for form in (_GROWS, _CUT, _END, _RAISE))


def pieces_of_chapter(address: Address, index: ClauseIndex) -> list[Piece]:
    """The clauses of the chapter that a clause stands in."""
    clauses = index.readings[address.document].outline.clauses
    own = next((c.headings for c in clauses if c.path == address.path), ())
    return [
        Piece(Address(address.document, c.path), c.text)
        for c in clauses
        if c.text and c.headings == own and c.kind != "table"
    ]


def rules_of(lead: Piece, pieces: Sequence[Piece], index: ClauseIndex) -> Rules:
    """The rules that other articles of its chapter have on a support."""
    article = lead.address.path.article
    keys = {name[-4:] for name in names_of_support(lead.words)}
    headings = index.clause(lead.address)[1].headings
    keys |= {m["name"] for h in headings[-1:] for m in [_CHAPTER.search(h)] if m}
    others = [p for p in pieces if p.address.path.article != article]
    found = Rules()
    for piece in others if keys else ():
        on_it = any(key in piece.words for key in keys)
        for sentence in SENTENCE.finditer(piece.words):
            own = Piece(piece.address, sentence[0], piece.at + sentence.start())
            found = _read(found, own, on_it)
    return _with_classes(found, others, keys) if keys else found


def _read(found: Rules, piece: Piece, on_it: bool) -> Rules:
    """The rules found, with that of one more sentence."""
    words = piece.words
    if not on_it:
        return replace(found, least=(*found.least, *_least(piece)))
    if match := _GROWS.search(words):
        return replace(found, more=(*found.more, _more(piece, match)))
    if match := _UNLESS.search(words):
        return replace(found, unless=(*found.unless, match["case"]))
    if match := _END.search(words):
        limit = next(q for q in find_quantities(words) if q.start >= match.start("limit"))
        return replace(found, ends=(*found.ends, (_at(piece, limit), match["over"] == "超过")))
    if match := _CUT.search(words):
        if fall := _fall(piece, match):
            return replace(found, falls=(*found.falls, fall))
    elif raised := _raise(piece):
        return replace(found, raises=(*found.raises, raised))
    figures = [q for q in find_quantities(words) if q.unit in (MONEY, "%")]
    if figures and _CHANGES.search(words):
        return replace(found, unread=True)
    return replace(found, least=(*found.least, *_least(piece)))


def _raise(piece: Piece) -> Raise | None:
    match, figures = _RAISE.search(piece.words), find_quantities(piece.words)
    if match is None or len(figures) != 1 or figures[0].start != match.end():
        return None
    return Raise(match["who"], _at(piece, figures[0])) if figures[0].unit == "%" else None


def _more(piece: Piece, match: re.Match[str]) -> More:
    figures = list(find_quantities(piece.words))
    least = next(q for q in figures if q.start == match.start("least"))
    rate = next(q for q in figures if q.start == match.end())
    caps = [q for q in figures if q.start > rate.end and q.unit == MONEY
            and _MOST.search(piece.words[: q.start])]  # fmt: skip
    most = _at(piece, caps[0]) if caps else None
    return More(match["case"], _at(piece, least), _at(piece, rate), most)


def _least(piece: Piece) -> Iterator[tuple[str, Quantity]]:
    for q in find_quantities(piece.words):
        match = _FROM_ON.search(piece.words[: q.start])
        if match and q.unit == MONEY and (match["from"] or piece.words.startswith("以上", q.end)):
            yield match["of"], _at(piece, q)


def _fall(piece: Piece, match: re.Match[str]) -> Fall | None:
    inside = [q for q in find_quantities(piece.words) if q.start < match.end()]
    rate = next((q for q in find_quantities(piece.words) if q.start == match.end()), None)
    if rate is None or rate.unit != "%" or len(inside) > 1 or (inside and inside[0].unit != "%"):
        return None
    keeps = match["how"] in ("按", "按照", "减按")
    case = piece.words[: match.start() + match[0].index("的，")]
    return Fall(case, _at(piece, rate), keeps, _at(piece, inside[0]) if inside else None)


def _with_classes(found: Rules, pieces: Sequence[Piece], keys: set[str]) -> Rules:
    """The rules with the limits that a list sets for each class of those who get something."""
    classes: list[tuple[str, Quantity]] = []
    highest = False
    for listing in listings_of(pieces):
        lead = listing.lead.words
        if not _LIMITS.search(lead) or not any(key in lead for key in keys):
            continue
        named = [one for item in listing.items for one in _class(item)]
        if len(named) < len(listing.items):
            return replace(found, unread=True)
        classes += named
        highest = any(_HIGHEST.search(p.words) for p in pieces)
    return replace(found, classes=tuple(classes), highest=highest)


def _class(item: Piece) -> Iterator[tuple[str, Quantity]]:
    found, match = find_quantities(item.words), _OF_CLASS.match(item.words)
    if match and len(found) == 1 and found[0].unit == MONEY and found[0].start == match.end():
        yield match["name"], _at(item, found[0])


def _at(piece: Piece, q: Measured) -> Quantity:
    return quantity_at(piece.address, piece.words, q, piece.at)
