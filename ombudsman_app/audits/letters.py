"""The letter of assignment, made known to the domain that issues papers; those of a draft beside it."""

from uuid import UUID

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.kinds import DocumentKind, register
from ombudsman_app.documents.models import Document

from . import (
    draft_letters,  # noqa: F401 - the papers of a draft register themselves
    notices,
)
from . import letter_contents as contents
from .commands.assigning import refuse_unready
from .commands.moving import locked_audit
from .models import Audit
from .paper_folders import allows, heads, leads, matter, visible
from .policies import PLAN
from .teams import ASSIGNMENT


def _plans(actor: Actor, folder: UUID) -> bool:
    return allows(PLAN, actor, folder)


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
