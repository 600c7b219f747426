"""A published audit with photos, replies and findings, for its papers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from ombudsman_app.audits.models import (
    AnswerChange,
    Audit,
    AuditResponse,
    AuditSheet,
    ProposedFinding,
    SheetEvidence,
)
from ombudsman_app.audits.states import AuditState, Cause, ProposalState, Ruling, Stance
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.findings.commands import FindingInput, make_finding
from ombudsman_app.findings.states import Origin

from ..factories.audits import ZONE, AuditFactory
from ..factories.findings import person

ANSWERS: Mapping[str, Any] = {
    "I01": {"value": "3"},
    "I05": {"value": "1.2"},
    "I09": {"value": "1"},
    "I10": {"value": "2"},
    "P03": {"value": "2"},
    "P11": {"numerator": 7, "denominator": 10},
    "P13": {"numerator": 2, "denominator": 3},
    "P15": {"na": "Tidak ada klaim JKP pada periode audit."},
    "O01": {"value": "81.25"},
    "O02": {"numerator": 6, "denominator": 32},
    "G05": {"value": "1"},
    "G06": {"numerator": 5, "denominator": 8},
}


@command
def audit_with_everything(*, photos: int = 0, folder: Any = None, attach: Any = None) -> Audit:
    """An audit as it may come out of the field, published. `attach(number)` returns the id of a photo."""
    lead, officer = person(Role.AUDITOR), person(Role.OFFICE_OFFICER)
    day = today(ZONE)
    audit = AuditFactory(
        AuditState.PUBLISHED,
        lead=lead,
        answers=ANSWERS,
        received_on=day - timedelta(days=20),
        receipt="opened",
        answered_on=day - timedelta(days=3),
    )
    sheet = db.session.scalars(select(AuditSheet).where(AuditSheet.audit_id == audit.id)).one()
    names = [f"I{place:02}" for place in range(7, 16)] + [f"P{place:02}" for place in range(1, 9)]
    for place in range(photos):
        db.session.add(
            SheetEvidence(
                sheet_id=sheet.id,
                key=uuid4().hex,
                indicator=names[place % len(names)],
                kind="photo",
                text=f"Loket {place % 4 + 1}, papan informasi dilihat dari kursi tunggu.",
                attachment_id=attach(place),
                added_by_id=lead.user_id,
                added_at=now(),
            )
        )
    said = AuditResponse(
        audit_id=audit.id,
        indicator="I10",
        stance=Stance.DISPUTE,
        text="Loket prioritas sudah ada sejak 2 November 2026; foto papan dan jadwal petugas terlampir.",
        said_by_id=officer.user_id,
        said_at=now(),
        days_late=2,
        ruling=Ruling.TAKEN_OVER,
        ruling_reason="Foto menunjukkan papan loket prioritas, tetapi petugasnya belum tetap.",
        decided_by_id=person(Role.REVIEWER).user_id,
        decided_at=now(),
    )
    db.session.add(said)
    db.session.flush()
    db.session.add(
        AnswerChange(
            audit_id=audit.id,
            indicator="I10",
            before={"value": "1", "evidence": 1},
            after={"value": "2", "evidence": 1},
            cause=Cause.RESPONSE,
            reason=said.ruling_reason,
            response_id=said.id,
            by_id=person(Role.REVIEWER).user_id,
            at=now(),
        )
    )
    finding = make_finding(
        FindingInput(
            "Jalan masuk tidak dapat dilalui kursi roda",
            "Undakan 18 cm tanpa bidang miring; tidak ada ubin pemandu sampai loket.",
            "UU 25/2009 Pasal 29; UU 8/2016",
            ["Buat bidang miring dan pasang ubin pemandu sampai loket pertama."],
        ),
        origin=Origin.AUDIT,
        office_id=audit.office_id,
        representative_office_id=audit.representative_office_id,
        actor=lead,
    )
    db.session.add(
        ProposedFinding(
            audit_id=audit.id,
            indicator="I09",
            severity="major",
            state=ProposalState.CONFIRMED,
            decided_by_id=lead.user_id,
            decided_at=now(),
            finding_id=finding.id,
        )
    )
    db.session.flush()
    return audit
