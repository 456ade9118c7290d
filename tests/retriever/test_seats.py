"""Where an asker sits: rules of the city hold there, those of another zone of it do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from server.assistant import Assistant

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("question", "seat"),
    [
        ("我们在两江新区，市里的新药奖励多少", ("重庆市", "两江新区")),
        ("我司在渝北区，1类新药能拿多少奖励", ("重庆市", "渝北区")),
        ("公司注册地在江北区，临床试验怎么补", ("重庆市", "江北区")),
        ("沙坪坝区的企业获得新药批件奖多少", ("重庆市", "沙坪坝区")),
        ("万州的药企新药临床能补多少", ("重庆市", "万州区")),
    ],
)
def test_a_seat_is_no_foreign_place(
    assistant: Assistant, question: str, seat: tuple[str, ...]
) -> None:
    understood = assistant.retriever.understand(question)
    assert understood.seats == (seat,) and not understood.foreign
    assert seat[-1][:2] not in understood.text


@pytest.mark.parametrize(
    "question",
    [
        "渝北区对新药的奖励多少",
        "渝北区的生物医药政策有哪些",
        # Somewhere else than the corpus has rules for.
        "我们在成都，新药奖励多少",
        # Of another zone than the one that is asked about.
        "我们在渝北区，高新区的三类证奖励能拿吗",
        "厂房要是放在璧山呢",
    ],
)
def test_a_place_whose_rules_are_asked_for_is_foreign(assistant: Assistant, question: str) -> None:
    understood = assistant.retriever.understand(question)
    assert not understood.seats and understood.foreign


def test_clauses_named_beside_a_seat_are_of_their_documents(assistant: Assistant) -> None:
    asked = "我们在渝北区，56号文第十条和52号文第二条分别怎么写"
    understood = assistant.retriever.understand(asked)
    assert [str(address) for address in understood.addresses] == ["cqzfb-2025-56#item10"]
    # The latter has no such article; that of the former is not meant.
    assert understood.absent == ("第二条",)


def test_rules_of_another_zone_are_not_found(assistant: Assistant) -> None:
    hits = assistant.retriever.retrieve(Query("我们在两江新区，三类证奖励多少", DAY)).hits
    assert hits and not any(h.passage.address.document == "cqgxq-2024-31" for h in hits)


def test_the_city_s_rules_with_their_level(assistant: Assistant) -> None:
    answer = assistant.ask(Query("沙坪坝区的企业获得改良型新药批件奖多少", DAY))
    assert answer.status == "answered" and "500万元" in answer.text
    assert any("库内没有重庆市沙坪坝区自己的文件" in note for note in answer.notes)


def test_what_the_clauses_only_count_is_no_support(assistant: Assistant) -> None:
    answer = assistant.ask(Query("我们在两江新区，市里三类医疗器械注册证奖励多少", DAY))
    assert answer.status == "refused"


NATIONAL = """财政部
财税〔2026〕9号
一、对中型企业，免征三项保险的单位缴费，免征期限不超过5个月。
二、本通知自2026年1月1日起施行。
"""
OF_A_CITY = """江州市支持换电设施若干措施
江府规〔2025〕8号
第一条 对新建的换电站，按建设投资的30%给予补助，最高90万元。
第二条 本措施自2025年5月1日起施行，有效期3年。
"""


@pytest.fixture(scope="module")
def both(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(national=NATIONAL, city=OF_A_CITY)


def test_the_country_s_rules_hold_in_every_city(both: Assistant) -> None:
    answer = both.ask(Query("我们是杭州的一家中型企业，三项保险的单位缴费免征几个月", DAY))
    assert answer.status == "answered" and "5个月" in answer.text
    assert any("库内没有杭州市自己的文件" in note for note in answer.notes)


def test_another_city_s_rules_do_not(both: Assistant) -> None:
    answer = both.ask(Query("我们是杭州的企业，新建换电站补助多少", DAY))
    assert answer.status == "refused"
