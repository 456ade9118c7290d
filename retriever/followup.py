"""Follow-up questions: what they leave out is taken from the question before (那改良型呢).

What a follow-up names in the place of something (another place, tier, phase, item) takes its place
in the question before; anything else is asked in addition to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import find_quantities

__all__ = [
    "is_correction",
    "is_elliptic",
    "is_marked",
    "is_supposed",
    "joined",
    "named_anew",
    "tiers",
]

#: Characters kept of the question before.
_KEPT = 300
_NUMERAL = r"[〇零一二三四五六七八九十百两\dⅠⅡⅢⅣⅤIVX]{1,12}"
_UNITS = "条款项类期级档等年批轮号点"
_FRONT = re.compile(
    r"^(?:那么?|它们?|这个?|该|其|上述|那个)?(?:如果|要是|假如|倘若|至于|换成|换到|换作|轮到|到了?|改成|说到)?(?:是|换成|换到)?"
)
_BACK = re.compile(r"(?:的|又|呢|嘛|哪|啊|吗|怎么样|怎么说|是多少|多少|[？?。！!\s]){1,30}$")
#: What may stand behind a place that is only named: the same is asked of it.
_ASKED = re.compile(
    r"(?:[那这][份个边里]?)?(?:文件|政策|办法)?里?[也又]?(?:给不给|有没有|奖不奖|补不补|给|有|奖|补|能拿)?[，,]?"
    r"(?:给|奖|补|能拿)?(?:多少)?"
)
_ELLIPSIS = re.compile(r"[呢咧][？?。！\s]*$")
#: Another case of what was asked before.
_SUPPOSED = re.compile(
    r"^那?么?(?:如果|要是|假如|倘若|换成|换作|换到|改成)(?!.{0,6}(?:企业|公司|单位)能)"
)
#: Behind what a follow-up names: that everything else stays as it was said (花的钱一样).
_SAME_ELSE = re.compile(
    r"[，,。；]?(?:(?<!\s)\s++)?(?:其[他它余]|别的|另外|条件|情况|金额|面积|数[量目]?|[^，,。；]{0,4}(?:钱|费用?|投入))?"
    r"(?:[也都还]|条件|情况){0,4}(?:一样|不变|相同|照旧|没变|同样|没有变化)(?:的话|的)?[。！？?\s]*$"
)
_MARKED = re.compile(
    r"^(?:那|它|这(?!个?[月季年周])|该|其|上述|如果是|换成|换到|要是|假如|至于|到了|第[一二三四五六七八九十\d]+[条款项个])"
    r"|又(?:是|按|要|该|有)|[这那](?:块|边|头|方面)|[呢咧][？?。！]*$"
)
_FIRST = re.compile(r"[^，,。；？?]{1,10}[呢咧](?:[？?，,。！\s]|$)")
#: What was said before was wrong: 不对，是2000万; 不是1800万，是2000万 is one too.
_CORRECTION = re.compile(
    r"^(?:不是[^，,。]{1,20}[，,](?=而?是)|(?:不对|错了|弄错了|[我刚才]*(?:说|写|记)错了?|更正|纠正|改一下|应该?是)(?:一下)?[了啦]?[，,。：:！!\s]*)(?:(?:而|应该?|其实|实际上?)?(?:是|为))?"
)
#: What a figure is of: 集采金额3000万 does not stand for 固定资产投资8000万.
_THING = re.compile(r"金额|保费|租金|投资|面积")
#: Characters that a word begins behind.
_BOUNDS = "的了谁当是对给在和与为把由从、，。；：？！,;:?! “《（("
_LONGEST_NAME = 8
#: A follow-up of more characters says a case of its own.
_SHORT = 20
_SIDE = re.compile(r"(?<!海)国内(?!外)|境内(?!外)|(?<!内)国外|海外|(?<!内)境外")
_AT_HOME = ("国内", "境内")
_ASKS = re.compile(
    r"[？?]|多少|几|哪|谁|什么|怎么|怎样|如何|吗|呢|是否|有没有|能不能|啥|咋|可以|能"
)
_STEP = re.compile(rf"第\s*[（(]?{_NUMERAL}[）)]?\s*[{_UNITS}]|[（(]{_NUMERAL}[）)]")
_TIER = re.compile(rf"(?P<number>{_NUMERAL})(?P<unit>[{_UNITS}])")


def is_marked(question: str) -> bool:
    """Whether the words of a question say that it goes on with the one before.

    A figure without a question tells what was left out.

    >>> is_marked("那改良型呢？"), is_marked("创新药奖励多少？"), is_marked("花了2500万")
    (True, False, True)
    """
    text = question.strip()
    told = not _ASKS.search(text) and bool(find_quantities(text))
    return bool(_MARKED.search(text)) or told or is_correction(text)


def is_elliptic(question: str) -> bool:
    """Whether all that a question asks is left out: 三个孩子的呢？两口子都缴.

    >>> is_elliptic("三个孩子的呢？两口子都缴"), is_elliptic("硕士呢？钱分几年给")
    (True, False)
    """
    first = _FIRST.match(question.strip())
    return first is not None and not _ASKS.search(question.strip()[first.end() :])


def is_supposed(question: str) -> bool:
    """Whether a question puts another case in the place of the one before: 如果是…, 那…呢 with
    nothing asked.

    >>> is_supposed("如果是改良型新药，能补多少？"), is_supposed("那三期花4000万呢？"), is_supposed("那怎么申请？")
    (True, True, False)
    """
    text = question.strip()
    if _SUPPOSED.search(text):
        return True
    named = _ELLIPSIS.sub("", text)
    return named != text and text.startswith("那") and not _ASKS.search(named)


def is_correction(question: str) -> bool:
    """Whether a question says first that what was said before was wrong.

    >>> is_correction("不对，是2000万"), is_correction("说错了，二期是2000万"), is_correction("是2000万")
    (True, True, False)
    """
    return bool(_CORRECTION.search(question.strip())) and not _ASKS.search(question)


def tiers(text: str) -> dict[str, frozenset[str]]:
    """The tiers that a text names, by their unit.

    >>> tiers("三期花了3000万")
    {'期': frozenset({'三'})}
    """
    found: dict[str, frozenset[str]] = {}
    for match in _TIER.finditer(text):
        found[match["unit"]] = found.get(match["unit"], frozenset()) | {match["number"]}
    return found


def joined(before: str, question: str, places: Sequence[str] = ()) -> str:
    """Return one question made of a follow-up and the one before it.

    ``places`` are names of which one takes the place of another.

    >>> joined("高新区三类器械证奖励是多少？", "二类呢？")
    '高新区二类器械证奖励是多少？'
    >>> joined("31号办法第十条第一项规定了什么？", "第二项呢")
    '31号办法第十条第二项规定了什么？'
    >>> joined("自己装1500平GMP车间补多少？", "2000平呢")
    '自己装2000平GMP车间补多少？'
    >>> joined("市里对经典名方奖多少？", "高新区的呢？", ("高新区", "市里"))
    '高新区对经典名方奖多少？'
    >>> joined("创新药获批奖励多少？", "那改良型呢？")
    '创新药获批奖励多少？那改良型呢？'
    >>> joined("创新药获批奖励多少？那改良型呢？", "类似药呢")
    '创新药获批奖励多少？类似药呢'
    """
    before, question = before.strip()[-_KEPT:], _without_same_else(question)
    before = _without_last(before, question)
    if is_correction(question):
        question = _CORRECTION.sub("", question, count=1) or question
    named = _BACK.sub("", _FRONT.sub("", question, count=1))
    for replaced in (
        _other_step(before, named),
        _other_place(before, named, places),
        _other_side(before, question),
        _other_tier(before, named),
        _other_figure(before, named),
        _other_kind(before, named),
    ):
        if replaced:
            return replaced
    return f"{before}{_stop(before)}{question}"


def _stop(before: str) -> str:
    """What stands between two questions: nothing where the first one ends with a stop."""
    if not before or not re.search(r"\w$", before):
        return ""
    last = re.split(r"[，,。；;！!？?]", before)[-1]
    return "？" if _ASKS.search(last) else "，"


def named_anew(question: str) -> str:
    """What a follow-up names and asks nothing else of (X呢); empty where it asks by itself.

    >>> named_anew("那改良型的呢？"), named_anew("要是改良型的呢，花的钱一样。"), named_anew("封顶多少？")
    ('改良型', '改良型', '')
    """
    question = _without_same_else(question)
    if not _ELLIPSIS.search(question):
        return ""
    return _BACK.sub("", _FRONT.sub("", question, count=1))


def _without_same_else(question: str) -> str:
    """A follow-up without the remark that all else is the same: 改良型的呢，花的钱一样."""
    rest = _SAME_ELSE.sub("", question.strip())
    return rest or question.strip()


def _without_last(text: str, question: str) -> str:
    """A text of several questions without its last where a new one takes the place of that.

    Another thing named (X呢) for a thing named, another question for a question.
    """
    end = max(text.rstrip("？?").rfind("？"), text.rstrip("？?").rfind("?"))
    last = text[end + 1 :]
    alike = bool(_ELLIPSIS.search(last)) == bool(_ELLIPSIS.search(question))
    return text[: end + 1] if end > 0 and alike else text


def _other_step(before: str, named: str) -> str | None:
    """Another item of the same article, or one of the article named last."""
    if not _STEP.fullmatch(named):
        return None
    steps = list(_STEP.finditer(before))
    if not steps:
        return None
    alike = [step for step in steps if step[0][-1] == named[-1]]
    if alike:
        return before[: alike[-1].start()] + named + before[alike[-1].end() :]
    return before[: steps[-1].end()] + named + before[steps[-1].end() :]


def _other_place(before: str, named: str, places: Sequence[str]) -> str | None:
    """The same of another place: 市里呢, 市里那份文件给不给.

    >>> _other_place("经典名方在高新区奖多少", "市里那份文件给不给，多少", ("高新区", "市里"))
    '经典名方在市里奖多少'
    """
    named = next((p for p in places if named.startswith(p) and _ASKED.fullmatch(named, len(p))), "")
    held = next((place for place in places if place in before), None)
    return before.replace(held, named) if held and named else None


def _other_side(before: str, question: str) -> str | None:
    """The same abroad, or at home.

    >>> _other_side("国内试验的保险补多少", "换到海外做试验，封顶又是多少")
    '海外试验的保险补多少'
    """
    held, named = _SIDE.findall(before), _SIDE.findall(question)
    if len(set(held)) != 1 or len(named) != 1 or len(question) > _SHORT:
        return None
    same = (held[0] in _AT_HOME) == (named[0] in _AT_HOME)
    return None if same else before.replace(held[0], named[0])


def _other_tier(before: str, named: str) -> str | None:
    """The same of another tier: 二类 for 三类."""
    match = _TIER.search(named)
    if not match or len(named) > len(match[0]) + 4:
        return None
    held = [m for m in _TIER.finditer(before) if m["unit"] == match["unit"]]
    if len(held) != 1 or held[0]["number"] == match["number"]:
        return None
    rest = named.replace(match[0], "", 1)
    after = before[held[0].end() :]
    return before[: held[0].start()] + match[0] + after + (rest if rest not in before else "")


def _other_figure(before: str, named: str) -> str | None:
    """The same with another figure of the same unit: 2000平 for 1500平."""
    new = find_quantities(named)
    if len(new) != 1 or len(named) > new[0].end - new[0].start + 4:
        return None
    held = [q for q in find_quantities(before) if q.unit == new[0].unit]
    if len(held) != 1 or _of_another_tier(before[: held[0].start], named):
        return None
    if any(thing not in before for thing in _THING.findall(named)):
        return None
    return before[: held[0].start] + named[new[0].start : new[0].end] + before[held[0].end :]


def _of_another_tier(before: str, named: str) -> bool:
    """Whether a figure is named of another tier than that before it: 三期花了3000万 beside 二期…."""
    own, held = tiers(named), tiers(before)
    return any(own[unit].isdisjoint(held[unit]) for unit in own.keys() & held.keys())


def _other_kind(before: str, named: str) -> str | None:
    """The same of a kind whose name ends alike: 副组长 for 组长.

    What ends alike must be a word: 改良型新药 does not stand for 新药 in 创新药.
    """
    for length in range(len(named) - 1, 1, -1):
        tail = named[-length:]
        place = before.find(tail)
        whole = place == 0 or (place > 0 and before[place - 1] in _BOUNDS)
        if (
            before.count(tail) == 1
            and whole
            and named not in before
            and len(named) <= _LONGEST_NAME
        ):
            return before.replace(tail, named)
    return None
