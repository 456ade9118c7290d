"""The commands over what is kept: keys, feedback, usage."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import InputError, StoreError
from server.console import print_json, write
from server.keeping.database import Database, open_database
from server.keeping.inbox import candidate, read_feedback
from server.keeping.keys import Key, list_keys, make_key, revoke_key
from server.keeping.opening import database_url
from server.keeping.usage import usage_json
from server.settings import Settings

__all__ = ["end_key", "feedback", "new_key", "show_keys", "usage"]


@contextmanager
def _opened(settings: Settings) -> Iterator[Database]:
    database = open_database(database_url(settings))
    try:
        yield database
    finally:
        database.close()


def new_key(options: argparse.Namespace, settings: Settings) -> int:
    """Make a key and print it, once."""
    with _opened(settings) as database:
        key, text = make_key(
            database, options.name, options.scope or ["read"], options.expires, options.origin
        )
    if options.json:
        print_json(_key_json(key) | {"key": text})
        return 0
    write(text)
    write(f"编号 / id: {key.id}。密钥只显示这一次，请妥善保存 / it is shown only now")
    return 0


def _key_json(key: Key) -> dict[str, Any]:
    return asdict(key) | {
        "scopes": list(key.scopes),
        "origins": list(key.origins),
        "opens": key.opens,
    }


def show_keys(options: argparse.Namespace, settings: Settings) -> int:
    """Print all keys, without their texts."""
    with _opened(settings) as database:
        keys = list_keys(database)
    if options.json:
        print_json({"keys": [_key_json(key) for key in keys]})
        return 0
    for key in keys:
        state = "可用 / opens" if key.opens else "不可用 / useless"
        used = f"最近使用 / used {key.used}" if key.used else "未用过 / never used"
        until = f"至 / until {key.expires}" if key.expires else "不限期 / no end"
        line = (key.id, key.name, "+".join(key.scopes), state, until, used, *key.origins)
        write("  ".join(line))
    return 0


def end_key(options: argparse.Namespace, settings: Settings) -> int:
    """Make a key useless from now on."""
    with _opened(settings) as database:
        revoke_key(database, options.id)
    if options.json:
        print_json({"id": options.id, "revoked": True})
    else:
        write(f"已撤销 / revoked: {options.id}")
    return 0


def feedback(options: argparse.Namespace, settings: Settings) -> int:
    """Print what users said of answers, and write it as questions to be made gold."""
    with _opened(settings) as database:
        rows = read_feedback(database)
    if options.gold:
        _write_new(options.gold, "".join(candidate(row) for row in rows))
    if options.json:
        print_json({"feedback": rows, "gold": str(options.gold) if options.gold else None})
        return 0
    for row in rows:
        write(f"{row['at'][:10]}  {row['verdict']}  {_line(row['question'])}")
        write(f"   {row['status']}  {' '.join(row['addresses'])}")
        if row["note"]:
            write(f"   {_line(row['note'])}")
    if options.gold:
        write(f"{len(rows)} 题 / questions: {options.gold}")
    return 0


def _line(text: str) -> str:
    """What a user wrote, as one line that cannot steer a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, "utf-8")
        # A link, unlike a renaming, does not take the place of work done on an earlier file.
        os.link(part, path)
    except FileExistsError as error:
        raise InputError(
            f"文件已存在，未改动 / the file exists and was left alone: {path}", field="gold"
        ) from error
    except OSError as error:
        raise StoreError(f"无法写入 / cannot write {path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def usage(options: argparse.Namespace, settings: Settings) -> int:
    """Print answers by day and status, and the questions refused most often."""
    with _opened(settings) as database:
        sums = usage_json(database, options.days)
    if options.json:
        print_json(sums)
        return 0
    write(
        f"{options.days} 天 / days: {sums['answers']} 个回答 / answers, {sums['refused']} 拒答 / refused"
    )
    for day in sums["days"]:
        statuses = "  ".join(f"{name} {n}" for name, n in sorted(day["statuses"].items()))
        write(f"{day['day']}  {day['answers']}  {statuses}")
    for asked in sums["refused_questions"]:
        write(f"{asked['times']} ×  {_line(asked['question'])}")
    return 0
