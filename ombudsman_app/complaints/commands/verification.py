"""From receipt to the plenary meeting: number, formal check, material check (design.md §12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import ChecksOpen
from ombudsman_app.complaints.models import Complaint, ComplaintCheck, Notice
from ombudsman_app.complaints.policies import VERIFY
from ombudsman_app.complaints.states import (
    ITEMS_OF,
    RULES,
    CheckItem,
    ComplaintState,
    Verdict,
    needs_reason,
    open_items,
)
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.months import roman_month
from ombudsman_app.core.numbers import next_number
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.models import RepresentativeOffice

from .clocks import exchange_clocks
from .conflict import declare_free
from .conversation import post_notice
from .moving import locked_case, move, note_step

NUMBER_KIND = "complaint"


@dataclass(frozen=True)
class CheckInput:
    """What an officer found for one item."""

    verdict: Verdict
    reason: str = ""


@command
def begin_verification(case: Complaint, *, version: int, actor: Actor) -> str:
    """Begin the formal check; return the registration number that is drawn for it (`design.md` §12).

    Who begins takes the case and declares with it to have no interest in it (UU 37/2008 Pasal 40; the
    page says so beside the button). Raises RecordChanged, MoveNotAllowed, NotAllowed.
    """
    held = locked_case(case, version)
    demand(VERIFY, actor, held)
    held.officer_id = actor.user_id
    declare_free(held, actor=actor)
    held.registration_number = held.registration_number or registration_number(held.representative_office)
    move(
        held,
        "begin_formal_verification",
        actor=actor,
        officer_id=actor.user_id,
        changes={"registration_number": held.registration_number},
    )
    return held.registration_number


def registration_number(office: RepresentativeOffice) -> str:
    """Draw the next number of this office and year, such as 0012/LM/XI/2026/MAM. 1 statement.

    Year and month are those of the legal day in the zone of the office (`complaints.yaml` numbering).
    """
    day = today(office.time_zone)
    return number_in_words(next_number(NUMBER_KIND, office.id, day.year), day, office.code)


def number_in_words(number: int, day: date, office_code: str) -> str:
    """Write a number as it stands on papers."""
    return RULES.numbering.registration.format.format(
        seq=number, month_roman=roman_month(day.month), year=day.year, office_code=office_code
    )


@command
def save_checks(
    case: Complaint, given: Mapping[str, CheckInput], *, version: int, actor: Actor
) -> dict[str, Verdict]:
    """Keep what was found so far; return the verdicts that stand now. 5 statements.

    An item that is not given loses its verdict: the list is saved as the page shows it. Raises
    RecordChanged when somebody else saved in between, MoveNotAllowed outside of the two checks.
    """
    held = locked_case(case, version)
    demand(VERIFY, actor, held)
    return _keep(held, given, actor)


def _take_over(held: Complaint, actor: Actor) -> None:
    """Who judges an item has the case, as who began the check had it; saving what stood there does not do."""
    if held.officer_id != actor.user_id:
        held.officer_id = actor.user_id
        declare_free(held, actor=actor)
        note_step(held, "take_over", actor=actor, officer_id=actor.user_id)


def _keep(held: Complaint, given: Mapping[str, CheckInput], actor: Actor) -> dict[str, Verdict]:
    items = _items_of(held)
    _refuse_impossible(items, given)
    known = {item.id for item in items}
    stored = {
        row.item: row
        for row in db.session.scalars(
            select(ComplaintCheck).where(
                ComplaintCheck.complaint_id == held.id, ComplaintCheck.item.in_(known)
            )
        )
    }
    changes: dict[str, list[str | None]] = {}
    for item in items:
        found, row = given.get(item.id), stored.get(item.id)
        before = _trace(row.verdict, row.reason) if row else None
        after = _trace(found.verdict, found.reason) if found else None
        if before == after:
            continue
        changes[item.id] = [before, after]
        _put(held, item.id, row, found, actor)
    if changes:
        _take_over(held, actor)
        touch(held)
        record(Event.COMPLAINTS_CHECKED, "complaint", held.id, actor=actor, changes=changes)
    return {name: found.verdict for name, found in given.items() if name in known}


def _refuse_impossible(items: tuple[CheckItem, ...], given: Mapping[str, CheckInput]) -> None:
    """Raise ChecksOpen for a verdict that the item does not know, or that lacks its reason."""
    wrong = [
        item.id
        for item in items
        if (found := given.get(item.id))
        and (found.verdict not in item.verdicts or (needs_reason(item, found.verdict) and not found.reason))
    ]
    if wrong:
        raise ChecksOpen(items=wrong)


def _trace(verdict: Verdict, reason: str) -> str:
    """Return what the trail keeps of a finding: the verdict, and a digest where words were written (LG3)."""
    return f"{verdict.value} {hmac_hex(reason, purpose='check-reason')[:16]}" if reason else verdict.value


def _put(
    held: Complaint, item: str, row: ComplaintCheck | None, found: CheckInput | None, actor: Actor
) -> None:
    if found is None:
        db.session.delete(row)
        return
    if row is None:
        row = ComplaintCheck(complaint_id=held.id, item=item)
        db.session.add(row)
    row.verdict, row.reason = found.verdict, found.reason
    row.checked_by_id, row.checked_at = actor.user_id or 0, now()


@command
def finish_formal_verification(
    case: Complaint, given: Mapping[str, CheckInput], *, version: int, actor: Actor
) -> None:
    """Keep the list and go on to the material check; the reporter reads on /lacak that all is there.

    That notice is the answer on completeness (D01, UU 25/2009 Pasal 44(1)). Raises ChecksOpen(items)
    while a mandatory item is open or missing; nothing is kept then.
    """
    held = locked_case(case, version)
    demand(VERIFY, actor, held)
    _finish(held, given, ComplaintState.FORMAL_VERIFICATION, actor)
    move(held, "begin_material_verification", actor=actor)
    post_notice(held, Notice.FILE_COMPLETE, actor=actor)
    exchange_clocks(
        held,
        ended=("formal_verification", "reply_on_completeness"),
        begun="material_verification_and_plenary",
    )


@command
def put_to_plenary(case: Complaint, given: Mapping[str, CheckInput], *, version: int, actor: Actor) -> None:
    """Keep the list and hand the case to the meeting that decides. Raises ChecksOpen(items)."""
    held = locked_case(case, version)
    demand(VERIFY, actor, held)
    _finish(held, given, ComplaintState.MATERIAL_VERIFICATION, actor)
    move(held, "put_to_plenary", actor=actor)
    notices.decision_waits(held, actor=actor)


def _finish(held: Complaint, given: Mapping[str, CheckInput], state: ComplaintState, actor: Actor) -> None:
    if held.state is not state:
        raise MoveNotAllowed(state=str(held.state), event="finish")
    verdicts = _keep(held, given, actor)
    _take_over(held, actor)
    if left := open_items(_items_of(held), verdicts):
        raise ChecksOpen(items=left)


def _items_of(held: Complaint) -> tuple[CheckItem, ...]:
    items = ITEMS_OF.get(held.state)
    if items is None:
        raise MoveNotAllowed(state=str(held.state), event="check")
    return items
