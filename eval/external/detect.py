"""Tell a set of questions made by others by what lies in its folder."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from corpus.errors import InputError
from eval.external.beir import BeirSet
from eval.external.ncp import NcpSet
from eval.external.records import CORPUS, QUERIES
from eval.sets import EvalSet

__all__ = ["beir_set", "external_set"]

#: Which judgements are meant where a set has several, the first that there is.
_SPLITS = ("test", "dev")


def external_set(folder: Path, split: str | None = None) -> EvalSet | None:
    """Return the set that a folder holds in a layout of others, or None for any other folder.

    With ``qrels`` it is in the BEIR layout, ``split`` naming one of its judgements; without, it
    is ncp-policies or made like it.
    """
    if not all((folder / name).is_file() for name in (CORPUS, QUERIES)):
        return None
    name = folder.resolve().name
    if not (folder / "qrels").is_dir():
        return NcpSet(name, folder)
    qrels = {path.stem: path for path in sorted((folder / "qrels").glob("*.tsv"))}
    return BeirSet(name, folder, qrels[_choose(qrels, split, folder)])


def beir_set(folder: Path) -> BeirSet:
    """Return the set of a folder in the BEIR layout; raise InputError for any other folder."""
    found = external_set(folder)
    if not isinstance(found, BeirSet):
        raise InputError(f"不是 BEIR 格式 / not in the BEIR layout: {folder}", field="gold")
    return found


def _choose(splits: Collection[str], split: str | None, folder: Path) -> str:
    wanted = [split] if split else [*_SPLITS, *(splits if len(splits) == 1 else ())]
    found = next((name for name in wanted if name in splits), None)
    if found is None:
        raise InputError(
            f"没有或不止一份相关性标注 / no one such file of judgements: {folder / 'qrels'} "
            f"({', '.join(splits) or '—'})",
            field="gold",
        )
    return found
