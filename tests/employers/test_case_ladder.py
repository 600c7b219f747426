"""The ladder is recorded, never issued by us; each step ends one time and begins the next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import (
    FormSentDifferently,
    MoveNotAllowed,
    NotAllowed,
    NotVisible,
    RecordChanged,
)
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.core.workflow.models import calendar_of
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.documents.models import Document
from ombudsman_app.employers.commands.cases import (
    CaseInput,
    ForwardInput,
    StepInput,
    correct_step,
    open_case,
    open_forwarding,
    propose_forwarding,
    record_step,
    recount_case_clocks,
    release_earlier_day,
    release_forwarding,
)
from ombudsman_app.employers.compliance.rules import (
    CaseSource,
    CaseState,
    LadderAct,
    Recipient,
)
from ombudsman_app.employers.errors import CaseRefused, StepRefused
from ombudsman_app.employers.models import (
    NO_CASE_DUE,
    CaseClock,
    CaseClockMove,
    CaseStep,
    EmployerComplianceCase,
)
from ombudsman_app.employers.states import Breach

from ..conftest import StoppedClock
from ..factories.cases import (
    SUMMARY,
    CaseFactory,
    acted,
    branch_officer,
    case_employer,
    clock_of_case,
    forwarding_of,
    held,
)
from ..factories.complaints import office_id
from ..factories.employers import keeper_of
from ..factories.findings import person

# 14 working days from Friday 20 November 2026: Thursday 10 December; 10 of them: Friday 4 December.
FRIDAY = "2026-11-20T09:00+08:00"
TODAY, FIRST_DUE, WARNED_DUE = date(2026, 11, 20), date(2026, 12, 10), date(2026, 12, 4)


@pytest.fixture
def house(in_app: Flask, clock: StoppedClock) -> Flask:
    clock.at(FRIDAY)
    load_shipped()
    return in_app


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_given_open_kinds_when_a_case_is_opened_then_it_has_its_number_and_no_time_runs(house: Flask) -> None:
    case = held(CaseFactory())

    assert (case.reference, case.state, case.is_open) == ("KP-0001/2026/MAM", CaseState.REPORTED, True)
    assert case.next_due_on == NO_CASE_DUE
    assert count(CaseClock) == 0


def test_given_the_same_form_twice_then_one_case_is_opened(house: Flask) -> None:
    employer, keeper = case_employer(), keeper_of()
    given = CaseInput([Breach.ARREARS], CaseSource.AUDIT, form_key="einmal")
    first, second = open_case(employer, given, keeper), open_case(employer, given, keeper)
    assert first.id == second.id
    assert count(EmployerComplianceCase) == 1
    with pytest.raises(FormSentDifferently):
        open_case(case_employer(), given, keeper)


@pytest.mark.parametrize(
    ("breaches", "why"),
    [([], "no_breach"), ([Breach.PWBD], "not_open"), ([Breach.PDS_WORKERS, Breach.PWBD], "not_open")],
)
def test_given_kinds_that_are_not_open_then_no_case_is_opened(
    house: Flask, breaches: list[Breach], why: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        open_case(case_employer(), CaseInput(breaches, CaseSource.AUDIT), keeper_of())
    assert refused.value.details["why"] == why
    assert count(EmployerComplianceCase) == 0


def test_given_an_open_case_about_a_kind_then_no_second_one_and_another_kind_may_have_one(
    house: Flask,
) -> None:
    employer, keeper = case_employer(), keeper_of()
    open_case(employer, CaseInput([Breach.ARREARS], CaseSource.AUDIT), keeper)
    with pytest.raises(CaseRefused):
        open_case(employer, CaseInput([Breach.ARREARS, Breach.PDS_WORKERS], CaseSource.TIP), keeper)
    second = open_case(employer, CaseInput([Breach.PDS_WORKERS], CaseSource.TIP), keeper)
    assert second.reference == "KP-0002/2026/MAM"


def test_given_an_own_summary_then_another_person_must_release_it(house: Flask) -> None:
    head = person(Role.HEAD_OF_REPRESENTATIVE)
    case = CaseFactory(CaseState.VERIFIED, handler=head)
    given = ForwardInput(Recipient.BRANCH, office_id("kc_mamuju"), SUMMARY)
    row = propose_forwarding(case, given, version=held(case).version, actor=head)

    with pytest.raises(CaseRefused) as refused:
        release_forwarding(row, version=held(case).version, actor=head)
    assert refused.value.details["why"] == "own_summary"
    assert count(Document) == 0

    own = "released_by_id = written_by_id, released_at = written_at, sent_on = '2026-11-20'"
    with pytest.raises(DatabaseError):  # below the program too
        command(lambda: db.session.execute(text(f"UPDATE employer_case_forwarding SET {own}")))()


def test_given_a_report_that_nobody_checked_then_it_does_not_leave_the_house(house: Flask) -> None:
    keeper = keeper_of()
    case = CaseFactory(handler=keeper)
    given = ForwardInput(Recipient.BRANCH, office_id("kc_mamuju"), SUMMARY)
    with pytest.raises(CaseRefused) as refused:
        propose_forwarding(case, given, version=case.version, actor=keeper)
    assert refused.value.details["why"] == "not_verified"


def test_given_an_office_of_another_body_then_nothing_is_forwarded_to_it(house: Flask) -> None:
    keeper = keeper_of()
    case = CaseFactory(CaseState.VERIFIED, handler=keeper)
    given = ForwardInput(Recipient.BRANCH, office_id("pemkab_mabar"), SUMMARY)
    with pytest.raises(CaseRefused) as refused:
        propose_forwarding(case, given, version=held(case).version, actor=keeper)
    assert refused.value.details["why"] == "office"
    labour = ForwardInput(Recipient.LABOUR_OFFICE, office_id("kc_mamuju"), SUMMARY)
    with pytest.raises(CaseRefused):
        propose_forwarding(case, labour, version=held(case).version, actor=keeper)


def test_given_it_is_forwarded_then_a_letter_has_its_number_and_time_waits_for_receipt(house: Flask) -> None:
    case = CaseFactory(CaseState.FORWARDED, is_opened=False)
    row = forwarding_of(case)

    letter = db.session.scalars(select(Document)).one()
    assert (letter.kind, row.document_id) == ("compliance_forwarding", letter.id)
    assert (held(case).state, held(case).branch_id) == (CaseState.FORWARDED, row.office_id)
    assert (count(CaseClock), row.gap_low, row.gap_high) == (0, 30, 30)


def test_given_the_branch_opens_it_then_its_time_runs_once(house: Flask) -> None:
    case = CaseFactory(CaseState.FORWARDED)
    open_forwarding(forwarding_of(case), actor=branch_officer())

    clock = clock_of_case(case)
    assert (clock.due_on, held(case).next_due_on) == (FIRST_DUE, FIRST_DUE)
    assert clock.rule_version == "compliance.yaml 1, employers.yaml 1"
    assert clock.calendar_version
    assert count(CaseClock) == 1


def test_given_each_step_then_it_ends_one_time_and_begins_the_next(house: Flask) -> None:
    case = CaseFactory(CaseState.FORWARDED)
    expected = [
        (LadderAct.NOTIFICATION, CaseState.SUPERVISED, (30, Unit.CALENDAR_DAYS)),
        (LadderAct.WARNING_1, CaseState.WARNED_1, (10, Unit.WORKING_DAYS)),
        (LadderAct.WARNING_2, CaseState.WARNED_2, (10, Unit.WORKING_DAYS)),
        (LadderAct.FINE, CaseState.FINED, (30, Unit.CALENDAR_DAYS)),
        (LadderAct.TMP2T_REQUEST, CaseState.TMP2T_REQUESTED, (30, Unit.WORKING_DAYS)),
    ]
    before = clock_of_case(case)
    for act, state, span in expected:
        acted(case, act)
        assert held(case).state is state
        assert clock_of_case(case, before.clock).ended_on == TODAY
        clock = clock_of_case(case, act)
        assert (clock.length, clock.unit, clock.start_on) == (span[0], span[1], TODAY)
        assert held(case).next_due_on == clock.due_on
        before = clock
    acted(case, LadderAct.TMP2T_APPLIED)
    assert (held(case).state, held(case).next_due_on) == (CaseState.TMP2T_APPLIED, NO_CASE_DUE)
    acted(case, LadderAct.TMP2T_LIFTED)
    acted(case, LadderAct.SKK)
    assert held(case).state is CaseState.TMP2T_APPLIED, "what stands beside the ladder moves nothing"


@pytest.mark.parametrize(
    ("delivered", "due"),
    [
        (date(2026, 11, 20), date(2026, 12, 4)),
        (date(2026, 11, 21), date(2026, 12, 4)),  # a Saturday is day 0 as well as the Friday before
        (
            date(2026, 12, 17),
            date(2027, 1, 6),
        ),  # over Christmas with joint leave, the new year and Isra Mikraj
        (date(2026, 12, 31), date(2027, 1, 18)),
    ],
)
def test_given_a_warning_then_ten_working_days_are_counted_from_its_delivery(
    house: Flask, delivered: date, due: date
) -> None:
    with stopped_at(stop(delivered + timedelta(days=1))):
        case = CaseFactory(CaseState.FORWARDED)
        acted(case, LadderAct.WARNING_1, dated_on=delivered, delivered_on=delivered)
    clock = clock_of_case(case, LadderAct.WARNING_1)
    counted = explain(delivered, 10, Unit.WORKING_DAYS, calendar_of("76"))
    assert clock.due_on == counted.due
    assert len([step for step in counted.steps if step.counted]) == 10
    assert clock.due_on == due


def stop(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Makassar"))


def test_given_no_delivery_then_time_runs_from_the_letter_until_it_is_corrected(house: Flask) -> None:
    case, officer = CaseFactory(CaseState.FORWARDED), branch_officer()
    step = acted(case, LadderAct.WARNING_1, dated_on=date(2026, 11, 16), delivered_on=None)
    assert clock_of_case(case, LadderAct.WARNING_1).is_from_letter is True
    before = clock_of_case(case, LadderAct.WARNING_1).due_on

    given = StepInput(LadderAct.WARNING_1, step.number, step.dated_on, TODAY)
    correct_step(case.id, step.id, given, forwarding=forwarding_of(case), actor=officer)

    clock = clock_of_case(case, LadderAct.WARNING_1)
    assert (clock.start_on, clock.due_on, clock.is_from_letter) == (TODAY, WARNED_DUE, False)
    move = db.session.scalars(select(CaseClockMove)).one()
    assert (move.why, move.due_before, move.due_after) == (DayMoved.CORRECTED, before, WARNED_DUE)
    assert count(CaseStep) == 2, "nothing is overwritten"
    with pytest.raises(NotVisible):  # what was replaced is not replaced again
        correct_step(case.id, step.id, given, forwarding=forwarding_of(case), actor=officer)


def test_given_a_row_of_an_act_then_the_database_keeps_it_as_it_is(house: Flask) -> None:
    case = CaseFactory(CaseState.WARNED_1)
    with pytest.raises(DatabaseError):
        command(lambda: db.session.execute(text("UPDATE employer_case_step SET number = 'x'")))()
    assert {row.number for row in db.session.scalars(select(CaseStep))} == {
        "B/notification/2026", "B/warning_1/2026",
    }  # fmt: skip
    assert case.id


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"dated_on": date(2026, 11, 21)}, "dated_on", "in_future"),
        ({"dated_on": TODAY, "delivered_on": date(2026, 11, 21)}, "delivered_on", "in_future"),
        ({"dated_on": date(2013, 12, 31)}, "dated_on", "too_early"),
        ({"dated_on": TODAY, "delivered_on": date(2026, 11, 19)}, "delivered_on", "before_letter"),
        ({"dated_on": date(2026, 11, 1)}, "dated_on", "before_step"),
    ],
)
def test_given_days_that_cannot_be_then_nothing_is_recorded(
    house: Flask, given: dict[str, date], field: str, why: str
) -> None:
    case = CaseFactory(CaseState.FORWARDED)
    acted(case, LadderAct.WARNING_1, dated_on=date(2026, 11, 10), delivered_on=date(2026, 11, 10))
    with pytest.raises(StepRefused) as refused:
        acted(case, LadderAct.WARNING_2, **{"delivered_on": None, **given})
    assert refused.value.details == {"field": field, "why": why}
    assert (count(CaseStep), held(case).state) == (1, CaseState.WARNED_1)


def test_given_the_same_form_twice_then_one_step_is_kept(house: Flask) -> None:
    case = CaseFactory(CaseState.FORWARDED)
    for _ in range(2):
        acted(case, LadderAct.WARNING_1, form_key="einmal")
    assert (count(CaseStep), held(case).state) == (1, CaseState.WARNED_1)
    with pytest.raises(FormSentDifferently):
        acted(case, LadderAct.WARNING_1, form_key="einmal", number="anders")


def test_given_two_who_record_at_once_then_the_second_is_told(house: Flask) -> None:
    case, keeper = CaseFactory(CaseState.FORWARDED), keeper_of()
    shown = held(case).version
    given = StepInput(LadderAct.WARNING_1, "B/1", TODAY)
    record_step(case.id, given, version=shown, actor=keeper)
    with pytest.raises(RecordChanged):
        record_step(case.id, StepInput(LadderAct.WARNING_2, "B/2", TODAY), version=shown, actor=keeper)


def test_given_two_kinds_of_money_then_each_stands_alone(house: Flask) -> None:
    case = CaseFactory(CaseState.WARNED_2)
    step = acted(case, LadderAct.FINE, admin_fine=3_165, late_charge=4_937_088)
    assert (step.admin_fine, step.late_charge) == (3_165, 4_937_088)
    later = acted(case, LadderAct.TMP2T_REQUEST, admin_fine=99, services=["business_permit"])
    assert (later.admin_fine, later.services) == (None, ["business_permit"]), "a fine belongs to a fine"
    rows = "SELECT case_id, 'warning_1', number, dated_on, '', 5, '', came_by, recorded_by_id, recorded_at"
    names = (
        "case_id, act, number, dated_on, signed_as, admin_fine, note, came_by, recorded_by_id, recorded_at"
    )
    adding = f"INSERT INTO employer_case_step ({names}) {rows} FROM employer_case_step"
    with pytest.raises(IntegrityError):
        command(lambda: db.session.execute(text(adding)))()


def test_given_a_stranger_or_another_branch_then_nothing_is_recorded(house: Flask) -> None:
    case = CaseFactory(CaseState.FORWARDED)
    with pytest.raises(NotAllowed):
        acted(case, LadderAct.WARNING_1, officer=branch_officer("KPG"))
    with pytest.raises(NotAllowed):
        record_step(case.id, StepInput(LadderAct.WARNING_1, "1", TODAY), actor=keeper_of("KPG"))
    with pytest.raises(NotVisible):  # before it was opened nothing says that the branch has it
        acted(CaseFactory(CaseState.FORWARDED, is_opened=False), LadderAct.WARNING_1)
    assert count(CaseStep) == 0


def test_given_a_case_that_has_ended_then_no_step_is_recorded(house: Flask) -> None:
    case = CaseFactory(CaseState.REPORTED)
    with pytest.raises(MoveNotAllowed):
        record_step(case.id, StepInput(LadderAct.WARNING_1, "1", TODAY), actor=keeper_of())


OFF = DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari Pemilihan", "ID", "Keppres", "1")
FAR = DayOff(date(2026, 6, 30), HolidayKind.NATIONAL, "Hari Lain", "ID", "Keppres", "1")


def test_given_a_new_day_off_then_what_runs_ends_later_at_once_and_ended_times_stay(house: Flask) -> None:
    case = CaseFactory(CaseState.WARNED_1)
    import_holidays([OFF], actor=STRANGER)

    assert recount_case_clocks(STRANGER) == Recount(moved=1)
    assert recount_case_clocks(STRANGER) == Recount()
    assert clock_of_case(case, LadderAct.WARNING_1).due_on == held(case).next_due_on == date(2026, 12, 7)
    assert clock_of_case(case).due_on == FIRST_DUE


def test_given_a_day_off_is_taken_back_then_the_earlier_day_waits_for_the_head(house: Flask) -> None:
    import_holidays([OFF], actor=STRANGER)
    case = CaseFactory(CaseState.WARNED_1)
    import_holidays([FAR], actor=STRANGER)

    assert recount_case_clocks(STRANGER) == Recount(waiting=1)
    clock = clock_of_case(case, LadderAct.WARNING_1)
    assert (clock.due_on, clock.proposed_due_on) == (date(2026, 12, 7), WARNED_DUE)
    with pytest.raises(NotAllowed):
        release_earlier_day(clock, actor=keeper_of())
    release_earlier_day(clock, actor=person(Role.HEAD_OF_REPRESENTATIVE))
    assert clock_of_case(case, LadderAct.WARNING_1).due_on == held(case).next_due_on == WARNED_DUE


def test_given_an_act_then_the_trail_has_it_and_names_no_employer(house: Flask) -> None:
    employer = case_employer(name="PT Kenari Rahasia")
    CaseFactory(CaseState.WARNED_1, employer=employer)
    said = " ".join(db.session.scalars(select(TrailEntry.changes)))
    assert "warning_1" in said
    assert "Kenari" not in said


def test_given_a_summary_is_written_again_then_it_is_the_same_row_until_it_is_released(house: Flask) -> None:
    keeper = keeper_of()
    case = CaseFactory(CaseState.VERIFIED, handler=keeper)
    given = ForwardInput(Recipient.BRANCH, office_id("kc_mamuju"), SUMMARY)
    first = propose_forwarding(case, given, version=held(case).version, actor=keeper)
    again = ForwardInput(Recipient.BRANCH, office_id("kc_mamuju"), SUMMARY + " Terima kasih.")
    second = propose_forwarding(case, again, version=held(case).version, actor=keeper)
    assert (first.id, second.summary) == (second.id, again.summary)
    release_forwarding(second, version=held(case).version, actor=person(Role.HEAD_OF_REPRESENTATIVE))
    with pytest.raises(CaseRefused):
        propose_forwarding(case, given, version=held(case).version, actor=keeper)
