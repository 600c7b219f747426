"""What the application log says and what it never says (LG3), and that losing it costs nothing (LG4)."""

import fcntl
import json
import logging
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ombudsman_app.core.config import Settings
from ombudsman_app.core.logs import configure_logs, log_request, logger, network_of

SECRET = "Siti-3201010101010001"
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(data_dir=tmp_path, database_url="sqlite://")


@pytest.fixture(autouse=True)
def _root_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers, root.level = handlers, level


@pytest.fixture
def lines(settings) -> Iterator[Lines]:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    configure_logs(settings, target=writing)

    def read() -> list[dict[str, Any]]:
        return [json.loads(line) for line in os.read(reading, 1_000_000).splitlines()]

    yield read
    os.close(reading)
    os.close(writing)


def test_given_a_request_when_logged_then_one_line_names_endpoint_and_network_only(lines):
    log_request(
        request_id="r1",
        method="GET",
        endpoint="public.complaints.track",
        status=200,
        duration_ms=12.3,
        user_id=None,
        address="203.0.113.77",
    )

    (line,) = lines()

    assert line["time"].endswith("+00:00")
    assert line["pid"] == os.getpid()
    assert {name: line[name] for name in line if name not in ("time", "pid")} == {
        "level": "info",
        "event": "request",
        "logger": "ombudsman",
        "request_id": "r1",
        "method": "GET",
        "endpoint": "public.complaints.track",
        "status": 200,
        "duration_ms": 12.3,
        "client": "203.0.113.0",
    }


def test_given_a_field_that_is_not_listed_when_logged_then_only_its_name_is_seen(lines):
    logger.warning("complaint refused", code="too_long", narrative=SECRET)

    (line,) = lines()

    assert line["code"] == "too_long"
    assert line["dropped"] == ["narrative"]
    assert SECRET not in json.dumps(line)


def test_given_an_exception_with_values_when_logged_then_class_cause_and_place_remain(lines):
    try:
        try:
            int(SECRET)
        except ValueError as wrong:
            raise LookupError(SECRET) from wrong
    except LookupError:
        logger.exception("unexpected")
        logging.getLogger("some.library").exception("Error handling request %s", f"/lacak?kode={SECRET}")

    own, foreign = lines()

    for line in (own, foreign):
        assert line["error"] == "builtins.LookupError"
        assert line["cause"] == "builtins.ValueError"
        assert line["place"].startswith(f"{__name__}:test_given_an_exception_with_values")
        assert SECRET not in json.dumps(line)
    assert foreign["event"] == "Error handling request …"


def test_given_lines_of_libraries_when_logged_then_values_are_left_out(lines):
    library = logging.getLogger("some.library")
    library.warning(f"sent to {SECRET}")
    library.warning("process %d met %s", 4711, SECRET)
    library.warning("phone %d", 6281234567890)
    library.warning("%(name)s", {"name": SECRET})
    logging.getLogger("gunicorn.error").warning("Booting worker with pid: %s", 4711)

    found = lines()

    assert SECRET not in json.dumps(found)
    assert "6281234567890" not in json.dumps(found)
    assert [line["event"] for line in found] == [
        "foreign line",
        "process 4711 met …",
        "phone %d",
        "%(name)s",
        "Booting worker with pid: 4711",
    ]


def test_given_a_full_pipe_when_logging_then_it_returns_at_once_and_counts_what_was_lost(settings):
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    configure_logs(settings, target=writing)
    for _ in range(40):
        logger.info("filling", code="x" * 200)

    os.read(reading, 4096)
    logger.info("after")
    lost = json.loads(os.read(reading, 4096).splitlines()[-1])["lost"]

    assert 0 < lost < 40
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize("target", ["closed", "/dev/full"])
def test_given_a_broken_target_when_logging_then_the_service_goes_on(settings, target):
    writing = os.open("/dev/full" if target == "/dev/full" else os.devnull, os.O_WRONLY)
    if target == "closed":
        os.close(writing)
    configure_logs(settings, target=writing)

    logger.error("nobody hears this")
    logging.getLogger("gunicorn.error").error("nor this")

    if target != "closed":
        os.close(writing)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3::4", "2001:db8:1::"),
        ("::ffff:203.0.113.77", "203.0.113.0"),
        ("fe80::1%eth0", "fe80::"),
        ("unix:", None),
        (None, None),
    ],
)
def test_of_a_client_only_the_network_is_kept(address, network):
    assert network_of(address) == network
