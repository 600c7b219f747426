"""Complaints as people file them. Call inside an application context."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from ombudsman_app.complaints.commands import ComplaintInput, register_complaint
from ombudsman_app.complaints.models import Complaint, ComplaintClock, ComplaintStep, ToldFirst
from ombudsman_app.complaints.states import RULE_VERSION, ComplaintState
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.directory.models import Office, RepresentativeOffice

CODE = "7K3Q9XWA5MNP2RST"
NARRATIVE = "Saya sudah tiga kali datang ke loket dan berkas saya selalu dikembalikan tanpa alasan."
PERSON = {"full_name": "Demo Pelapor", "phone": "0812 0000 0001", "email": "demo@example.test"}
_numbers = count(1)


def ComplaintFactory(
    *,
    office: str = "kc_mamuju",
    access_code: str = CODE,
    identity: Mapping[str, str] | None = None,
    **given: Any,
) -> Complaint:
    """A complaint about an office, named by its reference, received now by the command."""
    answers: dict[str, Any] = {
        "office_id": office_id(office),
        "substance": "jht_claim",
        "narrative": NARRATIVE,
        "told_first": ToldFirst.YES,
        "confidentiality": "open",
        "identity": identity or PERSON,
        **given,
    }
    return register_complaint(
        ComplaintInput(**answers), access_code=access_code, channel="website", actor=STRANGER
    )


@command
def many_complaints(
    number: int,
    *,
    due_on: date,
    days_apart: int = 0,
    office: str = "kc_mamuju",
    handling: str = "MAM",
    state: ComplaintState = ComplaintState.RECEIVED,
    is_open: bool = True,
) -> list[int]:
    """Many complaints in one go; due on the same day unless `days_apart` says otherwise. Returns ids."""
    about, at = office_id(office), now()
    handled_by = db.session.scalars(
        select(RepresentativeOffice.id).where(RepresentativeOffice.code == handling)
    ).one()
    rows = [
        {
            "ticket": f"{handling}-2026-M{next(_numbers):07d}-0",
            "access_code_hash": "0" * 64,
            "representative_office_id": handled_by,
            "office_id": about,
            "state": state,
            "is_open": is_open,
            "regime": "po58_2023",
            "channel": "website",
            "confidentiality": "open",
            "substance": "jht_claim",
            "narrative": NARRATIVE,
            "received_at": at,
            "received_on": at.date(),
            "next_due_on": due_on + timedelta(days=days_apart * step),
        }
        for step in range(number)
    ]
    tickets = [row["ticket"] for row in rows]
    db.session.execute(insert(Complaint), rows)
    return list(
        db.session.scalars(select(Complaint.id).where(Complaint.ticket.in_(tickets)).order_by(Complaint.id))
    )


@command
def more_history(complaint_id: int, *, steps: int, clocks: int) -> None:
    """A case that has seen much: more steps, and more clocks that run."""
    case = db.session.scalars(select(Complaint).where(Complaint.id == complaint_id)).one()
    moved = [
        {"complaint_id": case.id, "move": "register", "to_state": ComplaintState.RECEIVED, "at": now()}
        for _ in range(steps)
    ]
    running = [
        {
            "complaint_id": case.id,
            "clock": "D01",
            "start_on": case.received_on,
            "length": 3,
            "unit": "working_days",
            "due_on": case.next_due_on,
            "rule_version": RULE_VERSION,
            "calendar_version": "test",
        }
        for _ in range(clocks)
    ]
    db.session.execute(insert(ComplaintStep), moved)
    db.session.execute(insert(ComplaintClock), running)


def office_id(reference: str) -> int:
    """Return the id of an office by its reference, such as kc_mamuju."""
    return db.session.scalars(select(Office.id).where(Office.reference == reference)).one()
