"""For how long a monthly amount is given: the time stated, no longer than the clause says, or all of it where a
question asks for the whole; a time that is a condition is no such span."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts
from server.sums.written_out import spelt_out

TEXT = """云岭市人民政府关于印发《云岭市支持人才若干措施》的通知
云岭政发〔2025〕8号
云岭市支持人才若干措施
第一条 支持租房。企业新引进的博士、硕士，在本市首次就业且缴纳社会保险满6个月的，分别按照每人每月1800元、900元给予租房补贴，补贴期限24个月。
第二条 支持实习。对接收高校在校生实习的企业，按照每人每月1500元给予实习补贴，最长不超过6个月。
第三条 支持引进技师。对企业全职引进的技师，工作满1年的，按照每人每月700元给予交通补贴，补贴期限3年。
第四条 支持培训。对取得飞手执照且在本市企业连续工作满1年的员工，按照小型每人1000元、中型每人2000元、大型每人3000元给予企业培训补贴，单个企业每年最高20万元。
第五条 支持租房扩面。租用标准厂房的企业，按以下标准给予补贴：
（一）上年度研发费用500万元以上、不足2000万元的，每平方米每月补贴20元，补贴面积不超过1000平方米；
（二）上年度研发费用2000万元以上的，每平方米每月补贴30元，补贴面积不超过2000平方米。
第六条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我和老婆一个博士一个硕士，都是刚被企业新引进、在本市首次就业的，社保也都交满半年了，租房补贴领满的话两个人一共多少钱？",
            "6.48万元", "1人 × 24个月 × 1800元 = 4.32万元", id="all-of-it",
        ),
        pytest.param(
            "企业新引进一名博士，首次在本市就业，社保交满一年了，租房补贴拿满一共能拿多少？",
            "4.32万元", "1人 × 24个月 × 1800元 = 4.32万元", id="condition-is-no-span",
        ),
        pytest.param(
            "新引进的1个博士2个硕士，都首次就业、社保满半年，租房补贴期内一共能领多少？",
            "8.64万元", "3600元 × 24个月 = 8.64万元", id="two-classes-all-of-it",
        ),
        pytest.param(
            "企业新引进2名博士，首次在本市就业，租房补贴领3年一共多少？",
            "8.64万元", "36个月 超过期限24个月，按24个月", id="years-over-months",
        ),
        pytest.param(
            "新引进的1个博士2个硕士，都首次就业、社保满半年，租房补贴领3年一共多少？",
            "8.64万元", "36个月 超过期限24个月，按24个月", id="two-classes-too-long",
        ),
        pytest.param(
            "企业新引进2名博士，首次在本市就业，租房补贴已经领了8个月，领满还能领多少？",
            "5.76万元", "24个月 − 8个月 = 16个月", id="what-is-left",
        ),
        pytest.param(
            "企业新引进2名博士，首次在本市就业，社保交满一年了，租房补贴每月多少？",
            "3600元", "2人 × 1800元 = 3600元", id="one-month",
        ),
        pytest.param(
            "企业新引进1名博士，首次就业，社保满半年，租房补贴领一年半一共多少？",
            "3.24万元", "1人 × 18个月 × 1800元 = 3.24万元", id="year-and-a-half",
        ),
        pytest.param(
            "企业新引进2名博士1名硕士，都首次在本市就业，社保满半年，租房补贴两年一共多少？",
            "10.8万元", "4500元 × 24个月 = 10.8万元", id="each-class-its-persons",
        ),
        pytest.param(
            "企业新引进的硕士，首次就业，社保满半年，租房补贴已经领了10个月，还能领多少？",
            "1.26万元", "24个月 − 10个月 = 14个月", id="what-is-left-unsaid-whole",
        ),
        pytest.param(
            "租用标准厂房的企业上年度研发费用800万元，租了1200平方米，一年补贴多少？",
            "24万元", "1200平方米 超过上限1000平方米，按1000平方米", id="area-that-counts",
        ),
        pytest.param(
            "考了飞手执照，连续工作满1年，小型10人、中型5人，培训补贴一共多少？",
            "最高2万元", "1万元 + 1万元 = 2万元", id="no-persons-of-a-class",
        ),
        pytest.param(
            "企业接收了10个在校生，实习了4个月，实习补贴一共多少？",
            "6万元", "10人 × 4个月 × 1500元 = 6万元", id="past-is-the-span",
        ),
        pytest.param(
            "企业全职引进了2名技师，工作满1年了，交通补贴享受满一共多少？",
            "5.04万元", "3年 × 12个月/年 = 36个月", id="years-as-months",
        ),
        pytest.param(
            "企业全职引进了2名技师，交通补贴领40个月一共多少？",
            "5.04万元", "40个月 超过期限36个月，按36个月", id="months-over-years",
        ),
    ],
)  # fmt: skip
def test_a_monthly_amount_is_given_for_as_long_as_the_clause_says(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "企业新引进2名博士，首次在本市就业，社保交满一年了，租房补贴多少？", id="no-span"
        ),
        pytest.param(
            "新引进的1个博士2个硕士，都首次就业、社保交满3个月了，租房补贴领满一共多少？",
            id="condition-not-met",
        ),
    ],
)
def test_no_sum_where_the_time_is_not_told_or_a_condition_is_not_met(
    works: Assistant, question: str
) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("领一年半一共多少", "领18个月一共多少"),
        ("租了2年半", "租了30个月"),
        ("三年半载", "三年半载"),
        ("去年半价", "去年半价"),
    ],
)
def test_years_and_a_half_are_months(said: str, written: str) -> None:
    assert spelt_out(said) == written


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ("新引进的1个博士2个硕士", ["1个博士", "2个硕士"]),
        ("一个创新药两个改良型都过了二期", ["一个", "两个"]),
        ("一家托育园180个托位", ["180个"]),
        ("一个托育中心180个托位", ["180个"]),
    ],
)
def test_one_thing_before_others_is_counted_unless_it_holds_them(
    said: str, counts: list[str]
) -> None:
    assert [fact.written for fact in stated_facts(said)] == counts
