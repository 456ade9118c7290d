"""What a city and a county give together, where only the texts say that they go together."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing

from retriever.query import Query
from server.assistant import Assistant

CITY = """云泽市人民政府关于印发《云泽市促进开放发展若干措施》的通知
云政发〔2025〕5号
云泽市促进开放发展若干措施
第一条 支持扩大出口
（一）小微贸易企业当年度出口增长30%以上的，每净增出口额5万美元奖励4000元，不足5万美元的部分不予计算，单个企业年度奖励最高8万元。
（二）上一年度出口额100万美元以上、当年度出口增长8%以上的企业，每净增出口额80万美元奖励2万元，不足80万美元的部分不予计算，单个企业年度奖励最高60万元。
第二条 企业自行投保货物运输保险的，按实缴保费的40%给予补助，单个企业年度补助最高50万元。
第三条 首次取得甲级检验证书的，每个产品奖励20万元；首次取得乙级检验证书的，每个产品奖励6万元。单个企业每年最高200万元。
第四条 经备案的贸易服务机构，年度新增服务企业20家（含）以内的部分，每家奖励3000元；超过20家的部分，每家奖励4000元。年度奖励最高40万元。
第五条 新入驻市级创意园区的企业，租用自用办公用房的，600平方米（含）以内部分连续两年给予租金补贴，第一年、第二年分别按实付租金的80%、40%补贴；补贴计算的租金单价每平方米每月不超过20元。
第六条 初次贷款的企业取得流动资金贷款的，按贷款本金给予年化1.2个百分点的贴息，纳入贴息的贷款本金最高200万元，贴息期限最长10个月。
第七条 通过内河航线出口货物的，按40英尺集装箱每箱600元、20英尺集装箱每箱350元给予补助，单个企业年度补助最高30万元。
第八条 单个企业同一年度依照本措施取得的奖补资金合计最高150万元。
第九条 县（市、区）另行出台支持政策的，企业可以同时享受。
第十条 本措施自2025年2月1日起施行，有效期5年。
云泽市人民政府
2025年1月10日
"""
COUNTY = """柳川县人民政府关于印发《柳川县促进开放发展若干规定》的通知
柳政规〔2025〕3号
柳川县促进开放发展若干规定
第一条 企业当年度出口额较上一年度增长的，每净增出口额80万美元奖励5000元，不足80万美元的部分不予计算，单个企业年度奖励最高20万元。
第二条 货物运输保险保费，在扣除市级补助后，按企业自付部分的50%给予补助，单个企业年度最高12万元。
第三条 首次取得甲级检验证书的，每个产品奖励7万元；首次取得乙级检验证书的，当年第1个产品奖励3万元，从第2个产品起每个奖励1万元。单个企业每年最高60万元。
第四条 工业企业年度设备投入100万元（含）以上、300万元以下的，按设备投入的3%补助；300万元（含）以上的，按设备投入的4%补助。单个项目最高80万元。
第五条 除本规定另有规定外，企业可以同时享受市级政策。
第六条 本规定自2025年4月1日起施行，有效期5年。
柳川县人民政府
2025年3月10日
"""
OLD = """云泽市人民政府关于印发《云泽市促进出口若干办法》的通知
云政发〔2019〕8号
云泽市促进出口若干办法
第一条 上一年度出口额60万美元以上、当年度出口增长5%以上的企业，每净增出口额80万美元奖励1万元，不足80万美元的部分不予计算，单个企业年度奖励最高30万元。
第二条 本办法自2019年3月1日起施行，有效期至2023年12月31日。
云泽市人民政府
2019年2月10日
"""
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def works(assistant_over) -> Assistant:
    return assistant_over(city=CITY, county=COUNTY, old=OLD)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "柳川县的贸易企业，出口从300万美元涨到480万美元，市里加县里增量奖一共多少？",
            "最高5万元", "4万元 + 1万元 = 5万元", id="growth-at-both-levels",
        ),
        pytest.param(
            "柳川一家企业自己投保货物运输保险交了30万保费，市县两头都申请，合计补多少？",
            "最高21万元", "柳川县：30万元 − 12万元 = 18万元", id="what-the-city-leaves",
        ),
        pytest.param(
            "公司在柳川县，今年头一次拿到1个甲级、3个乙级检验证书，市县两级加一块儿能拿多少？",
            "最高50万元", "柳川县：3万元 + 2万元 = 5万元", id="the-first-and-those-behind-it",
        ),
        pytest.param(
            "柳川县的工业企业设备投了500万，县里能补多少？",
            "最高20万元", "500万元 × 4% = 20万元", id="the-rate-that-an-amount-reaches",
        ),
        pytest.param(
            "云泽市去年出口额500万美元，今年700万美元，出口增长能奖多少？",
            "最高4万元", "500万美元 × 8% = 40万美元", id="not-by-what-has-expired",
        ),
        pytest.param(
            "贸易服务机构今年新增服务了32家企业，云泽市奖励一共多少？",
            "最高10.8万元", "12家 × 4000元 = 4.8万元", id="so-much-for-each-above-a-number",
        ),
        pytest.param(
            "刚搬进云泽市级创意园区，租了900平办公用房自用，房租每平每月25元，两年一共补多少租金？",
            "最高17.28万元", "900平方米 超过上限600平方米，按600平方米", id="area-within-and-a-highest-price",
        ),
        pytest.param(
            "云泽市的企业初次贷款180万流动资金，借5个月，能贴息多少？",
            "最高9000元", "2.16万元 × 5个月 ÷ 12个月/年 = 9000元", id="points-of-what-is-lent",
        ),
        pytest.param(
            "云泽市的企业初次贷款500万流动资金，借12个月，能贴息多少？",
            "最高2万元", "500万元 超过贷款本金上限200万元，按200万元", id="principal-and-term-held-to-limits",
        ),
        pytest.param(
            "在云泽市走内河航线发了60个大柜（40尺）和30个小柜（20尺），补多少？",
            "最高4.65万元", "30个 × 350元 = 1.05万元", id="boxes-by-their-size",
        ),
        pytest.param(
            "云泽市各项奖补分别核下来：保险40万、检验证书80万、出口60万，加一块能全拿到吗，实际多少？",
            "最高150万元", "180万元 超过每年合计上限150万元，按150万元", id="awards-held-to-the-whole",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("柳川县的企业货物运输保险交了30万保费，县里补多少？", id="what-is-borne-is-not-stated"),
        pytest.param("云泽市创意园区租了900平办公用房自用，一年能补多少租金？", id="a-highest-price-grants-nothing"),
    ],
)  # fmt: skip
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
