"""A draft in words, for the check page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from ombudsman_app.web.formats import day

from .choices import CONFIDENTIALITIES, MARITAL_STATUSES, SUBSTANCES, TOLD_FIRST, URGENCIES


@dataclass(frozen=True)
class ShownAnswers:
    """What was chosen, in words; days as days; the identity as lines. None: not answered."""

    substance: Any
    told_first: Any
    urgency: Any
    confidentiality: Any
    event_on: date | None
    prior_effort_on: date | None
    identity: list[str]


_PERSON = (
    "full_name",
    "phone",
    "email",
    "birth_place",
    "birth_date",
    "marital_status",
    "occupation",
    "address",
)


def shown(answers: Mapping[str, Any]) -> ShownAnswers:
    """Put a draft into words."""
    return ShownAnswers(
        substance=SUBSTANCES.get(answers.get("substance", "")),
        told_first=TOLD_FIRST.get(answers.get("told_first", "")),
        urgency=URGENCIES.get(answers.get("urgency", "")),
        confidentiality=CONFIDENTIALITIES.get(answers.get("confidentiality", "")),
        event_on=_day(answers.get("event_on")),
        prior_effort_on=_day(answers.get("prior_effort_on")),
        identity=[line for name in _PERSON if (line := _line(name, answers.get(name)))],
    )


def _line(name: str, value: str | None) -> str:
    if not value:
        return ""
    if name == "marital_status":
        return str(MARITAL_STATUSES.get(value, ""))
    if name == "birth_date":
        return str(_l("born on %(day)s", day=day(date.fromisoformat(value))))
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
