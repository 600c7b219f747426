"""Our application inside this process, without a line in its log for each request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask

from ombudsman_app.app import create_app
from ombudsman_app.core.config import Settings


@contextmanager
def quiet_app(settings: Settings) -> Iterator[Flask]:
    """Give the application with these settings; its connections are closed afterwards."""
    app = create_app(replace(settings, log_level="ERROR"))
    try:
        yield app
    finally:
        app.extensions["engine"].dispose()
