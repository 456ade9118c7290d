"""Two things that a question sets apart are looked for one by one."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from retriever.subjects import subjects
from server.assistant import Assistant

TODAY = date(2026, 11, 29)
TEXT = """云溪市人才和用工服务办法
第一条 生物医药企业引进博士的，按每人20万元给予安家补贴，分三年发放。
第二条 低空经济企业引进博士的，按每人每月3000元给予租房补贴，最长24个月。
第三条 企业引进硕士的，按每人每月800元给予生活补贴。
第四条 失能人员由家人照看的，每月发放照护补贴600元。
第五条 失能人员由机构上门照护的，按每小时50元结算，每月不超过40小时。
第六条 本办法自2025年1月1日起施行。
"""


@pytest.fixture(scope="module")
def served(assistant_over) -> Assistant:
    return assistant_over(TEXT)


@pytest.mark.parametrize(
    "question",
    [
        "引进一个博士，生物医药企业和低空经济企业，补贴差在哪",
        "引进博士，生物医药企业跟低空经济企业的补贴有什么不同",
    ],
)
def test_each_is_answered(served: Assistant, question: str) -> None:
    answer = served.ask(Query(question, TODAY))
    assert {str(c.address.path) for c in answer.citations} == {"art1", "art2"}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("新建和扩建的项目补多少", id="one matter"),
        pytest.param("市级的封顶和比例各是多少", id="values of one measure"),
        pytest.param("补多少", id="no two things"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_not_set_apart_stays_whole(question: str) -> None:
    assert subjects(question) == ()
