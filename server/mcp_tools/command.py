"""``tiaowen mcp``: the tools over standard input and output, or over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
from typing import TYPE_CHECKING, Any

from corpus.errors import ServeError
from server.assembly import open_assistant
from server.commands import bound
from server.console import Bar, say
from server.pages import VERSION
from server.settings import Settings

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from server.keeping.gate import Access

__all__ = ["mcp"]


def mcp(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the tools until the client leaves."""
    from server.keeping.opening import open_access

    try:
        from server.mcp_tools.tools import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise ServeError(
            "需要先安装：pip install 'tiaowen[mcp]' / install the extra first: pip install 'tiaowen[mcp]'"
        ) from error
    # Over standard input and output only who started it can ask.
    access = open_access(settings, options.host if options.http else "127.0.0.1")
    try:
        # Nothing but the protocol may reach standard output, whatever a library prints.
        with contextlib.redirect_stdout(sys.stderr):
            assistant = open_assistant(settings, Bar(), say)
        server = make_server(assistant, VERSION, access.keeper)
        if options.http:
            _serve(server, access, options.host, options.port)
        else:
            server.run("stdio")
    finally:
        if access.keeper:
            access.keeper.close()
    return 0


def _serve(server: MCPServer[Any], access: Access, host: str, port: int) -> None:
    import uvicorn

    from server.mcp_tools.door import http_app

    config = uvicorn.Config(
        http_app(server, access), log_level="warning", proxy_headers=False, server_header=False
    )
    with bound(host, port) as listener:
        shown = f"[{host}]" if ":" in host else host
        sys.stderr.write(f"MCP: http://{shown}:{listener.getsockname()[1]}/mcp\n")
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
