"""Lists by their number, units by short names, papers in title marks, two things in one breath."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """枫川市人民政府关于印发《枫川市优化服务若干措施》的通知
枫川政发〔2025〕9号
枫川市优化服务若干措施
第一条 工作原则
坚持政府引导与市场主导相结合。完善服务，由企业自主选择。
坚持存量改造与增量引进相结合。既盘活闲置厂房，也引进新项目。
坚持城区带动与乡镇协同相结合。推动公共服务向乡镇延伸。
第二条 各部门要形成合力。市市场监管局要开设服务专窗，指导企业办理登记。市医保局要做好参保登记与待遇衔接。市卫生健康委要组织医疗机构开展上门巡诊。枫川海关要为进出口企业提供预约通关。各区县政府要结合实际推进落实，并按季度报送工作进展情况，及时总结推广经验做法，主动回应企业关切。
第三条 进口样品凭《样品入境声明单》办理，无需另行提交检验报告。（牵头单位：枫川海关；责任单位：市市场监管局）
第四条 租用楼宇办公的企业，按实缴租金的20%给予补贴，单个企业每年不超过30万元。（牵头单位：市商务局）
第五条 自行装修办公用房的企业，按实际装修费用的10%给予补贴，单个企业不超过50万元。（牵头单位：市商务局）
第六条 组织上门巡诊的医疗机构，每年给予10万元补助。（牵头单位：市卫生健康委；责任单位：市医保局）
第七条 申请补贴应当提交下列材料：
（一）补贴申请表；
（二）租赁合同或者装修合同；
（三）发票复印件；
（四）社会保险缴费证明。
第八条 养老机构运营补贴按入住老年人每人每次2元给予，送餐补贴按照护等级1-2级每人每次1元、3-5级每人每次3元给予。
第九条 本措施自2025年3月1日起施行，有效期3年。
枫川市人民政府
2025年2月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("三个“相结合”分别是哪三个", ["市场主导", "增量引进", "乡镇协同"]),
        ("各部门里市场监管、医保、卫健三家分别要干什么", ["服务专窗", "待遇衔接", "上门巡诊"]),
        ("进口样品还要交《样品入境声明单》和检验报告两样吗", ["无需另行提交检验报告"]),
        ("租金补贴和装修补贴，哪个封顶高，各按多少补？", ["20%", "10%", "30万元", "50万元"]),
        ("申请补贴要哪些材料", ["申请表", "合同", "发票", "社会保险缴费证明"]),
    ],
)
def test_what_is_asked_for_is_said(works: Assistant, question: str, said: list[str]) -> None:
    answer = works.ask(Query(question, TODAY))
    assert answer.status == "answered"
    assert [word for word in said if word not in answer.text] == []


def test_a_unit_is_named_without_its_level(works: Assistant) -> None:
    answer = works.ask(Query("9号文里卫健委牵头的有哪些条", TODAY))
    assert [str(c.address.path) for c in answer.citations] == ["art6"]


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "创新药在高新区从一期做到三期再投产，全程最多一共能拿多少？",
            "最高2200万元", "200万元 + 300万元 + 700万元 = 1200万元", id="all-stages-and-made",
        ),
        pytest.param(
            "改良型新药从一期到三期，高新区一共最多补多少？",
            "最高600万元", "100万元 + 150万元 + 350万元 = 600万元", id="stages-of-another-kind",
        ),
        pytest.param(
            "做CRO的，今年外面客户的服务合同1200万，合同登记办了，市里和高新区各奖多少？",
            "重庆高新区最高84万元；重庆市最高36万元", "重庆市：1200万元 × 3% = 36万元",
            id="a-kind-of-service",
        ),
    ],
)  # fmt: skip
def test_sums_over_the_bundled_corpus(
    assistant: Assistant, question: str, display: str, line: str
) -> None:
    works_out(assistant.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("穗残联规字〔2019〕2号", "残联规字〔2019〕2号"),
        ("渝府办发〔2025〕56号", "渝府办发〔2025〕56号"),
    ],
)
def test_a_document_number_is_not_written_out(assistant: Assistant, name: str, read: str) -> None:
    assert read in assistant.retriever.understand(f"{name}第二十条讲什么").text
