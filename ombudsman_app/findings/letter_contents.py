"""What the papers of findings show, from the record as it stands. No reporter is known in here."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Document

from .formats import unit_word
from .models import Finding, FindingClock, LadderStep
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
    limit = response_limit(finding.origin)
    length, unit = limit.span
    return {
        **_head(finding, finding.office.name),
        "length": length,
        "unit": unit_word(unit),
        "legal": limit.legal or "",
        "unverified": limit.length_verified is Mark.UNVERIFIED,
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
