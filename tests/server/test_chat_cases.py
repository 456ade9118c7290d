"""A chat as people have it: a question on a measure, then a case of their own, then another thing."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.conversation import standalone
from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

TODAY = date(2026, 11, 29)


def last(assistant: Assistant, *asked: str) -> Answer:
    return assistant.ask(Query(asked[-1], TODAY), asked[:-1])


@pytest.mark.parametrize(
    ("asked", "result"),
    [
        # By itself the case is found in a clause on decoration, which holds none of its words.
        (("CRO服务奖励比例是多少", "我们今年合同额2000万能拿多少"), "最高60万元"),
        (("医院买首台套器械有奖励吗", "我们医院买了800万的，奖多少"), "最高160万元"),
        (
            ("设备投资补贴怎么算", "我们固投5000万，设备付款3500万，补多少"),
            "最高350万元",
        ),
        # 市级 is a word of the district's clause here, and no other place.
        (("办论坛高新区给钱吗", "办了两场市级的，每场花40万，一共给多少"), "最高40万元"),
    ],
)
def test_a_case_of_what_was_asked_before(
    assistant: Assistant, asked: tuple[str, ...], result: str
) -> None:
    answer = last(assistant, *asked)
    assert answer.calculation is not None and answer.calculation.display == result
    assert not answer.trace.problems


def test_a_case_stays_in_the_thread(assistant: Assistant) -> None:
    asked = ("办论坛高新区给钱吗", "办了两场市级的，每场花40万，一共给多少", "一年封顶多少")
    assert {str(c.address) for c in last(assistant, *asked).citations} == {"cqgxq-2024-31#art14"}


@pytest.mark.parametrize(
    "question",
    [
        "高新区自己装修1000平GMP车间补多少",
        "改良型新药三期花了1500万，高新区补多少",
        "56号文的CRO平台固投5000万补多少",
    ],
)
def test_a_case_that_names_its_matter_stands_alone(assistant: Assistant, question: str) -> None:
    assert standalone(question, ["办论坛高新区给钱吗"], assistant.retriever) == question


def test_another_thing_is_not_worked_out_as_the_first(assistant: Assistant) -> None:
    asked = ("首台套医疗器械医院买有奖励吗", "我们医院买了800万的，奖多少", "创新药呢")
    answer = last(assistant, *asked)
    assert answer.calculation is None and "160万" not in answer.text
    assert "新药" in answer.text


def test_both_of_the_places_named_before(assistant: Assistant) -> None:
    asked = ("创新药获批高新区奖多少", "市里呢", "两个能都拿吗")
    answer = last(assistant, *asked)
    assert {str(c.address) for c in answer.citations} == {
        "cqgxq-2024-31#art15", "cqzfb-2025-56#closing"
    }  # fmt: skip


def test_a_term_is_judged_on_the_day_of_the_last_question(assistant: Assistant) -> None:
    asked = ("高新区的办法什么时候生效的", "2024年3月拿到的证算不算", "有效期多久")
    assert "尚未施行" not in last(assistant, *asked).text
