"""An office asks for more time; another person grants it, in part or whole, or refuses it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import FormSentDifferently, MoreTimeRefused, NotAllowed, RecordChanged
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.commands import (
    MoreTimeInput,
    ResponseInput,
    ask_for_time,
    decide_time,
    recount_finding_clocks,
    release_earlier_day,
    respond_to_finding,
)
from ombudsman_app.findings.letter_contents import acknowledgement
from ombudsman_app.findings.models import Finding, FindingClock, FindingClockMove, FindingTimeRequest
from ombudsman_app.findings.states import FindingState, Position
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.findings import ANSWER, FindingFactory, maker_of, person
from ..pages import Page
from ..visitor import Visitor

JUDGE = "Demo Penelaah"
WHY = "Data dari tiga loket belum lengkap."
# 14 working days from Friday 20 November 2026: Thursday 10 December.
DUE = date(2026, 12, 10)
ASKED = MoreTimeInput(5, WHY, "kunci-1")
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    """Call something in an application context of its own, on a Friday morning in Mamuju."""
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    call(load_shipped)
    return call


@pytest.fixture
def officer(inside: Inside) -> Actor:
    found: Actor = inside(person, Role.OFFICE_OFFICER)
    return found


@pytest.fixture
def judge(inside: Inside) -> Actor:
    user = inside(UserFactory, Role.REVIEWER, password=None, name=JUDGE)
    found: Actor = inside(actor_for, user.id)
    return found


@pytest.fixture
def finding(inside: Inside, officer: Actor) -> Finding:
    found: Finding = inside(FindingFactory, FindingState.SENT, officer=officer)
    return found


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def time_of(inside: Inside, finding: Finding) -> FindingClock:
    (found,) = inside(stored, select(FindingClock).where(FindingClock.finding_id == finding.id))
    return found


def fresh(inside: Inside, finding: Finding) -> Finding:
    (found,) = inside(stored, select(Finding).where(Finding.id == finding.id))
    return found


def ask(inside: Inside, finding: Finding, actor: Actor, given: MoreTimeInput = ASKED) -> FindingTimeRequest:
    found: FindingTimeRequest = inside(ask_for_time, finding, given, actor=actor)
    return found


def decide(
    inside: Inside, finding: Finding, asked: FindingTimeRequest, days: int, *, actor: Actor, why: str = ""
) -> None:
    version = fresh(inside, finding).version
    inside(decide_time, finding, asked, days, why, version=version, actor=actor)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(MoreTimeRefused) as told:
        act()
    return str(told.value.details["why"])


def lateness(inside: Inside, finding: Finding, officer: Actor) -> int:
    said = inside(respond_to_finding, finding, ResponseInput(Position.ACCEPT, ANSWER), actor=officer)
    return int(said.days_late)


@pytest.mark.parametrize(("days", "due"), [(5, date(2026, 12, 17)), (2, date(2026, 12, 14))])
def test_given_a_request_when_granted_then_the_last_day_moves_by_working_days(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor, days: int, due: date
) -> None:
    asked = ask(inside, finding, officer)
    assert time_of(inside, finding).due_on == DUE  # a request stops nothing

    decide(inside, finding, asked, days, actor=judge)

    assert (time_of(inside, finding).due_on, fresh(inside, finding).next_due_on) == (due, due)
    assert time_of(inside, finding).late_from is None
    (move,) = inside(stored, select(FindingClockMove))
    assert (move.why.value, move.due_before, move.due_after, move.by_id) == (
        "granted",
        DUE,
        due,
        judge.user_id,
    )
    kinds = inside(stored, select(Notification.kind).where(Notification.person_id == officer.user_id))
    assert "findings.time_granted" in kinds


def test_given_a_request_when_refused_then_nothing_moves_and_one_more_is_possible(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor
) -> None:
    decide(inside, finding, ask(inside, finding, officer), 0, actor=judge, why="Waktu yang ada cukup.")
    assert time_of(inside, finding).due_on == DUE
    assert inside(stored, select(FindingClockMove)) == []
    again = ask(inside, finding, officer, MoreTimeInput(3, WHY, "kunci-2"))
    decide(inside, finding, again, 3, actor=judge)
    assert refused(lambda: ask(inside, finding, officer, MoreTimeInput(3, WHY, "kunci-3"))) == "too_often"


@pytest.mark.parametrize("days", [0, 15, -1])
def test_given_more_days_than_possible_then_nothing_is_asked(
    inside: Inside, finding: Finding, officer: Actor, days: int
) -> None:
    assert refused(lambda: ask(inside, finding, officer, MoreTimeInput(days, WHY))) == "too_long"
    assert inside(stored, select(FindingTimeRequest)) == []


def test_given_one_waits_then_another_is_not_taken_but_the_same_form_asks_once(
    inside: Inside, finding: Finding, officer: Actor
) -> None:
    asked = ask(inside, finding, officer)
    assert ask(inside, finding, officer).id == asked.id
    with pytest.raises(FormSentDifferently):
        ask(inside, finding, officer, MoreTimeInput(6, WHY, "kunci-1"))
    assert refused(lambda: ask(inside, finding, officer, MoreTimeInput(5, WHY, "kunci-2"))) == "waits"


def test_given_the_last_day_is_over_then_nothing_is_asked(
    inside: Inside, finding: Finding, officer: Actor, clock: StoppedClock
) -> None:
    clock.at("2026-12-10T23:50+08:00")
    ask(inside, finding, officer)
    clock.at("2026-12-11T00:10+08:00")
    assert refused(lambda: ask(inside, finding, officer, MoreTimeInput(5, WHY, "kunci-2"))) == "over"


@pytest.mark.parametrize(
    ("granted_at", "late"),
    [
        ("2026-12-10T23:00+08:00", 1),  # on the last day: an answer of 18 December is a day late
        ("2026-12-11T09:00+08:00", 8),  # the day after: late from 10 December, for ever
    ],
)
def test_given_a_grant_then_lateness_counts_from_the_new_day_only_if_the_old_one_had_not_passed(
    inside: Inside,
    finding: Finding,
    officer: Actor,
    judge: Actor,
    clock: StoppedClock,
    granted_at: str,
    late: int,
) -> None:
    asked = ask(inside, finding, officer)
    clock.at(granted_at)
    decide(inside, finding, asked, 5, actor=judge)
    assert time_of(inside, finding).due_on == date(2026, 12, 17)
    clock.at("2026-12-18T09:00+08:00")
    said = inside(respond_to_finding, finding, ResponseInput(Position.ACCEPT, ANSWER), actor=officer)
    assert said.days_late == late
    paper = Document(folder=finding.evidence_id, answers={"response": said.id})
    told = inside(acknowledgement, paper)
    assert told["days_late"] == (date(2026, 12, 18) - told["due_on"]).days == late, "as signed for the office"


def test_given_the_answer_came_meanwhile_then_nothing_is_granted(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor
) -> None:
    asked = ask(inside, finding, officer)
    assert lateness(inside, finding, officer) == 0
    assert refused(lambda: decide(inside, finding, asked, 5, actor=judge)) == "answered"
    assert refused(lambda: ask(inside, finding, officer, MoreTimeInput(5, WHY, "kunci-2"))) == "answered"
    assert time_of(inside, finding).due_on == DUE


def test_given_two_decide_then_the_second_is_told(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor
) -> None:
    asked = ask(inside, finding, officer)
    version = fresh(inside, finding).version
    inside(decide_time, finding, asked, 5, "", version=version, actor=judge)
    with pytest.raises(RecordChanged):
        inside(decide_time, finding, asked, 0, WHY, version=version, actor=judge)
    assert refused(lambda: decide(inside, finding, asked, 0, actor=judge, why=WHY)) == "decided"


@pytest.mark.parametrize("days", [6, -1])
def test_given_more_than_was_asked_then_it_is_not_granted(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor, days: int
) -> None:
    asked = ask(inside, finding, officer)
    assert refused(lambda: decide(inside, finding, asked, days, actor=judge)) == "too_long"


def test_given_its_maker_or_its_office_then_they_do_not_decide(inside: Inside, officer: Actor) -> None:
    maker = inside(maker_of, "MAM")
    finding = inside(FindingFactory, FindingState.SENT, officer=officer, maker=maker)
    asked = ask(inside, finding, officer)
    both = inside(person, Role.OFFICE_OFFICER, Role.REVIEWER)
    for actor in (maker, officer, both, inside(person, Role.REVIEWER, office="KPG")):
        with pytest.raises(NotAllowed):
            decide(inside, finding, asked, 5, actor=actor)

    def by_force() -> None:
        row = db.session.get_one(FindingTimeRequest, asked.id)
        row.granted, row.decided_by_id, row.decided_at = 1, row.asked_by_id, row.asked_at
        db.session.flush()

    with pytest.raises(IntegrityError):
        inside(command(by_force))


def test_given_a_calendar_change_then_the_granted_days_stay_and_an_earlier_day_still_waits(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor
) -> None:
    off = DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari A", "ID", "Keppres", "1")
    far = DayOff(date(2026, 6, 30), HolidayKind.NATIONAL, "Hari Lain", "ID", "Keppres", "1")
    asked = ask(inside, finding, officer)
    inside(import_holidays, [off], actor=STRANGER)
    inside(recount_finding_clocks, STRANGER)
    inside(import_holidays, [far], actor=STRANGER)
    inside(recount_finding_clocks, STRANGER)
    held = time_of(inside, finding)
    assert (held.due_on, held.proposed_due_on) == (date(2026, 12, 11), DUE)

    decide(inside, finding, asked, 5, actor=judge)

    held = time_of(inside, finding)
    assert (held.due_on, held.proposed_due_on) == (date(2026, 12, 18), date(2026, 12, 17))
    head = inside(person, Role.HEAD_OF_REPRESENTATIVE)
    inside(release_earlier_day, held, actor=head)
    assert time_of(inside, finding).due_on == date(2026, 12, 17)
    inside(import_holidays, [off], actor=STRANGER)
    inside(recount_finding_clocks, STRANGER)
    assert time_of(inside, finding).due_on == date(2026, 12, 18)


# --- by the door ------------------------------------------------------------------------------------------


def test_given_the_office_and_the_staff_then_they_ask_and_grant_on_their_pages(
    inside: Inside,
    finding: Finding,
    officer: Actor,
    judge: Actor,
    visitor: Visitor,
    another_visitor: Visitor,
) -> None:
    office, staff = visitor, another_visitor
    office.enter(officer.user_id or 0)
    staff.enter(judge.user_id or 0)
    page, form = f"/portal/findings/{finding.id}", f"/portal/findings/{finding.id}/more-time"
    assert form in office.get(page).text
    typed = Page(office.get(form).text).values | {"days": "5", "reason": WHY}
    assert office.post(form, typed | {"days": "15"}).status_code == 422
    assert office.post(form, typed | {"days": "lima"}).status_code == 422
    assert office.post(form, typed).status_code == 302
    assert office.post(form, typed).status_code == 302  # sent twice, asked once
    assert inside(stored, select(func.count()).select_from(FindingTimeRequest)) == [1]
    assert office.post(form, typed | {"form_key": "lain"}).status_code == 409
    assert office.get(form).status_code == 302
    assert WHY in office.get(page).text

    shown = staff.get(f"/staff/findings/{finding.id}").text
    (asked,) = inside(stored, select(FindingTimeRequest.id))
    answer = f"/staff/findings/{finding.id}/time/{asked}"
    assert answer in shown
    assert WHY in shown
    version = str(fresh(inside, finding).version)
    assert staff.post(answer, {"version": version, "time_verdict": "grant"}).status_code == 422
    assert staff.post(answer, {"version": version, "time_verdict": "refuse"}).status_code == 422
    assert (
        staff.post(answer, {"version": version, "time_verdict": "grant", "granted": "6"}).status_code == 422
    )
    assert staff.post(answer, {"version": "0", "time_verdict": "grant", "granted": "2"}).status_code == 409
    said = {
        "version": version,
        "time_verdict": "grant",
        "granted": "2",
        "decision": "Dua hari cukup untuk itu.",
    }
    assert staff.post(answer, said).status_code == 302
    assert staff.post(answer, said).status_code == 409
    assert answer not in staff.get(f"/staff/findings/{finding.id}").text

    seen = office.get(page).text
    assert "14 Desember 2026" in seen
    assert "Dua hari cukup untuk itu." in seen
    held = time_of(inside, finding)
    explained = office.get(f"{page}/clocks/{held.id}").text
    assert "hari tambahan waktu" in explained
    assert JUDGE not in explained  # who granted it has no name in another house
    facts = staff.get(f"/staff/findings/{finding.id}/clocks/{held.id}/days").get_json()
    assert facts["due"] == facts["stored_due"] == "2026-12-14"
    assert (facts["granted"], facts["moves"][0]["why"], facts["moves"][0]["by"]) == (
        2,
        "granted",
        JUDGE,
    )


def test_given_the_answer_came_meanwhile_then_the_history_says_so_on_both_sides(
    inside: Inside,
    finding: Finding,
    officer: Actor,
    judge: Actor,
    visitor: Visitor,
    another_visitor: Visitor,
) -> None:
    sides = [
        (visitor.enter(officer.user_id or 0), f"/portal/findings/{finding.id}"),
        (another_visitor.enter(judge.user_id or 0), f"/staff/findings/{finding.id}"),
    ]
    ask(inside, finding, officer)
    for side, page in sides:
        assert "<dd>Menunggu keputusan</dd>" in side.get(page).text
    lateness(inside, finding, officer)
    for side, page in sides:
        text = side.get(page).text
        assert "<dd>Sudah dijawab</dd>" in text
        assert "Menunggu keputusan" not in text


@pytest.mark.parametrize(
    "act", ["UPDATE finding_clock_move SET by_id = NULL", "DELETE FROM finding_clock_move"]
)
def test_given_a_change_of_a_last_day_then_the_database_keeps_it(
    inside: Inside, finding: Finding, officer: Actor, judge: Actor, act: str
) -> None:
    decide(inside, finding, ask(inside, finding, officer), 5, actor=judge)
    with pytest.raises(DBAPIError, match="a change of a last day stays"):
        inside(command(lambda: db.session.execute(text(act))))
    assert len(inside(stored, select(FindingClockMove))) == 1


def test_given_the_same_form_when_it_takes_another_position_then_it_is_no_repetition(
    inside: Inside, finding: Finding, officer: Actor
) -> None:
    """DI4: a dispute under the key of an acceptance is refused, not taken for the same answer."""
    said = ResponseInput(Position.ACCEPT, ANSWER, action="Papan dipasang.", form_key="kunci-jawaban")
    first = inside(respond_to_finding, finding, said, actor=officer)
    assert inside(respond_to_finding, finding, said, actor=officer).id == first.id
    with pytest.raises(FormSentDifferently):
        inside(respond_to_finding, finding, replace(said, position=Position.DISPUTE), actor=officer)
