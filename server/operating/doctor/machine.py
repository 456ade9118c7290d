"""The machine: Python, packages, extras, programs, disk and clock."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from server.operating.doctor.line import Line, bad, fine, note
from server.settings import Settings

__all__ = ["check_clock", "check_disk", "check_extras", "check_packages", "check_python"]

#: Packages whose versions explain most troubles.
_KEY = ("torch", "sentence-transformers", "faiss-cpu", "numpy", "fastapi", "sqlalchemy")
#: Extras of the product, by a package of each.
_EXTRAS = {"mcp": "mcp", "milvus": "pymilvus", "ocr": "rapidocr", "postgres": "psycopg", "redis": "redis"}  # fmt: skip
_SCARCE, _FULL = 2 << 30, 256 << 20
_CHINA = timedelta(hours=8)
#: Nothing was built before the product was.
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


def check_python() -> Iterator[Line]:
    """The interpreter."""
    found = ".".join(map(str, sys.version_info[:3]))
    yield fine("python", f"Python {found}")


def check_packages() -> Iterator[Line]:
    """Whether what is installed is what the product asks for."""
    try:
        wanted = [Requirement(text) for text in requires("tiaowen") or ()]
    except PackageNotFoundError:
        advice = "pip install . （或 / or make serve）"
        yield bad("packages", "tiaowen 未安装 / is not installed", advice)
        return
    wrong = [
        f"{each.name} {found or '-'}（需要 / needs {each.specifier}）"
        for each in wanted
        if each.marker is None or each.marker.evaluate({"extra": ""})
        if (found := _version(each.name)) is None or not each.specifier.contains(found, True)
    ]
    if wrong:
        yield bad(
            "packages", "、".join(wrong), "请重新安装 / install again: pip install --upgrade ."
        )
    else:
        yield fine("packages", "，".join(f"{name} {_version(name)}" for name in _KEY))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def check_extras(settings: Settings) -> Iterator[Line]:
    """Which extras are installed, and whether the settings need others."""
    database = settings.database.get_secret_value() if settings.database else ""
    needed = {
        "milvus": bool(settings.milvus),
        "postgres": database.startswith("postgres"),
        "redis": settings.limit_store.startswith("redis"),
    }
    there = [name for name, package in _EXTRAS.items() if _version(package)]
    for name, wanted in needed.items():
        if wanted and name not in there:
            message = f"设置需要，未安装 / the settings need it: {name}"
            yield bad("extras", message, f"pip install 'tiaowen[{name}]'")
    others = [name for name in _EXTRAS if name not in there]
    absent = f"；未安装 / not installed: {'、'.join(others)}" if others else ""
    yield fine("extras", f"已安装 / installed: {'、'.join(there) or '-'}{absent}")


def check_disk(settings: Settings) -> Iterator[Line]:
    """Room for models, indexes and what is kept, and whether the home can be written."""
    folder = settings.home
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{settings.home}：{free / (1 << 30):.1f} GB 可用 / free"
    if not os.access(folder, os.W_OK | os.X_OK):
        advice = "请改权限，或设 TIAOWEN_HOME / make it writable, or set TIAOWEN_HOME"
        yield bad("disk", f"不可写 / not writable: {settings.home}", advice)
    elif free < _FULL:
        yield bad("disk", said, "请腾出空间 / make room")
    elif free < _SCARCE:
        yield note(
            "disk", said, "模型与重建索引需要约 2 GB / a model and a rebuild need about 2 GB"
        )
    else:
        yield fine("disk", said)


def check_clock(built: str | None) -> Iterator[Line]:
    """Days are told by the clock: one that is wrong gives wrong answers on what is in force."""
    here = datetime.now().astimezone()
    latest = datetime.fromisoformat(built) if built else _EARLIEST
    if here < max(latest, _EARLIEST) - timedelta(minutes=5):
        advice = "请校准时钟（NTP）/ set the clock; answers depend on the day"
        yield bad("clock", f"时钟落后 / the clock is behind: {here:%Y-%m-%d %H:%M}", advice)
    elif here.utcoffset() != _CHINA:
        message = f"{here:%Y-%m-%d %H:%M %z}，不是北京时间 / not Chinese time"
        yield note("clock", message, "“今天”按本机时区，可设 TZ=Asia/Shanghai / “today” is local")
    else:
        yield fine("clock", f"{here:%Y-%m-%d %H:%M %z}")
