"""A rate whose sentence sets a limit for each of its cases behind it."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """月岭市人民政府关于印发《月岭市支持企业走出去若干措施》的通知
月岭政发〔2025〕5号
月岭市支持企业走出去若干措施
第一条 支持投保。对投保企业按实际缴纳保费的40%给予补贴，境内产品责任保险、境外产品责任保险最高分别补贴20万元、60万元。
第二条 支持参展。对参展企业按展位费的50%给予补助，境内展会每次最高补贴3万元，境外展会每次最高补贴8万元。
第三条 支持认证。对取得认证的企业，按认证费用的50%给予补助，最高10万元；对取得国际认证的，另给予最高30万元奖励。
第四条 支持检测。对检测机构按设备投资的10%给予补助。
第五条 本措施自2025年6月1日起施行，有效期3年。
月岭市人民政府
2025年5月6日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "境外产品责任保险保费300万，补多少？",
            "最高60万元", "120万元 超过上限60万元，按60万元", id="one-case",
        ),
        pytest.param(
            "境内产品责任保险保费30万，境外产品责任保险保费200万，一共补多少？",
            "最高72万元", "12万元 + 60万元 = 72万元", id="both-cases",
        ),
        pytest.param(
            "参加境外展会，展位费花了20万元，补多少？",
            "最高8万元", "20万元 × 50% = 10万元", id="its-own-rate",
        ),
        pytest.param(
            "取得认证费用15万，又取得国际认证，一共补多少",
            "最高37.5万元", "7.5万元 + 30万元 = 37.5万元", id="comes-on-top",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)
