"""What classes of persons get by a list: held to a share of a price, over months, two spouses, in instalments."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """中共青溪市委人才工作领导小组关于印发《青溪市人才安居办法》的通知
青委人才〔2025〕2号
青溪市人才安居办法
第一章 总则
第一条 本办法所称人才分为甲类、乙类、丙类。
第二章 安居
第二条 购房补贴。对在本市首次购买商品住房的人才，按下列标准给予购房补贴：
甲类：200万元；
乙类：80万元；
丙类：20万元。
购房补贴总额不超过房屋成交价款的40%。
第三条 购房补贴分期发放。甲类人才的购房补贴分三期发放，首期50%，满两年后发放30%，满四年后发放其余20%；乙类人才的购房补贴分四年等额发放；丙类人才的购房补贴分两期各发放50%。
第四条 租房补贴。对在本市没有住房的人才，按月给予租房补贴：甲类每月6000元，最长48个月；乙类每月3000元，最长36个月；丙类每月1500元，最长24个月。
夫妻双方均符合条件的，由类别较高的一方申领，另一方按本人标准的60%发放。
第五条 交通补贴。对引进的人才，按下列标准按月给予交通补贴：
甲类：每月900元，最长12个月；
乙类：每月600元，最长12个月。
第三章 附则
第六条 本办法自2025年3月1日起施行，有效期5年。
中共青溪市委人才工作领导小组
2025年1月20日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "甲类人才首次买商品房，成交价400万元，购房补贴首期能到手多少？",
            "80万元（按期拨付，全部为最高160万元）", "160万元 × 50% = 80万元", id="first-part-of-a-share",
        ),
        pytest.param(
            "乙类人才买房成交价300万元，购房补贴第一年拿多少？",
            "20万元（按期拨付，全部为最高80万元）", "80万元 ÷ 4年 = 20万元", id="equal-parts",
        ),
        pytest.param(
            "丙类人才买房成交价45万元，购房补贴第一期给多少？",
            "9万元（按期拨付，全部为最高18万元）", "18万元 × 50% = 9万元", id="half-each",
        ),
        pytest.param(
            "我是乙类，老公是丙类，都没房，租房补贴两个人一个季度加起来多少钱？",
            "1.17万元", "3000元 + 900元 = 3900元", id="two-spouses",
        ),
        pytest.param(
            "丙类人才租房补贴领一年一共多少？",
            "1.8万元", "1500元 × 12个月/年 = 1.8万元", id="a-year",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Longer than it is given for.
        "丙类人才租房补贴领3年一共多少？",
        # No rule says what the second one gets.
        "我是甲类，老婆是乙类，交通补贴两个人一个月加起来多少钱？",
        # What two classes differ by is no total.
        "甲类和乙类的租房补贴一个月差多少？",
        # A part that the sentence on the class does not tell.
        "乙类人才买房成交价300万元，购房补贴满两年后那一笔多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
