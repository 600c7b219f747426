"""A case goes to the branch, and to the labour office: a summary, released by another person (PD3)."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import Institution, InstitutionKind, Office, Region
from ombudsman_app.documents.commands import issue_at_once
from ombudsman_app.employers.compliance import notices
from ombudsman_app.employers.compliance.policies import RELEASE, WORK
from ombudsman_app.employers.compliance.rules import ENDED, CaseState, Recipient
from ombudsman_app.employers.errors import CaseRefused
from ombudsman_app.employers.models import CaseForwarding, Employer, EmployerComplianceCase

from .moving import SUBJECT, locked_case, move

LETTER = "compliance_forwarding"  # the kind of letter by which a case goes out
_BODY = {
    Recipient.BRANCH: InstitutionKind.SOCIAL_SECURITY_BODY,
    Recipient.LABOUR_OFFICE: InstitutionKind.LABOUR_OFFICE,
}


@dataclass(frozen=True)
class ForwardInput:
    """To which office, and what it may read of the matter: nothing that leads to whoever told of it."""

    recipient: Recipient
    office_id: int
    summary: str


@command
def propose_forwarding(
    case: EmployerComplianceCase, given: ForwardInput, *, version: int, actor: Actor
) -> CaseForwarding:
    """Write what an office shall read; it leaves when another person releases it. Written again until then.

    Raises NotAllowed, RecordChanged, NotVisible for an office that is none; CaseRefused(why): not_verified,
    ended, office, branch_first, forwarded.
    """
    held = locked_case(case.id, version)
    demand(WORK, actor, held)
    _refuse_unready(held, given.recipient)
    body = db.session.scalar(
        select(Institution.kind)
        .join(Office, Office.institution_id == Institution.id)
        .where(Office.id == given.office_id)
    )
    if body is None:
        raise NotVisible
    if body is not _BODY[given.recipient]:
        raise CaseRefused(why="office")
    row = _draft(held, given.recipient)
    if row is None:
        row = CaseForwarding(case_id=held.id, recipient=given.recipient)
        db.session.add(row)
    elif row.released_at is not None:
        raise CaseRefused(why="forwarded")
    row.office_id, row.summary = given.office_id, given.summary
    row.written_by_id, row.written_at = actor.user_id or 0, now()
    touch(held)
    db.session.flush()
    changes = {"forwarding": row.id, "office": given.office_id}
    record(Event.EMPLOYERS_CASE_FORWARDING_PROPOSED, SUBJECT, held.id, actor=actor, changes=changes)
    notices.forwarding_waits(held, row.id, actor=actor)
    return row


def _refuse_unready(held: EmployerComplianceCase, recipient: Recipient) -> None:
    if held.state in ENDED:
        raise CaseRefused(why="ended")
    if held.state is CaseState.REPORTED:
        raise CaseRefused(why="not_verified")
    if recipient is Recipient.LABOUR_OFFICE and held.branch_id is None:
        raise CaseRefused(why="branch_first")


def _draft(held: EmployerComplianceCase, recipient: Recipient) -> CaseForwarding | None:
    """Return the one forwarding of a case to a body of this kind."""
    return db.session.scalar(
        select(CaseForwarding).where(CaseForwarding.case_id == held.id, CaseForwarding.recipient == recipient)
    )


@command
def release_forwarding(forwarding: CaseForwarding, *, version: int, actor: Actor) -> None:
    """Let a summary go with its letter, which gets its number in the same transaction.

    Raises CaseRefused(why): own_summary, forwarded; RecordChanged, NotAllowed, MoveNotAllowed,
    SigningNotPossible: then nothing has happened and no number is used up.
    """
    held = locked_case(forwarding.case_id, version)
    demand(RELEASE, actor, held)
    row = db.session.get_one(CaseForwarding, forwarding.id, populate_existing=True)
    if row.released_at is not None:
        raise CaseRefused(why="forwarded")
    if row.written_by_id == actor.user_id:
        raise CaseRefused(why="own_summary")
    if held.state in ENDED:
        raise MoveNotAllowed(state=str(held.state), event="forward")
    _take_facts(held, row)
    day = today(held.representative_office.time_zone)
    row.released_by_id, row.released_at, row.sent_on = actor.user_id, now(), day
    if row.recipient is Recipient.BRANCH:
        held.branch_id = row.office_id
        move(
            held,
            "forward",
            note=Event.EMPLOYERS_CASE_FORWARDED,
            actor=actor,
            changes={"office": row.office_id},
        )
    else:
        touch(held)
        changes = {"office": row.office_id}
        record(Event.EMPLOYERS_CASE_FORWARDED, SUBJECT, held.id, actor=actor, changes=changes)
    db.session.flush()
    letter = issue_at_once(
        LETTER, row.letters_id, subject=f"Penerusan kasus kepatuhan {held.reference}", actor=actor
    )
    row.document_id = letter.id
    db.session.flush()
    notices.forwarded(held, row, actor=actor)


def _take_facts(held: EmployerComplianceCase, row: CaseForwarding) -> None:
    """Freeze what is said of the employer on this day: its name, place, kinds and gap, nothing more."""
    found = db.session.execute(
        select(Employer.name, Region.name.label("place"), Employer.gap_low, Employer.gap_high)
        .outerjoin(Region, Region.id == Employer.region_id)
        .where(Employer.id == held.employer_id)
    ).one()
    row.employer_name, row.place, row.breaches = found.name, found.place or "", held.breaches
    row.gap_low, row.gap_high = found.gap_low, found.gap_high
