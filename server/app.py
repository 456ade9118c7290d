"""The web application: routes, pages, security headers and errors in two languages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.security import APIKeyHeader, HTTPBearer
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Match, Route
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from corpus.errors import PolicyError
from server import (
    access_pages,
    chat_routes,
    measure_pages,
    measure_routes,
    metrics,
    openai_routes,
    pages,
    routes,
)
from server.administration import pages as administration_pages
from server.administration import report_routes
from server.administration import routes as administration
from server.administration.serving import desk_in, tending
from server.assembly import reopened
from server.assistant import Assistant
from server.batches import routes as batch_routes
from server.batches.serving import ServedFirst, batches_in, working
from server.batches.worker import Interactive
from server.bounded import Bounded
from server.checking import routes as checking
from server.describing.document import call_name, common_errors, describe
from server.exports import routes as exports
from server.failing import answer_error, internal_error, policy_error, validation_error
from server.guarding import guard
from server.keeping.gate import Access, Gate
from server.language import Speaking
from server.live import Live
from server.load import Load
from server.metrics import Measured, Metrics
from server.operating import health
from server.operating.gauges import Gauges
from server.operating.readiness import Readiness
from server.operating.rechecking import Rechecking
from server.operating.requests import HEADER, Logged, Traffic
from server.originals import routes as originals
from server.originals.workshop import Workshop
from server.page_files import PageFiles
from server.pages import STATIC, VERSION
from server.settings import Settings
from server.stopping import Stopping, hearing
from server.widget import routes as widget

__all__ = ["create_app"]

#: For the description only; the gate is what looks at keys.
_KEYS = [
    Security(HTTPBearer(auto_error=False, scheme_name="key", description="tiaowen keys make")),
    Security(APIKeyHeader(name="X-API-Key", auto_error=False, scheme_name="keyHeader")),
]
#: What pages of other sites may read besides the body.
_EXPOSED = ["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After", HEADER]
_STATUS = {
    404: "没有这个页面 / not found",
    405: "不支持这种请求方式 / method not allowed",
}
#: What the application serves, the pages last but the metrics.
_ROUTED = (
    measure_routes, routes, chat_routes, access_pages, openai_routes, batch_routes, checking, exports,
    health, administration, report_routes, originals, pages, widget, administration_pages, measure_pages, metrics,
)  # fmt: skip


def create_app(
    assistant: Assistant,
    max_body: int = 64 * 1024,
    access: Access | None = None,
    max_upload: int = 4 * 1024 * 1024,
    batches: Path | None = None,
    batch_questions: int = 1000,
    settings: Settings | None = None,
    load: Load | None = None,
    problem: PolicyError | None = None,
) -> FastAPI:
    """Make the application around an open assistant; ``max_upload`` is for files and answers.

    Without ``access`` all may ask, and nothing is kept. ``batches`` is the folder that files of
    questions are kept in; none is taken without it. With the ``settings`` that the assistant was
    opened with, each new generation of its index is served, and maintainers work on its corpus.
    ``load`` bounds what is under way at once. ``problem`` is what is wrong with the generation that
    the index folder names, where the assistant has another one.
    """
    app, interactive, access = _described(), Interactive(), access or Access()
    state = app.state
    state.metrics = measures = Metrics(VERSION)
    state.live = _live(app, assistant, settings, problem)
    state.workshop = Workshop()
    state.load, state.stopping = load or Load(), Stopping()
    state.max_body, state.max_upload = max_body, max(max_upload, max_body)
    state.keeper, state.limiter = access.keeper, access.limiter
    state.widget_origins = access.widget
    _watch(app, settings)
    if batches:
        _take_batches(app, batches, batch_questions, interactive)
    _open_desk(app, settings)
    _add_layers(app, access, measures, interactive)
    _add_routes(app)
    describe(app, access.without_key)
    return app


def _described() -> FastAPI:
    app: FastAPI = FastAPIOffline(
        title="条文 Tiaowen",
        version=VERSION,
        description="政策问答：每一句话都落到条款。Answers from policy documents, each to an article.",
        redoc_url=None,
        dependencies=_KEYS,
        generate_unique_id_function=call_name,
        lifespan=_lifespan,
    )
    return app


def _live(
    app: FastAPI, assistant: Assistant, settings: Settings | None, problem: PolicyError | None
) -> Live:
    """What keeps the assistant at the current generation; without settings it stays."""
    if settings is None:
        return Live(app, assistant, problem=problem)
    return Live(app, assistant, lambda old: reopened(settings, old), settings.reload, problem)


def _take_batches(app: FastAPI, folder: Path, most: int, interactive: Interactive) -> None:
    """Answer files of questions, by whatever assistant is served when they are."""

    def served() -> Assistant:
        assistant: Assistant = app.state.assistant
        return assistant

    app.state.batches = batches_in(folder, most, served, interactive, app.state.keeper)


def _open_desk(app: FastAPI, settings: Settings | None) -> None:
    """Let maintainers work on the corpus of the settings."""
    app.state.max_document = settings.max_document if settings else app.state.max_upload
    if settings:
        app.state.desk = desk_in(app, settings)


def _watch(app: FastAPI, settings: Settings | None) -> None:
    """Make ready what tells operators how an application is."""
    state, traffic = app.state, Traffic()
    state.traffic = traffic
    state.rechecking = again = Rechecking(
        lambda: state.assistant, settings.recheck if settings else 0
    )
    state.readiness = Readiness(
        lambda: state.assistant, state.keeper, lambda: state.stopping.begun, again.check
    )
    state.gauges = Gauges(traffic, lambda: state.assistant, state.keeper)
    limit = "Requests under way beyond which more are turned away"
    state.gauges.follow("tiaowen_requests_limit", limit, lambda: float(state.load.most))
    damaged = "Files of the index that were found to be others than were written"
    state.gauges.follow("tiaowen_index_files_damaged", damaged, lambda: float(again.damaged))
    state.metrics.registry.register(state.gauges)


def _add_routes(app: FastAPI) -> None:
    for kind, handler in _HANDLERS:
        app.add_exception_handler(kind, handler)
    app.mount("/static", PageFiles(directory=STATIC), name="static")
    for module in _ROUTED:
        prefix = module.router.prefix
        app.include_router(module.router, responses=common_errors(prefix))


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Write down what is waiting when the server stops: a signal may end the process after that."""
    state = app.state
    with hearing(state.stopping):
        async with working(app), tending(app):
            state.rechecking.start()
            yield
            await run_in_threadpool(state.rechecking.stop)
    if state.keeper:
        await run_in_threadpool(state.keeper.close)
    await run_in_threadpool(state.load.close)


def _add_layers(app: FastAPI, access: Access, measures: Metrics, interactive: Interactive) -> None:
    """Put layers around the routes, the innermost first."""
    # Event streams go out as they are, whoever asks for them: see Starlette's list of types.
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(Gate, access=access)
    app.add_middleware(Bounded, load=app.state.load)
    app.middleware("http")(guard)
    app.add_middleware(ServedFirst, interactive=interactive)
    if access.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(access.origins),
            allow_methods=["DELETE", "GET", "PATCH", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-API-Key", HEADER],
            expose_headers=_EXPOSED,
        )
    app.add_middleware(Speaking)
    app.add_middleware(Measured, metrics=measures)
    app.add_middleware(Logged, traffic=app.state.traffic)
    if access.proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(access.proxies))


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    message = _STATUS.get(error.status_code, f"请求失败 / request failed ({error.status_code})")
    response = answer_error(request, error.status_code, "http_error", message, None)
    if error.status_code == 405:
        response.headers["Allow"] = ", ".join(sorted(_methods(request, error)))
    return response


def _methods(request: Request, error: HTTPException) -> set[str]:
    """What a path can be asked for: the error names the methods of one of its routes only."""
    named = (error.headers or {}).get("Allow", "")
    found = {name.strip() for name in named.split(",") if name.strip()}
    for module in _ROUTED:
        for route in module.router.routes:
            if isinstance(route, Route) and route.matches(request.scope)[0] != Match.NONE:
                found |= route.methods or set()
    return found or {"GET", "HEAD"}


_HANDLERS = (
    (PolicyError, policy_error),
    (RequestValidationError, validation_error),
    (HTTPException, _http_error),
    (Exception, internal_error),
)
