"""Sums over more than one clause: formulas, limits with shares, occasions, things in turn."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query

TEXT = """临江市住房和救助保障若干规定
第一条 职工住房补贴按月发放。月住房补贴＝补贴面积×每平方米补贴标准×工龄系数。每平方米补贴标准为18元。按计算结果不足100元的，按照100元发放。
第二条 毕业生租房补贴应发金额＝（月租金－自有住房租金收入）×补贴月数×50%。
第三条 医疗救助按下列标准执行：
（一）特困人员住院医疗费用，纳入救助范围的费用限额为每人每月3000元；
（二）低保对象住院医疗费用，纳入救助范围的费用限额为每人每月2000元。
第四条 医疗救助基金按以下比例支付住院医疗费用：特困人员按100%的比例支付，低保对象按70%的比例支付。
第五条 康复训练每人每天最高80元。
第六条 康复训练由残联按60%的比例予以资助。
第七条 单位可以在元旦、端午节、中秋节向职工发放慰问品，每人每个节日不超过300元。
第八条 家庭购买节能家电的，第一台按售价的20%给予补贴，第二台按售价的10%给予补贴，每户不超过2台，累计补贴不超过3000元。
第九条 村集体奖励资金可以用于文化活动，用于文化活动的部分不超过当年村集体经营收入的两倍。
第十条 养老护理员岗位津贴为每人每月200元。少数民族乡的养老护理员，岗位津贴标准在上述标准基础上提高25%。
第十一条 流动餐车模式不享受建设补贴。建设补贴为每个助餐点2万元。
第十二条 在本市就业的外地青年人才，给予每人每月800元住房补贴，期限不超过3年；给予每人每年1200元交通补贴，期限不超过2年；一次性给予每人5000元安家补贴。
第十三条 本规定自2025年1月1日起施行，有效期5年。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        ("我补贴面积90平，工龄系数1.2，月住房补贴多少？", "1944元", "90平方米 × 18元 × 1.2 = 1944元"),
        ("补贴面积5平方米，工龄系数1，月住房补贴多少？", "100元", "90元 低于最低100元，按100元"),
        ("职工住房补贴算下来只有60元，发多少？", "100元", "60元 低于最低100元，按100元"),
        ("我按公式算出来每月住房补贴才60元，实际发多少？", "100元", "60元 低于最低100元，按100元"),
        (
            "毕业生租房，月租金1500元，没有自有住房租金收入，补贴月数10个月，应发租房补贴多少？",
            "7500元",
            "自有住房租金收入：0元（您说“没有自有住房租金收入”）",
        ),
        (
            "低保对象住院医疗费用这个月花了2500元，医疗救助基金支付多少？",
            "1400元",
            "2500元 超过限额2000元，按2000元",
        ),
        (
            "单位有50名职工，元旦、中秋都发慰问品，最多能花多少？",
            "最高3万元",
            "元旦、中秋：2次 × 50人 × 300元 = 3万元",
        ),
        (
            "买节能家电，按顺序三台20000元、4000元、3000元，一共补多少？",
            "3000元",
            "3000元：超出2台，不予补贴",
        ),
        ("村集体今年经营收入30万元，办文化活动最多能用多少奖励资金？", "最高60万元", "30万元 × 2倍 = 60万元"),
        ("少数民族乡养老护理员岗位津贴提高后每月是多少？", "250元", "200元 + 50元 = 250元"),
        (
            "我们公司3个外地青年人才，干两年，住房、交通、安家补贴一共多少？",
            "7.98万元",
            "3人 × 24个月 × 800元 = 5.76万元",
        ),
    ],
)  # fmt: skip
def test_a_sum_over_several_figures(works, question, display, line) -> None:
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None, answer.trace.problems
    assert answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]


def test_both_readings_where_the_order_of_limit_and_share_is_open(works) -> None:
    question = "康复训练每天收费100元，做了20天，残联能报多少？"
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None, answer.trace.problems
    assert answer.calculation.display == "960元（另一种读法为1200元）"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("补贴面积90平方米，月住房补贴多少？", ("工龄系数是多少？",)),
        (
            "我住院医疗费这个月花了2500元，救助基金能报多少？",
            ("您说的是哪一种：特困人员，还是低保对象？",),
        ),
    ],
)
def test_what_is_missing_is_asked_back(works, question, asked) -> None:
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is not None
    assert answer.calculation.result is None
    assert answer.calculation.missing == asked


@pytest.mark.parametrize(
    "question",
    [
        # 春节 is not in the list.
        "单位有50名职工，元旦、春节都发慰问品，最多能花多少？",
        # Nothing in the formula takes an income.
        "我补贴面积90平，工龄系数1.2，月收入8000元，月住房补贴多少？",
        "流动餐车模式能拿多少建设补贴？",
    ],
)
def test_no_sum_where_something_is_not_used_or_denied(works, question) -> None:
    answer = works.ask(Query(question, date(2026, 11, 24)))
    assert answer.calculation is None


def test_what_a_clause_denies_is_said(works) -> None:
    answer = works.ask(Query("流动餐车模式能拿多少建设补贴？", date(2026, 11, 24)))
    assert "流动餐车模式不享受建设补贴" in answer.text
    assert "2万元" not in answer.text
