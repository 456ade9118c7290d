"""A part of an investment that is told by what each piece costs: 其中单台50万元以上的设备2600万元."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """岚山市支持制造业投资若干措施
岚山政发〔2025〕11号
第一条 固定资产投资补贴。对新增固定资产投资额2000万元（含）以上，且单台（套）生产性设备40万元（含）以上的企业，按当年度生产性设备实际付款且列入固定资产金额的8%给予支持，单个企业最高不超过500万元。
第二条 本措施自2025年2月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        (
            "岚山新增固定资产投资3600万元，其中单台40万元以上的生产性设备当年付款并入固定资产1500万元，补贴多少？",
            "最高120万元", "1500万元 × 8% = 120万元",
        ),
        (
            "岚山新增固定资产投资3600万元，其中今年单台40万元以上的生产设备实际付款并入固定资产的是1500万元，设备这块能拿多少？",
            "最高120万元", "1500万元 × 8% = 120万元",
        ),
        (
            "岚山新增固定资产投资1800万元，其中单台40万元以上的生产性设备实际付款1500万元，补贴多少？",
            "0元", "新增固定资产投资额：1800万元 未达到2000万元，不能享受",
        ),
    ],
)  # fmt: skip
def test_the_part_is_the_base(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)
