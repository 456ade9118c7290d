"""The widget on pages of other sites, in a real browser: other origins, no cookies."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from serving import serving

from server.assistant import Assistant
from server.keeping.limiting import Limiter

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
QUESTION = "高新区三类医疗器械注册证奖励多少？"
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>门户</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {url}; frame-src {url}">
<main><h1>门户</h1><a href="#x">链接</a></main>
<script src="{url}/widget.js" async {data}></script></html>"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> Iterator[tuple[Path, str, str]]:
    """A folder of pages, served by two sites: one that is let in, and one that is not."""
    folder = tmp_path_factory.mktemp("site")
    handler = functools.partial(Quiet, directory=folder)
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), handler) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    # Another name than the server's: to the browser another site, whose cookies are a third party's.
    yield folder, *(f"http://localhost:{server.server_port}" for server in servers)
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def opened(assistant: Assistant, sites, tmp_path_factory) -> Iterator[str]:
    """A server that asks for no key."""
    folder = tmp_path_factory.mktemp("opened")
    limiter = Limiter("", "", widget="20/minute")
    with serving(assistant, folder, widget=(sites[1],), limiter=limiter) as (url, _):
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, sites) -> Iterator:
    contexts = []

    def _visit(url: str, data: str = "", site: int = 1, width: int = 1280, **options):
        (sites[0] / "index.html").write_text(PAGE.format(url=url, data=data), "utf-8")
        context = browser.new_context(viewport={"width": width, "height": 844}, **options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.goto(sites[site])
        page.get_by_role("button", name="问政策").click()
        if site == 1:
            # What the page's script does once it is there.
            sync_api.expect(page.frame_locator("iframe").locator("#q")).to_be_focused()
        return page

    yield _visit
    for context in contexts:
        context.close()


def ask(page, question: str = QUESTION):
    frame = page.frame_locator("iframe")
    frame.locator("#q").fill(question)
    frame.locator("#q").press("Enter")
    turn = frame.locator(".turn").last
    turn.locator(".trace").wait_for()
    return turn


def faults(page) -> list[str]:
    found = axe.Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found for n in v["nodes"]]


def test_another_site_asks_and_gets_an_answer_with_its_clause(visit, opened, sites) -> None:
    page = visit(opened, 'data-area="重庆高新区" data-title="高新区政策"')
    turn = ask(page)
    assert "条文有据" in turn.locator(".band").inner_text()
    assert "200万元" in turn.locator(".verdict, .lead").first.inner_text()
    turn.locator(".cite").first.click()
    clause = turn.locator(".refs li:focus details[open] p")
    assert clause.locator("mark").count() == 1
    link = turn.locator(".refs .where a")
    assert link.get_attribute("href").startswith("/documents/cqgxq-2024-31#art5")
    assert link.get_attribute("target") == "_blank"
    follow = ask(page, "一年最多多少？")
    assert "500万元" in follow.locator(".turn-body").inner_text()
    assert page.context.cookies() == []
    assert httpx.get(f"{opened}/api/chats").json()["chats"] == []


def test_keyboard_and_focus(visit, opened) -> None:
    page = visit(opened)
    frame = page.frame_locator("iframe")
    button = page.locator(".open")
    sync_api.expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("dialog")).to_be_hidden()
    sync_api.expect(button).to_be_focused()
    sync_api.expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    sync_api.expect(frame.locator("#q")).to_be_focused()
    page.locator(".close").click()
    sync_api.expect(button).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_readers_and_phones(visit, opened, width: int, scheme: str) -> None:
    page = visit(opened, width=width, color_scheme=scheme)
    ask(page)
    assert faults(page) == []
    box = page.locator("dialog").bounding_box()
    full = box["width"] == 390 and box["height"] == 844
    assert full == (width == 390)
    # On a phone nothing behind it can be reached.
    page.locator(".close").focus()
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.tagName") == "A":
            break
    assert (page.evaluate("document.activeElement.tagName") == "A") == (width == 1280)


def test_a_site_that_is_not_named_is_refused_by_the_browser(visit, opened) -> None:
    refusals: list[str] = []
    page = visit(opened, site=2)
    page.on("console", lambda message: refusals.append(message.text))
    page.reload()
    page.get_by_role("button", name="问政策").click()
    page.wait_for_timeout(500)
    assert any("frame-ancestors" in text for text in refusals)
    assert page.frame_locator("iframe").locator("#q").count() == 0


def test_every_other_page_stays_out_of_frames(opened) -> None:
    framed = httpx.get(f"{opened}/widget").headers
    assert "frame-ancestors http://localhost:" in framed["content-security-policy"]
    assert "x-frame-options" not in framed
    assert "set-cookie" not in httpx.get(f"{opened}/widget?lang=en").headers
    for path in ("/", "/login", "/documents", "/widget/ask", "/widget/x", "/widget.js"):
        headers = httpx.get(f"{opened}{path}").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY"


def test_a_server_with_keys(visit, assistant: Assistant, sites, tmp_path: Path) -> None:
    keys = {sites[1]: ""}
    limiter = Limiter("", "", widget="2/minute")
    with serving(assistant, tmp_path, "none", widget_keys=keys, limiter=limiter) as (url, admin):
        page = visit(url, f'data-key="{keys[sites[1]]}" data-language="zh"')
        turn = ask(page)
        assert "200万元" in turn.locator(".verdict, .lead").first.inner_text()
        # The library asks for a key that visitors have not: the clause itself is what they can read.
        assert turn.locator('a[href^="/"]').count() == 0
        assert turn.locator("details").count() >= 1
        _only_asks(url, keys[sites[1]], admin)


def _only_asks(url: str, key: str, admin: str) -> None:
    named, body = {"x-api-key": key}, {"question": QUESTION}
    for path in ("/api/documents", "/documents", "/api/chats", "/v1/models", "/metrics"):
        assert httpx.get(url + path, headers=named).status_code == 403, path
    assert httpx.post(f"{url}/api/ask", json=body, headers=named).status_code == 403
    # Neither without a key, nor with one that must not be public, nor from a page that is not ours.
    assert httpx.get(f"{url}/widget", headers={"accept": "text/html"}).status_code == 401
    assert httpx.get(f"{url}/widget?key={admin}").status_code == 403
    foreign = named | {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    refused = httpx.post(f"{url}/widget/ask", json=body, headers=foreign)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "cross_site")
    # The page asked once; these are counted too.
    last = httpx.post(f"{url}/widget/ask", json=body, headers=named)
    assert last.status_code == 429
    assert "retry-after" in last.headers
