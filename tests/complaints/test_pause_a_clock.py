"""A clock stands still: ground, limit, second person; what is late stays late (`domain/calendar.md` §1)."""

import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pytest
from flask import Flask
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from ombudsman_app.accounts.models import User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import (
    PauseInput,
    ask_for_pause,
    declare_interest,
    declare_no_interest,
    end_pause,
    make_own_feed,
    recount_open_clocks,
    refuse_pause,
    release_earlier_day,
    release_pause,
)
from ombudsman_app.complaints.commands.closing import close_aside
from ombudsman_app.complaints.commands.moving import locked_case
from ombudsman_app.complaints.errors import PauseRefused
from ombudsman_app.complaints.models import ClockMove, ClockPause, Complaint, ComplaintClock, FeedKind
from ombudsman_app.complaints.queries import ClockOfCase, PauseOfCase
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed, RecordChanged
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind
from ombudsman_app.core.workflow.recounting import Recount
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, CaseFactory, TeamFactory
from ..pages import Page
from ..visitor import Visitor

P, R, Row = ParamSpec("P"), TypeVar("R"), TypeVar("Row")
FRIDAY = "2026-11-20T09:00+08:00"
REASON = "Ahli hukum ketenagakerjaan diminta memberi pendapat tertulis."
# T02 is 7 working days from Friday 20 November: Tuesday 1 December. D01 is 14 calendar days: 4 December.
DUE = date(2026, 12, 1)
WAIT = PauseInput("expert_opinion", 5, REASON)  # five days from Monday 23 November: Monday to Friday
PAUSED_DUE = date(2026, 12, 8)


def inside(act: Callable[P, R]) -> Callable[P, R]:
    """Act in an application context of its own where the test stands at the door, outside of any."""

    @wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        scene: Any = args[0]
        with scene.app.app_context() if scene.app else nullcontext():
            return act(*args, **kwargs)

    return run


@dataclass(frozen=True)
class Scene:
    """A case under formal check in Mamuju, its officer, its head."""

    case: Complaint
    intake: Actor
    head: Actor
    people: Mapping[Role, User]
    app: Flask | None = None

    @inside
    def clock(self, name: str = "T02") -> ComplaintClock:
        wanted = select(ComplaintClock).where(
            ComplaintClock.complaint_id == self.case.id, ComplaintClock.clock == name
        )
        return read(wanted)

    @inside
    def fresh(self) -> Complaint:
        wanted = select(Complaint).where(Complaint.id == self.case.id)
        return read(wanted)

    def found(self, name: str = "T02") -> ClockOfCase:
        return ClockOfCase(self.fresh(), self.clock(name))

    @inside
    def ask(self, given: PauseInput = WAIT, name: str = "T02") -> PauseOfCase:
        found = self.found(name)
        pause = ask_for_pause(found, given, version=found.complaint.version, actor=self.intake)
        return PauseOfCase(self.fresh(), self.clock(name), pause)

    @inside
    def release(self, asked: PauseOfCase, actor: Actor | None = None) -> None:
        release_pause(asked, version=self.fresh().version, actor=actor or self.head)

    def pause(self, given: PauseInput = WAIT, name: str = "T02") -> PauseOfCase:
        asked = self.ask(given, name)
        self.release(asked)
        return asked

    def end(self, found: PauseOfCase, actor: Actor | None = None) -> None:
        end_pause(found, "Pendapat ahli sudah masuk.", version=self.fresh().version, actor=actor or self.head)

    def address(self, more: str = "", name: str = "T02") -> str:
        return f"/staff/complaints/{self.case.id}/clocks/{self.clock(name).id}{more}"

    def version(self) -> str:
        return str(self.fresh().version)


def read(wanted: Select[Row]) -> Row:
    """Read one row and end the transaction, so that the door need not wait for it."""
    found = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
    db.session.commit()
    return found


def acting(user: User) -> Actor:
    actor = actor_for(user.id)
    db.session.commit()
    assert actor is not None
    return actor


@pytest.fixture
def scene(in_app: Flask, clock: StoppedClock) -> Scene:
    return _made(clock)


@pytest.fixture
def at_door(app: Flask, clock: StoppedClock) -> Scene:
    with app.app_context():
        return replace(_made(clock), app=app)


def _made(clock: StoppedClock) -> Scene:
    clock.at(FRIDAY)
    load_shipped()
    team = TeamFactory()
    case = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
    clock.at("2026-11-23T10:00+08:00")
    return Scene(case, team.intake, acting(team.users[Role.HEAD_OF_REPRESENTATIVE]), team.users)


def notes(act: str) -> list[TrailEntry]:
    wanted = select(TrailEntry).where(TrailEntry.event == f"complaints:clock:{act}")
    return list(db.session.scalars(wanted.order_by(TrailEntry.seq)))


@inside
def told_of_waiting(_scene: Scene) -> int:
    return read(select(Notification.person_id).where(Notification.kind == "complaints.pause_waits"))


@inside
def _declare(scene: Scene) -> None:
    declare_interest(scene.case, "Saudara saya bekerja di sana.", actor=scene.head)


@inside
def calendar_of(scene: Scene) -> str:
    return f"/agenda/{make_own_feed(FeedKind.OFFICE, language='id', actor=scene.intake).token}.ics"


@inside
def waiting_id(_scene: Scene) -> int:
    return read(select(ClockPause.id))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(PauseRefused) as told:
        act()
    return str(told.value.details["why"])


def test_given_a_released_pause_then_its_working_days_are_added_and_all_of_it_is_written_down(
    scene: Scene,
) -> None:
    asked = scene.ask()
    assert (scene.clock().due_on, scene.clock().awaits_pause, scene.fresh().next_due_on) == (DUE, True, DUE)

    scene.release(asked)

    held, pause = scene.clock(), db.session.get_one(ClockPause, asked.pause.id)
    assert (held.due_on, held.awaits_pause, held.moves) == (PAUSED_DUE, False, 1)
    assert (pause.first_on, pause.last_on) == (date(2026, 11, 23), date(2026, 11, 27))
    # D01 ends first now: it runs, so the case does not stand still in the queue
    assert (scene.fresh().next_due_on, scene.fresh().next_due_paused_until) == (date(2026, 12, 4), None)
    told = json.loads(notes("paused")[0].changes)
    assert (told["ground"], told["due_on"]) == ("expert_opinion", "2026-12-08")
    assert [one.actor_id for one in notes("pause_asked") + notes("paused")] == [
        scene.intake.user_id,
        scene.head.user_id,
    ]
    move = db.session.scalars(select(ClockMove).where(ClockMove.clock_id == held.id)).one()
    assert (move.why.value, move.due_before, move.due_after) == ("paused", DUE, PAUSED_DUE)


def test_given_no_job_runs_then_the_pause_is_over_by_itself_after_its_last_day(
    scene: Scene, clock: StoppedClock
) -> None:
    scene.pause()
    for day, is_paused in (("23", True), ("27", True), ("28", False)):
        clock.at(f"2026-11-{day}T23:30+08:00")
        assert scene.clock().is_paused(date(2026, 11, int(day))) is is_paused
        assert scene.clock().due_on == PAUSED_DUE


def test_given_a_pause_when_it_is_ended_early_then_today_still_stands_still_and_the_rest_counts(
    scene: Scene, clock: StoppedClock
) -> None:
    asked = scene.pause()
    clock.at("2026-11-24T09:00+08:00")

    scene.end(asked)

    held = scene.clock()
    assert (held.paused_until, held.due_on) == (date(2026, 11, 24), date(2026, 12, 3))  # two days, not five
    assert scene.fresh().next_due_on == date(2026, 12, 3)
    assert scene.fresh().next_due_paused_until == date(2026, 11, 24)
    assert len(notes("pause_ended")) == 1
    assert refused(lambda: scene.end(asked)) == "not_paused"
    assert refused(scene.ask) == "waits"  # today still stands still
    clock.at("2026-11-25T09:00+08:00")
    scene.pause(PauseInput("expert_opinion", 1, REASON))
    assert scene.clock().due_on == date(2026, 12, 4)


def test_given_a_clock_that_is_over_then_nothing_heals_it(scene: Scene, clock: StoppedClock) -> None:
    clock.at("2026-12-01T23:00+08:00")  # the whole last day still belongs to it
    asked = scene.ask()
    clock.at("2026-12-02T00:30+08:00")

    assert refused(lambda: scene.release(asked)) == "over"
    assert scene.clock().due_on == DUE
    refuse_pause(asked, "Sudah lewat tenggat.", version=scene.fresh().version, actor=scene.head)
    assert refused(scene.ask) == "over"
    assert scene.clock().due_on == DUE
    assert scene.clock().awaits_pause is False


def test_given_a_pause_was_refused_then_the_clock_runs_as_before_and_another_may_be_asked(
    scene: Scene,
) -> None:
    asked = scene.ask()
    refuse_pause(asked, "Ahli tidak diperlukan.", version=scene.fresh().version, actor=scene.head)

    assert (scene.clock().due_on, scene.clock().paused_from) == (DUE, None)
    assert refused(lambda: scene.release(asked)) == "decided"
    scene.pause()
    assert scene.clock().due_on == PAUSED_DUE


def test_given_who_asked_then_they_never_release_it_whatever_roles_they_hold(scene: Scene) -> None:
    both = UserFactory(Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE, password=None, office="MAM")
    command(lambda: setattr(scene.fresh(), "officer_id", both.id))()
    declare_no_interest(scene.case, actor=acting(both))
    found = scene.found()
    pause = ask_for_pause(found, WAIT, version=found.complaint.version, actor=acting(both))
    asked = PauseOfCase(scene.fresh(), scene.clock(), pause)

    with pytest.raises(NotAllowed):
        scene.release(asked, acting(both))
    with pytest.raises(IntegrityError):  # and the database sees to it, whatever the program does
        command(lambda: _decide_by_force(pause.id, both.id))()
    scene.release(asked)


def _decide_by_force(pause_id: int, user_id: int) -> None:
    pause = db.session.get_one(ClockPause, pause_id)
    pause.decided_by_id, pause.decided_at = user_id, pause.asked_at
    db.session.flush()


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.HEAD_OF_ASSISTANTS, Role.CHAIR, Role.PVL_ASSISTANT])
def test_given_anybody_but_the_head_when_releasing_then_it_waits(scene: Scene, role: Role) -> None:
    asked = scene.ask()
    with pytest.raises(NotAllowed):
        scene.release(asked, acting(UserFactory(role, password=None)))
    with pytest.raises(NotAllowed):
        scene.release(asked, acting(UserFactory(Role.HEAD_OF_REPRESENTATIVE, password=None, office="KPG")))


def test_given_an_interest_of_either_person_then_nothing_is_released(scene: Scene) -> None:
    asked = scene.ask()
    declare_interest(scene.case, "Saudara saya bekerja di sana.", actor=scene.intake)
    assert refused(lambda: scene.release(asked)) == "interest"
    with pytest.raises(NotAllowed):  # nor do they ask again
        scene.ask()


def test_given_the_head_has_an_interest_then_the_case_does_not_exist_for_them(
    at_door: Scene, visitor: Visitor
) -> None:
    asked = at_door.ask()
    visitor.enter(at_door.head.user_id or 0)
    version = at_door.version()
    _declare(at_door)
    assert refused(lambda: at_door.release(asked)) == "interest"
    sent = visitor.post(
        at_door.address(f"/pauses/{asked.pause.id}/decide"), {"version": version, "verdict": "release"}
    )
    assert sent.status_code == 404
    assert at_door.clock().due_on == DUE


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (PauseInput("expert_opinion", 31, REASON), "too_long"),
        (PauseInput("expert_opinion", 0, REASON), "too_long"),
        (PauseInput("respondent_unable", 15, REASON), "too_long"),
        (PauseInput("holiday_of_the_officer", 3, REASON), "ground"),
    ],
)
def test_given_more_than_a_ground_allows_then_nothing_is_asked(
    scene: Scene, given: PauseInput, why: str
) -> None:
    assert refused(lambda: scene.ask(given)) == why
    assert db.session.scalar(select(ClockPause.id)) is None


def test_given_many_pauses_then_all_of_a_clock_together_have_a_limit(
    scene: Scene, clock: StoppedClock
) -> None:
    scene.pause(PauseInput("court_elsewhere", 50, REASON))
    clock.at("2027-01-12T09:00+08:00")
    assert refused(lambda: scene.ask(PauseInput("disaster", 11, REASON))) == "too_long"
    scene.pause(PauseInput("disaster", 10, REASON))


def test_given_two_ask_or_decide_at_once_then_the_second_is_told(scene: Scene) -> None:
    version = scene.fresh().version
    asked = scene.ask()
    with pytest.raises(RecordChanged):
        ask_for_pause(scene.found(), WAIT, version=version, actor=scene.intake)
    assert refused(scene.ask) == "waits"
    seen = scene.fresh().version
    scene.release(asked)
    with pytest.raises((RecordChanged, PauseRefused)):
        refuse_pause(asked, "Tidak perlu.", version=seen, actor=scene.head)
    assert scene.clock().due_on == PAUSED_DUE


def test_given_a_new_day_off_in_a_pause_or_after_it_then_the_recount_holds_the_pause(
    scene: Scene, clock: StoppedClock
) -> None:
    scene.pause()
    off = [
        DayOff(date(2026, 11, 25), HolidayKind.NATIONAL, "Hari A", "ID", "Keppres", "1"),  # in the pause
        DayOff(date(2026, 12, 7), HolidayKind.NATIONAL, "Hari B", "ID", "Keppres", "1"),  # after it
    ]
    import_holidays(off, actor=STRANGER)
    assert recount_open_clocks(STRANGER).moved == 1
    assert scene.clock().due_on == date(2026, 12, 9)  # one day later, for the second alone
    assert recount_open_clocks(STRANGER) == Recount()
    whys = db.session.scalars(select(ClockMove.why).order_by(ClockMove.id)).all()
    assert [why.value for why in whys] == ["paused", "calendar"]


def test_given_an_earlier_day_waits_then_pauses_wait_for_the_head_to_decide_on_it_first(
    scene: Scene, clock: StoppedClock
) -> None:
    far = DayOff(date(2026, 6, 30), HolidayKind.NATIONAL, "Hari Lain", "ID", "Keppres", "1")
    off = DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari A", "ID", "Keppres", "1")
    import_holidays([off], actor=STRANGER)
    recount_open_clocks(STRANGER)
    import_holidays([far], actor=STRANGER)
    recount_open_clocks(STRANGER)
    assert (scene.clock().due_on, scene.clock().proposed_due_on) == (date(2026, 12, 2), DUE)

    asked = scene.ask()
    assert refused(lambda: scene.release(asked)) == "day_waits"
    assert scene.clock().due_on == date(2026, 12, 2)
    release_earlier_day(scene.clock(), actor=scene.head)
    scene.release(asked)
    assert scene.clock().due_on == PAUSED_DUE


def test_given_a_calendar_takes_a_day_back_while_it_stands_still_then_the_earlier_day_waits(
    scene: Scene,
) -> None:
    off = DayOff(date(2026, 12, 7), HolidayKind.NATIONAL, "Hari B", "ID", "Keppres", "1")
    far = DayOff(date(2026, 6, 30), HolidayKind.NATIONAL, "Hari Lain", "ID", "Keppres", "1")
    import_holidays([off], actor=STRANGER)
    recount_open_clocks(STRANGER)
    asked = scene.pause()
    assert scene.clock().due_on == date(2026, 12, 9)
    import_holidays([far], actor=STRANGER)
    recount_open_clocks(STRANGER)
    assert (scene.clock().due_on, scene.clock().proposed_due_on) == (date(2026, 12, 9), PAUSED_DUE)
    assert refused(lambda: scene.end(asked)) == "day_waits"
    release_earlier_day(scene.clock(), actor=scene.head)
    assert scene.clock().due_on == PAUSED_DUE


def test_given_the_case_ends_then_no_pause_is_left_in_the_queue(scene: Scene) -> None:
    scene.pause(name="D01", given=PauseInput("court_elsewhere", 3, REASON))
    scene.pause()
    assert scene.fresh().next_due_paused_until == date(2026, 11, 25)
    command(lambda: close_aside(locked_case(scene.case), "withdraw", actor=scene.head, reason="Dicabut."))()
    assert scene.fresh().next_due_paused_until is None
    assert scene.clock().is_paused(date(2026, 11, 23)) is False


# --- by the door ------------------------------------------------------------------------------------------


def test_given_the_officer_and_the_head_then_they_pause_it_on_the_page(
    at_door: Scene, visitor: Visitor, another_visitor: Visitor
) -> None:
    visitor.enter(at_door.intake.user_id or 0)
    page = visitor.get(at_door.address())
    assert at_door.address("/pause") in page.text
    sent = visitor.submit(
        at_door.address("/pause"), {"ground": "expert_opinion", "days": "5", "reason": REASON}
    )
    assert sent.status_code == 302
    assert "Menunggu kepala kantor" in visitor.get(at_door.address()).text
    assert "/decide" not in visitor.get(at_door.address()).text
    assert told_of_waiting(at_door) == at_door.head.user_id

    boss = another_visitor
    boss.enter(at_door.head.user_id or 0)
    page = boss.get(at_door.address())
    pause = waiting_id(at_door)
    decide = at_door.address(f"/pauses/{pause}/decide")
    assert decide in page.text
    empty = boss.post(decide, {"version": at_door.version(), "verdict": "refuse"})
    assert empty.status_code == 422
    assert boss.post(decide, {"version": "1", "verdict": "release"}).status_code == 409
    assert boss.post(decide, {"version": at_door.version(), "verdict": "release"}).status_code == 302
    page = boss.get(at_door.address())
    assert "23 November 2026 sampai 27 November 2026" in page.text
    assert at_door.people[Role.PVL_ASSISTANT].name in page.text
    assert boss.post(decide, {"version": at_door.version(), "verdict": "release"}).status_code == 409
    assert "8 Desember 2026" in boss.get(f"/staff/complaints/{at_door.case.id}").text

    facts = boss.get(at_door.address("/days")).get_json()
    assert facts["due"] == facts["stored_due"] == "2026-12-08"
    assert facts["pauses"][0] | {"asked_at": "", "decided_at": ""} == {
        "ground": "expert_opinion",
        "asked_days": 5,
        "asked_by": at_door.people[Role.PVL_ASSISTANT].name,
        "asked_at": "",
        "decided_by": at_door.people[Role.HEAD_OF_REPRESENTATIVE].name,
        "decided_at": "",
        "first": "2026-11-23",
        "last": "2026-11-27",
        "ended_by": None,
        "rules": "pauses.yaml 1",
    }
    assert facts["moves"][0]["due_after"] == "2026-12-08"
    assert REASON not in json.dumps(facts)

    ended = boss.post(
        at_door.address(f"/pauses/{pause}/end"),
        {"version": at_door.version(), "reason": "Pendapat masuk."},
    )
    assert ended.status_code == 302
    assert at_door.clock().due_on == date(2026, 12, 2)


def test_given_what_no_form_shows_then_the_door_says_so_first(at_door: Scene, visitor: Visitor) -> None:
    visitor.enter(at_door.intake.user_id or 0)
    at_door.ask()
    assert "Jam ini tidak dapat" not in visitor.get(at_door.address("/pause")).text
    assert 'name="ground"' not in visitor.get(at_door.address("/pause")).text
    assert visitor.post(at_door.address("/pause"), {"version": at_door.version()}).status_code == 409
    pause = waiting_id(at_door)
    assert visitor.post(at_door.address(f"/pauses/{pause}/decide"), {"verdict": "release"}).status_code == 403
    assert visitor.post(at_door.address(f"/pauses/{pause}/end"), {"reason": REASON}).status_code == 409


@pytest.mark.parametrize("days", ["", "0", "31", "-1", "5.5", "lima", "9999", "٥"])
def test_given_days_that_are_none_then_it_is_said_beside_the_field(
    at_door: Scene, visitor: Visitor, days: str
) -> None:
    visitor.enter(at_door.intake.user_id or 0)
    sent = visitor.submit(
        at_door.address("/pause"), {"ground": "expert_opinion", "days": days, "reason": REASON}
    )
    assert sent.status_code == 422
    assert 'id="days-error"' in sent.text
    assert Page(sent.text).values["reason"] == REASON


def test_given_a_paused_clock_then_queue_desk_calendar_and_lacak_say_that_it_stands_still(
    at_door: Scene, visitor: Visitor, another_visitor: Visitor, clock: StoppedClock
) -> None:
    at_door.pause(PauseInput("disaster", 4, REASON), "D01")
    at_door.pause()
    visitor.enter(at_door.intake.user_id or 0)
    assert "Dijeda" in visitor.get("/staff/complaints/").text
    assert "Dijeda" in visitor.get("/staff/").text
    assert "Dijeda" in visitor.get(f"/staff/complaints/{at_door.case.id}").text
    reporter = another_visitor
    reporter.submit("/lacak", {"ticket": at_door.case.ticket, "access_code": CODE})
    page = reporter.get("/lacak/laporan").text
    assert "26 November 2026" in page
    assert "Bencana yang ditetapkan pemerintah" in page

    calendar = calendar_of(at_door)
    assert "SUMMARY:" + at_door.case.ticket + ": Verifikasi formil (dijeda)" in reporter.get(calendar).text

    clock.at("2026-11-28T09:00+08:00")  # over, and nothing ran
    assert "(dijeda)" not in reporter.get(calendar).text
    assert "Dijeda" not in visitor.get("/staff/complaints/").text
    assert "Bencana yang ditetapkan pemerintah" not in reporter.get("/lacak/laporan").text
