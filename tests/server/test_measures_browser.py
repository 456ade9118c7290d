"""The pages on measures in a real browser, against the real server process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
PLATFORM = "/calculator?measure=cqgxq-2024-31%23art11.item1~1"


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def test_a_sum_while_it_is_typed_and_no_page_scrolls_sideways(browser, server_url) -> None:
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN")
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server_url + PLATFORM)
    page.fill("#c-base", "6800")
    page.locator(".fig-num", has_text="760").wait_for()
    page.wait_for_url("**base=6800*")
    page.fill("#c-base", "68o0")
    page.locator("#c-base-e").wait_for()
    sync_api.expect(page.locator(".fig-num")).to_have_count(0)
    assert page.input_value("#c-base") == "68o0"
    page.fill("#c-base", "900")
    page.get_by_text("不能享受").first.wait_for()
    for path in ("/measures", PLATFORM + "&base=6800", "/compare", "/match"):
        page.goto(server_url + path)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0, path
    context.close()
    assert complaints == []


def test_from_the_table_to_a_comparison_by_keyboard(browser, server_url) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(server_url + "/measures?document=cqgxq-2024-31")
    boxes = page.locator('input[name="measure"]')
    for box in (boxes.nth(8), boxes.nth(9)):
        box.focus()
        page.keyboard.press("Space")
    page.get_by_text("对照所选").focus()
    page.keyboard.press("Enter")
    page.locator(".versus").wait_for()
    assert "较高" in page.locator(".versus").inner_text()
    page.close()
