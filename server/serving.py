"""``tiaowen serve``: one process, or several that share a port and the pages of an index."""

from __future__ import annotations

import argparse
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from threadpoolctl import threadpool_limits

from corpus.errors import IndexFolderError
from indexer.clause_index import ClauseIndex
from server.assembly import open_served, ready_index, remembering, warm
from server.commands import bound
from server.console import Bar, complain, say, write
from server.operating.logs import UVICORN, start_logging
from server.settings import Settings
from server.starting import imported
from server.stopping import CLOSED

if TYPE_CHECKING:
    from server.assistant import Assistant
    from server.keeping.gate import Access

__all__ = ["Application", "serve"]

_LOG = logging.getLogger("tiaowen")
_WHO = {
    "all": "不要密钥，对所有人开放 / open to everybody, without a key",
    "none": "需要密钥，网页在 /login 登录 / a key is needed; people sign in at /login",
}


#: Seconds until questions to suggest are made, which costs as much as many answers.
_LATER = 3.0
#: Seconds for which a thread has the interpreter to itself.
_TURN = 0.002
#: Seconds that a connection is kept for the next request: longer than proxies keep theirs (60), whose
#: request would else meet a connection that is just being closed.
_KEPT = 75
#: Seconds in which a worker must show that it is alive; under load all take turns.
_ALIVE = 15


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the page and the API until stopped."""
    # What is wrong with the settings is said before anything is made ready.
    access = imported("server.keeping.opening").open_access(settings, options.host)
    try:
        write("正在准备索引与模型… / preparing index and model…")
        if options.workers > 1:
            _run_several(_application(options, settings), options, access)
        else:
            assistant, problem = open_served(settings, Bar(), say)
            _tell(assistant.index, problem)
            _run(_application_over(settings, assistant, access, problem), options, access)
    finally:
        if access.keeper:
            access.keeper.close()
    return 0


def _application(options: argparse.Namespace, settings: Settings) -> Application:
    """What each worker makes: the index is made ready once, by the parent, which asks nothing."""
    try:
        index = ready_index(settings, Bar(), say)
        _tell(index, None)
        folder = index.folder.parent
    except IndexFolderError as error:
        # Workers look for the generation before.
        if settings.index is None:
            raise
        folder = settings.index
        complain(error.message)
    return Application(settings.model_copy(update={"index": folder}), options.host)


def _tell(index: ClauseIndex, problem: IndexFolderError | None) -> None:
    if problem:
        complain(f"{problem.message}（改用上一版 / the generation before is asked）")
    manifest = index.manifest
    write(f"{manifest.documents} 份文件，{manifest.clauses} 条款 / documents, clauses")


@dataclass(frozen=True)
class Application:
    """Makes the application in a worker process."""

    settings: Settings
    host: str

    def __call__(self) -> Any:
        """Open everything anew: nothing but settings comes from the parent process."""
        from server.keeping.opening import open_access

        access = open_access(self.settings, self.host)
        assistant, problem = open_served(self.settings)
        return _application_over(self.settings, assistant, access, problem)


def _application_over(
    settings: Settings, assistant: Assistant, access: Access, problem: Any = None
) -> Any:
    """The application as the settings want it, warm."""
    from server.load import Load

    create_app = imported("server.app").create_app
    # Questions share the cores; several threads for one product would only wait for each other.
    threadpool_limits(1, "blas")
    # The loop takes its turn among the threads several times for each request.
    sys.setswitchinterval(_TURN)
    warm(assistant)
    start_logging(settings.log, settings.store_questions)
    app = create_app(
        remembering(assistant, settings),
        settings.max_body,
        access,
        settings.max_upload,
        settings.batches,
        settings.batch_questions,
        settings,
        Load(settings.queue, settings.threads),
        problem,
    )
    # After the first questions, which need none.
    suggesting = threading.Timer(_LATER, app.state.suggester.on, (date.today(),))
    suggesting.daemon = True
    suggesting.start()
    return app


def _run(app: Any, options: argparse.Namespace, access: Access) -> None:
    import uvicorn

    with _listening(options, access) as listener:
        uvicorn.Server(_config(app)).run(sockets=[listener])
        _LOG.info("stopped")


def _run_several(application: Application, options: argparse.Namespace, access: Access) -> None:
    """Run processes behind one listener; who dies is replaced."""
    from uvicorn.supervisors import Multiprocess

    config = _config(
        application, factory=True, workers=options.workers, timeout_worker_healthcheck=_ALIVE
    )
    with _listening(options, access) as listener:
        Multiprocess(config, sockets=[listener]).run()


def _config(app: Any, **more: Any) -> Any:
    import uvicorn

    # Who asks is told by the app, which believes only the proxies that the settings name.
    return uvicorn.Config(
        app,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEPT,
        timeout_graceful_shutdown=CLOSED,
        **UVICORN,
        **more,
    )


@contextmanager
def _listening(options: argparse.Namespace, access: Access) -> Iterator[socket.socket]:
    with bound(options.host, options.port) as listener:
        write(f"网页与接口 / page and API: http://{options.host}:{listener.getsockname()[1]}/")
        if access.without_key != "local":
            write(_WHO[access.without_key])
        _LOG.info("started", extra={"fields": {"host": options.host}})
        yield listener
