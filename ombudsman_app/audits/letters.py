"""The letter of assignment, made known to the domain that issues papers; those of a draft beside it."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor, Policy, Role
from ombudsman_app.documents.kinds import DocumentKind, Matter, register
from ombudsman_app.documents.models import Document

from . import (
    draft_letters,  # noqa: F401 - the papers of a draft register themselves
    notices,
)
from . import letter_contents as contents
from .commands.assigning import refuse_unready
from .commands.moving import locked_audit
from .models import Audit
from .policies import LEAD_ROUND, PLAN
from .scope import SUBJECT, scope
from .teams import ASSIGNMENT


def matter(folder: UUID) -> Matter | None:
    """Return the audit of a folder of papers, as papers name it. 1 statement."""
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return None
    label = found.reference or f"#{found.id}"
    return Matter(folder, found.representative_office_id, label, "staff.audits.audit", {"audit_id": found.id})


def visible(actor: Actor) -> Select[UUID]:
    """Select the folders of papers of the audits that this person sees."""
    seen: Select[UUID] = scope(actor).audits().with_only_columns(Audit.papers_id)
    return seen


def allows(right: Policy, actor: Actor, folder: UUID) -> bool:
    """Whether this person sees the audit of a folder and has this right there. 1 statement."""
    found = db.session.scalar(scope(actor).audits().where(Audit.papers_id == folder))
    return found is not None and right.allows(actor, found)


def _plans(actor: Actor, folder: UUID) -> bool:
    return allows(PLAN, actor, folder)


def leads(actor: Actor, folder: UUID) -> bool:
    """Whether this person is the head where the audit is handled."""
    return allows(LEAD_ROUND, actor, folder)


def heads(folder: UUID) -> list[int]:
    """Return who may approve: the heads of the office who declared no interest. 2 statements."""
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return []
    people = accounts.people_with_role(
        Role.HEAD_OF_REPRESENTATIVE, found.representative_office_id, without_conflict=(SUBJECT, found.id)
    )
    return [one.user_id for one in people]


def _issued(document: Document, actor: Actor) -> None:
    """Refuse what is not ready; tell the team."""
    found = db.session.scalar(select(Audit.id).where(Audit.papers_id == document.folder))
    if found is not None:
        held = locked_audit(found)
        refuse_unready(held)
        notices.assigned(held, document.id, actor=actor)


register(
    DocumentKind(
        name=ASSIGNMENT,
        label=N_("Letter of assignment"),
        template="audits/pdf/assignment.html",
        matter=matter,
        visible=visible,
        may_write=_plans,
        may_issue=leads,
        approvers=heads,
        content=contents.assignment,
        edit_endpoint="staff.audits.edit_assignment",
        issued=_issued,
        addressees=(),
        is_for_reporter=False,
    )
)
