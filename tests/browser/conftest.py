"""A live product and a real Chromium for all journeys."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.conftest import _Templates
from tests.house.service import OMBUDSMAN, answer, environment, free_port, started, wait_until

from .live import Site, running
from .people import PATIENCE_MS, People, Person

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = "/usr/bin/chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()


@pytest.fixture
def site(templates: _Templates, tmp_path: Path) -> Iterator[Site]:
    """The product on a database that nobody else uses, with the counters of the demonstration."""
    with running(templates, tmp_path) as made:
        yield made


@pytest.fixture
def served(site: Site) -> Iterator[str]:
    """The same database behind gunicorn with the runner and its children, as `ombudsman run` starts them."""
    settings, port = site.app.extensions["settings"], free_port()
    environ = environment(
        settings.data_dir, PORT=str(port), OMBUDSMAN_DATABASE_URL=settings.database_url,
        OMBUDSMAN_WEB_PROCESSES="1", OMBUDSMAN_LOG_LEVEL="ERROR",
    )  # fmt: skip
    with started([OMBUDSMAN, "run"], environ, settings.data_dir):
        wait_until(lambda: answer(port) == 200, why="the service answers")
        yield f"http://localhost:{port}"


def _people(chromium: Browser, site: Site) -> Iterator[People]:
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


@pytest.fixture
def people(chromium: Browser, site: Site) -> Iterator[People]:
    yield from _people(chromium, site)


@pytest.fixture
def person(people: People) -> Person:
    """Open a browser: person(PHONE), person(DESK, language="en", java_script_enabled=False)."""
    return people.person


@pytest.fixture
def demo_site(templates: _Templates, tmp_path: Path) -> Iterator[Site]:
    """The same with the banner of the demonstration; its cases come with `complaints.demo.load()`."""
    with running(templates, tmp_path, is_demo=True) as made:
        yield made


@pytest.fixture
def demo_people(chromium: Browser, demo_site: Site) -> Iterator[People]:
    yield from _people(chromium, demo_site)
