"""What two levels give for what a question only names; which of two gives more; one on top of another."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

CITY = """荷川市人民政府关于印发《荷川市企业培育办法》的通知
荷政规〔2025〕6号
荷川市企业培育办法
第一条 对首次获得下列认定的企业，给予一次性奖励：
（一）认定为省级瞪羚企业的，奖励20万元；
（二）认定为国家级独角兽企业的，奖励60万元，其中列入全球榜单的，再奖励30万元。
第二条 认定为省级绿色工厂的，奖励12万元。
第三条 企业实施技术改造项目，设备投资在300万元以上（含）的，按下列标准分段计算补助：
（一）1000万元（含）以内的部分，按5%补助；
（二）超过1000万元的部分，按8%补助。
单个项目补助最高200万元，省级瞪羚企业的单个项目补助上限提高50万元。
第四条 同一事项同时符合本办法和本市其他政策的，按从高不重复原则执行；但荷川经济开发区对企业认定另行给予的奖励，可以与本办法第一条奖励叠加享受。
第五条 本办法自2025年2月1日起施行，有效期5年。
荷川市人民政府
2025年1月10日
"""
ZONE = """荷川经济开发区管理委员会关于印发《荷川经济开发区企业扶持办法》的通知
荷经开规〔2025〕2号
荷川经济开发区企业扶持办法
第一条 区内企业首次认定为省级瞪羚企业的，区级奖励8万元；首次认定为国家级独角兽企业的，区级奖励25万元。
第二条 区内企业首次认定为省级绿色工厂的，区级奖励5万元。
第三条 新落户企业实施技术改造项目，设备投资达到1000万元以上（含）的，按设备投资的6%补助，最高400万元。
第四条 除第一条外，同一事项同时符合市级和区级政策的，按就高不重复原则执行。
第五条 本办法自2025年4月1日起施行，有效期5年。
荷川经济开发区管理委员会
2025年3月10日
"""
TALENT = """荷川市人民政府关于印发《荷川市青年人才安家办法》的通知
荷政规〔2025〕8号
荷川市青年人才安家办法
第一条 安家补贴。首次来本市就业的，按照下列标准发放一次性安家补贴：
（一）博士研究生，50000元；
（二）硕士研究生，20000元。
第二条 本办法自2025年2月1日起施行，有效期5年。
荷川市人民政府
2025年1月20日
"""
NOTICE = """荷川市人民政府关于支持芦湾新城先行试点的通知
荷政发〔2025〕9号
一、青年安家。在芦湾新城就业的，在全市一次性安家补贴基础上，由芦湾新城财政对博士研究生、硕士研究生分别再发放30000元、8000元。
二、本通知自2025年5月1日起施行，有效期3年。
荷川市人民政府
2025年4月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(city=CITY, zone=ZONE, talent=TALENT, notice=NOTICE)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "公司在荷川经开区，头一次评上国家级独角兽企业，市里加开发区一共能拿多少？",
            "85万元", "60万元 + 25万元 = 85万元", id="named-at-both-levels",
        ),
        pytest.param(
            "公司在荷川经开区，头一次评上国家级独角兽企业，没进全球榜单，市里加开发区一共能拿多少？",
            "85万元", "60万元 + 25万元 = 85万元", id="a-further-case-denied",
        ),
        pytest.param(
            "公司在荷川经开区，首次评上国家级独角兽企业，还列入了全球榜单，市里加开发区一共能拿多少？",
            "115万元", "荷川市：60万元 + 30万元 = 90万元", id="a-further-case-given",
        ),
        pytest.param(
            "我在芦湾新城就业，博士研究生，安家补贴市里加区里一次性一共能拿多少？",
            "8万元", "5万元 + 3万元 = 8万元", id="on-top-in-one-place",
        ),
        pytest.param(
            "新落户荷川经济开发区的企业，技术改造项目设备投资1500万元，走市里补还是走区里补划算？",
            "荷川市最高90万元；荷川经济开发区最高90万元", "荷川市：500万元 × 8% = 40万元", id="which-gives-more",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Left out of no rule against having both.
        "公司在荷川经开区，首次认定省级绿色工厂，市里加开发区一共能拿多少？",
        # One level has nothing of the kind.
        "公司在荷川经开区，首次认定省级专精特新企业，市里加开发区一共能拿多少？",
    ],
)
def test_nothing_is_added(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
