"""Editing a corpus together with its index: what the commands and the maintainers' pages share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.build import BuildReport
from indexer.index_folder import current_generation, read_titles
from indexer.library import Added, Addition
from indexer.library import add as add_files
from indexer.library import remove as remove_documents
from indexer.reading_cache import READINGS, Progress, ReadingCache
from indexer.rollback import finish
from indexer.sources import Sources

__all__ = ["addition_json", "put_in", "report_json", "take_away"]

#: What tells versions of one text apart in their titles.
_VERSION = re.compile(
    r"[（(](?:试行|暂行|\d{4}年?)?(?:修订|修正|修改|试行|暂行)?(?:版|稿|本)?[）)]|\s+|[《》]"
)
#: Shorter names (通知, 办法) are of no one document.
_SHORTEST_TITLE = 5

Say = Callable[[str], None]


def put_in(
    files: Sequence[Path],
    corpus: Path,
    index: Path,
    progress: Progress | None = None,
    say: Say | None = None,
) -> Addition:
    """Put files into a corpus; its index is still to be refreshed."""
    finish(corpus, index)
    return add_files(files, corpus, ReadingCache(index / READINGS), progress, say)


def take_away(names: Sequence[str], corpus: Path, index: Path, say: Say | None = None) -> None:
    """Take documents out of a corpus; their files are kept for the generations that list them."""
    finish(corpus, index)
    remove_documents(names, corpus, say, Sources.of(index))


def report_json(report: BuildReport) -> dict[str, Any]:
    """What a build did."""
    return asdict(report) | {"folder": str(report.folder), "skipped": list(report.skipped)}


def addition_json(addition: Addition, report: BuildReport | None) -> dict[str, Any]:
    """What became of each file that was to be added."""
    titles = read_titles(current_generation(report.folder)) if report else {}
    plain = {name: {_plain_title(t) for t in names} for name, names in titles.items()}
    return {
        "added": [_added_json(each, plain) for each in addition.added],
        "present": [{"file": str(each.file), "id": each.id} for each in addition.present],
        "failed": [{"file": str(each.file), "message": each.message} for each in addition.failed],
    }


def _added_json(added: Added, titles: dict[str, set[str]]) -> dict[str, Any]:
    document, outline = added.reading.document, added.reading.outline
    own = {_plain_title(title) for title in (document.title, *document.titles)}
    own = {title for title in own if len(title) >= _SHORTEST_TITLE}
    return {
        "id": document.id,
        "file": str(added.entry.path),
        "title": document.title,
        "doc_number": document.doc_number,
        "issued": document.issued.isoformat() if document.issued else None,
        "clauses": len(outline.clauses),
        "findings": len(outline.findings),
        "versions": [
            name for name, others in titles.items() if name != document.id and own & others
        ],
    }


def _plain_title(title: str) -> str:
    return _VERSION.sub("", title)
