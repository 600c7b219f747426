"""The application for one command: opened with its settings, left with its connections closed."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def opened_app() -> Iterator[None]:
    """Stay inside an application context. Raises UnsafeSettings as every start does."""
    from ombudsman_app.app import create_app

    app = create_app()
    try:
        with app.app_context():
            yield
    finally:
        app.extensions["engine"].dispose()
