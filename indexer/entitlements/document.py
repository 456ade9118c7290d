"""The measures of one document: clause by clause, with caps that stand in another clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.address import Address, ClausePath
from corpus.document import Document
from corpus.outline import Outline
from indexer.entitlements.article_limits import article_limits, limits_of_named
from indexer.entitlements.entitlement import Entitlement
from indexer.entitlements.limits import holds_for_all
from indexer.entitlements.reader import ClauseReader
from indexer.entitlements.roles import FORMS
from indexer.entitlements.row import Row

__all__ = ["entitlements_of"]


def entitlements_of(
    document: Document,
    outline: Outline,
    unread: Callable[[Address, Exception], None] | None = None,
) -> tuple[Entitlement, ...]:
    """Read the measures of support of a document, in the order of its clauses.

    A report on a policy has rows too; the document's authority says that they are no basis.
    ``unread`` is told of a clause whose words the reader fails at, and the others go on; without it
    the error is raised.
    """
    readers: dict[ClausePath, ClauseReader] = {}
    for clause in outline:
        if not clause.text:
            continue
        address = Address(document.id, clause.path)
        try:
            readers[clause.path] = ClauseReader(address, clause.text)
        except Exception as error:
            if unread is None:
                raise
            unread(address, error)
    for path, reader in readers.items():
        _limit_article(path, reader, readers)
        _limit_named(reader, readers, outline)
        _spread(path, reader, readers)
    return tuple(row.frozen() for reader in readers.values() for row in reader.rows)


def _spread(
    path: ClausePath, reader: ClauseReader, readers: dict[ClausePath, ClauseReader]
) -> None:
    """Give caps and deductions without a grant of their own to the measures they limit.

    （二）单家企业取得的年度药品创新研发补助不超过… limits the 补助 of （一）, not the 奖励 of （三）.
    """
    for cap, words in reader.limits:
        for row in _all(readers.values()) if holds_for_all(words) else []:
            row.caps.append(cap)
    if reader.rows:
        return
    sisters = [other for name, other in readers.items() if _is_before(name, path)]
    for cap, words in reader.limits:
        for row in [] if holds_for_all(words) else _limited(sisters, words):
            row.caps.append(cap)
    for span in reader.deductions:
        for row in _limited(sisters, span.text):
            row.deductions.append(span)
    for span in reader.exclusions:
        for row in _limited(sisters, span.text):
            row.exclusions.append(span)


def _is_before(name: ClausePath, path: ClausePath) -> bool:
    """Whether a clause stands before one beside it, or is an item of a paragraph that does."""
    above = path.parent
    if name.parent == above:
        return name < path
    return above is not None and above.contains(name) and name != above and name < path


def _limit_article(
    path: ClausePath, reader: ClauseReader, readers: dict[ClausePath, ClauseReader]
) -> None:
    """Give a cap on what an article gives in all to each of its measures read before it."""
    caps = article_limits(reader.clause)
    if not caps:
        return
    # 享受本条奖励 grants nothing.
    reader.rows = [row for row in reader.rows if row.has_figure]
    own = [other for name, other in readers.items() if path.article.contains(name) and name <= path]
    for row in _all(own):
        row.caps += [cap for cap in caps if cap not in row.caps]


def _limit_named(
    reader: ClauseReader, readers: dict[ClausePath, ClauseReader], outline: Outline
) -> None:
    """Give a cap on what several articles give together to each of their measures."""
    for cap, articles in limits_of_named(reader.clause, outline):
        # 享受第二条至第五条补贴 grants nothing.
        reader.rows = [row for row in reader.rows if row.has_figure]
        own = [r for name, r in readers.items() if any(a.contains(name) for a in articles)]
        for row in _all(own):
            row.caps.append(cap)


def _all(readers: Iterable[ClauseReader]) -> list[Row]:
    return [row for reader in readers for row in reader.rows]


def _limited(readers: list[ClauseReader], words: str) -> list[Row]:
    named = set(re.findall(FORMS, words))
    rows = [row for reader in readers for row in reader.rows]
    called = [row for row in rows if row.form and row.form.text in named]
    # Of steps that a clause leads up to (分段累进计算补助：…) the form is not read.
    return called or [row for row in rows if row.form is None and row.has_figure]
