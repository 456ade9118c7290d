"""What a question tells the clauses of a list by, and which clauses meet it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.address import Address
from indexer.clause_index import ClauseIndex
from indexer.passages import Passage
from server.criteria import Criteria, figures_of

ZONE = "cqgxq-2024-31"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("按3个点算", {("3", "%")}),
        ("百分之五", {("5", "%")}),
        ("封顶一千万", {("10000000", "元")}),
        ("最高1500万元", {("15000000", "元")}),
        ("租金标准的两倍", {("2", "倍")}),
        ("租金的40%—100%", {("40", "%"), ("100", "%")}),
        ("最高300元/㎡", {("300", "元")}),
        ("2022年之前，3家企业、2个工作日", set()),
    ],
)
def test_figures_of_a_text(text: str, figures: set[tuple[str, str]]) -> None:
    assert figures_of(text) == {(Decimal(value), unit) for value, unit in figures}


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("跟研发花费、展会费用挂钩，按百分比给钱的有哪几条", "bases", ("研发花费", "展会费用")),
        ("按设备投资的比例给补助的有哪些", "bases", ("设备投资",)),
        ("哪些奖励要过营业收入的门槛", "thresholds", ("哪些奖励要过营业收入",)),
        ("门槛各是多少", "thresholds", ()),
        ("哪些要把土地和厂房剔掉", "left_out", ("土地", "厂房")),
        ("不含税的有哪些", "left_out", ()),
        ("东湖实验室在哪些文件里被提到", "mentioned", "东湖实验室"),
        ("哪些条款提到了“东湖实验室”？", "mentioned", "东湖实验室"),
        ("哪几个方向把肿瘤列为重点", "mentioned", "肿瘤"),
        ("给个人的补贴有哪些", "of_persons", True),
        ("个人所得税有哪些优惠", "of_persons", False),
    ],
)
def test_what_a_question_tells_clauses_by(question: str, field: str, value: object) -> None:
    assert getattr(Criteria.read(question), field) == value


@pytest.mark.parametrize(
    "question", ["有哪些支持？", "56号文里市药监局牵头的有哪几条？", "2022年之前有哪些目标？", ""]
)
def test_what_tells_nothing(question: str) -> None:
    assert Criteria.read(question) == Criteria()


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("固定资产投资（不包括土地、厂房投入）超过1000万元", True),
        ("投资额（不含土地投入）2000万元以上", False),
        ("租用土地、厂房的企业", False),
    ],
)
def test_all_that_is_named_must_be_left_out(text: str, left_out: bool) -> None:
    passage = Passage(Address.parse("a#art1"), text, ())
    assert Criteria(left_out=("土地", "厂房")).leaves_out(passage) is left_out


def test_bases_and_thresholds_of_measures(assistant) -> None:
    index: ClauseIndex = assistant.index

    def meeting(told: Criteria, test: str) -> set[str]:
        addresses = {row.address for row in index.entitlements[ZONE]}
        return {str(a.path) for a in addresses if getattr(told, test)(index.measures(a))}

    assert meeting(Criteria(bases=("租金",)), "has_base") == {"art12.item2"}
    assert meeting(Criteria(bases=("交易合同金额",)), "has_base") == {"art9"}
    assert meeting(Criteria(bases=("销售利润",)), "has_base") == set()
    assert meeting(Criteria(thresholds=("开票收入",)), "has_threshold") == {"art12.item2"}
    assert "art12.item1" in meeting(Criteria(thresholds=("固投投资额",)), "has_threshold")
    assert meeting(Criteria(thresholds=("实际利润",)), "has_threshold") == set()
