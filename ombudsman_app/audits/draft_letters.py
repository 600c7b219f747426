"""The papers between the draft and the final result, made known to the domain that issues them."""

from uuid import UUID

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.kinds import DocumentKind, nobody_may, register
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.findings import origins
from ombudsman_app.findings.states import Origin

from . import draft_contents as contents
from .commands import DRAFT_LETTER, locked_draft, receive_by_paper
from .models import Audit
from .origins import authors, origin_page
from .paper_folders import audit_of, matter, visible
from .policies import PLANNERS
from .queries import ACKNOWLEDGEMENT


def _handles(actor: Actor, folder: UUID) -> bool:
    """Whoever plans there sees to it that the letter arrives, and records the proof."""
    found = audit_of(actor, folder)
    return found is not None and found.representative_office_id in actor.offices_as(*PLANNERS)


def _arrived(document: Document, way: Delivery, actor: Actor) -> None:
    found = db.session.scalar(select(Audit.id).where(Audit.papers_id == document.folder))
    if found is not None:
        receive_by_paper(locked_draft(found), way, actor=actor)


register(
    DocumentKind(
        name=DRAFT_LETTER,
        label=N_("Letter with the draft result of an audit"),
        template="audits/pdf/draft_letter.html",
        matter=matter,
        visible=visible,
        may_write=nobody_may,
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
        matter=matter,
        visible=visible,
        may_write=nobody_may,
        may_issue=nobody_may,
        content=contents.acknowledgement,
        is_for_reporter=False,
    )
)
origins.register(Origin.AUDIT, origin_page, authors=authors)
