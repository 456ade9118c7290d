"""Chats, links, feedback and reports through the real application."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from eval.gold import GoldError, load_gold
from server.cli import main
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key

QUESTION = "三类医疗器械注册证在高新区奖励多少？"
Serve = Callable[..., TestClient]


@pytest.fixture
def browser(served: Serve) -> TestClient:
    return served()


def ask(browser: TestClient, question: str = QUESTION, **fields) -> dict:
    response = browser.post("/api/ask", json={"question": question} | fields)
    assert response.status_code == 200, response.text
    return response.json()


def test_an_answer_is_kept_as_a_turn_and_comes_back_as_shown(browser: TestClient) -> None:
    made = browser.post("/api/chats")
    assert made.status_code == 201
    cookie = made.headers["set-cookie"]
    assert re.match(r"tiaowen_browser=[\w-]{22}; HttpOnly; .*Path=/; SameSite=Lax$", cookie)
    chat = made.json()["id"]
    answer = ask(browser, chat=chat, area="重庆高新区", documents=["cqgxq-2024-31"])
    stream = browser.post("/api/ask/stream", json={"question": "那二类呢？", "chat": chat}).text
    streamed = json.loads(stream.split("event: answer\ndata: ")[1])
    read = browser.get(f"/api/chats/{chat}").json()
    assert [turn["answer"] for turn in read["turns"]] == [answer, streamed]
    assert [turn["id"] for turn in read["turns"]] == [answer["id"], streamed["id"]]
    assert read["turns"][0]["documents"] == ["cqgxq-2024-31"]
    assert read["title"] == QUESTION
    [row] = browser.get("/api/chats", params={"q": "二类"}).json()["chats"]
    assert (row["id"], row["turns"], row["shared"]) == (chat, 2, False)
    assert browser.get(f"/api/answers/{answer['id']}").json()["answer"] == answer


def test_another_browser_finds_nothing(served: Serve, browser: TestClient) -> None:
    chat = browser.post("/api/chats", json={"title": "我的"}).json()["id"]
    answer = ask(browser, chat=chat)
    other = served()
    assert other.get("/api/chats").json() == {"chats": [], "kept": True}
    other.post("/api/chats")
    calls = [
        other.get(f"/api/chats/{chat}"), other.patch(f"/api/chats/{chat}", json={"title": "x"}),
        other.delete(f"/api/chats/{chat}"), other.delete(f"/api/chats/{chat}/turns/1"),
        other.post(f"/api/chats/{chat}/share"), other.delete(f"/api/chats/{chat}/share"),
        other.get(f"/api/answers/{answer['id']}"),
        other.post("/api/ask", json={"question": QUESTION, "chat": chat}),
        other.post("/api/ask/stream", json={"question": QUESTION, "chat": chat}),
    ]  # fmt: skip
    assert [(call.status_code, call.json()["error"]["code"]) for call in calls] == [
        (404, "not_found")
    ] * len(calls)
    assert len(browser.get(f"/api/chats/{chat}").json()["turns"]) == 1


def test_chats_are_renamed_cut_and_deleted(browser: TestClient) -> None:
    chat = browser.post("/api/chats").json()["id"]
    for question in (QUESTION, "那二类呢？"):
        ask(browser, question, chat=chat)
    assert browser.patch(f"/api/chats/{chat}", json={"title": " 器械 "}).json()["title"] == "器械"
    assert browser.patch(f"/api/chats/{chat}", json={"title": "长" * 101}).status_code == 400
    assert browser.delete(f"/api/chats/{chat}/turns/2").status_code == 204
    assert browser.delete(f"/api/chats/{chat}/turns/2").status_code == 404
    assert [turn["n"] for turn in browser.get(f"/api/chats/{chat}").json()["turns"]] == [1]
    assert browser.delete(f"/api/chats/{chat}").status_code == 204
    assert browser.get(f"/api/chats/{chat}").status_code == 404
    browser.post("/api/chats")
    assert browser.delete("/api/chats").status_code == 204
    assert browser.get("/api/chats").json()["chats"] == []


def test_a_shared_chat_is_a_page_to_read(served: Serve, browser: TestClient) -> None:
    chat = browser.post("/api/chats").json()["id"]
    assert browser.post(f"/api/chats/{chat}/share").status_code == 409
    answer = ask(browser, chat=chat)
    url = browser.post(f"/api/chats/{chat}/share").json()["url"]
    ask(browser, "没有分享的问题是什么？", chat=chat)
    reader = served(without_key="none")
    page = reader.get(url)
    assert page.status_code == 200
    assert QUESTION in page.text
    assert "没有分享的问题" not in page.text
    assert answer["citations"][0]["quote"][:20] in page.text
    assert 'data-do="forget"' not in page.text
    assert page.headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in page.headers
    assert browser.get("/api/chats").json()["chats"][0]["shared"] is True
    assert browser.delete(f"/api/chats/{chat}/share").status_code == 204
    gone = reader.get(url, headers={"accept": "text/html"})
    assert gone.status_code == 404
    assert "没有这个分享" in gone.text


def test_markup_in_a_title_stays_text(browser: TestClient) -> None:
    chat = browser.post("/api/chats", json={"title": "<script>alert(1)</script>"}).json()["id"]
    ask(browser, "<img src=x onerror=alert(1)> 奖励多少", chat=chat)
    page = browser.get(browser.post(f"/api/chats/{chat}/share").json()["url"]).text
    assert "<script>alert" not in page
    assert "<img" not in page


def test_every_door_is_in_the_audit_log(served: Serve, browser: TestClient, keeper: Keeper) -> None:
    ask(browser)
    browser.post("/api/ask/stream", json={"question": "天上有几颗星？"})
    browser.get("/", params={"q": "天上有几颗星？"})
    message = {"role": "user", "content": "天上有几颗星？"}
    body = {"model": "tiaowen", "messages": [message]}
    replies = [
        browser.post("/v1/chat/completions", json=body).json()["tiaowen"],
        browser.post("/v1/chat/completions", json=body | {"stream": True}).text,
    ]
    assert replies[0]["id"]
    assert '"id": "' in replies[1].split('"tiaowen"')[-1]
    _, text = make_key(keeper.database, "看", ["admin"])
    with_key = {"authorization": f"Bearer {text}"}
    sums = browser.get("/api/reports/usage", headers=with_key).json()
    assert (sums["answers"], sums["refused"]) == (5, 4)
    assert sums["refused_questions"] == [{"question": "天上有几颗星？", "times": 4}]
    assert {door["door"] for door in sums["doors"]} == {"ask", "stream", "page", "openai"}


def test_feedback_reaches_the_maintainers(
    browser: TestClient, keeper: Keeper, tmp_path, capsys, monkeypatch, readings
) -> None:
    answer = ask(browser, "那二类呢？", conversation=[QUESTION])
    body = {"answer": answer["id"], "verdict": "wrong_figure", "note": "应为\x1b[31m\n100万元"}
    assert browser.post("/api/feedback", json=body).status_code == 201
    for wrong in ({"verdict": "bad"}, {"answer": "none"}, {"note": "x" * 2001}):
        assert browser.post("/api/feedback", json=body | wrong).status_code in (400, 404)
    monkeypatch.setenv("TIAOWEN_DATABASE", f"sqlite:///{tmp_path}/kept/tiaowen.db")
    gold = tmp_path / "gold.jsonl"
    assert main(["feedback", "--gold", str(gold)]) == 0
    out = capsys.readouterr().out
    assert "wrong_figure" in out
    assert "\x1b" not in out
    [row] = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    assert row["expect"] == {"status": None, "addresses": [], "facts": []}
    assert (row["question"], row["conversation"]) == ("那二类呢？", [QUESTION])
    with pytest.raises(GoldError, match="unknown status None"):
        load_gold(gold, readings)
    gold.write_text("work", "utf-8")
    assert main(["feedback", "--gold", str(gold)]) == 2
    assert gold.read_text("utf-8") == "work"
    capsys.readouterr()
    assert main(["feedback", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["feedback"][0]["note"] == body["note"]
    assert main(["usage"]) == 0
    assert "1 个回答" in capsys.readouterr().out


def test_without_texts_only_counts_are_kept(served: Serve, keeper: Keeper, tmp_path) -> None:
    keeper.texts = False
    browser = served()
    assert browser.get("/api/chats").json() == {"chats": [], "kept": False}
    for call in (browser.post("/api/chats"), browser.delete("/api/chats")):
        assert call.status_code == 404
    assert ask(browser, "天上有几颗极少见的星？", chat="of-an-old-page")["id"] is None
    page = browser.get("/", params={"q": "天上有几颗极少见的星？"})
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    _, text = make_key(keeper.database, "看", ["admin"])
    sums = browser.get("/api/reports/usage", headers={"x-api-key": text}).json()
    assert (sums["refused"], sums["refused_questions"]) == (2, [])
    kept = b"".join(path.read_bytes() for path in (tmp_path / "kept").iterdir())
    assert "极少见".encode() not in kept
    assert b"\\u6781\\u5c11\\u89c1" not in kept


def test_turns_of_one_chat_asked_at_once_are_all_kept(browser: TestClient) -> None:
    chat = browser.post("/api/chats").json()["id"]
    threads = [
        threading.Thread(target=ask, args=(browser,), kwargs={"chat": chat}) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = browser.get(f"/api/chats/{chat}").json()["turns"]
    assert [turn["n"] for turn in turns] == [1, 2, 3, 4]


def test_a_program_has_its_chats_by_its_key(browser: TestClient, keeper: Keeper) -> None:
    headers = {"x-api-key": make_key(keeper.database, "程序", ["read"])[1]}
    made = browser.post("/api/chats", headers=headers)
    assert "set-cookie" not in made.headers
    assert browser.get("/api/chats").json()["chats"] == []
    assert len(browser.get("/api/chats", headers=headers).json()["chats"]) == 1


def test_the_description_names_every_call(browser: TestClient) -> None:
    paths = browser.get("/openapi.json").json()["paths"]
    answer = paths["/api/chats/{chat}"]["get"]["responses"]["200"]["content"]["application/json"]
    assert answer["schema"]["$ref"].endswith("ChatDetail")
    assert {"/api/feedback", "/api/chats/{chat}/turns/{n}", "/api/answers/{answer}"} <= set(paths)


def test_a_kept_answer_is_a_file_for_its_asker_alone(browser: TestClient) -> None:
    chat = browser.post("/api/chats").json()["id"]
    path = f"/api/answers/{ask(browser, chat=chat)['id']}/export"
    assert QUESTION in browser.get(path, params={"format": "md"}).text
    assert browser.get(path, params={"format": "docx"}).content[:2] == b"PK"
    browser.cookies.clear()
    assert browser.get(path, params={"format": "md"}).status_code == 404
