"""What the numbers of several classes of a clause come to, where a question names them and asks for
their total: 百亿级企业3家、50亿级企业5家、10亿级企业10家 are 18家."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.address import Address
from corpus.numerals import read_numeral
from indexer.clause_index import ClauseIndex
from indexer.entitlements.entitlement import Span
from retriever.query import Retrieval
from server.sums.likeness import is_named_in
from server.sums.money import written
from server.sums.result import Sum, worked_alone
from server.sums.working import Working

__all__ = ["classes_counted"]

_TOTAL = re.compile(r"总数|总共|一共|合计|加起来|加拢|加在一起|共计|合起来|一起")
_COUNT_ASKED = re.compile(r"(?:多少|几)(?P<unit>[家个名项所张座条])|总数(?:是|有)?多少")
_ITEM = re.compile(
    r"(?P<name>[^，。；、：:\n]{2,24}?)(?P<count>\d{1,6})\s?(?P<unit>[家个名项所张座条])(?=[，。；、和及以]|$)"
)
_SCALE = re.compile(
    r"(?<![零一二三四五六七八九十百千\d])(?P<n>[零一二三四五六七八九十百千\d]{1,12})(?=[亿万])"
)
_NAMED_SCALE = re.compile(r"(?<!\d)\d{1,9}[亿万]")
#: 独角兽不算: what is named and does not count.
_LEFT_OUT = re.compile(r"不算|不含|不包括|除外|不计|不要")
_PART = re.compile(r"[^，,。；;（）()？?]+")
#: A class is named where as many pairs of its characters are said.
_CALLED = 0.4
#: The end of a name that tells a class from the others, in characters.
_TAIL = 6


@dataclass(frozen=True, slots=True)
class _Class:
    """A class with its number and the characters that say it."""

    name: str
    count: Decimal
    unit: str
    span: Span


def classes_counted(retrieval: Retrieval, index: ClauseIndex) -> Sum | None:
    """The total of the classes that a question names, of one sentence of the clause that fits best.

    None unless it asks for a total of things and names at least two classes, all of one unit.
    """
    question = retrieval.understanding.text
    asked = _COUNT_ASKED.search(question)
    if not asked or not _TOTAL.search(question) or not retrieval.hits:
        return None
    address = retrieval.hits[0].passage.address
    text = index.clause(address)[1].text
    for sentence in re.finditer(r"[^。；\n]+", text):
        every = _classes(address, sentence)
        # 四样加起来 is all of a sentence that has four.
        all_ = _said_number(question) == len(every) and not _LEFT_OUT.search(question)
        named = every if all_ else [c for c in every if _is_named(c.name, question)]
        units = {c.unit for c in named}
        if len(named) > 1 and len(units) == 1 and _alike(asked["unit"], named[0].unit):
            return _added(named)
    return None


def _said_number(question: str) -> int:
    """How many kinds a question says that it adds up; 0 where it does not say."""
    match = re.search(r"(?P<n>[二两三四五六七八九])(?:样|类|项|档|种|者)", question)
    return read_numeral(match["n"]) if match else 0


def _alike(asked: str | None, unit: str) -> bool:
    """Whether things are counted as they are asked for: 机构10个 are 几家."""
    return asked in (None, unit) or {asked, unit} == {"个", "家"}


def _classes(address: Address, sentence: re.Match[str]) -> list[_Class]:
    start = sentence.start()
    return [
        _Class(
            match["name"],
            Decimal(match["count"]),
            match["unit"],
            Span(address, start + match.start("count"), start + match.end("unit"),
                 sentence[0][match.start("count") : match.end("unit")]),
        )
        for match in _ITEM.finditer(sentence[0])
    ]  # fmt: skip


def _is_named(name: str, question: str) -> bool:
    """Whether a question names a class, by its scale (50亿级) or the end of its name, and counts it.

    >>> _is_named("培育产值百亿级企业", "百亿、五十亿两档一共多少家（独角兽不算）")
    True
    >>> _is_named("培育行业独角兽企业", "百亿、五十亿两档一共多少家（独角兽不算）")
    False
    """
    own, asked = _in_digits(name), _in_digits(question)
    scale = _NAMED_SCALE.search(own)
    key = (
        scale[0] if scale else re.sub(r"(?:企业|机构|平台|项目|产品|园区|中心)$", "", own)[-_TAIL:]
    )
    pattern = re.compile(rf"(?<!\d){re.escape(key)}" if scale else re.escape(key[-3:]))
    # What the brackets leave out is a part of its own.
    parts = [
        part
        for part in _PART.findall(asked)
        if pattern.search(part) or (not scale and is_named_in(own, part, _CALLED))
    ]
    return bool(parts) and not any(_LEFT_OUT.search(part) for part in parts)


def _in_digits(text: str) -> str:
    """五十亿 as 50亿, 百亿 as 100亿."""
    return _SCALE.sub(lambda m: str(read_numeral(m["n"])), text)


def _added(named: Sequence[_Class]) -> Sum:
    working, unit = Working(), named[0].unit
    total = sum((c.count for c in named), Decimal(0))
    terms = " + ".join(written(c.count, unit) for c in named)
    working.says(f"{terms} = {written(total, unit)}", *(c.span for c in named))
    return worked_alone(total, unit, "", working)
