"""An office answers in time or late, another officer judges; the rules hold below every door."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.documents.commands import ProofInput, SendInput, prove, send
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, Proof
from ombudsman_app.findings.commands import (
    FindingInput,
    JudgementInput,
    ProgressInput,
    ResponseInput,
    add_measure,
    change_finding,
    find_on_visit,
    judge_answer,
    open_finding,
    recount_finding_clocks,
    release_earlier_day,
    respond_to_finding,
    send_finding,
    tell_progress,
)
from ombudsman_app.findings.commands.writing import make_finding
from ombudsman_app.findings.errors import FindingIncomplete, OwnWork, WrongKindOfMeasure
from ombudsman_app.findings.models import Finding, FindingClock, FindingEntry, Measure
from ombudsman_app.findings.states import FindingState, MeasureKind, Origin, Position, Receipt, Verdict
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import office_id
from ..factories.documents import drawn
from ..factories.findings import ANSWER, MEASURE, REASON, FindingFactory, VisitFactory, person

# 14 working days from Friday 20 November 2026: Thursday 10 December (no day off in between).
FRIDAY, DUE = "2026-11-20T09:00+08:00", date(2026, 12, 10)
YES = ResponseInput(Position.ACCEPT, ANSWER)


@pytest.fixture
def house(in_app: Flask, clock: StoppedClock) -> Flask:
    clock.at(FRIDAY)
    load_shipped()
    return in_app


def clock_of(finding: Finding, round_: int = 1) -> FindingClock:
    found = select(FindingClock).where(FindingClock.finding_id == finding.id, FindingClock.round == round_)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def fresh(finding: Finding) -> Finding:
    return db.session.get_one(Finding, finding.id, populate_existing=True)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_given_it_was_sent_when_nobody_opened_it_then_no_time_runs(house: Flask) -> None:
    finding = fresh(FindingFactory(FindingState.SENT, is_opened=False))

    assert (finding.state, finding.is_received, count(FindingClock)) == (FindingState.SENT, False, 0)
    assert finding.reference == "TM-0001/2026/MAM"
    assert db.session.scalars(select(Document.kind)).one() == "finding_notice"


def test_given_an_officer_opens_it_twice_then_the_time_runs_from_the_first(
    house: Flask, clock: StoppedClock
) -> None:
    officer = person(Role.OFFICE_OFFICER)
    finding = FindingFactory(FindingState.SENT, officer=officer)
    clock.at("2026-11-25T09:00+08:00")

    open_finding(finding, actor=officer)

    held = clock_of(finding)
    assert (held.proof, held.received_by_id, held.due_on) == (Receipt.OPENED, officer.user_id, DUE)
    assert fresh(finding).next_due_on == DUE


def test_given_a_proof_noted_later_then_the_time_runs_from_the_day_of_receipt(
    house: Flask, clock: StoppedClock
) -> None:
    """Back-dated delivery: what came on Friday is due as if noted on Friday, whoever opens it later."""
    head = person(Role.HEAD_OF_REPRESENTATIVE)
    finding = FindingFactory(FindingState.SENT, maker=head, is_opened=False)
    letter = drawn(db.session.scalars(select(Document)).one())
    way = send(letter, SendInput(Channel.POST, "respondent", date(2026, 11, 20)), actor=head)
    clock.at("2026-11-27T09:00+08:00")
    paper = AttachmentFactory(finding.evidence_id)

    prove(way, ProofInput(Proof.POSTAL, date(2026, 11, 20), file=paper.uuid), actor=head)
    open_finding(finding, actor=person(Role.OFFICE_OFFICER))

    held = clock_of(finding)
    assert (held.proof, held.delivery_id, held.start_on, held.due_on) == (
        Receipt.DELIVERED, way.id, date(2026, 11, 20), DUE,
    )  # fmt: skip


@pytest.mark.parametrize(("day", "late"), [("2026-12-10", 0), ("2026-12-11", 1), ("2027-01-10", 31)])
def test_given_a_day_when_answering_then_lateness_is_kept(
    house: Flask, clock: StoppedClock, day: str, late: int
) -> None:
    officer = person(Role.OFFICE_OFFICER)
    finding = FindingFactory(FindingState.SENT, officer=officer)
    clock.at(f"{day}T23:00+08:00")

    response = respond_to_finding(finding, YES, actor=officer)

    assert response.days_late == late
    assert fresh(finding).state is FindingState.RESPONDED
    assert clock_of(finding).ended_on == date.fromisoformat(day)


def test_given_the_same_form_twice_then_it_answers_once(house: Flask) -> None:
    officer = person(Role.OFFICE_OFFICER)
    finding = FindingFactory(FindingState.SENT, officer=officer)
    given = ResponseInput(Position.IN_PART, ANSWER, form_key="k1")

    first = respond_to_finding(finding, given, actor=officer)

    assert respond_to_finding(finding, given, actor=officer).id == first.id
    with pytest.raises(FormSentDifferently):
        respond_to_finding(finding, ResponseInput(Position.DISPUTE, "Lain.", form_key="k1"), actor=officer)


def test_given_it_is_being_judged_when_answering_then_nothing_is_kept(house: Flask) -> None:
    officer = person(Role.OFFICE_OFFICER)
    finding = FindingFactory(FindingState.RESPONDED, officer=officer)

    with pytest.raises(MoveNotAllowed):
        respond_to_finding(finding, ResponseInput(Position.DISPUTE, "Kami berubah pikiran."), actor=officer)
    assert count(FindingEntry) == 1


def test_given_a_draft_that_two_people_wrote_then_neither_judges_the_answer(house: Flask) -> None:
    first, second, third = (person(Role.PREVENTION_ASSISTANT) for _ in range(3))
    visit = VisitFactory()
    found = find_on_visit(visit, FindingInput("Ringkasan", "Uraian.", "Pasal 1", (MEASURE,)), actor=first)
    anew = FindingInput("Ringkasan lain", "Uraian lain.", "Pasal 1", (MEASURE,))
    change_finding(found, anew, version=found.version, actor=second)
    send_finding(found, version=found.version, actor=first)
    officer = person(Role.OFFICE_OFFICER)
    open_finding(found, actor=officer)
    respond_to_finding(found, YES, actor=officer)

    for author in (first, second):
        with pytest.raises(OwnWork):
            judge_answer(found, JudgementInput(Verdict.DONE, REASON), version=found.version, actor=author)
    judge_answer(found, JudgementInput(Verdict.DONE, REASON), version=found.version, actor=third)
    assert found.state is FindingState.DONE


def test_given_two_judges_at_once_then_the_second_is_told(house: Flask) -> None:
    finding = fresh(FindingFactory(FindingState.RESPONDED))
    shown = finding.version
    judge_answer(finding, JudgementInput(Verdict.ENOUGH, REASON), version=shown, actor=person(Role.REVIEWER))

    with pytest.raises(RecordChanged):
        judge_answer(
            finding, JudgementInput(Verdict.NOT_ENOUGH, REASON), version=shown, actor=person(Role.AUDITOR)
        )
    assert fresh(finding).state is FindingState.ACCEPTED


def test_given_ones_own_finding_when_judging_then_it_is_refused(house: Flask) -> None:
    maker = person(Role.PREVENTION_ASSISTANT)
    finding = fresh(FindingFactory(FindingState.RESPONDED, maker=maker))

    with pytest.raises(OwnWork):
        judge_answer(finding, JudgementInput(Verdict.DONE, REASON), version=finding.version, actor=maker)


def test_given_ones_own_answer_when_judging_then_it_is_refused(house: Flask) -> None:
    """Somebody who changed sides: an officer of the branch is a reviewer by now."""
    both = person(Role.OFFICE_OFFICER, Role.REVIEWER)
    finding = fresh(FindingFactory(FindingState.RESPONDED, officer=both))

    with pytest.raises(OwnWork):
        judge_answer(finding, JudgementInput(Verdict.DONE, REASON), version=finding.version, actor=both)


def test_given_a_right_at_the_office_that_answered_when_judging_then_it_is_refused(house: Flask) -> None:
    """A colleague's answer is no less one's own office's."""
    both = person(Role.REVIEWER, Role.OFFICE_OFFICER)
    finding = fresh(FindingFactory(FindingState.RESPONDED))

    with pytest.raises(NotAllowed):
        judge_answer(finding, JudgementInput(Verdict.DONE, REASON), version=finding.version, actor=both)

    assert fresh(finding).state is FindingState.RESPONDED


def test_given_a_program_that_forgets_it_then_the_database_refuses_an_own_judgement(house: Flask) -> None:
    finding = FindingFactory(FindingState.RESPONDED)
    answer = db.session.scalars(select(FindingEntry)).one()
    row = {
        "finding": finding.id, "by": answer.said_by_id, "at": "2026-11-20 01:00:00", "answer": answer.id,
        "maker": finding.made_by_id,
    }  # fmt: skip
    with pytest.raises(IntegrityError):
        db.session.execute(
            text(
                "INSERT INTO finding_entry (finding_id, kind, round, said_by_id, said_at, text, verdict,"
                " answer_id, answer_by_id, finding_by_id) VALUES (:finding, 'judgement', 1, :by, :at, 'x',"
                " 'done', :answer, :by, :maker)"
            ),
            row,
        )
    db.session.rollback()


@pytest.mark.parametrize("statement", ["UPDATE finding_entry SET days_late = 0", "DELETE FROM finding_entry"])
def test_given_an_answer_then_no_program_changes_it(house: Flask, statement: str) -> None:
    FindingFactory(FindingState.RESPONDED)
    with pytest.raises(DatabaseError, match="stays"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_given_not_enough_when_answered_again_then_the_second_round_has_its_own_time(
    house: Flask, clock: StoppedClock
) -> None:
    officer = person(Role.OFFICE_OFFICER)
    finding = fresh(FindingFactory(FindingState.RETURNED, officer=officer))
    assert (finding.round, finding.is_received) == (2, False)
    clock.at("2026-12-14T09:00+08:00")
    open_finding(finding, actor=officer)
    clock.at("2027-01-20T09:00+08:00")

    again = respond_to_finding(finding, YES, actor=officer)

    assert again.round == 2
    assert again.days_late
    assert clock_of(finding, 2).start_on == date(2026, 12, 14)


def test_given_an_accepted_answer_when_done_then_the_measures_are_done_and_nothing_more_is_taken(
    house: Flask,
) -> None:
    officer = person(Role.OFFICE_OFFICER)
    finding = fresh(FindingFactory(FindingState.ACCEPTED, officer=officer))
    tell_progress(finding, ProgressInput("Papan terpasang di dua loket."), actor=officer)
    assert db.session.scalars(select(Measure.status)).one() == "in_progress"

    judge_answer(
        finding,
        JudgementInput(Verdict.DONE, REASON),
        version=fresh(finding).version,
        actor=person(Role.AUDITOR),
    )

    assert db.session.scalars(select(Measure.status)).one() == "done"
    assert (fresh(finding).is_open, fresh(finding).done_on) == (False, date(2026, 11, 20))
    with pytest.raises(MoveNotAllowed):
        tell_progress(finding, ProgressInput("Lagi."), actor=officer)


def test_given_an_officer_of_another_office_when_answering_then_it_is_not_theirs(house: Flask) -> None:
    finding = FindingFactory(FindingState.SENT)
    with pytest.raises(NotAllowed):
        respond_to_finding(finding, YES, actor=person(Role.OFFICE_OFFICER, portal_office="kc_ntt"))
    assert count(FindingEntry) == 0


@pytest.mark.parametrize("kind", [MeasureKind.CORRECTIVE_ACTION, MeasureKind.RECOMMENDATION])
def test_given_a_visit_then_it_carries_no_other_kind_of_measure(house: Flask, kind: MeasureKind) -> None:
    maker = person(Role.PREVENTION_ASSISTANT, Role.CHAIR)
    finding = FindingFactory(maker=maker)

    with pytest.raises(WrongKindOfMeasure):
        add_measure(finding, kind, MEASURE, actor=maker)
    columns = {"finding_id": finding.id, "origin": Origin.VISIT, "written_as": "chair", "text": MEASURE}
    with pytest.raises(IntegrityError):
        command(lambda: db.session.add(Measure(kind=kind, **columns)))()


@pytest.mark.parametrize(
    ("origin", "role", "kind"),
    [
        (Origin.LHP, Role.EXAMINER, MeasureKind.CORRECTIVE_ACTION),
        (Origin.AUDIT, Role.AUDITOR, MeasureKind.IMPROVEMENT_SUGGESTION),
        (Origin.RECOMMENDATION, Role.CHAIR, MeasureKind.RECOMMENDATION),
        (Origin.RECOMMENDATION, Role.HEAD_OF_REPRESENTATIVE, None),
    ],
)
def test_given_an_origin_then_its_measure_has_its_kind_or_is_refused(
    house: Flask, origin: Origin, role: Role, kind: MeasureKind | None
) -> None:
    given = FindingInput("Ringkas", "Uraian", "Aturan", [MEASURE])
    columns = {"office_id": office_id("kc_mamuju"), "representative_office_id": office_id("ori_sulbar")}
    if kind is None:
        with pytest.raises(WrongKindOfMeasure):
            make_finding(given, origin=origin, actor=person(role), **columns)
        return
    make_finding(given, origin=origin, actor=person(role), **columns)
    assert db.session.scalars(select(Measure.kind)).one() is kind


def test_given_no_measure_when_sending_then_it_stays_a_draft_without_number(house: Flask) -> None:
    maker = person(Role.PREVENTION_ASSISTANT)
    finding = FindingFactory(maker=maker)
    command(lambda: db.session.execute(text("DELETE FROM finding_measure")))()

    with pytest.raises(FindingIncomplete):
        send_finding(finding, version=finding.version, actor=maker)
    assert fresh(finding).reference is None
    assert count(Document) == 0


OFF = DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari Pemilihan", "ID", "Keppres", "1")
FAR = DayOff(date(2026, 6, 30), HolidayKind.NATIONAL, "Hari Lain", "ID", "Keppres", "1")


def test_given_a_new_day_off_then_the_time_that_runs_ends_later_at_once_and_twice_changes_nothing(
    house: Flask,
) -> None:
    finding, answered = FindingFactory(FindingState.SENT), FindingFactory(FindingState.RESPONDED)
    import_holidays([OFF], actor=STRANGER)

    assert recount_finding_clocks(STRANGER) == Recount(moved=1)
    assert recount_finding_clocks(STRANGER) == Recount()

    assert clock_of(finding).due_on == fresh(finding).next_due_on == date(2026, 12, 11)
    assert clock_of(answered).due_on == DUE, "an ended time never moves"


def test_given_a_day_off_is_taken_back_then_the_earlier_day_waits_for_the_head(house: Flask) -> None:
    import_holidays([OFF], actor=STRANGER)
    finding = FindingFactory(FindingState.SENT)
    import_holidays([FAR], actor=STRANGER)

    assert recount_finding_clocks(STRANGER) == Recount(waiting=1)
    held = clock_of(finding)
    assert (held.due_on, held.proposed_due_on) == (date(2026, 12, 11), DUE)
    with pytest.raises(NotAllowed):
        release_earlier_day(held, actor=person(Role.PREVENTION_ASSISTANT))

    release_earlier_day(held, actor=person(Role.HEAD_OF_REPRESENTATIVE))

    assert clock_of(finding).due_on == fresh(finding).next_due_on == DUE


def test_given_each_act_then_the_other_side_is_told_without_a_word_of_the_matter(house: Flask) -> None:
    officer, judge = person(Role.OFFICE_OFFICER), person(Role.REVIEWER)
    FindingFactory(FindingState.DONE, officer=officer, judge=judge)

    told = db.session.scalars(select(Notification).order_by(Notification.id)).all()
    assert {(one.kind, one.person_id) for one in told} >= {
        ("findings.sent", officer.user_id),
        ("findings.answered", judge.user_id),
        ("findings.judged", officer.user_id),
    }
    assert {(one.label, one.facts) for one in told} == {("TM-0001/2026/MAM", "{}")}
    events = set(db.session.scalars(select(TrailEntry.event)))
    assert {"findings:finding:sent", "findings:finding:received", "findings:finding:judged"} <= events
