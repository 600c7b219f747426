"""What the papers of findings show, from the record as it stands. No reporter is known in here."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from ombudsman_app.accounts.models import User
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.fingerprints import files_until, text_print
from ombudsman_app.documents.models import Document

from .formats import unit_word
from .models import Finding, FindingClock, LadderStep, Response
from .states import MEASURES, RUNGS, Rung, response_limit


def _finding(document: Document) -> Finding:
    found = db.session.scalar(
        select(Finding)
        .where(Finding.evidence_id == document.folder)
        .options(
            joinedload(Finding.office, innerjoin=True),
            joinedload(Finding.representative_office, innerjoin=True),
            selectinload(Finding.measures),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotVisible
    return found


def _head(finding: Finding, to: str) -> dict[str, Any]:
    return {
        "reference": finding.reference or "",
        "to": to,
        "respondent": finding.office.name,
        "summary": finding.summary,
        "description": finding.description,
        "rule": finding.rule,
        "sent_on": finding.sent_on,
        "measures": [{"label": MEASURES[one.kind].id_label, "text": one.text} for one in finding.measures],
    }


def notice(document: Document) -> Mapping[str, Any]:
    """What was found, what is to be done, how long the office has to answer and from when."""
    finding = _finding(document)
    limit = response_limit(finding.origin, finding.regime)
    length, unit = limit.span
    return {
        **_head(finding, finding.office.name),
        "length": length,
        "unit": unit_word(unit),
        "legal": limit.legal or "",
        "unverified": limit.length_verified is Mark.UNVERIFIED,
    }


def acknowledgement(document: Document) -> Mapping[str, Any]:
    """What an office sent in the portal as its answer to a finding, when, and how late."""
    finding = _finding(document)
    response, name = db.session.execute(
        select(Response, User.name)
        .join(User, User.id == Response.said_by_id)
        .where(Response.id == int(document.answers["response"]), Response.finding_id == finding.id)
    ).one()
    due = select(func.min(func.coalesce(FindingClock.late_from, FindingClock.due_on))).where(
        FindingClock.finding_id == finding.id, FindingClock.round == response.round
    )
    texts = (
        (_("Answer"), response.text),
        (_("What is done"), response.action or ""),
        (_("Who does it"), response.responsible or ""),
    )
    return {
        "office": finding.office.name,
        "sent_by": name,
        "request": finding.reference or "",
        "reference": "",
        "received_at": response.said_at,
        "due_on": db.session.scalar(due),
        "days_late": response.days_late or 0,
        "pieces": [
            {"label": str(label), "characters": len(text), "sha256": text_print(text)}
            for label, text in texts
            if text
        ],
        "files": files_until(finding.answers_id, response.said_at),
    }


def of_rung(document: Document) -> Mapping[str, Any]:
    """What was waited for, since when, which letters went before, and the new term where there is one."""
    finding = _finding(document)
    to = aliased(Office)
    found = db.session.execute(
        select(LadderStep, to.name)
        .join(to, to.id == LadderStep.addressee_id)
        .where(LadderStep.id == int(document.answers["step"]))
    ).one()
    step, addressee = found
    term = RUNGS[step.rung].term
    return {
        **_head(finding, addressee),
        "due_on": _first_due(finding),
        "before": _letters_before(step),
        "words": document.answers.get("words", ""),
        "length": term.days if term else None,
        "unit": unit_word(term.length[1]) if term else "",
        "is_last": step.rung is Rung.ESCALATION,
    }


def _first_due(finding: Finding) -> Any:
    found = select(FindingClock.due_on).where(
        FindingClock.finding_id == finding.id, FindingClock.round == finding.round
    )
    return db.session.scalar(found.order_by(FindingClock.id).limit(1))


def _letters_before(step: LadderStep) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(LadderStep.rung, Document.number, Document.issued_on)
        .join(Document, Document.id == LadderStep.document_id)
        .where(
            LadderStep.finding_id == step.finding_id,
            LadderStep.round == step.round,
            LadderStep.id < step.id,
        )
        .order_by(LadderStep.id)
    )
    return [
        {"label": RUNGS[row.rung].id_label, "number": row.number, "issued_on": row.issued_on} for row in rows
    ]
