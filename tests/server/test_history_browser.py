"""Chats on the page in a real browser, against the real server process."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from server.app import create_app
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FIRST = "渝高新发〔2024〕31号第六条中药经典名方的奖励是多少"
SECOND = "56号文里创新药每个奖励多少？"
DEVICE = "二类医疗器械注册证在高新区奖励多少？"


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser) -> Iterator[sync_api.BrowserContext]:
    """A browser of its own, whose history is empty."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context, server_url) -> Iterator[sync_api.Page]:
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server_url + "/")
    yield page
    assert complaints == []


def put_question(page: sync_api.Page, question: str) -> sync_api.Locator:
    turn = page.locator(".turn").nth(page.locator(".turn").count())
    page.fill("#q", question)
    page.press("#q", "Enter")
    turn.locator(".trace").wait_for()
    return turn


def chats(page: sync_api.Page) -> sync_api.Locator:
    return page.locator("#chats li:visible")


def act(page: sync_api.Page, at: int, word: str) -> None:
    row = chats(page).nth(at)
    row.locator("summary").click()
    row.get_by_role("button", name=word, exact=True).click()


def test_a_chat_is_kept_opened_again_and_gone_on_with(page, server_url) -> None:
    shown = put_question(page, FIRST).locator(".turn-body").inner_text()
    page.wait_for_url("**/?chat=*")
    first = page.url
    page.reload()
    assert page.locator(".turn-body").inner_text() == shown
    sync_api.expect(page.locator(".turn-scope")).to_contain_text("提问于")
    page.locator('.cite[data-n="1"]').first.click()
    sync_api.expect(page.locator("#panel-cite")).to_contain_text("第六条")
    page.goto(server_url + "/")
    put_question(page, SECOND)
    sync_api.expect(chats(page)).to_have_count(2)
    follow = put_question(page, "那改良型呢")
    assert "500万元" in follow.inner_text()
    page.get_by_role("link", name=FIRST[:20]).click()
    page.wait_for_url(first)
    sync_api.expect(page.locator(".turn-q")).to_have_text(FIRST)
    page.go_back()
    sync_api.expect(page.locator(".turn")).to_have_count(2)
    page.go_back()
    page.locator(".hero h1").wait_for(state="visible")
    page.wait_for_url(server_url + "/")


def test_chats_are_searched_named_shared_and_deleted(page, context, server_url) -> None:
    put_question(page, FIRST)
    page.goto(server_url + "/")
    put_question(page, SECOND)
    sync_api.expect(chats(page)).to_have_count(2)
    page.fill("#past-q", "经典名方")
    sync_api.expect(chats(page)).to_have_count(1)
    act(page, 0, "改名")
    page.keyboard.type("<b>名方</b>")
    page.keyboard.press("Enter")
    sync_api.expect(chats(page).locator("a span")).to_have_text("<b>名方</b>")
    act(page, 0, "分享")
    link = page.locator(".share-link")
    link.wait_for()
    other = context.browser.new_context()
    reader = other.new_page()
    reader.goto(link.input_value())
    assert FIRST in reader.locator(".turn-q").inner_text()
    page.get_by_role("button", name="停止分享").click()
    link.wait_for(state="detached")
    assert reader.reload().status == 404
    other.close()
    page.fill("#past-q", "")
    sync_api.expect(chats(page)).to_have_count(2)
    act(page, 1, "删除")
    sync_api.expect(chats(page)).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    sync_api.expect(chats(page)).to_have_count(2)
    act(page, 1, "删除")
    # Whoever leaves does not wait for the 5 s; what the page sends as it goes may come in behind the
    # request for the next one.
    page.goto(server_url + "/chats")
    left = page.locator(".past-all li")
    end = time.monotonic() + 20
    while left.count() != 1 and time.monotonic() < end:
        page.reload()
    sync_api.expect(left).to_have_count(1)
    page.goto(server_url + "/")
    page.get_by_role("button", name="全部删除").click()
    page.locator("#sure").get_by_role("button", name="全部删除").click()
    page.locator("#past").wait_for(state="hidden")


def test_a_question_is_edited_and_what_followed_goes(page) -> None:
    put_question(page, FIRST)
    put_question(page, SECOND)
    page.get_by_role("button", name="修改后重新提问").first.click()
    field = page.get_by_label("修改问题")
    sync_api.expect(field).to_have_value(FIRST)
    field.fill(DEVICE)
    field.press("Enter")
    sync_api.expect(page.locator(".turn")).to_have_count(1)
    sync_api.expect(page.locator(".turn-q")).to_have_text(DEVICE)
    page.locator(".turn .trace").wait_for()
    assert "50万元" in page.locator(".turn").inner_text()
    page.reload()
    assert page.locator(".turn-q").all_inner_texts() == [DEVICE]


def test_offline_the_question_stays_and_is_asked_again(page, context) -> None:
    put_question(page, FIRST)
    context.set_offline(True)
    page.fill("#q", DEVICE)
    page.press("#q", "Enter")
    again = page.get_by_role("button", name="重新提问", exact=True)
    again.wait_for()
    sync_api.expect(page.locator(".turn").last).to_contain_text("问题已保存在本机")
    assert page.evaluate("localStorage.getItem('tiaowen.question')") == DEVICE
    context.set_offline(False)
    again.click()
    page.locator(".turn").last.locator(".trace").wait_for()
    page.reload()
    assert page.locator(".turn-q").all_inner_texts() == [FIRST, DEVICE]


def test_what_a_reader_says_of_an_answer_by_keyboard(page) -> None:
    turn = put_question(page, FIRST)
    wrong = turn.get_by_role("button", name="有误")
    wrong.press("Enter")
    assert wrong.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert wrong.evaluate("node => node === document.activeElement")
    wrong.press("Enter")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("应为60万元")
    with page.expect_response("**/api/feedback") as sent:
        turn.get_by_role("button", name="提交").press("Enter")
    assert sent.value.status == 201
    said = sent.value.json()
    assert (said["verdict"], said["note"]) == ("wrong_figure", "应为60万元")
    sync_api.expect(page.locator("#toast")).to_have_text("已收到，会对照原文核查")
    page.route("**/api/feedback", lambda route: route.abort())
    turn.get_by_role("button", name="有用").click()
    sync_api.expect(page.locator("#toast")).to_contain_text("没有做成")


def test_on_a_phone_the_history_stands_in_a_drawer(page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    put_question(page, FIRST)
    page.get_by_role("link", name="更多").click()
    drawer = page.get_by_role("dialog", name="更多")
    sync_api.expect(drawer.locator("#chats li")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    drawer.locator("summary").click()
    drawer.get_by_role("button", name="删除", exact=True).click()
    drawer.get_by_role("button", name="撤销").click()
    sync_api.expect(drawer.locator("#chats li")).to_have_count(1)
    page.keyboard.press("Escape")
    drawer.wait_for(state="hidden")


def test_without_script_the_history_is_links(browser, server_url) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server_url + "/")
    for count, question in enumerate((SECOND, "那改良型呢"), start=1):
        page.fill("#q", question)
        page.click("#send")
        sync_api.expect(page.locator(".turn")).to_have_count(count)
    assert "500万元" in page.locator(".turn").last.inner_text()
    page.goto(server_url + "/chats")
    page.locator(".past-all a").click()
    sync_api.expect(page.locator(".turn-q")).to_have_text([SECOND, "那改良型呢"])
    context.close()


@pytest.fixture
def locked(assistant, tmp_path) -> Iterator[tuple[str, str]]:
    """A server that wants a key, and the key."""
    keeper = Keeper(open_database(f"sqlite:///{tmp_path}/kept/tiaowen.db"))
    _, key = make_key(keeper.database, "页面", ["read"])
    app = create_app(assistant, access=Access(keeper, "none"))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", key
    server.should_exit = True
    thread.join(10)


def test_who_is_signed_out_signs_in_and_finds_the_question(context, locked) -> None:
    url, key = locked
    page = context.new_page()
    page.goto(url)
    sign_in(page, key)
    put_question(page, SECOND)
    page.wait_for_url("**/?chat=*")
    chat = page.url
    context.clear_cookies(name="tiaowen_session")
    page.fill("#q", FIRST)
    page.press("#q", "Enter")
    page.wait_for_url("**/login?next=*")
    sign_in(page, key)
    page.wait_for_url(chat)
    sync_api.expect(page.locator("#q")).to_have_value(FIRST)
    page.press("#q", "Enter")
    page.locator(".turn").nth(1).locator(".cite").first.wait_for()


def sign_in(page: sync_api.Page, key: str) -> None:
    page.fill("#key", key)
    page.get_by_role("button", name="登录").click()
    page.locator("#q").wait_for()


def test_in_english_script_speaks_it_too(page, server_url) -> None:
    page.get_by_role("link", name="English").click()
    turn = put_question(page, FIRST)
    assert "Supported by the text" in turn.locator(".band").inner_text()
    assert "50万元" in turn.inner_text()
    typed = turn.locator(".turn-body > :not(.trace)").all_inner_texts()
    page.reload()
    assert page.locator(".turn-body > :not(.trace)").all_inner_texts() == typed
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=" not in page.url


def test_what_goes_on_from_an_answer(page) -> None:
    turn = put_question(page, "我们创新药进了三期，高新区能给我们补多少")
    turn.get_by_role("button", name="补上").click()
    page.keyboard.type("1800万元")
    page.keyboard.press("Enter")
    turn = page.locator(".turn").nth(1)
    turn.locator(".trace").wait_for()
    assert "540万元" in turn.inner_text()
    turn = put_question(page, FIRST)
    turn.locator(".next a").click()
    page.locator(".turn").nth(3).get_by_role("table").wait_for()


def test_what_was_said_of_an_answer_is_shown_when_it_is_opened_again(page) -> None:
    turn = put_question(page, FIRST)
    page.wait_for_url("**/?chat=*")
    turn.get_by_role("button", name="有误").click()
    page.get_by_label("数字不对").check()
    page.get_by_role("button", name="提交").click()
    page.get_by_text("已收到").first.wait_for()
    page.reload()
    wrong = page.locator('.opinions [data-do="wrong"]')
    wrong.wait_for()
    assert "is-chosen" in wrong.get_attribute("class")
    page.get_by_role("button", name="有用").click()
    page.get_by_text("已收到").first.wait_for()
    page.reload()
    right = page.locator('.opinions [data-do="right"]')
    right.wait_for()
    assert right.get_attribute("aria-pressed") == "true"
    assert "is-chosen" not in page.locator('.opinions [data-do="wrong"]').get_attribute("class")


def test_the_page_of_all_chats_renames_shares_and_deletes(page, server_url) -> None:
    for question in (FIRST, SECOND):
        page.goto(server_url + "/")
        put_question(page, question)
    page.goto(server_url + "/chats")
    sync_api.expect(chats(page)).to_have_count(2)
    act(page, 0, "改名")
    page.get_by_label("新标题").fill("创新药")
    page.keyboard.press("Enter")
    chats(page).get_by_text("创新药", exact=True).wait_for()
    act(page, 0, "分享")
    link = page.locator(".share-link")
    link.wait_for()
    assert "/shared/" in link.input_value()
    chats(page).nth(0).locator("summary").click()
    act(page, 1, "删除")
    page.get_by_role("button", name="撤销").click()
    sync_api.expect(chats(page)).to_have_count(2)
    act(page, 1, "删除")
    # Leaving the page sends what was deleted; the new page may come before it has arrived.
    for _ in range(20):
        page.reload()
        if chats(page).count() == 1:
            break
        time.sleep(0.2)
    assert chats(page).count() == 1
    page.get_by_role("button", name="全部删除").first.click()
    page.locator("#sure").get_by_role("button", name="全部删除").click()
    page.wait_for_url(server_url + "/")
    page.goto(server_url + "/chats")
    page.get_by_text("还没有提问。").wait_for()
