"""Which paths want a key, and of what scope."""

from __future__ import annotations

__all__ = ["is_open", "is_unwatched", "is_widget", "scope_of"]

#: Open without a key: what watches the server, what other sites load, what the sign-in page needs,
#: and links to share.
_OPEN = ("/healthz", "/readyz", "/widget.js", "/login", "/logout")
_OPEN_BELOW = ("/static/", "/static-offline-docs/", "/shared/")
#: What needs more than a key that reads.
_SCOPES = (
    ("/api/batches", "batch"),
    ("/api/reports", "admin"),
    ("/api/admin", "admin"),
    ("/admin", "admin"),
    ("/widget", "widget"),
)


def is_unwatched(path: str) -> bool:
    """Whether a path is neither counted nor asked who calls."""
    return path in _OPEN[:3] or path.startswith(_OPEN_BELOW[:2])


def is_open(path: str) -> bool:
    """Whether a path needs no key, however the server is opened."""
    return path in _OPEN or path.startswith(_OPEN_BELOW)


def is_widget(path: str) -> bool:
    """Whether a path is the widget's, which knows no cookies: its page stands on other sites."""
    return _below(path, "/widget")


def scope_of(path: str) -> str:
    """The scope that a key needs for a path."""
    return next((scope for start, scope in _SCOPES if _below(path, start)), "read")


def _below(path: str, start: str) -> bool:
    return path == start or path.startswith(start + "/")
