"""What happens to a case when a letter about it is issued, and when its receipt is proven.

Called by the papers' own commands, in their transaction: the paper is locked first, then its case.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint, ComplaintCheck, InformationTip, Notice
from ombudsman_app.complaints.policies import DECIDE, VERIFY
from ombudsman_app.complaints.states import RESULT_NOTICE, ComplaintState, Verdict
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory import queries as directory
from ombudsman_app.documents.commands import issue_at_once, make_on_demand
from ombudsman_app.documents.errors import LetterIncomplete
from ombudsman_app.documents.models import Delivery, Document

from .clocks import counted_clock, end_clocks, exchange_clocks, keep_next_due, start_clocks
from .closing import close_by
from .conflict import declare_free
from .conversation import post_notice
from .moving import locked_case, move

COMPLETION, REFUSAL, NOT_COMPETENT, TRANSFER = (
    "completion_request",
    "refusal_notice",
    "not_competent_notice",
    "transfer_notice",
)
PLENARY, CLOSING_MINUTES, CLOSING_NOTICE = "plenary_minutes", "closing_minutes", "closing_notice"
# The day of decision is the day on which the notice stands on /lacak: D03 begins and ends with it.
_NOTICE_CLOCK = "notice_not_competent_or_refused"


@command
def folder_of(case: Complaint) -> UUID:
    """Return the folder of the case; one from before files existed gets it now."""
    if case.files_id is None:
        held = locked_case(case)
        held.files_id = held.files_id or uuid4()
        return held.files_id
    return case.files_id


def case_of(folder: UUID) -> Complaint:
    """Return the case that a paper belongs to, locked. Raises NotVisible. 2 statements."""
    found = db.session.scalar(select(Complaint).where(Complaint.files_id == folder))
    if found is None:
        raise NotVisible
    return locked_case(found)


def ask_for_completion(document: Document, actor: Actor) -> None:
    """The reporter is asked to complete; D02 waits for the proof of receipt (UU 37/2008 Pasal 25).

    The letter is the answer on completeness too (D01). Raises LetterIncomplete while nothing is missing.
    """
    held = case_of(document.folder)
    demand(VERIFY, actor, held)
    if not document.answers.get("items"):
        raise LetterIncomplete(missing=["items"])
    move(held, "ask_for_completion", actor=actor, changes={"document": document.id})
    post_notice(held, Notice.LETTER, actor=actor)
    _note_missing(held, document.answers["items"], actor)
    end_clocks(
        held.id,
        ("formal_verification", "reply_on_completeness"),
        on=today(held.representative_office.time_zone),
    )
    keep_next_due([held.id])


def _note_missing(held: Complaint, items: list[str], actor: Actor) -> None:
    """What the letter asks for is judged missing: the list and the letter say the same."""
    rows = db.session.scalars(
        select(ComplaintCheck).where(ComplaintCheck.complaint_id == held.id, ComplaintCheck.item.in_(items))
    )
    stored = {row.item: row for row in rows}
    for item in items:
        row = stored.get(item)
        if row is None:
            row = ComplaintCheck(complaint_id=held.id, item=item)
            db.session.add(row)
        if row.verdict is not Verdict.MISSING:
            row.verdict, row.reason = Verdict.MISSING, ""
            row.checked_by_id, row.checked_at = actor.user_id or 0, now()


def start_completion_clock(document: Document, way: Delivery, actor: Actor) -> None:
    """The letter has arrived: from now on the reporter's time runs (D02)."""
    held = case_of(document.folder)
    if held.state is ComplaintState.AWAITING_COMPLETION:  # else it was completed before the proof came
        run_from_receipt(held, "complete_the_report", document, way, actor)


def run_from_receipt(held: Complaint, name: str, document: Document, way: Delivery, actor: Actor) -> None:
    """Let a clock of a locked case run from the proven receipt of a letter about it. ≤ 5 statements."""
    if way.delivered_at is None:
        return
    office = held.representative_office
    calendar = calendar_of(held.office.province_code)
    counted = counted_clock(name, held.regime, office, calendar, at=way.delivered_at)
    start_clocks(held.id, [counted])
    keep_next_due([held.id])
    touch(held)
    record(
        Event.COMPLAINTS_CLOCK_STARTED,
        "complaint",
        held.id,
        actor=actor,
        changes={"clock": counted["clock"], "document": document.id, "due_on": counted["due_on"].isoformat()},
    )


def refuse(document: Document, actor: Actor) -> None:
    """The meeting refuses the report (UU 37/2008 Pasal 36)."""
    ground = document.answers.get("ground")
    if not ground:
        raise LetterIncomplete(missing=["ground"])
    _end_at_plenary(document, "refuse", actor, {"ground": ground})


def declare_not_competent(document: Document, actor: Actor) -> None:
    """The meeting finds that the Ombudsman may not go on (UU 37/2008 Pasal 27)."""
    _end_at_plenary(document, "declare_not_competent", actor, {})


def _end_at_plenary(document: Document, event: str, actor: Actor, changes: Mapping[str, Any]) -> None:
    held = case_of(document.folder)
    demand(DECIDE, actor, held)
    declare_free(held, actor=actor)
    office, calendar = held.representative_office, calendar_of(held.office.province_code)
    start_clocks(held.id, [counted_clock(_NOTICE_CLOCK, held.regime, office, calendar, at=now())])
    reason = str(document.answers.get("considerations", ""))
    close_by(held, event, actor=actor, reason=reason, changes={"document": document.id, **changes})
    post_notice(held, Notice.LETTER, actor=actor)
    minute(held, PLENARY, document.answers | {"decision": event}, actor)
    minute(held, CLOSING_MINUTES, document.answers, actor)


def transfer(document: Document, actor: Actor) -> None:
    """The meeting gives the case to another office; its number stays (58/2023 Pasal 16-17).

    Its clock of the whole examination begins in the zone of the office that takes it. Nobody has the case
    until the head of that office assigns it.
    """
    held = case_of(document.folder)
    demand(DECIDE, actor, held)
    to_office = directory.representative_by_id(int(document.answers.get("to_office") or 0))
    if to_office is None or to_office.id == held.representative_office_id:
        raise LetterIncomplete(missing=["to_office"])
    declare_free(held, actor=actor)
    reason = str(document.answers.get("considerations", ""))
    minute(held, PLENARY, document.answers | {"decision": "transfer"}, actor)
    move(
        held,
        "transfer",
        actor=actor,
        reason=reason,
        changes={"document": document.id, "office": [held.representative_office_id, to_office.id]},
    )
    post_notice(held, Notice.LETTER, actor=actor)
    held.officer_id, held.has_officer_declared = None, False
    held.representative_office_id = to_office.id
    db.session.flush()
    db.session.expire(held, ["representative_office"])
    exchange_clocks(
        locked_case(held), ended=("material_verification_and_plenary",), begun="examination_total"
    )


def minute(held: Complaint, kind: str, answers: Mapping[str, Any], actor: Actor) -> Document:
    """Issue minutes or a notice that belongs to an act, in its transaction, signed by whoever does it."""
    if held.files_id is None:
        held.files_id = uuid4()
        db.session.flush()
    subject = SUBJECTS[kind].format(number=held.registration_number or held.ticket)
    return issue_at_once(kind, held.files_id, subject=subject, answers=answers, actor=actor)


SUBJECTS = {
    RESULT_NOTICE: "Pemberitahuan hasil pemeriksaan laporan {number}",
    PLENARY: "Berita acara rapat perwakilan atas laporan {number}",
    CLOSING_MINUTES: "Berita acara penutupan laporan {number}",
    CLOSING_NOTICE: "Pemberitahuan penutupan laporan {number}",
}


_RECEIPTS = {
    "receipt": "Tanda terima laporan {ticket}",
    "tip_receipt": "Tanda terima informasi {ticket}",
}


@command
def make_receipt(kind: str, folder: UUID, ticket: str) -> None:
    """Have a receipt made, once: asked again, nothing happens. Raises SigningNotPossible."""
    locked: type[Complaint] | type[InformationTip] = InformationTip if kind == "tip_receipt" else Complaint
    db.session.execute(select(locked.id).where(locked.files_id == folder).with_for_update())
    make_on_demand(kind, folder, subject=_RECEIPTS[kind].format(ticket=ticket))
