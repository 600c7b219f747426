"""Compliance cases as officers make them. Call inside an application context."""

from datetime import date
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.employers.commands.cases import (
    CaseInput,
    ForwardInput,
    StepInput,
    open_case,
    open_forwarding,
    propose_forwarding,
    record_step,
    release_forwarding,
    verify_case,
)
from ombudsman_app.employers.compliance.rules import (
    CaseSource,
    CaseState,
    LadderAct,
    Recipient,
)
from ombudsman_app.employers.models import CaseClock, CaseForwarding, Employer, EmployerComplianceCase
from ombudsman_app.employers.states import Breach

from .complaints import office_id
from .employers import EmployerFactory, ObservationFactory, broken, keeper_of
from .findings import person

SUMMARY = "Menurut pemeriksaan kami, sebagian pekerja belum didaftarkan. Mohon diperiksa."
REASON = "Kantor cabang menunjukkan bukti pendaftaran seluruh pekerja."
BRANCHES = {"MAM": "kc_mamuju", "KPG": "kc_ntt"}
_ACTS = (
    (LadderAct.NOTIFICATION, CaseState.SUPERVISED),
    (LadderAct.WARNING_1, CaseState.WARNED_1),
    (LadderAct.WARNING_2, CaseState.WARNED_2),
    (LadderAct.FINE, CaseState.FINED),
    (LadderAct.TMP2T_REQUEST, CaseState.TMP2T_REQUESTED),
    (LadderAct.TMP2T_APPLIED, CaseState.TMP2T_APPLIED),
)


def case_employer(office: str = "MAM", *breaches: Breach, **given: Any) -> Employer:
    """An employer with a gap and open kinds of non-compliance."""
    keeper = keeper_of(office)
    made = EmployerFactory(keeper, office=office, **given)
    ObservationFactory(made, actor=keeper)
    return broken(made, *(breaches or (Breach.PDS_WORKERS, Breach.ARREARS)), actor=keeper)


def CaseFactory(
    state: CaseState = CaseState.REPORTED,
    *,
    office: str = "MAM",
    employer: Employer | None = None,
    handler: Actor | None = None,
    officer: Actor | None = None,
    is_opened: bool = True,
    **given: Any,
) -> EmployerComplianceCase:
    """A case brought into this state by the commands; `is_opened`: by the officer of the branch."""
    employer = employer or case_employer(office)
    handler = handler or keeper_of(office)
    values: dict[str, Any] = {"breaches": [Breach.PDS_WORKERS, Breach.ARREARS], "source": CaseSource.TIP}
    case = open_case(employer, CaseInput(**{**values, **given}), handler)
    if state is CaseState.REPORTED:
        return case
    verify_case(case, "Ditanyakan kepada kantor perizinan.", version=case.version, actor=handler)
    if state is CaseState.VERIFIED:
        return case
    forward(case, handler, office=office)
    officer = officer or branch_officer(office)
    if is_opened:
        open_forwarding(forwarding_of(case), actor=officer)
    if state is CaseState.FORWARDED:
        return case
    for act, reached in _ACTS:
        acted(case, act, officer=officer)
        if reached is state:
            return case
    raise LookupError(state)


def forward(
    case: EmployerComplianceCase,
    handler: Actor,
    *,
    office: str = "MAM",
    head: Actor | None = None,
    recipient: Recipient = Recipient.BRANCH,
    to: str = "",
) -> CaseForwarding:
    """Write the summary, and let another person release it."""
    given = ForwardInput(recipient, office_id(to or BRANCHES[office]), SUMMARY)
    row = propose_forwarding(case, given, version=case.version, actor=handler)
    head = head or person(Role.HEAD_OF_REPRESENTATIVE, office=office)
    release_forwarding(row, version=case.version, actor=head)
    return row


def acted(
    case: EmployerComplianceCase,
    act: LadderAct,
    *,
    officer: Actor | None = None,
    dated_on: date | None = None,
    **given: Any,
) -> Any:
    """Record an act of the branch on the day of today, in the portal."""
    day = dated_on or today("Asia/Makassar")
    values = {"number": f"B/{act.value}/2026", "dated_on": day, "delivered_on": day, **given}
    row = forwarding_of(case)
    return record_step(
        case.id, StepInput(act, **values), forwarding=row, actor=officer or branch_officer("MAM")
    )


def branch_officer(office: str = "MAM") -> Actor:
    """Somebody who answers for the branch of this office of the Ombudsman."""
    return person(Role.OFFICE_OFFICER, portal_office=BRANCHES[office])


def forwarding_of(case: EmployerComplianceCase) -> CaseForwarding:
    """The forwarding to the branch, as it stands."""
    found = select(CaseForwarding).where(
        CaseForwarding.case_id == case.id, CaseForwarding.recipient == Recipient.BRANCH
    )
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def clock_of_case(case: EmployerComplianceCase, clock: str = "forwarding") -> CaseClock:
    """One time of a case, as it stands."""
    found = select(CaseClock).where(CaseClock.case_id == case.id, CaseClock.clock == clock)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def held(case: EmployerComplianceCase) -> EmployerComplianceCase:
    """The case as it stands in the database."""
    return db.session.get_one(EmployerComplianceCase, case.id, populate_existing=True)
