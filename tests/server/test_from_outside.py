"""Whether somebody who sits elsewhere may have what a text gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

DAY = date(2026, 12, 1)
SCOPED = """杭州市滨江区支持智能制造若干措施
杭滨政〔2025〕6号
第一条 本措施适用于在滨江区依法登记注册并纳税的企业。
第二条 企业租用厂房的，按年租金的30%给予补贴，每年最高80万元。
第三条 本措施自2025年3月1日起施行。
"""


@pytest.fixture(scope="module")
def scoped(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(SCOPED)


def cited(answer: Answer) -> list[str]:
    return [str(citation.address).partition("#")[2] for citation in answer.citations]


def test_the_scope_of_the_text_settles_it(scoped: Assistant) -> None:
    answer = scoped.ask(Query("萧山区的企业能申请滨江区的租金补贴吗", DAY))
    assert (answer.status, cited(answer)) == ("answered", ["art1"])


@pytest.mark.parametrize(
    "question",
    ["北碚区的企业能拿高新区的租金补贴吗", "公司注册在两江新区，能申报高新区的政策吗"],
)
def test_a_text_that_does_not_say_so_leaves_it_open(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(Query(question, DAY))
    assert answer.status == "not_stated"
    assert any("没有写明" in note for note in answer.notes)


@pytest.mark.parametrize(
    "question",
    ["两江新区租厂房能补多少", "璧山的企业租厂房能拿多少补贴", "两江新区对CRO平台有补贴吗"],
)
def test_what_another_place_gives_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(Query(question, DAY)).status == "refused"
