"""The papers between the draft and the final result, made known to the domain that issues them."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.kinds import DocumentKind, Matter, register
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.findings import origins
from ombudsman_app.findings.states import Origin

from . import draft_contents as contents
from .commands import DRAFT_LETTER, locked_draft, receive_by_paper
from .models import Audit
from .origins import authors, origin_page
from .policies import PLANNERS
from .queries import ACKNOWLEDGEMENT
from .scope import scope


def _matter(folder: UUID) -> Matter | None:
    found = db.session.scalar(select(Audit).where(Audit.papers_id == folder))
    if found is None:
        return None
    label, values = found.reference or f"#{found.id}", {"audit_id": found.id}
    return Matter(folder, found.representative_office_id, label, "staff.audits.audit", values)


def _visible(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).audits().with_only_columns(Audit.papers_id)
    return seen


def _holds(actor: Actor, folder: UUID, *roles: Role) -> bool:
    found = db.session.scalar(scope(actor).audits().where(Audit.papers_id == folder))
    return found is not None and found.representative_office_id in actor.offices_as(*roles)


def _handles(actor: Actor, folder: UUID) -> bool:
    """Who sees to it that the letter arrives, and records the proof."""
    return _holds(actor, folder, *PLANNERS)


def _nobody(_actor: Actor, _folder: UUID) -> bool:
    return False


def _arrived(document: Document, way: Delivery, actor: Actor) -> None:
    found = db.session.scalar(select(Audit.id).where(Audit.papers_id == document.folder))
    if found is not None:
        receive_by_paper(locked_draft(found), way, actor=actor)


register(
    DocumentKind(
        name=DRAFT_LETTER,
        label=N_("Letter with the draft result of an audit"),
        template="audits/pdf/draft_letter.html",
        matter=_matter,
        visible=_visible,
        may_write=_nobody,
        may_issue=_handles,
        content=contents.draft_letter,
        delivered=_arrived,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
register(
    DocumentKind(
        name=ACKNOWLEDGEMENT,
        label=N_("Acknowledgement of the answers to an audit"),
        template="audits/pdf/acknowledgement.html",
        matter=_matter,
        visible=_visible,
        may_write=_nobody,
        may_issue=_nobody,
        content=contents.acknowledgement,
        is_for_reporter=False,
    )
)
origins.register(Origin.AUDIT, origin_page, authors=authors)
