"""What two cities give is no matter of one of them alone."""

from __future__ import annotations

from datetime import date

from summing import works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

ONE = """无锡市支持医药产业若干措施
第一条 支持重大项目建设。对新引进的生物医药项目，固定资产投资在5000万元以上的，按照固定资产投资的7%给予补助，最高2500万元。
第二条 本措施自2025年1月1日起施行，有效期5年。
"""
OTHER = """南通市促进工业投资若干措施
第一条 新建项目投资补助。对新引进、总投资在4亿元（含）以上的制造业项目，按照厂房面积每平方米200元给予补助，单个项目最高1800万元。
第二条 本措施自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(one=ONE, other=OTHER)


def test_no_sum_of_one_city_where_two_are_compared(works: Assistant) -> None:
    asked = "客户要投一个5亿元的生物药生产基地，在无锡和南通之间犹豫，两边补助标准和封顶各是多少？"
    answer = works.ask(Query(asked, TODAY))
    works_out_nothing(answer)
    assert "7%" in answer.text
    assert "200元" in answer.text


def test_a_sum_of_the_city_that_is_asked_for(works: Assistant) -> None:
    asked = "在无锡新引进的生物医药项目，固定资产投资2亿元，补助多少？"
    answer = works.ask(Query(asked, TODAY))
    assert answer.calculation is not None
    assert answer.calculation.display == "最高1400万元"
