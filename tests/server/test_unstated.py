"""What clauses leave open is said to be; what they state is answered, also in another sentence."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query

DAY = date(2026, 11, 24)
SOURCE = """南山区管委会
关于印发《南山区展会和人才支持办法》的通知
南管发〔2026〕9号
各有关单位：
《南山区展会和人才支持办法》已经审议通过，现印发给你们，请遵照执行。
南山区管委会
2026年3月1日
南山区展会和人才支持办法
第一条 为支持展会和人才，制定本办法。
第二条 每年安排最高80万元展会经费，对在本区举办机器人展会的主办单位予以补贴。
第三条 支持设立集成电路产业基金，引导社会资本投资。对集成电路企业的流片费用，按50%给予补贴，最高不超过300万元。
第四条 建立紧缺人才目录制度，对目录内的人才给予安家补贴每人5万元。
第五条 人才公寓的租金标准由区住建部门与运营单位协商确定。入住人才每人每月享受600元补贴。
第六条 对入驻孵化器的企业，按实缴租金的30%—60%给予补贴，补贴期限不超过3个年度。
第七条 区人才办每半年召开一次人才工作会议，在收到申请后20个工作日内作出答复。
第九条 公告内容包括拟入住公寓人员的姓名、单位和公告起止日期，由区人才办拟定，有异议的可以提出。
第十条 区人才办将审核通过的人员在网站上公告，公告时间为6个工作日，无异议的正式公布，依法不宜公布的除外。
第八条 本办法所称紧缺人才，是指本区企业聘用的博士和高级技师。
"""


@pytest.fixture(scope="module")
def answer(assistant_over):
    assistant = assistant_over(SOURCE)
    return lambda question: assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    ("question", "path"),
    [
        pytest.param("南山区办一场机器人展会最多补多少钱？", "art2", id="a budget for all"),
        pytest.param("南山区集成电路产业基金的盘子有多大？", "art3", id="amount of another thing"),
        pytest.param("南山区紧缺人才目录里有哪些人才？", "art4", id="contents of a list"),
        pytest.param("南山区人才公寓的租金收多少钱？", "art5", id="a price, not a subsidy"),
        pytest.param("南山区孵化器租金30%和60%分别给什么样的企业？", "art6", id="ends of a range"),
    ],
)
def test_what_the_clause_leaves_open(answer, question: str, path: str) -> None:
    found = answer(question)
    assert found.status == "not_stated"
    assert {str(c.address.path) for c in found.citations} == {path}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("南山区流片费用补贴几成？", "50%"),
        ("南山区紧缺人才的安家补贴是多少钱？", "5万元"),
        ("南山区孵化器租金补贴能拿几年？", "3个年度"),
        ("南山区人才工作会议多久开一次？", "每半年"),
        ("南山区人才办收到申请后几个工作日内答复？", "20个工作日"),
        ("南山区什么样的才算紧缺人才？", "博士和高级技师"),
        ("南山区每年给展会安排多少经费？", "80万元"),
    ],
)
def test_what_the_clause_states(answer, question: str, said: str) -> None:
    found = answer(question)
    assert found.status == "answered"
    assert said in found.text


@pytest.mark.parametrize(
    ("question", "address", "not_said"),
    [
        ("高新区特别重大的平台项目能给到多少钱？", "cqgxq-2024-31#art11.item1", "1000万元"),
        ("巴南区医药健康产业基金有多大规模？", "cqzfb-2021-17#passage3", "1500万元"),
    ],
)
def test_amounts_of_other_sentences_are_not_shown(ask, question, address, not_said) -> None:
    found = ask(question)
    assert found["status"] == "not_stated"
    assert {c["address"] for c in found["citations"]} == {address}
    assert not_said not in "".join(found["answer"].split())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("高新区租金补贴最多能领几年？", "3个年度"),
        ("应用清单里的创新药挂网要等多久？", "15个工作日"),
        ("创新药临床试验启动要压缩到多少周？", "25周"),
    ],
)
def test_spans_that_stand_there_are_answered(ask, question: str, said: str) -> None:
    found = ask(question)
    assert found["status"] == "answered"
    assert said in "".join(found["answer"].split())


def test_the_time_of_just_what_is_asked_about(answer) -> None:
    found = answer("南山区人才公寓的名单公告几天？")
    assert found.status == "answered"
    assert "公告时间为6个工作日" in found.text
