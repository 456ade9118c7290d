"""Put a corpus back to what a generation of its index was made of, all of it or nothing.

The corpus must be just what the current generation was made of: nothing that was done to it by
hand is lost. What is to be done is written down first; a rollback that was ended half-way is
finished before anything else is done to the corpus (``finish``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.catalogue import CATALOGUE_FILE, Entry, digest_of, list_entries
from corpus.catalogue_edit import copy_in, write_whole
from corpus.errors import AbsentError, IndexFolderError, StateError
from indexer.index_folder import current_generation, generations
from indexer.library import sole_editor
from indexer.loaders import SUFFIXES
from indexer.sources import Listed, Listing, Sources, listing_of, read_listing

__all__ = ["Change", "finish", "roll_back"]

_JOURNAL = "rollback.json"


@dataclass(frozen=True, slots=True)
class Change:
    """What a rollback does to the documents of a corpus."""

    returning: tuple[str, ...]
    leaving: tuple[str, ...]


def roll_back(
    corpus: Path, index: Path, name: str, say: Callable[[str], None] | None = None
) -> Change:
    """Put the corpus back to a generation of the index; the index itself is then to be built.

    Raises AbsentError where there is no such generation, StateError where it cannot be done; then
    nothing is changed.
    """
    finish(corpus, index)
    with sole_editor(corpus, say):
        entries = list_entries(corpus, SUFFIXES)
        target = _listing(index, name)
        present = listing_of(corpus, entries)
        _check_in_step(index, present)
        if (target.catalogue is None) != (present.catalogue is None):
            raise StateError(
                "那时与现在的目录文件一有一无，不能回退 / one of both has no catalogue: cannot go back",
                field="id",
            )
        _check_sources(corpus, index, target, entries)
        staying = {(d.file, d.sha256) for d in target.documents}
        leaving = [
            (entry, listed)
            for entry, listed in zip(entries, present.documents, strict=True)
            if (listed.file, listed.sha256) not in staying
        ]
        wanted = {d.sha256 for d in target.documents if not _holds(corpus / d.file, d.sha256)}
        for entry in entries:
            # All that is to be moved comes from there, also what lies elsewhere in the corpus.
            if entry.sha256 in wanted or any(entry is one for one, _ in leaving):
                Sources.of(index).keep(entry.path, entry.sha256)
        plan = {
            "documents": [asdict(document) for document in target.documents],
            "catalogue": target.catalogue,
            "leaving": [asdict(listed) for _, listed in leaving],
        }
        write_whole(index / _JOURNAL, json.dumps(plan))
        _carry_out(corpus, index)
    return Change(tuple(sorted(target.ids - present.ids)), tuple(sorted(present.ids - target.ids)))


def finish(corpus: Path, index: Path) -> bool:
    """Finish a rollback that was ended half-way; say whether there was one."""
    if not (index / _JOURNAL).exists():
        return False
    with sole_editor(corpus, None):
        if (index / _JOURNAL).exists():
            _carry_out(corpus, index)
    return True


def _listing(index: Path, name: str) -> Listing:
    found = next((g for g in generations(index) if g.name == name), None)
    if found is None:
        raise AbsentError(f"没有这一代索引 / no such generation: {name[:80]!r}", field="id")
    listing = read_listing(found.folder)
    if listing is None:
        raise StateError(
            "这一代没有记下语料，不能回退 / it does not say what it was made of", field="id"
        )
    return listing


def _check_in_step(index: Path, present: Listing) -> None:
    if read_listing(current_generation(index)) != present:
        raise StateError(
            "语料在上次建索引之后又改过，请先重建索引再回退 / the corpus was changed since the index "
            "was built: build the index first",
            field="id",
        )


def _check_sources(corpus: Path, index: Path, target: Listing, entries: tuple[Entry, ...]) -> None:
    here = {entry.sha256 for entry in entries}
    root = corpus.resolve()
    for document in target.documents:
        place = root / document.file
        outside = not Path(os.path.normpath(place)).is_relative_to(root)
        if outside and not _holds(place, document.sha256):
            raise StateError(
                f"在语料文件夹之外，不能放回 / lies outside of the corpus: {document.id}",
                field="id",
            )
        if document.sha256 not in here and Sources.of(index).find(document.sha256) is None:
            raise StateError(
                f"缺少那时的文件，不能回退 / its file is no longer there: {document.id}", field="id"
            )


def _carry_out(corpus: Path, index: Path) -> None:
    """Do what the journal says; what is done already is left as it is."""
    try:
        plan = json.loads((index / _JOURNAL).read_text("utf-8"))
        documents = [Listed(**value) for value in plan["documents"]]
        leaving = [Listed(**value) for value in plan["leaving"]]
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFolderError(f"回退记录损坏 / the journal is damaged: {_JOURNAL}") from error
    for document in documents:
        place = corpus / document.file
        if not _holds(place, document.sha256):
            place.parent.mkdir(parents=True, exist_ok=True)
            source = Sources.of(index).find(document.sha256)
            if source is None:
                raise IndexFolderError(f"缺少文件 / a file is missing: {document.id}")
            copy_in(source, place, document.sha256)
    if plan["catalogue"] is not None:
        write_whole(corpus / CATALOGUE_FILE, plan["catalogue"])
    root, staying = corpus.resolve(), {document.file for document in documents}
    for listed in leaving:
        path = root / listed.file
        inside = Path(os.path.normpath(path)).is_relative_to(root)
        # What lies elsewhere is not the corpus's to delete.
        if listed.file not in staying and inside and _holds(path, listed.sha256):
            path.unlink(missing_ok=True)
    (index / _JOURNAL).unlink()


def _holds(path: Path, sha256: str) -> bool:
    try:
        return digest_of(path) == sha256
    except OSError:
        return False
