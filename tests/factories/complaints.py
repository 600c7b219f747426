"""Complaints as people file them. Call inside an application context."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select

from ombudsman_app.accounts.models import User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import (
    CheckInput,
    ComplaintInput,
    DecisionInput,
    TipInput,
    accept_complaint,
    begin_verification,
    declare_no_interest,
    finish_formal_verification,
    put_to_plenary,
    receive_tip,
    register_complaint,
)
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintClock,
    ComplaintStep,
    InformationTip,
    ToldFirst,
)
from ombudsman_app.complaints.states import (
    FORMAL_ITEMS,
    MATERIAL_ITEMS,
    RULE_VERSION,
    CheckItem,
    ComplaintState,
    TipState,
    Verdict,
)
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.directory.models import Office, RepresentativeOffice

from .accounts import UserFactory

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


def TipFactory(
    *,
    office: str = "kc_mamuju",
    access_code: str = CODE,
    substance: str = "jht_claim",
    counter_id: int | None = None,
    urgency: str | None = None,
    **told: Any,
) -> InformationTip:
    """Information without identity about an office, received now by the command."""
    given = TipInput(
        office_id=office_id(office),
        substance=substance,
        counter_id=counter_id,
        urgency=urgency,
        told={"narrative": NARRATIVE, "told_first": "no", **told},
    )
    return receive_tip(given, access_code=access_code, actor=STRANGER)


@command
def many_tips(number: int, *, office: str = "kc_mamuju", handling: str = "MAM", **columns: Any) -> list[int]:
    """Many pieces of information in one go; nothing in them can be opened. Returns ids, oldest first."""
    about, at = office_id(office), now()
    handled_by = db.session.scalars(
        select(RepresentativeOffice.id).where(RepresentativeOffice.code == handling)
    ).one()
    rows = [
        {
            "uuid": uuid4(),
            "ticket": f"{handling}-2026-T{next(_numbers):07d}-0",
            "access_code_hash": "0" * 64,
            "representative_office_id": handled_by,
            "office_id": about,
            "substance": "jht_claim",
            "sealed": b"",
            "state": TipState.NEW,
            "is_open": True,
            "awaits_office": True,
            "received_at": at,
            "received_on": at.date(),
            **columns,
        }
        for _ in range(number)
    ]
    tickets = [row["ticket"] for row in rows]
    db.session.execute(insert(InformationTip), rows)
    found = select(InformationTip.id).where(InformationTip.ticket.in_(tickets)).order_by(InformationTip.id)
    return list(db.session.scalars(found))


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
    **columns: Any,
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
            **columns,
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


@dataclass(frozen=True)
class Team:
    """An intake officer, a head and an examiner of one office, as users and as actors."""

    users: Mapping[Role, User]

    def actor(self, role: Role) -> Actor:
        """Return the actor with the grants that hold now."""
        found = actor_for(self.users[role].id)
        assert found is not None
        return found

    @property
    def intake(self) -> Actor:
        return self.actor(Role.PVL_ASSISTANT)

    @property
    def head(self) -> Actor:
        return self.actor(Role.HEAD_OF_REPRESENTATIVE)

    @property
    def examiner(self) -> Actor:
        return self.actor(Role.EXAMINER)


def TeamFactory(office: str = "MAM") -> Team:
    """Three people of an office who can bring a case from receipt to its examiner."""
    names = {
        Role.PVL_ASSISTANT: "Demo Penerima",
        Role.HEAD_OF_REPRESENTATIVE: "Demo Kepala",
        Role.EXAMINER: "Demo Pemeriksa",
    }
    return Team({role: UserFactory(role, name=name, office=office) for role, name in names.items()})


def all_met(items: tuple[CheckItem, ...]) -> dict[str, CheckInput]:
    """Everything that must be judged is met."""
    return {item.id: CheckInput(Verdict.MET) for item in items if item.needs_verdict}


CONSIDERATIONS = "Rapat menilai berkas lengkap dan penundaan terjadi tanpa alasan yang sah."


def CaseFactory(state: ComplaintState, team: Team, *, is_declared: bool = True, **given: Any) -> Complaint:
    """A complaint that the team has brought to a state by the commands of the house."""
    return bring_to(ComplaintFactory(**given), state, team, is_declared=is_declared)


def bring_to(case: Complaint, state: ComplaintState, team: Team, *, is_declared: bool = True) -> Complaint:
    """Bring a received complaint to a state."""
    steps: dict[ComplaintState, Callable[[], object]] = {
        ComplaintState.FORMAL_VERIFICATION: lambda: begin_verification(
            case, version=case.version, actor=team.intake
        ),
        ComplaintState.MATERIAL_VERIFICATION: lambda: finish_formal_verification(
            case, all_met(FORMAL_ITEMS), version=case.version, actor=team.intake
        ),
        ComplaintState.PLENARY_DECISION: lambda: put_to_plenary(
            case, all_met(MATERIAL_ITEMS), version=case.version, actor=team.intake
        ),
        ComplaintState.ASSIGNED: lambda: accept_complaint(
            case,
            DecisionInput(CONSIDERATIONS, team.users[Role.EXAMINER].id),
            version=case.version,
            actor=team.head,
        ),
    }
    for reached, go in steps.items():
        if case.state is state:
            break
        go()
        assert case.state is reached
    if state is ComplaintState.ASSIGNED and is_declared:
        declare_no_interest(case, actor=team.examiner)
    return case
