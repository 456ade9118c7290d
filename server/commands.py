"""What each command does. Each takes the parsed options and the settings, and returns a status."""

from __future__ import annotations

import argparse
import socket
import time
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.address import Address
from corpus.errors import LoadError, ServeError
from indexer.build import read_corpus
from indexer.read import Reading, entry_of_file, read_source
from retriever.query import Query
from server.assembly import build_index, open_assistant
from server.assistant import Assistant
from server.console import Bar, complain, print_json, say, write
from server.inputs import read_address, read_area, read_documents
from server.notes import STATUS_WORDS
from server.present import answer_json, clause_json, finding_json, outline_json, search_json
from server.settings import Settings

__all__ = ["ask", "audit", "index", "parse", "search", "serve", "show"]


def parse(options: argparse.Namespace, settings: Settings) -> int:
    """Print the outline of each file; with several, one JSON object a line."""
    failures = 0
    for path in options.files:
        try:
            outline = outline_json(read_source(entry_of_file(path)), str(path))
        except LoadError as error:
            complain(error.message)
            failures += 1
            continue
        if options.json:
            print_json(outline, indent=None if len(options.files) > 1 else 1)
        else:
            _write_outline(outline)
    return 1 if failures else 0


def _write_outline(outline: dict[str, Any]) -> None:
    document = outline["document"]
    write(f"《{document['title']}》{document['doc_number'] or ''}  {outline['file']}")
    for clause in outline["clauses"]:
        text = clause["text"].replace("\n", " ") or clause["title"] or ""
        write(f"  {clause['label']}  {text[:60]}{'…' if len(text) > 60 else ''}")
    for finding in outline["findings"]:
        write(f"  ! {finding['kind']}: {finding['detail']}")


def audit(options: argparse.Namespace, settings: Settings) -> int:
    """Print what is wrong with the sources of a corpus."""
    readings, skipped = read_corpus(options.corpus or settings.corpus)
    findings = [
        {"document": name} | finding_json(name, finding)
        for name, reading in readings.items()
        for finding in reading.outline.findings
    ]
    findings += [_finding("unreadable", message) for message in skipped]
    findings += [_finding("remark", r.remarks, name) for name, r in readings.items() if r.remarks]
    if options.json:
        counts = {name: _counts(reading) for name, reading in readings.items()}
        print_json({"documents": counts, "findings": findings})
        return 0
    for finding in findings:
        place = f":{finding['line']}" if finding["line"] else ""
        write(f"{finding['document'] or '-'}{place}  {finding['kind']}  {finding['detail']}")
    write(f"{len(readings)} 份文件，{len(findings)} 处发现 / {len(findings)} findings")
    return 0


def _finding(kind: str, detail: str, document: str | None = None) -> dict[str, Any]:
    empty = {"address": None, "page": None, "line": None}
    return {"document": document, "kind": kind, "detail": detail} | empty


def _counts(reading: Reading) -> dict[str, int]:
    return {"clauses": len(reading.outline.clauses), "findings": len(reading.outline.findings)}


def index(options: argparse.Namespace, settings: Settings) -> int:
    """Build or refresh an index."""
    report = build_index(settings, options.corpus, options.out, Bar(), say)
    for message in report.skipped:
        complain(message)
    if options.json:
        print_json(asdict(report) | {"folder": str(report.folder), "skipped": list(report.skipped)})
    else:
        state = "已更新 / refreshed" if report.changed else "无变化 / unchanged"
        write(
            f"{state}：{report.documents} 份文件，{report.clauses} 条款，"
            f"新向量 {report.embedded}，沿用 {report.reused}，{report.seconds} 秒 → {report.folder}"
        )
    return 0


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
    import uvicorn

    from server.app import create_app

    write("正在准备索引与模型… / preparing index and model…")
    assistant = open_assistant(settings, Bar(), say)
    manifest = assistant.index.manifest
    write(f"{manifest.documents} 份文件，{manifest.clauses} 条款 / documents, clauses")
    app = create_app(assistant, settings.max_body)
    with _bound(options.host, options.port) as listener:
        write(f"网页与接口 / page and API: http://{options.host}:{listener.getsockname()[1]}/")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
    return 0


def _bound(host: str, port: int) -> socket.socket:
    """Take the port before saying that it is served; raise ServeError where it is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeError(
            f"无法使用 {host}:{port} / cannot listen there: {error.strerror or error}", field="port"
        ) from error
