"""A caretaker sees what runs, waits and failed, stops it or begins it anew; others see their own alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim, give_up, tell
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.trail.models import TrailEntry

from ..core.jobs_for_tests import TITLE, ask
from ..factories.accounts import UserFactory
from ..visitor import Visitor

JOBS = "/staff/operations/jobs"


@pytest.fixture
def caretaker(app: Flask) -> Visitor:
    with app.app_context():
        user = UserFactory(Role.CARETAKER, password=None)
    return Visitor(app).enter(user.id)


def asked(app: Flask, kind: str = "count", actor: Actor = STRANGER):
    with app.app_context():
        return ask(kind, actor=actor)


def state_of(app: Flask, uuid) -> JobState:
    with app.app_context():
        return db.session.scalars(select(Job.state).where(Job.uuid == uuid)).one()


def failed(app: Flask):
    uuid = asked(app, "stuck")
    with app.app_context():
        claimed = claim(uuid)
        assert claimed is not None
        give_up(claimed, "too_long")
    return uuid


def test_given_no_jobs_then_the_page_says_so(caretaker: Visitor) -> None:
    assert "Tidak ada pekerjaan dalam keadaan ini" in caretaker.get(JOBS).text
    assert "Keadaan itu tidak ada" in caretaker.get(f"{JOBS}?state=nonsense&before=²").text


def test_given_a_failed_job_when_begun_anew_then_it_waits_and_the_trail_knows_who(
    app: Flask, caretaker: Visitor
) -> None:
    uuid = failed(app)
    listed = caretaker.get(f"{JOBS}?state=failed").text
    assert f"{JOBS}/{uuid}" in listed
    assert "Pekerjaan melewati batas waktu." in listed
    assert "1 gagal" in listed, "the menu tells it on every page"
    page = caretaker.get(f"{JOBS}/{uuid}").text
    assert "Mulai lagi" in page

    assert caretaker.post(f"{JOBS}/{uuid}/retry").status_code == 302

    assert state_of(app, uuid) is JobState.WAITING
    assert caretaker.post(f"{JOBS}/{uuid}/retry").status_code == 409, "it has not failed any more"
    with app.app_context():
        assert "core:job:retried" in db.session.scalars(select(TrailEntry.event)).all()


def test_given_a_waiting_job_when_cancelled_then_it_never_begins(app: Flask, caretaker: Visitor) -> None:
    uuid = asked(app)
    assert caretaker.post(f"{JOBS}/{uuid}/cancel").status_code == 302
    assert state_of(app, uuid) is JobState.CANCELLED
    assert caretaker.post(f"{JOBS}/{uuid}/cancel").status_code == 409
    with app.app_context():
        assert claim(uuid) is None


def test_given_a_job_that_nobody_takes_then_the_page_says_that_nobody_works(
    app: Flask, caretaker: Visitor
) -> None:
    uuid = asked(app)
    with app.app_context():
        old = now() - timedelta(minutes=7)
        command(lambda: db.session.execute(update(Job).where(Job.uuid == uuid).values(run_after=old)))()
    assert "Satu pekerjaan sudah menunggu 7 menit" in caretaker.get(JOBS).text


def test_given_work_that_one_asked_for_then_one_sees_how_far_it_is_and_may_stop_it(app: Flask) -> None:
    with app.app_context():
        user, stranger = (UserFactory(Role.EXAMINER, password=None) for _number in range(2))
        actor = actor_for(user.id)
    assert actor is not None
    uuid = asked(app, actor=actor)
    with app.app_context():
        claimed = claim(uuid)
        assert claimed is not None
        tell(claimed, TITLE, 30, 100)
    mine, other = Visitor(app).enter(user.id), Visitor(app).enter(stranger.id)
    address = f"/staff/operations/own/{uuid}"

    told = mine.get(address).get_json()
    assert (told["state"], told["percent"], told["is_living"]) == ("running", 30, True)
    assert told["step"] == "Menghapus pekerjaan lama dan kunci formulir"
    assert set(told) == {
        "uuid",
        "title",
        "state",
        "word",
        "tone",
        "percent",
        "step",
        "left",
        "reason",
        "is_living",
    }
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/cancel").status_code == 404
    stopped = mine.post(f"{address}/cancel", headers={"Accept": "application/json"})
    assert stopped.get_json()["uuid"] == str(uuid)
    with app.app_context():
        assert db.session.scalars(select(Job.is_cancel_asked).where(Job.uuid == uuid)).one() is True


def test_given_a_caretaker_who_stops_the_work_of_another_then_the_page_of_caretakers_comes(
    app: Flask, caretaker: Visitor
) -> None:
    with app.app_context():
        user = UserFactory(Role.EXAMINER, password=None)
        actor = actor_for(user.id)
    assert actor is not None
    uuid = asked(app, actor=actor)
    assert caretaker.post(f"/staff/operations/own/{uuid}/cancel").location == f"{JOBS}/{uuid}"


@pytest.mark.parametrize("number", [5, 60])
def test_the_list_costs_the_same_however_many_there_are(app: Flask, caretaker: Visitor, number: int) -> None:
    with app.app_context():
        for _number in range(number):
            ask("count")
    page = caretaker.get(f"{JOBS}?state=waiting").text
    assert caretaker.queries <= 8
    assert page.count(f'href="{JOBS}/') == min(number, 25)
    if number > 25:
        (older,) = set(re.findall(r'href="([^"]*before=[^"]*)"', page))
        second = caretaker.get(unescape(older)).text
        assert second.count(f'href="{JOBS}/') == 25
        assert "after=" in second
