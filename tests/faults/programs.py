"""Runners, workers and relays of the real product as programs, on the database of a test."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from types import MappingProxyType
from typing import Any

from flask import Flask

PROGRAM = """
import sys
from ombudsman_app.app import create_app
import tests.core.jobs_for_tests
app = create_app()
if sys.argv[1] == "runner":
    from ombudsman_app.core.jobs.runner import Runner
    Runner(app).run()
elif sys.argv[1] == "worker":
    from ombudsman_app.core.jobs.queue import serve
    serve(app)
else:
    from ombudsman_app.core.jobs.relay import look_after
    with app.app_context():
        look_after()
"""


def start(
    app: Flask,
    what: str,
    *,
    crash_at: str = "",
    redis_url: str = "",
    under: Sequence[str] = (),
    environ: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """Start one. `under` is a script that runs it, such as house/as_unit.py with its unit."""
    settings = app.extensions["settings"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OMBUDSMAN_")}
    return subprocess.Popen(
        [sys.executable, *under, "-c", PROGRAM, what],
        env={
            **plain,
            "OMBUDSMAN_DATA": str(settings.data_dir),
            "OMBUDSMAN_DATABASE_URL": settings.database_url,
            "OMBUDSMAN_LOG_LEVEL": "ERROR",
            "OMBUDSMAN_TEST_CRASH_AT": crash_at,
            "OMBUDSMAN_REDIS_URL": redis_url,
            **environ,
        },
        start_new_session=True,
    )


@contextmanager
def running(app: Flask, what: str, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = start(app, what, **more)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()
