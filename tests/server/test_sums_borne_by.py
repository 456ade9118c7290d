"""What one level of government pays of a support that several bear."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.borne_by import asks_who_bears

TEXT = """{name}人民政府关于印发《{name}支持冷链物流若干措施》的通知
{name}政发〔2025〕4号
{name}支持冷链物流若干措施
第一条 对新建冷库的企业，按设备投资的10%给予补助，单个项目最高300万元。补助资金分两年按60%、40%拨付。
第二条 对购置冷藏车的企业，每辆奖励2万元，每家企业每年最高40万元。
第三条 {borne}
第四条 本措施自2025年2月1日起施行，有效期5年。
{name}人民政府
2025年1月10日
"""
BORNE = {
    "云岭市": "本措施所需资金由市财政与企业所在区、县（市）财政按照6∶4的比例分担；企业在东港经开区、北湾新区的，按照5∶5的比例分担。",
    "月塘市": "所需资金由市级财政承担70%，受益县（市、区）、开发区承担30%。",
    "青柳区": "奖补资金由区、镇（街道）两级财政各承担一半。",
    "蓝汀市": "人才安家费所需资金由市、区按照7:3分担。",
    "秋浦市": "所需资金由市与区、县（市）按照现行财政体制分担，其中临溪区、北汀区由市、区各承担50%，望川县、石岭市由市承担30%、县（市）承担70%。",
    "白鹭市": "所需资金由市与区按照现行财政体制分担。",
}
TODAY = date(2026, 11, 29)


works = works_over(
    **{f"d{n}": TEXT.format(name=name, borne=said) for n, (name, said) in enumerate(BORNE.items())}
)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "云岭市企业新建冷库设备投资2000万，补助里市财政要承担多少？",
            "最高120万元（承担60%，全部为最高200万元）", "200万元 × 60% = 120万元", id="by-a-ratio",
        ),
        pytest.param(
            "云岭市东港经开区一家企业新建冷库设备投资2000万，补助里市财政要出多少？",
            "最高100万元（承担50%，全部为最高200万元）", "200万元 × 50% = 100万元", id="where-else-is-said",
        ),
        pytest.param(
            "云岭市企业买了10辆冷藏车，奖励市级和区级各出多少？",
            "市级承担最高12万元、区级承担最高8万元（合计最高20万元）", "20万元 × 40% = 8万元", id="both",
        ),
        pytest.param(
            "云岭市企业新建冷库设备投资2000万，第一年市级财政要出多少？",
            "最高72万元（承担60%，全部为最高120万元（按期拨付，全部为最高200万元））",
            "120万元 × 60% = 72万元", id="of-one-year",
        ),
        pytest.param(
            "云岭市企业新建冷库设备投资2000万，市里能给多少？",
            "最高200万元", "2000万元 × 10% = 200万元", id="the-support-itself",
        ),
        pytest.param(
            "月塘市企业新建冷库设备投资2000万，区里要承担多少？",
            "最高60万元（承担30%，全部为最高200万元）", "200万元 × 30% = 60万元", id="the-lower-one",
        ),
        pytest.param(
            "青柳区企业新建冷库设备投资2000万，区财政要出多少钱？",
            "最高100万元（承担50%，全部为最高200万元）", "200万元 × 50% = 100万元", id="half",
        ),
        pytest.param(
            "秋浦市望川县企业新建冷库设备投资2000万，县财政要掏多少？",
            "最高140万元（承担70%，全部为最高200万元）", "200万元 × 70% = 140万元", id="by-place",
        ),
        pytest.param(
            "秋浦市一家企业新建冷库设备投资2000万，石岭市财政要承担多少？",
            "最高140万元（承担70%，全部为最高200万元）", "200万元 × 70% = 140万元", id="a-city-below-a-city",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("蓝汀市企业新建冷库设备投资2000万，市里要承担多少？", id="of-another-support"),
        pytest.param("秋浦市企业新建冷库设备投资2000万，市财政要出多少？", id="where"),
        pytest.param("白鹭市企业新建冷库设备投资2000万，市级财政要出多少？", id="no-shares"),
        pytest.param("云岭市企业新建冷库设备投资2000万，省财政要出多少？", id="no-such-level"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_who_bears_is_asked_for() -> None:
    assert asks_who_bears("区里承担多少") and asks_who_bears("市里和区里各出多少")
    assert not asks_who_bears("换一批机器市里帮掏多少")
    assert not asks_who_bears("区里能出多少补贴") and not asks_who_bears("企业自己要出多少")
