"""Outreach events as officers write them down. Call inside an application context."""

from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.coverage.commands.outreach import cancel_outreach, plan_outreach, report_outreach
from ombudsman_app.coverage.commands.outreach_inputs import OutreachInput, ResultInput
from ombudsman_app.coverage.models import OutreachEvent
from ombudsman_app.coverage.outreach_states import KnownBy, OutreachState, TargetGroup
from ombudsman_app.coverage.queries.outreach import visible_event

from .complaints import office_id
from .employers import PLACES, keeper_of, region_id
from .findings import person

ZONE = "Asia/Makassar"
TITLE = "Sosialisasi untuk nelayan"
BRANCHES = {"MAM": "kc_mamuju", "KPG": "kc_ntt"}  # who holds it


def given_event(office: str = "MAM", **more: Any) -> OutreachInput:
    """An event of the branch there, yesterday at nine."""
    values: dict[str, Any] = {
        "title": TITLE,
        "region_id": region_id(PLACES[office]),
        "office_id": office_id(BRANCHES[office]),
        "on": yesterday(),
        "at": time(9),
        "until": time(11),
        "venue": "Balai desa",
        "district": "Kecamatan Contoh",
        "groups": (TargetGroup.FISHER, TargetGroup.NON_WAGE),
        **more,
    }
    return OutreachInput(**values)


def yesterday() -> date:
    return today(ZONE) - timedelta(days=1)


def OutreachFactory(
    state: OutreachState = OutreachState.PLANNED,
    *,
    office: str = "MAM",
    keeper: Actor | None = None,
    result: ResultInput | None = None,
    **given: Any,
) -> OutreachEvent:
    """An event brought into this state by the commands."""
    keeper = keeper or keeper_of(office)
    made = plan_outreach(given_event(office, **given), actor=keeper)
    if state is OutreachState.HELD:
        came = result or ResultInput(
            participants=42, women=20, men=22, known_by=KnownBy.ATTENDANCE_LIST, asked_most="Berapa iurannya?"
        )
        report_outreach(made, came, version=made.version, actor=keeper)
    if state is OutreachState.CANCELLED:
        cancel_outreach(made, "Jalan putus karena hujan.", version=made.version, actor=keeper)
    return fresh(made)


def fresh(made: OutreachEvent) -> OutreachEvent:
    """The event as it stands."""
    found = select(OutreachEvent).where(OutreachEvent.id == made.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def whole(made: OutreachEvent, office: str = "MAM") -> OutreachEvent:
    """The event with all that a page needs."""
    found = visible_event(keeper_of(office), made.id)
    assert found is not None
    return found


def officer_of_branch(office: str = "MAM") -> Actor:
    """Somebody who answers for the branch in the portal."""
    return person(Role.OFFICE_OFFICER, portal_office=BRANCHES[office])
