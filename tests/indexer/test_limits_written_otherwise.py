"""Limits by 以…为限, shares of a cost as limits, sentences that only add to or limit what was granted."""

from __future__ import annotations

import pytest

from corpus.address import Address
from indexer.entitlements import Entitlement
from indexer.entitlements.reader import ClauseReader

ADDRESS = Address.parse("d#art1")


def rows(text: str) -> list[Entitlement]:
    return [row.frozen() for row in ClauseReader(ADDRESS, text).rows]


def caps(row: Entitlement) -> list[tuple[str, str, bool]]:
    return [(cap.quantity.span.text, cap.scope, cap.yearly) for cap in row.caps]


def test_limits_listed_are_paired_with_rates() -> None:
    found = rows(
        "示范药房完成Ⅰ期、Ⅱ期改造的，分别按改造费用的20%、30%予以补助，分别以20万元、40万元为限。"
    )
    assert [row.rate.span.text for row in found if row.rate] == ["20%", "30%"]
    assert [caps(row) for row in found] == [
        [("20万元", "item", False)],
        [("40万元", "item", False)],
    ]


@pytest.mark.parametrize(
    ("sentence", "cap"),
    [
        ("同一企业依本条取得的奖励，年度合计以90万元为限。", ("90万元", "recipient", True)),
        ("以投资全额适用相应比例，不分段计算，单个项目以90万元为限。", ("90万元", "item", False)),
        ("单个项目不超过90万元。", ("90万元", "item", False)),
    ],
)
def test_a_sentence_that_only_limits(sentence: str, cap: tuple[str, str, bool]) -> None:
    found = rows("新建冷库的，按投资额的8%给予补助；改造冷库的，按投资额的5%给予补助。" + sentence)
    assert [caps(row) for row in found] == [[cap], [cap]]


def test_a_share_of_a_cost_limits_the_total_of_all_classes() -> None:
    found = rows(
        "企业新建检测间的，甲级每平方米补助900元，乙级每平方米补助400元，总额以实际装修费用的50%为限，且不超过60万元。"
    )
    assert [[span.text for span in row.ceilings] for row in found] == [["实际装修费用的50%"]] * 2
    assert [caps(row) for row in found] == [[("60万元", "recipient", False)]] * 2


def test_both_kinds_together_are_limited() -> None:
    (row,) = rows(
        "企业投保设备险、责任险的，按实际缴纳保费的40%予以补贴，两个险种合计每年以8万元为限。"
    )
    assert caps(row) == [("8万元", "recipient", True)]


def test_a_sentence_of_its_own_raises_the_class_it_names() -> None:
    found = rows(
        "取得第三类证的，每件予以80万元奖励；取得第二类证的，每件予以15万元奖励。经特别程序获批的第三类产品，每件在前述奖励之外再增加60万元。"
    )
    assert [[i.amount.span.text for i in row.increments] for row in found] == [["60万元"], []]


def test_which_one_is_raised_is_not_guessed() -> None:
    found = rows(
        "取得甲证的，每件予以80万元奖励；取得乙证的，每件予以15万元奖励。经特别程序获批的，每件在前述奖励之外再增加60万元。"
    )
    assert not any(row.increments for row in found)


@pytest.mark.parametrize(
    "kinds",
    ["枢纽站每个最高300万元，普通站每个最高60万元。", "枢纽站、普通站分别最高300万元、60万元。"],
)
def test_one_share_with_a_limit_for_each_kind(kinds: str) -> None:
    found = rows("新建并投用的充电设施，按建设投入的30%给予补助，" + kinds)
    assert [row.event[-1].text for row in found] == ["枢纽站", "普通站"]
    assert [row.rate.span.text for row in found if row.rate] == ["30%", "30%"]
    assert [caps(row) for row in found] == [
        [("300万元", "item", False)],
        [("60万元", "item", False)],
    ]


def test_what_is_given_to_another_is_no_limit() -> None:
    found = rows("新建充电站的，按投入的30%给予补助，运营企业给予最高60万元奖励。")
    assert [bool(row.rate) for row in found] == [True, False]


def test_a_share_by_which_a_standard_is_raised_is_no_share_of_a_cost() -> None:
    (row,) = rows("对困难企业，稳岗补贴标准提高20%。")
    assert row.unread == ("base",)


def test_a_share_of_a_cost_given_besides_is_one() -> None:
    found = rows(
        "委托生产的，按合同金额的5%对受托方予以奖励；委托方在本市登记的，另按合同金额的2%对委托方予以奖励。"
    )
    assert [row.unread for row in found] == [(), ()]


@pytest.mark.parametrize(
    "listed",
    [
        "，一级站最高90万元，二级站最高40万元。",
        "：一级站每个最高90万元，二级站每个最高40万元。",
        "：一级站不超过90万元；二级站不超过40万元。",
        "，其中一级站最高90万元，二级站最高40万元。",
        "。其中，一级站最高90万元，二级站最高40万元。",
    ],
)
def test_each_kind_has_the_share_with_its_own_limit(listed: str) -> None:
    found = rows("对新建的换电站，按建设投资的30%给予补助" + listed)
    assert [row.rate.span.text for row in found if row.rate] == ["30%", "30%"]
    assert [[span.text for span in row.event][-1] for row in found] == ["一级站", "二级站"]
    assert [caps(row) for row in found] == [
        [("90万元", "item", False)],
        [("40万元", "item", False)],
    ]


def test_a_limit_for_all_kinds_may_follow_those_of_each() -> None:
    found = rows(
        "对参展的企业，按展位费的60%给予补助，其中境外展位单个展位最高4万元，境内展位单个展位最高2万元，单个企业每年最高15万元。"
    )
    assert [caps(row) for row in found] == [
        [("4万元", "item", False), ("15万元", "recipient", True)],
        [("2万元", "item", False), ("15万元", "recipient", True)],
    ]


def test_recipients_of_two_kinds_have_a_yearly_limit_each() -> None:
    found = rows(
        "对租用仓库的企业，按租金的30%给予补助：省级企业年度最高20万元，市级企业年度最高8万元。"
    )
    assert [caps(row) for row in found] == [
        [("20万元", "recipient", True)],
        [("8万元", "recipient", True)],
    ]


def test_limits_of_recipient_and_item_are_no_kinds() -> None:
    (row,) = rows(
        "对新建的换电站，按建设投资的30%给予补助：单个项目最高90万元，单个企业最高200万元。"
    )
    assert caps(row) == [("90万元", "item", False), ("200万元", "recipient", False)]


@pytest.mark.parametrize(
    "over", ["三年累计最高200万元", "补贴期内累计最高200万元", "连续三年最高200万元"]
)
def test_a_limit_over_the_years_is_no_support_of_its_own(over: str) -> None:
    (row,) = rows(f"对租用仓库的企业，按实际租金的30%给予补助，每年最高90万元，{over}。")
    assert caps(row) == [("90万元", "recipient", True), ("200万元", "recipient", False)]
