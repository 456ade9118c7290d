"""Several supports told one behind the other and asked for together."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts
from server.sums.parts_told import parts_told

TEXT = """梧桐市人民政府关于印发《梧桐市支持文化产业若干措施》的通知
梧桐政发〔2025〕8号
梧桐市支持文化产业若干措施
第一条 支持建设影视基地。对建设影视基地的企业，按设备投资额的10%给予补助，单个企业最高不超过300万元。
第二条 支持承接制作。对为无关联企业承接制作业务的企业，年度制作合同金额在200万元以上的，按年度制作合同金额的5%给予奖励，单个企业每年最高不超过80万元。
第三条 支持办展。对举办文化展会的企业，按展会实际费用的40%给予补助，每场最高不超过60万元。
第四条 支持出海。作品出口到境外的，每部给予15万元奖励。
第五条 同一企业每年获得本措施支持合计不超过400万元。本措施自2025年6月1日起施行，有效期3年。
梧桐市人民政府
2025年5月6日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "建影视基地设备投资2000万；给外面的公司承接制作业务，合同做了150万。两笔加起来补多少？",
            "最高200万元", "200万元 + 0元 = 200万元", id="one-comes-to-nothing",
        ),
        pytest.param(
            "我们公司今年报三样：影视基地设备投资1500万；办文化展会花了100万；4部作品出口到境外。满打满算多少钱？",
            "最高250万元", "150万元 + 40万元 + 60万元 = 250万元", id="three",
        ),
        pytest.param(
            "办文化展会花了100万，另外有4部作品出口境外。这两项一共给多少？",
            "最高100万元", "40万元 + 60万元 = 100万元", id="behind-a-comma",
        ),
        pytest.param(
            "影视基地设备投资4000万；承接制作业务，合同做了1900万；办文化展会花了200万。三项一共补多少？",
            "最高400万元", "440万元 超过合计上限400万元，按400万元", id="limit-of-all",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


def test_no_sum_of_one_alone(works: Assistant) -> None:
    works_out_nothing(
        works.ask(Query("建影视基地设备投资2000万；买了辆车30万。两笔加起来补多少？", TODAY))
    )


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("设备投了900万；合同做了300万。两样加起来补多少？", 2),
        ("两头都沾：设备投了900万；合同做了300万。跟谁都没关联。两头一共补多少？", 2),
        ("设备投了900万，同一年又办展花了300万。这两条合起来多少？", 2),
        # How many there are is not said, or it is another number.
        ("设备投了900万；合同做了300万。一共补多少？", 0),
        ("设备投了900万；合同做了300万。三样加起来补多少？", 0),
        ("两个项目设备投了900万。一共补多少？", 0),
    ],
)
def test_parts(question: str, number: int) -> None:
    assert len(parts_told(question)) == number


def test_counts_of_a_part() -> None:
    facts = stated_facts("制剂备案了九个、卖出去的有七个")
    assert [(fact.written, fact.part) for fact in facts] == [("九个", False), ("七个", True)]
