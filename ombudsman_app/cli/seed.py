"""`ombudsman seed reference|demo`: what the product knows from the start, and invented cases to look at."""

from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

import click

# Loaders in the order in which they need each other. Each is a function without arguments inside an
# application context, may run twice without harm, and returns one sentence to print, or None.
REFERENCE_LOADERS = (
    "ombudsman_app.core.workflow.commands:load_shipped",
    "ombudsman_app.directory.commands:load_reference",
    "ombudsman_app.audits.commands:load_shipped",
    "ombudsman_app.coverage.commands:load_shipped_figures",
    "ombudsman_app.coverage.local_rule_seeds:load",
    "ombudsman_app.coverage.innovation_seeds:load",
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
    "ombudsman_app.coverage.meeting_demo:load",
    "ombudsman_app.coverage.outreach_demo:load",
    "ombudsman_app.coverage.local_rule_demo:load",
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

    from .servers import own_servers

    try:
        settings = settings_from()
        if is_demo and settings.is_production:
            raise UnsafeSettings("The demonstration has no place in production: its people are invented.")
        app = create_app(settings)
        with own_servers(settings) if is_demo else nullcontext():
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


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    raise SystemExit(2)
