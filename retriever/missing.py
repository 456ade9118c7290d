"""What a question names and the clauses found never speak of: places, subjects, industries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retriever.parts import asking_parts, parts_of
from retriever.places import names_in
from retriever.query import Retrieval
from retriever.retriever import Retriever
from retriever.spelling import is_word
from retriever.unheld import is_loosely_held
from retriever.vocabulary import Vocabulary

__all__ = [
    "LOOKED_AT",
    "found_text",
    "is_beside_the_matter",
    "is_for_a_sector",
    "is_named",
    "missing",
    "missing_subjects",
    "missing_things",
]

#: Clauses that may speak of what is asked.
LOOKED_AT = 3
#: Characters that tell of what kind a thing is.
_NAME = 4
#: A name of so many characters is made of several words.
_LONG = 5
#: Characters of a word that may be made of the ends of two others.
_PAIR = 2
#: What somebody does for a living.
_DOES = r"(?:做|卖|跑|开|搞|干|当|考[上了]|是|从事|种|养)"
#: …or what sort of firm it is.
_FIRM = r"(?:加工|零售|批发|餐饮|小|老)?(?:厂|店|公司|企业|铺|馆|作坊|个体户|合作社|农场|老板)"
#: A word that shares what stands around it with the next: 批发和零售.
_BESIDE = re.compile(r"[\u4e00-\u9fff]{2}[和与及、]")
#: What was said before is asked about: 一个品种奖多少.
_PRODUCT = re.compile(r"[每一单]个?(?:品种|产品)|[这该]个?(?:品种|产品)")
_LAW = re.compile(r"(?:(?<!办)法|条例)(?:（[^（）]*）)?$")
#: What is given to some only.
_SUPPORT = re.compile(
    r"补(?![交缴办正充发签])|奖|贴息|资助|扶持|支持|优惠|减免|政策|津贴|专项资金|[能可][^，。？?]{0,4}(?:拿|领)|给多少"
)
#: What a support ends with, behind what it is for.
_KIND_OF_SUPPORT = re.compile(
    r"(?:补贴|补助|奖励|奖补|补偿|资助|津贴|支持|扶持|减免|返还|优惠|减半)金?$"
)
#: Says that a part of a question tells of the asker.
_TELLS = re.compile(
    r"我|咱|俺|[老阿][爸妈公婆爹娘]|爸|妈|爷|奶|孩|娃|突然|刚|唔|已经|[也都][\u4e00-\u9fff]{1,3}了$|没来得及|公司注册|注册在|毕业"
    r"|(?:公司|单位|厂里?|企业|医院|院里)(?:已|有|也|刚|正在)"
)


def found_text(retrieval: Retrieval) -> str:
    """The clauses that may speak of what is asked."""
    return "\n".join(hit.passage.whole for hit in retrieval.hits[:LOOKED_AT])


def missing(words: Sequence[str], retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Return those of the words that none of the first clauses speaks of, by no name."""
    vocabulary = retriever.vocabulary
    held = vocabulary.spoken_of(found_text(retrieval))
    return [word for word in words if not any(name in held for name in vocabulary.called(word))]


def is_for_a_sector(title: str, retriever: Retriever) -> bool:
    """Whether a title says that a text is made for a sector; who issued it (中国农业发展银行) does not."""
    on = title.partition("关于")[2] or title
    return any(name in on for name in retriever.vocabulary.sectors)


def is_named(names: Sequence[str], text: str) -> bool:
    """Whether a text has one of some names; long ones are known with a character more in them, and
    with another word beside one of theirs.

    >>> is_named(["保健品"], "保健食品"), is_named(["手机"], "手术机器人")
    (True, False)
    >>> is_named(["医药零售企业"], "医药批发和零售企业不适用"), is_named(["零售"], "批发和零售")
    (True, True)
    """
    long = [name for name in names if len(name) > _PAIR]
    if any(name in text for name in names) or is_loosely_held(long, text):
        return True
    longest = [name for name in names if len(name) >= _LONG]
    alone = _BESIDE.sub("", text) if longest else ""
    return any(name in alone for name in longest)


def missing_subjects(retrieval: Retrieval, retriever: Retriever) -> list[str]:
    """Return the subjects named of which no clause found speaks.

    An industry or a thing must stand in the first ones. What 药店 is written out to (零售) is another name of
    it; a word of the asker's story (我在外地旅游时急诊，能报几成) is none that is asked about, an
    industry aside.
    """
    asked, vocabulary = retrieval.query.text, retriever.vocabulary
    own = [word for word in vocabulary.subjects if word in asked]
    story = "" if retrieval.understanding.documents else _story(retrieval.understanding.text)
    found = vocabulary.spoken_of(found_text(retrieval))
    every = "\n".join(hit.passage.whole for hit in retrieval.hits)
    lost: dict[str, None] = {}
    for subject in retrieval.understanding.subjects:
        spoken = (o for o in own if subject in vocabulary.written_out.get(o, ""))
        word = subject if subject in asked else next(spoken, None)
        industry = word in vocabulary.industries
        if word is None or (word in story and not industry):
            continue
        if is_beside_the_matter(word, retrieval, retriever):
            continue
        if not industry and _is_called_longer(
            word, retriever.without_areas(asked, retrieval.understanding.areas), found
        ):
            continue
        names = (*vocabulary.called(word), subject)
        if is_named(names, found):
            continue
        if industry or not is_loosely_held(names, every):
            lost[word] = None
    things = missing_things(retrieval, retriever, found)
    return [*lost, *(t for t in things if not any(t in word or word in t for word in lost))]


def missing_things(retrieval: Retrieval, retriever: Retriever, found: str) -> list[str]:
    """Return the things named, the asker's story aside, of which some clauses do not speak."""
    vocabulary = retriever.vocabulary
    # Of a conversation, what was named before may be what is no longer asked about.
    asked = retrieval.query.latest or retrieval.query.text
    story = "" if retrieval.understanding.documents else _story(retrieval.understanding.text)
    rest = retriever.without_areas(asked, retrieval.understanding.areas)
    return [
        word
        for word in names_in(rest, vocabulary.things)
        if (word not in story or _is_what_is_made(word, retrieval.understanding.text))
        and not _is_joined(word, rest)
        and not is_named(_names_of(word, vocabulary), found)
        and not _is_held_in_parts(word, found, vocabulary)
        and not is_beside_the_matter(word, retrieval, retriever)
        and not _is_called_longer(word, rest, found)
    ]


def _is_what_is_made(word: str, question: str) -> bool:
    """Whether somebody tells a thing as what they make, and asks what one product of it gets.

    >>> _is_what_is_made("配方颗粒", "我们做中药配方颗粒的，一个品种奖多少"), _is_what_is_made("口罩", "我们做口罩的，租房补多少")
    (True, False)
    """
    made = re.compile(rf"(?:做|生产|研发|开发|搞|卖)[^，]{{0,4}}{re.escape(word)}的?$")
    told = any(made.search(part) for part in parts_of(question))
    return told and any(_PRODUCT.search(part) for part in asking_parts(question))


def _names_of(thing: str, vocabulary: Vocabulary) -> list[str]:
    """All names of a thing; of a support (社保补贴) what it is for, whatever it is called."""
    names = [name for own in vocabulary.things[thing] for name in vocabulary.called(own)]
    stems = [_KIND_OF_SUPPORT.sub("", name) for name in names]
    return [*names, *(o for s in stems if len(s) >= _PAIR for o in vocabulary.called(s))]


def _is_held_in_parts(thing: str, found: str, vocabulary: Vocabulary) -> bool:
    """Whether clauses have every word of a long name (租房提取公积金), by one of its names."""
    if len(thing) < _LONG:
        return False
    parts, rest = [], thing
    while rest:
        part = next((rest[:n] for n in range(_NAME, 1, -1) if is_word(rest[:n])), rest)
        parts.append(part)
        rest = rest[len(part) :]
    return len(parts) > 1 and all(is_named(vocabulary.called(part), found) for part in parts)


def _is_joined(word: str, text: str) -> bool:
    """Whether a short word may be the end of one and the beginning of another (失能评估 holds no
    能评), or letters of a longer name, or says only what sort of firm asks (仿制药企业)."""
    letters = re.escape(word)
    if re.search(rf"{letters}(?:的|生产|研发|经营)?(?:企业|公司|厂家|药厂)", text):
        return True
    if word.isascii():
        return re.search(rf"(?<![A-Za-z]){letters}(?![A-Za-z])", text) is None
    places = [m.span() for m in re.finditer(letters, text)]
    return len(word) < _NAME and all(
        is_word(text[max(0, start - 1) : start + 1]) or is_word(text[end - 1 : end + 1])
        for start, end in places
    )


def _is_for_everybody(retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether what was found first is a law, and of no trade: 健身房收了年卡钱不开课 is a matter of the law
    on consumers, which speaks of no gym."""
    if not retrieval.hits:
        return False
    title = retriever.index.document(retrieval.hits[0].passage.address.document).title
    named = any(word in title for word in retriever.vocabulary.industries)
    return bool(_LAW.search(title)) and not named and not is_for_a_sector(title, retriever)


def is_beside_the_matter(word: str, retrieval: Retrieval, retriever: Retriever) -> bool:
    """Whether a question only seems to name a thing (手机 in 二手机床), or names it as the trade of who
    asks (我跑网约车的，公积金怎么缴) and what was found is not made for one industry, or what was found is
    a law, which is for all, and no support is asked for."""
    asked = retrieval.query.text
    trade_only = word in retriever.vocabulary.industries and not _SUPPORT.search(asked)
    if trade_only and _is_for_everybody(retrieval, retriever):
        return True
    if word in asked and all(_is_cut(asked, m.span()) for m in re.finditer(re.escape(word), asked)):
        return True
    told = [part for part in parts_of(asked) if part not in asking_parts(asked)]
    own = re.escape(word)
    trade = re.compile(rf"{_DOES}[^，]{{0,2}}{own}|{own}{_FIRM}|连锁{own}")
    if not retrieval.hits or not any(map(trade.search, told)):
        return False
    title = retriever.index.document(retrieval.hits[0].passage.address.document).title
    return "产业" not in title and not is_for_a_sector(title, retriever)


def _is_cut(text: str, span: tuple[int, int]) -> bool:
    """Whether characters that look like a word are the ends of two others: 二手 and 机床."""
    start, end = span
    before, behind = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return end - start == _PAIR and is_word(before) and is_word(behind)


def _is_called_longer(word: str, question: str, found: str) -> bool:
    """Whether a question names a thing by a longer name (数字疗法软件), whose other part the clauses
    have: 数字疗法产品 is that thing."""
    longer = re.search(rf"([\u4e00-\u9fff]{{{_NAME}}}){re.escape(word)}", question)
    return longer is not None and longer[1] in found


def _story(question: str) -> str:
    """The parts of a question that only tell what is with the asker; 公租房申请条件，… is a topic."""
    told = [part for part in parts_of(question) if part not in asking_parts(question)]
    return "\n".join(part for part in told if _TELLS.search(part))
