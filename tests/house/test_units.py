"""Our programs really do their work under the limits that the units in deploy/ set (systemd.exec(5))."""

import ctypes.util
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from ombudsman_app.core.children import ask_in, bundle
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.attempt import LOWER_PRIORITY
from ombudsman_app.core.jobs.models import JobState, PeriodicRun
from ombudsman_app.isolated.server import NICENESS
from ombudsman_app.isolated.wire import PAGE

from ..children import STRANGE, child_server
from ..conftest import _Templates, fresh_app
from ..core.jobs_for_tests import ask
from ..core.test_jobs import stored
from ..faults.programs import running
from ..faults.test_other_tus_clients import client_for
from ..servers import RedisServer
from .as_unit import allowed_calls, calls_of
from .service import answer, free_port, wait_until

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
AS_UNIT = Path(__file__).with_name("as_unit.py")
PROGRAMS = ("parse", "relay", "render", "web", "worker")

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None or ctypes.util.find_library("seccomp") is None,
    reason="systemd-analyze and libseccomp are not on this machine",
)


def unit(program: str) -> Path:
    return UNITS / f"kawal-layanan-{program}.service"


def under(program: str) -> tuple[str, ...]:
    """Return what comes before the command of a program."""
    return (str(AS_UNIT), str(unit(program)), sys.executable)


@pytest.fixture
def house(templates: _Templates, tmp_path: Path, redis: RedisServer) -> Iterator[Flask]:
    with fresh_app(templates, "postgresql", tmp_path, redis_url=redis.url) as app, app.app_context():
        yield app


@pytest.mark.parametrize("program", PROGRAMS)
def test_given_a_unit_when_systemd_reads_it_then_it_finds_no_fault(program: str, tmp_path: Path) -> None:
    """The programs lie elsewhere here, which is all that it may miss."""
    copied = tmp_path / unit(program).name
    copied.write_text(unit(program).read_text(encoding="utf-8"), encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", str(copied)], capture_output=True, text=True, check=False
    )
    faults = [line for line in said.stderr.splitlines() if copied.name in line]
    assert [line for line in faults if "is not executable" not in line] == []


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_unit_lets_its_program_change_what_belongs_to_the_machine(program: str) -> None:
    calls = allowed_calls(unit(program))
    assert calls.isdisjoint({"mount", "ptrace", "bpf", "setuid", "chown", "reboot", "settimeofday", "keyctl"})
    assert {"execve", "prctl", "setsid", "setpgid", "prlimit64", "memfd_create", "pidfd_open"} <= calls
    of_resources = {"setpriority"} if program in ("parse", "render", "worker") else set[str]()
    assert calls & calls_of("@resources") == of_resources, "only who lets pages go first may say so"


def test_under_its_unit_the_server_of_foreign_files_looks_into_a_photo(tmp_path: Path) -> None:
    photo = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(photo, "JPEG")
    with child_server(tmp_path, "parse", *under("parse"), "-m", "ombudsman_app.isolated.parse"):
        said, copy = ask_in(
            tmp_path, "parse", "examine", {"given_name": "a.jpg"}, photo.getvalue(), seconds=60
        )
    assert said["verdict"] == "ok"
    assert copy is not None
    assert Image.open(BytesIO(copy)).size == (300, 200)


def test_under_its_unit_the_server_of_papers_draws(tmp_path: Path) -> None:
    body = bundle({PAGE: (b'<html lang="id"><title>x</title><h1>Surat</h1>', "text/html")})
    with child_server(tmp_path, "render", *under("render"), "-m", "ombudsman_app.isolated.render"):
        said, paper = ask_in(tmp_path, "render", "pdf", {"variant": None}, body, seconds=60)
    assert said["pages"] == 1
    assert paper is not None
    assert paper.startswith(b"%PDF-")


@pytest.mark.parametrize("program", ["parse", "render"])
def test_under_their_units_children_let_pages_go_first(program: str, tmp_path: Path) -> None:
    with child_server(tmp_path, "parse", *under(program), str(STRANGE)):
        said, _none = ask_in(tmp_path, "parse", "look", {}, seconds=60)
    assert said["nice"] == os.nice(0) + NICENESS
    assert said["no_new_privileges"] is True


def test_under_its_unit_a_worker_does_a_job_in_a_child_that_lets_pages_go_first(
    house: Flask, redis: RedisServer, tmp_path: Path
) -> None:
    folder = tmp_path / "seen"
    folder.mkdir()
    with running(house, "worker", redis_url=redis.url, under=under("worker")):
        uuid = ask("slow", folder=str(folder))
        wait_until(lambda: list(folder.glob("child-*")), why="a child works")
        child = int(next(folder.glob("child-*")).name.removeprefix("child-"))
        assert os.getpriority(os.PRIO_PROCESS, child) == os.nice(0) + LOWER_PRIORITY
        assert os.getsid(child) == child
        (folder / "go").touch()
        wait_until(lambda: stored(uuid).state is JobState.DONE, why="done")


def test_under_its_unit_the_relay_fires_what_is_due(house: Flask, redis: RedisServer) -> None:
    def fired() -> int:
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(PeriodicRun)) or 0

    with running(house, "relay", redis_url=redis.url, under=under("relay")):
        wait_until(fired, why="periodic work was asked for")


def test_under_its_unit_the_web_processes_say_that_they_are_ready_and_take_a_file(
    house: Flask, tmp_path: Path
) -> None:
    settings, port = house.extensions["settings"], free_port()
    notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notified.bind(str(tmp_path / "notify"))
    notified.settimeout(60)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("OMBUDSMAN_")},
        "OMBUDSMAN_DATA": str(settings.data_dir),
        "OMBUDSMAN_DATABASE_URL": settings.database_url,
        "PORT": str(port),
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
    }
    command = [sys.executable, *under("web"), "-m", "gunicorn", "-c", "python:ombudsman_app.web.server"]
    web = subprocess.Popen(command, env=environment)
    try:
        assert b"READY=1" in notified.recv(4096)
        wait_until(lambda: answer(port) == 200, why="the web processes answer")
        client = client_for(house, port)
        address = client.create(300_000, filename="a.jpg", owner="draft")
        assert client.send(address, bytes(300_000)).status == 204
    finally:
        web.send_signal(signal.SIGTERM)
        assert web.wait(60) == 0
        notified.close()
