"""What one article adds, for each person, to the amounts of another one."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """梧江市商务局关于印发《梧江市会展业发展资金管理办法》的通知
梧江商发〔2025〕4号
梧江市会展业发展资金管理办法
第一条 学术会议补助。对在本市举办、会期2天以上的学术会议，按下列标准给予举办单位补助：
（一）参会专家200人（含）至400人的，补助8万元；
（二）参会专家400人（含）至800人的，补助15万元；
（三）参会专家800人（含）以上的，补助30万元。
第二条 国际学术会议补助。来自4个以上国家、海外学者30人（含）以上的学术会议，在第一条补助基础上，按海外学者每人800元的标准增加补助，最高增加10万元。
第三条 展览补助。对展览面积1万平方米以上的展览，补助20万元。
第四条 本办法自2025年3月1日起施行，有效期5年。
梧江市商务局
2025年2月10日
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "办一个国际学术会议，开三天，参会专家500人，其中海外学者60人，来自6个国家，能补多少",
            "最高19.8万元", "60人 × 800元 = 4.8万元", id="step-and-more",
        ),
        pytest.param(
            "国际学术会议开两天，参会专家900人，海外学者150人，来自10个国家，补助一共多少",
            "最高40万元", "12万元 超过增加部分的上限10万元，按10万元", id="more-held-to-its-limit",
        ),
        pytest.param(
            "国际学术会议开两天，参会专家400人，海外学者50人，来自5个国家，补助一共多少",
            "最高19万元", "400人，适用400人至800人一档", id="where-two-steps-meet",
        ),
    ],
)  # fmt: skip
def test_step_with_what_is_added(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "国际学术会议开两天，参会专家500人，海外学者20人，来自5个国家，补多少", id="too-few"
        ),
        pytest.param(
            "国际学术会议开两天，参会专家500人，海外学者60人，来自2个国家，补多少",
            id="of-two-countries",
        ),
        pytest.param(
            "国际学术会议只开一天，参会专家500人，海外学者60人，来自6个国家，补多少", id="too-short"
        ),
        pytest.param("国际学术会议海外学者60人，来自6个国家，补多少", id="how-many-in-all"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
