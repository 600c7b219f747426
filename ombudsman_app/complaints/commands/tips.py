"""Information without identity: received once, read, used or set aside, talked about with ticket and code."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import select, update

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.complaints import notices
from ombudsman_app.complaints.errors import TipClosed
from ombudsman_app.complaints.models import InformationTip, TipMessage, TipStep, sealed_text
from ombudsman_app.complaints.policies import HANDLE_TIP
from ombudsman_app.complaints.states import TIP, TipState
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db, write_aside
from ombudsman_app.core.policy import STRANGER, Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import close_chain, record
from ombudsman_app.directory import queries as directory

from .moving import locked_record
from .said_once import is_new
from .tickets import access_code_hash, new_ticket

SUBJECT = "tip"


@dataclass(frozen=True)
class TipInput:
    """What somebody tells who does not want to be known. `told`: the answers that were typed, by name."""

    TOLD: ClassVar = (
        "narrative",
        "event_on",
        "is_continuing",
        "told_first",
        "prior_effort_on",
        "prior_effort",
        "requested_remedy",
        "employer_name",
        "employer_place",
    )

    office_id: int
    substance: str
    counter_id: int | None
    urgency: str | None
    told: Mapping[str, Any]


@command
def receive_tip(
    given: TipInput, *, access_code: str, actor: Actor, sent_draft: UUID | None = None
) -> InformationTip:
    """Receive information; it gets a ticket and neither number nor clock. 5 statements and the trail's.

    The office that handles it is the same as for a complaint about that office.
    """
    instant = now()
    office, handling = directory.office_and_representative(given.office_id)
    received_on = today(handling.time_zone)
    tip = InformationTip(
        uuid=uuid4(),
        ticket=new_ticket(handling, received_on),
        access_code_hash=access_code_hash(access_code),
        sent_draft=sent_draft,
        files_id=sent_draft or uuid4(),
        representative_office_id=handling.id,
        office_id=office.id,
        counter_id=given.counter_id,
        substance=given.substance,
        urgency=given.urgency,
        state=TipState.NEW,
        is_open=True,
        awaits_office=True,
        received_at=instant,
        received_on=received_on,
    )
    tip.close({name: _plain(given.told[name]) for name in TipInput.TOLD if given.told.get(name)})
    db.session.add(tip)
    db.session.flush()
    _note_step(tip, "receive", actor=actor)
    record(
        Event.COMPLAINTS_TIP_RECEIVED,
        SUBJECT,
        tip.id,
        actor=actor,
        changes={"state": tip.state, "office_id": office.id},
    )
    return tip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@command
def move_tip(tip: InformationTip, event: str, *, version: int, actor: Actor, reason: str = "") -> None:
    """Move information by the table. Who begins to read it has it, and declares to have no interest in it.

    The reason is kept sealed with the step and not on the trail, which is never destroyed. Raises
    RecordChanged, NotAllowed, MoveNotAllowed (409).
    """
    held = locked_tip(tip, version)
    demand(HANDLE_TIP, actor, held)
    before = held.state
    held.stand_in(TIP.after(before, event))
    if event == "begin_reading":
        held.officer_id = actor.user_id
        _declare(held, has_interest=False, actor=actor)
        held.awaits_office = _last_word_is_theirs(held)
    elif held.state is TipState.SET_ASIDE:
        held.awaits_office = False
    _note_step(held, event, actor=actor, reason=reason)
    record(
        Event.COMPLAINTS_TIP_MOVED,
        SUBJECT,
        held.id,
        actor=actor,
        changes={"move": event, "state": [before.value, held.state.value]},
    )


@command
def answer_tip(
    tip: InformationTip, text: str, *, form_key: str, actor: Actor, seen: int | None = None
) -> None:
    """Write to whoever gave the information. Sent twice it is there once (DI4).

    `seen` is the id of the last message on the officer's page: what came behind it still waits for an
    answer; None: all of it was seen. Raises TipClosed, NotAllowed, FormSentDifferently.
    """
    held = locked_tip(tip)
    demand(HANDLE_TIP, actor, held)
    if not is_new(
        TipMessage, TipMessage.tip_id, held.id, author_id=actor.user_id, text=text, form_key=form_key
    ):
        return
    if not held.takes_messages:
        raise TipClosed
    _post(held, text, author_id=actor.user_id, actor=actor)
    if held.state is not TipState.NEW:
        held.awaits_office = _wrote_behind(held, seen)


@command
def write_to_tip(tip: InformationTip, text: str, *, form_key: str) -> None:
    """Take in a message from whoever holds ticket and code. Raises TipClosed, FormSentDifferently."""
    held = locked_tip(tip)
    if not is_new(TipMessage, TipMessage.tip_id, held.id, author_id=None, text=text, form_key=form_key):
        return
    if not held.takes_messages:
        raise TipClosed
    _post(held, text, author_id=None, actor=STRANGER)
    held.awaits_office = True


@command
def settle_tip_message(tip: InformationTip, *, actor: Actor, seen: int | None = None) -> None:
    """Say that what was written, up to the message `seen`, needs no answer."""
    held = locked_tip(tip)
    demand(HANDLE_TIP, actor, held)
    if held.awaits_office and held.state is not TipState.NEW and not _wrote_behind(held, seen):
        held.awaits_office = False
        touch(held)
        record(Event.COMPLAINTS_TIP_MESSAGE_SETTLED, SUBJECT, held.id, actor=actor)


@command
def declare_about_tip(tip: InformationTip, *, has_interest: bool, reason: str = "", actor: Actor) -> None:
    """Declare an interest or none; with an interest it does not exist for this person any more.

    If it was theirs to read, somebody else takes it (UU 37/2008 Pasal 40).
    """
    held = locked_tip(tip)
    demand(HANDLE_TIP, actor, held)
    _declare(held, has_interest=has_interest, reason=reason, actor=actor)
    if not has_interest:
        return
    if held.officer_id == actor.user_id:
        held.officer_id = None
    _note_step(held, "declare_interest", actor=actor, has_moved=False)


def _declare(held: InformationTip, *, has_interest: bool, actor: Actor, reason: str = "") -> None:
    db.session.add(
        ConflictDeclaration(
            user_id=actor.user_id,
            subject_type=SUBJECT,
            subject_id=held.id,
            has_conflict=has_interest,
            reason=reason,
            declared_at=now(),
        )
    )
    record(
        Event.COMPLAINTS_TIP_INTEREST_DECLARED,
        SUBJECT,
        held.id,
        actor=actor,
        changes={"has_conflict": has_interest},
    )


def note_tip_messages_read(tip_id: int, shown: Collection[int]) -> None:
    """Write down that who holds the code has opened these messages: a transaction of its own."""
    db.release()
    with write_aside() as aside:
        opened = aside.scalars(
            update(TipMessage)
            .where(TipMessage.tip_id == tip_id, TipMessage.id.in_(shown), TipMessage.read_at.is_(None))
            .values(read_at=now())
            .returning(TipMessage.id)
            .execution_options(synchronize_session=False)
        ).all()
        if opened:
            changes = {"messages": sorted(opened)}
            record(
                Event.COMPLAINTS_TIP_MESSAGE_READ,
                SUBJECT,
                tip_id,
                actor=STRANGER,
                changes=changes,
                session=aside,
            )
            close_chain(aside)


def locked_tip(tip: InformationTip, version: int | None = None) -> InformationTip:
    """Return the information as it stands now, locked until the commit. 1 statement.

    `version` is the one that the person's page showed: raises RecordChanged if it is another by now (DI2).
    """
    return locked_record(InformationTip, tip.id, version)


def _note_step(
    tip: InformationTip, move: str, *, actor: Actor, reason: str = "", has_moved: bool = True
) -> None:
    key = uuid4()
    db.session.add(
        TipStep(
            uuid=key,
            tip_id=tip.id,
            move=move,
            to_state=tip.state,
            has_moved=has_moved,
            at=now(),
            actor_id=actor.user_id,
            sealed=sealed_text(TipStep, key, reason) if reason else None,
        )
    )
    if move != "receive":
        touch(tip)


def _post(held: InformationTip, text: str, *, author_id: int | None, actor: Actor) -> None:
    key = uuid4()
    message = TipMessage(
        uuid=key,
        tip_id=held.id,
        author_id=author_id,
        sealed=sealed_text(TipMessage, key, text),
        sent_at=now(),
    )
    db.session.add(message)
    db.session.flush()
    touch(held)
    record(Event.COMPLAINTS_TIP_MESSAGE_SENT, SUBJECT, held.id, actor=actor, changes={"message": message.id})
    if author_id is None:
        notices.tip_wrote(held, f"message:{message.id}")


def _wrote_behind(held: InformationTip, seen: int | None) -> bool:
    """Return whether something was written that the officer's page did not show yet. ≤ 1 statement."""
    if seen is None:
        return False
    behind = select(TipMessage.id).where(
        TipMessage.tip_id == held.id, TipMessage.author_id.is_(None), TipMessage.id > seen
    )
    return db.session.scalar(behind.limit(1)) is not None


def _last_word_is_theirs(held: InformationTip) -> bool:
    """Return whether whoever gave the information wrote last. 1 statement."""
    last = select(TipMessage.author_id).where(TipMessage.tip_id == held.id).order_by(TipMessage.id.desc())
    found = db.session.execute(last.limit(1)).first()
    return found is not None and found.author_id is None
