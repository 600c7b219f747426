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
    "ombudsman_app.coverage.commands:load_shipped_figures",
    "ombudsman_app.coverage.local_rule_seeds:load",
)
DEMO_LOADERS = (
    "ombudsman_app.audits.demo:load_instrument",
    *REFERENCE_LOADERS,
    "ombudsman_app.directory.demo:load",
    "ombudsman_app.accounts.demo:load",
    "ombudsman_app.findings.demo:load",
    "ombudsman_app.employers.demo:load",
    "ombudsman_app.employers.project_demo:load",
    "ombudsman_app.employers.import_demo:load",
    "ombudsman_app.employers.case_demo:load",
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
        with _children(settings) if is_demo else nullcontext():
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
def _children(settings: "Settings") -> Iterator[None]:
    """Let servers of our own draw letters and read lists for the demonstration.

    None is started where one runs; where none comes up, those stories stand still where they need it.
    """
    from ombudsman_app.core.children import SERVERS, is_there

    from .run import child_server_part

    settings.run_dir.mkdir(parents=True, exist_ok=True)
    parts = [child_server_part(settings, name) for name in SERVERS if not is_there(settings.run_dir, name)]
    children = [
        subprocess.Popen(part.command, env={}, start_new_session=True)  # noqa: S603 - our own command
        for part in parts
    ]
    try:
        began = monotonic()
        while not all(
            part.is_ready() or child.poll() is not None for part, child in zip(parts, children, strict=True)
        ):
            if monotonic() - began > _PATIENCE_SECONDS:
                break
            time.sleep(0.1)
        yield
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(_PATIENCE_SECONDS)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    raise SystemExit(2)
