"""Compliance cases to which addresses lead: those of one office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.employers.commands.cases import ForwardInput, propose_forwarding
from ombudsman_app.employers.compliance.rules import CaseState, LadderAct, Recipient
from ombudsman_app.employers.models import CaseDelay, CaseStep

from .factories.cases import BRANCHES, SUMMARY, CaseFactory, case_employer, clock_of_case, forwarding_of, held
from .factories.complaints import office_id
from .factories.employers import keeper_of

OF_CASE = (
    "case", "verify", "note", "officer", "end", "branch", "labour_office", "new_step", "dispute", "review",
)  # fmt: skip
OF_FORWARDING = ("case", "open_it", "letter", "new_step", "dispute")


@dataclass(frozen=True)
class CasePlaces:
    """A case with the branch: one act, its time, a delay that is proposed, a summary that waits."""

    reference: str  # in no page of another office
    employer_name: str
    employer: int  # about which a case can be opened
    case: int
    forwarding: int
    draft: tuple[int, int]  # another case, checked, and its summary
    clock: int
    step: int
    delay: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of cases, by endpoint."""
        case, row = {"case_id": self.case}, {"forwarding_id": self.forwarding}
        clock, step = {"clock_id": self.clock}, {"step_id": self.step}
        staff: dict[str, Mapping[str, Any]] = {
            "new": {"employer": self.employer},
            **dict.fromkeys(OF_CASE, case),
            **{page: {**case, **clock} for page in ("clock", "clock_days", "release_day")},
            **{page: {**case, "delay_id": self.delay} for page in ("delay", "drop_delay")},
            "correct_step": {**case, **step},
            "release": dict(zip(("case_id", "forwarding_id"), self.draft, strict=True)),
        }
        portal: dict[str, Mapping[str, Any]] = {
            **dict.fromkeys(OF_FORWARDING, row),
            "clock": {**row, **clock},
            "correct_step": {**row, **step},
        }
        return {
            **{f"staff.compliance.{page}": given for page, given in staff.items()},
            **{f"portal.compliance.{page}": given for page, given in portal.items()},
        }

    def page_of(self, endpoint: str) -> str:
        """Return the page on which an act of an endpoint is begun."""
        if endpoint.startswith("portal."):
            return f"/portal/compliance/{self.forwarding}"
        if endpoint.endswith("drop_delay"):
            return f"/staff/employers/cases/{self.case}/delays/{self.delay}"
        return f"/staff/employers/cases/{self.case}"


def build_case_places(office: str = "MAM") -> CasePlaces:
    """Bring a case to its first warning. Call inside a context."""
    name, keeper = f"PT Kasus Rahasia {office}", keeper_of(office)
    case = CaseFactory(
        CaseState.WARNED_1, office=office, employer=case_employer(office, name=name), handler=keeper
    )
    checked = CaseFactory(CaseState.VERIFIED, office=office, handler=keeper)
    given = ForwardInput(Recipient.BRANCH, office_id(BRANCHES[office]), SUMMARY)
    draft = propose_forwarding(checked, given, version=held(checked).version, actor=keeper)
    clock = clock_of_case(case, LadderAct.WARNING_1)
    step = db.session.scalars(
        select(CaseStep.id).where(CaseStep.case_id == case.id, CaseStep.act == LadderAct.WARNING_1)
    ).one()
    return CasePlaces(
        reference=case.reference,
        employer_name=name,
        employer=case_employer(office).id,
        case=case.id,
        forwarding=forwarding_of(case).id,
        draft=(checked.id, draft.id),
        clock=clock.id,
        step=step,
        delay=_proposed_delay(case.id, clock.id, clock.office_id),
    )


@command
def _proposed_delay(case_id: int, clock_id: int, office_id: int | None) -> int:
    """A delay as the system proposes it at night."""
    delay = CaseDelay(
        case_id=case_id,
        clock_id=clock_id,
        office_id=office_id,
        due_on=now().date(),
        reminded_at=now(),
        proposed_at=now(),
    )
    db.session.add(delay)
    db.session.flush()
    return delay.id
