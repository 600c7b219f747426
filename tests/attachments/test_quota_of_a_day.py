"""What may begin to arrive in a day: of one case, from one address, from one of the staff (FI3)."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.attachments.models import Upload
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry

from ..conftest import StoppedClock
from ..factories.complaints import CaseFactory, TeamFactory
from ..visitor import Visitor
from ..wizard import Wizard
from .sender import Sender

VIDEO = limits.VIDEO_BYTES
OF_A_CASE = limits.PUBLIC_DAY_BYTES // VIDEO
OF_AN_ADDRESS = limits.ADDRESS_DAY_BYTES // VIDEO
OF_STAFF = limits.STAFF_DAY_BYTES // VIDEO


@pytest.fixture(autouse=True)
def _morning(clock: StoppedClock) -> Iterator[None]:
    clock.at("2026-11-20T09:00+08:00")
    return


def reporter(app: Flask, address: str = "203.0.113.7") -> Visitor:
    """Somebody whose draft has begun."""
    made = Visitor(app, address)
    Wizard(made).begin()
    made.get("/lapor/layanan")
    return made


def try_and_end(sender: Sender, size: int = VIDEO) -> str:
    """Begin a file and give it up, so that only the day is counted; return why it was refused."""
    answer = sender.create(size)
    if answer.status_code == 201:
        sender.ask("DELETE", sender.address)
        return ""
    told = answer.get_json()
    assert answer.status_code == 413
    assert len(told["message"]) > 20
    return str(told["reason"])


def begun(visitor: Visitor, number: int) -> list[str]:
    return [try_and_end(Sender(visitor, f"{place}.mp4", b"")) for place in range(number)]


def test_given_the_bytes_of_a_day_are_used_then_both_doors_say_so_until_tomorrow(
    app: Flask, clock: StoppedClock
) -> None:
    visitor = reporter(app)
    assert begun(visitor, OF_A_CASE) == [""] * OF_A_CASE
    assert try_and_end(Sender(visitor, "lagi.mp4", b""), 1) == "too_much_today"
    form = {"owner": "draft", "back": "/lapor/harapan", "files": [(BytesIO(b"\xff\xd8\xff"), "satu.jpg")]}
    answer = visitor.post("/unggah/biasa", form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Kirim berkas ini lagi besok." in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
        noted = select(TrailEntry.changes).where(TrailEntry.event == Event.CORE_THROTTLED)
        assert len(list(db.session.scalars(noted))) == 1, "once, however often it is tried"

    assert try_and_end(Sender(reporter(app), "a.mp4", b"")) == "", "another case is not kept waiting"
    clock.at("2026-11-21T09:00+08:00")
    assert try_and_end(Sender(visitor, "besok.mp4", b"")) == ""


def test_given_many_cases_from_one_address_then_it_has_an_end_and_other_addresses_none(app: Flask) -> None:
    for _case in range(OF_AN_ADDRESS // OF_A_CASE):
        assert begun(reporter(app), OF_A_CASE) == [""] * OF_A_CASE
    assert try_and_end(Sender(reporter(app), "lagi.mp4", b"")) == "too_much_today"
    assert try_and_end(Sender(reporter(app, "203.0.113.99"), "a.mp4", b"")) == ""


def test_given_an_answer_that_was_lost_when_asked_again_then_the_day_is_charged_once(app: Flask) -> None:
    visitor = reporter(app)
    same = Sender(visitor, "a.mp4", b"")
    assert {same.create(VIDEO).status_code for _time in range(2 * OF_A_CASE)} == {201}
    same.ask("DELETE", same.address)
    assert begun(visitor, OF_A_CASE) == [""] * (OF_A_CASE - 1) + ["too_much_today"]


def test_given_files_that_are_refused_for_another_reason_then_they_cost_nothing_of_the_day(
    app: Flask,
) -> None:
    visitor = reporter(app)
    kept = [Sender(visitor, f"tetap-{number}.mp4", b"") for number in range(2)]
    for sender in kept:
        assert sender.create(VIDEO).status_code == 201
    assert set(begun(visitor, 2 * OF_A_CASE)) == {"too_much"}, "the folder is full"
    for sender in kept:
        sender.ask("DELETE", sender.address)
    assert begun(visitor, OF_A_CASE - 1) == [""] * (OF_A_CASE - 2) + ["too_much_today"]


def test_given_one_of_the_staff_who_puts_in_more_than_a_day_holds_then_colleagues_go_on(app: Flask) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team).id
        officer, head = (team.users[role].id for role in (Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE))
    words = {"at": "/staff/attachments/uploads", "owner": "complaint", "owner_id": str(case)}

    def begin(visitor: Visitor, number: int) -> list[str]:
        return [try_and_end(Sender(visitor, f"{place}.mp4", b"", **words)) for place in range(number)]

    assert begin(Visitor(app).enter(officer), OF_STAFF + 1) == [""] * OF_STAFF + ["too_much_today"]
    assert begin(Visitor(app).enter(head), 1) == [""]
