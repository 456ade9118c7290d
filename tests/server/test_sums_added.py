"""Sums of what is added in a further case, of years with their own shares, of limits listed by 分别."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """临江市支持会展和平台若干规定
第一条 支持举办展会
（一）展览面积1万平方米以上（含）、2万平方米以上（含）、3万平方米以上（含）的经贸类展会，分别给予办展单位20万元、40万元、80万元补助。
（二）境外展商展位数占比达到20%以上（含）的，在前项基础上再增加10万元。
第二条 支持租用厂房。租用园区标准厂房的，按实缴租金给予补贴：第一年、第二年补贴50%，第三年补贴30%。补贴面积不超过2000平方米，单个企业每年最高不超过40万元。
第三条 实施保险补贴。对企业投保临床试验责任保险、产品责任保险的，分别按实际缴纳保费的40%、30%给予补贴，单张保单最高分别不超过30万元、50万元，单个企业每年度不超过100万元。
第四条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们办的经贸展有2.5万平，境外展商的展位占了四分之一，办展单位能拿多少？",
            "50万元", "40万元 + 10万元 = 50万元", id="added-in-a-further-case",
        ),
        pytest.param(
            "我们办的经贸类展会有2.5万平，境外展商的展位占了15%，办展单位能拿多少补助？",
            "40万元", "15% 未达到20%，不能享受增加的部分", id="a-further-case-not-reached",
        ),
        pytest.param(
            "租了园区标准厂房1800平米，每年租金交90万，三年租金一共能补多少？",
            "最高107万元", "45万元 超过每年上限40万元，按40万元", id="years-with-shares-of-their-own",
        ),
        pytest.param(
            "租了园区标准厂房1800平米，每月租金5万元，第三年租金能补多少？",
            "最高18万元", "5万元 × 12个月/年 = 60万元", id="rent-by-the-month",
        ),
        pytest.param(
            "产品责任保险一张保单，实际缴纳保费200万元，能补多少？",
            "最高50万元", "60万元 超过上限50万元，按50万元", id="limit-of-each-kind",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # More space than counts: what of the rent is for it is not said.
        "租了园区标准厂房3000平米，每年租金交90万，三年租金一共能补多少？",
        # Whether the rent is of a year or a month is not said.
        "租了园区标准厂房1800平米，租金90万，三年租金一共能补多少？",
    ],
)
def test_no_sum_where_the_rent_is_not_clear(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_a_further_case_not_spoken_of_is_named(works: Assistant) -> None:
    question = "我们办的经贸类展会有3.5万平方米，办展单位能拿多少补助？"
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is not None and calculation.display == "80万元"
    assert any("境外展商" in said for said in calculation.assumptions)


def test_what_is_reached_is_not_multiplied(assistant_over) -> None:
    text = """临江市支持汽车产业若干规定
第一条 对新能源整车年产量首次达到5万辆、10万辆、20万辆的整车企业，分别给予500万元、1000万元、2500万元一次性奖励。
第二条 本规定自2025年1月1日起施行，有效期5年。
"""
    works = assistant_over(text)
    for question in ("整车年产量首次达到10万台奖多少", "整车年产量首次达到10万辆奖多少"):
        answer = works.ask(Query(question, TODAY))
        assert "1000万元" in answer.text and "亿元" not in answer.text


FURTHER = """临江市支持就业和冷链若干规定
第一条 购置新冷藏车并在本市登记的，新能源轻型、重型冷藏车分别每辆补助3万元、8万元；燃油冷藏车按前述标准的一半补助。
第二条 用人单位安排残疾人就业达到在职职工总数1.5%后，每超比例安排1名残疾人的，奖励6000元，每个单位每年不超过12万元。
第三条 住院起付标准为900元，职工医保在三级医疗机构的支付比例为84%。
第四条 普通门诊年度起付标准为200元，职工医保在三级医疗机构的支付比例为55%。
第五条 本规定自2025年1月1日起施行，有效期5年。
"""


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        # The second kind is not that of the first clause; a half is not worked out.
        ("买了2辆新能源重型冷藏车、3辆烧油的轻型冷藏车，一共补多少", ("25万元", "19万元")),
        # Not for all there are.
        ("公司200人，安排了8个残疾人就业，超比例的奖励能拿多少", ("4.8万元",)),
        # Who lies in a hospital is no out-patient.
        ("职工医保，住三甲花了3万，统筹能报多少", ("1.639万元", "1.65万元")),
    ],
)
def test_no_wrong_sum(assistant_over, question: str, wrong: tuple[str, ...]) -> None:
    text = assistant_over(FURTHER).ask(Query(question, TODAY)).text
    assert not any(figure in text for figure in wrong)
