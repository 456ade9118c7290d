"""The original beside an answer in a real browser: marked, reached by keyboard, clean for axe."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from serving import serving
from test_accessibility import CHROMIUM, VIEWS, browser, faults, sync_api  # noqa: F401
from test_originals import folder, over_files  # noqa: F401

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
QUESTION = "海州区新建花卉大棚的企业最高补助多少"


@pytest.fixture(scope="module")
def url(over_files, tmp_path_factory):  # noqa: F811
    with serving(over_files, tmp_path_factory.mktemp("served")) as (url, _):
        yield url


@pytest.fixture(params=VIEWS)
def page(request, browser, url):  # noqa: F811
    context = browser.new_context(**VIEWS[request.param], base_url=url, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def test_the_page_of_the_source_stands_in_the_panel(page) -> None:
    page.goto("/?document=flowers&q=" + quote(QUESTION))
    page.locator(".turn .cite").first.focus()
    page.keyboard.press("Enter")
    box = page.locator("#panel .sheet-box")
    box.wait_for()
    image = page.locator("#panel .sheet img")
    assert image.evaluate("node => node.decode().then(() => node.naturalWidth)") == 1240
    assert "第 1 页" in image.get_attribute("alt")
    assert page.locator("#panel .sheet-quote rect").count() >= 1
    # What is marked is in view, and the keyboard can scroll the page.
    rect = page.locator("#panel rect").first.bounding_box()
    frame = box.bounding_box()
    assert frame["y"] <= rect["y"] < frame["y"] + frame["height"]
    box.focus()
    assert page.evaluate("document.activeElement.classList.contains('sheet-box')")
    assert page.locator("#panel .original-acts a").first.get_attribute("href").endswith("#page=1")
    assert faults(page) == []


@pytest.mark.parametrize("path", ["flowers/pages/2?clause=art2", "gbk/original?clause=art2"])
def test_the_pages_of_originals(page, path: str) -> None:
    page.goto("/documents/" + path)
    assert page.locator(".sheet-quote rect, .source-lines mark").count() >= 1
    assert faults(page) == []
    page.goto("/documents/flowers")
    page.locator("#art1 .clause-link").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "看原件"
    page.keyboard.press("Enter")
    page.locator(".sheet-quote").wait_for()
    # The page opens where the quote is, with or without script, below the bar.
    page.wait_for_function(
        "document.querySelector('#mark').getBoundingClientRect().top < innerHeight / 2"
    )
    assert page.locator("#mark").bounding_box()["y"] > page.locator(".bar").bounding_box()["height"]
