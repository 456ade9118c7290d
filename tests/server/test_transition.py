"""Cases from before a document came into force are answered with its transitional rules."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

DAY = date(2026, 11, 29)
RULE = "2024年1月1日至本办法施行前参照本办法执行"


@pytest.mark.parametrize(
    ("question", "case"),
    [
        ("2024年3月拿到的三类证能按31号办法奖励吗", "art5"),
        ("我们2023年11月拿的三类证，能算进31号办法往前参照的那段时间吗？", "art5"),
        ("24年3月就拿到三类证了，能按31号办法奖励吗", "art5"),
        ("2024年的租金按31号办法还能补吗", "art12.item2"),
        ("2024年6月办的市级论坛花了80万，能按31号办法补吗，补多少", "art14"),
    ],
)
def test_the_rule_is_stated_with_the_measure(
    assistant: Assistant, question: str, case: str
) -> None:
    answer = assistant.ask(Query(question, DAY))
    assert RULE in answer.text and answer.status == "answered"
    assert {"art16", case} <= {str(c.address.path) for c in answer.citations}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("2026年3月拿到的三类证能按31号办法奖励吗", id="a case of its own time"),
        pytest.param("2024年31号办法对三类证有奖励吗", id="the year of the text"),
        pytest.param("三类证能按31号办法奖励吗", id="no time"),
        pytest.param("公司干了24年，三类证能按31号办法奖励吗", id="how long something took"),
        pytest.param("高新区2024年的办法能给三类证奖励吗", id="the text of a year"),
    ],
)
def test_not_where_no_case_is_from_before(assistant: Assistant, question: str) -> None:
    assert RULE not in assistant.ask(Query(question, DAY)).text


@pytest.mark.parametrize(
    "question",
    [
        "高新区2023年的老办法（渝高新发〔2023〕29号）还作数吗？之前按它报上去、钱还没发的项目按哪个算？",
        "高新区老办法那时候报的项目，现在钱还没兑现，按哪个办法算？",
    ],
)
def test_what_was_applied_for_before_goes_by_the_old_rules(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(Query(question, DAY))
    assert answer.status == "answered" and "项目，按原办法执行" in answer.text
