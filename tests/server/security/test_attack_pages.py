"""Markup in texts, titles, names, questions, notes and chats; spreadsheets; addresses that lead out."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import httpx
import pytest
from attacking import FORMULAS, MARKUP, NUMBER, holds_no_code
from openpyxl import load_workbook

PAGES = (
    "/?q={}", "/?q=奖励多少&area={}", "/?q=a&document={}", "/?q=a&as_of={}", "/?chat={}", "/documents?q={}",
    "/documents?area={}", "/documents?sort={}", "/documents/{}", "/documents/evil/original?quote={}",
    "/documents/evil/original?clause={}", "/measures?q={}", "/measures?document={}", "/measures?area={}",
    "/compare?a={}&b={}", "/compare?left={}", "/calculator?clause={}", "/calculator?measure={}",
    "/login?next={}", "/chats?q={}", "/shared/{}", "/check?text={}", "/match?area={}", "/{}",
)  # fmt: skip


@pytest.mark.parametrize("markup", MARKUP)
def test_no_parameter_becomes_markup(browse, markup: str) -> None:
    browser = browse()
    for page in PAGES:
        found = browser.get(
            page.replace("{}", quote(markup, safe="")), headers={"accept": "text/html"}
        )
        assert found.status_code < 500, (page, found.text[:300])
        if "html" in found.headers.get("content-type", ""):
            holds_no_code(found)
        else:
            assert found.headers["x-content-type-options"] == "nosniff"


def test_forms_show_what_was_sent_as_text(browse) -> None:
    browser = browse()
    for markup in MARKUP:
        data = dict.fromkeys(
            ("area", "product", "amount", "value", "text", "area_of", "as_of"), markup
        )
        for path, form in (
            ("/match", data),
            ("/check", {"text": markup + NUMBER + "第二条", "as_of": markup}),
        ):
            page = browser.post(path, data=form)
            assert page.status_code < 500
            holds_no_code(page)


def test_a_hostile_document_is_text_on_every_page(browse) -> None:
    browser = browse()
    pages = [
        "/",
        "/documents",
        "/documents/evil",
        "/documents/evil/original",
        "/measures",
        "/compare",
        "/match",
    ]
    pages += [f"/?q={quote(NUMBER + f'第{n}条原文')}" for n in "二三四五"]
    pages += [f"/documents/evil/original?clause=art{n}" for n in range(2, 6)]
    for path in pages:
        page = browser.get(path, follow_redirects=True)
        assert page.status_code == 200
        holds_no_code(page)
    assert "&lt;script&gt;alert(1)" in browser.get("/documents/evil").text


def test_chats_shares_notes_and_names_are_text(browse) -> None:
    browser, admin = browse(), browse("admin")
    for markup in MARKUP[:6]:
        chat = browser.post("/api/chats", json={"title": markup[:60]}).json()["id"]
        asked = browser.post(
            "/api/ask", json={"question": "补助多少？" + markup, "chat": chat}
        ).json()
        note = {"answer": asked["id"], "verdict": "wrong_figure", "note": markup}
        assert browser.post("/api/feedback", json=note).status_code == 201
        shared = browser.post(f"/api/chats/{chat}/share").json()["url"]
        for path in ("/", f"/?chat={chat}", "/chats", shared):
            holds_no_code(browser.get(path))
        name = f"{markup}.txt".replace("/", "_")
        sent = admin.post(
            "/api/admin/documents",
            files={"file": (name, f"某办法{markup}\n第一条 {markup}。\n".encode())},
        )
        assert sent.status_code == 201
        for path in (
            "/admin",
            "/admin/documents",
            "/admin/feedback",
            "/admin/statistics",
            "/admin/generations",
        ):
            holds_no_code(admin.get(path))
        admin.delete(f"/api/admin/drafts/{sent.json()['drafts'][0]['id']}")


def test_no_cell_is_a_formula(browse) -> None:
    reader, batch = browse("read"), browse("batch")
    table = reader.get("/api/entitlements/export?format=csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    book = load_workbook(io.BytesIO(reader.get("/api/entitlements/export?format=xlsx").content))
    lines = "\n".join(FORMULAS)
    made = batch.post(
        "/api/batches", content=lines.encode(), headers={"content-type": "text/plain"}
    )
    result = batch.get(f"/api/batches/{made.json()['id']}/result?format=xlsx")
    answered = load_workbook(io.BytesIO(result.content))
    batch.delete(f"/api/batches/{made.json()['id']}")
    assert any("HYPERLINK" in cell for cell in cells) and any("检测" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r＝＋－＠")]
    typed = [
        c for b in (book, answered) for s in b for row in s for c in row if c.value is not None
    ]
    assert typed and not [c for c in typed if c.data_type == "f"]
    written = [
        c for c in typed if isinstance(c.value, str) and c.value.startswith(("=", "@", "＝", "-1"))
    ]
    assert written and all(c.quotePrefix for c in written)


OUTSIDE = (
    "../../etc/passwd", "..%2f..%2fsecret.txt", "%2e%2e/%2e%2e/secret.txt", "..\\..\\secret.txt",
    "....//....//secret.txt", "/etc/passwd", "%00", "evil.txt%00.png", "..%252f..%252fsecret.txt", "%c0%ae%c0%ae/x",
    "file:///etc/passwd", "evil/../../secret", "a" * 5000,
)  # fmt: skip
PLACES = (
    "/static/{}", "/static-offline-docs/{}", "/documents/{}", "/documents/{}/source", "/documents/{}/original",
    "/documents/{}/pages/1.png", "/documents/{}/pages/1", "/api/documents/{}", "/api/clauses/{}", "/api/batches/{}",
    "/api/batches/{}/result", "/api/answers/{}/export?format=md", "/api/admin/drafts/{}", "/api/admin/jobs/{}",
    "/admin/documents/{}/remove", "/admin/generations/{}/restore", "/admin/jobs/{}", "/shared/{}", "/v1/models/{}",
)  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_path_leads_out(browse, place: str) -> None:
    admin = browse("admin")
    for outside in OUTSIDE:
        # As it is written: a client would tidy the path up.
        url = httpx.URL(admin.base_url).copy_with(
            raw_path=place.replace("{}", quote(outside, safe="/%\\")).encode()
        )
        found = admin.request("GET", url)
        assert found.status_code in (303, 307, 400, 401, 404, 405, 414), (url, found.status_code)
        assert "SECRET-OUTSIDE" not in found.text and "root:" not in found.text
        if place.startswith("/api/admin/drafts"):
            assert admin.request("DELETE", url).status_code in (400, 404, 405)


def test_the_host_header_leads_nowhere(browse) -> None:
    browser = browse("admin")
    assert browser.get("/documents/?q=a%26b").headers["location"] == "/documents?q=a%26b"
    for host in ("evil.example", "evil.example/x", 'a"><script>', "127.0.0.1:1@evil.example"):
        for path in (
            "/",
            "/documents",
            "/documents/",
            "/documents/evil/",
            "/login",
            "/chats/",
            "/admin/",
            "/api/documents/",
        ):
            found = browser.get(path, headers={"host": host, "accept": "text/html"})
            assert "evil.example" not in found.headers.get("location", ""), path
            assert "evil.example" not in found.text, path


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "/\t/evil.example",
     "http://evil.example", "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b", "/a\r\nSet-Cookie: a=b", " //evil.example", "/\u2028/evil"],
)  # fmt: skip
def test_signing_in_leads_to_this_site_only(attacked, browse, target: str) -> None:
    browser = browse()
    found = browser.post("/login", data={"key": attacked.keys["read"], "next": target})
    assert found.status_code == 303
    place = found.headers["location"]
    assert place.startswith("/") and not place.startswith(("//", "/\\")) and "\n" not in place
    assert "a" not in found.cookies
    holds_no_code(browser.get("/login", params={"next": target}))


def test_no_line_of_the_log_is_a_callers(attacked, browse) -> None:
    browser = browse()
    fake = "%0d%0aCRITICAL forged line"
    for path in (
        f"/{fake}",
        f"/documents/{fake}",
        f"/api/clauses/{fake}",
        f"/?q={fake}",
        f"/api/documents/x{fake}",
    ):
        found = browser.get(path, headers={"user-agent": "x", "referer": "http://a/"})
        assert not any("forged" in value for value in found.headers.values())
    browser.post("/api/ask", json={"question": "x\r\nCRITICAL forged line"})
    assert "\nCRITICAL forged" not in attacked.log.read_text("utf-8")
