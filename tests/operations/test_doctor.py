"""`ombudsman doctor` sees what is wrong with a house, says what to do, and changes nothing."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import delete, text, update

from ombudsman_app.cli.main import main
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.sealing import make_backup_key
from ombudsman_app.core.trail import heads
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.core.workflow.models import Holiday
from ombudsman_app.operations.backup.making import make_backup

from ..children import child_server
from ..core.jobs_for_tests import ask
from ..databases import owner_of
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import ComplaintFactory
from ..factories.documents import ReceiptFactory
from .houses import rows_of


@pytest.fixture
def settings(app: Flask) -> Settings:
    """A house in good order, but for the servers beside it."""
    found: Settings = app.extensions["settings"]
    found.data_dir.chmod(0o700)
    make_backup_key(found.backup_key_file)
    with app.app_context():
        load_shipped()
        AttachmentFactory(ComplaintFactory().files_id)
        ReceiptFactory(ComplaintFactory())
        heads.copy_head(found.data_dir / heads.LOG)
    make_backup(found, found.data_dir / "backups")
    return found


def doctor(settings: Settings, *words: str, **more: str) -> Result:
    env = {
        "OMBUDSMAN_DATA": str(settings.data_dir),
        "OMBUDSMAN_DATABASE_URL": settings.database_url,
        "OMBUDSMAN_LOG_LEVEL": "ERROR",
        **more,
    }
    return CliRunner().invoke(main, ["doctor", *words], env=env)


def found_by(result: Result) -> list[tuple[str, str, str]]:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [(line["area"], line["level"], line["text"]) for line in lines]


def said(settings: Settings, area: str, **more: str) -> list[tuple[str, str]]:
    """Return (level, text) of all that is not well in one area."""
    found = found_by(doctor(settings, "--json", **more))
    return [(level, words) for where, level, words in found if where == area and level != "ok"]


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


def test_given_a_house_in_good_order_when_looked_at_then_nothing_is_bad_and_nothing_changes(
    settings: Settings,
) -> None:
    settings.run_dir.mkdir(exist_ok=True)
    with child_server(settings.run_dir, "parse"), child_server(settings.run_dir, "render"):
        files, rows = tree(settings.data_dir), rows_of(settings.database_url)
        result = doctor(settings, "--json")
        plain = doctor(settings)
        assert dict(tree(settings.data_dir).items() ^ files.items()) == {}
        assert rows_of(settings.database_url) == rows
    assert [found for found in found_by(result) if found[1] == "bad"] == []
    walls = {"walls"} if settings.database_url.startswith("postgresql") else set()
    assert {area for area, _level, _words in found_by(result)} == walls | {
        "settings", "folder", "keys", "record key", "certificate", "room", "servers", "queue", "backup",
        "database", "clock", "trail", "jobs", "days off", "files", "rules",
    }  # fmt: skip
    assert result.exit_code == plain.exit_code == 1, "one day of the law is not confirmed"
    assert "✓ trail" in plain.stdout
    assert "! rules" in plain.stdout


def test_given_servers_that_do_not_run_then_it_is_bad_and_the_exit_code_says_so(settings: Settings) -> None:
    result = doctor(settings)
    assert result.exit_code == 2
    assert "✗ servers      parse does not answer" in result.stdout
    assert "→ start it" in result.stdout


def _an_original(settings: Settings) -> Path:
    """Return the file of an attachment as it came. The folders above may have names that end like one."""
    return next(path for path in (settings.data_dir / "files").rglob("*0") if path.is_file())


def _remove_a_file(settings: Settings, _app: Flask) -> None:
    _an_original(settings).unlink()


def _change_a_byte(path: Path) -> None:
    """Flip the last one: what is put in its place by name may already stand there."""
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


def _change_a_file(settings: Settings, _app: Flask) -> None:
    _change_a_byte(_an_original(settings))


def _change_a_paper(settings: Settings, _app: Flask) -> None:
    _change_a_byte(next(path for path in (settings.data_dir / "documents").rglob("*") if path.is_file()))


def _open_the_keys(settings: Settings, _app: Flask) -> None:
    (settings.keys / "hash.key").chmod(0o644)


def _lose_a_key(settings: Settings, _app: Flask) -> None:
    (settings.keys / "master-0001.key").unlink()


def _lose_the_record_key(settings: Settings, _app: Flask) -> None:
    (settings.keys / "record-0001.key").unlink()


def _spoil_the_record_key(settings: Settings, _app: Flask) -> None:
    (settings.keys / "record-0001.pub").write_text("no key")


def _open_the_folder(settings: Settings, _app: Flask) -> None:
    settings.data_dir.chmod(0o755)


def _change_the_trail(settings: Settings, app: Flask) -> None:
    with app.app_context():
        command(lambda: db.session.execute(text("UPDATE trail_head SET seq = seq + 1")))()


def _step_back(_settings: Settings, app: Flask) -> None:
    with owner_of(app) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'e958430995d0'"))


def _forget_days_off(_settings: Settings, app: Flask) -> None:
    with app.app_context():
        year = today("Asia/Jakarta").replace(month=1, day=1)
        command(lambda: db.session.execute(delete(Holiday).where(Holiday.day >= year)))()


def _let_work_wait(_settings: Settings, app: Flask) -> None:
    with app.app_context():
        ask("count")
        late = update(Job).values(run_after=now() - timedelta(minutes=9))
        command(lambda: db.session.execute(late))()


def _let_work_fail(_settings: Settings, app: Flask) -> None:
    with app.app_context():
        ask("count")
        command(lambda: db.session.execute(update(Job).values(state=JobState.FAILED)))()


def _lose_the_backups(settings: Settings, _app: Flask) -> None:
    for path in (settings.data_dir / "backups").iterdir():
        path.unlink()


def _lose_the_backup_key(settings: Settings, _app: Flask) -> None:
    settings.backup_key_file.unlink()


@pytest.mark.parametrize(
    ("act", "area", "level", "words"),
    [
        (_lose_the_record_key, "record key", "warn", "no paper can be issued"),
        (_spoil_the_record_key, "record key", "bad", "one public key"),
        (_remove_a_file, "files", "bad", "1 of 5 are missing"),
        (_change_a_file, "files", "bad", "1 were changed"),
        (_change_a_paper, "files", "bad", "1 papers were changed"),
        (_open_the_keys, "keys", "bad", "others may read hash.key"),
        (_lose_a_key, "keys", "bad", "missing"),
        (_open_the_folder, "folder", "bad", "open to others"),
        (_change_the_trail, "trail", "bad", "broken"),
        (_step_back, "database", "bad", "the tables are at e958430995d0"),
        (_forget_days_off, "days off", "bad", "is not known"),
        (_let_work_wait, "jobs", "bad", "nobody takes it"),
        (_let_work_fail, "jobs", "warn", "failed"),
        (_lose_the_backups, "backup", "warn", "there is none"),
        (_lose_the_backup_key, "backup", "bad", "missing"),
    ],
)
def test_given_something_is_wrong_when_looked_at_then_it_says_what(
    app: Flask,
    settings: Settings,
    act: Callable[[Settings, Flask], None],
    area: str,
    level: str,
    words: str,
) -> None:
    act(settings, app)
    assert any(found[0] == level and words in found[1] for found in said(settings, area)), said(
        settings, area
    )


def test_given_nothing_at_all_when_looked_at_then_nothing_is_made(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("empty") / "none"
    result = doctor(Settings(data_dir=folder, database_url=f"sqlite:///{folder}/ombudsman.db"))
    assert result.exit_code == 2
    assert "does not exist" in result.stdout
    assert not folder.exists()


def test_given_settings_that_contradict_each_other_then_that_is_what_it_says(settings: Settings) -> None:
    result = doctor(settings, OMBUDSMAN_PRODUCTION="yes")
    assert result.exit_code == 2
    assert result.stdout.startswith("✗ settings")
    assert result.stdout.count("\n") == 1


def test_given_a_queue_that_is_away_then_it_says_so(settings: Settings) -> None:
    (found,) = said(settings, "queue", OMBUDSMAN_REDIS_URL="unix:///nowhere/redis.sock")
    assert found[0] == "bad"
