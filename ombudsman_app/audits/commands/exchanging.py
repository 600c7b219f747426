"""Instruments as XLSForm: what reads or writes sheets is work for later, the request only asks for it."""

import hashlib
from uuid import UUID

from ombudsman_app.audits.errors import InstrumentRefused
from ombudsman_app.audits.instrument_draft import Content, read_draft
from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.policies import WRITE_INSTRUMENT
from ombudsman_app.audits.queries.instrument_orders import READ_FORM, WRITE_FORM
from ombudsman_app.core.changing import demand
from ombudsman_app.core.db import command
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced import store

from .instruments import take_in_version


@command
def order_xlsform(found: InstrumentVersion, *, actor: Actor) -> UUID:
    """Have a version written as XLSForm; return the job. It is kept for whoever asked, for a day.

    Raises InstrumentRefused with every problem for a draft that cannot be scored.
    """
    definition, problems = read_draft(found.content)
    if definition is None:
        raise InstrumentRefused(why="problems", problems=problems)
    return enqueue(WRITE_FORM, actor=actor, arguments={"version": found.id})


@command
def order_reading(content: bytes, *, form_key: str, actor: Actor) -> UUID:
    """Have a sheet read and taken in as a draft; return the job. Sent again by the same form it is that one.

    The bytes lie apart until the job has read them; forgotten ones are swept up.
    """
    demand(WRITE_INSTRUMENT, actor, None)
    arguments = {
        "file": str(store.write(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "form_key": form_key,
    }
    return enqueue(READ_FORM, actor=actor, arguments=arguments, once=f"{actor.user_id}:{form_key}")


@command
def take_in_read(content: Content, work: Work, *, actor: Actor) -> None:
    """Make a draft of what a job has read, and end the job with it. Raises InstrumentRefused, LeaseLost."""
    work.hold()
    made = take_in_version(content, form_key=str(work.arguments["form_key"]), actor=actor)
    work.finish(version=made.id if made else 0)
