"""axe-core finds nothing on any page: real server, real browser, phone and desk, light and dark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
#: WCAG 2.2 AA and what axe calls best practice: landmarks, headings, names.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
VIEWS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "desk": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}
ANSWERS = {
    "answered": "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少",
    "sum": "高新区，创新药III期临床花了3000万，能补多少",
    "comparison": "中药经典名方拿到批文，市级和高新区分别奖多少",
    "not_stated": "中药经典名方奖励什么时候申报",
    "informational": "国际生物城里有多少家生物医药企业",
    "refused": "上海张江的补贴",
}
MEASURE = "cqgxq-2024-31%23art4.item1~"
PAGES = {
    "start": "/",
    "library": "/documents",
    "library searched": "/documents?q=" + quote("中药经典名方"),
    "document": "/documents/cqgxq-2024-31",
    "original": "/documents/cqgxq-2024-31/original?clause=art6",
    "measures": "/measures?area=" + quote("重庆高新区") + "&sort=amount&order=down",
    "calculator": f"/calculator?measure={MEASURE}2&base=3000&go=1",
    "wrong input": f"/calculator?measure={MEASURE}2&base=abc&go=1",
    "compared": f"/compare?measure={MEASURE}1&measure={MEASURE}2",
    "login": "/login",
    "error": "/nothing",
}
CHECKED = "根据渝高新发〔2024〕31号第六条，中药经典名方奖励200万元。《上海市条例》第三条另有规定。"


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=VIEWS)
def page(request, browser, server_url) -> Iterator[sync_api.Page]:
    options = {"locale": "zh-CN", "base_url": server_url, "reduced_motion": "reduce"}
    context = browser.new_context(**VIEWS[request.param], **options)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def faults(page: sync_api.Page) -> list[str]:
    found = axe.Axe().run(page, options=OPTIONS).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    told = [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]
    return told + (["the page scrolls sideways"] if wide else [])


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages(page, path: str) -> None:
    page.goto(path)
    assert faults(page) == []


@pytest.mark.parametrize("status", ANSWERS)
def test_answers_and_the_evidence_beside_them(page, status: str) -> None:
    page.goto("/?q=" + quote(ANSWERS[status]))
    shown = "answered" if status in ("sum", "comparison") else status
    assert page.locator(f".band-{shown}").is_visible()
    assert faults(page) == []
    if status == "refused":
        return
    page.locator(".turn .cite").first.click()
    page.locator("#panel-card dl").wait_for()
    assert faults(page) == []


def test_a_company_and_its_measures(page) -> None:
    page.goto("/match")
    page.fill("#p-area", "重庆高新区")
    page.locator('[name="product"]').first.fill("创新药")
    page.get_by_role("button", name="匹配").click()
    page.locator(".counts").wait_for()
    assert faults(page) == []


def test_a_text_whose_references_were_checked(page) -> None:
    page.goto("/check")
    page.fill("#text", CHECKED)
    page.get_by_role("button", name="核对").click()
    page.locator(".check-list").wait_for()
    assert faults(page) == []


def test_a_chat_that_was_shared(page, server_url: str) -> None:
    with httpx.Client(base_url=server_url, timeout=30) as client:
        client.get("/")
        chat = client.post("/api/chats", json={"title": "奖励"}).json()["id"]
        client.post("/api/ask", json={"question": ANSWERS["answered"], "chat": chat})
        path = client.post(f"/api/chats/{chat}/share").json()["url"]
    page.goto(path)
    assert page.locator(".turn").count() == 1
    assert faults(page) == []
