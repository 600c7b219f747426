"""The operator's papers name every setting, and none that does not exist."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

from ombudsman_app.cli.main import COMMANDS
from ombudsman_app.core import config, limits

DEPLOY = Path(__file__).parents[2] / "deploy"
NAME = re.compile(r"\bOMBUDSMAN_[A-Z0-9_]+")
READ_BY_CODE = {
    config.PREFIX + name
    for name in re.findall(r'given\.\w+\("([A-Z0-9_]+)"', Path(config.__file__).read_text(encoding="utf-8"))
}


def test_given_the_settings_of_the_code_when_reading_the_table_then_each_has_its_line():
    lines = (DEPLOY / "README.md").read_text(encoding="utf-8").splitlines()

    assert {line.split("`")[1] for line in lines if line.startswith("| `OMBUDSMAN_")} == READ_BY_CODE


@pytest.mark.parametrize("path", sorted(DEPLOY.rglob("*.*")), ids=lambda path: path.name)
def test_given_a_file_for_operators_when_it_names_a_setting_then_the_code_reads_it(path):
    assert set(NAME.findall(path.read_text(encoding="utf-8"))) <= READ_BY_CODE


def test_given_the_compose_file_when_read_then_no_secret_stands_in_it():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]

    assert {"proxy", "web", "database", "redis"} <= services.keys()
    assert services["database"]["environment"]["POSTGRES_PASSWORD"] == "${DATABASE_PASSWORD:?}"
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]


def test_given_the_unit_when_read_then_it_starts_what_the_package_has():
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "systemd" / "kawal-layanan-web.service")

    assert unit["Service"]["ExecStart"].endswith("gunicorn -c python:ombudsman_app.web.server")
    assert unit["Service"]["NoNewPrivileges"] == "yes"


@pytest.mark.parametrize("program", ["worker", "relay"])
def test_given_the_units_of_the_background_when_read_then_they_start_what_the_command_line_has(program):
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "systemd" / f"kawal-layanan-{program}.service")

    assert unit["Service"]["ExecStart"].endswith(f"ombudsman {program}")
    assert program in COMMANDS
    assert unit["Service"]["NoNewPrivileges"] == "yes"


def test_given_the_timer_of_backups_when_set_up_then_it_copies_to_a_place_that_it_may_write_to():
    unit, timer = (configparser.RawConfigParser(strict=False) for _number in range(2))
    for parser, ending in ((unit, "service"), (timer, "timer")):
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        parser.read(DEPLOY / "systemd" / f"kawal-layanan-backup.{ending}")

    folder = unit["Service"]["ReadWritePaths"]
    assert unit["Service"]["ExecStart"].endswith(f"ombudsman backup --to {folder} --keep 14")
    assert "backup" in COMMANDS
    assert unit["Service"]["NoNewPrivileges"] == "yes"
    assert timer["Timer"]["OnCalendar"] == "*-*-* 02:00:00 Asia/Jakarta"


@pytest.mark.parametrize("program", ["parse", "render"])
def test_given_the_servers_of_foreign_files_when_set_up_then_they_have_no_settings_and_no_network(program):
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / "systemd" / f"kawal-layanan-{program}.service")
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"][program]

    assert f" ombudsman_app.isolated.{program} /var/lib/kawal-layanan/run" in unit["Service"]["ExecStart"]
    assert unit["Service"]["PrivateNetwork"] == "yes"
    assert "EnvironmentFile" not in unit["Service"]
    assert service["network_mode"] == "none"
    assert service["volumes"] == ["sockets:/var/lib/kawal-layanan/run"]
    assert "environment" not in service


def _servers() -> list[str]:
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    return re.split(r"^server \{", text, flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("server", _servers(), ids=lambda text: text.split(";")[0].strip())
def test_given_a_server_of_the_proxy_when_asked_then_it_writes_no_address_of_a_request(server):
    """One-time links and codes stand in addresses, also in those that were typed without https."""
    assert "access_log off;" in server
    assert re.search(r"error_log \S+ crit;", server)


def test_given_the_proxy_when_a_body_is_large_then_the_application_answers_and_little_more_is_taken():
    most, files = re.findall(r"client_max_body_size (\d+)m;", "".join(_servers()))
    assert limits.REQUEST_BYTES < int(most) * 2**20 <= 4 * limits.REQUEST_BYTES
    assert limits.PLAIN_FORM_BYTES < int(files) * 2**20 <= 2 * limits.PLAIN_FORM_BYTES


@pytest.mark.parametrize("path", ["environment.example", "compose.yaml"])
def test_given_the_files_to_copy_when_reading_then_none_switches_the_second_factor_off(path):
    assert "SECOND_FACTOR" not in (DEPLOY / path).read_text(encoding="utf-8")
