"""The demonstration of outreach: events in NTT, each marked DEMO (`data/demo_outreach.yaml`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import select, update

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, Region, RepresentativeOffice

from .commands.outreach import cancel_outreach, plan_outreach, report_outreach
from .commands.outreach_inputs import OutreachInput, ResultInput
from .models import OutreachEvent
from .outreach_states import KnownBy, TargetGroup

_DATA = Path(__file__).parent / "data" / "demo_outreach.yaml"
_ZONE, _OFFICE = "Asia/Makassar", "KPG"
_BEFORE, _AFTER = timedelta(days=14), timedelta(days=1)  # an event is written down, then reported


def load() -> str:
    """Tell of invented events once. It needs the accounts and the directory of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration events are made only with OMBUDSMAN_DEMO=yes.")
    keeper = demo_actor("prevention_ntt")
    is_told = db.session.scalar(select(OutreachEvent.id).where(OutreachEvent.is_demo.is_(True)).limit(1))
    if keeper is None or is_told is not None:
        return "Outreach: 0 invented events (DEMO) added."
    told = yaml.safe_load(_DATA.read_text(encoding="utf-8"))["events"]
    teller = _Teller(keeper, _offices())
    _mark([teller.tell(one) for one in told])
    return f"Outreach: {len(told)} invented events (DEMO) added."


def _offices() -> dict[str, int]:
    ours = select(RepresentativeOffice.id).where(RepresentativeOffice.code == _OFFICE)
    return {
        **dict(db.session.execute(select(Office.reference, Office.id)).all()),
        "ours": db.session.scalars(ours).one(),
    }


@command
def _mark(ids: Sequence[int]) -> None:
    db.session.execute(
        update(OutreachEvent)
        .where(OutreachEvent.id.in_(ids))
        .values(is_demo=True)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class _Teller:
    """Who writes down, and offices by their reference."""

    keeper: Actor
    offices: Mapping[str, int]

    def tell(self, one: Mapping[str, Any]) -> int:
        """Let one event be planned, held, corrected or cancelled, each on its day; return its id."""
        actor = (demo_actor(one["told"]) if "told" in one else None) or self.keeper
        day = today(_ZONE) + timedelta(days=one["days"])
        place = select(Region.id).where(Region.code == one["place"])
        given = OutreachInput(
            title=one["title"],
            region_id=db.session.scalars(place).one(),
            office_id=self.offices[one["by"]],
            on=day,
            at=_hour(one["from"]),
            until=_hour(one["until"]) if "until" in one else None,
            venue=one["venue"],
            district=one.get("district", ""),
            with_whom=one.get("with_whom", ""),
            topic=one["topic"],
            groups=[TargetGroup(group) for group in one["groups"]],
        )
        with stopped_at(min(_at(day - _BEFORE), now())):
            made = plan_outreach(given, actor=actor)
        if "result" in one:
            result = _result(one["result"])
            with stopped_at(_at(day + _AFTER)):
                report_outreach(made, result, version=made.version, actor=actor)
        if "correct" in one:
            right = one["correct"]
            corrected = replace(result, **{**right, "known_by": KnownBy(right["known_by"])})
            with stopped_at(_at(day + 3 * _AFTER)):
                report_outreach(made, corrected, version=_version(made), actor=actor)
        if "cancel" in one:
            with stopped_at(_at(day - _AFTER)):
                cancel_outreach(made, one["cancel"], version=made.version, actor=actor)
        return made.id


def _result(told: Mapping[str, Any]) -> ResultInput:
    return ResultInput(**{**told, "known_by": KnownBy(told["known_by"])})


def _version(made: OutreachEvent) -> int:
    found = select(OutreachEvent.version).where(OutreachEvent.id == made.id)
    return db.session.scalars(found).one()


def _hour(text: str) -> time:
    hour, minute = text.split(".")
    return time(int(hour), int(minute))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(14), ZoneInfo(_ZONE))
