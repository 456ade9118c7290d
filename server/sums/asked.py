"""Whether a question is one that a sum answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.entitlements.quantities import MONEY
from server.answer import Calculation
from server.sums.facts import Fact

__all__ = ["asks_for_money", "only_repeats"]

_MONEY_ASKED = re.compile(
    r"多少|几何|几[万多]|几个(?:亿|点)|好多|多大|[算能可]\S{0,3}(?:拿|报|补|奖|领|减|支持)|够不够|合计|加起来|对[吧吗]|总[数额](?!要|达|到|超|为|目标|力争)|总共|一共|共计|(?:补[贴助]|奖[励补]|资助|支持)(?:金额)?[是为][？?]?$|罚款?的?(?:范围|幅度|区间|数额)|测算|算"
)
#: Whether something is had is asked; a figure of the asker's own decides that.
_HAD_ASKED = re.compile(
    r"有(?:没有|无)|够格|够[得不]着|达标[吗么没不]|够得?上|够线|过线|[能可][不没]?[能可]?(?:以|够)?(?:拿|享受|申请|申领|获得?|报|得|补|奖|领)|(?:奖励?|补[贴助]?|资助|支持|扶持|的)[吗么嘛不没]|有\S{0,8}[吗么嘛]"
)


#: By how much two things that a clause states differ (特别审查和优先审批上限差多少) is no sum of both.
_DIFFERENCE = re.compile(
    r"(?:[再又]加|增加|提高|上浮|(?:审批|程序|审查)加)了?(?:多少|几)|(?<!还)差[了出]?(?:多少|几|好多|多大)|相差|差距|差额|(?<![最至减增])[高低多少][出了]?(?:多少|几万|好多)(?!钱)"
)

#: What the terms of two measures are: 比例、封顶各是多少.
_TERMS_ASKED = re.compile(
    r"(?:比例|封顶|上限|门槛|标准|额度)(?:[、和及跟与，,]?(?:比例|封顶|上限|门槛|标准|额度)){0,4}(?:各自?|分别|都)?(?:是|有|为|定)?(?:多少|多高|多大|几)"
)

#: What an amount is for one of: 一个月, 一个人.
_OF_ONE = ("人", "月", "年", "日", "次")


def asks_for_money(question: str, facts: Sequence[Fact]) -> bool:
    """Whether a question asks how much, or whether an amount that it states gets anything."""
    stated = any(f.unit == MONEY for f in facts)
    if not facts and _TERMS_ASKED.search(question):
        return False
    if not stated and _DIFFERENCE.search(question):
        return False
    return bool(_MONEY_ASKED.search(question)) or (stated and bool(_HAD_ASKED.search(question)))


def only_repeats(calculation: Calculation, facts: Sequence[Fact]) -> bool:
    """Whether a sum says no more than the amount that its clause writes: 一个月给多少，最多报几个人
    states no figure of a case, and its answer is what the clause says, all of it."""
    ones = all(fact.value == 1 and fact.unit in _OF_ONE for fact in facts)
    worked = any("=" in step.text or "≈" in step.text for step in calculation.steps)
    return bool(facts) and ones and calculation.result is not None and not worked
