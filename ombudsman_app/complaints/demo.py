"""Invented complaints, so that queue and case have something to show. Loaded once, never in production."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import func, select

from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealing import random_crockford
from ombudsman_app.directory import queries as directory

from .commands import ComplaintInput, register_complaint
from .commands.register import FILED_ONLINE
from .models import Complaint, ToldFirst

DATA = Path(__file__).parent / "data" / "demo.yaml"
_CODE_LETTERS = 16


def load() -> str | None:
    """Register the invented complaints at their past instants; nothing where there is a complaint already."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration complaints are made only with OMBUDSMAN_DEMO=yes.")
    if db.session.scalar(select(func.count()).select_from(select(Complaint.id).limit(1).subquery())):
        return None
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    for row in told:
        _register(row)
    return f"Complaints: {len(told)} invented cases (DEMO) added."


def _register(row: dict[str, Any]) -> None:
    """File one complaint as if on its day. Its access code is known to nobody."""
    office = directory.office_by_slug(row["office"])
    if office is None:
        raise LookupError(row["office"])
    _office, handling = directory.office_and_representative(office.id)
    counters = directory.counters_of(office.id)
    day = today(handling.time_zone) - timedelta(days=row["days_ago"])
    came_in = datetime.combine(day, time(row["hour"], 5), ZoneInfo(handling.time_zone))
    with stopped_at(min(came_in, now())):
        register_complaint(
            ComplaintInput(
                office_id=office.id,
                counter_id=counters[row["counter"] - 1].id if "counter" in row else None,
                substance=row["substance"],
                narrative=row["narrative"],
                told_first=ToldFirst(row["told_first"]),
                confidentiality=row["confidentiality"],
                event_on=day - timedelta(days=row["event_days_ago"]),
                is_continuing=row.get("is_continuing", False),
                prior_effort=row.get("prior_effort", ""),
                requested_remedy=row.get("remedy", ""),
                urgency=row.get("urgency"),
                employer_name=row.get("employer", ""),
                identity={"full_name": row["name"]},
            ),
            access_code=random_crockford(_CODE_LETTERS),
            channel=FILED_ONLINE,
            actor=STRANGER,
        )
