"""The papers of a result, made known to the domain that issues them: report, rapor, certificate."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.kinds import DocumentKind, Matter, register

from . import paper_contents as contents
from . import result_sheet  # noqa: F401 - its job makes itself known
from .commands.papers import CERTIFICATE, REPORT, SCORECARD
from .models import Audit
from .policies import RELEASE, WRITE_REPORT
from .scope import SUBJECT, scope

_DRAWING_SECONDS = 240.0  # sixty photos


def _matter(folder: UUID) -> Matter | None:
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return None
    label = found.reference or f"#{found.id}"
    values = {"audit_id": found.id}
    return Matter(folder, found.representative_office_id, label, "staff.audits.audit", values)


def _visible(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).audits().with_only_columns(Audit.papers_id)
    return seen


def _seen(actor: Actor, folder: UUID) -> Audit | None:
    return db.session.scalar(scope(actor).audits().where(Audit.papers_id == folder))


def _writes(actor: Actor, folder: UUID) -> bool:
    found = _seen(actor, folder)
    return found is not None and WRITE_REPORT.allows(actor, found)


def _leads(actor: Actor, folder: UUID) -> bool:
    found = _seen(actor, folder)
    return found is not None and RELEASE.allows(actor, found)


def _nobody(_actor: Actor, _folder: UUID) -> bool:
    return False


def _heads(folder: UUID) -> list[int]:
    """Return who may approve: the heads of the office who declared no interest. 2 statements."""
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return []
    heads = accounts.people_with_role(
        Role.HEAD_OF_REPRESENTATIVE, found.representative_office_id, without_conflict=(SUBJECT, found.id)
    )
    return [person.user_id for person in heads]


register(
    DocumentKind(
        name=REPORT,
        label=N_("Audit report"),
        template="audits/pdf/audit_report.html",
        matter=_matter,
        visible=_visible,
        may_write=_writes,
        may_issue=_leads,
        content=contents.report,
        attached=contents.attached,
        approvers=_heads,
        addressees=("respondent",),
        is_for_reporter=False,
        drawing_seconds=_DRAWING_SECONDS,
    )
)
register(
    DocumentKind(
        name=SCORECARD,
        label=N_("Scorecard of an office"),
        template="audits/pdf/audit_scorecard.html",
        matter=_matter,
        visible=_visible,
        may_write=_nobody,
        may_issue=_leads,
        content=contents.scorecard,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
register(
    DocumentKind(
        name=CERTIFICATE,
        label=N_("Certificate of an audit"),
        template="audits/pdf/audit_certificate.html",
        matter=_matter,
        visible=_visible,
        may_write=_nobody,
        may_issue=_leads,
        content=contents.certificate,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
