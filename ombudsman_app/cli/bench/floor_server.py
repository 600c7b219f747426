"""gunicorn for the floors: set up as for our pages behind a proxy, another application (`BENCH_APP`)."""

import gc
import os
from typing import Any

from ombudsman_app.cli.bench.floor_names import APP
from ombudsman_app.web import server

wsgi_app = os.environ[APP]
worker_class, workers, threads = server.worker_class, server.workers, server.threads
preload_app, timeout, keepalive = server.preload_app, server.timeout, server.keepalive
worker_tmp_dir, accesslog, logger_class = server.worker_tmp_dir, server.accesslog, server.JsonLogger
control_socket_disable = server.control_socket_disable


def when_ready(_server: Any) -> None:
    """Set the objects of the start aside, as ours does."""
    gc.freeze()
