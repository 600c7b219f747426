"""A respondent asks for more time to explain; its examiner or the head grants or refuses it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import (
    MoreTimeInput,
    OfficeAnswer,
    PauseInput,
    answer_request,
    ask_for_pause,
    ask_for_time,
    release_pause,
)
from ombudsman_app.complaints.commands import decide_time as decide_it
from ombudsman_app.complaints.models import ClarificationTimeRequest, ClockMove, Complaint, ComplaintClock
from ombudsman_app.complaints.queries import ClockOfCase, PauseOfCase
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import FormSentDifferently, MoreTimeRefused, NotAllowed, RecordChanged
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.complaints import Team, TeamFactory
from ..factories.examination import REPLY, AskedLetter, asked_letter, current
from ..factories.findings import person
from ..pages import Page
from ..visitor import Visitor

WHY = "Arsip kantor lama belum ditemukan semuanya."
# D04 is 14 calendar days from Friday 20 November 2026: Friday 4 December.
DUE = date(2026, 12, 4)
ASKED = MoreTimeInput(5, WHY, "kunci-1")
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    """Call something in an application context of its own, on a Friday morning in Mamuju."""
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            found = function(*given, **more)
            db.session.expunge_all()
            return found

    call(load_shipped)
    return call


@pytest.fixture
def team(inside: Inside) -> Team:
    found: Team = inside(TeamFactory)
    return found


@pytest.fixture
def letter(inside: Inside, team: Team) -> AskedLetter:
    found: AskedLetter = inside(asked_letter, team)
    return found


@pytest.fixture
def officer(inside: Inside) -> Actor:
    found: Actor = inside(person, Role.OFFICE_OFFICER)
    return found


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def time_of(inside: Inside, letter: AskedLetter) -> ComplaintClock:
    (found,) = inside(stored, select(ComplaintClock).where(ComplaintClock.id == letter.clock_id))
    return found


def case_of(inside: Inside, letter: AskedLetter) -> Complaint:
    wanted = select(Complaint).join(ComplaintClock).where(ComplaintClock.id == letter.clock_id)
    (found,) = inside(stored, wanted)
    return found


def ask(
    inside: Inside, letter: AskedLetter, officer: Actor, given: MoreTimeInput = ASKED
) -> ClarificationTimeRequest:
    found: ClarificationTimeRequest = inside(ask_for_time, letter.id, given, actor=officer)
    return found


def decide(
    inside: Inside,
    letter: AskedLetter,
    asked: ClarificationTimeRequest,
    days: int,
    *,
    actor: Actor,
    why: str = "",
) -> None:
    case = case_of(inside, letter)
    inside(decide_it, case, asked, days, why, version=case.version, actor=actor)


def examiner(inside: Inside, team: Team) -> Actor:
    found: Actor = inside(lambda: team.examiner)
    return found


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(MoreTimeRefused) as told:
        act()
    return str(told.value.details["why"])


def lateness(inside: Inside, letter: AskedLetter, officer: Actor) -> int:
    return int(inside(answer_request, letter.id, OfficeAnswer(REPLY), actor=officer).days_late)


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE])
def test_given_a_request_when_granted_in_part_then_the_last_day_moves_by_calendar_days(
    inside: Inside, team: Team, letter: AskedLetter, officer: Actor, role: Role
) -> None:
    asked = ask(inside, letter, officer)
    assert (time_of(inside, letter).due_on, time_of(inside, letter).awaits_time) == (DUE, True)

    decide(inside, letter, asked, 4, actor=inside(team.actor, role))

    held = time_of(inside, letter)
    assert (held.due_on, held.granted, held.awaits_time, held.late_from) == (
        date(2026, 12, 8),
        4,
        False,
        None,
    )
    assert case_of(inside, letter).next_due_on <= held.due_on
    (move,) = inside(stored, select(ClockMove).where(ClockMove.clock_id == letter.clock_id))
    assert (move.why.value, move.due_before, move.due_after) == ("granted", DUE, date(2026, 12, 8))
    kinds = inside(stored, select(Notification.kind).where(Notification.person_id == officer.user_id))
    assert "complaints.time_granted" in kinds


def test_given_a_refusal_then_nothing_moves_and_the_number_of_requests_has_a_limit(
    inside: Inside, team: Team, letter: AskedLetter, officer: Actor
) -> None:
    judge = examiner(inside, team)
    decide(inside, letter, ask(inside, letter, officer), 0, actor=judge, why="Waktu yang ada cukup.")
    assert time_of(inside, letter).due_on == DUE
    decide(inside, letter, ask(inside, letter, officer, MoreTimeInput(3, WHY, "kunci-2")), 3, actor=judge)
    again = MoreTimeInput(3, WHY, "kunci-3")
    assert refused(lambda: ask(inside, letter, officer, again)) == "too_often"


@pytest.mark.parametrize("days", [0, 15])
def test_given_more_days_than_possible_then_nothing_is_asked(
    inside: Inside, letter: AskedLetter, officer: Actor, days: int
) -> None:
    assert refused(lambda: ask(inside, letter, officer, MoreTimeInput(days, WHY))) == "too_long"


def test_given_one_waits_then_the_same_form_asks_once_and_another_is_not_taken(
    inside: Inside, letter: AskedLetter, officer: Actor
) -> None:
    assert ask(inside, letter, officer).id == ask(inside, letter, officer).id
    with pytest.raises(FormSentDifferently):
        ask(inside, letter, officer, MoreTimeInput(6, WHY, "kunci-1"))
    assert refused(lambda: ask(inside, letter, officer, MoreTimeInput(5, WHY, "kunci-2"))) == "waits"


def test_given_the_last_day_is_over_then_nothing_is_asked(
    inside: Inside, letter: AskedLetter, officer: Actor, clock: StoppedClock
) -> None:
    clock.at("2026-12-05T00:10+08:00")
    assert refused(lambda: ask(inside, letter, officer)) == "over"


@pytest.mark.parametrize(
    ("granted_at", "late"), [("2026-12-04T23:00+08:00", 1), ("2026-12-05T09:00+08:00", 6)]
)
def test_given_a_grant_then_lateness_counts_from_the_new_day_only_if_the_old_one_had_not_passed(
    inside: Inside,
    team: Team,
    letter: AskedLetter,
    officer: Actor,
    clock: StoppedClock,
    granted_at: str,
    late: int,
) -> None:
    asked = ask(inside, letter, officer)
    clock.at(granted_at)
    decide(inside, letter, asked, 5, actor=examiner(inside, team))
    assert time_of(inside, letter).due_on == date(2026, 12, 9)
    clock.at("2026-12-10T09:00+08:00")
    assert lateness(inside, letter, officer) == late


def test_given_the_answer_came_meanwhile_then_nothing_is_granted(
    inside: Inside, team: Team, letter: AskedLetter, officer: Actor
) -> None:
    asked = ask(inside, letter, officer)
    assert lateness(inside, letter, officer) == 0
    assert refused(lambda: decide(inside, letter, asked, 5, actor=examiner(inside, team))) == "answered"
    assert refused(lambda: ask(inside, letter, officer, MoreTimeInput(5, WHY, "kunci-2"))) == "answered"


def test_given_anybody_else_then_they_neither_ask_nor_decide(
    inside: Inside, team: Team, letter: AskedLetter, officer: Actor
) -> None:
    with pytest.raises(NotAllowed):
        ask(inside, letter, inside(person, Role.OFFICE_OFFICER, portal_office="kc_ntt"))
    asked = ask(inside, letter, officer)
    both = inside(person, Role.HEAD_OF_REPRESENTATIVE, Role.OFFICE_OFFICER)
    for actor in (officer, both, inside(person, Role.EXAMINER), inside(lambda: team.intake)):
        with pytest.raises(NotAllowed):
            decide(inside, letter, asked, 5, actor=actor)


def test_given_two_decide_then_the_second_is_told(
    inside: Inside, team: Team, letter: AskedLetter, officer: Actor
) -> None:
    asked, case = ask(inside, letter, officer), case_of(inside, letter)
    judge = examiner(inside, team)
    inside(decide_it, case, asked, 5, "", version=case.version, actor=judge)
    with pytest.raises(RecordChanged):
        inside(decide_it, case, asked, 0, WHY, version=case.version, actor=judge)
    assert refused(lambda: decide(inside, letter, asked, 0, actor=judge, why=WHY)) == "decided"


# --- by the door ------------------------------------------------------------------------------------------


def test_given_the_office_and_the_examiner_then_they_ask_and_grant_on_their_pages(
    inside: Inside,
    team: Team,
    letter: AskedLetter,
    officer: Actor,
    visitor: Visitor,
    another_visitor: Visitor,
) -> None:
    office, staff = visitor, another_visitor
    office.enter(officer.user_id or 0)
    staff.enter(team.users[Role.EXAMINER].id)
    page, form = f"/portal/clarifications/{letter.id}", f"/portal/clarifications/{letter.id}/more-time"
    assert form in office.get(page).text
    typed = Page(office.get(form).text).values | {"days": "5", "reason": WHY}
    assert office.post(form, typed | {"days": "15"}).status_code == 422
    assert office.post(form, typed | {"days": "lima"}).status_code == 422
    assert office.post(form, typed).status_code == 302
    assert office.post(form, typed).status_code == 302  # sent twice, asked once
    assert inside(stored, select(func.count()).select_from(ClarificationTimeRequest)) == [1]
    assert office.post(form, typed | {"form_key": "lain"}).status_code == 409
    assert office.get(form).status_code == 302

    case = case_of(inside, letter)
    at = f"/staff/complaints/{case.id}/clocks/{letter.clock_id}"
    assert f"{at}#more-time" in staff.get(f"/staff/complaints/{case.id}").text
    (asked,) = inside(stored, select(ClarificationTimeRequest.id))
    answer, version = f"{at}/time/{asked}", str(case.version)
    assert answer in staff.get(at).text
    assert staff.post(answer, {"version": version, "time_verdict": "grant"}).status_code == 422
    assert staff.post(answer, {"version": version, "time_verdict": "refuse"}).status_code == 422
    assert (
        staff.post(answer, {"version": version, "time_verdict": "grant", "granted": "6"}).status_code == 422
    )
    assert staff.post(answer, {"version": "0", "time_verdict": "grant", "granted": "3"}).status_code == 409
    said = {
        "version": version,
        "time_verdict": "grant",
        "granted": "3",
        "decision": "Tiga hari cukup untuk itu.",
    }
    assert staff.post(answer, said).status_code == 302
    assert staff.post(answer, said).status_code == 409
    assert answer not in staff.get(at).text

    seen = office.get(page).text
    assert "Tiga hari cukup untuk itu." in seen
    assert "7 Desember 2026" in seen
    assert team.users[Role.EXAMINER].name not in seen
    assert "hari tambahan waktu" in office.get(f"{page}/clocks/{letter.clock_id}").text
    facts = staff.get(f"{at}/days").get_json()
    assert facts["due"] == facts["stored_due"] == "2026-12-07"
    assert facts["time_requests"][0]["granted_days"] == 3
    assert inside(current, case).version > case.version


@pytest.mark.parametrize("page", ["/portal/", "/portal/clarifications"])
def test_given_the_time_stands_still_then_lists_of_the_portal_say_so_and_nothing_about_why(
    inside: Inside,
    team: Team,
    letter: AskedLetter,
    officer: Actor,
    visitor: Visitor,
    clock: StoppedClock,
    page: str,
) -> None:
    visitor.enter(officer.user_id or 0)
    assert "Dijeda" not in visitor.get(page).text
    reason = "Gempa merusak kantor di Majene."

    def pause() -> None:
        found = ClockOfCase(db.session.get_one(Complaint, letter.case_id), time_here())
        given = PauseInput("disaster", 4, reason)
        asked = ask_for_pause(found, given, version=found.complaint.version, actor=team.examiner)
        held = PauseOfCase(db.session.get_one(Complaint, letter.case_id), time_here(), asked)
        release_pause(held, version=held.complaint.version, actor=team.head)

    def time_here() -> ComplaintClock:
        return db.session.get_one(ComplaintClock, letter.clock_id)

    inside(pause)
    text = visitor.get(page).text
    assert "Dijeda" in text
    assert reason not in text
    assert "Bencana" not in text
    clock.at("2026-11-24T09:00+08:00")  # over, and nothing ran
    assert "Dijeda" not in visitor.get(page).text
