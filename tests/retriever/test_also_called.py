"""Districts without their city, and zones by the name that their own texts begin with."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.places import Places
from retriever.query import Query
from retriever.vocabulary import bundled_vocabulary

AREAS = ("北京市昌平区", "广州市黄埔区", "武汉市", "厦门市")
TITLES = [("东湖高新区关于促进生命健康产业的若干政策", "武汉市")]


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("昌平和厦门各奖多少", {"北京市昌平区", "厦门市"}),
        ("我们在昌平拿到三类证", {"北京市昌平区"}),
        ("黄埔区的公司能补多少", {"广州市黄埔区"}),
        ("东湖高新区的房租补贴多少", {"武汉市"}),
        # Of another city.
        ("长春市昌平街的店补多少", set()),
        ("上海黄埔区的公司补多少", set()),
    ],
)
def test_places_by_what_people_call_them(question: str, areas: set[str]) -> None:
    places = Places(AREAS, bundled_vocabulary(), titles=TITLES)
    assert places.read(question)[0] == areas


def test_a_zone_is_no_place_that_the_library_has_nothing_of(assistant_over) -> None:
    found = assistant_over(
        a="武汉东湖新技术开发区管理委员会关于印发《东湖高新区关于促进生命健康产业的若干政策》的通知\n武新规〔2025〕3号\n"
        "东湖高新区关于促进生命健康产业的若干政策\n一、对新认定的公共服务平台，按设备投入的40%给予补贴，最高700万元。\n"
        "二、本政策自2025年6月1日起施行，有效期3年。\n",
        b="昌平区支持医药健康产业发展若干措施\n昌政办发〔2025〕15号\n第一条 对新建公共服务平台，按设备投入的30%给予支持，"
        "最高1100万元。\n第二条 本措施自2025年6月1日起施行，有效期三年。\n",
    )
    answer = found.ask(
        Query("建公共服务平台，昌平和东湖高新区的补贴上限分别是多少？", date(2026, 11, 29))
    )
    assert answer.status == "answered"
    assert "700万元" in answer.text and "1100万元" in answer.text, answer.text
