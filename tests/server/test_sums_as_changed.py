"""Sums with the figures that a later text put in by words of its own: 由每人600元提高到每人800元."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant

OLD = """云溪市用工服务补贴实施细则
（云人社规〔2024〕4号 2024年3月15日发布）
第一条 用人单位新招用人员并组织岗前培训不少于20课时且考核合格的，按每人500元给予岗前培训补贴。
第二条 企业接收学生岗位实习满3个月的，按每人每月400元给予实习补贴。
第三条 新建公共型烘干中心的，每张烘床补助300元。
第四条 见习标准为每人每月800元，见习期限3至12个月。
第五条 重点岗位补助标准为见习标准的1.4倍。
第六条 本细则自2024年4月1日起施行，有效期5年。
云溪市人力资源和社会保障局
"""
NEW = """云溪市人民政府办公室关于调整部分补贴标准的通知
云政办发〔2025〕19号
各有关单位：
经市政府同意，现对部分补贴标准作如下调整。
一、对《云溪市用工服务补贴实施细则》（云人社规〔2024〕4号）作如下修改
（一）将第一条规定的岗前培训补贴标准由每人500元提高到每人700元，培训时间由不少于20课时调整为不少于30课时。
（二）将第二条规定的实习补贴标准由每人每月400元调整为每人每月600元，执行至2025年12月31日。2026年1月1日起恢复原标准。
（三）将第四条规定的见习标准由每人每月800元调整为每人每月900元。
二、本通知自2025年6月1日起施行，有效期5年。
云溪市人民政府办公室
2025年5月12日
"""
TODAY = date(2026, 11, 29)


works = works_over(old=OLD, new=NEW)


def test_figures_put_in_are_worked_with(works: Assistant) -> None:
    question = "新招用人员30人，岗前培训考核都合格了，岗前培训补贴合计多少？"
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None and answer.calculation.display == "2.1万元"
    assert [step.text for step in answer.calculation.steps] == ["30人 × 700元 = 2.1万元"]
    assert not answer.trace.problems


def test_before_the_change_the_old_ones_hold(works: Assistant) -> None:
    question = "2025年3月新招用人员30人，岗前培训考核都合格了，岗前培训补贴合计多少？"
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is None or calculation.display != "2.1万元"


def test_what_holds_for_a_while_only_is_not_worked_with(works: Assistant) -> None:
    question = "接收学生岗位实习20人4个月，实习补贴合计多少？"
    answer = works.ask(Query(question, TODAY))
    calculation = answer.calculation
    assert calculation is None or calculation.display != "4.8万元"


def test_a_multiple_of_a_standard_that_was_moved(works: Assistant) -> None:
    answer = works.ask(Query("见习标准涨了之后，重点岗位补助每人每月是多少？", TODAY))
    assert answer.calculation is not None and answer.calculation.display == "1260元"
    assert [step.text for step in answer.calculation.steps] == ["900元 × 1.4倍 = 1260元"]
    assert not answer.trace.problems


MEASURES = """丰湖市人民政府关于印发《丰湖市支持文创产业若干措施》的通知
丰政发〔2024〕6号
丰湖市支持文创产业若干措施
一、支持创作
（一）支持原创漫画。对完成出版的原创漫画，每部奖励5万元。
二、支持推广
（一）支持外出推介。企业参加市文旅局目录内海外文创推介会的，按场租费的40%给予补助，每次最高3万元，每家企业每年不超过2次；参加国内文创推介会的，按场租费的40%给予补助，每次最高1万元。
三、附则
（一）本措施自2024年3月1日起施行，有效期5年。
丰湖市人民政府
2024年2月1日
"""
NOTICE = """丰湖市人民政府关于调整《丰湖市支持文创产业若干措施》部分条款的通知
丰政发〔2025〕9号
经研究，对《丰湖市支持文创产业若干措施》（丰政发〔2024〕6号，以下简称《若干措施》）部分条款调整如下：
一、提高推介补助标准。将《若干措施》“二、支持推广”第（一）项中的海外文创推介会补助由“按场租费的40%给予补助，每次最高3万元，每家企业每年不超过2次”修改为“按场租费的50%给予补助，每次最高4万元，每家企业每年不超过3次”。国内文创推介会补助标准不变。
二、本通知自2025年5月1日起施行，有效期与《若干措施》一致。
丰湖市人民政府
2025年4月10日
"""


def test_what_a_notice_changes_by_its_very_words(assistant_over) -> None:
    works = assistant_over(measures=MEASURES, notice=NOTICE)
    asked = "今年去了4场目录里的海外文创推介会，每场场租费10万，丰湖市一共补多少？"
    answer = works.ask(Query(asked, date(2026, 11, 29)))
    assert answer.calculation is not None
    assert answer.calculation.display == "最高12万元"
    assert "4场 超过上限3次，按3次" in [step.text for step in answer.calculation.steps]
    assert any(c.address.document == "notice" for c in answer.citations)
    assert not answer.trace.problems


def test_what_held_before_a_notice(assistant_over) -> None:
    works = assistant_over(measures=MEASURES, notice=NOTICE)
    asked = "2024年去了2场目录里的海外文创推介会，每场场租费5万，丰湖市一共补多少？"
    calculation = works.ask(Query(asked, date(2026, 11, 29))).calculation
    assert calculation is None or calculation.display == "最高4万元"


STEPS = """云溪市支持技术改造若干措施
（云政发〔2025〕8号 2025年3月15日发布）
一、支持扩大投资
（一）设备投资。新建或者技术改造项目设备投资额（不含增值税）不低于500万元的，按8%给予补助；不低于2000万元的，按10%给予补助；不低于5000万元的，按12%给予补助。以设备投资全额适用相应比例，不分段计算，单个项目以800万元为限。
（二）绿色生产。企业自建废水处理设施的，按实际投入的25%予以补助，以100万元为限。
二、附则
本措施自2025年4月1日起施行，有效期5年。
云溪市人民政府
"""
FOR_A_WHILE = """云溪市人民政府办公室关于阶段性提高设备投资补助标准的通知
云政办发〔2026〕6号
各有关单位：
经市政府同意，对《云溪市支持技术改造若干措施》（云政发〔2025〕8号）作出阶段性安排。
（一）自2026年3月1日起至2026年12月31日止，对在此期间完成备案并开工的设备投资项目，《云溪市支持技术改造若干措施》“一、支持扩大投资”第（一）项规定的补助比例由8%、10%、12%分别提高为10%、12%、15%，单个项目限额由800万元提高为1000万元。在此期间以外备案的项目，仍按原比例和原限额执行。
（二）前项所称开工，以首台主要设备到场安装之日认定。
云溪市人民政府办公室
2026年2月12日
"""


@pytest.fixture(scope="module")
def raised(assistant_over) -> Assistant:
    return assistant_over(steps=STEPS, while_=FOR_A_WHILE)


@pytest.mark.parametrize(
    ("question", "display"),
    [
        ("2026年5月备案、7月首台设备就到场安装了，设备投资3000万，能补多少？", "最高360万元"),
        ("2026年8月备案并开工，设备投资9000万，能补多少？", "最高1000万元"),
        ("2025年9月备案的项目，设备投资9000万，能补多少？", "最高800万元"),
        ("2025年9月备案的项目，设备投资3000万，能补多少？", "最高300万元"),
    ],
)
def test_rates_raised_for_a_while(raised: Assistant, question: str, display: str) -> None:
    """The clause changed is worked with, though the one that changes it is found first."""
    calculation = raised.ask(Query(question, TODAY)).calculation
    assert calculation is not None and calculation.display == display
