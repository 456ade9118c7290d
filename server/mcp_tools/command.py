"""``tiaowen mcp``: the tools over standard input and output, or over HTTP."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ipaddress
import sys

from corpus.errors import ServeError
from server.assembly import open_assistant
from server.commands import bound
from server.console import Bar, complain, say
from server.pages import VERSION
from server.settings import Settings

__all__ = ["mcp"]


def mcp(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the tools until the client leaves."""
    try:
        from server.mcp_tools.tools import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "mcp_types"):
            raise
        raise ServeError(
            "需要先安装：pip install 'tiaowen[mcp]' / install the extra first: pip install 'tiaowen[mcp]'"
        ) from error
    # Nothing but the protocol may reach standard output, whatever a library prints.
    with contextlib.redirect_stdout(sys.stderr):
        assistant = open_assistant(settings, Bar(), say)
    server = make_server(assistant, VERSION)
    if not options.http:
        server.run("stdio")
        return 0
    import uvicorn

    if not _is_loopback(options.host):
        complain("没有口令，请只在可信网络内使用 / no key is asked for: keep it inside")
    app = server.streamable_http_app(host=options.host)
    with bound(options.host, options.port) as listener:
        port = listener.getsockname()[1]
        sys.stderr.write(f"MCP: http://{options.host}:{port}/mcp\n")
        config = uvicorn.Config(app, log_level="warning")
        asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))
    return 0


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
