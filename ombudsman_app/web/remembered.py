"""An answer that holds for a moment: whoever watches the house asks more often than it can change."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ombudsman_app.core.clock import monotonic

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]
_FINE = "200 OK"


@dataclass(frozen=True)
class _Answer:
    host: str
    until: float  # of the monotonic clock
    headers: Headers
    body: bytes


class Remembered:
    """Gives the answer of one address again for some seconds, in this process, as long as it was 200.

    Asked plainly only: GET, no query, the same host that the application accepted. Anything else, and every
    other answer, goes through the application each time, so a failure is told and ends at once.
    """

    def __init__(self, app: "WSGIApplication", path: str, *, seconds: float) -> None:
        self._app, self._path, self._seconds = app, path, seconds
        self._held: _Answer | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != self._path or not _is_plain(environ):
            return self._app(environ, start_response)
        held, host = self._held, environ.get("HTTP_HOST", "")
        if held is None or held.host != host or held.until <= monotonic():
            return self._asked(environ, start_response)
        start_response(_FINE, list(held.headers))
        return [held.body]

    def _asked(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        until = monotonic() + self._seconds  # counted from before the look, not from after it
        said: list[tuple[str, Headers]] = []

        def listen(status: str, headers: Headers, exc_info: Any = None, /) -> Any:
            said.append((status, headers))
            return start_response(status, headers, exc_info)

        parts = self._app(environ, listen)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        status, headers = said[-1]
        is_for_all = status == _FINE and all(name.lower() != "set-cookie" for name, _value in headers)
        host = environ.get("HTTP_HOST", "")
        self._held = _Answer(host, until, list(headers), body) if is_for_all else None
        return [body]


def _is_plain(environ: "WSGIEnvironment") -> bool:
    return environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING")
