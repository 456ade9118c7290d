"""Real replies hold what the description says of them, and nothing that it does not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from serving import serving

from server.filtering import read_value
from server.settings import Settings
from server.sums.facets import facets_of

QUESTIONS = [
    {"question": "三类医疗器械注册证在高新区奖励多少？"},
    {"question": "创新药II期临床研发投入1200万元，在高新区能补多少？"},
    {"question": "二类和三类医疗器械注册证的奖励有什么不同？", "area": "重庆高新区"},
    {"question": "今天天气怎么样？"},
    {"question": "能补多少？", "conversation": ["我们在重庆高新区，创新药II期花了1200万元"]},
]
GET = [
    ("/api/search", {"q": "首台套", "k": 5}),
    ("/api/documents", {}),
    ("/api/documents/{document}", {"document": "cqgxq-2024-31"}),
    ("/api/documents/{document}", {"document": "news-biocity"}),
    ("/api/clauses/{address}", {"address": "cqgxq-2024-31#art4"}),
    ("/api/clauses/{address}", {"address": "cqzfb-2025-56#item10"}),
    ("/api/entitlements", {"authority": "all"}),
    ("/api/reports/usage", {}),
    ("/api/reports/feedback", {}),
    ("/api/chats", {}),
    ("/readyz", {}),
    ("/healthz", {}),
    ("/v1/models", {}),
    ("/v1/models/{model}", {"model": "tiaowen"}),
]


class Described:
    """A server with its description, whose objects take no field that is not described."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.document = client.get("/openapi.json").json()
        strict = {name: shut(s) for name, s in self.document["components"]["schemas"].items()}
        self.components = {"components": {"schemas": strict}}

    def call(self, method: str, path: str, given: dict[str, Any], status: int = 200) -> Any:
        inside = {name: value for name, value in given.items() if f"{{{name}}}" in path}
        rest = {name: value for name, value in given.items() if name not in inside}
        quoted = {name: str(value).replace("#", "%23") for name, value in inside.items()}
        sent: dict[str, Any] = {"params": rest} if method == "get" else {"json": rest}
        response = self.client.request(method.upper(), path.format(**quoted), **sent)
        assert response.status_code == status, response.text[:300]
        replies = self.document["paths"][path][method]["responses"]
        schema = shut(replies[str(status)]["content"]["application/json"]["schema"])
        assert schema, path
        errors = list(Draft202012Validator(schema | self.components).iter_errors(response.json()))
        assert not errors, [(e.json_path, e.message[:200]) for e in errors[:5]]
        return response.json()


def shut(schema: Any) -> Any:
    if isinstance(schema, list):
        return [shut(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: shut(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        closed.setdefault("additionalProperties", False)
    return closed


@pytest.fixture(scope="module")
def described(assistant, tmp_path_factory):
    with (
        serving(assistant, tmp_path_factory.mktemp("described")) as (url, key),
        httpx.Client(
            base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60
        ) as client,
    ):
        yield Described(client)


def test_answers_and_what_is_kept_of_them(described: Described) -> None:
    chat = described.call("post", "/api/chats", {}, 201)["id"]
    answers = [described.call("post", "/api/ask", q | {"chat": chat}) for q in QUESTIONS]
    assert {"answered", "refused"} <= {a["status"] for a in answers}
    assert any(a["calculation"] for a in answers) and any(a["comparison"] for a in answers)
    described.call("get", "/api/chats/{chat}", {"chat": chat})
    described.call("patch", "/api/chats/{chat}", {"chat": chat, "title": "三类证"})
    described.call("post", "/api/chats/{chat}/share", {"chat": chat})
    described.call("get", "/api/answers/{answer}", {"answer": answers[0]["id"]})
    said = {"answer": answers[0]["id"], "verdict": "right"}
    described.call("post", "/api/feedback", said, 201)
    asked = {"model": "tiaowen", "messages": [{"role": "user", "content": "三类证奖励多少？"}]}
    described.call("post", "/v1/chat/completions", asked)


@pytest.mark.parametrize(("path", "given"), GET)
def test_what_is_read(described: Described, path: str, given: dict[str, Any]) -> None:
    described.call("get", path, given)


def test_matches_checks_and_batches(described: Described) -> None:
    schemas = described.document["components"]["schemas"]
    described.call("post", "/api/match", schemas["MatchBody"]["example"])
    described.call("post", "/api/check", schemas["CheckBody"]["example"])
    made = described.call("post", "/api/batches", {"questions": ["三类证奖励多少"]}, 202)
    described.call("get", "/api/batches/{id}", {"id": made["id"]})


def test_what_maintainers_get(assistant_over, tmp_path: Path) -> None:
    small = assistant_over(
        "某区试点办法\n第一条 对试点企业奖励10万元。\n第二条 自2026年1月1日起施行。\n"
    )
    index = small.index.folder.parent
    settings = Settings(corpus=index.parent / "corpus", index=index, home=tmp_path / "home")
    with serving(small, tmp_path, settings=settings) as (url, key):
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
            described = Described(client)
            answer = described.call("post", "/api/ask", {"question": "试点企业奖励多少"})
            said = {"answer": answer["id"], "verdict": "outdated", "note": "旧"}
            described.call("post", "/api/feedback", said, 201)
            text = "某区补贴办法\n第一条 对补贴企业奖励20万元。\n第三条 自2026年1月1日起施行。\n"
            client.post("/api/admin/documents", files={"file": ("b.txt", text.encode())})
            draft = described.call("get", "/api/admin/drafts", {})["drafts"][0]["id"]
            described.call("get", "/api/admin/drafts/{id}", {"id": draft})
            job = described.call("post", "/api/admin/drafts/{id}/accept", {"id": draft}, 202)["id"]
            while described.call("get", "/api/admin/jobs/{id}", {"id": job})["state"] == "running":
                pass
            for name in ("jobs", "generations", "actions", "feedback", "statistics"):
                assert any(described.call("get", f"/api/admin/{name}", {}).values())
            described.call("post", "/api/admin/drafts/{id}/accept", {"id": draft}, 404)
            used = {"id": client.get("/api/admin/generations").json()["generations"][0]["id"]}
            described.call("post", "/api/admin/generations/{id}/restore", used, 409)


@pytest.mark.parametrize(
    ("call", "given", "status"),
    [
        (("post", "/api/ask"), {"question": ""}, 400),
        (("post", "/api/ask"), {"question": "奖励", "documents": ["none"]}, 404),
        (("post", "/v1/chat/completions"), {"model": "tiaowen", "messages": []}, 400),
        (("get", "/v1/models/{model}"), {"model": "other"}, 404),
        (("get", "/api/chats/{chat}"), {"chat": "none"}, 404),
    ],
)
def test_errors_have_the_form_that_is_described(described, call, given, status) -> None:
    described.call(*call, given, status)


def test_each_call_has_a_name_of_its_own_and_links_name_calls(described: Described) -> None:
    operations = [one for path in described.document["paths"].values() for one in path.values()]
    names = Counter(one["operationId"] for one in operations)
    assert set(names.values()) == {1}
    replies = [reply for one in operations for reply in one["responses"].values()]
    linked = [link for reply in replies for link in reply.get("links", {}).values()]
    assert linked and {link["operationId"] for link in linked} <= set(names)
    assert all("422" not in one["responses"] for one in operations)


def test_stages_and_figures_that_are_described_are_read(described: Described) -> None:
    for stage in ("临床前", "I期", "II期", "III期", "IV期", "一期", "二期", "三期", "四期"):
        assert facets_of(stage).get("stage")
    assert read_value("999999999999.9999", "at_least")


def test_who_needs_a_key_is_described(assistant, tmp_path: Path) -> None:
    wanted = {}
    for without_key in ("all", "none"):
        with serving(assistant, tmp_path, without_key) as (url, key):
            document = httpx.get(
                f"{url}/openapi.json", headers={"x-api-key": key}, timeout=60
            ).json()
        paths = {"/healthz": "get", "/api/ask": "post", "/api/reports/usage": "get"}
        wanted[without_key] = [document["paths"][p][m]["security"] for p, m in paths.items()]
    assert wanted["all"][0] == wanted["none"][0] == []
    assert {} in wanted["all"][1] and {} not in wanted["none"][1]
    assert {} not in wanted["all"][2] and {} not in wanted["none"][2]
