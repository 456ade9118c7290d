"""Several companies with figures of their own in one question: each is a case of its own."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts
from server.sums.parties import parties_of

TEXT = """松涛市人民政府关于印发《松涛市支持机器人产业若干措施》的通知
松涛政发〔2025〕9号
松涛市支持机器人产业若干措施
第一条 支持研发。对研制整机的企业，按研发费用的10%给予补助，单个企业每年最高不超过80万元。
第二条 支持租房。租用园区厂房的企业，按实缴租金的30%给予补贴，单个企业每年最高不超过50万元。
第三条 支持接单。对承接加工业务的企业，按年度加工合同金额的2%给予奖励，单个企业每年最高不超过60万元。
第四条 支持检测平台。对整机检测、部件检测、可靠性检测、电磁兼容检测等平台建设，且项目设备投资超过400万元（含），不超过2000万元（含）部分，按照设备投资的10%给予支持；超过2000万元部分，按照设备投资的20%给予支持。单个企业最高不超过300万元。
第五条 本措施自2025年4月1日起施行，有效期3年。
松涛市人民政府
2025年3月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "甲公司研制整机研发费用花了500万，乙公司花了1200万，各补多少？",
            "甲公司最高50万元；乙公司最高80万元",
            "乙公司：120万元 超过每年上限80万元，按80万元", id="each",
        ),
        pytest.param(
            "两家企业都研制整机，一家研发费用600万，另一家900万，一共能补多少？",
            "最高140万元（前者最高60万元；后者最高80万元）",
            "60万元 + 80万元 = 140万元", id="together",
        ),
        pytest.param(
            "A公司研制整机，研发费用300万；B公司租园区厂房，一年租金100万。各补多少？",
            "A公司最高30万元；B公司最高30万元", "B公司：100万元 × 30% = 30万元", id="two-matters",
        ),
        pytest.param(
            "两家都建部件检测平台，甲家设备投资380万，乙家设备投资刚好400万，各给多少？",
            "甲家0元；乙家最高0元（另一种读法为40万元）",
            "甲家：380万元 未达到400万元，不能享受", id="below-the-first-step",
        ),
        pytest.param(
            "我们公司承接加工业务，甲厂合同2000万，乙厂合同1800万，奖励一共多少？",
            "最高60万元", "76万元 超过每年上限60万元，按60万元", id="customers-of-one",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("甲公司花了500万，乙公司花了900万，各补多少", ["甲公司", "乙公司"]),
        ("三家厂：甲租500平，乙租800平，丙租900平，哪家有", ["甲", "乙", "丙"]),
        # What one company has several of is no company.
        ("甲项目花了300万，乙项目花了900万，各补多少", []),
        ("甲类人才3个，乙类人才5个，各补多少", []),
        ("一家公司花了500万，去年领过30万，补多少", []),
        # With whom the asker deals gets nothing.
        ("我们委托两家厂：甲厂做了500万，乙厂做了300万，奖我们多少", []),
        ("甲厂做了500万，乙厂做了300万，我们、甲厂、乙厂各多少", []),
    ],
)
def test_parties(question: str, names: list[str]) -> None:
    assert [party.name for party in parties_of(question, stated_facts(question))] == names
