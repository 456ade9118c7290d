"""From a file to a cited answer in a real browser, on a phone and at a desk; axe-core on each page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from administrating import QUESTION, SECOND

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
VIEWS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "desk": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
}
#: What a drop is to a page: an event that carries files.
DROP = """([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, {type: "text/plain"}));
  document.querySelector("[data-drop]").dispatchEvent(
    new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def signed_in(browser, server, complaints: list[str] | None = None, **options) -> sync_api.Page:
    url, key = server
    context = browser.new_context(locale="zh-CN", base_url=url, reduced_motion="reduce", **options)
    context.set_default_timeout(30_000)
    page = context.new_page()
    if complaints is not None:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/admin")
    page.fill("#key", key)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/admin")
    return page


def faults(page: sync_api.Page) -> list[str]:
    found = axe.Axe().run(page, options=OPTIONS).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    told = [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]
    return told + (["the page scrolls sideways"] if wide else [])


@pytest.mark.parametrize("view", VIEWS)
def test_upload_findings_accept_ask_cited_remove(browser, server, view: str) -> None:
    complaints: list[str] = []
    page = signed_in(browser, server, complaints, **VIEWS[view])
    page.get_by_role("link", name="文件", exact=True).last.click()
    page.wait_for_url("**/admin/documents")
    if view == "desk":
        page.evaluate(DROP, [f"{view}.txt", SECOND])
    else:
        content = {"name": f"{view}.txt", "mimeType": "text/plain", "buffer": SECOND.encode()}
        page.set_input_files("#file", content)
        page.get_by_role("button", name="读取").click()
    card = page.locator(".adm-card")
    card.wait_for()
    assert "影响回答" in card.inner_text() and "第四条之前缺号：3" in card.inner_text()
    assert faults(page) == []
    card.get_by_role("button", name="收入").click()
    page.get_by_text("已收入，4 条款").wait_for()
    assert faults(page) == []
    page.get_by_role("link", name="去提问").click()
    page.fill("#q", QUESTION)
    page.press("#q", "Enter")
    turn = page.locator(".turn").last
    turn.locator(".trace").wait_for()
    assert (
        "250万元" in turn.inner_text() and "低空经济发展办法" in turn.locator(".refs").inner_text()
    )
    page.goto("/admin/feedback")
    page.goto(f"/admin/documents/{view}/remove")
    assert faults(page) == []
    page.get_by_role("button", name="移除").click()
    page.get_by_text("已移出").wait_for()
    page.goto("/admin/generations")
    assert faults(page) == []
    page.get_by_role("link", name="回退到这一代").first.click()
    sync_api.expect(page.locator("main")).to_contain_text("将重新收入")
    assert faults(page) == []
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wrong_with_the_other_pages(browser, server, client, view: str) -> None:
    answer = client.ask()["id"]
    said = {"answer": answer, "verdict": "not_answered", "note": "应当有"}
    assert client.post("/api/feedback", json=said).status_code == 201
    page = signed_in(browser, server, **VIEWS[view])
    for path in ("/admin", "/admin/feedback?state=all", "/admin/statistics", "/admin?lang=en"):
        page.goto(path)
        assert faults(page) == [], path
    assert "Administration" in page.inner_text("h1")
    page.context.close()


def follow_progress(page, done: str) -> None:
    """Ask for the latest progress, as a reader without script does, until it says `done`."""
    ended, ask = page.get_by_text(done), page.get_by_text("看最新进度")
    while True:
        ended.or_(ask).first.wait_for()
        if ended.count():
            return
        with page.expect_navigation():
            ask.click()


def test_without_script_too(browser, server) -> None:
    page = signed_in(browser, server, java_script_enabled=False)
    page.goto("/admin/documents")
    content = {"name": "plain.txt", "mimeType": "text/plain", "buffer": SECOND.encode()}
    page.set_input_files("#file", content)
    page.get_by_role("button", name="读取").click()
    page.locator(".adm-card").get_by_role("button", name="收入").click()
    follow_progress(page, "已收入")
    page.goto("/admin/documents")
    page.locator(".adm-held li", has_text="低空经济").get_by_text("移除").click()
    page.get_by_role("link", name="不移除").click()
    page.locator(".adm-held li", has_text="低空经济").get_by_text("移除").click()
    page.get_by_role("button", name="移除").click()
    follow_progress(page, "已移出")
    page.context.close()
