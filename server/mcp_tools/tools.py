"""The tools: typed input, the JSON of the API as structured output, and a text to read."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from corpus.errors import InputError, PolicyError
from retriever.query import Query
from server.assistant import Assistant
from server.checking.checked import check_text, checked_json
from server.checking.naming import Register
from server.checking.schemas import CheckResult
from server.entitlements import Wanted, entitlements_json
from server.inputs import read_address, read_area, read_date, read_documents
from server.keeping.keeper import Keeper
from server.keeping.records import Asked
from server.mcp_tools.door import KEY
from server.mcp_tools.shapes import AnswerShape, ClauseShape, RowsShape, SearchShape
from server.notes import STATUS_WORDS
from server.present import clause_json, search_json
from server.present_answer import answer_json
from server.recording import LONGEST_NOTED

__all__ = ["Tools", "make_server"]

Json = dict[str, Any]
Tool = TypeVar("Tool", bound=Callable[..., Any])
Day = Annotated[str | None, Field(description="判断日，如 2026-11-24；默认今天")]
Area = Annotated[str | None, Field(description="地区，如 重庆高新区")]
Documents = Annotated[list[str] | None, Field(description="只看这些文件：id 或文号")]
Authority = Annotated[str | None, Field(description="normative 政策文件；informational 新闻、解读")]

_INSTRUCTIONS = (
    "条文：政策问答，每句话都落到条款。回答里的数字和条款号只用工具返回的原文，不要改写；"
    "status 不是 answered 时照实说明。引用政策的文字可先用 check 核对。"
)
_ABOUT = {
    "ask": ("提问", "回答一个政策问题：金额、条件、期限、测算、对照。每句话带条款引用；库内没有的会拒答。"),
    "search": ("检索条款", "按问题检索条款，给出逐字原文、地址、有效性，按相关程度排列。"),
    "clause": ("查看条款", "按地址或写法（渝府办发〔2025〕56号第（十）条）取一条条款的全文。"),
    "entitlements": ("支持措施", "列出支持措施：对象、条件、标准、比例、上限、频次、责任单位，一项一行。"),
    "check": ("核对引用", "核对一段文字里的政策引用：文件、条款、引文、附近的数字、有效期。不能断定的判 unsure。"),
}  # fmt: skip


_FIELDS = {
    "subject": "对象", "event": "事项", "form": "形式", "base": "基数", "rate": "比例", "amount": "标准",
    "each": "按", "cap": "上限", "frequency": "频次", "responsible_unit": "责任单位",
}  # fmt: skip


def _told(tool: Tool) -> Tool:
    """Errors that a user can act on become errors of the tool, in both languages."""

    @functools.wraps(tool)
    def run(*values: Any, **named: Any) -> Any:
        try:
            return tool(*values, **named)
        except PolicyError as error:
            raise ToolError(f"[{error.code}] {error.message}") from error

    return run  # type: ignore[return-value]


def _result(text: str, value: Json) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=value)


class Tools:
    """The tools over one assistant."""

    def __init__(self, assistant: Assistant, keeper: Keeper | None = None) -> None:
        self._assistant, self._index, self._keeper = assistant, assistant.index, keeper
        self._register = Register(assistant.index)

    @_told
    def ask(
        self,
        question: Annotated[str, Field(description="问题，不超过 2000 字")],
        as_of: Day = None,
        area: Area = None,
        documents: Documents = None,
        conversation: Annotated[list[str] | None, Field(description="此前的提问，由早到晚")] = None,
    ) -> Annotated[CallToolResult, AnswerShape]:
        """Answer a question."""
        query = Query(
            question, _day(as_of), area=read_area(area, self._index),
            documents=read_documents(documents or [], self._index),
        )  # fmt: skip
        answer = answer_json(self._assistant.ask(query, (conversation or [])[-50:]))
        if self._keeper:
            self._keeper.keep(Asked(question, "mcp", key=KEY.get()), answer, store=False)
        return _result(answer["answer"], answer)

    @_told
    def search(
        self,
        query: Annotated[str, Field(description="检索词或问题")],
        k: Annotated[int, Field(description="条数，1 到 50")] = 10,
        as_of: Day = None,
        area: Area = None,
        documents: Documents = None,
        authority: Authority = None,
        in_force: Annotated[bool, Field(description="不含已废止、过期、尚未施行的")] = False,
    ) -> Annotated[CallToolResult, SearchShape]:
        """Rank clauses."""
        if not 1 <= k <= 50:
            raise InputError("k 应为 1 到 50 / k must be from 1 to 50", field="k")
        wanted = Query(
            query, _day(as_of), k, read_area(area, self._index), _authority(authority),
            read_documents(documents or [], self._index), in_force=in_force,
        )  # fmt: skip
        started = time.perf_counter()
        found = self._assistant.retrieve(wanted)
        took = round((time.perf_counter() - started) * 1000, 1)
        hits = search_json(found, self._index, took)
        lines = [_line(hit) + f"\n{hit['text']}" for hit in hits["hits"]]
        return _result("\n\n".join(lines) or "没有找到条款。", hits)

    @_told
    def clause(
        self,
        address: Annotated[str, Field(description="地址，或文件加条款号")],
        as_of: Day = None,
    ) -> Annotated[CallToolResult, ClauseShape]:
        """Show a clause."""
        found = clause_json(self._index, read_address(address, self._index), _day(as_of))
        state = STATUS_WORDS[found["validity"]["status"]]
        return _result(f"{_line(found)}（{state}）\n{found['text']}", found)

    @_told
    def entitlements(
        self,
        documents: Documents = None,
        area: Area = None,
        stage: Annotated[str | None, Field(description="临床前、I期、II期、III期")] = None,
        subject: Annotated[str | None, Field(description="对象或事项中的词，空格表示同时")] = None,
        as_of: Day = None,
        authority: Authority = "normative",
    ) -> Annotated[CallToolResult, RowsShape]:
        """List measures."""
        wanted = Wanted(
            read_documents(documents or [], self._index), read_area(area, self._index), stage,
            subject, _authority(authority),
        )  # fmt: skip
        found = entitlements_json(self._index, wanted, _day(as_of))
        lines = [_row(row) for row in found["entitlements"]]
        return _result("\n".join(lines) or "没有符合的支持措施。", found)

    @_told
    def check(
        self,
        text: Annotated[str, Field(description="要核对的文字，不超过 20000 字")],
        as_of: Day = None,
    ) -> Annotated[CallToolResult, CheckResult]:
        """Check references."""
        began = time.perf_counter()
        checked = check_text(text, self._register, _day(as_of))
        if self._keeper:
            self._keeper.note(
                Asked(text[:LONGEST_NOTED], "mcp_check", key=KEY.get()),
                checked.outcome,
                checked.addresses,
                self._index.manifest,
                (time.perf_counter() - began) * 1000,
            )
        result = checked_json(checked, self._index)
        lines = [f"[{i['verdict_text']}] {i['text']}：{i['explanation']}" for i in result["items"]]
        return _result("\n".join((*lines, result["summary"]["text"])), result)


def make_server(assistant: Assistant, version: str, keeper: Keeper | None = None) -> MCPServer[Any]:
    """The server with its tools; all of them only read. The audit log of ``keeper`` notes answers."""
    server: MCPServer[Any] = MCPServer(
        "tiaowen", title="条文 Tiaowen", instructions=_INSTRUCTIONS, version=version,
        log_level="WARNING",
    )  # fmt: skip
    tools = Tools(assistant, keeper)
    for name, (title, description) in _ABOUT.items():
        server.add_tool(
            getattr(tools, name), name=name, title=title, description=description,
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )  # fmt: skip
    return server


def _day(text: str | None) -> date:
    return read_date(text) or date.today()


def _authority(name: str | None) -> Any:
    if name in (None, "", "all"):
        return None
    if name not in ("normative", "informational"):
        raise InputError(
            "authority 只能是 normative 或 informational / must be one of these", field="authority"
        )
    return name


def _line(found: Json) -> str:
    number = f"（{found['doc_number']}）" if found["doc_number"] else ""
    return f"{found['title']}{number}{found['label']} {found['address']}"


def _row(row: Json) -> str:
    """A measure in one line; the figures in full are in the structured output."""
    said = [(word, row[name]) for name, word in _FIELDS.items()]
    texts = [(word, v.get("text") if isinstance(v, dict) else v) for word, v in said]
    return f"{_line(row)}：" + "；".join(f"{word} {text}" for word, text in texts if text)
