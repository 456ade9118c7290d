"""What a question asks for, read from its words: an amount, a day, who, all there are."""

from __future__ import annotations

import re

__all__ = ["ASKED", "REPEAL", "SETTLED", "asks_for_list"]

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
#: What a clause is to settle, by name: materials, conditions, steps, what a word means, what is
#: done to who breaks a rule, what must be paid back, what ends a benefit.
SETTLED = {
    "materials": re.compile(
        r"材料|资料|手续|证件|(?:要|得|需要?|该|应当?)(?:带|准备|交|提交|提供|附|备)(?:齐|上|好)?(?:哪[些几]|什么|啥|些)"
        r"|(?:带|准备)(?:什么|啥|哪些)(?:东西|去)?"
    ),
    "conditions": re.compile(
        r"条件|资格|要求|门槛|够格|(?:满足|符合)(?:哪|什么|啥|几)|(?:什么样|哪[些种类]|啥样|哪样)的?(?:企业|公司|人|单位|机构|项目|家庭|房)"
    ),
    "steps": re.compile(
        r"流程|程序|步骤|哪[几些]步|走什么|(?:怎[么样]|如何|咋)个?(?:去)?(?:申[请报]|办|领|报|走|弄|兑现)"
        r"|(?:在|去|到|上|找)(?:哪[里儿个]?|谁|什么(?:地方|部门))(?:个?(?:部门|单位|窗口))?(?:去)?(?:申[请报]|办|弄|领|报|交)"
    ),
    "definition": re.compile(
        r"指(?:的是)?(?:什么|啥|谁|哪)|(?:什么|啥)(?:是|叫|意思)|(?:怎[么样]|如何|咋)才?(?:算|叫|认定)|定义|含义|到底(?:指|是)"
    ),
    "penalty": re.compile(r"罚|处分|违[规法反]|后果|追究|吊销|骗|造假|弄虚作假"),
    "repaid": re.compile(
        r"退[还回钱款掉]|吐[回出]|要还|追[回缴]|收回|还(?:回去|给(?:政府|你们|财政))|倒扣|扣回"
    ),
    "ended": re.compile(r"停[掉发止了]|取消|终止|踢出|退出|除名|没了"),
}
#: What a text puts out of force; 报废 and 废气 are of things.
REPEAL = re.compile(
    r"(?<!报)废(?![气水物料品旧弃])|失效|作数|顶替|取代|不再用|(?:老|旧|原)\S{0,3}(?:文件|办法|规定|细则|通知)"
)
#: 一共几个 asks for a number, 有哪几个 for all of them.
_LIST = re.compile(
    r"哪[些几]|有几[种类项条处]|分(?:为|成)?几[种类]|几[种类项条]情|列[出全举]|列一下|全部|(?<![舶屋辆业车房])所有(?![权制])|(?<!工资)清单(?![里中内上外的更变调目])|汇总|盘点"
)


def asks_for_list(question: str) -> bool:
    """Whether a question asks for all there are."""
    return bool(_LIST.search(question))
