"""Stages that are items of a list, several of which are done in one year."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """柏川市人民政府关于印发《柏川市支持生物医药产业若干措施》的通知
柏川政发〔2025〕3号
柏川市支持生物医药产业若干措施
第一条 支持新药研发。对企业自主研发的1类化学药、1类生物制品，按照研发进度给予分阶段支持：
（一）完成Ⅰ期临床试验的，每个品种给予100万元支持；
（二）完成Ⅱ期临床试验的，每个品种给予300万元支持；
（三）完成Ⅲ期临床试验的，每个品种给予700万元支持。
对2类改良型新药，按照上述标准的40%给予支持。同一企业每年获得本条支持资金最高不超过900万元。
第二条 支持项目建设。对新建的中试基地，按照建设进度分阶段给予奖励：
（一）完成立项备案的，给予20万元奖励；
（二）完成主体封顶的，给予60万元奖励；
（三）通过竣工验收的，给予120万元奖励。
第三条 支持服务平台。对公共服务平台，按照建设阶段给予奖励：
（一）完成方案评审的，给予50万元奖励；
（二）完成设备安装的，给予100万元奖励。
同一平台按照就高原则奖励，不重复支持。
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
            "我们的1个1类生物制品今年先后做完了Ⅰ期和Ⅱ期临床，一共能拿多少？",
            "最高400万元", "100万元 + 300万元 = 400万元", id="two-stages",
        ),
        pytest.param(
            "1类化学药今年完成了II期和III期临床试验，合计支持多少？",
            "最高900万元", "1000万元 超过每年上限900万元，按900万元", id="limit-of-a-year",
        ),
        pytest.param(
            "两个1类生物制品今年都完成了Ⅰ期、Ⅱ期临床，总共能拿多少支持？",
            "最高800万元", "2个 × 300万元 = 600万元", id="each-of-two",
        ),
        pytest.param(
            "新建中试基地今年先后完成立项备案、主体封顶，一共奖励多少？",
            "80万元", "20万元 + 60万元 = 80万元", id="stages-of-building",
        ),
    ],
)  # fmt: skip
def test_stages_done_are_added(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("2类改良型新药今年先后完成了Ⅰ期和Ⅱ期临床，一共能拿多少？", id="scaled"),
        pytest.param("1类生物制品完成了Ⅰ期，Ⅱ期临床还在做，一共能拿多少？", id="not-done"),
        pytest.param("1类生物制品去年完成Ⅰ期、今年完成Ⅱ期临床，一共能拿多少？", id="two-years"),
        pytest.param(
            "公共服务平台先后完成方案评审、设备安装，一共奖励多少？", id="the-highest-only"
        ),
    ],
)
def test_other_stages_are_not_added(works: Assistant, question: str) -> None:
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is None or " + " not in " ".join(step.text for step in calculation.steps)


def test_each_by_itself_is_no_sum_of_all(works: Assistant) -> None:
    works_out_nothing(works.ask(Query("1类化学药完成Ⅰ期和Ⅱ期临床试验，分别能拿多少支持？", TODAY)))
