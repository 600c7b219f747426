"""Invented information without identity for the demonstration."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.sealing import random_crockford
from ombudsman_app.directory import queries as directory

from . import commands
from .commands import TipInput, receive_tip
from .models import InformationTip
from .queries import followed_tip

DATA = Path(__file__).parent / "data" / "demo_tips.yaml"
_CODE_LETTERS = 16
_NOT_LATER = timedelta(minutes=1)


def load(officers: Mapping[Role, Actor]) -> int:
    """Receive each at its past instant and let the officers do what its story says. Return how many."""
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    for row in told:
        tip = _receive(row)
        for number, act in enumerate(row.get("story", []) if officers else []):
            at = tip.received_at + timedelta(days=act["after"], minutes=17 * (number + 1))
            db.session.refresh(tip)
            with stopped_at(min(at, now() - _NOT_LATER)):
                _ACTS[act["do"]](tip, act.get("text", ""), officers[Role.PVL_ASSISTANT])
    return len(told)


def _receive(row: dict[str, Any]) -> InformationTip:
    """Receive one as if on its day. Its access code is known to nobody."""
    office = directory.office_by_slug(row["office"])
    if office is None:
        raise LookupError(row["office"])
    _office, handling = directory.office_and_representative(office.id)
    counters = directory.counters_of(office.id)
    day = today(handling.time_zone) - timedelta(days=row["days_ago"])
    came_in = datetime.combine(day, time(row["hour"], 5), ZoneInfo(handling.time_zone))
    told = {
        "narrative": row["narrative"],
        "event_on": day - timedelta(days=row["event_days_ago"]),
        "is_continuing": row.get("is_continuing", False),
        "told_first": row["told_first"],
        "prior_effort": row.get("prior_effort", ""),
        "requested_remedy": row.get("remedy", ""),
        "employer_name": row.get("employer", ""),
    }
    counter_id = counters[row["counter"] - 1].id if "counter" in row else None
    given = TipInput(office.id, row["substance"], counter_id, row.get("urgency"), told)
    with stopped_at(min(came_in, now())):
        return receive_tip(given, access_code=random_crockford(_CODE_LETTERS), actor=STRANGER)


def _reply(tip: InformationTip, text: str) -> None:
    """Whoever told it reads before answering."""
    followed = followed_tip(tip.id)
    if followed is not None:
        commands.note_tip_messages_read(tip.id, followed.unread)
    commands.write_to_tip(tip, text, form_key="")


_ACTS: dict[str, Callable[[InformationTip, str, Actor], Any]] = {
    "begin": lambda tip, _text, who: commands.move_tip(tip, "begin_reading", version=tip.version, actor=who),
    "use": lambda tip, text, who: commands.move_tip(tip, "use", version=tip.version, reason=text, actor=who),
    "ask": lambda tip, text, who: commands.answer_tip(tip, text, form_key="", actor=who),
    "reply": lambda tip, text, _who: _reply(tip, text),
}
