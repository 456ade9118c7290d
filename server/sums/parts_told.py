"""The things that a question tells one behind the other and asks for together, each as a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.numerals import read_numeral
from indexer.entitlements.quantities import MONEY, find_quantities

__all__ = ["Told", "divisions", "parts_told", "tells_more_without_figure", "tells_one_more"]

_MANY = re.compile(
    r"这?(?P<n>[两二三四2-4])(?:样|笔|块|种|项|头|条|件事|份)(?:钱|补贴|奖励|补助|政策)?(?![目\d]|一个)"
)
_TOGETHER = re.compile(
    r"(?:都|全|最多|最高)?(?:加起来|加在?一[起块]|合起来|合在一起|一共|总共|合计|拢共|满打满算|总计|总的|加总|加一[起块]|一块儿?)(?:是|最多|最高)?"
)
_ASKS = re.compile(r"多少|几[万个]|好多")
_SENTENCE = re.compile(r"[^。；;！!？?\n]+[。；;！!？?\n]?")
#: One more thing behind a comma.
_MORE = re.compile(r"[，,](?=(?:同[一]?年[^，,]{0,6})?(?:又|另外?|还有?|再|同时)|同[一]?年)")
#: What stands before the first thing is of all of them: 我们集团在市里报三样：.
_LEAD = re.compile(r"^(?P<lead>[^：:。；;\d]{2,40})[：:]")
_BEGINS = re.compile(r"^(?:[，,]|又|再|还有?|另外|同时)+")
_FEW = 4
#: A phrase; what stands in brackets belongs to it.
_PHRASE = re.compile(r"(?:[^，,。；;！!？?\n（(]|[（(][^（）()]*[）)])+[，,。；;！!？?\n]*")
_ONE_MORE = re.compile(
    r"(?:(?:今|去|同一?|当)年)?(?:又|另外?|还有?|再|同时|此外)(?!说|问|算|没|不|未|是|在|要|想|能|可|剩|差|欠)"
)
_EVERY = re.compile(r"各|分别|每[项样笔场块]|一项项|逐项|分开[算说]|都能(?=[拿领补])")
#: What goes on with the thing before it.
_SAME = re.compile(r"其中|里[面头]|当中|都是?|均|全|且|并|而且|但|不过|按|给|没|不|已经|领过|拿过")
_REACHED = re.compile(
    r"(?<!没)(?:签[了订]|办[了下]|做了)|认定|获批|通过|评上|入选|拿[了到下]|取得|备案|上市|获得|建成|设立|引进"
)
_YEAR = re.compile(r"前年|去年|上年度?|今年|明年|20\d\d年")
_MOST = 6
_SPANS = ("年", "月", "日")


class Told(NamedTuple):
    """One thing that a question tells: in its words, and as a question of its own."""

    words: str
    question: str


def parts_told(question: str) -> list[str]:
    """The things that a question adds up, each as a question of its own; none where it says nothing of
    how many there are, or another number of them is told.

    >>> parts_told("高新区的医院：买首台套花了900万；进了1600万的药。两样加起来补多少？")
    ['高新区的医院，买首台套花了900万；补多少？', '高新区的医院，进了1600万的药。补多少？']
    """
    sentences = [m[0] for m in _SENTENCE.finditer(question)]
    tail = sentences[-1] if sentences else ""
    many = _MANY.search(tail) or _MANY.search(question)
    if many is None or not _TOGETHER.search(tail) or not _ASKS.search(tail):
        return []
    number, told = read_numeral(many["n"]), "".join(sentences[:-1])
    match = _LEAD.match(told)
    lead, told = (f"{_MANY.sub('', match['lead'])}，", told[match.end() :]) if match else ("", told)
    things = [m[0] for m in _SENTENCE.finditer(told)]
    while len(things) > number and not find_quantities(things[-1]):
        # 跟哪家都没关联 is of all of them.
        lead += _ended(things.pop())
    if len(things) < number:
        things = [part for thing in things for part in _MORE.split(thing)]
    if len(things) != number or len(things) > _FEW:
        return []
    asked = _TOGETHER.sub("", _MANY.sub("", tail)).lstrip("，,的")
    return [f"{lead}{_BEGINS.sub('', thing)}{asked}" for thing in things]


def _ended(sentence: str) -> str:
    return f"{sentence.rstrip('。；;！!？?')}，"


def divisions(question: str) -> Iterator[list[Told]]:
    """The ways to part a question that asks for all that it tells, the coarsest first, each as the
    things that it tells. None where it does not ask for them together.

    >>> [[told.question for told in way] for way in divisions("在南湖区，买软件300万，另外买IP 50万，合计补多少？")]
    [['在南湖区，买软件300万，补多少？', '在南湖区，买IP 50万，补多少？']]
    """
    phrases = _PHRASE.findall(question)
    at = _asked_at(phrases)
    if not at:
        return
    lead, told = _without_lead(phrases[:at])
    if "、" in phrases[at]:
        # 规模、国际两项加起来: supports are named, and each is of all that is told.
        return
    asked = _EVERY.sub("", _TOGETHER.sub("", _MANY.sub("", "".join(phrases[at:])))).lstrip("，,的")
    asked = asked if _ASKS.search(asked) else "能拿多少？"
    many = _MANY.search("".join(phrases[at:]))
    number = read_numeral(many["n"]) if many else None
    seen = set[tuple[str, ...]]()
    for begins in (_begins_more, _begins_amount):
        things = tuple(_joined(told, begins))
        if number not in (None, len(things)) or things in seen:
            continue
        if 1 < len(things) <= _MOST and _stand_alone(things, begins is _begins_amount):
            seen.add(things)
            own = [_BEGINS.sub("", thing) for thing in things]
            yield [Told(one.rstrip("，,。；; "), f"{lead}{one}{asked}") for one in own]


def _stand_alone(things: Sequence[str], by_amount: bool) -> bool:
    """Whether each thing has a figure or begins as one more, and none that is told apart by its amount
    goes on with another year of the one before: 前年收入1.2亿，去年1.5亿."""
    own = all(_figures(t) or _ONE_MORE.match(t) for t in things)
    years = {m[0] for t in things for m in _YEAR.finditer(t)}
    return own and (not by_amount or len(years) < 2)


def tells_one_more(words: str) -> bool:
    """Whether some words tell of one more thing: 还租了50套公寓."""
    return bool(_ONE_MORE.match(words))


def _asked_at(phrases: Sequence[str]) -> int:
    """Where what is asked of all things begins; 0 where nothing is."""
    for at in range(1, len(phrases)):
        rest = "".join(phrases[at:])
        asks = _ASKS.search(rest) or rest.rstrip()[-1:] in "?？"
        every = _TOGETHER.search(rest) or _EVERY.search(rest)
        own = (pattern.search(phrases[at]) for pattern in (_ASKS, _TOGETHER, _EVERY))
        if asks and every and any(own) and not _figures(_MANY.sub("", rest)):
            return at
    return 0


def tells_more_without_figure(question: str) -> bool:
    """Whether a question that adds up tells of one more thing that was reached, without a figure:
    还第一次认定了高企."""
    phrases = _PHRASE.findall(question)
    told = phrases[: _asked_at(phrases)]
    return any(_ONE_MORE.match(p) and _REACHED.search(p) and not _figures(p) for p in told)


def _without_lead(phrases: Sequence[str]) -> tuple[str, list[str]]:
    """What is said of all before the first figure, and the rest; how old somebody is is no figure."""
    at = next((at for at, phrase in enumerate(phrases) if _figures(phrase)), 0)
    return "".join(phrases[:at]), list(phrases[at:])


def _figures(phrase: str) -> bool:
    return any(q.unit not in _SPANS for q in find_quantities(phrase))


def _begins_more(phrase: str, before: str) -> bool:
    return before.rstrip()[-1:] in "。；;" or bool(_ONE_MORE.match(phrase))


def _begins_amount(phrase: str, before: str) -> bool:
    amount = any(q.unit == MONEY for q in find_quantities(phrase)) and not _SAME.match(phrase)
    return amount or _begins_more(phrase, before)


def _joined(phrases: Sequence[str], begins: Callable[[str, str], bool]) -> Iterator[str]:
    thing = ""
    for phrase in phrases:
        if thing and begins(phrase, thing):
            yield thing
            thing = ""
        thing += phrase
    if thing:
        yield thing
