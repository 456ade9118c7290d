"""The interface in Chinese and English; answers stay as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from server.language import translator, words_of
from server.pages import STATIC

TEMPLATES = STATIC.parent / "templates"
QUESTION = "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少"


@pytest.fixture
def browser(client: TestClient) -> TestClient:
    """A browser with no cookies yet at the same application."""
    return TestClient(client.app)


def test_a_language_is_chosen_once_and_stays(browser: TestClient) -> None:
    assert '<html lang="zh-CN">' in browser.get("/").text
    chosen = browser.get("/?lang=en")
    assert "HttpOnly" in chosen.headers["set-cookie"]
    for page in (chosen, browser.get("/documents"), browser.get("/login"), browser.get("/chats")):
        assert '<html lang="en">' in page.text
        assert "Skip to content" in page.text
        assert "跳到正文" not in page.text.split('id="words"')[0]
    assert '<html lang="zh-CN">' in browser.get("/?lang=zh").text
    assert '<html lang="zh-CN">' in browser.get("/").text


@pytest.mark.parametrize("evil", ["fr", "en\r\nX-Evil: 1", "en; Domain=evil.example", ""])
def test_no_other_language_is_taken_or_kept(browser: TestClient, evil: str) -> None:
    page = browser.get("/", params={"lang": evil})
    assert "set-cookie" not in page.headers
    assert '<html lang="zh-CN">' in page.text


def test_answers_and_errors_are_not_translated(browser: TestClient) -> None:
    answer = browser.post("/api/ask", json={"question": QUESTION}).json()
    page = browser.get("/", params={"q": QUESTION, "lang": "en"}).text
    assert "Supported by the text" in page
    assert 'class="turn-body" lang="zh-CN"' in page
    assert answer["claims"][0]["text"][:-2] in page
    english = browser.post("/api/ask", json={"question": QUESTION}).json()
    assert english | {"took_ms": 0} == answer | {"took_ms": 0}
    assert "没有这个页面 / not found" in browser.get("/none").text


@pytest.mark.parametrize("path", sorted([*TEMPLATES.glob("*.html"), *STATIC.glob("*.js")]), ids=str)
def test_every_word_that_is_said_has_a_translation(path: Path) -> None:
    source = path.read_text("utf-8")
    said = re.findall(r"\bt\('([^']+)'", source) + re.findall(r'\bt\("([^"]+)"', source)
    chinese = {text for text in said if re.search("[\u4e00-\u9fff]", text)}
    assert chinese - words_of("en").keys() == set()


def test_values_are_put_in_as_text() -> None:
    say = translator("en")
    assert say("忘掉{}", "{}<b>") == "Forget {}<b>"
    assert translator("zh")("共 {} 处", 3) == "共 3 处"
