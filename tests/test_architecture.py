"""What must hold of the code as a whole: sizes, public names, templates, documented settings."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from prompts import TEMPLATES, fingerprint, render
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("corpus", "indexer", "retriever", "server", "prompts", "eval")
LONGEST_FILE, LONGEST_FUNCTION = 300, 40

FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]


def test_all_packages_are_looked_at():
    assert {name.split("/")[0] for name in NAMES} == set(PACKAGES)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_file_and_functions_are_short(path: Path):
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    nodes = ast.walk(ast.parse(source))
    functions = (n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    lengths = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}
    assert not {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION}


def modules_with_all() -> Iterator[str]:
    for path in FILES:
        parts = path.relative_to(ROOT).with_suffix("").parts
        if path.name != "__main__.py" and "__all__ =" in path.read_text("utf-8"):
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def defines(node: ast.stmt) -> bool:
    """Whether a statement defines a public name; a route is public by its path instead."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    routed = any(ast.unparse(decorator).startswith("router.") for decorator in node.decorator_list)
    return not node.name.startswith("_") and not routed


@pytest.mark.parametrize("name", list(modules_with_all()))
def test_public_names_are_exact(name: str):
    module = importlib.import_module(name)
    listed = module.__all__
    assert len(listed) == len(set(listed))
    assert not [n for n in listed if not hasattr(module, n)]
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    defined = {node.name for node in tree.body if defines(node)}  # type: ignore[attr-defined]
    assert not defined - set(listed)


#: Values of their own shape; all others are lists of words.
VALUES = {
    "citations": [{"n": 1, "reference": "《办法》第四条", "page": 3}],
    "clauses": [
        {
            "n": 1,
            "title": "《办法》",
            "label": "第四条",
            "validity": "现行有效",
            "headings": ["第一章"],
            "text": "奖励1000万元",
        }
    ],
    "calculation": {
        "display": "最高100万元",
        "markers": "[1]",
        "steps": ["500万元 × 20% = 100万元[1]"],
        "assumptions": ["没有应扣除的其他补助"],
        "missing": [],
    },
    "comparison": {
        "heads": ["第四条[1]", "第五条[2]"],
        "rows": [["上限", "100万元", "—"]],
        "notes": [],
    },
    "status": "answered",
    "english": True,
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_renders_with_exactly_its_values(name: str):
    source = (ROOT / "prompts" / f"{name}.md.j2").read_text("utf-8")
    used = meta.find_undeclared_variables(Environment().parse(source))
    assert used == set(TEMPLATES[name])
    values = {value: VALUES.get(value, ["奖励1000万元"]) for value in TEMPLATES[name]}
    assert render(name, **values)
    for value in values:
        with pytest.raises(KeyError):
            render(name, **{k: v for k, v in values.items() if k != value})
    with pytest.raises(KeyError):
        render(name, **values, surprise=1)
    assert re.fullmatch(rf"{re.escape(name)}@[0-9a-f]{{8}}", fingerprint(name))


def test_every_template_file_is_declared():
    files = {path.name.removesuffix(".md.j2") for path in (ROOT / "prompts").glob("*.j2")}
    assert files == set(TEMPLATES)


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_setting_is_documented(readme: str):
    text = (ROOT / readme).read_text("utf-8")
    names = {f"TIAOWEN_{field.upper()}" for field in Settings.model_fields}
    assert not sorted(name for name in names if not re.search(rf"\b{name}\b", text))
