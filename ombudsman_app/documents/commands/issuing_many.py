"""Letting all approved letters of an office go, one after the other, in one job that can stop and go on."""

from uuid import UUID

from sqlalchemy import select

from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed, RuleBroken
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.logs import logger
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import ISSUERS_OF_MANY
from ombudsman_app.documents.states import ISSUE_ALL, DocumentState

from .issuing import issue


@command
def order_all(office_id: int, *, actor: Actor) -> UUID:
    """Ask for all approved letters of an office to be issued; asked again while it runs gives that job."""
    if office_id not in actor.offices_as(*ISSUERS_OF_MANY):
        raise NotAllowed(policy="documents.issue_all")
    return enqueue(ISSUE_ALL, actor=actor, arguments={"office": office_id}, once=str(office_id))


def approved_letters(office_id: int) -> list[int]:
    """Return the ids of letters that wait for their number, or for their pages, oldest first. 1 statement."""
    waiting = select(Document.id).where(
        Document.representative_office_id == office_id,
        Document.state.in_((DocumentState.APPROVED, DocumentState.BEING_MADE)),
    )
    return list(db.session.scalars(waiting.order_by(Document.id)))


def issue_next(document_id: int, *, actor: Actor) -> str:
    """Issue one of them if it still can be; return why not, empty where it is issued.

    A letter that is refused, because its case went another way in between, holds up no other.
    """
    found = db.session.get(Document, document_id)
    if found is None or found.state is not DocumentState.APPROVED:
        return ""
    try:
        issue(found, version=found.version, actor=actor)
    except RuleBroken as refused:
        db.session.rollback()
        logger.warning("a letter could not be issued", code=refused.code, document=document_id)
        return refused.code
    return ""
