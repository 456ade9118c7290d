"""Make the default model's folder once, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import ModelError
from indexer.default_model.marker import is_finished, write_marker
from indexer.default_model.source import find_source, read_source

__all__ = ["DEFAULT_MODEL_NAME", "ensure_default_model", "install"]

DEFAULT_MODEL_NAME = "multilingual-e5-small-q4"

Say = Callable[[str], None]


def ensure_default_model(cache: Path, progress: Say | None = None) -> Path:
    """Return the model's folder in ``cache``, made if need be (seconds, 490 MB); ModelError."""
    folder = cache / DEFAULT_MODEL_NAME
    return folder if is_finished(folder) else install(find_source(), cache, progress)


def install(source: Path, cache: Path, progress: Say | None = None) -> Path:
    """Make the model's folder in ``cache`` from an E5S1 file; ModelError, and no folder then."""
    say = progress or _say_nothing
    folder = cache / DEFAULT_MODEL_NAME
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _alone(cache, say):
            # Another process may have made it while this one waited.
            if not is_finished(folder):
                _make(source, folder, say)
    except OSError as error:
        raise ModelError(
            f"无法写入默认模型的目录（约需 0.5 GB 磁盘空间） / cannot write the default model's "
            f"folder (about 0.5 GB of disk space are needed): {folder}: {error}"
        ) from error
    return folder


def _say_nothing(message: str) -> None:
    """Take a message and do nothing."""


@contextmanager
def _alone(cache: Path, say: Say) -> Iterator[None]:
    """Hold the cache's lock, which the system frees if the process dies."""
    # Imported here: a start with a finished folder should not pay for it.
    from filelock import FileLock, Timeout

    lock = FileLock(cache / f".{DEFAULT_MODEL_NAME}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(
            "另一个进程正在准备默认模型，等待中 / "
            "another process is preparing the default model, waiting"
        )
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _make(source: Path, folder: Path, say: Say) -> None:
    """Convert into a sibling folder and move it into place; the caller holds the lock."""
    # Imported here, as above: these bring numpy and tokenizers.
    from indexer.default_model.convert import write_folder
    from indexer.default_model.e5s1 import parse

    say("正在校验默认模型的文件 / checking the default model's file")
    model = parse(read_source(source))
    say("正在转换默认模型，只需一次 / converting the default model, needed only once")
    partial = folder.with_name(f".{folder.name}.partial")
    # Under the lock, what is there can only be left from a run that crashed.
    _remove(partial)
    try:
        partial.mkdir()
        write_folder(model, partial)
        write_marker(partial)
        _flush(partial)
        _replace(folder, partial)
    finally:
        _remove(partial)
    say(f"默认模型已就绪 / the default model is ready: {folder}")


def _replace(folder: Path, new: Path) -> None:
    """Move ``new`` to ``folder``; an unfinished or outdated one there is moved away first."""
    old = folder.with_name(f".{folder.name}.old")
    _remove(old)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    _sync(folder.parent)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder, if it is there, as far as the system allows."""
    shutil.rmtree(folder, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Bring all files under a folder to the disk, so that a marker never outlives its files."""
    for path in sorted(folder.rglob("*")):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    is_folder = path.is_dir()
    # Windows cannot open a folder, and syncs only files open for writing.
    if is_folder and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
