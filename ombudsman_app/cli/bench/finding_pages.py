"""The pages of findings that are compared between sizes: the register by its ways of asking, the portal."""

from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office, RepresentativeOffice
from ombudsman_app.findings.models import Finding

from .actors import cookie_of
from .pages import Goal, Page, Prepared
from .serving import Request

_REGISTER = "/staff/findings"
_WAYS = {
    "register, overview": "",
    "register, page on": "?after=2026-01-01.1",
    "register, overdue": "?overdue=yes",
    "register, kind": "?kind=improvement_suggestion",
}


def finding_pages(app: Flask, office_code: str) -> list[Page]:
    """Return the pages of one office, and of whom it watches the one with most. Raises LookupError."""
    with app.app_context():
        here = db.session.scalar(select(RepresentativeOffice).where(RepresentativeOffice.code == office_code))
        most = db.session.scalar(
            select(Office)
            .join(Finding, Finding.office_id == Office.id)
            .where(Finding.representative_office_id == (here.id if here else 0))
            .group_by(Office.id)
            .order_by(func.count().desc(), Office.id)
            .limit(1)
        )
        if here is None or most is None:
            raise LookupError(office_code)
        slug = most.slug
        staff = cookie_of(app, Role.PREVENTION_ASSISTANT, here)
        portal = cookie_of(app, Role.OFFICE_OFFICER, most)

    def always(address: str, cookie: str) -> Prepared:
        return lambda number: [Request(address, cookie)] * number

    ways = {**_WAYS, "register, office": f"?office={slug}"}
    return [
        *(Page(name, Goal(statements=6), always(f"{_REGISTER}{way}", staff)) for name, way in ways.items()),
        Page("portal, inbox", Goal(statements=4), always("/portal/findings", portal)),
    ]
