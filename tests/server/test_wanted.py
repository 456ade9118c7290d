"""What kind of value a question asks for, and which texts state one."""

from __future__ import annotations

import pytest

from server.wanted import (
    HANDED_ON,
    LEFT_OPEN,
    asks_for_contents,
    divides_a_range,
    enumerates,
    states,
    wanted,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("贴几成保费", "rate"),
        ("按百分之几补", "rate"),
        ("奖励比例是多少", "rate"),
        ("几个点的奖励", "rate"),
        ("产业园占地多少亩", "area"),
        ("面积有多大", "area"),
        ("基金的盘子有多大", "money"),
        ("一个批文奖多少", "money"),
        ("能拿多少钱", "money"),
        ("补贴标准是多少", "money"),
        ("最多能领几万", "money"),
        ("哪天能建成", "day"),
        ("什么时候开始施行", "day"),
        ("截止到几号", "day"),
        ("要培育几家企业", "heads"),
        ("引进多少人", "heads"),
        ("难度系数是多少", "coefficient"),
        ("评审多少分算过", "score"),
        ("例会多久开一次", "frequency"),
        ("一年检查几次", "frequency"),
        ("持股多少算关联", "share"),
        ("怎么样才算重大项目", "definition"),
        ("审批要几个工作日", "span"),
        ("多久能办下来", "span"),
        ("一份盒饭定价多少", "price"),
        ("厂房租金是多少", "price"),
        # What is given for a rent is no price.
        ("租金补贴多少", "money"),
        ("租金给报多少钱", "money"),
        # These ask which of two it is, or for names.
        ("一次给完还是分几年给", None),
        ("有哪几家代表企业", None),
        ("有哪些支持", None),
        ("谁牵头", None),
        ("组长是谁", None),
        ("", None),
        # 几月会 is a meeting of members, no month.
        ("这是哪个部门的职责", None),
    ],
)
def test_the_kind_asked_for(question: str, kind: str | None) -> None:
    assert wanted(question) == kind


@pytest.mark.parametrize(
    ("text", "kind", "stated"),
    [
        ("给予50%的补贴", "rate", True),
        ("按百分之五给予", "rate", True),
        ("全额补贴", "rate", True),
        ("给予一定比例的补贴", "rate", False),
        ("奖励 200 万元", "money", True),
        ("奖励两百万元", "money", True),
        ("按实际费用的3%给予奖励", "money", True),
        ("依法依规给予奖励", "money", False),
        ("给予奖励，标准另行制定", "money", False),
        ("自2025年12月1日起施行", "day", True),
        ("自印发之日起施行", "day", True),
        ("及时办理", "day", False),
        ("占地300亩", "area", True),
        ("面积不限", "area", False),
        ("培育10家企业", "heads", True),
        ("培育一批企业", "heads", False),
        ("系数为1.2", "coefficient", True),
        ("按系数计算", "coefficient", False),
        ("评审得分达到80分", "score", True),
        ("经评审给予支持，分三类", "score", False),
        ("每半年召开一次会议", "frequency", True),
        ("建立联席会议制度，给予一次性奖励", "frequency", False),
        ("持股比例达25%以上", "share", True),
        ("双方须无关联关系，按3%奖励", "share", False),
        ("所称重大项目，是指投资超过1亿元的项目", "definition", True),
        ("对重大项目给予支持，最高不超过50万元", "definition", False),
        ("15个工作日内办结", "span", True),
        ("3个年度内有效", "span", True),
        ("开展临床前研究", "span", False),
        ("就餐费用每人每次12元", "price", True),
        ("运营补贴标准为每人每次3元", "price", False),
    ],
)
def test_whether_a_text_states_it(text: str, kind: str, stated: bool) -> None:
    assert states(text, kind) is stated


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("对临床试验机构依法依规给予奖励", True),
        ("具体标准另行制定", True),
        ("按国家有关规定执行", True),
        ("采取一事一议方式", True),
        ("给予一定金额的补助", True),
        ("标准由市财政局制定", True),
        ("给予200万元奖励", False),
        ("按采购金额的20%给予奖励", False),
    ],
)
def test_words_that_leave_a_value_open(text: str, left: bool) -> None:
    assert bool(LEFT_OPEN.search(text)) is left


@pytest.mark.parametrize(
    "question",
    [
        "出让院内制剂知识产权给企业的医疗机构，奖励多少钱？",
        "完成新药临床试验的临床试验机构能拿多少奖励？",
    ],
)
def test_a_value_that_the_clause_leaves_open_is_not_stated(ask, question: str) -> None:
    answer = ask(question)
    assert answer["status"] == "not_stated"
    assert "依法依规" in answer["answer"]
    assert answer["calculation"] is None


def test_a_value_of_the_kind_that_stands_there_is_answered(ask) -> None:
    answer = ask("56号文对临床试验责任保险补贴几成保费？")
    assert answer["status"] == "answered"
    assert "50%" in answer["answer"]


@pytest.mark.parametrize(
    ("text", "question", "stated"),
    [
        ("每年安排最高100万元活动经费，予以补贴", "一场最多补多少钱", False),
        ("每年安排最高100万元活动经费，予以补贴", "每年给多少经费", True),
        ("每年安排100万元经费，每场补贴5万元", "一场最多补多少钱", True),
    ],
)
def test_a_budget_is_not_what_one_gets(text: str, question: str, stated: bool) -> None:
    assert states(text, "money", question) is stated


@pytest.mark.parametrize(
    ("text", "handed_on"),
    [
        ("收费价格由区民政部门与运营机构通过协议方式确定", True),
        ("授课人员酬金标准参照国家有关规定执行", True),
        ("补贴各项系数标准见附件2", True),
        ("调整收费价格的，应当向服务对象公示", False),
        ("补贴标准为每人每次3元", False),
    ],
)
def test_sentences_that_say_where_a_value_stands(text: str, handed_on: bool) -> None:
    assert bool(HANDED_ON.search(text)) is handed_on


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("白名单里具体有哪些试剂", True),
        ("应用清单现在收了哪些药", True),
        ("目录都有什么", True),
        ("哪些药能进清单", False),
        ("进了清单有什么好处呢，多久开会", True),
        ("清单多久更新一次", False),
    ],
)
def test_questions_for_what_stands_on_a_list(question: str, asks: bool) -> None:
    assert asks_for_contents(question) is asks


def test_texts_that_say_what_stands_on_a_list() -> None:
    assert enumerates("重点产品目录包括：疫苗、抗体")
    assert not enumerates("建立“白名单”制度，进口纳入“白名单”的物品时无需提供通关单")


@pytest.mark.parametrize(
    ("question", "text", "undivided"),
    [
        ("40%和100%分别给谁", "按租金的40%—100%给予补贴", True),
        ("40%到100%怎么划档", "按租金的40%—100%给予补贴", True),
        # The text goes on to say who gets which.
        ("40%和100%分别给谁", "按40%—100%补贴，其中小企业100%，其他企业40%", False),
        ("40%和60%分别给谁", "按租金的40%—100%给予补贴", False),
        ("补贴是40%—100%吗", "按租金的40%—100%给予补贴", False),
    ],
)
def test_a_range_says_not_who_gets_which_end(question: str, text: str, undivided: bool) -> None:
    assert divides_a_range(question, text) is undivided
