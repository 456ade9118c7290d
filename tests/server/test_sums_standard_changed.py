"""A monthly amount that changes with the degree while it is paid."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """泽清市人民政府关于印发《泽清市高校毕业生留泽办法》的通知
泽清政发〔2025〕6号
泽清市高校毕业生留泽办法
第一章 生活补贴
第一条 生活补贴标准：
（一）博士研究生每人每月2000元；
（二）硕士研究生每人每月1200元；
（三）本科毕业生每人每月700元。
第二条 生活补贴最长发放30个月，按季度发放。享受期间学历提升的，从次月起按提升后的标准发放，总期限不变。
第二章 租房补贴
第三条 租房补贴标准：
（一）博士研究生每人每月900元；
（二）硕士研究生每人每月600元；
（三）本科毕业生每人每月400元。
第四条 租房补贴发放期限最长24个月。
第三章 附则
第五条 本办法自2025年3月1日起施行，有效期5年。
泽清市人民政府
2025年2月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "生活补贴我按本科标准领了8个月，后来读完硕士改按硕士发，领满一共多少",
            "3.2万元", "30个月 − 8个月 = 22个月", id="the-rest-at-the-new-one",
        ),
        pytest.param(
            "我生活补贴先按硕士领了1年，博士毕业后又按博士领了9个月，一共领了多少",
            "3.24万元", "9个月 × 2000元 = 1.8万元", id="both-times-said",
        ),
    ],
)  # fmt: skip
def test_each_time_at_its_amount(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "生活补贴按本科领了20个月，后来按硕士领了15个月，一共领了多少", id="longer-than-paid"
        ),
        pytest.param("生活补贴按本科领了8个月，后来升了硕士，一共多少", id="how-long-is-not-said"),
        pytest.param(
            "租房补贴按本科标准领了8个月，后来读完硕士改按硕士发，领满一共多少",
            id="no-rule-that-it-changes",
        ),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
