"""The drill: a backup of a house at work, restored elsewhere, is equal in every row and file.

Whatever is wrong with a backup is found before anything is touched (BK1–BK3).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, text

from ombudsman_app.app import create_app
from ombudsman_app.attachments.commands import opened_bytes
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.migrating import migrate
from ombudsman_app.core.sealing import make_backup_key, read_backup_key
from ombudsman_app.core.trail import heads, record
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.models import Document
from ombudsman_app.operations.backup import restoring
from ombudsman_app.operations.backup.errors import BackupFailed, BackupUnsound, PlaceRefused
from ombudsman_app.operations.backup.making import Made, make_backup
from ombudsman_app.operations.backup.restoring import restore

from ..conftest import StoppedClock
from ..databases import as_owned
from ..factories.attachments import ORIGINAL
from ..factories.complaints import ComplaintFactory
from ..factories.documents import ReceiptFactory
from ..routes import build_world
from ..visitor import Visitor
from .houses import Places, files_of, flipped, rows_of, with_backup_key


@pytest.fixture
def places(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Places]:
    made = Places(tmp_path_factory.mktemp("places"), lambda: request.getfixturevalue("postgres_address"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def settings(shared_app: Flask) -> Settings:
    """A house with cases, people, evidence, a paper, a head of the trail outside. Tests leave it so."""
    build_world(shared_app)
    found = with_backup_key(shared_app)
    with shared_app.app_context():
        ReceiptFactory(ComplaintFactory())
        heads.copy_head(found.data_dir / heads.LOG)
    return found


@pytest.fixture(scope="module")
def made(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Its backup."""
    return make_backup(settings, tmp_path_factory.mktemp("made"))


@pytest.fixture
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copies")


def put_back(made: Made, settings: Settings, into: Settings) -> restoring.Restored:
    return restore(made.path, read_backup_key(settings.backup_key_file), into)


def is_untouched(place: Settings) -> bool:
    names = {path.name for path in place.data_dir.iterdir()}
    return names <= {"keys"} and (
        place.database_url.startswith("sqlite") or rows_of(place.database_url) == {}
    )


def test_given_a_house_when_restored_elsewhere_then_every_row_and_file_is_equal_and_it_opens(
    settings: Settings, made: Made, places: Places
) -> None:
    there = places.beside(settings)

    restored = put_back(made, settings, there)

    assert rows_of(there.database_url) == rows_of(settings.database_url)
    assert files_of(there) == files_of(settings)
    assert len(files_of(there)) > 12, "four parts of three photos, and the heads of the trail"
    assert {name.partition("/")[0] for name in files_of(there)} >= {"files", "documents", "imports"}
    assert restored.summary.details["rows"] == sum(
        len(rows) for name, rows in rows_of(there.database_url).items()
    ) - (0 if settings.database_url.startswith("sqlite") else 1), "PostgreSQL: the revision is in the head"
    app = create_app(there)
    with app.app_context():
        assert record.verify()[1] is None
        assert heads.contradicted(there.data_dir / heads.LOG) is None
        found = db.session.query(Attachment).first()
        assert b"".join(opened_bytes(found, "0")) == ORIGINAL
        papers = [bytes_of(paper) for paper in db.session.query(Document) if paper.stored_name]
        assert papers
        assert all(papers)
    assert Visitor(app).get("/").status_code == 200
    build_world(app), "its numbers go on where they were"
    app.extensions["engine"].dispose()


def test_given_a_backup_when_looked_at_then_nothing_is_left_beside_it_and_others_cannot_read_it(
    settings: Settings, copies: Path
) -> None:
    made = make_backup(settings, copies)
    assert [path.name for path in copies.iterdir()] == [made.path.name]
    assert made.path.stat().st_mode & 0o077 == 0
    assert not (settings.data_dir / "scratch").exists()
    assert str(settings.keys) not in {str(path) for path in made.summary.details.values()}
    raw = made.path.read_bytes()
    for key in settings.keys.glob("*.key"):
        assert key.read_bytes() not in raw


def test_given_a_cut_or_changed_or_strange_backup_when_restoring_then_nothing_is_touched(
    settings: Settings, made: Made, places: Places, copies: Path
) -> None:
    there, size = places.beside(settings), made.path.stat().st_size
    whole = made.path.read_bytes()
    key = read_backup_key(settings.backup_key_file)

    for length in (0, 5, 17, 300, 1000, size // 2, size - 34, size - 1):
        cut = copies / "cut"
        cut.write_bytes(whole[:length])
        with pytest.raises(BackupUnsound):
            restore(cut, key, there)
        assert is_untouched(there), length
    for place in (0, 14, 20, 100, 500, 1000, size // 3, size // 2, size - 30, size - 1):
        with flipped(made.path, place), pytest.raises(BackupUnsound):
            restore(made.path, key, there)
        assert is_untouched(there), place
    doubled = copies / "doubled"
    doubled.write_bytes(whole + whole)
    other = copies / "other.key"
    make_backup_key(other)
    with pytest.raises(BackupUnsound):
        restore(doubled, key, there)
    with pytest.raises(BackupUnsound, match=f"made with the key {key.id}"):
        restore(made.path, read_backup_key(other), there)
    assert is_untouched(there)
    put_back(made, settings, there)


def test_given_a_place_that_is_not_empty_when_restoring_then_it_is_left_as_it_is(
    settings: Settings, made: Made, places: Places
) -> None:
    here = rows_of(settings.database_url)
    with pytest.raises(PlaceRefused, match="not empty"):
        put_back(made, settings, settings)
    there = places.beside(settings)
    (there.data_dir / "something").write_text("of somebody")
    with pytest.raises(PlaceRefused, match="something"):
        put_back(made, settings, there)
    assert (there.data_dir / "something").read_text() == "of somebody"
    (there.data_dir / "something").unlink()
    if there.database_url.startswith("sqlite"):
        (there.data_dir / "keys" / "moved.db").touch()
        there = Settings(data_dir=there.data_dir, database_url=f"sqlite:///{there.data_dir}/keys/moved.db")
    else:
        _run(there.database_url, "CREATE TABLE mine (id int)")
    with pytest.raises(PlaceRefused, match=r"there already|not empty"):
        put_back(made, settings, there)
    assert not (there.data_dir / "restore-unfinished").exists()
    assert rows_of(settings.database_url) == here


def _run(url: str, *statements: str) -> None:
    engine = create_engine(as_owned(url), poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_given_an_older_shape_of_tables_when_restored_then_it_is_brought_up_to_date(
    app: Flask, places: Places, copies: Path
) -> None:
    settings = with_backup_key(app)
    migrate(settings, "-1", is_down=True)
    before = rows_of(settings.database_url)
    made = make_backup(settings, copies)
    there = places.beside(settings)

    restored = put_back(made, settings, there)

    assert made.head.revision != restored.revision
    after = rows_of(there.database_url)
    assert after["alembic_version"] == [(restored.revision,)]
    assert after["trail_entry"] == before["trail_entry"]
    assert after.keys() >= before.keys()


def test_given_a_newer_shape_of_tables_when_restoring_then_it_says_which_release_is_needed(
    app: Flask, places: Places, copies: Path
) -> None:
    settings, there = with_backup_key(app), places.beside(with_backup_key(app))
    _run(settings.database_url, "UPDATE alembic_version SET version_num = 'ffffffffffff'")
    made = make_backup(settings, copies)
    with pytest.raises(PlaceRefused, match="ffffffffffff"):
        put_back(made, settings, there)
    assert is_untouched(there)


def test_given_no_keys_of_the_house_when_restored_then_a_start_refuses_rather_than_make_new_ones(
    settings: Settings, made: Made, places: Places
) -> None:
    there = places.beside(settings, with_keys=False)

    restored = put_back(made, settings, there)

    own = [path for path in settings.keys.glob("*.key") if path.name != "backup.key"]
    assert {name.partition(" ")[0] for name in restored.missing_keys} == {path.name for path in own}
    assert {"master-0001.key", "hash.key", "record-0001.key"} <= {path.name for path in own}
    with pytest.raises(UnsafeSettings, match="missing"):
        create_app(there)
    for number, path in enumerate(
        own
    ):  # one after the other, and with each a strange one in the place of the rest
        for other in own[number:]:
            (there.keys / other.name).write_bytes(b"x" * 32)
            (there.keys / other.name).chmod(0o600)
        with pytest.raises(UnsafeSettings, match="not those of the house"):
            create_app(there)
        (there.keys / path.name).write_bytes(path.read_bytes())
    app = create_app(there)
    with app.app_context():
        assert record.verify()[1] is None
    app.extensions["engine"].dispose()


@pytest.mark.parametrize(("folder", "ending"), [("files", "0"), ("imports", "r"), ("imports", "[!r]")])
def test_given_a_file_that_is_gone_when_backed_up_then_the_rest_is_kept_and_the_loss_is_told(
    settings: Settings, places: Places, copies: Path, folder: str, ending: str
) -> None:
    found = (settings.data_dir / folder).rglob(f"*{ending}")
    victim = next(path for path in found if path.is_file())
    content = victim.read_bytes()
    victim.unlink()
    made = make_backup(settings, copies)
    assert made.summary.details["missing"] == 1
    assert made.summary.details["missing_names"] == [f"{folder}/{victim.name[:2]}/{victim.name}"]
    there = places.beside(settings)
    put_back(made, settings, there)
    assert files_of(there) == files_of(settings)
    victim.write_bytes(content)


def test_given_a_damaged_database_when_backed_up_then_none_is_made(tmp_path: Path, copies: Path) -> None:
    path = tmp_path / "ombudsman.db"
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE alembic_version (version_num text)")
        raw.execute("INSERT INTO alembic_version VALUES ('x')")
        raw.execute("CREATE TABLE filled (id integer PRIMARY KEY, text text UNIQUE)")
        raw.executemany("INSERT INTO filled (text) VALUES (?)", [(f"{n:0>400}",) for n in range(2000)])
    settings = Settings(data_dir=tmp_path, database_url=f"sqlite:///{path}")
    make_backup_key(settings.backup_key_file)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xee" * 20_000)
    with pytest.raises(BackupFailed, match="damaged"):
        make_backup(settings, copies)
    assert list(copies.iterdir()) == []


def test_given_a_number_to_keep_then_the_oldest_of_this_house_go_and_those_of_others_stay(
    settings: Settings, copies: Path, clock: StoppedClock
) -> None:
    other = replace(settings, public_url="https://lain.example.go.id")
    clock.at("2026-11-20T01:00+00:00")
    theirs = make_backup(other, copies)
    mine = []
    for day in (21, 22, 23):
        clock.at(f"2026-11-{day}T01:00+00:00")
        mine.append(make_backup(settings, copies, keep=2))
    assert now().day == 23
    assert {path.name for path in copies.iterdir()} == {one.path.name for one in (theirs, mine[1], mine[2])}
