"""All checks, one after the other; one that breaks is a finding, not the end."""

from collections.abc import Iterator

from flask import Flask

from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db, read_only

from . import machine, store
from .findings import Check, Finding, bad


def examine(settings: Settings, app: Flask | None) -> Iterator[Finding]:
    """Yield all findings. `app` is None where database or keys cannot be opened, which was told then."""
    of_the_machine, of_the_store = machine.CHECKS, store.CHECKS
    for check in of_the_machine:
        yield from _guarded(check, settings)
    if app is None:
        return
    for check in of_the_store:
        with app.app_context():
            read_only(True)
            yield from _guarded(check, settings)
            db.session.rollback()


def _guarded(check: Check, settings: Settings) -> Iterator[Finding]:
    try:
        yield from check(settings)
    except Exception as failed:
        area = check.__name__.replace("_", " ")
        words = str(failed).splitlines()[0][:200] if str(failed) else ""
        yield bad(area, f"could not be looked at: {type(failed).__name__}: {words}", "see the other lines")
