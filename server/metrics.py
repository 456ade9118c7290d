"""What the server counts and times, in Prometheus' text format.

Labels take few values: routes by their template, never a path, a question or an address.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info
from prometheus_client.exposition import choose_encoder
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer.index_folder import Manifest
from server.answer import Answer
from server.assistant import Stage

__all__ = ["Measured", "Metrics", "router"]

#: From a look-up to a language model that takes its time.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
#: The route of what no route took: unknown paths, and requests refused before they were read.
_UNMATCHED = "unmatched"

#: The formats of Prometheus.
_MEDIA = ("text/plain", "application/openmetrics-text")
_TEXT = {"schema": {"type": "string"}}
#: The formats of Prometheus.
_MEDIA = ("text/plain", "application/openmetrics-text")
_TEXT = {"schema": {"type": "string"}}
router = APIRouter()


class Metrics:
    """The metrics of one application, in a registry of its own; observes its assistant."""

    def __init__(self, manifest: Manifest, version: str) -> None:
        self.registry = CollectorRegistry()
        self._count_requests()
        self._count_answers()
        self._describe(version)
        self.serves(manifest)
        ProcessCollector(registry=self.registry)

    def _count_requests(self) -> None:
        self._requests = Counter(
            "tiaowen_http_requests",
            "Requests by route template, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._request_seconds = Histogram(
            "tiaowen_http_request_duration_seconds",
            "Time from a request to the end of its response, of a stream to its last event.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )

    def _count_answers(self) -> None:
        self._answers = Counter(
            "tiaowen_answers",
            "Answers by status and mode.",
            ("status", "mode"),
            registry=self.registry,
        )
        self._refusals = Counter(
            "tiaowen_refusals", "Questions that the corpus does not answer.", registry=self.registry
        )
        self._stage_seconds = Histogram(
            "tiaowen_stage_duration_seconds",
            "Time of the stages of an answer; retrieval counts searches too.",
            ("stage",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._dropped = Counter(
            "tiaowen_dropped_claims",
            "Claims that did not pass verification, by the check that they failed.",
            ("check",),
            registry=self.registry,
        )
        self._fallbacks = Counter(
            "tiaowen_model_fallbacks",
            "Answers in the clauses' own words because the language model gave none.",
            ("reason",),
            registry=self.registry,
        )

    def _describe(self, version: str) -> None:
        self._version = version
        self._sizes = {
            name: Gauge(
                f"tiaowen_index_{name}", f"The {name} of the index.", registry=self.registry
            )
            for name in ("documents", "clauses")
        }
        age = Gauge(
            "tiaowen_index_age_seconds", "Time since the index was built.", registry=self.registry
        )
        age.set_function(lambda: (datetime.now(UTC) - self._built).total_seconds())
        self._build = Info("tiaowen_build", "The version and the index.", registry=self.registry)

    def serves(self, manifest: Manifest) -> None:
        """Tell of the index that is served from now on."""
        self._built = datetime.fromisoformat(manifest.built)
        self._sizes["documents"].set(manifest.documents)
        self._sizes["clauses"].set(manifest.clauses)
        self._build.info({"version": self._version, "index": manifest.fingerprint[:16]})

    def requested(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(route, method, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def took(self, stage: Stage, seconds: float) -> None:
        self._stage_seconds.labels(stage).observe(seconds)

    def answered(self, answer: Answer) -> None:
        self._answers.labels(answer.status, answer.mode).inc()
        if answer.status == "refused":
            self._refusals.inc()
        for problem in answer.trace.problems:
            # What a model failed at as a whole is no claim.
            if not problem.claim and problem.check.startswith("model_"):
                self._fallbacks.labels(problem.check.removeprefix("model_")).inc()
            else:
                self._dropped.labels(problem.check).inc()


class Measured:
    """Counts and times every request of an application."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = time.perf_counter()
        try:
            await self._app(scope, receive, sent)
        finally:
            method = scope["method"] if scope["method"] in _METHODS else "other"
            seconds = time.perf_counter() - started
            self._metrics.requested(_route(scope), method, status, seconds)


def _route(scope: Scope) -> str:
    """The template of the route that took a request, or the folder of static files."""
    if "app_root_path" in scope:
        return str(scope["root_path"]).removeprefix(scope["app_root_path"])
    return getattr(scope.get("route"), "path", _UNMATCHED)


@router.get(
    "/metrics",
    summary="运行指标（Prometheus）",
    response_class=Response,
    responses={200: {"content": dict.fromkeys(_MEDIA, _TEXT)}},
)
def metrics(request: Request) -> Response:
    """The metrics, in the format that the scraper asks for."""
    registered: Metrics = request.app.state.metrics
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(registered.registry), media_type=media_type)
