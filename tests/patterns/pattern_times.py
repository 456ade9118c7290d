"""Time every pattern of the product on hostile strings: ``python tests/patterns/pattern_times.py``.

Prints a line of JSON for each pattern that takes more than in proportion to the length of a string,
and then how many were looked at. ``--probe PATTERN`` looks at that one instead.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from hostile import hostile

PACKAGES = ("corpus", "indexer", "retriever", "server", "prompts")
#: Characters of a short string and of a long one, and how often each is timed.
SHORT, LONG, TIMES = 1024, 4096, 3
#: Seconds of processor that the short and the long one may take whatever the ratio; of the ratio,
#: which is 4 where the time grows with the length, 16 where it grows with its square.
FAST, SMALL, STEEP = 0.0004, 0.05, 8.0
#: No single try goes on for longer.
LIMIT = 0.4
METHODS = {
    "search": "search", "finditer": "search", "findall": "search", "sub": "search", "subn": "search",
    "split": "search", "match": "match", "fullmatch": "fullmatch",
}  # fmt: skip
ALL = frozenset(METHODS.values())

Found = dict[re.Pattern[str], str]


class Late(Exception):
    """A try took too long."""


def patterns() -> Found:
    """The patterns that modules hold, in whatever tables, with where they are."""
    found: Found = {}
    for package in PACKAGES:
        top = importlib.import_module(package)
        names = [package]
        for module in pkgutil.walk_packages(top.__path__, f"{package}."):
            # What runs when it is imported, and steps of the schema.
            if not module.name.endswith(("__main__", ".env")) and ".versions" not in module.name:
                names.append(module.name)
        for name in names:
            for attribute, value in list(vars(importlib.import_module(name)).items()):
                for pattern in inside(value):
                    found.setdefault(pattern, f"{name}.{attribute}")
    return found


def inside(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4 and isinstance(value, dict):
        for key, one in value.items():
            yield from inside(key, depth + 1)
            yield from inside(one, depth + 1)
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from inside(one, depth + 1)


def sources() -> Iterator[tuple[str, ast.AST]]:
    """Each module's name with what is written in it."""
    for package in PACKAGES:
        top = Path(str(importlib.import_module(package).__file__)).parent
        for path in top.rglob("*.py"):
            parts = (package, *path.relative_to(top).with_suffix("").parts)
            yield ".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text("utf-8"))


def written(tree: ast.AST) -> Iterator[tuple[re.Pattern[str], str, int]]:
    """Patterns written where they are used, with how and in which line."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        called, first = node.func, node.args[0]
        of_re = isinstance(called.value, ast.Name) and called.value.id == "re"
        text = first.value if isinstance(first, ast.Constant) else None
        if of_re and called.attr in METHODS and isinstance(text, str):
            yield re.compile(text), METHODS[called.attr], node.lineno


def uses() -> dict[str, set[str]]:
    """How each name is matched; ``any`` where it is handed on and that cannot be read off."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in sources():
        for name, method in uses_in(tree, module):
            found[name].add(method)
    return found


def uses_in(tree: ast.AST, module: str) -> Iterator[tuple[str, str]]:
    origin = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    read: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = origin.get(node.value.id, f"{module}.{node.value.id}")
            if node.attr in METHODS:
                yield name, METHODS[node.attr]
            if node.attr in METHODS or node.attr == "pattern":
                read.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in read:
            yield origin.get(node.id, f"{module}.{node.id}"), "any"


def slow(pattern: re.Pattern[str], methods: Iterable[str]) -> dict[str, object] | None:
    """The first string on which a pattern is slow, or None."""
    for before, piece, after in hostile(pattern):
        short, long = (before + piece * (n // len(piece) + 1) + after for n in (SHORT, LONG))
        for method in methods:
            tried: Callable[[str], object] = getattr(pattern, method)
            # What is fast at once is not timed again; noise makes things slower only.
            if timed(tried, short) < FAST or timed(tried, long) < SMALL:
                continue
            first = min(timed(tried, short) for _ in range(TIMES))
            second = min(timed(tried, long) for _ in range(TIMES))
            if second >= LIMIT or (second > SMALL and second > STEEP * first):
                times = [round(first, 5), round(second, 5)]
                return {"method": method, "string": [before, piece, after], "seconds": times}
    return None


def timed(tried: Callable[[str], object], text: str) -> float:
    """Seconds of processor that a match takes, at most the limit."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    started = time.process_time()
    try:
        tried(text)
    except Late:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def late(*_: object) -> None:
    raise Late


def main(arguments: list[str]) -> None:
    signal.signal(signal.SIGVTALRM, late)
    if arguments[:1] == ["--probe"]:
        found, used = {re.compile(one): one for one in arguments[1:]}, {}
    else:
        found, used = patterns(), uses()
        for module, tree in sources():
            for pattern, method, line in written(tree):
                if pattern not in found:
                    found[pattern] = f"{module}:{line}"
                    used[f"{module}:{line}"] = {method}
    for pattern, place in found.items():
        methods = used.get(place, {"any"})
        told = slow(pattern, sorted(ALL if "any" in methods else methods))
        if told:
            sys.stdout.write(json.dumps({"place": place, **told}, ensure_ascii=False) + "\n")
    sys.stdout.write(json.dumps({"patterns": len(found)}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
