"""Comparisons and questions in one breath: each thing that is asked gets its clause, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

_CITY = """青禾市促进新材料产业发展若干措施
青政规〔2025〕3号
（一）支持产品获批。对本市生产企业取得产品准入证书并在本市投产的，按类别给予一次性奖励：A级新材料每个品种900万元，B级新材料每个品种350万元。
（二）支持质量认证。企业首次通过国家绿色工厂评价的，每条产线奖励25万元。首次通过境外认证的，每项奖励90万元。
（三）支持样品备案。对完成样品备案并实现销售的，每个品种奖励8万元。
（四）支持老工艺。老工艺名录内的产品每个品种奖励70万元。
（五）同一事项同时符合本措施和市级其他政策的，按照就高不重复原则执行。
（六）本措施自2025年4月1日起施行，有效期5年。
"""
_ZONE = """青禾高新区支持新材料产业办法
青高管规〔2025〕1号
第一条 为支持青禾高新区新材料产业，制定本办法。
第二条 企业将区外的产品准入证书转移至高新区生产企业持有的，每个证书奖励50万元，五年内将证书转出高新区的，全额退还奖励。
第三条 对取得产品准入证书且在高新区内投产的产品，按下列标准给予奖励：
（一）A级新材料每个品种700万元；
（二）B级新材料每个品种200万元。
第四条 对企业通过质量认证的，按下列标准给予奖励：
（一）首次通过国家绿色工厂评价的，每个车间30万元；
（二）首次通过境外认证的，每项80万元。
第五条 老工艺名录内的产品在高新区投产的，每个品种奖励40万元。
第六条 同一事项同时符合市级政策和本办法的，按照就高不重复原则执行；市级标准低于本办法的，由高新区补足差额，市级标准高于本办法的，高新区不再另行补助。
第七条 本办法自2025年5月1日起施行，有效期3年。
"""
_PEOPLE = """青禾市引进技能人才办法
青人社规〔2025〕6号
（一）安居补助。2025年1月1日以后新引进、在本市购买首套住房的技能人才，按下列标准给予安居补助：
甲类：80万元；
乙类：30万元；
丙类：12万元。
补助总额不超过购房合同价款的40%。
（二）安居补助分期拨付。甲类、乙类技能人才的安居补助分三期拨付，首期40%，满两年后拨付30%，满四年后拨付其余30%；丙类技能人才的安居补助分四年等额拨付。
（三）房租补助。在本市无自有住房的技能人才，按下列标准按月给予房租补助：
甲类：每月4000元，最长60个月；
乙类：每月2500元，最长48个月；
丙类：每月1200元，最长24个月。
补助按季度发放。
（四）领取安居补助的技能人才在本市服务不满四年的，按未满年限占四年的比例退还已领取的安居补助。
（五）技能人才由低类别提升至高类别的，安居补助按新类别补足差额，房租补助自认定次月起按新标准执行。
（六）申请安居补助，应当提交购房合同和人才证书。
（七）本办法自2025年6月1日起施行，有效期5年。
"""
_LAW = """青禾市渣土运输管理条例
第一条 运输企业应当自季度终了之日起十日内，向主管部门报送运输台账。
第二条 运输企业应当自年度终了之日起四个月内，向主管部门报送年度运输报告，并结清处置费用。
第三条 运输企业在年度中间歇业的，应当自歇业之日起三十日内，向主管部门报送运输报告，结清处置费用。
第四条 违反本条例规定，有下列情形之一的，由主管部门责令限期改正；逾期不改正的，责令停止运输，并处3万元以上8万元以下的罚款：
（一）运输企业未开设密闭车辆台账；
（二）运输企业未安装定位装置。
第五条 违反本条例规定，有下列情形之一的，由主管部门责令限期改正；逾期不改正的，处1万元以上2万元以下的罚款：
（一）运输企业未在车身喷涂企业名称；
（二）运输企业未悬挂公示牌。
第六条 列入处置场清单的场地，接收手续办理时间不超过7个工作日。本市统筹处置场布局，完善跨区调度机制，加强信息共享，推动渣土资源化利用，鼓励企业建设循环利用基地，支持研发新型再生建材并在政府投资工程中优先使用。处置场应当在清单更新后2个月内召开协调会议，明确接收范围。主管部门加强对处置场的指导，定期开展检查评估，检查结果向社会公布，并作为下一年度名单调整的重要依据。
第七条 本条例自2025年1月1日起施行。
"""


@pytest.fixture(scope="module")
def town(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(city=_CITY, zone=_ZONE, people=_PEOPLE, law=_LAW)


def asked(town: Assistant, question: str) -> Answer:
    return town.ask(Query(question, date(2026, 11, 30)))


def cited(answer: Answer) -> set[str]:
    return {str(citation.address) for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        # An entry of a list gives what its lead says, also where another clause is worded alike.
        ("A级新材料拿到准入证书，市里和高新区的奖励各是多少，哪个高？", {"city#item1", "zone#art3.item1"}),
        ("首次通过国家绿色工厂评价，市里和高新区的奖励有什么不同？", {"city#item2", "zone#art4.item1"}),
        # Entries without numbers are read behind their lead.
        ("甲类和乙类人才的房租补助每月差多少，能领的月数一样吗？", {"people#item3.para2", "people#item3.para3"}),
        # What stands behind 、 is asked of the same.
        (
            "丙类人才的安居补助是多少、怎么发，要是干了两年就走怎么退？",
            {"people#item1.para4", "people#item2", "people#item4"},
        ),
        # Of clauses as good, the one that the whole question found.
        ("季度结束后几天内要报运输台账？全年结束后多久内要报年度运输报告？", {"law#art1", "law#art2"}),
        # Several whole questions, each of a place.
        (
            "三个事一起问：样品备案并卖出去，市里每个品种奖多少？老工艺产品市里奖多少？高新区又奖多少？",
            {"city#item3", "city#item4", "zone#art5"},
        ),
        # One part asks for a list, the others for something else.
        (
            "运输年度报告要交哪些？季度台账多久报一次？中途歇业几天内报？",
            {"law#art1", "law#art2", "law#art3"},
        ),
        # What is told before is told of each.
        (
            "我们有一款B级新材料刚拿到准入证书并投产。市里给多少奖励？高新区给多少奖励？",
            {"city#item1", "zone#art3.item2"},
        ),
        # Two penalties: the leads say them.
        (
            "运输企业没开设密闭车辆台账，跟没悬挂公示牌，处罚有什么不一样？",
            {"law#art4", "law#art4.item1", "law#art5", "law#art5.item2"},
        ),
    ],
)  # fmt: skip
def test_each_part_has_its_clause(town: Assistant, question: str, clauses: set[str]) -> None:
    answer = asked(town, question)
    assert (answer.status, cited(answer)) == ("answered", clauses)


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        # How it is paid, not how much it is.
        ("丙类人才的安居补助怎么发？", {"people#item2"}),
        # One clause that asks for one thing stays alone.
        ("运输企业没悬挂公示牌是哪一条管？", {"law#art5.item2"}),
        ("老工艺产品高新区奖多少？", {"zone#art5"}),
    ],
)
def test_nothing_is_added(town: Assistant, question: str, clauses: set[str]) -> None:
    assert cited(asked(town, question)) == clauses


def test_the_entry_of_the_list_named_is_meant(town: Assistant) -> None:
    text = asked(town, "甲类人才的安居补助是多少？").text
    assert "甲类：80万元" in text and "4000元" not in text


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("甲乙丙三类人才房租补助分别是多少？", {f"people#item3.para{n}" for n in (2, 3, 4)}),
        ("绿色工厂评价市里怎么奖，高新区怎么奖？", {"city#item2", "zone#art4.item1"}),
        ("绿色工厂评价市里奖多少，高新区又奖多少？", {"city#item2", "zone#art4.item1"}),
        ("没悬挂公示牌怎么处理？", {"law#art5", "law#art5.item2"}),
    ],
)
def test_other_wordings(town: Assistant, question: str, clauses: set[str]) -> None:
    assert cited(asked(town, question)) == clauses


def test_what_the_lead_speaks_of_is_stated_by_its_entries(town: Assistant) -> None:
    answer = asked(town, "技能人才房租补助每月多少钱")
    assert answer.status == "answered" and "2500元" in answer.text


def test_a_clause_that_two_parts_share_takes_no_place_of_another(town: Assistant) -> None:
    assert {"people#item1.para2", "people#item2"} <= cited(
        asked(town, "甲类人才安居补助多少，什么时候拨付？")
    )


def test_things_to_ask_are_no_count(town: Assistant) -> None:
    answer = asked(town, "两个问题：样品备案市里每个品种奖多少？老工艺产品市里奖多少？")
    assert "16万元" not in answer.text and "140万元" not in answer.text


def test_things_counted_are_still_a_count(town: Assistant) -> None:
    answer = asked(town, "两个样品备案并卖出去了，市里一共奖多少？")
    assert answer.calculation and "16万元" in answer.text


def test_a_rule_on_both_says_what_becomes_of_the_difference(town: Assistant) -> None:
    text = asked(town, "B级新材料刚拿证，市里和高新区的奖励各多少，能两边都领吗？").text
    assert "350万元" in text and "200万元" in text and "高新区不再另行补助" in text


def test_a_list_that_is_spoken_of_is_not_asked_for(town: Assistant) -> None:
    text = asked(
        town, "清单里的处置场，接收手续最多多少天？清单更新后处置场多久内要开协调会？"
    ).text
    assert "7个工作日" in text and "2个月内" in text
