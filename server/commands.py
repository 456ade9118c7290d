"""The commands that ask an index. Each takes the parsed options and the settings, and returns a
status."""

from __future__ import annotations

import argparse
import logging
import socket
import time
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.address import Address
from corpus.errors import ServeError
from retriever.query import Query
from server.assembly import open_assistant
from server.assistant import Assistant
from server.console import Bar, print_json, say, write
from server.inputs import read_address, read_area, read_documents
from server.notes import STATUS_WORDS
from server.operating.logs import UVICORN, start_logging
from server.present import clause_json, search_json
from server.present_answer import answer_json
from server.settings import Settings

if TYPE_CHECKING:
    from server.keeping.gate import Access

__all__ = ["ask", "bound", "search", "serve", "show"]

_LOG = logging.getLogger("tiaowen")
_WHO = {
    "all": "不要密钥，对所有人开放 / open to everybody, without a key",
    "none": "需要密钥，网页在 /login 登录 / a key is needed; people sign in at /login",
}


def search(options: argparse.Namespace, settings: Settings) -> int:
    """Print ranked clauses."""
    assistant = open_assistant(settings, Bar(), say)
    query = _query(options.query, options, assistant, options.k, options.authority)
    started = time.perf_counter()
    found = assistant.retrieve(query)
    took = round((time.perf_counter() - started) * 1000, 1)
    result = search_json(found, assistant.index, took)
    if options.json:
        print_json(result)
        return 0
    for hit in result["hits"]:
        write(f"{hit['rank']}. {hit['title']}（{hit['doc_number']}）{hit['label']}  {hit['score']}")
        write(f"   {hit['text'][:120]}")
    return 0


def ask(options: argparse.Namespace, settings: Settings) -> int:
    """Print an answer with its citations."""
    assistant = open_assistant(settings, Bar(), say)
    answer = answer_json(assistant.ask(_query(options.question, options, assistant)))
    if options.json:
        print_json(answer)
    else:
        write(answer["answer"])
    return 0


def _query(
    text: str,
    options: argparse.Namespace,
    assistant: Assistant,
    k: int = 10,
    authority: Any = None,
) -> Query:
    return Query(
        text,
        options.as_of or date.today(),
        k,
        read_area(options.area, assistant.index),
        authority,
        read_documents(options.document, assistant.index),
        options.higher,
        options.in_force,
    )


def show(options: argparse.Namespace, settings: Settings) -> int:
    """Print one clause, whole, with what stands above it."""
    assistant = open_assistant(settings, Bar(), say)
    address: Address = read_address(options.address, assistant.index)
    clause = clause_json(assistant.index, address, date.today())
    if options.json:
        print_json(clause)
        return 0
    number = f"（{clause['doc_number']}）" if clause["doc_number"] else ""
    state = STATUS_WORDS[clause["validity"]["status"]]
    write(f"{clause['title']}{number}{clause['label']}  [{state}]")
    for heading in clause["headings"]:
        write(heading)
    write(clause["text"])
    return 0


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the page and the API until stopped."""
    from server.keeping.opening import open_access

    access = open_access(settings, options.host)
    try:
        _serve(options, settings, access)
    finally:
        if access.keeper:
            access.keeper.close()
    return 0


def _serve(options: argparse.Namespace, settings: Settings, access: Access) -> None:
    import uvicorn

    from server.app import create_app
    from server.pages import VERSION

    write("正在准备索引与模型… / preparing index and model…")
    assistant = open_assistant(settings, Bar(), say)
    # Word lists and vectors are read when they are first needed: by no user's question.
    # A short name of a document (52号文) makes names, spelling and terms be read.
    numbers = [d.doc_number.rpartition("〕")[2] for d in assistant.index.documents if d.doc_number]
    for text in ("有哪些支持措施？", *(f"{number}文现在有效吗？" for number in numbers[:1])):
        replace(assistant, model=None).ask(Query(text, date.today()))
    manifest = assistant.index.manifest
    write(f"{manifest.documents} 份文件，{manifest.clauses} 条款 / documents, clauses")
    app = create_app(
        assistant,
        settings.max_body,
        access,
        settings.max_upload,
        settings.batches,
        settings.batch_questions,
        settings,
    )
    app.state.suggester.on(date.today())
    start_logging(settings.log, settings.store_questions)
    # Who asks is told by the app, which believes only the proxies that the settings name.
    config = uvicorn.Config(app, proxy_headers=False, server_header=False, **UVICORN)
    server = uvicorn.Server(config)
    app.state.readiness.leaving = lambda: server.should_exit
    with bound(options.host, options.port) as listener:
        write(f"网页与接口 / page and API: http://{options.host}:{listener.getsockname()[1]}/")
        if access.without_key != "local":
            write(_WHO[access.without_key])
        _LOG.info("started", extra={"fields": {"version": VERSION, "host": options.host}})
        server.run(sockets=[listener])
        _LOG.info("stopped")


def bound(host: str, port: int) -> socket.socket:
    """Take the port before saying that it is served; raise ServeError where it is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeError(
            f"无法使用 {host}:{port} / cannot listen there: {error.strerror or error}", field="port"
        ) from error
