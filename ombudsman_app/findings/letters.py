"""The papers of findings, made known to the domain that issues them."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.kinds import DocumentKind, Matter, nobody_may, nothing_starts, register
from ombudsman_app.documents.models import Delivery, Document

from . import letter_contents as contents
from .commands.moving import locked_finding
from .commands.receiving import receive_by_paper
from .commands.writing import NOTICE
from .models import Finding
from .policies import MAKERS
from .queries import ACKNOWLEDGEMENT
from .scope import scope
from .states import RUNGS, Rung


def _matter(folder: UUID) -> Matter | None:
    found = db.session.scalar(select(Finding).where(Finding.evidence_id == folder))
    if found is None:
        return None
    label = found.reference or f"#{found.id}"
    values = {"finding_id": found.id}
    return Matter(folder, found.representative_office_id, label, "staff.findings.finding", values)


def _visible(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).findings().with_only_columns(Finding.evidence_id)
    return seen


def _holds(actor: Actor, folder: UUID, *roles: Role) -> bool:
    found = db.session.scalar(scope(actor).findings().where(Finding.evidence_id == folder))
    return found is not None and found.representative_office_id in actor.offices_as(*roles)


def _makes(actor: Actor, folder: UUID) -> bool:
    return _holds(actor, folder, *MAKERS)


def _leads(actor: Actor, folder: UUID) -> bool:
    return _holds(actor, folder, Role.HEAD_OF_REPRESENTATIVE)


def _notice_arrived(document: Document, way: Delivery, actor: Actor) -> None:
    _arrived(document, way, actor, is_second_term=False)


def _second_term_arrived(document: Document, way: Delivery, actor: Actor) -> None:
    _arrived(document, way, actor, is_second_term=True)


def _arrived(document: Document, way: Delivery, actor: Actor, *, is_second_term: bool) -> None:
    found = db.session.scalar(select(Finding.id).where(Finding.evidence_id == document.folder))
    if found is not None:
        receive_by_paper(locked_finding(found), way, is_second_term=is_second_term, actor=actor)


register(
    DocumentKind(
        name=NOTICE,
        label=N_("Notice of a finding"),
        template="findings/pdf/finding_notice.html",
        matter=_matter,
        visible=_visible,
        may_write=nobody_may,
        may_issue=_makes,
        content=contents.notice,
        delivered=_notice_arrived,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
register(
    DocumentKind(
        name=ACKNOWLEDGEMENT,
        label=N_("Acknowledgement of an answer"),
        template="findings/pdf/finding_acknowledgement.html",
        matter=_matter,
        visible=_visible,
        may_write=nobody_may,
        may_issue=nobody_may,
        content=contents.acknowledgement,
        is_for_reporter=False,
    )
)
for _rung, _label, _template in (
    (Rung.REMINDER, N_("Reminder to the respondent"), "findings/pdf/reminder_to_respondent.html"),
    (Rung.SUPERIOR, N_("Letter to the superior"), "findings/pdf/letter_to_superior.html"),
    (Rung.SECOND_TERM, N_("Letter with a second term"), "findings/pdf/second_term_letter.html"),
    (Rung.ESCALATION, N_("Letter of escalation"), "findings/pdf/escalation_letter.html"),
):
    register(
        DocumentKind(
            name=RUNGS[_rung].letter,
            label=_label,
            template=_template,
            matter=_matter,
            visible=_visible,
            may_write=nobody_may,
            may_issue=_leads,
            content=contents.of_rung,
            addressees=(RUNGS[_rung].to,),
            is_for_reporter=False,
            delivered=_second_term_arrived if _rung is Rung.SECOND_TERM else nothing_starts,
        )
    )
