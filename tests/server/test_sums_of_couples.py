"""What two spouses get together, each by their own degree, and as it is paid."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """禾川市人民政府关于印发《禾川市青年人才安居办法》的通知
禾川政发〔2025〕9号
禾川市青年人才安居办法
第一章 安居补贴
第一条 购房补贴标准：
（一）博士研究生每人12万元；
（二）硕士研究生每人6万元；
（三）本科毕业生和高级技师每人3万元。
补贴金额不得超过购房合同总价款的15%。
第二条 夫妻双方均为青年人才且共同购买一套住房的，分别按各自标准享受购房补贴。
第三条 购房补贴分两次发放：审核通过后发放70%，满1年且仍在禾川工作的，发放其余30%。
第二章 租房补贴
第四条 租房补贴标准：
（一）博士研究生每人每月1000元；
（二）硕士研究生每人每月600元；
（三）本科毕业生每人每月400元。
夫妻双方均符合条件的，只能由一方申请。
第三章 附则
第五条 本办法自2025年3月1日起施行，有效期5年。
禾川市人民政府
2025年2月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我是硕士，老公是本科，两个人在禾川一起买了套90万元的房子，第一次能拿多少购房补贴",
            "6.3万元（按期拨付，全部为最高9万元）", "9万元 × 70% = 6.3万元", id="as-it-is-paid",
        ),
        pytest.param(
            "夫妻俩一个博士一个硕士，在禾川共同买了套100万元的新房，购房补贴总共多少",
            "最高15万元", "18万元 超过上限15万元，按15万元", id="held-to-a-share-of-the-price",
        ),
    ],
)  # fmt: skip
def test_each_gets_their_own(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "我是硕士，老婆是本科，在禾川各买了一套房，购房补贴一共多少", id="a-home-each"
        ),
        pytest.param(
            "我是硕士，老婆是本科，在禾川一起租房，租房补贴两个人每月一共多少",
            id="only-one-of-both",
        ),
        pytest.param(
            "我是硕士，同事是本科，两个人在禾川一起买了套房，购房补贴一共多少", id="no-spouses"
        ),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
