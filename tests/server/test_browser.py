"""The page in a real browser, against the real server process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

QUESTION = "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少"
COMPARING = "中药经典名方拿到批文，市级和高新区分别奖多少"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, server_url):
    """Open a path; at the end nothing may stand in the console, refused policies included."""
    contexts, complaints = [], []

    def _open(path: str = "/", viewport=WIDE, **options) -> sync_api.Page:
        context = browser.new_context(viewport=viewport, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        page.goto(server_url + path)
        return page

    yield _open
    for context in contexts:
        context.close()
    assert complaints == []


def put_question(page: sync_api.Page, question: str) -> sync_api.Locator:
    page.fill("#q", question)
    page.press("#q", "Enter")
    turn = page.locator(".turn").last
    turn.locator(".trace").wait_for()
    return turn


def test_a_question_its_answer_and_the_clause_behind_it(open_page) -> None:
    page = open_page()
    turn = put_question(page, QUESTION)
    assert "条文有据" in turn.locator(".band").inner_text()
    assert "50万元" in turn.inner_text()
    marker = turn.locator('.cite[data-n="1"]').first
    marker.click()
    panel = page.locator("#panel")
    panel.wait_for(state="visible")
    sync_api.expect(page.locator("#panel-cite")).to_contain_text("第六条")
    quote = turn.locator(".refs q").first.inner_text()
    assert page.locator("#panel-text mark").first.inner_text() == quote
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert marker.evaluate("node => node === document.activeElement")


def test_the_panel_names_the_file_and_links_to_the_clause(open_page) -> None:
    page = open_page()
    put_question(page, QUESTION).locator('.cite[data-n="1"]').first.click()
    page.locator("#panel-card dl").wait_for()
    assert "渝高新发〔2024〕31号" in page.locator("#panel-card").inner_text()
    page.click("#panel-link")
    page.wait_for_url("**/documents/cqgxq-2024-31#art6")
    sync_api.expect(page.locator("#art6")).to_be_visible()


def test_a_follow_up_goes_with_the_conversation(open_page) -> None:
    page = open_page()
    put_question(page, "56号文里创新药每个奖励多少？")
    turn = put_question(page, "那改良型呢")
    assert page.locator(".turn").count() == 2
    assert "500万元" in turn.inner_text()
    assert "渝府办发〔2025〕56号" in turn.locator(".refs").inner_text()


def test_a_refusal_offers_questions_and_no_evidence(open_page) -> None:
    turn = put_question(open_page(), "上海张江的补贴")
    assert "库内无依据" in turn.locator(".band").inner_text()
    assert turn.locator(".cite").count() == 0
    assert turn.locator(".tries a").count() > 0


def test_script_in_a_question_is_text(open_page) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    page = open_page()
    turn = put_question(page, f"{evil}高新区三类证奖励")
    assert evil in turn.locator(".turn-q").inner_text()
    assert page.locator("img").count() == 0
    assert page.locator(".turn script").count() == 0
    page.reload()
    assert evil in page.locator(".turn-q").inner_text()
    assert page.locator("img").count() == 0


@pytest.mark.parametrize("question", [QUESTION, COMPARING], ids=["plain", "comparing"])
def test_server_and_script_build_the_same_answer(open_page, question: str) -> None:
    page = open_page()
    typed = put_question(page, question)
    in_script = typed.locator(".turn-body > :not(.trace)").all_inner_texts()
    page.reload()
    page.locator(".turn .trace").wait_for()
    assert page.locator(".turn .turn-body > :not(.trace)").all_inner_texts() == in_script


def test_a_comparison_is_a_table_with_headers_and_markers(open_page) -> None:
    page = open_page()
    table = put_question(page, COMPARING).get_by_role("table")
    assert table.locator("caption").is_visible()
    heads = table.get_by_role("columnheader")
    assert [heads.nth(i).locator(".cite").count() for i in range(3)] == [0, 1, 1]
    rate = table.get_by_role("row").filter(has_text="标准")
    assert rate.get_by_role("rowheader").get_attribute("scope") == "row"
    assert "较高" in rate.get_by_role("cell").filter(has_text="100万元").inner_text()
    assert "较高" not in rate.get_by_role("cell").filter(has_text="50万元").inner_text()
    heads.nth(1).locator(".cite").click()
    page.locator("#panel").wait_for(state="visible")


def test_on_a_phone_each_cell_of_a_comparison_names_its_column(open_page) -> None:
    page = open_page("/", NARROW)
    turn = put_question(page, COMPARING)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    box = turn.locator(".versus-box")
    assert box.evaluate("node => node.scrollWidth <= node.clientWidth")
    named = turn.locator(".versus td").first.evaluate(
        "node => getComputedStyle(node, '::before').content"
    )
    assert "重庆" in named
    assert turn.locator(".versus thead .cite").first.is_visible()


@pytest.mark.parametrize("path", ["/", f"/?q={QUESTION}", "/documents", "/documents/cqgxq-2024-31"])
def test_a_phone_needs_no_sideways_scroll(open_page, path: str) -> None:
    page = open_page(path, NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_on_a_phone_the_panel_is_a_dialog_that_closes(open_page) -> None:
    page = open_page("/", NARROW)
    turn = put_question(page, QUESTION)
    marker = turn.locator('.cite[data-n="1"]').first
    marker.click()
    page.locator('#panel[role="dialog"]').wait_for(state="visible")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.keyboard.press("Escape")
    page.locator("#panel").wait_for(state="hidden")
    assert marker.evaluate("node => node === document.activeElement")


def test_without_script_the_form_still_answers(open_page) -> None:
    page = open_page("/", java_script_enabled=False)
    page.fill("#q", QUESTION)
    page.click("#send")
    page.wait_for_url("**/?chat=*")
    assert "条文有据" in page.locator(".band").inner_text()
    page.locator('.cite[data-n="1"]').first.click()
    page.wait_for_url("**#ref-1")
    sync_api.expect(page.locator("#ref-1 q")).to_be_visible()


def test_what_was_said_is_shown_used_and_forgotten(open_page) -> None:
    page = open_page("/", NARROW, color_scheme="dark")
    turn = put_question(page, "我们在高新区，创新药二期花了1800万，进入三期")
    line = turn.locator(".said li")
    assert line.all_inner_texts() == ["高新区", "创新药", "进入三期", "二期花了1800万元"]
    put_question(page, "高新区三类证奖多少？")
    asked = "我们创新药进了三期，高新区能给我们补多少"
    turn = put_question(page, asked)
    assert "按您前面说的：二期花了1800万元" in turn.locator(".sum-check").inner_text()
    assert "二期花了1800万元（本次用到）" in turn.locator(".said").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    forget = turn.get_by_role("button", name="忘掉二期花了1800万元")
    box = forget.bounding_box()
    assert box["width"] >= 44 and box["height"] >= 44
    turn.get_by_role("button", name="忘掉进了三期").focus()
    page.keyboard.press("Tab")
    assert forget.evaluate("node => node === document.activeElement")
    page.keyboard.press("Enter")
    told = "已忘掉“二期花了1800万元”，接下来的提问不再用到"
    sync_api.expect(page.locator("#toast")).to_have_text(told)
    sync_api.expect(page.locator('[data-text="二期花了1800万元"]')).to_have_count(0)
    assert page.evaluate("document.activeElement.dataset.do") == "forget"
    turn = put_question(page, asked)
    assert "还差一项" in turn.inner_text()
    # Said anew, it counts again.
    put_question(page, "我们创新药二期花了1800万")
    assert "二期花了1800万元" in put_question(page, asked).locator(".said").inner_text()


def test_what_was_said_is_taken_back_in_words(open_page) -> None:
    page = open_page()
    put_question(page, "我们在高新区，创新药二期花了1800万")
    turn = put_question(page, "忘掉前面说的")
    assert "前面说的不再算数" in turn.locator(".band").inner_text()
    assert turn.locator(".said").count() == 0
    assert put_question(page, QUESTION).locator(".said").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_an_answer_is_exported_by_its_buttons(open_page, script: bool) -> None:
    if script:
        page = open_page()
        put_question(page, QUESTION)
    else:
        page = open_page(f"/?q={QUESTION}", java_script_enabled=False)
    with page.expect_download() as download:
        page.locator(".exports button[value=md]").click()
    content = Path(download.value.path()).read_text("utf-8")
    assert content.startswith(f"# {QUESTION}") and "50万元" in content


def test_the_check_page_marks_what_is_wrong(open_page) -> None:
    page = open_page("/check", java_script_enabled=False)
    page.fill("#text", "按高新区办法第六条，单个品种奖励80万元。")
    page.locator(".check-form button").click()
    assert page.locator("mark.check-figure").inner_text() == "80万元"
    assert "50万元" in page.locator("#check-1").inner_text()


def test_the_appearance_is_kept(open_page) -> None:
    page = open_page("/")
    page.locator('.bar [data-do="theme"]').click()
    page.locator('.bar [data-do="theme"]').click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
