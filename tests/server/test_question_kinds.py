"""What is asked of one kind, class or part of several: sums, sides, lists by caps, premises."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("高新区：二类证1个走了市级创新审批，三类证1个没走，能奖多少", 3_500_000),
        ("高新区：三类证1个走了国家优先审批，二类证1个没走，能奖多少", 3_500_000),
        (
            "高新区：新增固投5000万，生产设备付款3200万，其中有400万是单台30万的小设备，补多少",
            2_800_000,
        ),
        (
            "高新区：新增固投5000万，生产设备付款3200万，其中有400万是单台60万的设备，补多少",
            3_200_000,
        ),
        ("三个改良型新药和一个创新药在高新区获批投产，高新区给多少", 17_500_000),
        ("高新区：三类证1个走国家优先审批，二类证1个走市级优先审批，奖多少", 4_000_000),
        ("高新区：三类证1个走了国家优先，奖多少", 3_000_000),
        (
            "高新区，一款1类新药从一期做到报上市，三个阶段分别花了1500万、2000万、4000万，隔年申请，总共最多补多少",
            11_500_000,
        ),
        ("海外授权首付款到账1亿2，市里奖多少", 3_600_000),
    ],
)
def test_parts_and_classes_of_their_own(ask, question: str, result: int) -> None:
    assert ask(question)["calculation"]["result"] == result


def test_things_of_one_class_counted_one_by_one_have_each_its_own_case(ask) -> None:
    question = "高新区三个器械证：一个三类走国家优先审批，一个二类走市级创新审批，一个二类走市级优先审批，合计多少"
    steps = [step["text"] for step in ask(question)["calculation"]["steps"]]
    assert "300万元 + 150万元 + 100万元 = 550万元" in steps


def test_a_difference_is_no_sum_of_both(ask) -> None:
    answer = ask("高新区三类器械走特别审查和走优先审批上限差多少")
    assert answer["calculation"] is None
    assert answer["citations"][0]["address"] == "cqgxq-2024-31#art5"


@pytest.mark.parametrize(
    "question",
    [
        "市里给新药获批的奖励和高新区的哪个高",
        "创新药奖励，市级和高新区级一样吗",
        "创新药获批上市，市里和高新区各给多少",
        "高新区改良型新药与市级改良型新药的获批奖励差多少",
    ],
)
def test_each_level_is_of_the_kind_that_is_asked_about(ask, question: str) -> None:
    cited = {c["address"] for c in ask(question)["citations"]}
    assert {"cqgxq-2024-31#art4.item3", "cqzfb-2025-56#item10"} <= cited
    assert "cqgxq-2024-31#art5" not in cited


def test_the_level_above_is_searched_with_the_words_as_asked(ask) -> None:
    answer = ask("中药经典名方，市里给的和高新区给的哪个多")
    cited = {c["address"] for c in answer["citations"]}
    assert cited == {"cqgxq-2024-31#art6", "cqzfb-2025-56#item10"}


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("高新区哪些补贴一年封顶500万", {"art5", "art9", "art10.item2"}),
        ("市里哪些条款是最高500万元奖励", {"item5", "item12", "item19"}),
    ],
)
def test_a_list_that_only_a_cap_tells(ask, question: str, clauses: set[str]) -> None:
    cited = {c["address"].split("#")[1] for c in ask(question)["citations"]}
    assert cited == clauses


def test_a_cap_of_something_unknown_is_refused(ask) -> None:
    assert ask("高新区哪些充电桩补贴一年封顶500万")["status"] == "refused"


def test_what_is_taken_for_granted_is_corrected_whatever_is_asked_beside_it(ask) -> None:
    answer = ask("高新区创新药一期完成、进二期以后按研发投入的40%补，这40%要准备哪些发票")
    assert answer["citations"][0]["address"] == "cqgxq-2024-31#art4.item1"
    assert any("40%" in note for note in answer["notes"])


def test_a_wrong_figure_of_something_unknown_is_refused(ask) -> None:
    assert ask("高新区买房按房款的40%补，这40%要准备哪些发票")["status"] == "refused"


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("现在谈落户，生物城的三年行动计划还在它自己的年限内吗", "cqzfb-2021-17"),
        ("高新区2023年的29号文现在还用吗", "cqgxq-2024-31"),
    ],
)
def test_whether_a_document_still_holds(ask, question: str, document: str) -> None:
    answer = ask(question)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["address"].startswith(document)


def test_support_called_by_its_own_word_is_not_answered_by_other_support(ask) -> None:
    answer = ask("高新区给生物医药企业贷款贴息几个点")
    assert answer["status"] == "not_stated"
    assert answer["citations"][0]["address"] == "cqzfb-2025-56#item22"


def test_a_follow_up_that_goes_abroad(ask) -> None:
    before = "国内临床试验责任险交了120万保费，能补多少"
    answer = ask("换到国外做试验，封顶又是多少", conversation=[before])
    assert answer["calculation"]["result"] == 600_000
    assert any("100万元" in step["text"] for step in answer["calculation"]["steps"])


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("高新区两个二类证都走了市级优先审批，能奖多少", 2_000_000),
        ("高新区今年三个二类证都没走特殊程序，能奖多少", 1_500_000),
        ("高新区：3张二类证里1张走市级创新审批，另外2张没走，合计多少", 2_500_000),
        ("高新区：一个三类证，一个二类证，三类的走了国家创新特别审查，一年拿多少", 4_500_000),
        ("高新区：3个经典名方和1个同位素药都投产了，共奖多少", 3_000_000),
    ],
)
def test_further_cases_of_several_things(ask, question: str, result: int) -> None:
    assert ask(question)["calculation"]["result"] == result


def test_of_how_many_a_further_case_holds_is_asked(ask) -> None:
    answer = ask("高新区两个三类证走了国家优先审批，一年能拿多少")
    assert answer["calculation"]["result"] is None
    assert any("的有几个" in text for text in answer["calculation"]["missing"])


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("两场市级论坛花了30万和80万，高新区补多少", 550_000),
        ("高新区：两场市级生物医药论坛分别花了30万和80万，合计110万，补多少", 550_000),
        ("高新区CDMO平台：设备投了3000万，土地花了2000万，能补多少", 2_000_000),
        ("CRO平台总投5500万，其中土地800万、厂房700万，高新区补多少", 3_000_000),
        ("高新区三张二类证都是走市级优先审批下来的，奖励合计多少", 3_000_000),
    ],
)
def test_totals_and_what_is_left_out_are_not_counted(ask, question: str, result: int) -> None:
    assert ask(question)["calculation"]["result"] == result


@pytest.mark.parametrize(
    ("question", "word"),
    [("高新区对GLP认证奖多少", "GCP"), ("高新区一类医疗器械备案奖多少", "二类医疗器械")],
)
def test_another_mark_or_product_is_refused(ask, question: str, word: str) -> None:
    answer = ask(question)
    assert answer["status"] == "refused"
    assert word in str(answer)


def test_what_no_clause_pays_for_gets_no_amount(ask) -> None:
    answer = ask("高新区对首次进入国家医保目录的药品奖多少")
    assert answer["status"] in ("refused", "not_stated")
    assert not any("万元" in claim["text"] for claim in answer["claims"])


def test_a_wrong_number_of_years_is_corrected(ask) -> None:
    assert any("有效期3年" in note for note in ask("56号文有效期是5年吧")["notes"])
    assert not any("与您说的不同" in note for note in ask("56号文有效期是3年吧")["notes"])


def test_whether_an_amount_is_fixed(ask) -> None:
    assert ask("大PI的奖励标准定了没有")["status"] == "not_stated"


def test_what_is_added_is_no_sum(ask) -> None:
    assert ask("高新区二类医疗器械走优先审批加多少")["calculation"] is None


def test_a_share_within_the_range_stated_is_not_corrected(ask) -> None:
    answer = ask("高新区租金补贴按实缴租金80%给，这80%要提交什么凭证")
    assert not any("与您说的不同" in note for note in answer["notes"])
