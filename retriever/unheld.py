"""What a question names that the clauses found know nothing of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import groupby

from indexer.lexical import terms
from retriever.parts import parts_of

__all__ = [
    "is_loosely_held",
    "longest_unheld",
    "names_money",
    "names_unheld_latin",
    "names_unheld_payment",
    "without_having",
]

#: Longer stretches than this say no more.
_LONG = 5
#: Pairs of neighbours that make a part of a story one that can be known.
_LEAST = 2
#: Characters before a word for money that say what it is for.
_FOR = 3
#: Characters of a name that says what a cost is of.
_NAME = 4
#: Characters before it that are looked at.
_FAR = 12
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NO_HAN = re.compile(r"[^\u4e00-\u9fff]")
#: What is done with money, or who gives it, says not what it is for.
_NOT_FOR = re.compile(
    r"^[领拿给发交享有能缴报出付先再补去来要申请还]{1,6}$"
    r"|(?:政府|国家|以前|之前|此前|从前|一分钱|[一两二三四每这那前后头][段期轮批块年季次回档]|[一每半两]个?[天日月年季周次餐顿度件户家人]|一次性|相关|专项|别|其[他它余]|另外?|第?[一二两三]笔|[一二两三首再]次|前述|上述){1,3}的?$"
    r"|(?:获批|申[请报]|获得|取得|享受|报销|[申才来再]领|领取|拿到|[这那该此]?[一几两]?[档类种项个笔样]|[哪几][几一]?[样种类项]?)的?$"
    # 补贴 behind 补贴 is named once more.
    r"|(?:奖励|补[贴助]|资助)$"
)
#: 能用上的补助, 可以沾到的奖励; 节能, 新能源 and 可再生 are words of the matter.
_CAN_HAVE = re.compile(
    r"(?:(?<![节储功性智产赋职技光热效])能(?![源量耗级效力])|可以?(?![再持研])|[会该])够?[\u4e00-\u9fff]{0,3}?"
    r"[上到着得下拿领享受有]的?(?=奖|补|津贴|资助|[^，,。]{0,2}费)"
)
#: What somebody is paid may be called an income.
_PAY = ("收入", "薪")
#: Words in Latin letters; III of III期 is a number.
_STAGE = re.compile(r"[A-Z]?[IVX]{1,4}(?=期)")
_LATIN = re.compile(r"(?<![A-Za-z])(?![IVX]+(?![A-Za-z]))[A-Za-z]{2,}+")
#: Classes told by their letters: ABC三类 are A类, B类 and C类.
_CLASSES = re.compile(
    r"(?<![A-Za-z])([A-Z]{2,6})(?:这|共)?[二两三四五六\d]?个?([类档级等])(?![A-Za-z])"
)
#: Words for money: a cost is named by one word (电费), a support by what stands before it.
_MONEY = re.compile(
    r"(?P<cost>(?<![浪消免收缴付交退自公计减花使经耗])费(?![用率])|(?<![免报退交缴纳减逃])税(?![前后务])|券|(?<![欠讨带高])薪)"
    r"|(?P<word>工资|津贴|保险金)|奖励|补贴|补助|资助|奖金|费用|基金"
)


def longest_unheld(text: str, found: str) -> float:
    """Return the characters of the longest stretch of which the clauses say no two neighbours.

    A thing that they do not know (动力电池) is longer than what is only put otherwise. Of a story
    the part counts that the clauses know best: the asker's own case need stand in none.
    """
    held = frozenset(terms(found))
    return min(
        (_stretch(p, held) for p in parts_of(text) if _pairs(p) >= _LEAST),
        default=_stretch(text, held),
    )


def _pairs(text: str) -> int:
    return sum(len(run) - 1 for run in _HAN.findall(text))


def _stretch(text: str, held: Set[str]) -> float:
    longest = 0
    for run in _HAN.findall(text):
        place = 0
        for known, pairs in groupby(run[i : i + 2] in held for i in range(len(run) - 1)):
            count = len(list(pairs))
            if not known:
                # A character beside a known pair is known too.
                first, last = place == 0, place + count == len(run) - 1
                longest = max(longest, count - 1 + first + last)
            place += count
    return float(min(longest, _LONG))


def names_unheld_latin(
    text: str, found: str, called: Callable[[str], Sequence[str]] = lambda word: (word,)
) -> bool:
    """Whether a text names a thing in Latin letters (FDA) that the clauses do not.

    ``called`` gives the other names of a word: who says 人工智能 knows AI.

    >>> names_unheld_latin("FDA 检查", "GMP车间"), names_unheld_latin("ABC三类人才", "A类、B类、C类")
    (True, False)
    """
    # Ⅲ期 is III期; 创新药AIII期 has a letter of the asker's own.
    text = _CLASSES.sub(lambda match: _each_class(match, found), _STAGE.sub(" ", text))
    folded = unicodedata.normalize("NFKC", found).casefold()
    # A thing is written with a capital; typed syllables (gxq) are not.
    words = [w for w in _LATIN.findall(text) if w != w.lower() or not _HAN.search(text)]
    return any(all(name.casefold() not in folded for name in called(word)) for word in words)


def _each_class(match: re.Match[str], found: str) -> str:
    """Nothing, where a text has every class of those named together; else the words as they are."""
    return "" if all(letter + match[2] in found for letter in match[1]) else match[0]


def is_loosely_held(names: Iterable[str], text: str) -> bool:
    """Whether a text has one of some names, or one with a character more between two of its own.

    >>> is_loosely_held(["慢病"], "门诊慢特病"), is_loosely_held(["手机"], "门诊慢特病")
    (True, False)
    """
    return any(re.search(r"[\u4e00-\u9fff]?".join(map(re.escape, name)), text) for name in names)


def without_having(text: str) -> str:
    """Return a text without what says of money that one can have it: 能用上的补助 is 补助."""
    return _CAN_HAVE.sub(" ", text)


def names_money(text: str) -> bool:
    """Whether a text names money."""
    return _MONEY.search(text) is not None


def names_unheld_payment(text: str, found: str) -> bool:
    """Whether a text names money for something that the clauses do not speak of.

    >>> names_unheld_payment("算力券", "给予补贴"), names_unheld_payment("装修补贴", "装修费用")
    (True, False)
    """
    held = frozenset(terms(found))
    return any(_is_unheld(text, match, found, held) for match in _MONEY.finditer(text))


def _is_unheld(text: str, money: re.Match[str], found: str, held: Set[str]) -> bool:
    run = _NO_HAN.split(text[max(0, money.start() - _FAR) : money.start()])[-1]
    before = _NOT_FOR.sub("", run)[-_FOR:]
    if not before:
        return False
    if money["cost"]:
        # 社会保险费 is of 社会保险, 电费 is of 用电.
        whole = len(run) >= _NAME and run[-_NAME:] in found
        known = money[0] == "费" and (whole or f"用{before[-1]}" in held)
        # 研发费 is 研发投入费用.
        of = rf"{re.escape(run[-2:])}[\u4e00-\u9fff]{{1,4}}{money[0]}"
        known = known or (len(run) > 1 and re.search(of, found) is not None)
        return not known and before[-1] + money[0] not in held
    if money["word"]:
        same = _PAY if money[0] == "工资" else ()
        return not any(word in found for word in (money[0], *same))
    pairs = [before[i : i + 2] for i in range(len(before) - 1)]
    return bool(pairs) and not any(pair in held for pair in pairs)
