"""Amounts for one of something, as a clause writes them: 每张床位12000元，护理型每张另增加2000元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.address import Address
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from server.sums.clause_figures import quantity_at
from server.sums.phrases import SENTENCE

__all__ = ["UnitAmount", "Uplift", "caps_in", "unit_amounts", "uplifts_in"]

_EACH = re.compile(
    r"每(?:完成|服务|辅导|诊断|改造|孵化|举办)?(?:1|一)?(?P<unit>千瓦时|千瓦|兆瓦|公里|亩|公顷|吨|立方米|平方米|架次|航次|标箱|箱|人|名|张|个|床|台|辆|套|家|户|次)(?P<per>每[年月日天])?"
)
_ADDED = re.compile(
    r"(?:另|再|额外)(?:给予|分别)?(?:增加|提高|增补|补助|补贴|给予|奖励)?[^，]{0,6}$"
)
_CAP = re.compile(r"(?:不超过|不得超过|最高|最多|上限|封顶)[^，。；\d]{0,8}$")
_LEAST = re.compile(r"(?:不低于|不少于|达到)[^，。；\d]{0,4}$")
_FROM = re.compile(r"(?:[（(]含[）)])?(?:及|或)?以上")
_AT_LEAST = re.compile(r"[\d.]{1,8}[^，。；\d]{1,6}(?:[（(]含[）)])?(?:及|或)?以上$")
_LOOSE = re.compile(r"^(?:按照|[的，,、按对于及和；;。]){1,4}|(?:按照?|给予|分别|为|的){1,4}$")
#: What an amount is multiplied by, behind its case.
_BASE = re.compile(r"的[，,]按照?[^，,、\d]{1,8}$")
#: 每月每平方米6.5元: the month stands first.
_MONTHLY = re.compile(r"[，,]?每个?月\s*$")
#: 第二类、第三类: what stands before the first and behind the last is said of all.
_CLASS_FIRST = re.compile(r"第?(?P<class>[一二三四五甲乙丙丁A-F][类级])")
_CLASS_LAST = re.compile(_CLASS_FIRST.pattern + "$")
_SAME = {"名": "人", "床": "张"}


@dataclass(frozen=True, slots=True)
class UnitAmount:
    """An amount for one of something. ``label`` are the words of its case, ``added`` what comes on
    top of another one, ``least`` from how many on, ``monthly`` each month. ``shared`` are the words
    that all cases of its list have (新能源轻型、中型、重型冷藏车: 新能源冷藏车)."""

    amount: Quantity
    unit: str
    label: str
    added: bool
    monthly: bool
    least: Quantity | None = None
    shared: str = ""


@dataclass(frozen=True, slots=True)
class Uplift:
    """By how much all is raised in a further case: 评为示范机构的，上浮20%."""

    label: str
    share: Quantity


def unit_amounts(address: Address, text: str) -> list[UnitAmount]:
    """The amounts of a clause that are for one of something; none if one of them is not read.

    >>> own = Address.parse("x#art1")
    >>> [(a.label, a.unit, int(a.amount.value)) for a in unit_amounts(own, "甲班、乙班每人每月分别为800元、600元。")]
    [('甲班', '人', 800), ('乙班', '人', 600)]
    """
    found: list[UnitAmount] = []
    for segment in SENTENCE.finditer(text):
        own = list(_of_segment(address, segment[0], segment.start()))
        if any(one is None for one in own):
            return []
        found += [one for one in own if one is not None]
    return found


def _of_segment(address: Address, words: str, at: int) -> Iterator[UnitAmount | None]:
    unit, monthly, added, begun = "", False, False, 0
    quantities = find_quantities(words)
    groups = _grouped(words, [q for q in quantities if q.unit.split("/")[0] == MONEY])
    for group in groups:
        own = words[begun : group[0].start]
        if _LEAST.search(own) or _FROM.match(words[group[-1].end :]):
            # 投资达到500万元的，每家再给予2万元: what is before is a threshold.
            continue
        begun = group[-1].end
        if _CAP.search(own):
            continue
        each = list(_EACH.finditer(own))
        if each:
            unit, monthly = each[-1]["unit"], each[-1]["per"] == "每月"
            monthly = monthly or bool(_MONTHLY.search(own[: each[-1].start()]))
            added = bool(_ADDED.search(own) or _ADDED.search(own[: each[-1].start()]))
        if not unit or any(q.unit != MONEY or q.low is not None for q in group):
            yield None
            continue
        head = _MONTHLY.sub("", own[: each[-1].start()]) if each else own
        labels = _labels(head, len(group))
        if labels is None:
            yield None
            continue
        labels, shared = _told_apart(labels)
        least = next((q for q in quantities if q.unit == _SAME.get(unit, unit)
                      and q.end <= group[0].start and (_LEAST.search(words[: q.start]) or _FROM.match(words[q.end :]))), None)  # fmt: skip
        for label, q in zip(labels, group, strict=True):
            yield UnitAmount(
                quantity_at(address, words, q, at), _SAME.get(unit, unit), label,
                added, monthly,
                quantity_at(address, words, least, at) if least else None, shared,
            )  # fmt: skip


def _grouped(words: str, money: Sequence[Measured]) -> list[list[Measured]]:
    groups: list[list[Measured]] = []
    for q in money:
        beside = groups and words[groups[-1][-1].end : q.start].strip() in ("、", "和", "，")
        if beside:
            groups[-1].append(q)
        else:
            groups.append([q])
    return groups


def _labels(head: str, many: int) -> list[str] | None:
    """The words of each case before amounts; as many as there are amounts."""
    parts = [_LOOSE.sub("", part) for part in re.split(r"[，,]", head)]
    parts = [part for part in parts if part]
    if many == 1:
        # 冷库改扩建的，按照新增库容: what is multiplied is no case where one is told before.
        parts = parts[:-1] if len(parts) > 1 and _BASE.search(head) else parts
        # 单站功率不低于480千瓦的超充站 is 超充站, with a threshold of its own.
        own = _behind_figures(parts[-1]) if parts else ""
        return [own.rsplit("、", 1)[-1]]
    for part in reversed(parts):
        names = [_LOOSE.sub("", name) for name in re.split("、|和|以?及", part)]
        if len(names) == many and all(names):
            # 到本市企业就业的博士、硕士: what is said of all stands before the first.
            first = names[0].rsplit("的", 1)[-1] if len(names[0]) > 8 else names[0]
            return [first or names[0], *names[1:]]
    return None


def _told_apart(names: list[str]) -> tuple[list[str], str]:
    """The names of a list without the words that they share: those before the first one's own and
    behind the last one's.

    >>> _told_apart(["新能源轻型", "中型", "重型冷藏车"])
    (['轻型', '中型', '重型'], '新能源冷藏车')
    >>> _told_apart(["首次取得第二类", "第三类医疗器械注册证"])
    (['二类', '三类'], '首次取得医疗器械注册证')
    """
    first, last = _CLASS_LAST.search(names[0]), _CLASS_FIRST.match(names[-1])
    between = [_CLASS_FIRST.fullmatch(name) for name in names[1:-1]]
    if len(names) > 1 and first and last and all(between):
        classes = [first, *(m for m in between if m), last]
        return [m["class"] for m in classes], names[0][: first.start()] + names[-1][last.end() :]
    own = min(map(len, names))
    if len(names) < 2 or own < 2:
        return names, ""
    cores = [names[0][-own:], *names[1:-1], names[-1][:own]]
    if len({core[-1] for core in cores}) > 1:
        return names, ""
    return cores, names[0][:-own] + names[-1][own:]


def _behind_figures(words: str) -> str:
    """What is said behind the last figure and the 的 that follows it, else all; before the figure,
    where nothing is behind it but that more is meant (库容1万立方米以上)."""
    last = max((at for at, one in enumerate(words) if one.isdigit()), default=-1)
    place = words.find("的", last) if last >= 0 else -1
    if place < 0 and (least := _AT_LEAST.search(words)):
        return words[: least.start()]
    return words[place + 1 :] if place >= 0 else words


def caps_in(
    address: Address, text: str, amounts: Sequence[UnitAmount]
) -> list[tuple[Quantity, bool]] | None:
    """The limits in money on some amounts of a clause, each with whether it is yearly.

    A limit behind amounts in its own sentence part is for those; None where it is for some only.
    """
    found = []
    every = [a.amount.span.start for a in unit_amounts(address, text)]
    used = [a.amount.span.start for a in amounts]
    for segment in SENTENCE.finditer(text):
        words = segment[0]
        for q in find_quantities(words):
            before = re.split("[，,]", words[: q.start])[-1]
            if q.unit == MONEY and _CAP.search(before):
                own = [at for at in every if segment.start() <= at < segment.end()]
                if own and not any(at in own for at in used):
                    continue
                if own and not all(at in own for at in used):
                    return None
                yearly = bool(re.search(r"每年|年度|全年|当年", before))
                found.append((quantity_at(address, words, q, segment.start()), yearly))
    return found


def uplifts_in(address: Address, text: str) -> list[Uplift]:
    """By how much a clause raises all of it in further cases."""
    found = []
    for match in re.finditer(
        r"(?P<label>[^，。；\d]{2,20}?)的?[，,](?:在[^，。；]{0,14}基础上)?(?:再)?上浮(?P<share>\d{1,3}%)",
        text,
    ):
        span = Span(address, match.start("share"), match.end("share"), match["share"])
        value = find_quantities(match["share"])[0].value
        found.append(Uplift(match["label"], Quantity(value, "%", span)))
    return found
