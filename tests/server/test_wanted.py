"""What kind of value a question asks for, and which texts state one."""

from __future__ import annotations

import pytest

from server.wanted import LEFT_OPEN, states, wanted


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
