"""From a sent draft to a case: ticket, sealed identity, first clocks, first step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from ombudsman_app.complaints.errors import DraftEnded, DraftIncomplete
from ombudsman_app.complaints.models import (
    CODE_LASTS,
    Complaint,
    ComplaintStep,
    ReporterIdentity,
    ToldFirst,
)
from ombudsman_app.complaints.states import ANONYMOUS, ComplaintState, regime_for
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.directory import queries as directory

from .clocks import first_clocks, start_clocks
from .drafts import locked_draft
from .tickets import access_code_hash, new_ticket
from .tips import TipInput, receive_tip

FILED_ONLINE = "website"  # intake channel of complaints.yaml
_NEEDED = ("office_id", "substance", "narrative", "told_first", "urgency", "confidentiality")


_FIRST_STEP = insert(ComplaintStep.__table__)  # type: ignore[arg-type]  # a row, no object: half the work


@dataclass(frozen=True)
class ComplaintInput:
    """What a reporter tells, whichever door it came through. Days are the reporter's own words for them."""

    office_id: int
    substance: str
    narrative: str
    told_first: ToldFirst
    confidentiality: str
    counter_id: int | None = None
    event_on: date | None = None
    is_continuing: bool = False
    prior_effort_on: date | None = None
    prior_effort: str = ""
    requested_remedy: str = ""
    urgency: str | None = None
    employer_name: str = ""
    employer_place: str = ""
    identity: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Receipt:
    """What the reporter keeps. One of the ids is there: of the complaint, or of information (a tip)."""

    ticket: str
    complaint_id: int | None = None
    tip_id: int | None = None


@command
def send_draft(token: str, *, actor: Actor) -> Receipt:
    """Make a case of a draft. The same draft sent twice is one case, and the same receipt (DI4).

    Without identity it becomes information instead, which is no report (UU 37/2008 Pasal 24(1)a). Raises
    DraftEnded, or DraftIncomplete(missing) when an answer is missing that no case can do without.
    """
    draft = locked_draft(token)
    if draft is None:
        raise DraftEnded
    answers = draft.opened()
    if draft.is_sent:
        return Receipt(answers.get("ticket", ""), draft.complaint_id, draft.tip_id)
    given, code = input_from(answers), answers["access_code"]
    if given.confidentiality == ANONYMOUS:
        tip = receive_tip(_as_tip(given), access_code=code, sent_draft=draft.uuid, actor=actor)
        draft.tip_id, ticket = tip.id, tip.ticket
    else:
        complaint = register_complaint(
            given, access_code=code, sent_draft=draft.uuid, channel=FILED_ONLINE, actor=actor
        )
        draft.complaint_id, ticket = complaint.id, complaint.ticket
    draft.expires_at = now() + CODE_LASTS
    draft.close({"ticket": ticket, "access_code": code})
    return Receipt(ticket, draft.complaint_id, draft.tip_id)


def _as_tip(given: ComplaintInput) -> TipInput:
    """Leave out who it is: what was typed about the person goes nowhere."""
    told = {name: getattr(given, name) for name in TipInput.TOLD}
    return TipInput(given.office_id, given.substance, given.counter_id, given.urgency, told)


@command
def register_complaint(
    given: ComplaintInput, *, access_code: str, channel: str, actor: Actor, sent_draft: UUID | None = None
) -> Complaint:
    """Receive a complaint: it gets a ticket, not yet a registration number (`design.md` §12). 10 statements.

    The office that handles it is the representative office of the respondent's province, else the head
    office. The legal day and every clock run in that office's zone, under the rules in force today.
    """
    instant = now()
    office, handling = directory.office_and_representative(given.office_id)
    received_on = today(handling.time_zone)
    identity = ReporterIdentity.sealed(
        dict(given.identity or {}), at=instant, phone_index=phone_index(given.identity or {})
    )
    regime = regime_for(received_on).id
    clocks = first_clocks(regime, handling, calendar_of(office.province_code), at=instant)
    complaint = Complaint(
        ticket=new_ticket(handling, received_on),
        access_code_hash=access_code_hash(access_code),
        sent_draft=sent_draft,
        files_id=sent_draft or uuid4(),
        representative_office_id=handling.id,
        office_id=office.id,
        counter_id=given.counter_id,
        reporter=identity,
        state=ComplaintState.RECEIVED,
        is_open=True,
        regime=regime,
        channel=channel,
        confidentiality=given.confidentiality,
        substance=given.substance,
        urgency=given.urgency,
        narrative=given.narrative,
        event_on=given.event_on,
        is_continuing=given.is_continuing,
        told_first=given.told_first,
        prior_effort_on=given.prior_effort_on,
        prior_effort=given.prior_effort,
        requested_remedy=given.requested_remedy,
        employer_name=given.employer_name,
        employer_place=given.employer_place,
        received_at=instant,
        received_on=received_on,
        next_due_on=min(clock["due_on"] for clock in clocks),
    )
    db.session.add(complaint)
    db.session.flush()
    step = {"move": "register", "to_state": complaint.state, "at": instant, "actor_id": actor.user_id}
    db.session.execute(_FIRST_STEP, {"complaint_id": complaint.id, **step})
    start_clocks(complaint.id, clocks)
    record(
        Event.COMPLAINTS_REGISTERED,
        "complaint",
        complaint.id,
        actor=actor,
        changes={"state": complaint.state, "office_id": office.id, "channel": channel},
    )
    return complaint


def missing_answers(answers: Mapping[str, Any]) -> list[str]:
    """Return the answers that no complaint can do without and that are still open."""
    return [name for name in _NEEDED if not answers.get(name)]


def input_from(answers: Mapping[str, Any]) -> ComplaintInput:
    """Read a draft. Raises DraftIncomplete(missing) when a needed answer is not there."""
    missing = missing_answers(answers)
    if missing:
        raise DraftIncomplete(missing=missing)
    urgency = answers.get("urgency")
    return ComplaintInput(
        office_id=answers["office_id"],
        counter_id=answers.get("counter_id"),
        substance=answers["substance"],
        narrative=answers["narrative"],
        event_on=_day(answers.get("event_on")),
        is_continuing=bool(answers.get("is_continuing")),
        told_first=ToldFirst(answers["told_first"]),
        prior_effort_on=_day(answers.get("prior_effort_on")),
        prior_effort=answers.get("prior_effort") or "",
        requested_remedy=answers.get("requested_remedy") or "",
        urgency=urgency if urgency and urgency != "none" else None,
        confidentiality=answers["confidentiality"],
        employer_name=answers.get("employer_name") or "",
        employer_place=answers.get("employer_place") or "",
        identity={name: answers[name] for name in ReporterIdentity.FIELDS if answers.get(name)},
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def phone_index(identity: Mapping[str, str]) -> str | None:
    """Return the blind index of a phone number: digits alone, 0 and 62 mean the same (PD4)."""
    digits = "".join(letter for letter in identity.get("phone", "") if letter in "0123456789")
    if not digits:
        return None
    return hmac_hex("62" + digits[1:] if digits.startswith("0") else digits, purpose="phone")
