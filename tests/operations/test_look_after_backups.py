"""Caretakers see the last backup, are warned when a night was missed, and make one; each night has one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs import relay
from ombudsman_app.core.jobs.claiming import Claim, claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Role
from ombudsman_app.core.sealing import make_backup_key
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.operations.backup import making
from ombudsman_app.operations.backup.making import make_backup
from ombudsman_app.operations.queries import BACK_UP

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..visitor import Visitor

PAGE = "/staff/operations/"


@pytest.fixture
def settings(app: Flask) -> Settings:
    found: Settings = app.extensions["settings"]
    make_backup_key(found.backup_key_file)
    return found


@pytest.fixture
def caretaker(app: Flask) -> Visitor:
    with app.app_context():
        user = UserFactory(Role.CARETAKER, password=None)
    return Visitor(app).enter(user.id)


def with_settings(app: Flask, settings: Settings, **changed: object) -> None:
    app.extensions["settings"] = replace(settings, **changed)  # type: ignore[arg-type]


def work_off(app: Flask) -> Job:
    """Do the waiting backup and return how it ended."""
    with app.app_context():
        uuid = db.session.scalars(
            select(Job.uuid).where(Job.kind == BACK_UP, Job.state == JobState.WAITING)
        ).one()
        db.session.rollback()
        claimed = claim(uuid)
        assert isinstance(claimed, Claim)
    perform(app, claimed)
    with app.app_context():
        return db.session.scalars(select(Job).where(Job.uuid == uuid)).one()


def test_given_no_backup_when_asked_for_then_it_is_made_shown_and_on_the_trail(
    app: Flask, settings: Settings, caretaker: Visitor
) -> None:
    assert "Belum ada cadangan" in caretaker.get(PAGE).text

    assert caretaker.post("/staff/operations/backups").status_code == 302
    caretaker.get(PAGE)
    assert caretaker.post("/staff/operations/backups").status_code == 302, "the same one"
    assert "Menunggu" in caretaker.get(PAGE).text
    assert work_off(app).state is JobState.DONE

    page = caretaker.get(PAGE).text
    (made,) = (settings.data_dir / "backups").iterdir()
    assert made.name in page
    assert "Dibaca ulang, utuh" in page
    assert "Belum ada cadangan" not in page
    with app.app_context():
        made_on_trail = select(TrailEntry).where(TrailEntry.event == "operations:backup:made")
        noted = db.session.scalars(made_on_trail).one()
        assert noted.actor_id is not None


def test_given_a_night_that_was_missed_then_the_page_warns(
    settings: Settings, caretaker: Visitor, clock: StoppedClock
) -> None:
    began = now()
    for hours, is_warned in ((35, False), (37, True)):
        clock.at((began - timedelta(hours=hours)).isoformat())
        make_backup(settings, settings.data_dir / "backups", keep=1)
        clock.at(began.isoformat())
        assert ("Cadangan terakhir sudah terlalu lama" in caretaker.get(PAGE).text) is is_warned
        for path in (settings.data_dir / "backups").iterdir():
            path.unlink()


def test_given_no_folder_then_the_page_says_so_and_no_night_asks_for_one(
    app: Flask, settings: Settings, caretaker: Visitor
) -> None:
    with_settings(app, settings, is_production=True)
    page = caretaker.get(PAGE).text
    assert "Folder cadangan belum ditentukan" in page
    assert "Buat cadangan sekarang" not in page
    with app.app_context():
        relay.fire_what_is_due()
        assert BACK_UP not in db.session.scalars(select(Job.kind)).all()


@pytest.mark.parametrize(
    ("broken", "code", "sentence"),
    [
        ("room", "storage_full", "Ruang penyimpanan penuh"),
        ("key", "backup_key", "Kunci cadangan tidak ada"),
        ("place", "backup_place", "Folder cadangan tidak dapat ditulisi"),
        ("database", "backup_failed", "basis data rusak"),
    ],
)
def test_given_a_backup_that_cannot_be_made_then_its_job_has_failed_with_a_reason(
    app: Flask,
    settings: Settings,
    caretaker: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    code: str,
    sentence: str,
) -> None:
    if broken == "room":
        monkeypatch.setattr(making.limits, "FREE_BYTES_LEAST", 1 << 60)
    elif broken == "key":
        settings.backup_key_file.chmod(0o644)
    elif broken == "place":
        (settings.data_dir / "backups").write_text("a file where the folder should be")
    else:
        monkeypatch.setattr(making, "check", lambda *_given: None)
    caretaker.get(PAGE)
    caretaker.post("/staff/operations/backups")

    ended = work_off(app)

    assert (ended.state, ended.reason) == (JobState.FAILED, code)
    page = caretaker.get(PAGE).text
    assert sentence in page
    assert "Lihat pekerjaan yang gagal" in page
    if broken != "place":
        assert list((settings.data_dir / "backups").glob("*")) == []


def test_given_the_hour_of_backups_when_days_go_by_then_each_night_asks_once(
    in_app: Flask, settings: Settings, clock: StoppedClock
) -> None:
    def asked() -> int:
        relay.fire_what_is_due()
        fired = select(relay.PeriodicRun.period).where(relay.PeriodicRun.kind == BACK_UP)
        return len(db.session.scalars(fired).all())

    clock.at("2026-11-20T01:59+07:00")
    assert asked() == 1, "of the night before"
    clock.at("2026-11-20T02:00+07:00")
    assert asked() == 2
    clock.at("2026-11-20T23:59+07:00")
    assert asked() == 2
    clock.at("2026-11-21T01:59+07:00")
    assert asked() == 2
    clock.at("2026-11-21T02:01+07:00")
    assert asked() == 3


def test_given_more_backups_than_are_kept_when_the_night_comes_then_the_oldest_go(
    app: Flask, settings: Settings, caretaker: Visitor, clock: StoppedClock
) -> None:
    with_settings(app, settings, backup_keep=2)
    for day in (20, 21, 22):
        clock.at(f"2026-11-{day}T02:30+07:00")
        with app.app_context():
            relay.fire_what_is_due()
        assert work_off(app).state is JobState.DONE
    names = sorted(path.name for path in (settings.data_dir / "backups").iterdir())
    assert names == ["kawal-20261120T193000Z.kawal-backup", "kawal-20261121T193000Z.kawal-backup"]
