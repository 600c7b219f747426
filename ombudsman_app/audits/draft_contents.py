"""What the papers of a draft show, from the record as it stands. They name no result and no assessor."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.accounts.models import User
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.documents.fingerprints import files_until, text_print
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.formats import unit_word

from .answer_time import answer_time
from .formats import stance_word
from .models import Audit, AuditResponse


def _audit(document: Document) -> Audit:
    found = db.session.scalar(
        select(Audit)
        .where(Audit.papers_id == document.folder)
        .options(
            joinedload(Audit.office, innerjoin=True),
            joinedload(Audit.representative_office, innerjoin=True),
            joinedload(Audit.round, innerjoin=True),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotVisible
    return found


def draft_letter(document: Document) -> Mapping[str, Any]:
    """Where the draft is read, how long the office has to answer, and from when."""
    audit, rule = _audit(document), answer_time()
    return {
        "to": audit.office.name,
        "reference": audit.reference or "",
        "round": audit.round.title,
        "begins_on": audit.round.period_from,
        "ends_on": audit.round.period_until,
        "length": rule.length,
        "unit": unit_word(rule.unit),
        "unverified": rule.verified is Mark.UNVERIFIED,
    }


def acknowledgement(document: Document) -> Mapping[str, Any]:
    """What an office sent in the portal as its answers to a draft, when, and how late."""
    audit = _audit(document)
    rows = db.session.execute(
        select(AuditResponse, User.name)
        .join(User, User.id == AuditResponse.said_by_id)
        .where(AuditResponse.audit_id == audit.id)
        .order_by(AuditResponse.id)
    ).all()
    return {
        "office": audit.office.name,
        "sent_by": ", ".join(sorted({name for _response, name in rows})),
        "request": audit.reference or "",
        "reference": "",
        "received_at": rows[-1][0].said_at if rows else document.drafted_at,
        "due_on": audit.answer_due_on,
        "days_late": audit.days_late or 0,
        "pieces": [
            {
                "label": _("Indicator %(id)s, %(stance)s", id=one.indicator, stance=stance_word(one.stance)),
                "characters": len(one.text),
                "sha256": text_print(one.text),
            }
            for one, _name in rows
        ],
        "files": files_until(audit.answers_id, rows[-1][0].said_at if rows else document.drafted_at),
    }
