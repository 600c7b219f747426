"""`ombudsman runner | worker | relay`: the programs that do what the pages put off."""

import signal
import sys
from importlib import import_module
from types import FrameType

import click

from ombudsman_app.core.config import settings_from
from ombudsman_app.core.errors import UnsafeSettings

from .lines import BadInput, Plain


@click.command(cls=Plain)
def runner() -> None:
    """Do jobs from the table, without any queue; find lost ones; fire periodic work."""
    from ombudsman_app.app import create_app
    from ombudsman_app.core.jobs.runner import Runner

    try:
        app = create_app()
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None
    _load_signing()
    Runner(app).run()


@click.command(cls=Plain)
def worker() -> None:
    """Do jobs when the Redis queue says so (OMBUDSMAN_REDIS_URL)."""
    from ombudsman_app.app import create_app
    from ombudsman_app.core.jobs.queue import serve

    _demand_queue()
    _load_signing()
    serve(create_app())


@click.command(cls=Plain)
@click.option("--once", is_flag=True, help="One round, for a timer.")
def relay(*, once: bool) -> None:
    """Find lost jobs, fire periodic work and wake the workers, every half minute."""
    from sqlalchemy.exc import SQLAlchemyError

    from ombudsman_app.app import create_app
    from ombudsman_app.core.jobs.relay import EVERY_SECONDS, look_after
    from ombudsman_app.core.logs import logger

    app = create_app()
    stopping = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
    for sign in stopping:
        signal.signal(sign, _end)
    while True:
        try:
            with app.app_context():
                look_after()
        except SQLAlchemyError as away:
            logger.warning("the database cannot be asked", code=type(away).__name__)
        if once:
            return
        signal.sigtimedwait(set(), EVERY_SECONDS)


def _load_signing() -> None:
    """Import once what every attempt that signs would import anew after its fork: a second of work each."""
    import_module("ombudsman_app.documents.pades")


def _demand_queue() -> None:
    try:
        settings = settings_from()
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None
    if not settings.redis_url:
        raise BadInput("OMBUDSMAN_REDIS_URL names no queue; without one use `ombudsman runner`")


def _end(_sign: int, _frame: FrameType | None) -> None:
    sys.exit(0)
