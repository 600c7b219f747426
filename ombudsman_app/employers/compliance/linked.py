"""Compliance cases on the page of an employer: a line for each, and the button that opens one."""

from flask import url_for
from flask_babel import gettext as _

from ombudsman_app.core.policy import Actor
from ombudsman_app.employers import doors, links
from ombudsman_app.employers.formats import SHORT_BREACHES
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.queries.cases import cases_of_employer

from .policies import OPEN
from .words import breach_words, case_state


def _lines(employer_id: int, actor: Actor) -> list[links.Linked]:
    return [
        links.Linked(
            title=_("Compliance case %(reference)s", reference=one.reference),
            detail=f"{case_state(one.state)} · {breach_words(one.breaches, SHORT_BREACHES)}",
            on=one.opened_on,
            endpoint="staff.compliance.case",
            values={"case_id": one.id},
        )
        for one in cases_of_employer(actor, employer_id)
    ]


def _open_one(actor: Actor, employer: Employer) -> doors.Door | None:
    if not employer.open_breaches or not employer.is_listed or not OPEN.allows(actor, employer):
        return None
    return doors.Door(_("Open a compliance case"), url_for("staff.compliance.new", employer=employer.id))


def _all(actor: Actor) -> doors.Door | None:
    del actor
    return doors.Door(_("Compliance cases"), url_for("staff.compliance.cases"))


def register_all() -> None:
    """Make line and buttons known; called once at start."""
    links.register(_lines)
    doors.on_employer(_open_one)
    doors.on_register(_all)
