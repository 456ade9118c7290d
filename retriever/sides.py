"""The sides of a question: documents or places it compares, questions it asks in one breath.

Each is searched for itself too, and its best clause moves up behind the first hit: what is asked
about second must not lose to a third clause on what was asked first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from retriever.limits import is_above
from retriever.query import Hit, Query, Retrieval, Understanding

__all__ = ["asks_apart", "moved_up", "own_words", "questions_by_place", "sides_of", "sub_questions"]

#: More sides than these are a list, not a comparison.
_MOST = 4
_PART = re.compile(r"[^，,；;。！!？?\n]+[，,；;。！!？?\n]*")
_ASKS = re.compile(
    r"多少|多[久大高长远]|几(?![个家位]人|口人|兄弟|[个家](?:股东|合伙|朋友|同事|亲戚))|什么|啥|哪|谁|怎么|怎样|咋|如何|吗|是否|能否|可否|有没有|是不是|能不能|可不可以"
)
#: Between two sides: 市级…还是走高新区….
_JOIN = re.compile(r"(?:和|跟|与|及|还是|、|比|，|,|；)[走按去在到拿用]?$")
_SHARED, _PAUSE = re.compile(r"[的，,；？?]|各|分别|哪个"), re.compile(r"[，,；？?]")
#: What the second place is asked for is left out: 市里给新药的奖励和高新区的哪个高.
_LEFT_OUT = re.compile(r"的?(?:哪|谁|比|差|各|呢|相比|是?多少|怎么|一样|有什么|有何)")
#: What is asked of it was said before it: 市级论坛花了30万，高新区补多少.
_NOTHING_OWN = re.compile(
    r"(?:[能会可该还又也要给补奖报拿领得贴]|一共|总共|合计|最[多高]|有|以|没|支持|资助){0,6}(?:多少|几|吗|哪|什么|怎么|咋|如何|[？?]|$)"
)
#: 最多报几个人 asks how many, where 几个人 alone says that there are some.
_ASKS_MOST = re.compile(r"最[多高少][^，,。？?]{0,6}几")
#: What is asked besides is on another matter: 顺便问下，….
_ASIDE = re.compile(
    r"(?<=[，,。；;！!？?\n])\s?(?:顺便|另外|还有(?=[，,]|一[个点件]|个问)|对了|再问|此外|还想问|还要问)(?:再?[想请]?问)?(?:一[下句声个]|下|个)?(?:问题|事|是)?[，,：:]?"
)
#: Characters that a sub-question needs besides words that ask.
_LEAST = 4
_SEVERAL = 2
_ASKS_ALONE, _OF_BOTH = (
    re.compile(r"多少|多久|怎么|怎样|咋|如何|什么(?:时候|材料|资料|手续|条件)"),
    re.compile(r"[哪几谁]"),
)
#: Between a subject and what is asked of it.
_LINK = re.compile(r"(?:是|为|有|能|可以?|要|得|该){1,3}$")
_QUESTION = re.compile(r"[^。！!？?\n]+[。！!？?\n]*")
#: A question that leaves out what it asks about: 高新区又奖多少?
_NOTHING_BUT = re.compile(
    r"(?:[又也还再那呢的对给各能可奖补贴励助发拿领得元万是有每个最高]|[\W_])*+"
)


def sides_of(
    query: Query, understanding: Understanding, spoken: Callable[[str], Sequence[str]]
) -> tuple[Query, ...]:
    """Return the searches for the sides of a question; none for one that has only one.

    ``spoken`` gives the words that name an area.
    """
    documents = understanding.documents
    if query.documents is not None:
        documents &= query.documents
    if len(documents) > 1:
        sides = [replace(query, documents=frozenset({name})) for name in sorted(documents)]
    elif len(names := _named(understanding, spoken)) > 1 and query.area is None and not documents:
        if own := questions_by_place(understanding.text, names):
            return tuple(replace(query, area=area, text=text, sides=False) for area, text in own)
        # 公司在高新区，有三个品种，市里和高新区分别奖多少: what is said before is of both.
        beside = _are_joined(understanding.text, names, beside=True)
        texts = {} if beside else own_words(understanding.text, names)
        if not texts and _are_joined(understanding.text, names):
            texts = {area: _without_others(understanding.text, area, names) for area in names}
        sides = [replace(query, area=area, text=texts.get(area, query.text)) for area in names]
    else:
        sides = [replace(query, text=text) for text in sub_questions(query.text)]
    alone = (replace(side, sides=False) for side in sides)
    return tuple(alone) if len(sides) <= _MOST else ()


def asks_apart(sides: Sequence[Retrieval]) -> bool:
    """Whether a question asks several things in one breath, which different clauses answer."""
    best = {side.hits[0].passage.address for side in sides if side.hits}
    return len({side.query.text for side in sides}) > 1 and len(best) > 1


def _named(
    understanding: Understanding, spoken: Callable[[str], Sequence[str]]
) -> dict[str, Sequence[str]]:
    """The areas that a question names, each with its words; a city whose name only begins that of
    its zone (青禾高新区) is none."""
    names = {area: spoken(area) for area in sorted(understanding.areas)}
    kept = {}
    for area, own in names.items():
        rest = understanding.text
        others = [word for other, words in names.items() if other != area for word in words]
        for word in sorted(others, key=len, reverse=True):
            rest = rest.replace(word, " ")
        if any(word in rest for word in own) or not any(word in understanding.text for word in own):
            kept[area] = own
    return kept


def _are_joined(text: str, names: Mapping[str, Sequence[str]], *, beside: bool = False) -> bool:
    """Whether a text says one place beside the other: not 市级论坛花了30万，高新区补多少.

    ``beside``: with nothing between the two but what joins them.
    """
    words = [re.escape(word) for own in names.values() for word in own]
    near = "|".join(sorted(words, key=len, reverse=True))
    first = f"(?:{near})" if beside else ""
    joined = rf"{first}(?:和|跟|与|及|还是|、|比)[走按去在到拿用]?(?:{near})"
    return re.search(joined, text) is not None


def _without_others(text: str, area: str, names: Mapping[str, Sequence[str]]) -> str:
    """A text without the names of the places above one: 市级 is a word of clauses of a district too.

    >>> names = {"重庆市": ("市级",), "重庆高新区": ("高新区",)}
    >>> _without_others("新药奖励，市级和高新区一样吗", "重庆高新区", names)
    '新药奖励，高新区一样吗'
    """
    own = names[area]
    for other, words in names.items():
        for word in sorted(words, key=len, reverse=True) if is_above(other, area) else ():
            if not any(word in name for name in own):
                text = re.sub(rf"{re.escape(word)}[和与跟及、比]?", "", text)
    return text


def own_words(text: str, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return what a text says of each of two places, where it says more than their names.

    >>> names = {"全市": ("市级",), "高新区": ("高新区",)}
    >>> own_words("按固投，市级重大项目和高新区一般制造业的比例对比", names)
    {'全市': '按固投，市级重大项目的比例对比', '高新区': '按固投，高新区一般制造业的比例对比'}
    >>> own_words("市级和高新区各奖多少", names)
    {}
    >>> own_words("市级给新药获批的奖励和高新区的哪个高", names)
    {}
    >>> own_words("两场市级论坛花了30万，高新区能补多少", names)
    {}
    """
    places = [(text.find(word), word, key) for key, words in names.items() for word in words]
    first = {key: (at, word) for at, word, key in sorted(places, reverse=True) if at >= 0}
    if len(names) != 2 or len(first) != 2:
        return {}
    (one, (start, _)), (other, (middle, _)) = sorted(first.items(), key=lambda item: item[1])
    joined = _JOIN.search(text[start:middle])
    said = text[start : start + joined.start()] if joined else ""
    if len(said) < len(first[one][1]) + _LEAST:
        return {}
    before, behind = text[:start], text[middle:]
    own = behind[len(first[other][1]) :]
    if _LEFT_OUT.match(own) or (joined and joined[0][0] in "，,；;" and _NOTHING_OWN.match(own)):
        return {}
    # What both are asked for stands behind the second: from its first 的 on, or the next comma
    # where the first has a 的 of its own.
    shared = (_PAUSE if "的" in said else _SHARED).search(behind)
    rest = behind[shared.start() :] if shared else ""
    return {one: before + said + rest, other: before + behind}


def sub_questions(text: str) -> tuple[str, ...]:
    """Return the questions that a text asks, each with what was said before all of them.

    >>> sub_questions("长护评了1级，上门照料一个月限额多少，一次评定能享受多久？")
    ('长护评了1级，上门照料一个月限额多少，', '长护评了1级，一次评定能享受多久？')
    >>> sub_questions("租厂房补多少？")
    ()
    >>> sub_questions("这块牌子是哪一年、哪个部门授的？")
    ()
    >>> sub_questions("甲类人才的安家费是多少、怎么发？")
    ('甲类人才的安家费是多少', '甲类人才的安家费怎么发？')
    """
    if (aside := _ASIDE.search(text)) and all(
        map(_ASKS.search, (first := text[: aside.start()], then := text[aside.end() :]))
    ):
        return (*(sub_questions(first) or (first,)), *(sub_questions(then) or (then,)))
    asked: list[str] = []
    said = own = ""
    for part in (piece for whole in _PART.findall(text) for piece in _each(whole)):
        if not (_ASKS.search(part) or _ASKS_MOST.search(part)):
            own += part
        elif not asked:
            said, own = own, ""
            asked.append(part)
        else:
            asked.append(own + part)
            own = ""
    matter = list(filter(_has_matter, asked))
    return tuple(said + part for part in matter) if len(matter) > 1 else ()


def _has_matter(part: str) -> bool:
    """Whether a part says more than that it asks."""
    return len(re.findall(r"\w", _ASKS.sub("", part))) >= _LEAST


def _each(part: str) -> list[str]:
    """A part that asks two things of one subject as two: 安家费是多少、怎么发; not 哪一年、哪个部门
    授的, which has one verb for both."""
    asked = [piece for piece in part.split("、") if piece.strip()]
    whole = all(_ASKS_ALONE.search(p) and not _OF_BOTH.search(p) for p in asked[:-1])
    if len(asked) < _SEVERAL or not whole or not _ASKS.search(asked[-1]):
        return [part]
    subject = _LINK.sub("", _before_asking(asked[0]))
    # 甲类人才的安家费多少、租房补贴多少: the second has a subject of its own, of the same.
    of = subject[: subject.rfind("的") + 1]
    return [asked[0], *((of if _before_asking(p) else subject) + p for p in asked[1:])]


def _before_asking(part: str) -> str:
    asks = _ASKS.search(part)
    return part[: asks.start()] if asks else part


def questions_by_place(text: str, names: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """Return the places of several whole questions, each with what is asked of it; none where not
    every question names one place.

    >>> names = {"全市": ("市里",), "高新区": ("高新区",)}
    >>> questions_by_place("中药备案市里奖多少？中药名方市里奖多少？高新区又奖多少？", names)
    [('全市', '中药备案市里奖多少？'), ('全市', '中药名方市里奖多少？'), ('高新区', '中药名方高新区奖多少？')]
    >>> questions_by_place("中药名方市里奖多少？高新区又奖多少？", names)
    []
    """
    asked: list[tuple[str, str]] = []
    whole, told = 0, ""
    for question in _QUESTION.findall(text):
        if not _ASKS.search(question):
            # 固定资产投资800万元。市里补多少？高新区补多少？ is told of all.
            told += question
            continue
        places = _areas_in(question, names)
        if len(places) != 1:
            return []
        (area, word), *_ = places.items()
        rest = _ASKS.sub("", question.replace(word, ""))
        if not _NOTHING_BUT.fullmatch(rest):
            asked.append((area, question))
            whole += 1
        elif asked:
            before, said = asked[-1]
            asked.append((area, said.replace(_areas_in(said, names)[before], word)))
    return [(area, told + said) for area, said in asked] if whole >= _SEVERAL else []


def _areas_in(text: str, names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The areas that a text names, each with its word."""
    found: dict[str, str] = {}
    words = [(word, area) for area, own in names.items() for word in own]
    for word, area in sorted(words, key=lambda pair: -len(pair[0])):
        if word in text:
            found.setdefault(area, word)
            text = text.replace(word, " ")
    return found


def moved_up(hits: Sequence[Hit], sides: Sequence[Sequence[Hit]], k: int) -> tuple[Hit, ...]:
    """Return hits with the best of each side behind the first, at most ``k``."""
    best = sorted((side[0] for side in sides if side), key=lambda hit: -hit.score)
    order = {hit.passage.address: hit for hit in [*hits[:1], *best, *hits]}
    return tuple(order.values())[:k]
