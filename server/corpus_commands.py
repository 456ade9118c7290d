"""The commands that read, edit and index a corpus. Each takes the parsed options and the settings,
and returns a status."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.catalogue import Entry
from corpus.errors import LoadError, PolicyError
from indexer.build import BuildReport, read_corpus
from indexer.read import entry_of_file
from indexer.reading_cache import read_entries
from indexer.readings import Reading
from server.assembly import build_index, corpus_of, index_of, refresh_index
from server.console import Bar, complain, print_json, say, write
from server.editing import addition_json, put_in, report_json, take_away
from server.present import finding_json, outline_json
from server.settings import Settings

__all__ = ["add", "audit", "index", "parse", "remove"]


def parse(options: argparse.Namespace, settings: Settings) -> int:
    """Print the outline of each file; with several, one JSON object a line."""
    failures = 0
    for path, result in _read_files(options.files):
        if isinstance(result, LoadError):
            complain(result.message)
            failures += 1
            continue
        outline = outline_json(result, str(path))
        if options.json:
            print_json(outline, indent=None if len(options.files) > 1 else 1)
        else:
            _write_outline(outline)
    return 1 if failures else 0


def _read_files(paths: list[Path]) -> Iterator[tuple[Path, Reading | LoadError]]:
    entries: list[Entry] = []
    results: list[Reading | LoadError | None] = []
    for path in paths:
        try:
            entries.append(entry_of_file(path))
            results.append(None)
        except LoadError as error:
            results.append(error)
        except OSError as error:
            reason = error.strerror or str(error)
            results.append(LoadError(f"文件无法读取 / cannot read the file: {path}: {reason}"))
    read = iter(read_entries(entries, progress=Bar()))
    for path, result in zip(paths, results, strict=True):
        yield path, result if result is not None else next(read)


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
    readings, skipped = read_corpus(options.corpus or settings.corpus, Bar())
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
        page = f"  第{finding['page']}页" if finding["page"] else ""
        line = f"  第{finding['line']}行" if finding["line"] else ""
        name = finding["document"] or "-"
        write(f"{name}{page}{line}  {finding['kind']}  {finding['detail']}")
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
        print_json(report_json(report))
    else:
        _write_report(report)
    return 0


def _write_report(report: BuildReport) -> None:
    state = "已更新 / refreshed" if report.changed else "无变化 / unchanged"
    write(
        f"{state}：{report.documents} 份文件，{report.clauses} 条款，"
        f"新向量 {report.embedded}，沿用 {report.reused}，{report.seconds} 秒 → {report.folder}"
    )


def add(options: argparse.Namespace, settings: Settings) -> int:
    """Put files into the corpus and refresh the index."""
    corpus = corpus_of(settings, options.corpus)
    addition = put_in(options.files, corpus, index_of(settings, corpus), Bar(), say)
    for failed in addition.failed:
        complain(failed.message)
    report = None
    # Also where all are there already: an add that was ended may have left the index behind.
    if addition.added or addition.present:
        report = _refreshed(settings, corpus)
    result = addition_json(addition, report)
    if options.json:
        print_json(result | {"index": report_json(report) if report else None})
    else:
        _write_addition(result)
        if report:
            _write_report(report)
    return 1 if addition.failed or (report is None and addition.added) else 0


def _refreshed(settings: Settings, corpus: Path) -> BuildReport | None:
    """Refresh the index; what was done to the corpus is told also where that fails."""
    try:
        return refresh_index(settings, corpus, Bar(), say)
    except PolicyError as error:
        complain(f"{error.message}（语料已改动，索引未更新 / corpus changed, index not refreshed）")
        return None


def _write_addition(result: dict[str, Any]) -> None:
    for each in result["added"]:
        number = f"（{each['doc_number']}）" if each["doc_number"] else ""
        beside = f"，另有版本 / versions: {'、'.join(each['versions'])}" if each["versions"] else ""
        write(
            f"已加入 / added  {each['id']}  《{each['title']}》{number}  {each['clauses']} 条款，"
            f"{each['findings']} 处发现 / findings{beside}"
        )
    for each in result["present"]:
        write(f"已有 / already there  {each['id']}  {each['file']}")


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Take documents out of the corpus and refresh the index."""
    corpus = corpus_of(settings, options.corpus)
    take_away(options.documents, corpus, index_of(settings, corpus), say)
    names = list(dict.fromkeys(options.documents))
    report = _refreshed(settings, corpus)
    if options.json:
        print_json({"removed": names, "index": report_json(report) if report else None})
    else:
        write(f"已移除 / removed  {'、'.join(names)}")
        if report:
            _write_report(report)
    return 0 if report else 1
