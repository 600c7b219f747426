"""Shared by all tests: an app on each database, a visitor, a clock that stands still."""

import asyncio
import gc
import os
from collections.abc import Callable, Iterator, Set
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from zlib import crc32

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

from ombudsman_app.app import create_app, import_models
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.config import Settings
from ombudsman_app.core.migrating import migrate

from .databases import PostgresTemplate, SqliteTemplate, Template, as_owned
from .places import quick_place
from .servers import RedisServer, postgresql, redis_server
from .visitor import Visitor

BACKENDS = ("sqlite", "postgresql")
ALWAYS_BOTH = ("core", "house")  # what speaks to the database for all others

if place := quick_place():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)  # pytest's own word for where tmp_path lies


def settings_for(folder: Path, database_url: str, **more: object) -> Settings:
    """Settings of a test: cheap hashes by configuration, never by patch."""
    return Settings(
        data_dir=folder,
        database_url=database_url,
        database_owner_url=as_owned(database_url),
        argon2_memory_kib=8,
        pool_size=8,
        **more,  # type: ignore[arg-type]
    )


@contextmanager
def _no_loop_of_a_browser(item: pytest.Item) -> Iterator[None]:
    """Hide the event loop that an open browser leaves running: a job in a test starts one of its own to sign.

    In the product each attempt is a process of its own.
    """
    loop = asyncio._get_running_loop()
    if loop is None or "tests/browser" in item.nodeid:
        yield
        return
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Also what a whole file of tests shares is made without it."""
    with _no_loop_of_a_browser(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with _no_loop_of_a_browser(item):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the second database of most tests to the long tier, before -m chooses (docs/adr/0028)."""
    names = {item.nodeid for item in items}
    for item in items:
        if _has_both(item, names) and not _is_its_turn(item):
            item.add_marker(pytest.mark.full)


def _has_both(item: pytest.Item, names: Set[str]) -> bool:
    """Return whether a test is there for both databases, and is none of those that always meet both."""
    if item.get_closest_marker("both_databases") or item.path.parent.name in ALWAYS_BOTH:
        return False
    return _told_for(item.nodeid, "sqlite") in names and _told_for(item.nodeid, "postgresql") in names


def _is_its_turn(item: pytest.Item) -> bool:
    """Choose one of the two by the name of the test: the same one on each machine."""
    is_second = "postgresql" in item.name
    return crc32(_told_for(item.name, "sqlite").encode()) % 2 == is_second


def _told_for(name: str, backend: str) -> str:
    return name.replace("postgresql", backend).replace("sqlite", backend)


def pytest_collection_finish() -> None:
    """Spare the collector what stays until the end: to walk it again and again took two fifths of all CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


class _Templates:
    """Migrated databases with the reference data, made when first asked for."""

    def __init__(self, folder: Path, request: pytest.FixtureRequest) -> None:
        self._folder, self._request, self._ready = folder, request, dict[str, Template]()

    def get(self, backend: str) -> Template:
        if backend not in self._ready:
            template: Template = (
                SqliteTemplate(self._folder, "template")
                if backend == "sqlite"
                else PostgresTemplate(self._request.getfixturevalue("postgres_address"), "template")
            )
            settings = settings_for(self._folder, template.url)
            import_models()
            migrate(settings)
            _load_reference(settings)
            self._ready[backend] = template
        return self._ready[backend]


def _load_reference(settings: Settings) -> None:
    from ombudsman_app.audits.commands import load_shipped
    from ombudsman_app.directory.commands import load_reference

    app = create_app(settings)
    with app.app_context():
        load_reference()
        load_shipped()
    app.extensions["engine"].dispose()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> _Templates:
    return _Templates(tmp_path_factory.mktemp("databases"), request)


class _CompiledOnce(BytecodeCache):
    """What the templates compile to, kept for the next app of this process. A changed source has its own."""

    _kept: ClassVar[dict[tuple[str, str], bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self._kept.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def _build_addresses_by_what_is_known(make: Callable[..., Any] = Rule._compile_builder) -> None:
    """Compile once per rule how its address is put together: half of what it costs to make an app.

    The function gets the rule when it is called and holds nothing of the app for which it was made.
    """
    kept: dict[tuple[object, ...], Any] = {}

    def builder(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:  # are compiled in
            return make(rule, append_unknown)
        key = (rule.rule, *rule._trace, append_unknown)
        if key not in kept:
            kept[key] = make(rule, append_unknown)
        return kept[key]

    Rule._compile_builder = builder  # type: ignore[method-assign]


_build_addresses_by_what_is_known()


@contextmanager
def fresh_app(templates: _Templates, backend: str, folder: Path, **more: object) -> Iterator[Flask]:
    """An app on a database of its own."""
    template = templates.get(backend)
    url = template.copy()
    app = create_app(settings_for(folder, url, **more))
    app.jinja_env.bytecode_cache = _CompiledOnce()
    try:
        yield app
    finally:
        app.extensions["engine"].dispose()
        template.drop(url)


@pytest.fixture(params=BACKENDS)
def app(request: pytest.FixtureRequest, templates: _Templates, tmp_path: Path) -> Iterator[Flask]:
    """The whole product with reference data, once on each database."""
    with fresh_app(templates, request.param, tmp_path) as made:
        yield made


@pytest.fixture(scope="module", params=BACKENDS)
def shared_app(
    request: pytest.FixtureRequest, templates: _Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The same for a whole file of tests that only look, or whose rows cannot disturb each other."""
    with fresh_app(templates, request.param, tmp_path_factory.mktemp("shared")) as made:
        yield made


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Inside an application context, for commands and queries called without a request."""
    with app.app_context():
        yield app


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


@pytest.fixture
def another_visitor(app: Flask) -> Visitor:
    return Visitor(app, "203.0.113.8")


@pytest.fixture
def inside(app: Flask) -> Callable[..., Any]:
    """Call something in an application context of its own."""

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    return call


class StoppedClock:
    """A clock that goes only when told."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def at(self, text: str) -> None:
        """Stop at an instant such as 2026-11-20T09:00+08:00."""
        self._stack.enter_context(stopped_at(datetime.fromisoformat(text)))

    def close(self) -> None:
        self._stack.close()


@pytest.fixture
def clock() -> Iterator[StoppedClock]:
    stopped = StoppedClock()
    yield stopped
    stopped.close()
