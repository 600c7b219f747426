"""What a respondent answers is filed, however late, and its lateness stays for ever."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import (
    ClarificationInput,
    OfficeAnswer,
    answer_request,
    examine_again,
    file_answer,
    propose_moves,
    review_case,
    write_to_office,
)
from ombudsman_app.complaints.errors import AnswerRefused
from ombudsman_app.complaints.models import ClarificationAnswer, Complaint, ComplaintClock, ComplaintMessage
from ombudsman_app.complaints.states import (
    FIRST_REQUEST,
    SECOND_REQUEST,
    AnswerChannel,
    ComplaintState,
    Outcome,
)
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import FormSentDifferently, RecordChanged
from ombudsman_app.core.policy import Role

from ..documents.desk import papers
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import CODE, Team, TeamFactory
from ..factories.examination import REPLY, answered, current, examined, received, request
from ..factories.findings import person
from ..visitor import Visitor

S = ComplaintState
EXAMINER, HEAD, INTAKE = Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE, Role.PVL_ASSISTANT


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def asked(app: Flask, team: Team) -> Complaint:
    """Asked on Fri 20 November and received that day: D04 ends on Fri 4 December."""
    with app.app_context():
        case = examined(team)
        received(request(case, team), team.examiner)
        db.session.expunge_all()
    return case


def answers(app: Flask) -> list[ClarificationAnswer]:
    with app.app_context():
        rows = list(db.session.scalars(select(ClarificationAnswer).order_by(ClarificationAnswer.id)))
        db.session.expunge_all()
        return rows


def clock_of(app: Flask, case: Complaint, name: str) -> ComplaintClock:
    with app.app_context():
        found = db.session.scalars(
            select(ComplaintClock).where(ComplaintClock.complaint_id == case.id, ComplaintClock.clock == name)
        ).one()
        db.session.expunge_all()
        return found


def test_given_an_answer_by_post_when_filed_at_the_desk_then_the_time_ends_and_the_examiner_judges(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team, asked: Complaint, clock
) -> None:
    clock.at("2026-12-03T10:00+08:00")
    address = f"/staff/complaints/{asked.id}"
    visitor.enter(team.users[INTAKE].id)

    filed = visitor.submit(
        f"{address}/answers/new",
        {"channel": "post", "received_on": "2026-12-02", "reference": "B-17/BPJS", "text": REPLY},
    )

    assert filed.status_code == 302, filed.text
    page = visitor.get(str(filed.location))
    assert REPLY in page.text
    assert "B-17/BPJS" in page.text
    assert 'name="owner" value="answer"' in page.text
    (answer,) = answers(app)
    assert (answer.received_on, answer.due_on, answer.days_late) == (
        date(2026, 12, 2), date(2026, 12, 4), 0,
    )  # fmt: skip
    assert REPLY.encode() not in (answer.sealed or b"")
    assert clock_of(app, asked, "D04").ended_on == date(2026, 12, 2)
    examiner = another_visitor.enter(team.users[EXAMINER].id)
    shown = examiner.get(address).text
    assert f"{address}/review" in shown
    assert f"{address}/answers/{answer.id}" in shown
    reviewed = examiner.submit(f"{address}/review", {"reason": "Jawaban dinilai belum menjawab semua."})
    assert reviewed.status_code == 302, reviewed.text
    with app.app_context():
        assert current(asked).state is S.CASE_REVIEW


@pytest.mark.parametrize(
    ("received_on", "late"),
    [("2026-11-20", 0), ("2026-12-04", 0), ("2026-12-05", 1), ("2026-12-11", 7)],
)
def test_lateness_is_counted_from_the_day_of_receipt(
    app: Flask, team: Team, asked: Complaint, clock, received_on: str, late: int
) -> None:
    """Fri 2026-11-20 + 14 calendar days = Fri 2026-12-04, which belongs to the respondent."""
    clock.at("2026-12-11T09:00+08:00")
    with app.app_context():
        assert answered(asked, team, date.fromisoformat(received_on)).days_late == late


def test_given_a_last_day_in_joint_leave_when_counted_then_lateness_begins_after_the_roll(
    app: Flask, team: Team, clock
) -> None:
    """Received Thu 2026-12-10: 14 days end on Thu 24 December, joint leave, and roll to Mon 28 December."""
    clock.at("2026-12-10T09:00+08:00")
    with app.app_context():
        case = examined(team)
        received(request(case, team), team.examiner)
    assert clock_of(app, case, "D04").due_on == date(2026, 12, 28)
    clock.at("2026-12-29T09:00+08:00")
    with app.app_context():
        assert answered(case, team, date(2026, 12, 28)).days_late == 0
        assert answered(case, team, date(2026, 12, 29)).days_late == 1


@pytest.mark.parametrize(("day", "why"), [("2026-11-19", "before_receipt"), ("2026-12-02", "in_future")])
def test_given_a_day_that_cannot_be_when_filing_then_it_is_refused_beside_the_day(
    app: Flask, visitor: Visitor, team: Team, asked: Complaint, clock, day: str, why: str
) -> None:
    clock.at("2026-12-01T09:00+08:00")
    address = f"/staff/complaints/{asked.id}/answers/new"

    refused = visitor.enter(team.users[INTAKE].id).submit(
        address, {"channel": "post", "received_on": day, "text": REPLY}
    )

    assert refused.status_code == 422
    assert 'id="received_on-error"' in refused.text
    assert REPLY in refused.text
    assert answers(app) == []
    given = ClarificationInput(REPLY, date.fromisoformat(day), AnswerChannel.POST)
    with app.app_context(), pytest.raises(AnswerRefused) as told:
        file_answer(current(asked), given, actor=team.intake)
    assert told.value.details["why"] == why


def test_given_nothing_was_asked_when_filing_then_409_with_what_was_typed(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        case = examined(team)
    typed = {"channel": "post", "received_on": "2026-11-20", "text": REPLY, "version": "1"}
    refused = visitor.enter(team.users[INTAKE].id).post(f"/staff/complaints/{case.id}/answers/new", typed)
    assert refused.status_code == 409
    assert REPLY in refused.text


def test_given_the_right_to_answer_lapsed_when_an_answer_comes_then_it_is_filed_and_late_for_ever(
    app: Flask, visitor: Visitor, team: Team, asked: Complaint, clock
) -> None:
    clock.at("2026-12-05T09:00+08:00")
    with app.app_context():
        received(request(asked, team, SECOND_REQUEST), team.examiner)
    clock.at("2026-12-22T09:00+08:00")
    with app.app_context():
        held = current(asked)
        review_case(held, "Tidak ada jawaban.", version=held.version, actor=team.examiner)
    clock.at("2027-01-04T09:00+08:00")
    with app.app_context():
        answer = answered(asked, team, date(2027, 1, 4))
        assert (answer.due_on, answer.days_late) == (date(2026, 12, 21), 14)
        held = current(asked)
        assert (held.state, held.respondent_waived_answer, held.is_answered) == (S.CASE_REVIEW, True, False)
    clock.at("2027-06-01T09:00+08:00")
    page = visitor.enter(team.users[EXAMINER].id).get(f"/staff/complaints/{asked.id}").text
    assert "terlambat 14 hari" in page


def test_given_an_answer_that_came_before_the_second_letter_then_it_answers_the_first(
    app: Flask, team: Team, asked: Complaint, clock
) -> None:
    """Filed late by our own desk: it came in time, and nobody has to answer twice."""
    clock.at("2026-12-05T09:00+08:00")
    with app.app_context():
        received(request(asked, team, SECOND_REQUEST), team.examiner)
    clock.at("2026-12-07T09:00+08:00")
    with app.app_context():
        answer = answered(asked, team, date(2026, 12, 3))
        assert (answer.due_on, answer.days_late) == (date(2026, 12, 4), 0)
    assert answers(app)[0].request_id == papers(app, FIRST_REQUEST)[0].id
    assert clock_of(app, asked, "D05").ended_on == date(2026, 12, 5)
    clock.at("2027-01-04T09:00+08:00")
    with app.app_context():
        assert propose_moves() == 0


def test_given_two_people_at_once_then_one_answer_is_there_and_the_second_is_told(
    app: Flask, team: Team, asked: Complaint
) -> None:
    given = ClarificationInput(REPLY, date(2026, 11, 20), AnswerChannel.BY_HAND, form_key="kunci")
    with app.app_context():
        held = current(asked)
        version = held.version
        assert file_answer(held, given, actor=team.intake, version=version) is not None
        assert file_answer(held, given, actor=team.intake) is None, "the same form twice (DI4)"
        other = ClarificationInput("Jawaban yang lain.", date(2026, 11, 20), AnswerChannel.BY_HAND)
        with pytest.raises(RecordChanged):
            file_answer(held, other, actor=team.examiner, version=version)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ClarificationAnswer)) == 1


def test_given_the_page_of_the_reporter_then_nothing_of_the_answer_stands_there(
    app: Flask, team: Team, asked: Complaint
) -> None:
    with app.app_context():
        answer = answered(asked, team)
        AttachmentFactory(answer.files_id, "jawaban-terlapor.pdf", media_type="application/pdf")
    reporter = Visitor(app, "198.51.100.9")
    reporter.submit("/lacak", {"ticket": asked.ticket, "access_code": CODE})
    page = reporter.get("/lacak/laporan").text
    assert REPLY not in page
    assert "jawaban-terlapor" not in page
    assert "meminta penjelasan" in page


def reviewed(app: Flask, team: Team, asked: Complaint) -> None:
    with app.app_context():
        answered(asked, team)
        held = current(asked)
        review_case(held, "Jawaban dinilai cukup.", version=held.version, actor=team.examiner)
        write_to_office(held, "Klaim saya sudah dibayar kemarin, terima kasih.", form_key="")


def test_given_the_reporter_confirms_when_the_head_closes_then_notice_and_minutes_are_made(
    app: Flask, visitor: Visitor, team: Team, asked: Complaint
) -> None:
    reviewed(app, team, asked)
    with app.app_context():
        message = db.session.scalars(
            select(ComplaintMessage.id).where(ComplaintMessage.author_id.is_(None))
        ).one()
    address = f"/staff/complaints/{asked.id}/resolved"
    visitor.enter(team.users[HEAD].id)
    assert "Klaim saya sudah dibayar" in visitor.get(address).text
    reason = "Kantor cabang membayar klaim; Pelapor membenarkan secara tertulis."

    refused = visitor.submit(address, {"reason": reason, "confirmation": "message.987654"})
    assert refused.status_code == 422
    assert reason in refused.text
    done = visitor.submit(address, {"reason": reason, "confirmation": f"message.{message}"})

    assert done.status_code == 302, done.text
    with app.app_context():
        held = current(asked)
        assert (held.state, held.outcome, held.is_open) == (S.CLOSED, Outcome.RESOLVED_BY_RESPONDENT, False)
    assert [one.kind for one in papers(app)][-2:] == ["closing_minutes", "closing_notice"]
    again = visitor.post(address, {"reason": reason, "confirmation": f"message.{message}", "version": "1"})
    assert again.status_code == 409


def test_given_no_confirmation_then_the_case_is_not_closed_as_resolved(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        case = examined(team)
        review_case(case, "Tidak perlu penjelasan.", version=case.version, actor=team.examiner)
    address = f"/staff/complaints/{case.id}/resolved"
    page = visitor.enter(team.users[HEAD].id).get(address).text
    assert "Pelapor belum membenarkannya" in page
    refused = visitor.post(address, {"reason": "Sudah selesai semua.", "confirmation": "", "version": "1"})
    assert refused.status_code == 409
    assert "Sudah selesai semua." in refused.text
    with app.app_context():
        assert current(case).state is S.CASE_REVIEW


def test_given_the_office_is_asked_anew_when_the_first_letter_is_answered_then_the_new_time_heals_nothing(
    app: Flask, clock, team: Team, asked: Complaint
) -> None:
    """After the review the examination goes on and the same kind of letter starts a time of its own."""
    clock.at("2026-12-07T09:00+08:00")
    with app.app_context():
        answered(asked, team)
        for move in (review_case, examine_again):
            held = current(asked)
            move(held, "Masih ada yang perlu diperiksa.", version=held.version, actor=team.examiner)
        clock.at("2026-12-14T09:00+08:00")
        received(request(current(asked), team), team.examiner)
        first = db.session.scalars(select(ClarificationAnswer.request_id)).one()
        clock.at("2026-12-16T09:00+08:00")
        by_post = answered(asked, team, on=date(2026, 12, 9))
        in_portal = answer_request(first, OfficeAnswer(REPLY), actor=person(Role.OFFICE_OFFICER))
        to_the_new = answered(asked, team)
        assert in_portal is not None
        told = [(one.due_on, one.days_late) for one in (by_post, in_portal, to_the_new)]
    assert told == [(date(2026, 12, 4), 5), (date(2026, 12, 4), 12), (date(2026, 12, 28), 0)]


def test_given_the_same_form_when_it_names_another_letter_of_theirs_then_it_is_refused(
    app: Flask, team: Team, asked: Complaint
) -> None:
    """DI4: the same key with another body is no repetition."""
    first = ClarificationInput(REPLY, date(2026, 11, 20), AnswerChannel.POST, "B-1/2026", form_key="kunci")
    with app.app_context():
        file_answer(current(asked), first, actor=team.examiner)
        assert file_answer(current(asked), first, actor=team.examiner) is None
        with pytest.raises(FormSentDifferently):
            file_answer(current(asked), replace(first, reference="B-2/2026"), actor=team.examiner)
