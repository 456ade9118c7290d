"""What a question asks for, read from its words: an amount, a day, who, all there are."""

from __future__ import annotations

import re

__all__ = ["ASKED", "REPEAL", "asks_for_list"]

#: What is asked for, by name.
ASKED = {
    "amount": re.compile(r"多少|几[万块元成]|好多|补贴|奖励|赔|罚|额度|标准|比例|百分|费|钱|价"),
    "number": re.compile(r"多少|几|多久|好多|多[长大高远]|比例|年限"),
    "actor": re.compile(r"谁|哪个部门|哪里|哪儿|找哪|归哪|哪家|哪个单位|去哪|主管"),
    "term": re.compile(
        r"有效|施行|生效|执行|到期|过期|失效|废止|作废|管用|算数|作数|年头|期限|年限|截止|起算"
        r"|还能用|管(?:[几多]|到|的)|顶替|(?:老|旧|原)(?:文件|办法|规定)"
    ),
    "time": re.compile(r"什么时候|几时|多久|[哪几]天|哪年|几月|期限|何时|多长|时间"),
}
#: What a text puts out of force.
REPEAL = re.compile(
    r"废|失效|作数|顶替|取代|不再用|(?:老|旧|原)\S{0,3}(?:文件|办法|规定|细则|通知)"
)
#: 一共几个 asks for a number, 有哪几个 for all of them.
_LIST = re.compile(
    r"哪[些几]|有几[种类项条处]|几[种类项条]情|列[出全举]|列一下|全部|所有|清单|汇总|盘点"
)


def asks_for_list(question: str) -> bool:
    """Whether a question asks for all there are."""
    return bool(_LIST.search(question))
