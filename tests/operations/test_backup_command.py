"""`ombudsman backup` and `restore`: one sentence for what goes wrong, exit codes for a timer."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from ombudsman_app.cli.main import main
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.sealing import make_backup_key
from ombudsman_app.core.trail.models import TrailEntry

from .houses import flipped


@pytest.fixture
def settings(app: Flask) -> Settings:
    """A house without a backup key as yet."""
    found: Settings = app.extensions["settings"]
    return found


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside of the house."""
    return tmp_path_factory.mktemp("place")


def ombudsman(settings: Settings, *words: str, **more: str) -> Result:
    env = {
        "OMBUDSMAN_DATA": str(settings.data_dir),
        "OMBUDSMAN_DATABASE_URL": settings.database_url,
        "OMBUDSMAN_LOG_LEVEL": "ERROR",
        **more,
    }
    return CliRunner().invoke(main, [*words], env=env)


def test_given_no_backup_key_when_backing_up_then_it_is_made_with_a_warning_once(
    app: Flask, settings: Settings, place: Path
) -> None:
    to = place / "copies"
    first = ombudsman(settings, "backup", "--to", str(to))
    assert first.exit_code == 0, first.output
    assert "Copy the folder of the keys to another place now" in first.stderr
    assert settings.backup_key_file.stat().st_mode & 0o077 == 0
    again = ombudsman(settings, "backup", "--to", str(to), "--json")
    assert again.stderr == ""
    told = json.loads(again.stdout)
    assert Path(told["file"]).is_file()
    assert told["tables"] > 30
    assert "salt" not in told
    with app.app_context():
        events = db.session.scalars(select(TrailEntry.event)).all()
        assert events.count("operations:backup:made") == 2


def test_given_a_backup_when_verified_then_it_tells_its_manifest_or_what_is_wrong(
    settings: Settings, place: Path
) -> None:
    ombudsman(settings, "backup", "--to", str(place / "copies"))
    (path,) = (place / "copies").iterdir()
    whole = ombudsman(settings, "backup", "--verify", str(path), "--json")
    assert whole.exit_code == 0
    lines = [json.loads(line) for line in whole.stdout.splitlines()]
    assert {line["kind"] for line in lines[:-1]} <= {"database", "table", "file"}
    assert all(len(line["sha256"]) == 64 for line in lines[:-1])
    assert "Whole" in ombudsman(settings, "backup", "--verify", str(path)).stdout
    with flipped(path, path.stat().st_size // 2):
        _refused(ombudsman(settings, "backup", "--verify", str(path)), 1, "changed, damaged or cut off")
    _refused(ombudsman(settings, "backup", "--verify", str(path.parent / "none")), 1, "No such file")
    _refused(ombudsman(settings, "backup", "--verify", str(settings.backup_key_file)), 1, "no backup")
    other = {"OMBUDSMAN_BACKUP_KEY": str(settings.keys / "hash.key")}
    _refused(ombudsman(settings, "backup", "--verify", str(path), **other), 1, "made with the key")
    _refused(ombudsman(settings, "restore", str(path), "--data", str(settings.data_dir)), 2, "not empty")


def _refused(result: Result, code: int, words: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert words in result.stderr
    assert result.stdout == ""


def test_given_a_wrong_wish_when_backing_up_then_one_sentence_says_so(
    settings: Settings, place: Path
) -> None:
    make_backup_key(settings.backup_key_file)
    _refused(ombudsman(settings, "backup", "--keep", "0"), 2, "--keep")
    _refused(ombudsman(settings, "backup", "--nonsense"), 2, "nonsense")
    _refused(ombudsman(settings, "restore", "x"), 2, "--data")
    _refused(ombudsman(settings, "backup", OMBUDSMAN_BACKUP_HOUR="24"), 2, "BACKUP_HOUR")
    _refused(ombudsman(settings, "backup", OMBUDSMAN_DATABASE_URL="mysql://x/y"), 2, "mysql")
    empty = {"OMBUDSMAN_DATABASE_URL": f"sqlite:///{place}/none.db"}
    _refused(ombudsman(settings, "backup", **empty), 2, "There is no database")
    assert not (place / "none.db").exists()
    (place / "file").touch()
    _refused(ombudsman(settings, "backup", "--to", str(place / "file")), 1, "file")
    settings.backup_key_file.chmod(0o644)
    _refused(ombudsman(settings, "backup"), 2, "chmod 600")


def test_given_a_backup_of_one_kind_of_database_when_restored_into_the_other_then_it_is_refused(
    settings: Settings, place: Path
) -> None:
    ombudsman(settings, "backup", "--to", str(place / "copies"))
    (path,) = (place / "copies").iterdir()
    other = (
        "postgresql+psycopg://kawal@/none" if "sqlite" in settings.database_url else "sqlite:////tmp/none.db"
    )
    given = ["--database", other, "--key", str(settings.backup_key_file)]
    there = place / "there"
    _refused(ombudsman(settings, "restore", str(path), "--data", str(there), *given), 2, "--database names")
    assert not there.exists() or list(there.iterdir()) == []
