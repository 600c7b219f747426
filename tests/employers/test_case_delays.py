"""Who is late is the public body: reminded once, proposed as a finding once, late for ever."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.employers.commands.cases import (
    CaseInput,
    EndInput,
    ReviewInput,
    dispute_case,
    drop_delay,
    end_case,
    find_delay,
    notice_delays,
    open_case,
    review_dispute,
)
from ombudsman_app.employers.compliance.proposal import proposed_finding
from ombudsman_app.employers.compliance.rules import CaseSource, CaseState, LadderAct, Review
from ombudsman_app.employers.errors import CaseRefused
from ombudsman_app.employers.models import (
    CaseDelay,
    CaseEntry,
    Employer,
    EmployerComplianceCase,
    Noncompliance,
)
from ombudsman_app.employers.queries.cases import visible_case, visible_delay
from ombudsman_app.employers.states import Breach, BreachEnd
from ombudsman_app.findings.commands import send_finding
from ombudsman_app.findings.models import Finding, Measure
from ombudsman_app.findings.states import FindingState, Origin
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.cases import (
    REASON,
    CaseFactory,
    acted,
    branch_officer,
    case_employer,
    clock_of_case,
    forwarding_of,
    held,
)
from ..factories.employers import broken, keeper_of
from ..factories.findings import person

FRIDAY = "2026-11-20T09:00+08:00"
# A warning of that day ends on Friday 4 December; one working day later the reminder, five later the finding.
LAST_DAY, REMINDED, PROPOSED = "2026-12-04T20:00+08:00", "2026-12-07T02:00+08:00", "2026-12-11T02:00+08:00"


@pytest.fixture
def house(in_app: Flask, clock: StoppedClock) -> Flask:
    clock.at(FRIDAY)
    load_shipped()
    return in_app


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def delay_of(case: EmployerComplianceCase) -> CaseDelay:
    found = select(CaseDelay).where(CaseDelay.case_id == case.id)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def told(kind: str) -> int:
    found = select(func.count()).select_from(Notification).where(Notification.kind == f"compliance.{kind}")
    return db.session.scalar(found) or 0


def test_given_a_last_day_that_is_not_over_then_nobody_is_late(house: Flask, clock: StoppedClock) -> None:
    CaseFactory(CaseState.WARNED_1)
    clock.at(LAST_DAY)
    assert notice_delays() == (0, 0)
    assert count(CaseDelay) == 0


def test_given_it_is_over_then_the_branch_is_reminded_once_and_proposed_once(
    house: Flask, clock: StoppedClock
) -> None:
    keeper = keeper_of()
    case = CaseFactory(CaseState.WARNED_1, handler=keeper)
    clock.at(REMINDED)
    assert [notice_delays(), notice_delays()] == [(1, 0), (0, 0)]
    assert (told("late"), delay_of(case).proposed_at) == (1, None)
    assert told("reminder") >= 1
    clock.at(PROPOSED)
    assert [notice_delays(), notice_delays()] == [(0, 1), (0, 0)]
    assert delay_of(case).due_on == date(2026, 12, 4)
    assert count(Finding) == 0, "a person decides"


def test_given_a_proposed_delay_when_it_is_found_then_one_finding_names_the_case_and_no_employer(
    house: Flask, clock: StoppedClock
) -> None:
    keeper = keeper_of()
    case = CaseFactory(CaseState.WARNED_1, handler=keeper, employer=case_employer(name="PT Kenari Rahasia"))
    clock.at(PROPOSED)
    notice_delays()
    found = visible_delay(keeper, case.id, delay_of(case).id)
    assert found is not None
    finding = find_delay(found.delay, proposed_finding(found), version=held(case).version, actor=keeper)

    assert (finding.origin, finding.state, finding.office_id) == (
        Origin.EMPLOYER, FindingState.DRAFT, held(case).branch_id,
    )  # fmt: skip
    assert case.reference in finding.summary
    measure = db.session.scalars(select(Measure.text)).one()
    texts = " ".join([finding.summary, finding.description, finding.rule, measure])
    assert "Kenari" not in texts
    with pytest.raises(MoveNotAllowed):
        find_delay(found.delay, proposed_finding(found), version=held(case).version, actor=keeper)
    with pytest.raises(MoveNotAllowed):
        drop_delay(found.delay, "x", version=held(case).version, actor=keeper)
    assert count(Finding) == 1
    notice_delays()
    assert count(CaseDelay) == 1
    send_finding(finding, version=finding.version, actor=keeper)
    assert db.session.get_one(Finding, finding.id).state is FindingState.SENT


def test_given_a_delay_when_it_is_dropped_then_the_reason_and_the_lateness_stay(
    house: Flask, clock: StoppedClock
) -> None:
    keeper = keeper_of()
    case = CaseFactory(CaseState.WARNED_1, handler=keeper)
    clock.at(PROPOSED)
    notice_delays()
    drop_delay(delay_of(case), REASON, version=held(case).version, actor=keeper)
    acted(case, LadderAct.WARNING_2)

    assert (clock_of_case(case, LadderAct.WARNING_1).days_late, held(case).days_late) == (7, 7)
    assert (delay_of(case).reason, count(Finding)) == (REASON, 0)
    acted(case, LadderAct.FINE)
    assert held(case).days_late == 7, "late for ever"


def test_given_another_office_then_it_decides_nothing(house: Flask, clock: StoppedClock) -> None:
    case = CaseFactory(CaseState.WARNED_1)
    clock.at(PROPOSED)
    notice_delays()
    stranger = keeper_of("KPG")
    assert visible_delay(stranger, case.id, delay_of(case).id) is None
    with pytest.raises(NotAllowed):
        drop_delay(delay_of(case), REASON, version=held(case).version, actor=stranger)


def test_given_a_tmp2t_request_to_nobody_named_then_no_office_is_found_at_fault(
    house: Flask, clock: StoppedClock
) -> None:
    case = CaseFactory(CaseState.TMP2T_REQUESTED)
    clock.at("2027-06-01T02:00+08:00")
    assert notice_delays() == (1, 0)
    assert delay_of(case).office_id is None


def test_given_a_protest_then_time_stands_still_and_another_officer_reviews_it(
    house: Flask, clock: StoppedClock
) -> None:
    keeper, officer = keeper_of(), branch_officer()
    case = CaseFactory(CaseState.WARNED_1, handler=keeper)
    dispute_case(case.id, "Pemberi kerja menunjukkan bukti.", forwarding=forwarding_of(case), actor=officer)
    assert (held(case).state, held(case).disputed_from) == (CaseState.DISPUTED, CaseState.WARNED_1)
    clock.at(PROPOSED)
    assert notice_delays() == (0, 0), "nobody is late while it stands still"
    given = ReviewInput(Review.REJECTED, REASON)
    with pytest.raises(CaseRefused):
        review_dispute(case, given, version=held(case).version, actor=keeper)
    review_dispute(case, given, version=held(case).version, actor=keeper_of())

    time = clock_of_case(case, LadderAct.WARNING_1)
    assert (held(case).state, held(case).disputed_from) == (CaseState.WARNED_1, None)
    assert time.pauses == [["2026-11-20", "2026-12-11"]]
    assert held(case).next_due_on == time.due_on > date(2026, 12, 11)


def test_given_a_protest_that_is_right_then_nothing_is_proven_and_the_kinds_end(house: Flask) -> None:
    employer = case_employer()
    case = CaseFactory(CaseState.WARNED_1, employer=employer)
    for _ in range(2):  # the same form twice
        row = forwarding_of(case)
        dispute_case(case.id, "Sudah terdaftar.", forwarding=row, form_key="a", actor=branch_officer())
    review_dispute(
        case, ReviewInput(Review.UPHELD, REASON), version=held(case).version, actor=person(Role.EXAMINER)
    )

    assert (held(case).state, held(case).is_open) == (CaseState.NOT_PROVEN, False)
    rows = db.session.scalars(select(Noncompliance).where(Noncompliance.employer_id == employer.id)).all()
    assert {row.ended_as for row in rows} == {BreachEnd.NOT_PROVEN}
    assert db.session.get_one(Employer, employer.id, populate_existing=True).open_breaches == 0
    assert count(CaseEntry) == 3  # checked, disputed, reviewed


def test_given_a_case_that_has_ended_then_it_is_opened_again_as_a_new_one_that_names_it(house: Flask) -> None:
    keeper, employer = keeper_of(), case_employer()
    case = CaseFactory(CaseState.WARNED_2, employer=employer, handler=keeper)
    end_case(case, EndInput("comply", REASON), version=held(case).version, actor=keeper)
    assert (held(case).state, held(case).is_open) == (CaseState.COMPLIED, False)
    with pytest.raises(MoveNotAllowed):
        end_case(case, EndInput("close", REASON), version=held(case).version, actor=keeper)
    with pytest.raises(MoveNotAllowed):
        acted(case, LadderAct.FINE)

    broken(employer, Breach.ARREARS, actor=keeper)
    again = open_case(
        employer, CaseInput([Breach.ARREARS], CaseSource.VISIT, earlier_case_id=case.id), keeper
    )
    assert (again.earlier_case_id, again.state) == (case.id, CaseState.REPORTED)


def test_given_a_declared_interest_in_the_employer_then_its_case_is_closed_to_that_person(
    house: Flask,
) -> None:
    keeper, employer = keeper_of(), case_employer()
    case = CaseFactory(CaseState.WARNED_1, employer=employer)
    assert visible_case(keeper, case.id) is not None

    @command
    def declare() -> None:
        db.session.add(
            ConflictDeclaration(
                user_id=keeper.user_id or 0,
                subject_type="employer",
                subject_id=employer.id,
                has_conflict=True,
                reason="Saudara bekerja di sana.",
                declared_at=now(),
            )
        )

    declare()
    assert visible_case(keeper, case.id) is None
