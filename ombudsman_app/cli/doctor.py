"""`ombudsman doctor`: look at everything a caretaker would, change nothing, and say what to do."""

import sqlite3
import sys
from contextlib import closing
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from ombudsman_app.core.config import Settings, settings_from
from ombudsman_app.core.errors import UnsafeSettings

from .lines import Plain, print_line

if TYPE_CHECKING:
    from flask import Flask

    from ombudsman_app.operations.doctor.findings import Finding

_SIGNS = {"ok": "✓", "warn": "!", "bad": "✗"}
_COLOURS = {"ok": "green", "warn": "yellow", "bad": "red"}


@click.command(cls=Plain)
@click.option("--json", "as_json", is_flag=True, help="A JSON line for each finding.")
def doctor(*, as_json: bool) -> None:
    """Look at settings, keys, database, trail, files, jobs, servers, backups; change nothing.

    Exit 0: all is well; 1: something to look at in the next days; 2: something to act on now.
    """
    from ombudsman_app.operations.doctor.examining import examine
    from ombudsman_app.operations.doctor.findings import LEVELS, bad, worst

    findings: list[Finding] = []

    def say(found: "Finding") -> None:
        findings.append(found)
        print_line(asdict(found)) if as_json else _print(found)

    try:
        settings = settings_from()
    except UnsafeSettings as refused:
        say(bad("settings", str(refused)))
        sys.exit(2)
    app, trouble = _opened(settings)
    try:
        for found in examine(settings, app):
            say(found)
        if trouble:
            say(bad("database", trouble))
    finally:
        if app is not None:
            app.extensions["engine"].dispose()
    sys.exit(LEVELS.index(worst(findings)))


def _opened(settings: Settings) -> tuple["Flask | None", str]:
    """Return an application that can only read, or why there is none. Makes no key, file or table."""
    from flask import Flask

    from ombudsman_app.app import evidence_of_acts, import_models
    from ombudsman_app.core.db import db
    from ombudsman_app.core.sealing import keyring_from

    try:
        reading = _reading(settings)
        ring = keyring_from(settings.keys, may_create=False)
    except (UnsafeSettings, OSError, sqlite3.Error) as refused:
        return None, f"it cannot be looked at: {refused}"
    import_models()
    app = Flask("ombudsman_app")
    app.extensions |= {"settings": settings, "keyring": ring, "evidence_of_acts": evidence_of_acts()}
    db.init_app(app, reading)
    return app, ""


def _reading(settings: Settings) -> Settings:
    """Return settings with an address under which nothing can be written; a missing file stays missing."""
    from ombudsman_app.operations.backup.database import engine_name
    from ombudsman_app.operations.backup.errors import PlaceRefused
    from ombudsman_app.operations.backup.sqlite import file_of

    try:
        if engine_name(settings.database_url) != "sqlite":
            return settings
        path = file_of(settings.database_url)
    except PlaceRefused as refused:
        raise UnsafeSettings(str(refused)) from None
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw:
        (mode,) = raw.execute("PRAGMA journal_mode").fetchone()
    if mode != "wal":
        raise UnsafeSettings(f"SQLite keeps its log as {mode}; start the service once, it sets WAL")
    return replace(settings, database_url=f"sqlite:///file:{path}?mode=ro&uri=true")


def _print(found: "Finding") -> None:
    sign = click.style(_SIGNS[found.level], fg=_COLOURS[found.level], bold=True)
    click.echo(f"{sign} {found.area:<12} {found.text}")
    if found.advice and found.level != "ok":
        click.echo(f"  {'':<12} → {found.advice}")
