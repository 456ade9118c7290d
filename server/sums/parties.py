"""Several companies, each with figures of its own: 甲公司投了1200万，乙公司投了3000万，各补多少. Each is a case of
its own, for a limit on one company holds for each of them and not for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indexer.entitlements.quantities import MONEY, find_quantities
from server.answer import Calculation, Step
from server.sums.facets import kinds_of_base
from server.sums.facts import Fact
from server.sums.money import written
from server.sums.result import Sum, unique
from server.sums.working import Working
from server.sums.written_out import spelt_out

__all__ = ["Party", "each_party", "parties_of"]

_PHRASE = re.compile(r"[^，,。；;：:！!？?\n]+[，,。；;：:！!？?\n]?")
#: Who it is; 甲类 and A级 are no companies, nor is what one company has several of (甲项目).
_COMPANY = r"(?:家|厂|公司|企业|药企|医院|院(?!内)|店|方|机构|单位)"
_NAMED = re.compile(
    rf"\s*(?P<name>[甲乙丙丁A-D]{_COMPANY}|(?:其中|另外?|还有)?[一1](?:家|户)(?!人)|第[一二三四][家户])"
)
#: 甲 alone is a company where the question says before that there are several.
_BARE = re.compile(r"\s*(?P<name>[甲乙丙丁])(?![类级等档款项品药证型号项目课题方案])")
_SEVERAL = re.compile(
    r"(?:[两二三四2-4]|几)(?:家|户|个(?:公司|企业|厂|单位)|所(?:医院|学校))[\u4e00-\u9fff]{0,8}?都?"
)
#: What is asked of all of them.
_ASKED = re.compile(
    r"各|分别|哪[一]?[家个户]|每[家户]|一共|总共|合计|加起来|合起来|多少|几[万元个]"
)
_TOGETHER = re.compile(r"一共|总共|合计|加起来|合起来|加在一起|拢共")
_EACH = re.compile(r"各自?|分别|哪[一]?[家个户]|每[家户]")
#: Somebody else is asked about too.
_US = re.compile(
    r"(?:我们?|咱们?|自己)(?:公司|企业|厂)?(?:、|和|跟|与|加)|(?:、|和|跟|与|加)(?:我们|咱们|自己)"
)
#: With whom the asker deals: what is given is the asker's, whatever came from each.
_DEALS = re.compile(
    r"(?:我们?|咱们?|我司|本公司|公司)[^。；;！!？?]{0,20}(?:委托|采购|[买卖供签投]|代工|代生产|承接|服务|出租|合作|客户|帮)"
)
_FIGURES = re.compile(
    r"[\d.,]+\s?[百千]?[万亿]?[元块]?|[一二两三四五六七八九十百千]{1,9}[万亿][元块]?"
)
_WORDS = re.compile(r"[\u4e00-\u9fff]")
_FEW = 2


@dataclass(frozen=True, slots=True)
class Party:
    """One company: what it is called, the question as if it were on this one alone, its figures."""

    name: str
    question: str
    facts: tuple[Fact, ...]


def parties_of(question: str, facts: Sequence[Fact]) -> list[Party]:
    """The companies that a question tells apart by figures of their own; none where it does not.

    >>> from server.sums.facts import stated_facts
    >>> asked = "两家药企，甲厂投了980万，乙厂投了1000万，各给多少"
    >>> [(p.name, p.question) for p in parties_of(asked, stated_facts(asked))]
    [('甲厂', '药企，投了980万，给多少'), ('乙厂', '药企，投了1000万，给多少')]
    """
    question = spelt_out(question)
    lead, tail, own = _parted(question)
    if len(own) < _FEW or _US.search(tail[2]) or _DEALS.search(lead):
        return []
    parties: list[Party] = []
    first = ""
    for name, spans in own.items():
        said = "".join(question[start:end] for start, end in spans)
        places = [(0, len(lead)), *spans, tail[:2]]
        kept = [f for f in facts if any(a <= f.start < b for a, b in places)]
        kept = [f for f in kept if not (f.is_count and _SEVERAL.match(f.written))]
        if first and _is_short(first, said):
            said = f"{_FIGURES.sub('', first).rstrip('，,。；;')}，{said}"
            kept = _called_as(parties[0].facts, kept)
        first = first or said
        text = _SEVERAL.sub("", lead) + said + _EACH.sub("", tail[2])
        parties.append(Party(name, _TOGETHER.sub("", text), tuple(kept)))
    if any(map(find_quantities, own)) and len(parties) == _FEW:
        # 一家 in a line would be read as a figure.
        parties = [replace(p, name=name) for p, name in zip(parties, ("前者", "后者"), strict=True)]
    amounts = [any(f.unit == MONEY or not f.is_count for f in p.facts) for p in parties]
    return parties if all(amounts) else []


def _is_short(first: str, said: str) -> bool:
    """Whether the words on another one say no more than an amount: 乙公司花了900万 behind
    甲公司研发花了500万."""
    there, own = (set(_WORDS.findall(_FIGURES.sub("", text))) for text in (first, said))
    return own < there or bool(kinds_of_base(first) and not kinds_of_base(said))


def _called_as(first: Sequence[Fact], facts: Sequence[Fact]) -> list[Fact]:
    """Figures called as those of the first one are, where they have the same units."""
    if [f.unit for f in first] != [f.unit for f in facts]:
        return list(facts)
    pairs = zip(first, facts, strict=True)
    return [replace(f, words=one.words.replace(one.written, f.written)) for one, f in pairs]


def _parted(
    question: str,
) -> tuple[str, tuple[int, int, str], dict[str, list[tuple[int, int]]]]:
    """What is said of all before, what is asked behind, and where each one's own stands."""
    own: dict[str, list[tuple[int, int]]] = {}
    lead, current, end = len(question), "", len(question)
    several = False
    for match in _PHRASE.finditer(question):
        named = _NAMED.match(match[0]) or (_BARE.match(match[0]) if several else None)
        if named and not _asks(match[0]):
            current = named["name"]
            lead = min(lead, match.start())
            own.setdefault(current, []).append((match.start() + named.end(), match.end()))
        elif current and (_asks(match[0]) or match[0].strip("，, ")[:1] in "都全"):
            end = match.start()
            break
        elif current:
            own[current].append(match.span())
        several = several or bool(_SEVERAL.search(match[0]))
    return question[:lead], (end, len(question), question[end:]), own


def _asks(phrase: str) -> bool:
    return bool(_ASKED.search(phrase))


def each_party(parties: Sequence[Party], sums: Sequence[Sum | None], question: str) -> Sum | None:
    """The sum of each, and of all where a question asks for it; none unless all are worked out."""
    found = [s for s in sums if s is not None and s.calculation.result is not None]
    together = bool(_TOGETHER.search(question))
    open_ = any(s.high not in (None, s.calculation.result) for s in found)
    if len(found) < len(parties) or (together and open_):
        return None
    parts = [s.calculation for s in found]
    steps = [
        Step(f"{party.name}：{step.text}", step.addresses)
        for party, part in zip(parties, parts, strict=True)
        for step in part.steps
    ]
    names = zip(parties, parts, strict=True)
    display = "；".join(f"{party.name}{part.display}" for party, part in names)
    working = Working()
    total = max(part.result or Decimal(0) for part in parts)
    if together:
        total = working.plus([part.result or Decimal(0) for part in parts])
        most = "最高" if any(part.display.startswith("最高") for part in parts) else ""
        display = f"{most}{written(total, MONEY)}（{display}）"
    return Sum(
        Calculation(
            total, MONEY, display, (*steps, *working.steps),
            tuple(dict.fromkeys(cap for part in parts for cap in part.caps)),
            tuple(dict.fromkeys(text for part in parts for text in part.assumptions)),
        ),
        unique([span for s in found for span in s.sources]),
    )  # fmt: skip
