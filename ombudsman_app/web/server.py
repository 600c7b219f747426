"""Settings of gunicorn: `gunicorn -c python:ombudsman_app.web.server` starts the web processes anywhere.

The app is named as text, since this floor does not know the one above it.
"""

import gc
import logging
import os
import sys
from types import TracebackType
from typing import Any

from gunicorn.glogging import Logger

from ombudsman_app.core.config import settings_from
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.logs import configure_logs

os.umask(0o077)  # whatever a process writes, database included, is for its owner alone

_settings = settings_from()

wsgi_app = "ombudsman_app.app:create_app()"
proc_name = "kawal-layanan"
bind = (
    f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
)
workers = _settings.web_processes

# Behind a proxy that buffers, single-threaded processes are the fastest. Without one, a phone on a slow
# line, or a browser that opens connections in reserve, must not hold a whole process.
worker_class, threads = ("sync", 1) if _settings.proxy_hops else ("gthread", 4)

preload_app = True  # read once, shared by all: less memory, and a bad configuration stops the start
timeout = 30
graceful_timeout = 15
keepalive = 5
max_requests = 20_000  # a slow leak never gets far
max_requests_jitter = 2_000
# The heartbeat file lies in memory where it can: a busy disk must not look like a dead process.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True

# Whom to believe about the client is decided once, by OMBUDSMAN_PROXY_HOPS (OU5): not here as well.
forwarded_allow_ips = ""

# As long as gunicorn can: what it refuses itself (400, 414, 431) it answers without our headers, in fixed
# words on an empty page. Longer bodies reach the gate, which answers 413 with a page.
limit_request_line = 8_190
limit_request_fields = 100
limit_request_field_size = 8_190

accesslog = None  # our own line per request replaces it (LG3)


class JsonLogger(Logger):  # type: ignore[misc]
    """Hands gunicorn's own lines to ours."""

    def setup(self, cfg: Any) -> None:
        sys.excepthook = _say_why
        configure_logs(_settings)
        super().setup(cfg)
        for log in (logging.getLogger("gunicorn.error"), logging.getLogger("gunicorn.access")):
            log.handlers.clear()
            log.propagate = True
            log.setLevel(logging.NOTSET)


logger_class = JsonLogger


def _say_why(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A start that is refused says so in one sentence (FB4)."""
    if isinstance(error, UnsafeSettings):
        sys.stderr.write(f"{error}\n")
    else:
        sys.__excepthook__(kind, error, trace)


def when_ready(server: Any) -> None:
    """Close what the start opened and set its objects aside, so that forking shares both cleanly."""
    server.app.wsgi().extensions["engine"].dispose()
    gc.freeze()
