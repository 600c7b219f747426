"""What a start writes is for its owner alone, and what it risks it says (PD1, AU2, AU6)."""

import subprocess
import sys
from pathlib import Path

import pytest

from ombudsman_app.app import create_app
from ombudsman_app.cli.run import _announce
from ombudsman_app.core.config import Settings
from ombudsman_app.core.policy import Role

from ..conftest import _Templates, fresh_app
from ..factories.accounts import UserFactory
from ..visitor import Visitor

OMBUDSMAN = str(Path(sys.executable).with_name("ombudsman"))


def test_given_an_open_data_folder_when_the_database_is_made_then_others_cannot_read_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    made = subprocess.run(
        [OMBUDSMAN, "db", "upgrade"],
        env={"OMBUDSMAN_DATA": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        umask=0o022,
    )
    assert made.returncode == 0, made.stderr
    modes = {path.name: path.stat().st_mode & 0o077 for path in folder.rglob("*") if path.is_file()}
    assert "ombudsman.db" in modes
    assert set(modes.values()) == {0}, modes


def test_given_the_web_processes_when_they_start_then_they_write_for_their_owner(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import ombudsman_app.web.server, os; print(oct(os.umask(0)))"],
        env={"OMBUDSMAN_DATA": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
        umask=0o022,
    )
    assert said.stdout.strip() == "0o77", said.stderr


def _settings(folder: Path, **more: object) -> Settings:
    return Settings(data_dir=folder, database_url="sqlite://", **more)  # type: ignore[arg-type]


def test_given_plain_http_on_the_network_when_starting_then_it_is_said_and_logged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    settings = _settings(tmp_path, public_url="http://192.168.1.5:8000", host="0.0.0.0", is_demo=True)
    _announce(settings)
    said = capsys.readouterr().out
    assert "plain http" in said
    assert "slow clients" in said
    create_app(settings).extensions["engine"].dispose()
    assert "plain http on a network address" in caplog.text


def test_given_this_machine_alone_when_starting_then_there_is_no_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    _announce(_settings(tmp_path))
    assert "Warning" not in capsys.readouterr().out
    create_app(_settings(tmp_path)).extensions["engine"].dispose()
    assert "plain http" not in caplog.text


@pytest.mark.parametrize("is_off", [True, False])
def test_given_a_house_without_second_factor_then_door_and_desk_say_so(
    templates: _Templates, tmp_path: Path, is_off: bool
) -> None:
    with fresh_app(templates, "sqlite", tmp_path, is_second_factor_off=is_off) as app:
        visitor = Visitor(app)
        assert visitor.get("/staff/sign-in").text.count('role="note"') == int(is_off)
        with app.app_context():
            officer = UserFactory(Role.EXAMINER, has_second_factor=not is_off)
        page = visitor.sign_in(officer).get("/staff/complaints/").text
        assert page.count('role="note"') == int(is_off)
