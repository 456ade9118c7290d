"""What another level or another benefit gets is no answer, nor what another title gets."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.missing import missing_subjects
from retriever.query import Query

DAY = date(2026, 11, 24)
CITY = """榆川市人民政府
关于印发《榆川市外贸和民生补贴若干措施》的通知
榆府发〔2026〕6号
各有关单位：
现将《榆川市外贸和民生补贴若干措施》印发给你们，请遵照执行。
榆川市人民政府
2026年3月1日
榆川市外贸和民生补贴若干措施
第一条 租用海外仓的企业，按实际使用面积给予每平方米每月9元的补助，最长24个月。
第二条 首次认定为高新技术企业的，奖励15万元。
第三条 首次取得第三类医疗器械注册证并在本市生产的，每件奖励60万元。
第四条 家庭收入核算时，下列收入不计入家庭收入：
（一）高龄津贴、残疾人两项补贴；
（二）政府发放的奖学金。
第五条 小微企业招用毕业生的，按照单位缴纳的失业保险费给予全额补贴，期限不超过12个月。
第六条 市里组织的宣讲在石桥县和柳泊县举办。
"""
COUNTY = """柳泊县人民政府
关于印发《榆川市柳泊县促进开放型经济办法》的通知
柳政发〔2026〕2号
各有关单位：
现将《榆川市柳泊县促进开放型经济办法》印发给你们，请遵照执行。
柳泊县人民政府
2026年4月1日
榆川市柳泊县促进开放型经济办法
第一条 入驻县跨境电商产业园的企业，租用办公用房的，每平方米每月补助11元，最长36个月。
第二条 年度跨境电商交易额达到300万元的，奖励3万元。
"""


@pytest.fixture(scope="module")
def answer(assistant_over):
    assistant = assistant_over(city=CITY, county=COUNTY)
    return lambda question: assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("柳泊县自己对租海外仓有补贴吗", id="a county that gives nothing for it"),
        pytest.param("石桥县三类证县里奖多少", id="a county named in passing"),
        pytest.param("公司去科创板上市奖多少", id="listed at an exchange"),
        pytest.param("被公司裁了，失业金能领多少", id="what is paid in is not paid out"),
        pytest.param("我爷爷八十了，高龄津贴一个月多少", id="what stands under a lead on the rest"),
    ],
)
def test_refused(answer, question: str) -> None:
    found = answer(question)
    assert found.status == "refused" and not found.citations


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("柳泊县自己对租跨境电商产业园办公用房有补贴吗", "11元", id="its own rule"),
        pytest.param("榆川市租海外仓每平方米补多少", "9元", id="the city's"),
        pytest.param("三类医疗器械批准上市市里奖多少", "60万元", id="上市市里 names the city"),
        pytest.param("首次评上高新技术企业奖多少", "15万元", id="the title that is named"),
    ],
)
def test_stated(answer, question: str, said: str) -> None:
    found = answer(question)
    assert found.status == "answered" and said in found.text


def test_a_title_that_no_clause_names(assistant_over) -> None:
    assistant = assistant_over(city=CITY, county=COUNTY)

    def missing(question: str) -> list[str]:
        return missing_subjects(assistant.retrieve(Query(question, DAY)), assistant.retriever)

    assert missing("评上瞪羚企业奖多少") == ["瞪羚"]
    assert not missing("评上高新技术企业奖多少")


def test_a_refusal_does_not_say_that_there_are_no_texts_of_the_county(answer) -> None:
    assert "没有柳泊县的文件" not in answer("柳泊县自己对租海外仓有补贴吗").text
    assert "没有石桥县的文件" in answer("石桥县三类证县里奖多少").text
