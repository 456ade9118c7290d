"""What the page's script puts into English is what the server does."""

from __future__ import annotations

import pytest
from test_accessibility import CHROMIUM, browser, faults, sync_api  # noqa: F401

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
QUESTIONS = [
    "高新区CRO平台固定资产投了6800万，能补多少？",
    "我们拿到了二类和三类医疗器械注册证，高新区能奖多少？",
    "养老院的床位补贴是多少",
    "52号文还有效吗",
]
#: What is said of an answer; the acts below it are only on a page with script.
SAID = """[...document.querySelectorAll(".turn .verdict, .turn .lead, .turn .block")]
  .map((node) => node.textContent.replace(/\\s+/g, ""))"""


@pytest.mark.parametrize("question", QUESTIONS)
def test_script_and_server_say_the_same(browser, server_url, question: str) -> None:  # noqa: F811
    context = browser.new_context(base_url=server_url, locale="en", reduced_motion="reduce")
    context.add_cookies([{"name": "tiaowen_lang", "value": "en", "url": server_url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/")
    page.locator("#q").fill(question)
    page.locator("#send").click()
    page.locator(".turn .trace").wait_for()
    by_script = page.evaluate(SAID)
    page.reload()
    page.locator(".turn .trace").wait_for()
    assert page.evaluate(SAID) == by_script
    assert page.locator(".turn-body [lang=en]").count() > 3
    assert faults(page) == []
    context.close()
