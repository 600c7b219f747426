"""`ombudsman seed reference|demo`: what the product knows from the start, and invented cases to look at."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ombudsman_app.core.clock import monotonic

if TYPE_CHECKING:
    from ombudsman_app.core.config import Settings

_PATIENCE_SECONDS = 20

# Loaders in the order in which they need each other. Each is a function without arguments inside an
# application context, may run twice without harm, and returns one sentence to print, or None.
REFERENCE_LOADERS = (
    "ombudsman_app.core.workflow.commands:load_shipped",
    "ombudsman_app.directory.commands:load_reference",
    "ombudsman_app.audits.commands:load_shipped",
)
DEMO_LOADERS = (
    "ombudsman_app.audits.demo:load_instrument",
    *REFERENCE_LOADERS,
    "ombudsman_app.directory.demo:load",
    "ombudsman_app.accounts.demo:load",
    "ombudsman_app.findings.demo:load",
    "ombudsman_app.complaints.demo:load",
    "ombudsman_app.audits.demo:load",
)


@click.group()
def seed() -> None:
    """Reference data and the demonstration."""


@seed.command()
def reference() -> None:
    """Load regions, offices and services as shipped. A second run changes nothing."""
    _run(REFERENCE_LOADERS)


@seed.command()
def demo() -> None:
    """Load the demonstration: facts of the seed articles, and cases marked DEMO."""
    _run(DEMO_LOADERS, is_demo=True)


def _run(loaders: tuple[str, ...], *, is_demo: bool = False) -> None:
    from sqlalchemy.exc import OperationalError, ProgrammingError

    from ombudsman_app.app import create_app
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.errors import UnsafeSettings
    from ombudsman_app.directory.errors import ReferenceBroken

    try:
        settings = settings_from()
        if is_demo and settings.is_production:
            raise UnsafeSettings("The demonstration has no place in production: its people are invented.")
        app = create_app(settings)
        with _drawing(settings) if is_demo else nullcontext():
            for name in loaders:
                module, _, function = name.partition(":")
                with app.app_context():
                    said = getattr(import_module(module), function)()
                if said is not None:
                    click.echo(f"Sign-ins: {said}" if isinstance(said, Path) else str(said))
    except (UnsafeSettings, ReferenceBroken) as refused:
        _refuse(str(refused))
    except (OperationalError, ProgrammingError):
        _refuse("The database is not ready: run `ombudsman db upgrade` first.")


@contextmanager
def _drawing(settings: "Settings") -> Iterator[None]:
    """Let a render server of our own draw the letters that offices open in the demonstration.

    None is started where one runs; where none comes up, those stories stand still at their letter.
    """
    from ombudsman_app.core.children import is_there

    from .run import child_server_part

    part = child_server_part(settings, "render")
    if is_there(settings.run_dir, "render"):
        yield
        return
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    child = subprocess.Popen(part.command, env={}, start_new_session=True)  # noqa: S603 - our own command
    try:
        began = monotonic()
        while not part.is_ready() and child.poll() is None and monotonic() - began < _PATIENCE_SECONDS:
            time.sleep(0.1)
        yield
    finally:
        child.terminate()
        child.wait(_PATIENCE_SECONDS)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    raise SystemExit(2)
