"""The real product on a free port of this machine, as a browser meets it."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy import text
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.directory import demo
from tests.conftest import _Templates, fresh_app


class _Quiet(WSGIRequestHandler):
    """Keeps connections open, as the real server does, and prints nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002
        pass


@dataclass
class Calendar:
    """How far the product is ahead of the real clock; every request is answered at that instant."""

    ahead: timedelta = timedelta()

    def over(self, wsgi: Any) -> Any:
        def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
            if not self.ahead:
                return wsgi(environ, start)  # type: ignore[no-any-return]
            with stopped_at(now() + self.ahead):
                return list(wsgi(environ, start))

        return answer


@dataclass
class Site:
    """A running product with the counters of the demonstration. `app` is for factories and for counting."""

    app: Flask
    port: int
    _server: BaseWSGIServer
    _thread: Thread
    _calendar: Calendar = field(default_factory=Calendar)

    @contextmanager
    def later(self, days: int) -> Iterator[None]:
        """Live so many days ahead, the product and whoever asks inside this block."""
        before, self._calendar.ahead = self._calendar.ahead, timedelta(days=days)
        try:
            with stopped_at(now() + self._calendar.ahead):
                yield
        finally:
            self._calendar.ahead = before

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def forget_codes(self) -> None:
        """Let the codes that were used be good once more."""
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("update user_account set totp_last_step = null"))

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def running(templates: _Templates, folder: Path, **settings: object) -> Iterator[Site]:
    """Start the product on a database of its own; localhost, so that the browser trusts it like https."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        settings = {"public_url": f"http://localhost:{port}", "port": port, "log_level": "ERROR", **settings}
        with fresh_app(templates, "sqlite", folder, **settings) as app:
            with app.app_context():
                demo.load()
            calendar = Calendar()
            served = calendar.over(app)
            server = make_server(
                "127.0.0.1", port, served, threaded=True, request_handler=_Quiet, fd=listener.fileno()
            )
            thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
            thread.start()
            site = Site(app, port, server, thread, calendar)
            try:
                yield site
            finally:
                site.close()
