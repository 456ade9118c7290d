"""Sums over the bundled corpus, end to end: result, working, citations, and when there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from corpus.address import Address
from indexer.entitlements.quantities import find_quantities
from retriever.query import Query
from server.answer import Claim
from server.assistant import Assistant
from server.checks import squeeze
from server.composer import ExtractiveComposer
from server.present_answer import answer_json
from server.sums.written_out import spelt_out
from server.verifier import verify

ZONE = "cqgxq-2024-31"
CITY = "cqzfb-2025-56"
FIELDS = {"result", "unit", "display", "steps", "caps", "assumptions", "missing"}

#: Question, display, result in 元, the lines of the working, a clause that must be cited.
WORKED = [
    pytest.param(
        "高新区对CRO平台投资4000万补多少",
        "最高300万元（另一种读法为400万元）", 3_000_000,
        ["4000万元 − 1000万元 = 3000万元", "3000万元 × 10% = 300万元", "另一种读法，第一段从零起算：",
         "4000万元 × 10% = 400万元", "300万元 未超过上限1000万元", "400万元 未超过上限1000万元"],
        "art11.item1", id="invested-is-no-service-income",
    ),
    pytest.param(
        "高新区在研创新药完成一期、进入二期，一期实际研发投入1500万元，能补助多少？",
        "最高150万元", 1_500_000,
        ["1500万元 × 10% = 150万元", "150万元 未超过上限200万元", "150万元 未超过每年上限1000万元"],
        "art4.item1", id="rate-under-cap",
    ),
    pytest.param(
        "高新区创新药I期实际研发投入2600万元，已进入II期，补助多少？",
        "最高200万元", 2_000_000,
        ["2600万元 × 10% = 260万元", "260万元 超过上限200万元，按200万元",
         "200万元 未超过每年上限1000万元"],
        "art4.item1", id="rate-over-cap",
    ),
    pytest.param(
        "高新区创新药完成II期并进入III期，II期实际研发投入1600万元，补助多少？",
        "最高300万元", 3_000_000,
        ["1600万元 × 20% = 320万元", "320万元 超过上限300万元，按300万元",
         "300万元 未超过每年上限1000万元"],
        "art4.item1", id="second-stage",
    ),
    pytest.param(
        "高新区改良型新药完成II期并进入III期，II期实际研发投入1600万元，补助多少？",
        "最高150万元", 1_500_000,
        ["1600万元 × 20% = 320万元", "320万元 超过上限150万元，按150万元",
         "150万元 未超过每年上限1000万元"],
        "art4.item1", id="improved-drug-has-its-own-cap",
    ),
    pytest.param(
        "高新区创新药完成I期进入II期，I期投了1.35亿元，补助多少？",
        "最高200万元", 2_000_000,
        ["1.35亿元 × 10% = 1350万元", "1350万元 超过上限200万元，按200万元",
         "200万元 未超过每年上限1000万元"],
        "art4.item1", id="hundred-millions",
    ),
    pytest.param(
        "高新区创新药完成II期进入III期，这一阶段花了九百六十万，补助多少？",
        "最高192万元", 1_920_000,
        ["960万元 × 20% = 192万元", "192万元 未超过上限300万元", "192万元 未超过每年上限1000万元"],
        "art4.item1", id="chinese-numerals",
    ),
    pytest.param(
        "高新区创新药完成I期进入II期，I期实际研发投入1,200万元，补助多少？",
        "最高120万元", 1_200_000,
        ["1200万元 × 10% = 120万元", "120万元 未超过上限200万元", "120万元 未超过每年上限1000万元"],
        "art4.item1", id="grouped-digits",
    ),
    pytest.param(
        "创新药完成III期临床并提交上市申请获受理，III期实际研发投入1800万元，"
        "当年度已享受其他研发补助90万元，高新区还能补助多少？",
        "最高450万元", 4_500_000,
        ["1800万元 × 30% = 540万元", "540万元 未超过上限700万元", "540万元 − 90万元 = 450万元",
         "450万元 未超过每年上限1000万元"],
        "art4.item2", id="deduction-enjoyed",
    ),
    pytest.param(
        "改良型新药II期实际研发投入500万元进入III期，当年别处领过30万元补助，高新区补多少？",
        "最高70万元", 700_000,
        ["500万元 × 20% = 100万元", "100万元 未超过上限150万元", "100万元 − 30万元 = 70万元",
         "70万元 未超过每年上限1000万元"],
        "art4.item2", id="deduction-received",
    ),
    pytest.param(
        "高新区创新药II期投入1200万元进入III期，别处领过20万元和30万元补助，能补多少？",
        "最高190万元", 1_900_000,
        ["1200万元 × 20% = 240万元", "240万元 未超过上限300万元", "20万元 + 30万元 = 50万元", "240万元 − 50万元 = 190万元",
         "190万元 未超过每年上限1000万元"],
        "art4.item2", id="deduction-in-parts",
    ),
    pytest.param(
        "高新区办两场区级论坛，各花30万元，补贴一共多少？",
        "最高30万元", 300_000,
        ["30万元 × 50% = 15万元", "15万元 未超过上限20万元", "30万元 × 50% = 15万元",
         "15万元 未超过上限20万元", "15万元 + 15万元 = 30万元", "30万元 未超过每年上限100万元"],
        "art14", id="of-each-of-two",
    ),
    pytest.param(
        "高新区首次获批一个三类医疗器械注册证，走国家医疗器械优先审批程序，合计奖励多少？",
        "最高300万元", 3_000_000,
        ["200万元", "200万元 + 100万元 = 300万元", "300万元 未超过每年上限500万元"],
        "art5", id="increment",
    ),
    pytest.param(
        "高新区首次获批四个二类医疗器械注册证并产业化生产，都是普通审批，一共奖励多少？",
        "最高200万元", 2_000_000,
        ["4个 × 50万元 = 200万元", "200万元 未超过每年上限500万元"],
        "art5", id="count",
    ),
    pytest.param(
        "高新区一年取得三个同位素药物批准文号，一共奖励多少？",
        "最高300万元", 3_000_000,
        ["3个 × 150万元 = 450万元", "450万元 超过每年上限300万元，按300万元"],
        "art7", id="count-over-yearly-cap",
    ),
    pytest.param(
        "引进三个已上市生物制品批文在高新区生产，奖励多少？",
        "750万元", 7_500_000, ["3个 × 250万元 = 750万元"], "art4.item3", id="count-without-cap",
    ),
    pytest.param(
        "三个品种纳入国家集采，年度集采金额分别是1.1亿元、4000万元和2000万元，高新区合计奖励多少？",
        "最高480万元", 4_800_000,
        ["1.1亿元 × 3% = 330万元", "330万元 超过上限300万元，按300万元",
         "4000万元 × 3% = 120万元", "120万元 未超过上限300万元",
         "2000万元 × 3% = 60万元", "60万元 未超过上限300万元",
         "300万元 + 120万元 + 60万元 = 480万元", "480万元 未超过每年上限500万元"],
        "art10.item2", id="several-products-each-capped",
    ),
    pytest.param(
        "高新区自行装修办公用房700㎡，固定资产投资2300万元，装修补贴多少？",
        "最高42万元", 420_000,
        ["700平方米 × 600元/平方米 = 42万元", "42万元 未超过上限200万元"],
        "art12.item3", id="square-metres",
    ),
    pytest.param(
        "高新区自行装修GMP车间3000㎡，固定资产投资2300万元，装修补贴多少？",
        "最高200万元", 2_000_000,
        ["3000平方米 × 800元/平方米 = 240万元", "240万元 超过上限200万元，按200万元"],
        "art12.item3", id="square-metres-over-cap",
    ),
    pytest.param(
        "高新区自行装修GMP车间1000平方米，固定资产投资额2600万元，实际装修费用60万元，能补贴多少？",
        "最高60万元", 600_000,
        ["1000平方米 × 800元/平方米 = 80万元", "80万元 未超过上限200万元",
         "80万元 超过实际费用60万元，按60万元"],
        "art12.item3", id="never-more-than-was-spent",
    ),
    pytest.param(
        "高新区建设CRO平台，实际完成固定资产投资额4000万元，补助多少？",
        "最高300万元（另一种读法为400万元）", 3_000_000,
        ["4000万元 − 1000万元 = 3000万元", "3000万元 × 10% = 300万元",
         "另一种读法，第一段从零起算：", "4000万元 × 10% = 400万元",
         "300万元 未超过上限1000万元", "400万元 未超过上限1000万元"],
        "art11.item1", id="tiers-in-two-readings",
    ),
    pytest.param(
        "高新区建中试服务平台，实际完成固定资产投资额6000万元，补助多少？",
        "最高600万元（另一种读法为700万元）", 6_000_000,
        ["5000万元 − 1000万元 = 4000万元", "4000万元 × 10% = 400万元",
         "6000万元 − 5000万元 = 1000万元", "1000万元 × 20% = 200万元",
         "400万元 + 200万元 = 600万元", "另一种读法，第一段从零起算：",
         "5000万元 × 10% = 500万元", "6000万元 − 5000万元 = 1000万元",
         "1000万元 × 20% = 200万元", "500万元 + 200万元 = 700万元",
         "600万元 未超过上限1000万元", "700万元 未超过上限1000万元"],
        "art11.item1", id="two-tiers-in-two-readings",
    ),
    pytest.param(
        "1类新药临床前研究总经费1500万元，56号文支持多少？",
        "最高200万元", 2_000_000,
        ["1500万元 × 20% = 300万元", "300万元 超过上限200万元，按200万元"],
        "item3", id="cap-of-one-project",
    ),
    pytest.param(
        "海外临床试验责任险交了90万元保费，市里补贴多少？",
        "最高45万元", 450_000, ["90万元 × 50% = 45万元", "45万元 未超过上限100万元"],
        "item6", id="insurance-abroad",
    ),
    pytest.param(
        "高新区租厂房，实缴租金80万元，年开票收入900万元，租金补贴多少？",
        "最高32万元至80万元", 320_000,
        ["80万元 × 100% = 80万元", "80万元 × 40% = 32万元", "32万元 未超过每年上限100万元",
         "80万元 未超过每年上限100万元"],
        "art12.item2", id="range-of-rates",
    ),
    pytest.param(
        "高新区一家企业租厂房连续三年，每年实缴租金300万元，年开票收入800万元，三年租金补贴一共多少？",
        "最高300万元", 3_000_000,
        ["300万元 × 100% = 300万元", "300万元 × 40% = 120万元",
         "120万元 超过每年上限100万元，按100万元", "300万元 超过每年上限100万元，按100万元",
         "100万元/年 × 3年 = 300万元"],
        "art12.item2", id="yearly-cap-over-three-years",
    ),
    # Caps of different measures limit each its own, not the total.
    pytest.param(
        "高新区医院采购首台套医疗器械2000万元，另外向无关联企业采购新药1500万元，两项补助合计多少？",
        "最高375万元", 3_750_000,
        ["2000万元 × 20% = 400万元", "1500万元 × 5% = 75万元", "75万元 未超过上限100万元",
         "400万元 超过每年上限300万元，按300万元", "300万元 + 75万元 = 375万元"],
        "art10.item1", id="each-measure-its-cap",
    ),
    pytest.param(
        "甲公司委托乙公司生产，都在高新区，年度新增委托合同2亿元，甲乙两家各自奖励加起来多少？",
        "最高1000万元", 10_000_000,
        ["2亿元 × 3% = 600万元", "2亿元 × 3% = 600万元", "600万元 超过每年上限500万元，按500万元",
         "600万元 超过每年上限500万元，按500万元", "500万元 + 500万元 = 1000万元"],
        "art9", id="each-party-its-cap",
    ),
    pytest.param(
        "高新区企业单台50万元以上的生产性设备实际付款且列入固定资产4000万元，新增固定资产投资5000万元，补贴多少？",
        "最高400万元", 4_000_000, ["4000万元 × 10% = 400万元", "400万元 未超过上限1000万元"],
        "art12.item1", id="a-threshold-said-again-is-no-base",
    ),
    pytest.param(
        "高新区企业新增固定资产投资4500万元，生产性设备实际付款3000万元，其中400万元是单台不到30万的设备，补贴多少？",
        "最高260万元", 2_600_000,
        ["3000万元 − 400万元 = 2600万元", "2600万元 × 10% = 260万元", "260万元 未超过上限1000万元"],
        "art12.item1", id="a-part-that-does-not-count",
    ),
    pytest.param(
        "市里8个院内中药制剂完成备案，其中6个实现了销售，一共奖励多少？",
        "60万元", 600_000, ["6个 × 10万元 = 60万元"], "item4", id="the-part-that-counts",
    ),
    pytest.param(
        "高新区首次获批3个二类医疗器械注册证，其中1个走了市级优先审批，一共奖励多少？",
        "最高200万元", 2_000_000,
        ["3个 − 1个 = 2个", "2个 × 50万元 = 100万元", "50万元", "50万元", "50万元 + 50万元 = 100万元",
         "100万元 + 100万元 = 200万元", "200万元 未超过每年上限500万元"],
        "art5", id="a-part-in-a-further-case",
    ),
    pytest.param(
        "我们2个品种进了国采，一个一年采购额5000万，另一个2亿，高新区奖多少？",
        "最高450万元", 4_500_000,
        ["5000万元 × 3% = 150万元", "150万元 未超过上限300万元", "2亿元 × 3% = 600万元",
         "600万元 超过上限300万元，按300万元", "150万元 + 300万元 = 450万元", "450万元 未超过每年上限500万元"],
        "art10.item2", id="purchases-of-those-who-won-the-tender",
    ),
    pytest.param(
        "高新区同位素药物批文2个奖多少？",
        "最高300万元", 3_000_000,
        ["2个 × 150万元 = 300万元", "300万元 未超过每年上限300万元"], "art7", id="counted-behind",
    ),
    pytest.param(
        "国际生物城的定向支持，市里每年给的加上巴南匹配的，三年一共多少？",
        "1.35亿元", 135_000_000,
        ["1500万元 × 2倍 = 3000万元", "1500万元 + 3000万元 = 4500万元", "4500万元/年 × 3年 = 1.35亿元"],
        "passage3", id="matched-by-another-level",
    ),
    pytest.param(
        "巴南区每年要给国际生物城匹配多少资金？",
        "3000万元", 30_000_000, ["1500万元 × 2倍 = 3000万元"], "passage3", id="what-is-matched",
    ),
    pytest.param(
        "我们在高新区刚拿了三张二类证，一张走了市级创新审批，能奖多少？",
        "最高250万元", 2_500_000,
        ["3张 − 1张 = 2张", "2张 × 50万元 = 100万元", "50万元", "100万元", "50万元 + 100万元 = 150万元",
         "100万元 + 150万元 = 250万元", "250万元 未超过每年上限500万元"],
        "art5", id="a-part-that-is-told-without-其中",
    ),
    pytest.param(
        "高新区拿了三张二类证，还有一张三类证，都是普通审批，奖多少？",
        "最高350万元", 3_500_000,
        ["200万元", "3张 × 50万元 = 150万元", "200万元 + 150万元 = 350万元",
         "350万元 未超过每年上限500万元"],
        "art5", id="another-class-is-no-part",
    ),
    pytest.param(
        "高新区CRO平台给无关联企业做服务，服务合同到账2000万元，奖励多少？",
        "最高100万元", 1_000_000,
        ["2000万元 × 7% = 140万元", "140万元 超过上限100万元，按100万元"],
        "art11.item2", id="income-is-no-investment",
    ),
    pytest.param(
        "我们租了800平写字楼，40个人，年租金48万，年开票收入600万，高新区租金补贴多少？",
        "最高14.4万元至36万元", 144_000,
        ["40人 × 15平方米/人 = 600平方米", "800平方米 超过上限600平方米，按600平方米",
         "48万元 × 600平方米 ÷ 800平方米 = 36万元", "36万元 × 100% = 36万元",
         "36万元 × 40% = 14.4万元", "14.4万元 未超过每年上限100万元", "36万元 未超过每年上限100万元"],
        "art12.item2", id="so-much-for-each-person",
    ),
    pytest.param(
        "我们租了600平的厂房，20个人，年租金30万，年开票收入700万，高新区房租补多少？",
        "最高12万元至30万元", 120_000,
        ["30万元 × 100% = 30万元", "30万元 × 40% = 12万元", "12万元 未超过每年上限100万元",
         "30万元 未超过每年上限100万元"],
        "art12.item2", id="a-limit-on-offices-is-none-on-plants",
    ),
    pytest.param(
        "高新区租写字楼700平，40人，年租金50万元，年开票收入600万元，房租补多少？",
        "最高171428.4元至42.8571万元", 171_428.4,
        ["40人 × 15平方米/人 = 600平方米", "700平方米 超过上限600平方米，按600平方米",
         "50万元 × 600平方米 ÷ 700平方米 ≈ 42.8571万元", "42.8571万元 × 100% = 42.8571万元",
         "42.8571万元 × 40% = 171428.4元", "171428.4元 未超过每年上限100万元",
         "42.8571万元 未超过每年上限100万元"],
        "art12.item2", id="less-than-a-yuan-left-out",
    ),
]  # fmt: skip

#: Question, the line that says what was not reached, the clause.
NOT_REACHED = [
    (
        "高新区医院年度实际采购无关联企业生产的检验检测试剂150万元，补助多少？",
        "年度实际采购金额：150万元 未超过200万元，不能享受",
        f"{ZONE}#art10.item1",
    ),
    (
        "平台对外服务年度实际收入250万元，高新区奖励多少？",
        "年度实际服务合同金额：250万元 未达到300万元，不能享受",
        f"{ZONE}#art11.item2",
    ),
    (
        "高新区企业新增固定资产投资额2500万元，生产性设备实际付款1000万元，补贴多少？",
        "新增固定资产投资额：2500万元 未达到3000万元，不能享受",
        f"{ZONE}#art12.item1",
    ),
    (
        "高新区自行装修GMP车间1000平方米，固定资产投资1500万元，装修补贴多少？",
        "固定资产投资额（不含土地、厂房投入）：1500万元 未达到2000万元，不能享受",
        f"{ZONE}#art12.item3",
    ),
    (
        "高新区建CDMO平台，固定资产投资额800万元，补助多少？",
        "800万元 未达到1000万元，不能享受",
        f"{ZONE}#art11.item1",
    ),
    (
        "高新区租楼1000平，30人，年租金48万，年开票收入560万，房租补多少？",
        "年开票收入：560万 未达到600万元，不能享受",
        f"{ZONE}#art12.item2",
    ),
    (
        "市里56号文承接CDMO业务，年度委托服务收入900万元，奖励多少？",
        "年度委托服务收入：900万元 未超过1000万元，不能享受",
        f"{CITY}#item12",
    ),
    (
        "56号文创新药海外权益许可，实际到位首付款8000万元，奖励多少？",
        "实际到位首付款：8000万元 未达到1亿元，不能享受",
        f"{CITY}#item19",
    ),
]


def addresses(answer: dict) -> list[str]:
    return [citation["address"] for citation in answer["citations"]]


def lines(answer: dict) -> list[str]:
    return [step["text"] for step in answer["calculation"]["steps"]]


def values(*texts: str) -> set[tuple[object, str]]:
    """Figures with the bare unit: 800元/平方米 is 800 of 元."""
    return {(q.value, q.unit.split("/")[0]) for text in texts for q in find_quantities(text)} | {
        (q.low, q.unit) for text in texts for q in find_quantities(text) if q.low is not None
    }


def is_sound(answer: dict, *questions: str) -> None:
    """Every line cites what exists; every figure is of the question, a quote, or a line before."""
    calculation = answer["calculation"]
    assert set(calculation) == FIELDS
    assert calculation["unit"] == "元"
    assert answer["trace"]["problems"] == []
    quotes = {citation["n"]: citation["quote"] for citation in answer["citations"]}
    for citation in answer["citations"]:
        assert squeeze(citation["quote"]) in squeeze(citation["text"])
    held = values(*map(spelt_out, questions), *quotes.values())
    for step in calculation["steps"]:
        assert set(step["citations"]) <= set(quotes), step
        left, _, right = step["text"].replace(" ≈ ", " = ").partition(" = ")
        assert values(left) <= held, step
        if not right and " + " not in left and step["citations"]:
            # A cap that is named stands in a clause that the very line cites.
            caps = re.findall(r"上限([\d.]+[亿万]?元)", left)
            assert values(*caps) <= values(*(quotes[n] for n in step["citations"])), step
        held |= values(right)
    assert values(calculation["display"]) <= held | {(0, "元")}
    first = answer["claims"][0]
    assert first["text"] == f"{calculation['display']}。"
    assert set(first["citations"]) == {n for s in calculation["steps"] for n in s["citations"]}
    assert f"**{calculation['display']}**" in answer["answer"]
    for text in lines(answer):
        assert f"- {text}" in answer["answer"]


@pytest.mark.parametrize(("question", "display", "result", "working", "path"), WORKED)
def test_a_sum_with_its_working(ask, question, display, result, working, path) -> None:
    answer = ask(question)
    assert answer["status"] == "answered"
    assert answer["calculation"] is not None, answer["trace"]["problems"]
    assert answer["calculation"]["display"] == display
    assert answer["calculation"]["result"] == result
    assert isinstance(answer["calculation"]["result"], int) == (result % 1 == 0)
    assert answer["calculation"]["missing"] == []
    assert lines(answer) == working
    assert path in [address.split("#")[1] for address in addresses(answer)]
    is_sound(answer, question)


@pytest.mark.parametrize(("question", "line", "address"), NOT_REACHED)
def test_a_threshold_not_reached_gives_nothing(ask, question, line, address) -> None:
    answer = ask(question)
    assert answer["calculation"]["result"] == 0
    assert answer["calculation"]["display"] == "0元"
    assert lines(answer)[-1] == line
    assert address in addresses(answer)
    is_sound(answer, question)


def test_the_area_that_counts(ask) -> None:
    answer = ask("高新区租写字楼900平，年底交社保38个人，租金支持最多认多大面积？")
    assert answer["calculation"]["display"] == "最高570平方米"
    assert answer["calculation"]["result"] == 570
    assert answer["calculation"]["unit"] == "平方米"
    assert lines(answer) == [
        "38人 × 15平方米/人 = 570平方米",
        "900平方米 超过上限570平方米，按570平方米",
    ]
    assert addresses(answer) == [f"{ZONE}#art12.item2"]


def test_a_threshold_that_is_stated_is_not_assumed(ask) -> None:
    stated = ask("高新区自行装修GMP车间1000平方米，固定资产投资2600万元，装修补贴多少？")
    assert stated["calculation"]["assumptions"] == []
    silent = ask("高新区自行装修GMP车间1000平方米，装修补贴多少？")
    assert silent["calculation"]["result"] == stated["calculation"]["result"] == 800_000
    assert silent["calculation"]["assumptions"] == [
        "固定资产投资额（不含土地、厂房投入）不低于2000万元"
    ]
    assert "固定资产投资额（不含土地、厂房投入）不低于2000万元" in silent["answer"]


def test_what_was_received_is_assumed_to_be_nothing_only_where_nothing_is_said(ask) -> None:
    answer = ask("高新区创新药I期实际研发投入1100万元，已进入II期，补助多少？")
    assert answer["calculation"]["assumptions"] == ["没有应扣除的其他补助"]


def test_two_levels_side_by_side_with_the_rule_on_both(ask) -> None:
    question = "承接CDMO业务，年度委托合同金额5000万元，重庆市和高新区分别奖励多少？"
    answer = ask(question)
    calculation = answer["calculation"]
    assert sorted(calculation["display"].split("；")) == [
        "重庆市最高150万元",
        "重庆高新区最高150万元",
    ]
    assert calculation["result"] == 1_500_000
    assert {text.split("：")[0] for text in lines(answer)} == {"重庆市", "重庆高新区"}
    assert f"{CITY}#closing" in addresses(answer)
    assert any("不重复" in citation["quote"] for citation in answer["citations"])
    assert "300万元" not in calculation["display"]
    is_sound(answer, question)


@pytest.mark.parametrize(
    ("before", "question", "display", "line"),
    [
        (
            "自己装1000平GMP车间，固投2500万元，高新区补多少？",
            "1600平呢？",
            "最高128万元",
            "1600平方米 × 800元/平方米 = 128万元",
        ),
        (
            "高新区创新药完成I期进入II期，I期花了1000万元，补多少？",
            "花了2500万",
            "最高200万元",
            "2500万元 × 10% = 250万元",
        ),
        (
            "我司的创新药做完II期进入III期，高新区能给我们补多少？",
            "花了900万元",
            "最高180万元",
            "900万元 × 20% = 180万元",
        ),
    ],
)
def test_a_follow_up_that_changes_the_figure(ask, before, question, display, line) -> None:
    answer = ask(question, conversation=[before])
    assert answer["question"] == question
    assert answer["calculation"]["display"] == display
    assert line in lines(answer)
    is_sound(answer, before, question)


STAGE = "完成II期临床试验，实际研发投入1200万元，进入III期，高新区能补多少？"


@pytest.mark.parametrize(
    ("before", "question", "display", "line"),
    [
        (f"创新药{STAGE}", "那改良型呢？", "最高150万元", "1200万元 × 20% = 240万元"),
        (f"改良型新药{STAGE}", "换成创新药呢？", "最高240万元", "1200万元 × 20% = 240万元"),
        (f"创新药{STAGE}", "三期呢？", "最高360万元", "1200万元 × 30% = 360万元"),
        (
            f"创新药{STAGE}",
            "要是改良型的呢，花的钱一样。",
            "最高150万元",
            "1200万元 × 20% = 240万元",
        ),
        (
            f"创新药{STAGE}",
            "如果是改良型新药，能补多少？",
            "最高150万元",
            "1200万元 × 20% = 240万元",
        ),
        (
            f"创新药{STAGE}",
            "那三期花4000万、报上市受理了呢？",
            "最高700万元",
            "4000万元 × 30% = 1200万元",
        ),
        (
            "高新区首次获批两个三类证产业化，普通审批，一共奖励多少？",
            "二类呢？",
            "最高100万元",
            "2个 × 50万元 = 100万元",
        ),
    ],
)
def test_a_follow_up_that_changes_the_kind(ask, before, question, display, line) -> None:
    answer = ask(question, conversation=[before])
    assert answer["calculation"]["display"] == display
    assert line in lines(answer)
    is_sound(answer, before, question)


def test_one_of_two_measures_whose_threshold_is_not_reached(ask) -> None:
    question = (
        "医院在高新区采购首台套器械600万元，又采购无关联企业的试剂150万元，两项补助合计多少？"
    )
    answer = ask(question)
    assert answer["calculation"]["result"] == 1_200_000
    assert "年度实际采购金额：150万元 未超过200万元，不能享受" in lines(answer)
    assert lines(answer)[-1] == "120万元 + 0元 = 120万元"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("我司的创新药做完II期，高新区能给我们补多少？", ["该阶段实际研发投入费用是多少？"]),
        (
            "我们公司在高新区办了一场论坛，能补贴多少？",
            ["活动实际发生费用是多少？", "国际性/全国性", "市级", "区级"],
        ),
        ("我们公司在高新区做临床，能补助多少？", ["该阶段实际研发投入费用是多少？", "哪一种"]),
    ],
)
def test_what_is_missing_is_asked_for(ask, question: str, words: list[str]) -> None:
    answer = ask(question)
    calculation = answer["calculation"]
    assert calculation["result"] is None
    assert calculation["display"] == ""
    assert calculation["steps"] == calculation["caps"] == []
    assert 1 <= len(calculation["missing"]) <= 2
    asked = "\n".join(calculation["missing"])
    for word in words:
        assert word in asked
    assert "要测算，还需要您说明" in answer["answer"]
    assert all(text in answer["answer"] for text in calculation["missing"])
    # What there is to read is cited all the same, and nothing worked out is stated.
    assert answer["citations"]
    assert all(claim["citations"] for claim in answer["claims"])


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "高新区创新药完成I期进入II期，I期实际研发投入1000万元，我们有80名博士，能补助多少？",
            id="persons",
        ),
        pytest.param("高新区创新药II期投入1200万美元进入III期，能补多少？", id="another-currency"),
        pytest.param("渝高新发〔2024〕31号第五条原文", id="look-up"),
        pytest.param("渝府办发〔2025〕56号第（十）条写了什么", id="look-up-by-number"),
        pytest.param("高新区三类医疗器械注册证奖励多少？", id="amount-of-one"),
        pytest.param("56号文对创新药每个奖励多少？", id="amount-each"),
        pytest.param("高新区创新药研发补助比例是多少？", id="rate"),
        pytest.param("56号文什么时候开始施行？", id="validity"),
    ],
)
def test_nothing_is_worked_out(ask, question: str) -> None:
    answer = ask(question)
    assert answer["status"] == "answered"
    assert answer["calculation"] is None
    assert answer["citations"]
    assert "测算" not in answer["answer"]


def test_a_sum_on_a_day_after_the_end_is_marked(ask) -> None:
    answer = ask("海外临床试验责任险交了90万元保费，市里补贴多少？", as_of="2029-01-01")
    assert answer["calculation"]["display"] == "最高45万元"
    assert any(note.startswith("有效性") for note in answer["notes"])


def test_a_result_with_a_fraction_is_a_json_number(ask) -> None:
    answer = ask("海外临床试验责任险交了9001元保费，市里补贴多少？")
    assert answer["calculation"]["display"] == "最高4500.5元"
    assert answer["calculation"]["result"] == 4500.5
    assert lines(answer) == ["9001元 × 50% = 4500.5元", "4500.5元 未超过上限100万元"]


def test_nothing_is_left_where_more_was_received(ask) -> None:
    question = "改良型新药II期实际研发投入500万元进入III期，当年别处领过130万元补助，高新区补多少？"
    answer = ask(question)
    assert answer["calculation"]["result"] == 0
    assert "100万元 − 130万元 = -30万元，按0元" in lines(answer)


# What the verifier lets through

RATE_QUESTION = "海外临床试验责任险交了90万元保费，市里补贴多少？"


@pytest.fixture(scope="module")
def drafted(assistant: Assistant):
    retrieval = assistant.retrieve(Query(RATE_QUESTION, date(2026, 11, 24)))
    draft = ExtractiveComposer(assistant.index, assistant.retriever, assistant.threshold).compose(
        retrieval
    )
    assert draft.calculation
    return draft, retrieval


def test_a_working_that_follows_is_verified(assistant, drafted) -> None:
    draft, retrieval = drafted
    answer = verify(draft, retrieval, assistant.index)
    assert answer.calculation == draft.calculation
    assert answer.trace.problems == ()
    shown = answer_json(answer)["calculation"]
    assert (shown["result"], shown["display"]) == (450_000, "最高45万元")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (0, "90万元 × 50% = 46万元"),
        (0, "90万元 × 51% = 45.9万元"),
        (0, "91万元 × 50% = 45.5万元"),
        (1, "45万元 超过上限100万元，按100万元"),
        (1, "45万元 未超过上限300万元"),
    ],
)
def test_a_working_that_does_not_follow_is_removed(assistant, drafted, place, line) -> None:
    draft, retrieval = drafted
    steps = list(draft.calculation.steps)
    steps[place] = replace(steps[place], text=line)
    wrong = replace(draft, calculation=replace(draft.calculation, steps=tuple(steps)))
    answer = verify(wrong, retrieval, assistant.index)
    assert answer.calculation is None
    assert [(p.check, p.detail) for p in answer.trace.problems] == [("working_follows", line)]
    assert "测算" not in answer.text
    assert line not in answer.text
    # The clauses are quoted all the same.
    assert answer.status == "answered"
    assert answer.citations
    assert answer_json(answer)["calculation"] is None


def test_a_result_that_no_line_came_to_is_removed(assistant, drafted) -> None:
    draft, retrieval = drafted
    wrong = replace(draft, calculation=replace(draft.calculation, display="最高60万元"))
    answer = verify(wrong, retrieval, assistant.index)
    assert answer.calculation is None
    assert "60万元" not in answer.text


def test_a_working_without_the_quote_it_rests_on_is_removed(assistant, drafted) -> None:
    draft, retrieval = drafted
    other = Claim(
        "支持创新药产业化落地。", Address.parse(f"{CITY}#item10"), "支持创新药产业化落地。"
    )
    answer = verify(replace(draft, claims=(other,)), retrieval, assistant.index)
    assert answer.calculation is None
    assert [p.check for p in answer.trace.problems] == ["working_follows"]
