"""The commands that ask an index. Each takes the parsed options and the settings, and returns a
status."""

from __future__ import annotations

import argparse
import socket
import time
from datetime import date
from typing import Any

from corpus.address import Address
from corpus.errors import ServeError
from retriever.query import Query
from server.assembly import open_assistant
from server.assistant import Assistant
from server.console import Bar, print_json, say, write
from server.inputs import read_address, read_area, read_documents
from server.notes import STATUS_WORDS
from server.present import clause_json, search_json
from server.present_answer import answer_json
from server.settings import Settings

__all__ = ["ask", "bound", "search", "show"]


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
        number = f"（{hit['doc_number']}）" if hit["doc_number"] else ""
        write(f"{hit['rank']}. {hit['title']}{number}{hit['label']}  {hit['score']}")
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


def bound(host: str, port: int) -> socket.socket:
    """Take the port before saying that it is served; raise ServeError where it is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeError(
            f"无法使用 {host}:{port} / cannot listen there: {error.strerror or error}", field="port"
        ) from error
