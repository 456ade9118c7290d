"""``tiaowen backup`` and ``tiaowen restore``."""

from __future__ import annotations

import argparse

from server.console import print_json, write
from server.operating.backup.give_back import restore_from
from server.operating.backup.take import take
from server.settings import Settings

__all__ = ["backup", "restore"]


def backup(options: argparse.Namespace, settings: Settings) -> int:
    """Write a backup and say what is in it."""
    taken = take(settings, options.file, options.corpus, not options.no_index)
    made = taken.manifest
    if options.json:
        told = {"file": str(options.file), "bytes": taken.size, "files": len(made.files)}
        more = {"generation": made.generation, "database": made.database}
        print_json(told | more | {"notes": list(taken.notes)})
        return 0
    write(f"已备份 / backed up: {options.file}（{taken.size / (1 << 20):.1f} MB）")
    write(f"{len(made.files)} 个文件 / files；索引 / index: {made.generation or '-'}")
    for note in taken.notes:
        write(note)
    return 0


def restore(options: argparse.Namespace, settings: Settings) -> int:
    """Restore a backup and say what is where."""
    done = restore_from(options.file, settings, options.corpus, options.force)
    if options.json:
        places = {part: str(place) for part, place in done.places.items()}
        kept = [str(path) for path in done.before]
        print_json({"made": done.made, "places": places, "before": kept, "notes": list(done.notes)})
        return 0
    write(f"已恢复 / restored: {options.file}（{done.made}）")
    for part, place in done.places.items():
        write(f"  {part}: {place}")
    for path in done.before:
        write(f"  旧的留存 / the old: {path}")
    for note in done.notes:
        write(note)
    return 0
