"""How long an office may take to answer a draft (`rules/audits.yaml`, instrument: rules: response_of_branch).

A product setting of the domain file, so marked there. No database in here.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.rules import Mark

from .scoring.definition.shipped import audit_rules

REMIND_BEFORE: Final = 3  # working days before the last day an office is reminded: a matter of courtesy


@dataclass(frozen=True)
class AnswerTime:
    """The length and how sure it is."""

    length: int
    unit: Unit
    verified: Mark


@cache
def answer_time() -> AnswerTime:
    """Return the time to answer a draft."""
    rule = audit_rules()["instrument"]["rules"]["response_of_branch"]
    return AnswerTime(int(rule["days"]), Unit(f"{rule['day_type']}_days"), Mark(rule["verified"]))


@cache
def rule_version() -> str:
    """Return what is stored beside a day that is counted with these rules."""
    return f"audits.yaml {audit_rules()['version']}"
