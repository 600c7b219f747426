"""Audits whose draft an office has received and answered, brought there by the commands."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from ombudsman_app.audits.commands import ResponseInput, finish_responding, open_draft, respond, send_draft
from ombudsman_app.audits.models import Audit, ProposedFinding
from ombudsman_app.audits.states import AuditState, Stance
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role

from .attachments import AttachmentFactory
from .audits import AuditFactory
from .findings import person

LOW = {"I01": {"value": "1"}, "P01": {"value": "2"}}
DISPUTE = "Semua petugas telah dilatih pada bulan Maret; sertifikat terlampir."


@dataclass(frozen=True)
class AnsweredDraft:
    """Where its addresses lead."""

    id: int
    reference: str
    response: int  # disputes I01, waits for a ruling
    proposal: int  # of I01
    file: UUID  # that the office sent
    reviewed: int  # another audit, whose draft waits to be sent


def answered_draft(office: str = "kc_mamuju", handling: str = "MAM", **given: Actor) -> AnsweredDraft:
    """A draft that its office opened, disputed in one indicator and said to have answered."""
    lead, reviewer, head = (
        person(role, office=handling) for role in (Role.AUDITOR, Role.REVIEWER, Role.HEAD_OF_REPRESENTATIVE)
    )
    reviewed, audit = (
        AuditFactory(AuditState.REVIEWED, office=office, lead=lead, reviewer=reviewer, answers=LOW)
        for _place in range(2)
    )
    send_draft(audit, version=audit.version, actor=head)
    officer = given.get("officer") or person(Role.OFFICE_OFFICER, portal_office=office)
    open_draft(audit, actor=officer)
    file = AttachmentFactory(audit.answers_id, "sertifikat.jpg").uuid
    said = respond(audit, ResponseInput("I01", Stance.DISPUTE, DISPUTE, [file]), actor=officer)
    finish_responding(audit, actor=officer)
    return AnsweredDraft(audit.id, audit.reference or "", said.id, _proposal(audit, "I01"), file, reviewed.id)


def _proposal(audit: Audit, indicator: str) -> int:
    found = select(ProposedFinding.id).where(
        ProposedFinding.audit_id == audit.id, ProposedFinding.indicator == indicator
    )
    return db.session.scalars(found).one()
