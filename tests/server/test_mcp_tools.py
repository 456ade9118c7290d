"""The tools as the SDK's own client sees them, over both transports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

pytest.importorskip("mcp", reason="mcp is missing: pip install 'tiaowen[mcp]'")
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

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
    assert hits.structured_content["hits"][0]["address"] == "cqgxq-2024-31#art7"
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


def test_over_http() -> None:
    process = subprocess.Popen(
        [sys.executable, *COMMAND, "--http", "--port", "0"],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        url = next(m[1] for line in process.stderr if (m := re.search(r"(http\S+/mcp)", line)))

        async def main() -> None:
            with anyio.fail_after(120):
                async with Client(url) as client:
                    await _uses(client)

        anyio.run(main)
    finally:
        process.terminate()
        out, _ = process.communicate(timeout=20)
    assert out == ""
