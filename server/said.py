"""What one question says of the company that asks: figures, stage, product, place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.entitlements.quantities import MONEY, find_quantities
from retriever.followup import is_supposed
from retriever.retriever import LONGEST_QUESTION
from server.sums.facets import STAGE, facets_of, names_of, stages
from server.sums.facts import COUNTED, Fact, stated_facts
from server.sums.money import written
from server.sums.written_out import spelt_out

__all__ = ["OWN", "Kind", "Said", "said_in"]

Kind = Literal["place", "product", "stage", "amount", "area", "count"]

#: Whoever asks speaks of themselves.
OWN = re.compile(
    r"我们|我司|我公司|我方|本公司|本企业|咱们?|我院|本院|我厂|本厂|我家|我这|俺们?|我是|我在"
)
_OTHERS = re.compile(
    r"他们|她们|别人|别家|别的(?:企业|公司)|人家|隔壁|对方|朋友|同行|对手|另一家|听说|据说|某[个家企公]|一家(?:企业|公司|药企)"
)
_SUPPOSED = re.compile(
    r"如果|要是|假如|假设|倘若|万一|若是?|的话|比如|例如|譬如|[呢咧][？?。！\s]*$"
)
_ASKS = re.compile(
    r"[？?]|多少|几[个家种项万成]|哪|谁|什么|怎么|怎样|如何|吗|呢|是否|有没有|能不能|啥|咋|好多|可不可以"
)
#: What somebody wants to know or to have is nothing that they are.
_WISH = re.compile(r"想|咨询|请问|问一?下|了解|希望|要求")
_DONE = re.compile(r"了|过|已|刚|实际|一共|总共|目前|现在|正在|达到?|是")
_NOT = re.compile(r"(?:不是|没有?|未|并非|不到|不足|低于)\S{0,4}$")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]*")
_PHRASE = re.compile(r"[^，,。；;！!？?\n]+")
#: Behind a figure begins what is asked.
_TAIL = re.compile(
    r"(?:能不?能?|可以?|最[多高]|应该?|会|补(?![助贴])|奖(?!励|补)|(?:补[助贴]|奖[励补])(?=多少|几)|给|领|拿|报|怎|什么|啥|吗|呢|是否|多少|好多|几|各|我们|花|投).*$",
    re.DOTALL,
)
_LEAD = re.compile(
    r"^(?:不对|其实|另外|此外|然后|而且|同时|对了|还有|以及|那么?|我们?(?:公司|司|院|厂|家|这边)?|咱们?|俺们?|本公司|公司|企业|的|还|也|又|都|已经?|这个|该|在研|[，,\s])+"
)
_TRAIL = re.compile(r"[了的吧啦呀啊嘛\s]{1,30}$")
_PLACED = re.compile(r"(?:在|位于|地处|落户|注册地?[是在于为]?|搬到|迁[到至入]|设在|搬进)了?\s*$")
_HERE = re.compile(
    r"^的?(?:一?家|这家)?\s*(?:内资|外资|高新|生物|医药|制药)?(?:企业|公司|药企|工厂|厂)"
)
_STAGE = re.compile(
    r"(?:(?:已经?|刚刚?|目前|现在){0,2}(?:做完|完成|结束|进入?|启动|开展|处于|正在做|做到|推进到)了?)(?:临床)?(?P<a>[IVⅠⅡⅢⅣ一二三四1-4]{1,6}期|临床前)(?:临床)?(?:试验|研究)?"
    r"|(?P<b>[IVⅠⅡⅢⅣ一二三四1-4]{1,6}期|临床前)(?:临床)?(?:试验|研究)?(?:已经?|刚刚?|都){0,2}(?:做完|完成|结束|启动|入组)了?"
)
#: Words around a figure that do not say of what it is.
_GENERIC = re.compile(
    r"不对|不是|错了|说错|更正|其实|应该?|实际|一共|总共|累计|大[概约]|约|左右|差不多|已经?|今年|花[了费]?|投[了入]?|用[了掉]?|付[了]?|是|为|共|有|了|的|我们?|咱们?|公司|我司|也|还|又|[^\w]|_"
)
_LONGEST = 40
#: A question of more figures than these is a table, and of more than the company.
_MOST = 20
#: The groups of facets that tell kinds of products apart.
_PRODUCTS = ("drug", "class")
#: Units of figures that are kept; a span of time or a share is of a case more than of a company.
_COUNTS = frozenset((*COUNTED, "人", "人次"))
#: What is only planned, or of each year or thing, is not what somebody has.
_PLANNED = re.compile(r"准备|打算|计划|预[计算]|拟|将|[每各](?!类|种|地)")
#: Figures beside which an amount by itself is not the whole of what was said.
_BESIDE = frozenset(("年", "月", "日"))


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said: its text as it is shown, and where it stands.

    ``words`` are the asker's own around a figure, with what tells of what it is. ``places`` are
    the characters, by question, that it was read from; those of what it took the place of too.
    ``whole`` is false where the figure alone is not all that was said: 两场各花30万, 其中….
    ``subject`` is of what a figure is, in few words; empty where it does not say.
    """

    text: str
    kind: Kind
    turn: int
    words: str
    facets: Mapping[str, frozenset[str]]
    places: tuple[tuple[int, int, int], ...]
    fact: Fact | None = None
    whole: bool = True
    subject: str = ""


def said_in(question: str, turn: int, names: Sequence[str], context: str = "") -> tuple[Said, ...]:
    """Read what a question says of the company of whoever asks it.

    ``names`` are those of places; ``context`` is what a question goes on with.

    >>> [s.text for s in said_in("我们在高新区，创新药二期花了1800万，已进入三期", 1, ["高新区"])]
    ['高新区', '创新药', '已进入三期', '二期花了1800万元']
    """
    question = spelt_out(question)
    if len(question) > LONGEST_QUESTION:
        return ()
    if is_supposed(question) or _SUPPOSED.search(question) or _OTHERS.search(question):
        return ()
    own = bool(OWN.search(question))
    told = not _ASKS.search(question) and bool(_DONE.search(question))
    found: list[Said] = []
    if own or told:
        found += _places(question, turn, names)
        found += _products(question, turn)
        found += _stages(question, turn)
    products = {s.text for s in found if s.kind == "product"}
    tells = own or not _ASKS.search(question)
    return (*found, *_figures(question, turn, tells, products, context))


def _subject(fact: Fact) -> str:
    """Of what a figure is, in few words; nothing where it does not say: 花了2000万.

    >>> [_subject(f) for f in stated_facts("创新药二期花了1800万，三期一共2000万，是50万")]
    ['II', 'III', '']
    """
    words = fact.words.replace(fact.written, "", 1)
    for _, start, end in sorted(names_of(words, "drug"), key=lambda n: -n[1]):
        words = words[:start] + words[end:]
    words = STAGE.sub(lambda m: "".join(sorted(stages(m[0]))), words)
    return _GENERIC.sub("", words)


def _phrases(question: str) -> Iterator[re.Match[str]]:
    """The phrases of a question that tell something."""
    for match in _PHRASE.finditer(question):
        behind = question[match.end() : match.end() + 1]
        if not _ASKS.search(match[0] + behind) and not _WISH.search(match[0]):
            yield match


def _places(question: str, turn: int, names: Sequence[str]) -> Iterator[Said]:
    """Where the company is: 我们在高新区, 高新区的企业."""
    for match in _phrases(question):
        phrase = match[0]
        for name in names:
            at = phrase.find(name)
            if at < 0:
                continue
            before, behind = phrase[:at], phrase[at + len(name) :]
            if (_PLACED.search(before) or _HERE.search(behind)) and not _NOT.search(before):
                start = match.start() + at
                yield Said(name, "place", turn, phrase, {}, ((turn, start, start + len(name)),))
            break


def _products(question: str, turn: int) -> Iterator[Said]:
    """The kind of product that the company has: told, or named as its own (我们的创新药)."""
    telling = [match.span() for match in _phrases(question)]
    seen: set[str] = set()
    for group in _PRODUCTS:
        for value, start, end in names_of(question, group):
            before = question[max(0, start - 6) : start]
            told = any(s <= start < e for s, e in telling)
            if (
                not (told or (OWN.search(before) and not _WISH.search(before)))
                or _NOT.search(before)
                or value in seen
            ):
                continue
            seen.add(value)
            own = {group: frozenset({value})}
            text = question[start:end]
            yield Said(text, "product", turn, text, own, ((turn, start, end),))


def _stages(question: str, turn: int) -> Iterator[Said]:
    """How far the product is: 已进入三期, 二期做完了."""
    for match in _phrases(question):
        for found in _STAGE.finditer(match[0]):
            before = match[0][: found.start()]
            if _NOT.search(before):
                continue
            start, end = match.start() + found.start(), match.start() + found.end()
            text = _TRAIL.sub("", found[0])
            own = {k: v for k, v in facets_of(question).items() if k in _PRODUCTS}
            yield Said(text, "stage", turn, found[0], own, ((turn, start, end),))


def _figures(
    question: str, turn: int, tells: bool, products: set[str], context: str
) -> Iterator[Said]:
    facts = stated_facts(question)
    if len(facts) > _MOST:
        return
    starts = [fact.start for fact in facts]
    parts = any(f.part or f.unit in _BESIDE for f in facts) or len(set(starts)) < len(starts)
    for place, fact in enumerate(facts):
        kind = _kind(fact)
        before = question[: fact.start]
        if kind is None or fact.is_threshold or fact.part or _NOT.search(before):
            continue
        if fact.start in starts[:place] or _is_range(fact):
            continue
        start, end = fact.start, fact.start + len(fact.written)
        words = _run(question, fact, [f for f in facts if f is not fact])
        told = replace(fact, words=_told(fact))
        yield Said(
            _text(told, products), kind, turn, words, _facets(told, words, question, context),
            ((turn, start, end),), told, not parts and not _PLANNED.search(told.words),
            _subject(told),
        )  # fmt: skip


def _kind(fact: Fact) -> Kind | None:
    if fact.unit == MONEY:
        return "amount"
    if fact.unit == "平方米":
        return "area"
    return "count" if fact.unit in _COUNTS and not fact.past else None


def _is_range(fact: Fact) -> bool:
    return any(q.low is not None for q in find_quantities(fact.written))


def _told(fact: Fact) -> str:
    """The words of a figure without what is asked behind it."""
    before, own, behind = fact.words.partition(fact.written)
    return before + own + _TAIL.sub("", behind)


def _text(fact: Fact, products: set[str]) -> str:
    """A figure as it is shown: 创新药二期花了1800万 beside 创新药 is 二期花了1800万元."""
    text = _TRAIL.sub("", _LEAD.sub("", _told(fact)))
    for name in sorted(products, key=len, reverse=True):
        text = _LEAD.sub("", text.removeprefix(name)) if text.startswith(name) else text
    own = written(fact.value, fact.unit)
    person = fact.written.lstrip("0123456789.") if fact.unit == "人" else ""
    shown = fact.written if person else own
    text = text.replace(fact.written, shown, 1)
    return text if len(text) <= _LONGEST else shown


def _run(question: str, fact: Fact, others: Sequence[Fact]) -> str:
    """The words of a sentence that lead up to a figure, behind the figure before it."""
    sentence = next(m for m in _SENTENCE.finditer(question) if m.end() > fact.start)
    phrases = list(_PHRASE.finditer(sentence[0]))
    offset = sentence.start()
    here = next(
        (n for n, m in enumerate(phrases) if offset + m.end() > fact.start), len(phrases) - 1
    )
    first = here
    while first:
        s, e = offset + phrases[first - 1].start(), offset + phrases[first - 1].end()
        taken = any(s <= other.start < e for other in others)
        if taken or _ASKS.search(phrases[first - 1][0]):
            break
        first -= 1
    lead = question[offset + phrases[first].start() : offset + phrases[here].start()]
    return lead + _told(fact)


def _facets(fact: Fact, words: str, question: str, context: str) -> Mapping[str, frozenset[str]]:
    """The stage, kind and side that a figure is of: its own words', else those said with it."""
    facets: dict[str, frozenset[str]] = {}
    # What 花了900万元 is of, was said before; 集采金额8000万元 says it itself.
    before = context if not _subject(fact) else ""
    for text in (before, question, words, _told(fact)):
        facets |= {name: values for name, values in facets_of(text).items() if name != "stage"}
        if found := stages(text):
            facets["stage"] = found
    return facets
