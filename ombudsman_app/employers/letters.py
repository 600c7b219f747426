"""The letter by which a compliance case goes to an office, made known to the domain that issues letters."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.kinds import DocumentKind, Matter, nobody_may, register
from ombudsman_app.documents.models import Delivery, Document

from .commands.cases import receive_by_letter
from .commands.cases.forwarding import LETTER
from .compliance.policies import RELEASERS
from .compliance.rules import FORWARDING, Recipient, limit_after
from .compliance.scope import case_scope
from .compliance.words import breach_words, gap_of_case
from .formats import BREACHES
from .models import CaseForwarding, EmployerComplianceCase
from .states import breaches_in


def _row(folder: UUID) -> CaseForwarding | None:
    return db.session.scalar(
        select(CaseForwarding)
        .where(CaseForwarding.letters_id == folder)
        .options(
            joinedload(CaseForwarding.case, innerjoin=True),
            joinedload(CaseForwarding.office, innerjoin=True),
        )
    )


def _matter(folder: UUID) -> Matter | None:
    row = _row(folder)
    if row is None:
        return None
    values = {"case_id": row.case_id}
    office_id = row.case.representative_office_id
    return Matter(folder, office_id, row.case.reference, "staff.compliance.case", values)


def _visible(actor: Actor) -> Select[UUID]:
    seen = case_scope(actor).cases().with_only_columns(EmployerComplianceCase.id)
    folders: Select[UUID] = select(CaseForwarding.letters_id).where(CaseForwarding.case_id.in_(seen))
    return folders


def _may_issue(actor: Actor, folder: UUID) -> bool:
    row = _row(folder)
    return row is not None and row.case.representative_office_id in actor.offices_as(*RELEASERS)


def _content(document: Document) -> Mapping[str, Any]:
    """What was released of a case: summary, employer, place, kinds, gap; no source, no worker (PD3)."""
    row = _row(document.folder)
    limit = limit_after(FORWARDING)
    if row is None or limit is None:
        raise NotVisible
    return {
        "reference": row.case.reference,
        "to": row.office.name,
        "employer": row.employer_name,
        "place": row.place,
        "breaches": breach_words(breaches_in(row.breaches), BREACHES),
        "gap": gap_of_case(row.gap_low, row.gap_high),
        "summary": row.summary,
        "must_act": row.recipient is Recipient.BRANCH,
        "length": limit.length,
    }


def _arrived(document: Document, way: Delivery, actor: Actor) -> None:
    found = db.session.scalar(select(CaseForwarding.id).where(CaseForwarding.letters_id == document.folder))
    if found is not None:
        receive_by_letter(found, way, actor=actor)


register(
    DocumentKind(
        name=LETTER,
        label=N_("Letter that forwards a compliance case"),
        template="employers/pdf/compliance_forwarding.html",
        matter=_matter,
        visible=_visible,
        may_write=nobody_may,
        may_issue=_may_issue,
        content=_content,
        delivered=_arrived,
        addressees=("respondent",),
        is_for_reporter=False,
    )
)
