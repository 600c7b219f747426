"""What the papers of planning show, from the record as it stands."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.documents.models import Document

from .formats.stages import instrument_word, seat_word
from .models import Audit, AuditMember, AuditRound, InstrumentVersion


def assignment(document: Document) -> Mapping[str, Any]:
    """Who is sent where, on which days, with which instrument and for what."""
    audit = (
        db.session.scalars(
            select(Audit)
            .where(Audit.papers_id == document.folder)
            .options(
                joinedload(Audit.office, innerjoin=True),
                joinedload(Audit.representative_office, innerjoin=True),
                joinedload(Audit.round, innerjoin=True)
                .joinedload(AuditRound.instrument_version, innerjoin=True)
                .joinedload(InstrumentVersion.instrument, innerjoin=True),
                joinedload(Audit.members).joinedload(AuditMember.user),
            )
            .execution_options(populate_existing=True)
        )
        .unique()
        .one_or_none()
    )
    if audit is None:
        raise NotVisible
    return {
        "sent_by": audit.representative_office.name,
        "office": audit.office.name,
        "address": audit.office.address or "",
        "round": audit.round.title,
        "instrument": instrument_word(audit.round.instrument_version),
        "first_on": audit.planned_from,
        "last_on": audit.planned_until,
        "is_blind": audit.round.is_blind,
        "members": [{"name": one.user.name, "seat": seat_word(one.seat)} for one in audit.members],
        "words": document.answers.get("words", ""),
        "copies": [line.strip() for line in document.answers.get("copies", "").splitlines() if line.strip()],
    }
