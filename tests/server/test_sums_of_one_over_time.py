"""An amount for each month or year that one person gets over all the time that it is given."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """柏川市人民政府关于印发《柏川市支持青年人才若干措施》的通知
柏川政发〔2025〕3号
柏川市支持青年人才若干措施
第一条 毕业生安居补贴。对毕业2年内到本市企业就业或者自主创业的全日制博士、硕士毕业生，分别按照每月2000元、1200元的标准给予安居补贴，补贴期限最长2年；全日制本科毕业生按照每月600元的标准给予补贴，补贴期限最长1年。本人在本市有自有住房的，不享受安居补贴。
第二条 乡村教师津贴。对到乡村学校任教的教师，每年发放8000元津贴，发放期限5年。
第三条 技能补贴。取得高级工、技师证书的，分别给予一次性1500元、2500元补贴。
第四条 本措施自2025年2月1日起施行，有效期5年。
柏川市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "硕士刚毕业来本市企业上班，没有房子，安居补贴领满一共多少钱？",
            "2.88万元", "24个月 × 1200元 = 2.88万元", id="all-of-it",
        ),
        pytest.param(
            "全日制本科毕业生在本市企业就业，安居补贴按最长能领的算总共多少？",
            "7200元", "12个月 × 600元 = 7200元", id="another-grade",
        ),
        pytest.param(
            "博士毕业到本市就业，安居补贴领3年一共多少？",
            "4.8万元", "3年 超过期限2年，按2年", id="longer-than-given",
        ),
        pytest.param(
            "博士毕业到本市就业，安居补贴领10个月一共多少？",
            "2万元", "10个月 × 2000元 = 2万元", id="some-months",
        ),
        pytest.param(
            "到乡村学校任教，乡村教师津贴领满一共能拿多少？",
            "4万元", "5年 × 8000元 = 4万元", id="by-the-year",
        ),
    ],
)  # fmt: skip
def test_over_all_the_time(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("毕业来本市企业上班，安居补贴领满一共多少钱？", id="no-grade"),
        pytest.param("博士和硕士的安居补贴领满分别一共多少？", id="two-grades"),
        pytest.param("大专毕业来本市企业上班，安居补贴领满一共多少钱？", id="no-such-grade"),
        pytest.param("硕士工作满3年了，安居补贴多少钱？", id="time-behind"),
    ],
)
def test_no_sum_where_grade_or_time_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_is_paid_once_is_not_multiplied(works: Assistant) -> None:
    answer = works.ask(Query("考取了技师证书，技能补贴领满一共多少？", TODAY))
    assert answer.calculation is None or "×" not in answer.calculation.steps[0].text
