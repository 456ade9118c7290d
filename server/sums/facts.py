"""What a question states of its case: amounts, areas, persons, counts, each with its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from indexer.entitlements.quantities import MONEY, Measured, find_quantities
from retriever.followup import is_supposed
from server.sums.age import FOUNDED
from server.sums.carried_names import carried_names
from server.sums.each_of import of_each
from server.sums.facets import conflict, facets_of
from server.sums.fact import COUNTED, LEFT_OUT, Fact, is_price
from server.sums.names_behind import DOES, names_behind
from server.sums.persons.as_persons import as_persons
from server.sums.phrases import PHRASE
from server.sums.steps_named import names_a_step
from server.sums.told_apart import told_apart
from server.sums.totals import without_totals
from server.sums.unit_meant import unit_meant
from server.sums.written_out import spelt_out

__all__ = ["COUNTED", "DOES", "THINGS", "Fact", "facts_of_case", "stated_facts"]

#: What the asker takes the policy to grant; 领过65万元 is what somebody has received.
_CLAIMED = re.compile(
    r"(?:补|奖励?|给|拿|领|报(?!酬)|(?<![获取所])得(?![投花买交付])|封顶|上限是?|最高)(?![过了到])\S{0,1}$"
)
#: What the asker says to have received already (已享受其他补助90万元) is no claim.
_RECEIVED = re.compile(
    r"领[过了]|(?<!研)发[了过]|拿[过了到]|得过|享受[过了]|已经?(?:享受|获|领|拿)|别处|其他补|别的补"
)
#: Behind it some of what was stated before.
#: 其中500万是二手设备、100万是运费: what a figure is stands behind it.
_GOES_ON = re.compile(r"(?:(?:是|为|属于)[^，。；、]{1,16})?[、和及与]")
_TAX = re.compile(r"^[（(][^（）()]{0,8}[）)]")
#: Behind it what a part is that counts apart: 有600万是关联企业的.
_IS_NOT = re.compile(r"[块元]{0,2}(?:钱)?(?:是|属于|没|不|来自|出自|[卖做]给)")
#: 备案了九个、卖出去的有七个.
_SOME = re.compile(r"[了过出去到好成]的[只仅才]?有$")
#: 集团的300万也算在里头.
_WITHIN_IT = re.compile(
    r"[块元]?(?:钱)?[也都]?是?(?:算|包?含|包括|计)(?:进|在)?(?:里[头面]|其中|[内进])"
)
_IS = re.compile(r"[块元]{0,2}(?:钱)?(?:是|为|属于|算)")
_PART = re.compile(
    r"其中|(?<![家屋市省县镇乡村厂园区])里[面头]|当中|(?<=[证药品种件张个项])[里中]$|(?:只有|仅有?|真正)$"
)
#: Things that are what is left of those counted before.
_REST = re.compile(r"另外|其余|剩下|剩余|其他|余下|另")
#: Names of things that end like this stand before their number: 三类证1个.
THINGS = re.compile(r"(?:证书?|药物?|产品|品种|项目|批文|文号|器械|设备|平台|疫苗)$")
_NO_THING = re.compile(
    r"一共|总共|合计|加|人(?!工智能|才)|叫|月|是多|能|都|全[都部给拿]|各自|钱|事(?!业|故|项)|问题|疑问|方面"
)
#: 今年前4个月 says which months, not how many something is given for.
_OF_A_YEAR = re.compile(r"(?:今|去|上|当|本|明|\d)年(?:的)?[前头]$")
#: 25年的文件 is of 2025; 分两年报, 两年分开报 say when somebody applies, not for how long; 三年行动计划
#: is the name of a text, where 三年计划投资 is none.
_NO_SPAN = re.compile(
    r"年(?:度)?(?:的?(?:文件|政策|措施|办法|规定|通知|版)|(?:里|内)?(?:分开|错开|分头)|(?:行动|建设|发展|攻坚|提升|倍增|培育|滚动|工作){0,2}(?:计划|规划|方案)(?![投建招引购租用支花买期内]))"
)
#: 一年期LPR is the name of a rate; 后两年 and 上一年 say which years.
_WHICH_YEAR = re.compile(r"后$|(?<![干做住租用待交缴])上$")
_TERM = re.compile(r"期(?![限间内])")
_APART = re.compile(r"分(?:成|作|开)?$")
#: By when something was done (半年内实缴2亿), not for how long anything is given.
_WITHIN = re.compile(
    r"(?:之|以)?内[^，。；\d]{0,3}(?:实缴|到位|到账|投产|完成|建成|竣工|达到|出资|注册|落地|购置|买|招)"
)
#: 一家托育园180个托位: what holds the things that are counted.
_HOLDS = re.compile(
    r"[一1](?:[家所座][\u4e00-\u9fff“”]{2,16}|个[\u4e00-\u9fff“”]{1,15}[园站场院厂店库馆楼点心地构司业])"
)
#: 两块 counts shares, it is no money.
_PIECES = re.compile(r"[一二两三四五六七八九]块")
#: A figure between two (二三十万, 五六百万) is none to work with.
_VAGUE = re.compile(
    r"(?:[十百]几|几)(?=[一二三四五六七八九]十)|[一二两三四五六七八九][二三四五六七八九][十百千万亿]|[十百千万]几|几[十百千万]|\d[十百千]?多[万亿个]"
)
#: 全国同品种前三家 says which one, not how many.
_RANK = re.compile(r"(?<![以之此目先])前$")
#: 二次报销 is the name of something.
_SECOND = re.compile(r"[二两2]次(?:报|补|救|付)")


def stated_facts(question: str) -> tuple[Fact, ...]:
    """Read the figures of a question, in their order.

    >>> [(f.written, f.words) for f in stated_facts("国内那份交了72万元，海外那份交了260万元")]
    [('72万元', '国内那份交了72万元'), ('260万元', '海外那份交了260万元')]
    """
    question = spelt_out(question)
    facts: list[Fact] = []
    for match in PHRASE.finditer(question):
        phrase = match[0]
        quantities = [q for q in find_quantities(phrase) if _is_fact(phrase, q)]
        for place, q in enumerate(quantities):
            start = quantities[place - 1].end if place else 0
            end = quantities[place + 1].start if place + 1 < len(quantities) else len(phrase)
            behind = place and names_behind(phrase, quantities[place - 1], q, end)
            last = place + 1 == len(quantities)
            words = phrase[q.start : end] if behind else _words(phrase, start, q, end, last)
            bare = not re.search(r"[\u4e00-\u9fffA-Za-z]", words.replace(_written(phrase, q), ""))
            received = place and re.fullmatch(r"[、和及与]", phrase[start : q.start])
            if facts and (bare or (received and _RECEIVED.search(facts[-1].words))):
                # 900万元和400万元: the second one is of what the first is; 领过20万元和30万元补助.
                words = facts[-1].words
            facts.append(
                Fact(
                    q.value,
                    unit_meant(phrase, q),
                    words,
                    _written(phrase, q),
                    match.start() + q.start,
                    _is_past(phrase, q),
                    part=_is_part(phrase, quantities, place, facts)
                    or bool(place and facts[-1].part and _goes_on(phrase, start, q, words)),
                    of_one=q.unit == MONEY and is_price(phrase[start : q.start], phrase[q.end :]),
                    vague=bool(_VAGUE.search(phrase[max(0, q.start - 2) : q.end])),
                )
            )
    return _with_regions(carried_names(_told(facts, question), question), question)


def _is_part(
    phrase: str, quantities: Sequence[Measured], place: int, before: Sequence[Fact]
) -> bool:
    """Whether a figure is some of what is stated before: 其中200万, 其中一台200万的, 有600万是….

    A count right before an amount only says of how many things it is.
    """
    q, first = quantities[place], place
    while first and phrase[quantities[first - 1].end : quantities[first].start] == "":
        first -= 1
    lead = phrase[quantities[first - 1].end if first else 0 : quantities[first].start]
    if _PART.search(lead):
        return True
    more = any(f.unit == q.unit and f.value > q.value for f in before)
    if more and _WITHIN_IT.match(phrase, q.end):
        return True
    told = _IS_NOT.match(phrase, q.end) or (q.unit in COUNTED and _SOME.search(lead))
    return more and lead.endswith("有") and bool(told)


def _goes_on(phrase: str, start: int, q: Measured, words: str) -> bool:
    """Whether a figure is one more part behind one: 其中土地800万元、厂房700万元; 里头500万是二手机器、
    100万是运费."""
    joined = _GOES_ON.match(_TAX.sub("", phrase[start : q.start]))
    return bool(joined and (_IS.match(phrase, q.end) or LEFT_OUT.search(words)))


def facts_of_case(question: str, latest: str) -> tuple[Fact, ...]:
    """The figures of a question that ends with a follow-up, ``latest``: those of another case take
    the place of those before it. It is one where it is supposed (那三期花4000万呢), or where its
    figure is of another stage or kind.

    >>> [f.written for f in facts_of_case("二期花了1800万，能补多少？三期花了3000万", "三期花了3000万")]
    ['3000万']
    """
    facts, own = stated_facts(question), stated_facts(latest)
    before, supposed = facts[: max(0, len(facts) - len(own))], is_supposed(latest)

    def replaced(fact: Fact) -> bool:
        named = facets_of(fact.words)
        alike = [other for other in own if other.unit == fact.unit]
        return any(supposed or conflict(facets_of(other.words), named) for other in alike)

    return tuple(fact for fact in facts if fact not in before or not replaced(fact))


def _with_regions(facts: Sequence[Fact], question: str) -> tuple[Fact, ...]:
    placed = []
    for fact in facts:
        later = [f for f in facts if f.unit == fact.unit and f.start > fact.start]
        region = question[fact.start : _begins(later[0], question) if later else None]
        if fact.part:
            # What a part is goes on over other figures: 其中400万元是单台不到30万的设备.
            phrase = PHRASE.match(question, fact.start)
            region = phrase[0] if phrase else region
        placed.append(replace(fact, region=region))
    return tuple(placed)


def _begins(fact: Fact, question: str) -> int:
    """Where what is said of a figure begins: before it, where the things that it counts are named
    there (三类证1个)."""
    before = fact.before
    named = fact.is_count and THINGS.search(before) and question[: fact.start].endswith(before)
    return fact.start - len(before) if named else fact.start


def _is_fact(phrase: str, q: Measured) -> bool:
    """Whether a figure is of the case: not of shares (两块), nor of what the asker takes the
    policy to say (不是补1000块、封顶500万吗)."""
    before = phrase[: q.start]
    if _PIECES.fullmatch(phrase[q.start : q.end]) or (q.unit == "平方米" and q.value == 1):
        return False
    if q.unit in ("年", "月") and (_OF_A_YEAR.search(before) or _WITHIN.match(phrase, q.end)):
        return False
    if q.unit == "年" and (_NO_SPAN.match(phrase, q.end - 1) or _APART.search(before)):
        return False
    if phrase[q.start : q.end] == "一年" and before.endswith("前"):
        return False
    if q.unit == "年" and (_TERM.match(phrase, q.end) or _WHICH_YEAR.search(before)):
        return False
    if (q.unit in ("家", "人") and _RANK.search(before)) or _SECOND.match(phrase, q.start):
        return False
    if q.unit == MONEY and names_a_step(phrase, q):
        return False
    claimed = _CLAIMED.search(before) and not _RECEIVED.search(before)
    return not (q.unit == MONEY and claimed)


def _is_past(phrase: str, q: Measured) -> bool:
    before = phrase[: q.start]
    behind = re.search(
        r"(?:(?<![发拿领补享租])满|已经?(?:租满)?|了)\s*$", before
    ) and not re.search(r"[再还]\S{0,3}$", before)
    return q.unit in ("年", "月", "日") and bool(behind or FOUNDED.search(before))


def _words(phrase: str, start: int, q: Measured, end: int, last: bool) -> str:
    """The words of one figure among several: what is counted follows, what is measured precedes."""
    before, own, after = phrase[start : q.start], phrase[q.start : q.end], phrase[q.end : end]
    if not last:
        after = re.split(r"[、和及与]", after)[0]
    if q.unit in COUNTED:
        after = "" if after[:1] in ("(", "（") else after
        before = re.split(r"[、和及与]", before)[-1] if start else before
    return re.sub(r"^[、和及与，)）]+", "", before).lstrip() + own + after


def _written(phrase: str, q: Measured) -> str:
    return re.sub(r"\s", "", phrase[q.start : q.end])


def _without_markers(facts: Sequence[Fact], question: str) -> list[Fact]:
    """Leave out 一个 in 一个1.2亿元 and 一张 of 两张…一张…另一张, which tell things apart."""
    kept: list[Fact] = []
    for place, fact in enumerate(facts):
        after = question[fact.start + len(fact.written) :]
        behind = facts[place + 1] if place + 1 < len(facts) else None
        if fact.is_count and behind and after.startswith(behind.written) and behind.unit == MONEY:
            continue
        if behind and _HOLDS.fullmatch(question[fact.start : behind.start]) and behind.is_count:
            continue
        if fact.is_count and fact.value == 1 and re.search(r"多少|几|哪", fact.words):
            # 这一个品种能奖多少 speaks of what was said before.
            continue
        fact = as_persons(fact, after)
        if fact.is_count and _NO_THING.match(after):
            continue
        kept.append(fact)
    return of_each(_parts(told_apart(kept, question), question))


def _parts(facts: list[Fact], question: str) -> list[Fact]:
    """Take a smaller count that a phrase begins with for a part of the one before: 三张二类证，
    一张走了创新审批."""
    marked: list[Fact] = []
    for fact in facts:
        begins = fact.start > 0 and question[fact.start - 1] in "，,；;、"
        whole = [f for f in marked if f.unit == fact.unit and not f.part and f.value > fact.value]
        does = DOES.match(question, fact.start + len(fact.written))
        if fact.is_count and begins and whole and does:
            fact = replace(fact, part=True)
        elif whole and _is_rest(fact, whole[-1], marked):
            continue
        marked.append(fact)
    return marked


def _is_rest(fact: Fact, whole: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a count is what is left of the things counted before: 3张…1张走了…，另外2张没走."""
    parts = [f.value for f in facts if f.part and f.unit == fact.unit and f.start > whole.start]
    left = whole.value - sum(parts, Decimal(0))
    return bool(parts) and left == fact.value and bool(_REST.match(fact.words))


def _told(facts: Sequence[Fact], question: str) -> list[Fact]:
    """Figures without those that add up others or only tell them apart."""
    return without_totals(_without_markers(without_totals(facts), question))
