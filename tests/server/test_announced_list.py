"""The list of a kind that a question asks for: what to hand in, steps, conditions, cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

_MEASURES = """桐江市支持绿色包装产业办法
桐江市经济和信息化局
2025年2月1日
第一条 为支持绿色包装产业，制定本办法。
第二条 市经济和信息化局负责绿色包装资金的组织申报、审核和拨付，市财政局负责资金安排。
第三条 申报绿色包装资金的企业应当同时具备下列条件：
（一）在本市生产满两年；
（二）上年度产值不低于1500万元；
（三）可降解材料占比超过40%。
第四条 企业有下列情形之一的，不得申报：
（一）申报前一年内发生较大生产安全事故的；
（二）拖欠职工工资且未改正的；
（三）上年度享受的资金尚未通过验收的。
第五条 对购置可降解材料生产线的企业，按照设备投资额的12%给予补助，最高180万元。从市外购入旧设备的，应当先经市经济和信息化局评估，方可计入投资额。
第六条 办理程序如下：
（一）企业每年9月底前在线填报；
（二）区县主管部门在12个工作日内初审；
（三）市经济和信息化局组织现场核查并公示6日；
（四）市财政局在25日内拨付。
第七条 企业应当提交下列材料：
（一）资金申请书；
（二）生产线合同和付款凭证；
（三）第三方检测报告。
第八条 本办法自2025年3月1日起施行，有效期3年。
"""


@pytest.fixture(scope="module")
def office(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(_MEASURES)


@pytest.mark.parametrize(
    ("question", "article", "entries"),
    [
        ("绿色包装资金的审核流程是怎样的", "art6", 4),
        ("绿色包装的钱从填报到发下来一共几步", "art6", 4),
        ("哪些情况下企业报不了绿色包装资金，不能申报", "art4", 3),
        ("报绿色包装资金要满足哪些条件", "art3", 3),
        ("申请绿色包装补助要交什么材料", "art7", 3),
    ],
)
def test_the_list_of_the_kind_is_stated_whole(
    office: Assistant, question: str, article: str, entries: int
) -> None:
    cited = [str(c.address) for c in office.ask(Query(question, date(2026, 11, 30))).citations]
    assert set(cited) - {f"a#{article}"} == {f"a#{article}.item{n + 1}" for n in range(entries)}


@pytest.mark.parametrize(
    ("question", "article"),
    [
        # The thing itself is asked about, whatever words of a list are said beside it.
        ("从市外买旧设备要什么手续才能算进投资额", "art5"),
        ("绿色包装资金归哪个部门审核", "art2"),
        ("材料生产线补助比例多少", "art5"),
    ],
)
def test_a_question_on_one_rule_gets_that_rule(
    office: Assistant, question: str, article: str
) -> None:
    cited = {str(c.address) for c in office.ask(Query(question, date(2026, 11, 30))).citations}
    assert cited == {f"a#{article}"}
