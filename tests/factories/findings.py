"""Findings as officers make them. Call inside an application context."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import insert, select

from ombudsman_app.accounts.models import User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.findings.commands import (
    FindingInput,
    JudgementInput,
    MoreTimeInput,
    ResponseInput,
    VisitInput,
    ask_for_time,
    find_on_visit,
    judge_answer,
    note_visit,
    open_finding,
    respond_to_finding,
    send_finding,
)
from ombudsman_app.findings.models import (
    NO_DUE_DAY,
    Finding,
    FindingClock,
    FindingEntry,
    LadderStep,
    RegisterExport,
    VisitObservation,
)
from ombudsman_app.findings.states import FindingState, Origin, Position, Rung, Verdict

from .accounts import UserFactory
from .complaints import office_id

SUMMARY = "Tarif layanan tidak ditempel"
MEASURE = "Tempelkan tarif, waktu, dan syarat layanan di setiap loket."
ANSWER = "Kami menerima temuan ini dan memasang papan informasi."
REASON = "Foto menunjukkan papan itu di semua loket."
_numbers = count(1)


def person(*roles: Role, office: str = "MAM", portal_office: str = "kc_mamuju") -> Actor:
    """Somebody with these roles, as commands know them."""
    user = UserFactory(*roles, password=None, office=office, portal_office=portal_office)
    found = actor_for(user.id)
    assert found is not None
    return found


def VisitFactory(maker: Actor | None = None, *, office: str = "kc_mamuju", **given: Any) -> VisitObservation:
    """A visit to an office, named by its reference."""
    told = {"visited_on": date(2026, 11, 2), "seen": "Loket rapi; papan tarif tidak ada.", **given}
    visit = VisitInput(office_id=office_id(office), **told)
    return note_visit(visit, actor=maker or person(Role.PREVENTION_ASSISTANT))


def FindingFactory(
    state: FindingState = FindingState.DRAFT,
    *,
    maker: Actor | None = None,
    officer: Actor | None = None,
    judge: Actor | None = None,
    office: str = "kc_mamuju",
    is_opened: bool = True,
    summary: str = SUMMARY,
) -> Finding:
    """A finding of a visit, brought into this state by the commands; `is_opened`: by its officer."""
    maker = maker or person(Role.PREVENTION_ASSISTANT)
    given = FindingInput(
        summary, "Pada 2 November 2026 papan tarif tidak terlihat.", "UU 25/2009 Pasal 21", [MEASURE]
    )
    finding = find_on_visit(VisitFactory(maker, office=office), given, actor=maker)
    if state is FindingState.DRAFT:
        return finding
    send_finding(finding, version=finding.version, actor=maker)
    if not is_opened:
        return finding
    officer = officer or person(Role.OFFICE_OFFICER, portal_office=office)
    open_finding(finding, actor=officer)
    if state is FindingState.SENT:
        return finding
    respond_to_finding(finding, ResponseInput(Position.ACCEPT, ANSWER), actor=officer)
    verdict = {
        FindingState.ACCEPTED: Verdict.ENOUGH,
        FindingState.RETURNED: Verdict.NOT_ENOUGH,
        FindingState.DONE: Verdict.DONE,
    }.get(state)
    if verdict:
        judge = judge or person(Role.REVIEWER)
        judge_answer(finding, JudgementInput(verdict, REASON), version=finding.version, actor=judge)
    return finding


@command
def many_findings(number: int, *, office: str = "kc_mamuju", handling: str = "MAM", **columns: Any) -> None:
    """Many sent findings in one go, without their history."""
    maker = UserFactory(Role.PREVENTION_ASSISTANT, password=None)
    handled_by = db.session.query(RepresentativeOffice.id).filter_by(code=handling).scalar()
    rows = [
        {
            "reference": f"TM-M{next(_numbers):06}",
            "representative_office_id": handled_by,
            "office_id": office_id(office),
            "origin": Origin.VISIT,
            "state": FindingState.SENT,
            "summary": f"{SUMMARY} {step}",
            "description": "",
            "rule": "",
            "made_by_id": maker.id,
            "made_at": now(),
            "sent_on": date(2026, 11, 2),
            "next_due_on": NO_DUE_DAY,
            "round": 1,
            **columns,
        }
        for step in range(number)
    ]
    db.session.execute(insert(Finding), rows)


@command
def SheetFactory(office: str = "MAM") -> RegisterExport:
    """A large sheet that somebody of an office asked for and that waits for another person."""
    asker = person(Role.ANALYST, office=office)
    sheet = RegisterExport(
        representative_office_id=min(asker.offices_as(Role.ANALYST)),
        asked_by_id=asker.user_id,
        asked_at=now(),
        reason="Bahan rapat pimpinan.",
        filters="{}",
        language="id",
        rows=limits.EXPORT_ALONE + 1,
        needs_second=True,
    )
    db.session.add(sheet)
    db.session.flush()
    return sheet


def maker_of(office: str) -> Actor:
    """Somebody of an office of the Ombudsman who makes findings."""
    return person(Role.PREVENTION_ASSISTANT, office=office)


def more_time_asked(finding: Finding, officer: User) -> int:
    """Ask for three days more as somebody of the office does; return the id of the request."""
    actor = actor_for(officer.id)
    assert actor is not None
    return ask_for_time(finding, MoreTimeInput(3, "Data dari loket belum lengkap."), actor=actor).id


def clock_of(finding: Finding) -> int:
    """Return the id of the first time that runs on a finding."""
    found = select(FindingClock.id).where(FindingClock.finding_id == finding.id).order_by(FindingClock.id)
    return db.session.scalars(found).first() or 0


@command
def proposed(finding: Finding, rung: Rung = Rung.REMINDER) -> int:
    """Propose a step of the ladder as the system does at night; return its id."""
    step = LadderStep(finding_id=finding.id, round=finding.round, rung=rung, proposed_at=now())
    db.session.add(step)
    db.session.flush()
    return step.id


def answered_finding(maker: Actor, office: str) -> tuple[int, int]:
    """A finding and the answer of its office: their ids."""
    finding = FindingFactory(FindingState.RESPONDED, maker=maker, office=office)
    answer = select(FindingEntry.id).where(FindingEntry.finding_id == finding.id)
    return finding.id, db.session.scalars(answer).one()
