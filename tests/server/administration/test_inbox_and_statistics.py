"""Feedback as maintainers see to it, and what the audit log says in sum."""

from __future__ import annotations

import json

ANSWERED, REFUSED = "三类医疗器械注册证奖励多少", "上海张江的补贴"


def said(client, question: str, verdict: str, note: str | None = None, **more) -> str:
    answer = client.post("/api/ask", json={"question": question} | more).json()["id"]
    body = {"answer": answer, "verdict": verdict, "note": note}
    assert client.post("/api/feedback", json=body).status_code == 201
    return answer


def test_feedback_is_seen_to_and_becomes_candidates(client) -> None:
    wrong = said(client, ANSWERED, "wrong_figure", "=应为 200 万元 <b>")
    missed = said(client, REFUSED, "not_answered")
    inbox = client.get("/api/admin/feedback").json()
    assert [f["answer"] for f in inbox["feedback"]] == [missed, wrong]
    row = inbox["feedback"][1]
    assert row["state"] == "new" and "100万元" in row["shown"]
    assert [c["address"] for c in row["citations"]] == row["addresses"] == ["first#art3"]
    page = client.get("/admin/feedback").text
    assert "=应为 200 万元 &lt;b&gt;" in page and REFUSED in page

    marked = client.patch(f"/api/admin/feedback/{wrong}", json={"state": "taken"})
    assert marked.json() == {"answer": wrong, "state": "taken"}
    assert client.patch("/api/admin/feedback/none", json={"state": "taken"}).status_code == 404
    assert client.patch(f"/api/admin/feedback/{wrong}", json={"state": "x"}).status_code == 400
    for query, found in (
        ({"state": "new"}, [missed]), ({"state": "taken"}, [wrong]), ({"state": "dismissed"}, []),
        ({"verdict": "wrong_figure"}, [wrong]), ({"verdict": "right"}, []), ({"limit": 1}, [missed]),
        ({"before": inbox["feedback"][0]["at"]}, [wrong]),
    ):  # fmt: skip
        got = client.get("/api/admin/feedback", params=query).json()["feedback"]
        assert [f["answer"] for f in got] == found, query
    counts = client.get("/api/admin/feedback").json()["counts"]
    assert {(c["verdict"], c["state"], c["count"]) for c in counts} == {
        ("wrong_figure", "taken", 1), ("not_answered", "new", 1),
    }  # fmt: skip
    gold = client.get("/api/admin/gold", params={"state": "taken"})
    assert "attachment" in gold.headers["content-disposition"]
    lines = [json.loads(line) for line in gold.text.splitlines()]
    assert [line["id"] for line in lines] == [f"feedback-{wrong}"]
    assert lines[0]["question"] == ANSWERED and "应为 200 万元" in lines[0]["note"]
    # Said again, it is new again.
    again = {"answer": wrong, "verdict": "outdated"}
    client.post("/api/feedback", json=again)
    row = client.get("/api/admin/feedback", params={"verdict": "outdated"}).json()["feedback"][0]
    assert row["state"] == "new"


def test_statistics_count_what_was_asked(client) -> None:
    before = client.get("/api/admin/statistics").json()
    sums = {"question": "创新药III期临床研发投入1000万元，能补多少？"}
    client.post("/api/ask", json=sums)
    client.post("/api/ask", json={"question": "有效期几年", "conversation": [ANSWERED]})
    client.post("/api/ask", json={"question": REFUSED})
    now = client.get("/api/admin/statistics").json()
    assert now["answers"] == before["answers"] + 3
    kinds = {row["kind"]: row["answers"] for row in now["kinds"]}
    assert kinds["sum"] >= 1 and kinds["follow_up"] >= 1
    assert sum(kinds.values()) == now["answers"] == sum(d["answers"] for d in now["days"])
    assert {"question": REFUSED, "times": 2} in now["refused_questions"]
    assert now["cited_documents"][0]["document"] == "first"
    latency = now["latency"]
    assert 0 < latency["p50_ms"] <= latency["p95_ms"] <= latency["p99_ms"]
    assert client.get("/api/admin/statistics", params={"days": 0}).status_code == 400
    page = client.get("/admin/statistics").text
    assert REFUSED in page and "《某某区支持新药研发暂行办法》" in page
