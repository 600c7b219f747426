"""Receipt of a forwarded case is proven; from then on the branch must act (design.md §12)."""

from datetime import datetime

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.deadlines import day_zero
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Delivery
from ombudsman_app.employers.compliance.policies import READ_FORWARDED
from ombudsman_app.employers.compliance.rules import FORWARDING, CaseState, Recipient, limit_after
from ombudsman_app.employers.models import CaseForwarding, EmployerComplianceCase

from .clocks import ClockStart, start_clock
from .moving import SUBJECT, locked_case


@command
def open_forwarding(forwarding: CaseForwarding, *, actor: Actor) -> None:
    """Note that an officer of the office opened it: that proves receipt. Again changes nothing."""
    held = locked_case(forwarding.case_id)
    row = db.session.get_one(CaseForwarding, forwarding.id, populate_existing=True)
    demand(READ_FORWARDED, actor, row)
    if not row.is_received:
        _receive(held, row, now(), actor=actor, is_opened=True)


def receive_by_letter(forwarding_id: int, way: Delivery, *, actor: Actor) -> None:
    """The letter of a forwarded case arrived, on the day that its proof says. Called inside a command."""
    row = db.session.get_one(CaseForwarding, forwarding_id, populate_existing=True)
    held = locked_case(row.case_id)
    if way.delivered_at is not None and not row.is_received:
        _receive(held, row, way.delivered_at, actor=actor, is_opened=False)


def _receive(
    held: EmployerComplianceCase, row: CaseForwarding, at: datetime, *, actor: Actor, is_opened: bool
) -> None:
    row.is_received, row.received_at = True, at
    row.received_by_id = actor.user_id if is_opened else None
    touch(held)
    db.session.flush()
    changes = {"forwarding": row.id, "proof": "opened" if is_opened else "delivered"}
    record(Event.EMPLOYERS_CASE_RECEIVED, SUBJECT, held.id, actor=actor, changes=changes)
    limit = limit_after(FORWARDING)
    if row.recipient is not Recipient.BRANCH or held.state is not CaseState.FORWARDED or limit is None:
        return  # what was done meanwhile runs on by its own time
    office = db.session.get_one(Office, row.office_id)
    calendar = calendar_of(office.province_code)
    start = day_zero(at, held.representative_office.time_zone, limit.span[1], calendar)
    start_clock(held, ClockStart(FORWARDING, start, row.office_id), actor=actor)
