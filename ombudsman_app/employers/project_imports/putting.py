"""What an import changes of a project as JSON, so that it can be put back exactly."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ombudsman_app.employers.models import Project
from ombudsman_app.employers.projects.rules import FundSource, Standing

_DAYS = (
    *("spk_on", "start_on", "end_on", "registered_on", "current_end_on", "cancelled_on", "due_on"),
    *("proposed_due_on", "listed_on"),
)
_PLAIN = (
    *("region_id", "place", "value", "value_net", "registered_value", "project_number", "ocid"),
    *("current_value", "current_net", "length", "unit", "rule_version", "calendar_version"),
    *("is_under_valued", "version"),
)
_NAMES = (*_PLAIN, *_DAYS, "fund_source", "standing", "changed_at")


def before_of(project: Project) -> list[Any]:
    """Return what an import may write into a project, as it is now, in the order of `_NAMES`."""
    held = _held(project)
    return [held[name] for name in _NAMES]


def _held(project: Project) -> dict[str, Any]:
    held: dict[str, Any] = {name: getattr(project, name) for name in _PLAIN}
    held |= {name: day.isoformat() if (day := getattr(project, name)) else None for name in _DAYS}
    held |= {"fund_source": project.fund_source.value, "standing": project.standing.value}
    return held | {"changed_at": project.changed_at.isoformat() if project.changed_at else None}


def columns_of(values: Sequence[Any]) -> dict[str, Any]:
    """Return the values of `before_of` as columns take them."""
    before = dict(zip(_NAMES, values, strict=True))
    held: dict[str, Any] = {name: before[name] for name in _PLAIN}
    held |= {name: date.fromisoformat(before[name]) if before[name] else None for name in _DAYS}
    held |= {"fund_source": FundSource(before["fund_source"]), "standing": Standing(before["standing"])}
    at = before["changed_at"]
    return held | {"changed_at": datetime.fromisoformat(at) if at else None}
