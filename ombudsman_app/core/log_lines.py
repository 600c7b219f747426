"""How a log line is made, so that no value slips into it, and written, so that a full disk stops nothing."""

import json
import logging
import os
import select
import sys
from types import TracebackType
from typing import Any

from .clock import now
from .trail.record import request_id

# Everything else is dropped; `dropped` names the fields so that somebody notices.
FIELDS = (
    "time", "level", "event", "logger", "request_id", "method", "endpoint", "status", "duration_ms",
    "user_id", "client", "job_id", "part", "pid", "count", "code", "error", "cause", "place", "trace",
    "dropped", "lost",
)  # fmt: skip
PLAIN_LOGGERS = ("ombudsman", "gunicorn", "alembic")  # their sentences without arguments hold no values
LEAST_SECRET_NUMBER = 10_000_000  # longer ones may be a NIK or a phone; counts and process ids are shorter
LINE_BYTES = 4_000  # below PIPE_BUF: a ready pipe takes it whole, lines of several processes never mix
TEXT_LENGTH = 200
FRAMES = 12


class SafeTarget(logging.Handler):
    """Writes what can be taken at once, counts the rest and says so with the next line (LG4)."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self.descriptor = descriptor
        self.lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        try:
            record.lost = self.lost or None
            self._write(self.format(record).encode()[:LINE_BYTES] + b"\n")
        except Exception:  # a log line is never worth a request
            self.lost += 1
        else:
            self.lost = 0

    def _write(self, line: bytes) -> None:
        ready = select.poll()
        ready.register(self.descriptor, select.POLLOUT)
        if not any(state & select.POLLOUT for _, state in ready.poll(0)):
            raise BlockingIOError
        os.write(self.descriptor, line)


class Line(logging.Formatter):
    """One JSON object of listed fields, whoever wrote the line."""

    def format(self, record: logging.LogRecord) -> str:
        given: Any = record.msg  # structlog hands its fields over here
        fields = dict(given) if isinstance(given, dict) else _foreign(record)
        error = _error_of(fields.pop("exc_info", None) or record.exc_info)
        fields |= {
            "time": now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "pid": os.getpid(),
            "request_id": fields.get("request_id") or request_id.get() or None,
            "lost": getattr(record, "lost", None),
            **(described(error) if error else {}),
        }
        fields["dropped"] = sorted(fields.keys() - set(FIELDS)) or None
        kept = {name: _short(fields[name]) for name in FIELDS if fields.get(name) is not None}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def described(error: BaseException) -> dict[str, Any]:
    """Return class, cause and places (module:function:line, outermost first) of an exception; no values."""
    trace = _places(error.__traceback__)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return {
        "error": _class_name(error),
        "cause": _class_name(cause) if cause else None,
        "place": trace[-1] if trace else None,
        "trace": trace[-FRAMES:],
    }


def _foreign(record: logging.LogRecord) -> dict[str, Any]:
    """Rebuild a line of a library from its template, without the values put into it."""
    template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    if isinstance(record.args, tuple) and record.args:
        shown = tuple(value if _is_harmless(value) else "…" for value in record.args)
        try:
            return {"event": template % shown}
        except (TypeError, ValueError):
            return {"event": template}
    if record.args or record.name.startswith(PLAIN_LOGGERS):
        return {"event": template}
    # Without arguments the sentence may have been put together from anything.
    return {"event": "foreign line", "place": f"{record.module}:{record.funcName}:{record.lineno}"}


def _is_harmless(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < LEAST_SECRET_NUMBER


def _error_of(given: Any) -> BaseException | None:
    """Find the exception in what callers pass as exc_info: itself, a triple, or just True."""
    if isinstance(given, BaseException):
        return given
    if isinstance(given, tuple):
        found: BaseException | None = given[1]
        return found
    return sys.exc_info()[1] if given else None


def _class_name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(traceback: TracebackType | None) -> list[str]:
    found = []
    while traceback is not None:
        frame = traceback.tb_frame
        found.append(f"{frame.f_globals.get('__name__')}:{frame.f_code.co_name}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return found


def _short(value: Any) -> Any:
    if isinstance(value, int | float):
        return value
    if isinstance(value, list):
        return [_short(part) for part in value]
    return str(value)[:TEXT_LENGTH]
