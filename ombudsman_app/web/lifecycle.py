"""What frames each request: its id, whether it only reads, its one line in the log."""

import os
import secrets
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any

from flask import Flask, Request, Response, g, request

from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.db import read_only, stand_behind_wall
from ombudsman_app.core.logs import log_request
from ombudsman_app.core.trail.record import request_id

from .templating import PlainGlobals

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
PORTAL_PREFIX = "/portal"


class KawalRequest(Request):
    """A request whose files touch no disk in clear (PD9): they lie in memory until they are sealed."""

    def _get_file_stream(self, *_given: Any, **_more: Any) -> IO[bytes]:
        return os.fdopen(os.memfd_create("form", os.MFD_CLOEXEC), "w+b")


class KawalFlask(Flask):
    """Flask that knows before its first statement whether a request only reads (OU4, DI1), and whether it is
    one of the portal, which stands behind the second wall (AZ12)."""

    jinja_environment = PlainGlobals
    request_class = KawalRequest

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No function of ours is a coroutine: nobody needs to look at each again on every request."""
        return func

    def wsgi_app(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        read_only(environ["REQUEST_METHOD"] in READING_METHODS)
        stand_behind_wall(f"{environ.get('PATH_INFO', '')}/".startswith(PORTAL_PREFIX + "/"))
        return super().wsgi_app(environ, start_response)


def init_lifecycle(app: Flask) -> None:
    """Begin and end each request. The id stands on error pages, in the log and on the trail."""

    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = monotonic()
        request_id.set(g.request_id)

    def end(response: Response) -> Response:
        if "began" in g:
            log_request(
                request_id=g.request_id,
                method=request.method,
                endpoint=request.endpoint or "unknown",
                status=response.status_code,
                duration_ms=round((monotonic() - g.began) * 1000, 1),
                user_id=_user_id(),
                address=request.remote_addr,
            )
        return response

    app.before_request(begin)
    app.after_request(end)


def _user_id() -> Any:
    return g.actor.user_id if "actor" in g else None
