"""The tools as the SDK's own client sees them, over both transports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import anyio
import httpx
import pytest
import sqlalchemy
from serving import running

pytest.importorskip("mcp", reason="mcp is missing: pip install 'tiaowen[mcp]'")
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.keeping.keys import make_key, revoke_key
from server.keeping.limiting import Limiter
from server.keeping.tables import AUDIT
from server.mcp_tools.door import http_app
from server.mcp_tools.tools import make_server

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-24"
COMMAND = ["-m", "server.cli", "mcp"]


async def _uses(client: Client) -> None:
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert set(tools) == {"ask", "search", "clause", "entitlements", "check"}
    assert "条款" in tools["ask"].description and tools["ask"].input_schema["required"] == [
        "question"
    ]
    assert tools["check"].output_schema["properties"]["items"]

    answer = await client.call_tool("ask", {"question": "中药经典名方奖励多少？", "as_of": DAY})
    assert not answer.is_error and "50万元" in answer.content[0].text
    assert answer.structured_content["citations"][0]["quote"]
    found = await client.call_tool("clause", {"address": "渝高新发〔2024〕31号第六条"})
    assert "50万元" in found.structured_content["text"] and "第六条" in found.content[0].text
    hits = await client.call_tool("search", {"query": "同位素药物", "k": 3})
    assert "cqgxq-2024-31#art7" in [hit["address"] for hit in hits.structured_content["hits"]]
    rows = await client.call_tool("entitlements", {"area": "重庆高新区", "subject": "同位素"})
    assert "150万元" in rows.content[0].text
    assert any("art7" in row["address"] for row in rows.structured_content["entitlements"])
    checked = await client.call_tool("check", {"text": "高新区办法第六条：单个品种奖励80万元。"})
    assert (
        checked.structured_content["summary"]["wrong"] == 1 and "50万元" in checked.content[0].text
    )

    for name, wrong in (
        ("clause", {"address": "x#art9"}),
        ("ask", {"question": "问", "as_of": "昨天"}),
        ("search", {"query": "q", "k": 99}),
    ):
        failed = await client.call_tool(name, wrong)
        text = failed.content[0].text
        assert (
            failed.is_error and re.search(r"[\u4e00-\u9fff]", text) and re.search("[a-z]{3}", text)
        )


def test_over_standard_input_and_output() -> None:
    async def main() -> None:
        server = StdioServerParameters(
            command=sys.executable, args=COMMAND, cwd=ROOT, env=dict(os.environ)
        )
        with anyio.fail_after(120):
            async with Client(stdio_client(server)) as client:
                await _uses(client)

    anyio.run(main)


@contextmanager
def listening(**env: str) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, *COMMAND, "--http", "--port", "0"],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | env,
    )  # fmt: skip
    try:
        yield next(m[1] for line in process.stderr if (m := re.search(r"(http\S+/mcp)", line)))
    finally:
        process.terminate()
        out, _ = process.communicate(timeout=20)
    assert out == ""


def calls(url: str, does: Callable[[Client], Awaitable[None]], key: str | None = None) -> None:
    async def main() -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        with anyio.fail_after(120):
            async with (
                create_mcp_http_client(headers=headers) as http,
                Client(streamable_http_client(url, http_client=http)) as client,
            ):
                await does(client)

    anyio.run(main)


#: A call as it goes over the wire.
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"accept": "application/json, text/event-stream"}


def status(url: str, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(url, json=LIST, headers=ACCEPT | named, timeout=20).status_code


def test_over_http_on_this_machine() -> None:
    with listening(TIAOWEN_ORIGINS="https://ours.example") as url:
        calls(url, _uses)
        assert status(url) == 200
        # A page elsewhere, itself or with a name that was made to point here.
        assert status(url, origin="https://evil.example") == 403
        assert status(url, host="evil.example") == 421
        assert status(url, host="127.0.0.1.evil.example") == 421
        assert status(url, x_forwarded_for="192.0.2.1") == 401
        assert status(url, origin="https://ours.example") == 200


def test_it_does_not_listen_to_others_without_a_key(tmp_path: Path) -> None:
    shut = subprocess.run(
        [sys.executable, *COMMAND, "--http", "--host", "0.0.0.0", "--port", "0"], cwd=ROOT,
        env=os.environ | {"TIAOWEN_DATABASE": f"sqlite:///{tmp_path}/kept.db"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert shut.returncode == 1
    assert "tiaowen keys make" in shut.stderr


def test_keys_and_the_audit_log(assistant: Assistant, tmp_path: Path) -> None:
    keeper = Keeper(open_database(f"sqlite:///{tmp_path}/kept.db"))
    database = keeper.database
    keys = {scope: make_key(database, scope, (scope,)) for scope in ("read", "batch")}
    key, text = keys["read"]
    access = Access(keeper, "none", Limiter("60/minute", ""))
    with running(http_app(make_server(assistant, "1", keeper), access)) as url:
        calls(f"{url}/mcp", _uses, text)
        _keys(f"{url}/mcp", text, keys["batch"][1])
        revoke_key(database, key.id)
        assert status(f"{url}/mcp", x_api_key=text) == 401
    keeper.writer.put(lambda: None)
    with database.reading() as connection:
        rows = connection.execute(sqlalchemy.select(AUDIT)).all()
    keeper.close()
    told = [(row.door, row.key, row.status, row.question) for row in rows]
    assert ("mcp", key.id, "answered", "中药经典名方奖励多少？") in told
    assert ("mcp_check", key.id, "wrong", "高新区办法第六条：单个品种奖励80万元。") in told
    assert len({row.fingerprint for row in rows}) == 1


def _keys(url: str, reads: str, batch: str) -> None:
    assert status(url) == status(url, authorization="Bearer tiaowen_a_b") == 401
    assert status(url, authorization=f"Bearer {batch}") == 403
    assert status(url, x_api_key=reads, host="tools.example") == 200
    assert status(url, x_api_key=reads, origin="https://evil.example") == 403
    found = [status(url, x_api_key=reads) for _ in range(60)]
    assert (found[0], found[-1]) == (200, 429)
