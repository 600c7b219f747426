"""Backups and restores while something dies, writes, or runs full: whole or not there, never half a house."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.app import create_app
from ombudsman_app.attachments.commands import named_parts
from ombudsman_app.core import faults
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.sealing import read_backup_key
from ombudsman_app.core.trail import heads, record
from ombudsman_app.core.trail.models import TrailEntry, TrailHead
from ombudsman_app.operations.backup import folder, making
from ombudsman_app.operations.backup.errors import BackupFailed, PlaceRefused
from ombudsman_app.operations.backup.making import instance_of, make_backup
from ombudsman_app.operations.backup.restoring import restore

from ..factories.attachments import AttachmentFactory
from ..factories.complaints import ComplaintFactory
from ..operations.houses import Places, files_of, rows_of, with_backup_key

PATIENCE = 180
MAKING = (
    "backup.snapshot", "backup.database", "backup.files", "backup.written", "backup.renamed", "backup.pruned",
)  # fmt: skip
RESTORING = (
    "restore.touched", "restore.begun", "restore.file.written", "restore.file.renamed", "restore.filled",
    "restore.upgraded",
)  # fmt: skip
RESTORING_SQLITE = ("restore.database.written", "restore.database.renamed")
RESTORING_POSTGRESQL = ("restore.marked", "restore.tables", "restore.loaded")

# Adds evidence, rows and entries of the trail until its input ends.
WRITER = """
import select, sys
from ombudsman_app.app import create_app
from tests.factories.attachments import AttachmentFactory
from tests.factories.complaints import ComplaintFactory
app = create_app()
written = 0
while not select.select([sys.stdin], [], [], 0)[0]:
    with app.app_context():
        AttachmentFactory(ComplaintFactory().files_id)
    written += 1
    print(written, flush=True)
"""
# Copies and restores a house in a process of its own, and says how much memory that took at most.
MEASURED = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from ombudsman_app.core.config import settings_from
from ombudsman_app.core.sealing import read_backup_key
from ombudsman_app.operations.backup.making import make_backup
from ombudsman_app.operations.backup.restoring import restore
import alembic.command
settings = settings_from()
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
before = peak()
made = make_backup(settings, Path(sys.argv[1]))
key = settings.backup_key_file
there = replace(settings, data_dir=Path(sys.argv[2]), database_url=sys.argv[3], backup_key=key)
restore(made.path, read_backup_key(key), there)
print(before, peak())
"""


@pytest.fixture
def places(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Places]:
    made = Places(tmp_path_factory.mktemp("places"), lambda: request.getfixturevalue("postgres_address"))
    yield made
    made.close()


@pytest.fixture
def settings(app: Flask) -> Settings:
    with app.app_context():
        AttachmentFactory(ComplaintFactory().files_id)
        found = with_backup_key(app)
        heads.copy_head(found.data_dir / heads.LOG)
    return found


@pytest.fixture
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copies")


def environment(settings: Settings, **more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OMBUDSMAN_")}
    return {
        **plain,
        "OMBUDSMAN_DATA": str(settings.data_dir),
        "OMBUDSMAN_DATABASE_URL": settings.database_url,
        "OMBUDSMAN_BACKUP_KEY": str(settings.backup_key_file),
        "OMBUDSMAN_LOG_LEVEL": "ERROR",
        **more,
    }


def dies(at: str, act: Callable[[], object]) -> bool:
    """Let a copy of this process act and be killed at a point; whether it came so far."""
    pid = os.fork()
    if pid == 0:
        faults._AT = at
        try:
            act()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 137


def ombudsman(settings: Settings, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ombudsman_app", *words],
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        **more,  # type: ignore[call-overload]
    )


def test_given_a_backup_that_dies_at_each_point_when_made_again_then_what_has_a_name_is_whole(
    settings: Settings, copies: Path
) -> None:
    for at in MAKING:
        assert dies(at, lambda: make_backup(settings, copies, keep=2)), at
        for kept in folder.kept_in(copies, instance_of(settings)):
            with kept.path.open("rb") as file:
                making.check(file, read_backup_key(settings.backup_key_file))
    make_backup(settings, copies, keep=2)
    assert len(folder.kept_in(copies, instance_of(settings))) == 2
    assert not (settings.data_dir / "scratch").exists()
    for path in copies.glob(".*"):  # of the dead ones; a day later they go
        os.utime(path, (0, 0))
    make_backup(settings, copies)
    assert [path for path in copies.iterdir() if not path.name.endswith(".kawal-backup")] == []


def test_given_a_restore_that_dies_at_each_point_when_run_again_then_it_ends_and_nothing_starts_before(
    app: Flask, settings: Settings, places: Places, copies: Path
) -> None:
    made = make_backup(settings, copies)
    is_sqlite = settings.database_url.startswith("sqlite")
    there = places.beside(settings)
    key = read_backup_key(settings.backup_key_file)
    for at in (*RESTORING, *(RESTORING_SQLITE if is_sqlite else RESTORING_POSTGRESQL)):
        assert dies(at, lambda: restore(made.path, key, there)), at
        with pytest.raises(UnsafeSettings, match="did not end"):
            create_app(there)
    done = ombudsman(there, "restore", str(made.path), "--data", str(there.data_dir))
    assert done.returncode == 0, done.stderr
    assert "The trail is whole" in done.stdout
    assert files_of(there) == files_of(settings)
    found, expected = rows_of(there.database_url), rows_of(settings.database_url)
    for name in ("trail_entry", "trail_head"):  # that it was restored stands on the trail
        assert len(found.pop(name)) - len(expected.pop(name)) == (1 if name == "trail_entry" else 0)
    assert found == expected


@contextmanager
def writer(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        [sys.executable, "-c", WRITER],
        env=environment(settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
        running.communicate("", PATIENCE)
        assert running.returncode == 0
    finally:
        running.kill()
        running.communicate()


def test_given_somebody_who_writes_all_the_time_when_backed_up_then_one_instant_is_restored(
    settings: Settings, places: Places, copies: Path
) -> None:
    with writer(settings) as writing:
        assert writing.stdout is not None
        lines, waited_for = writing.stdout, set[str]()

        def tell(step: str, _done: int, _total: int) -> None:
            if step not in waited_for:
                waited_for.add(step)
                assert lines.readline(), "the writer has written meanwhile"
                assert lines.readline(), "and once more, from its beginning to its end"

        made = make_backup(settings, copies, tell=tell)
        assert waited_for == set(making.STEPS)
    there = places.beside(settings)

    restored = restore(made.path, read_backup_key(settings.backup_key_file), there)

    assert restored.summary.details["missing"] == 0
    app = create_app(there)
    with app.app_context():
        assert record.verify() == (restored.summary.details["trail"]["seq"], None)
        assert heads.contradicted(there.data_dir / heads.LOG) is None
        store = there.data_dir / "files"
        names = list(named_parts(db.session.connection()))
        assert names
        assert all((store / name[:2] / name).is_file() for name in names)
        in_copy = db.session.scalar(select(TrailHead.seq))
    app.extensions["engine"].dispose()
    here = create_app(settings)
    with here.app_context():
        assert db.session.scalar(select(TrailHead.seq)) > in_copy, "it went on after that instant"
        assert db.session.get(TrailEntry, in_copy).hash == restored.summary.details["trail"]["hash"]
    here.extensions["engine"].dispose()


def test_given_large_files_when_copied_and_restored_then_memory_stays_small(
    settings: Settings, places: Places, copies: Path
) -> None:
    large = settings.data_dir / "files" / "aa" / "aa-large"
    large.parent.mkdir(parents=True, exist_ok=True)
    with large.open("wb") as file:
        file.truncate(200 << 20)
    there = places.beside(settings)
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(copies), str(there.data_dir), there.database_url],
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE * 2,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    before, most = map(int, done.stdout.split())
    assert most - before < 50, "MiB"


def test_given_no_room_when_backing_up_then_one_sentence_says_so_and_nothing_is_left(
    settings: Settings, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def little() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    full = ombudsman(settings, "backup", "--to", str(copies), preexec_fn=little)
    assert full.returncode == 1
    assert full.stderr.startswith("Error: ")
    assert full.stderr.count("\n") == 1, full.stderr
    assert list(copies.iterdir()) == []
    assert not (settings.data_dir / "scratch").exists()

    class Disk:
        free = 100 << 20

    monkeypatch.setattr(making.shutil, "disk_usage", lambda _place: Disk)
    with pytest.raises(PlaceRefused, match="100 MiB are free"):
        make_backup(settings, copies)
    assert list(copies.iterdir()) == []


def test_given_two_backups_at_once_then_the_second_says_so(settings: Settings, copies: Path) -> None:
    refused: list[str] = []

    def tell(_step: str, _done: int, _total: int) -> None:
        if not refused:
            with pytest.raises(BackupFailed, match="just now") as second:
                make_backup(settings, copies)
            refused.append(str(second.value))

    make_backup(settings, copies, tell=tell)
    assert refused
    assert len(list(copies.iterdir())) == 1


def test_given_a_restore_that_died_when_run_for_another_database_then_that_one_is_left_alone(
    settings: Settings, places: Places, copies: Path
) -> None:
    made, key = make_backup(settings, copies), read_backup_key(settings.backup_key_file)
    there, other = places.beside(settings), places.beside(settings)
    assert dies("restore.filled", lambda: restore(made.path, key, there))
    if other.database_url.startswith("sqlite"):
        Path(other.database_url.removeprefix("sqlite:///")).write_bytes(b"of somebody")

    with pytest.raises(PlaceRefused, match="name that one"):
        restore(made.path, key, replace(there, database_url=other.database_url))

    if other.database_url.startswith("sqlite"):
        assert Path(other.database_url.removeprefix("sqlite:///")).read_bytes() == b"of somebody"
    restore(made.path, key, there)
