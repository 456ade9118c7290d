"""In English mode no Chinese word of the interface is left; words of the corpus are marked as Chinese."""

from __future__ import annotations

import re

import lxml.html
import pytest
from starlette.testclient import TestClient

from server.language import words_of
from server.phrasing import phrased

CHINESE = re.compile("[\u4e00-\u9fff]")
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-l")
MEASURE = "cqgxq-2024-31%23art4.item1~"
PAGES = [
    "/", "/documents", "/documents?q=奖励&status=in_force", "/documents?q=zzzz", "/documents?area=无",
    "/documents/cqgxq-2024-31", "/documents/cqgxq-2024-31/original?clause=art6",
    "/measures", "/measures?area=重庆高新区&sort=amount&order=down&in_force=true&at_least=100",
    "/measures?subject=zzzz&area=重庆市", "/measures?at_least=abc",
    "/calculator", f"/calculator?measure={MEASURE}2&base=3000&go=1",
    f"/calculator?measure={MEASURE}2&base=abc&go=1", f"/calculator?measure={MEASURE}2&go=1",
    "/calculator?measure=cqgxq-2024-31%23art11.item1~1&base=6800",
    "/compare", f"/compare?measure={MEASURE}1&measure={MEASURE}2", "/compare?measure=none",
    "/compare?document=cqgxq-2024-31&document=cqzfb-2025-56&q=zzzz",
    "/match", "/check", "/login", "/chats", "/none", "/documents/none", "/?q=奖励&as_of=x",
]  # fmt: skip
CHECKED = (
    "根据渝高新发〔2024〕31号第六条，中药经典名方奖励300万元。《上海市条例》第三条另有规定。"
    "渝高新发〔2024〕31号第九十九条规定奖励。"
)


@pytest.fixture(scope="module")
def english(client: TestClient) -> TestClient:
    browser = TestClient(client.app, headers={"accept": "text/html"})
    browser.cookies.set("tiaowen_lang", "en")
    return browser


def left(html: str) -> list[str]:
    """Chinese text outside of what is marked as Chinese, and interface words inside of it."""
    words = {word for word in words_of("en") if len(word) > 3}
    found = []
    for node in lxml.html.fromstring(html).iter():
        # A title in the browser's bar has one language only, and may name a document.
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "title"):
            continue
        # The language of a text behind an element is that of what surrounds it.
        texts = [(node, node.text), (node.getparent(), node.tail)]
        texts += [(node, node.get(name)) for name in ATTRIBUTES]
        for place, text in texts:
            if place is None or not text or not CHINESE.search(text):
                continue
            lang = next(
                (a.get("lang") for a in [place, *place.iterancestors()] if a.get("lang")), ""
            )
            if lang != "zh-CN" or text.strip() in words:
                found.append(f"{place.tag}: {text.strip()[:60]}")
    return [each for each in found if "e.g. " not in each and "xample: " not in each]


@pytest.mark.parametrize("path", PAGES)
def test_no_chinese_word_of_the_interface_is_left(english, path: str) -> None:
    html = english.get(path).text
    assert '<html lang="en">' in html
    assert left(html) == []


def test_a_match_and_a_check_in_english(english) -> None:
    form = {
        "area": "重庆高新区",
        "product": "创新药",
        "amount": "研发费用",
        "value": "3000",
        "unit": "万元",
    }
    matched = english.post("/match", data=form).text
    assert "you said" in matched
    assert left(matched) == []
    assert left(english.post("/match", data=form | {"value": "abc"}).text) == []
    checked = english.post("/check", data={"text": CHECKED}).text
    assert "outside the library" in checked
    assert left(checked) == []


def test_values_in_a_phrase_are_text() -> None:
    said = phrased("您填的是<b>{}</b>", "en")
    assert said == "you said &lt;b&gt;{}&lt;/b&gt;"
    assert phrased("没有这句话", "en") == '<span lang="zh-CN">没有这句话</span>'
    found = phrased("共 3 处引用（按 2026-11-24 核对）：数字不符 1 处，库外，未核对 2 处。", "en")
    assert "figure differs: " in found
    assert "outside the library: " in found
    assert "处" not in found
    several = phrased("查有《甲》，引文与原文一致，3万元与条文一致；没有说产品类别", "en")
    assert "found: " in several
    assert "一致" not in several
    assert phrased("您说的3万元，不符合“不少于5万元”；按您的回答", "en").endswith("by your answer")
