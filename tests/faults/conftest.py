"""Shared by the tests of faults: web processes that can be killed, and spoken to by any client."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from ..house.service import answer, free_port, wait_until

SERVE = """
import sys
from werkzeug.serving import make_server
from ombudsman_app.app import create_app
make_server("127.0.0.1", int(sys.argv[1]), create_app(), threaded=True).serve_forever()
"""
Serve = Callable[[], tuple[subprocess.Popen[bytes], int]]


@pytest.fixture
def serve(app: Flask) -> Iterator[Serve]:
    """Start web processes on the database of the test; all of them are ended."""
    started: list[subprocess.Popen[bytes]] = []
    settings = app.extensions["settings"]
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OMBUDSMAN_")},
        "OMBUDSMAN_DATA": str(settings.data_dir),
        "OMBUDSMAN_DATABASE_URL": settings.database_url,
        "OMBUDSMAN_LOG_LEVEL": "ERROR",
    }

    def start() -> tuple[subprocess.Popen[bytes], int]:
        port = free_port()
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(port)], env=environ)
        started.append(process)
        wait_until(lambda: answer(port) == 200, why="the web process")
        return process, port

    yield start
    for process in started:
        process.kill()
        process.wait()
