"""Assessments and proposals about duties of Inpres 2/2021. Call inside an application context."""

from datetime import date
from typing import Any

from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.coverage.commands.duty_assessing import assess_duty
from ombudsman_app.coverage.commands.duty_inputs import DutyInput
from ombudsman_app.coverage.commands.duty_proposing import propose_duty
from ombudsman_app.coverage.duties import DutyState
from ombudsman_app.coverage.models import DutyProposal, DutyStatus
from ombudsman_app.coverage.queries.duties import statuses_of
from ombudsman_app.coverage.queries.duty_subjects import own_duty, subject_duty

from .complaints import office_id
from .findings import person

MAMUJU, GOVERNMENT = "76.02", "pemkab_mamuju"
FIRST, SECOND = "bupati_walikota-1", "bupati_walikota-2"


def assessed(
    subject: str = MAMUJU, duty: str = FIRST, *, actor: Actor | None = None, **given: Any
) -> DutyStatus:
    """A duty after one more assessment."""
    officer = actor or person(Role.PREVENTION_ASSISTANT)
    found = subject_duty(officer, subject, duty)
    assert found is not None
    values = {"status": DutyState.IN_PROGRESS, "as_of": date(2026, 11, 2), "evidence": "Rancangan Perbup"}
    held = statuses_of(subject).get(duty)
    version = held.version if held else 0
    return assess_duty(found, DutyInput(**{**values, **given}), version=version, actor=officer)


def proposed(
    duty: str = FIRST, *, government: str = GOVERNMENT, actor: Actor | None = None, **given: Any
) -> DutyProposal:
    """What an officer of a Pemda sent about its own duty."""
    officer = actor or person(Role.OFFICE_OFFICER, portal_office=government)
    found = own_duty(officer, office_id(government), duty)
    assert found is not None
    values = {"status": DutyState.MET, "as_of": date(2026, 11, 3), "evidence": "Perbup 12/2023"}
    return propose_duty(found, DutyInput(**{**values, **given}), actor=officer)
