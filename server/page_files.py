"""Files of the pages: who asked for one by its digest need never ask for it again."""

from __future__ import annotations

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["PageFiles"]

_YEAR = "public, max-age=31536000, immutable"
#: Kept by the browser, but asked about each time: an ETag answers.
_ASK = "no-cache"


class PageFiles(StaticFiles):
    """``/static``; an address with a digest (``?v=``) names its content for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code in (200, 304):
            dated = scope.get("query_string", b"").startswith(b"v=")
            response.headers["Cache-Control"] = _YEAR if dated else _ASK
        return response
