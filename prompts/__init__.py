"""The words of the product: jinja2 templates, rendered strictly, each with a fingerprint."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

__all__ = ["TEMPLATES", "fingerprint", "render"]

_FOLDER = Path(__file__).parent

#: Every template by name, with the values it takes.
TEMPLATES = {
    "answer.zh": (
        "warnings",
        "calculation",
        "claims",
        "comparison",
        "citations",
        "status",
        "notes",
    ),
    "refuse.zh": ("documents", "count", "missing", "things", "english"),
    "absent.zh": ("words", "documents"),
    "another_kind.zh": ("asked", "held", "where"),
    "cleared.zh": (),
    "judge.zh": ("nonce",),
    "generate.zh": ("nonce",),
    "evidence.zh": ("nonce", "clauses", "question"),
}


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain Markdown, no HTML: escaping is the page's task.
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
        # Templates do not change while the product runs.
        auto_reload=False,
    )


def render(name: str, **values: object) -> str:
    """Render a template; raise KeyError for an unknown one, or for values that do not fit."""
    if set(values) != set(TEMPLATES[name]):
        raise KeyError(f"{name} takes {TEMPLATES[name]}, got {sorted(values)}")
    return _environment().get_template(f"{name}.md.j2").render(**values).strip()


@lru_cache(maxsize=32)
def fingerprint(name: str) -> str:
    """Return ``name@digest`` of a template, to be kept with what it made."""
    content = (_FOLDER / f"{name}.md.j2").read_bytes()
    return f"{name}@{hashlib.sha256(content).hexdigest()[:8]}"
