"""The database: base class, column types, the session, and `@command`, the only commit in the house."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC as UTC_ZONE
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app
from flask.globals import app_ctx
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    Enum,
    Integer,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    func,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    scoped_session,
    sessionmaker,
)
from sqlalchemy.orm.exc import StaleDataError

from .config import Settings
from .errors import RecordChanged
from .faults import crash_point
from .walls import OFFICES, PORTAL_ROLE

P = ParamSpec("P")
R = TypeVar("R")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTC(TypeDecorator[datetime]):
    """An instant. Naive values are refused; what comes back is in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC_ZONE)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC_ZONE) if value.tzinfo is None else value.astimezone(UTC_ZONE)


class Base(DeclarativeBase):
    """All tables. Enums are stored as their words, instants as UTC, constraints named by convention."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as it is
        datetime: UTC(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda words: [word.value for word in words],
        ),
    }


class Versioned:
    """A row that people edit: of two who write at once, the second is told (DI2)."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - a class-level attribute of SQLAlchemy
        return {"version_id_col": cls.version}


_read_only: ContextVar[bool] = ContextVar("read_only", default=False)
_walled: ContextVar[frozenset[int] | None] = ContextVar("walled", default=None)


def read_only(is_on: bool) -> None:
    """Say, before the first statement, whether this request only reads (OU4)."""
    _read_only.set(is_on)


def stand_behind_wall(is_on: bool) -> None:
    """Say, before the first statement, whether this request stands behind the second wall (`walls.py`).

    It sees no row of any office until `see_offices` has named its own.
    """
    _walled.set(frozenset() if is_on else None)


def see_offices(offices: frozenset[int]) -> None:
    """Name the own offices of who stands behind the wall, for this transaction and those after it."""
    if _walled.get() is None:
        return
    _walled.set(offices)
    session = db.session()
    if session.in_transaction() and db.engine.dialect.name == "postgresql":
        raw: Any = session.connection().connection.driver_connection
        raw.execute(f"SET LOCAL {OFFICES} = '{_listed(offices)}'")


def _listed(offices: frozenset[int]) -> str:
    return ",".join(str(int(office)) for office in sorted(offices))


class _AppSession(Session):
    def get_bind(self, *_args: Any, **_kwargs: Any) -> Engine:
        engine: Engine = current_app.extensions["engine"]
        return engine


def _context() -> int:
    return id(app_ctx._get_current_object())  # type: ignore[attr-defined]  # it is a proxy


class Database:
    """One session per application context, one engine per application."""

    def __init__(self) -> None:
        factory: sessionmaker[Session] = sessionmaker(class_=_AppSession, expire_on_commit=False)
        self.session: scoped_session[Session] = scoped_session(factory, scopefunc=_context)

    def init_app(self, app: Flask, settings: Settings) -> None:
        app.extensions["engine"] = engine_for(settings)
        app.teardown_appcontext(self._end)

    @property
    def engine(self) -> Engine:
        engine: Engine = current_app.extensions["engine"]
        return engine

    def release(self) -> None:
        """End a reading transaction, so that slow work such as hashing holds no lock (AU1)."""
        self.session.rollback()

    def _end(self, _error: BaseException | None) -> None:
        self.session.remove()
        _read_only.set(False)
        _walled.set(None)


db = Database()


def engine_for(settings: Settings, *, as_owner: bool = False) -> Engine:
    """Make the engine for SQLite (DI1) or PostgreSQL. `as_owner`: of who may change the tables (AZ12)."""
    if settings.database_url.startswith("sqlite"):
        engine = create_engine(settings.database_url)
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    address = settings.owner_url if as_owner else settings.database_url
    engine = create_engine(address, pool_size=settings.pool_size, max_overflow=0, pool_pre_ping=False)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we issue BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute("PRAGMA " + pragma)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads and then writes fails at once unless it was IMMEDIATE from the start.
    # A plain BEGIN still lets writes through: query_only is what refuses them (OU4).
    is_reading = _read_only.get()
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if _read_only.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    if (offices := _walled.get()) is not None:
        connection.exec_driver_sql(
            f"SET LOCAL ROLE {PORTAL_ROLE}; SET LOCAL {OFFICES} = '{_listed(offices)}'"
        )


def no_index(column: Any) -> Any:
    """Keep a column from choosing the index of a query: the rare condition beside it is to choose.

    SQLite takes the longest match for the best one, which would walk an office instead of what waits.
    """
    return func.coalesce(column, column)


@contextmanager
def write_aside() -> Iterator[Session]:
    """A short transaction of its own beside a reading request: session touch, access log, throttle."""
    before = _read_only.get()
    _read_only.set(False)
    try:
        with Session(db.engine) as session, session.begin():
            yield session
    finally:
        _read_only.set(before)


_before_commit: list[Callable[[Session], None]] = []


def before_commit(hook: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register what closes every command inside its transaction: the trail."""
    _before_commit.append(hook)
    return hook


def after_commit(hook: Callable[[], None]) -> None:
    """Call this once the running command is stored, and never if it is not; such as to wake a worker.

    Nothing may depend on it: the power can go between the commit and the call.
    """
    db.session().info.setdefault("after_commit", []).append(hook)


def command(function: Callable[P, R]) -> Callable[P, R]:
    """One transaction for one verb. Any exception rolls back; a command inside a command joins it.

    A lost race becomes RecordChanged (DI2).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        session = db.session()
        if session.info.get("in_command"):
            return function(*args, **kwargs)
        if _read_only.get():
            raise RuntimeError(f"{function.__name__} was called in a request that only reads")
        session.info["in_command"] = True
        try:
            result = function(*args, **kwargs)
            session.flush()
            for hook in _before_commit:
                hook(session)
            crash_point(f"{function.__name__}.before_commit")
            session.commit()
            crash_point(f"{function.__name__}.committed")
            for wake in session.info.pop("after_commit", []):
                wake()
        except BaseException as failed:
            session.rollback()
            session.info.clear()  # what waited for the commit, such as the trail, did not happen
            if isinstance(failed, StaleDataError):
                raise RecordChanged from failed
            raise
        else:
            return result
        finally:
            session.info.pop("in_command", None)

    return run
