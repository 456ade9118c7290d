"""Headers of files that are sent to be kept."""

from __future__ import annotations

from urllib.parse import quote

__all__ = ["XLSX", "download_headers"]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_headers(plain: str, name: str | None = None) -> dict[str, str]:
    """Name a file: in ASCII, and after RFC 5987 as it is called; it is not to be stored on its way.

    >>> print(download_headers("a.md", "条文.md")["Content-Disposition"])
    attachment; filename="a.md"; filename*=UTF-8''%E6%9D%A1%E6%96%87.md
    """
    coded = f"; filename*=UTF-8''{quote(name, safe='')}" if name else ""
    return {
        "Content-Disposition": f'attachment; filename="{plain}"{coded}',
        "Cache-Control": "no-store",
    }
