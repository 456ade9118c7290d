"""What a question names and no clause found speaks of is not answered by what is near it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.missing import found_text, missing_things
from retriever.query import Query
from retriever.vocabulary import bundled_vocabulary
from server.assistant import Assistant

DAY = date(2026, 11, 30)
TEXT = """云泽市支持医药产业若干措施

第一条 对新取得药品批准文号的企业，每个品种给予100万元奖励。

第二条 医疗机构采购首台套医疗器械的，按采购金额的10%给予奖励，最高50万元。

第三条 申请失能评估的，凭身份证到街道办理。企业按规定缴纳社会保险费的，给予50%补贴。

第四条 本措施自2026年1月1日起施行。
"""

Ask = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def lacks(assistant_over: Callable[..., Assistant]) -> Ask:
    assistant = assistant_over(TEXT)

    def found(question: str) -> list[str]:
        retrieval = assistant.retrieve(Query(question, DAY))
        return missing_things(retrieval, assistant.retriever, found_text(retrieval))

    return found


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("药用辅料取得批准文号，每个品种奖多少", "药用辅料"),
        ("产品做碳足迹核算补多少", "碳足迹"),
        ("住房公积金最高能贷多少", "住房公积金"),
    ],
)
def test_what_no_clause_speaks_of(lacks: Ask, question: str, thing: str) -> None:
    assert lacks(question) == [thing]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("药品批准文号一个奖多少", id="what a clause speaks of"),
        pytest.param("失能评估去哪里办", id="the ends of two words"),
        pytest.param("社保补贴给几成", id="a support called by what it is for"),
        pytest.param("仿制药企业取得批准文号奖多少", id="the sort of firm that asks"),
    ],
)
def test_what_is_not_missing(lacks: Ask, question: str) -> None:
    assert lacks(question) == []


def test_each_thing_has_one_line() -> None:
    groups = set(bundled_vocabulary().things.values())
    names = [name for group in groups for name in group]
    assert len(names) == len(set(names)) and all(len(name) > 1 for name in names)
    # A number is an amount as often as a call: 12345.
    assert not any(name.isdigit() for name in names)
