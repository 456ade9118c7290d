"""Texts for one sector are left out where a question names another one that they never speak of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from retriever.query import Query
from retriever.sectors import without_other_sectors
from server.assistant import Assistant

_DRONES = """檀江市支持低空经济发展若干措施
檀府发〔2025〕4号
檀江市人民政府
2025年3月3日
第一条 为支持低空经济发展，制定本措施。
第二条 开通无人机航线的，每条航线奖励20万元。
第三条 本措施自2025年4月1日起施行，有效期3年。
"""
_CHIPS = """檀江市支持集成电路产业若干措施
檀府发〔2025〕9号
檀江市人民政府
2025年5月6日
第一条 为支持集成电路产业发展，制定本措施。
第二条 企业贷款的，按LPR的40%给予贴息，每年最高90万元。
第三条 本措施自2025年6月1日起施行，有效期3年。
"""


@pytest.fixture(scope="module")
def city(assistant_over: Callable[..., Assistant]) -> Assistant:
    return assistant_over(drones=_DRONES, chips=_CHIPS)


def documents(city: Assistant, question: str) -> set[str]:
    retrieval = city.retrieve(Query(question, date(2026, 11, 30)))
    kept = without_other_sectors(retrieval, city.retriever)
    return {hit.passage.address.document for hit in kept.hits}


def test_a_text_for_another_sector_is_left_out(city: Assistant) -> None:
    assert documents(city, "无人机公司贷款贴息几个点") == {"drones"}
    assert documents(city, "芯片公司贷款贴息几个点") == {"chips"}


def test_who_names_no_sector_or_a_document_gets_all(city: Assistant) -> None:
    assert documents(city, "公司贷款贴息几个点") == {"drones", "chips"}
    assert "chips" in documents(city, "无人机公司按檀府发〔2025〕9号贷款贴息几个点")


def test_the_subsidy_of_another_sector_is_no_answer(city: Assistant) -> None:
    answer = city.ask(Query("做无人机的贷款市里贴息几个点", date(2026, 11, 30)))
    assert "40%" not in answer.text


def test_a_text_for_several_kinds_of_firms_is_for_none(
    assistant_over: Callable[..., Assistant],
) -> None:
    text = """檀江市支持工业技改、商贸物流和文化旅游若干措施
檀府发〔2025〕11号
第一条 首次有出口实绩的企业，奖励2万元。
第二条 租用海外仓的，按租金的30%补贴。
"""
    city = assistant_over(mixed=text, chips=_CHIPS)
    assert "mixed" in documents(city, "做外贸的公司首次出口奖多少")
