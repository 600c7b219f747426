"""One invented piece of information without identity, as rows of the tables; nothing is stored here."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from ombudsman_app.complaints.commands.tips import SUBJECT
from ombudsman_app.complaints.models import InformationTip, TipMessage, TipStep, sealed_text
from ombudsman_app.complaints.states import TIP, TipState
from ombudsman_app.core.policy import Role

from . import stories
from .cases import URGENCIES, Row, ticket_of, uuid_by
from .days import instant
from .dice import Dice, Weighted
from .places import Place

# Which ways it took, of 100: the newest wait, most of the old ones were used or set aside.
_YOUNG = Weighted({(): 55, ("begin_reading",): 35, ("begin_reading", "set_aside"): 10})
_OLD = Weighted(
    {
        (): 4,
        ("begin_reading",): 16,
        ("begin_reading", "use"): 35,
        ("begin_reading", "set_aside"): 41,
        ("begin_reading", "use", "take_up_again"): 4,
    }
)
_YOUNG_DAYS = 30
_WITH_REASON = frozenset({"use", "set_aside", "take_up_again"})


@dataclass
class Tip:
    """Rows without the ids that the database gives."""

    tip: Row
    steps: list[Row] = field(default_factory=list)
    messages: list[Row] = field(default_factory=list)
    declarations: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)


def make_tip(place: Place, day: date, dice: Dice, *, now: datetime) -> Tip:
    """Invent the information that came in on this day, up to where it stands now."""
    at = instant(day, place.handling.zone, dice, now=now).astimezone(UTC)
    made = _received(place, at, dice)
    way = (_YOUNG if now - at < timedelta(days=_YOUNG_DAYS) else _OLD).pick(dice)
    officer = dice.pick(place.handling.staff[Role.PVL_ASSISTANT])
    for move in way:
        at += timedelta(minutes=dice.between(60, 9 * 24 * 60))
        if at > now:
            break
        _move(made, move, officer, at, dice)
    _talk(made, at, dice, now=now)
    made.tip["version"] = len(made.steps) + len(made.messages)
    return made


def _received(place: Place, at: datetime, dice: Dice) -> Tip:
    story, uuid = stories.told(dice), uuid_by(dice)
    received_on = at.astimezone(place.handling.zone).date()
    told = {"narrative": story.narrative, "told_first": "no", "requested_remedy": story.remedy}
    if story.employer:
        told["employer_name"] = story.employer
    sealing = InformationTip(uuid=uuid)
    sealing.close(told)
    row = {
        "uuid": uuid,
        "ticket": ticket_of(place, received_on, dice),
        "access_code_hash": f"{dice.below(1 << 32):064x}",  # of no code: nobody can open it
        "files_id": uuid_by(dice),
        "representative_office_id": place.handling.id,
        "office_id": place.office_id,
        "counter_id": dice.pick(place.counters) if place.counters and dice.happens(70) else None,
        "substance": story.substance,
        "urgency": dice.pick(URGENCIES) if dice.happens(6) else None,
        "sealed": sealing.sealed,
        "state": TipState.NEW,
        "is_open": True,
        "awaits_office": True,
        "officer_id": None,
        "received_at": at,
        "received_on": received_on,
        "changed_at": None,
    }
    made = Tip(row)
    _note_step(made, "receive", None, at)
    return made


def _move(made: Tip, move: str, officer: int, at: datetime, dice: Dice) -> None:
    sealing = InformationTip(uuid=made.tip["uuid"])
    sealing.stand_in(TIP.after(made.tip["state"], move))
    made.tip |= {"state": sealing.state, "is_open": sealing.is_open, "awaits_office": False, "changed_at": at}
    if move == "begin_reading":
        made.tip["officer_id"] = officer
        made.declarations.append(
            {
                "user_id": officer,
                "subject_type": SUBJECT,
                "has_conflict": False,
                "reason": "",
                "declared_at": at,
            }
        )
    reason = stories.line(dice, "notes") if move in _WITH_REASON else ""
    _note_step(made, move, officer, at, uuid=uuid_by(dice), reason=reason)


def _note_step(
    made: Tip, move: str, actor_id: int | None, at: datetime, *, uuid: UUID | None = None, reason: str = ""
) -> None:
    key = uuid or made.tip["uuid"]
    made.steps.append(
        {
            "uuid": key,
            "move": move,
            "to_state": made.tip["state"],
            "has_moved": True,
            "at": at,
            "actor_id": actor_id,
            "sealed": sealed_text(TipStep, key, reason) if reason else None,
        }
    )


def _talk(made: Tip, at: datetime, dice: Dice, *, now: datetime) -> None:
    """Let the officer ask, and whoever gave it answer; what was set aside is silent."""
    officer = made.tip["officer_id"]
    while officer and made.tip["state"] is not TipState.SET_ASIDE and dice.happens(25):
        for author, path in ((officer, "from_office"), (None, "from_reporter")):
            at += timedelta(minutes=dice.between(10, 3 * 24 * 60))
            if at > now or (author is None and dice.happens(40)):
                return
            key, text = uuid_by(dice), stories.line(dice, "messages", path)
            made.messages.append(
                {
                    "uuid": key,
                    "author_id": author,
                    "sealed": sealed_text(TipMessage, key, text),
                    "sent_at": at,
                    "read_at": at if author is not None and dice.happens(60) else None,
                }
            )
            made.tip |= {"awaits_office": author is None, "changed_at": at}
