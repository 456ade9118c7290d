"""Sums paid over years, in the ways that texts say it."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """{name}人民政府关于印发《{name}支持冷链物流若干措施》的通知
{name}政发〔2025〕4号
{name}支持冷链物流若干措施
第一条 对新建冷库的企业，按设备投资的10%给予补助，单个项目最高300万元。{paid}。
第二条 本措施自2025年2月1日起施行，有效期5年。
{name}人民政府
2025年1月10日
"""
PAID = {
    "云岭市": "扶持资金分三年拨付，拨付比例为40%、30%、30%",
    "月塘市": "扶持资金分年度按50%、30%、20%拨付",
    "青柳市": "扶持资金按40%、35%、25%的比例分三个年度拨付",
    "蓝汀市": "扶持资金自投产之日起分3年按照40%、40%、20%的比例发放",
    "秋浦市": "扶持资金分3年等额拨付",
    "白鹭市": "扶持资金分四批拨付，每批拨付25%",
    "石涧市": "扶持资金分三年拨付，具体比例由市财政局确定",
    "松陵市": "扶持资金分三年拨付，国家级、省级、市级项目分别为50%、30%、20%",
    "竹溪市": "扶持资金分两年拨付，比例为40%、30%、30%",
}
TODAY = date(2026, 11, 29)
CASE = "企业新建冷库设备投资2400万，"


works = works_over(
    **{f"d{n}": TEXT.format(name=name, paid=paid) for n, (name, paid) in enumerate(PAID.items())}
)


@pytest.mark.parametrize(
    ("place", "asked", "value", "line"),
    [
        pytest.param("云岭市", "第二年能拿到多少？", "72万元", "240万元 × 30% = 72万元", id="behind"),
        pytest.param("月塘市", "第二年能拿多少？", "72万元", "240万元 × 30% = 72万元", id="no-number"),
        pytest.param("青柳市", "第三年能拿多少？", "60万元", "240万元 × 25% = 60万元", id="before"),
        pytest.param("蓝汀市", "第二年能拿多少？", "96万元", "240万元 × 40% = 96万元", id="from-a-day-on"),
        pytest.param("秋浦市", "第二年能拿多少？", "80万元", "240万元 ÷ 3年 = 80万元", id="even"),
        pytest.param("白鹭市", "第三批能到账多少？", "60万元", "240万元 × 25% = 60万元", id="each"),
        pytest.param("云岭市", "次年能拿多少？", "72万元", "240万元 × 30% = 72万元", id="the-year-after"),
        pytest.param("蓝汀市", "最后一年能拿多少？", "48万元", "240万元 × 20% = 48万元", id="the-last"),
        pytest.param("云岭市", "前两年一共能拿多少？", "168万元", "96万元 + 72万元 = 168万元", id="two-years"),
    ],
)  # fmt: skip
def test_part(works: Assistant, place: str, asked: str, value: str, line: str) -> None:
    answer = works.ask(Query(f"{place}{CASE}{asked}", TODAY))
    works_out(answer, f"最高{value}（按期拨付，全部为最高240万元）", line)


def test_all_of_it(works: Assistant) -> None:
    answer = works.ask(Query(f"云岭市{CASE}能补多少？", TODAY))
    works_out(answer, "最高240万元", "2400万元 × 10% = 240万元")


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        pytest.param("石涧市", "第二年能拿多少？", id="no-shares"),
        pytest.param("松陵市", "第二年能拿多少？", id="shares-of-levels"),
        pytest.param("竹溪市", "第二年能拿多少？", id="more-shares-than-years"),
        pytest.param("云岭市", "第四年能拿多少？", id="no-such-year"),
        pytest.param("秋浦市", "设备又追加到2500万，第一年能拿多少？", id="no-even-part"),
    ],
)
def test_no_part(works: Assistant, place: str, asked: str) -> None:
    works_out_nothing(works.ask(Query(f"{place}{CASE}{asked}", TODAY)))


CAPITAL = """柏川市人民政府关于印发《柏川市支持总部落户若干措施》的通知
柏川政发〔2025〕3号
柏川市支持总部落户若干措施
第一条 对新引进的总部企业，实缴注册资本3000万元以上的，按照实缴资本的5%给予落户奖励，最高600万元，分三年按照5:3:2的比例兑现。
第二条 对新建的展示中心，年度实际投入500万元以上的，按照投入的10%给予补助，最高100万元。
第三条 本措施自2025年2月1日起施行，有效期5年。
柏川市人民政府
2025年1月10日
"""

settled = works_over(CAPITAL)


@pytest.mark.parametrize(
    ("asked", "display", "line"),
    [
        pytest.param(
            "新引进的总部企业实缴注册资本8000万元，落户奖励第二年兑现多少？",
            "最高120万元（按期拨付，全部为最高400万元）", "400万元 × 30% = 120万元", id="second-year",
        ),
        pytest.param(
            "总部企业新落户，注册资本实缴了2亿元，落户奖励一共多少？",
            "最高600万元", "1000万元 超过上限600万元，按600万元", id="limit",
        ),
        pytest.param(
            "总部企业新落户，实缴注册资本2000万元，落户奖励多少？",
            "0元", "实缴注册资本：2000万元 未达到3000万元，不能享受", id="below-the-threshold",
        ),
    ],
)  # fmt: skip
def test_a_base_that_is_its_threshold_told_shorter(
    settled: Assistant, asked: str, display: str, line: str
) -> None:
    works_out(settled.ask(Query(asked, TODAY)), display, line)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param("新引进的总部企业认缴注册资本8000万元，落户奖励能拿多少？", id="promised"),
        pytest.param("新引进的总部企业营收8000万元，落户奖励能拿多少？", id="something-else"),
    ],
)
def test_another_amount_is_no_base(settled: Assistant, asked: str) -> None:
    works_out_nothing(settled.ask(Query(asked, TODAY)))
