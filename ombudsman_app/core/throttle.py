"""How often something may be tried (AU4): delays, never locks, and never one person for another.

A try counts in windows of time: for its subject (an account, a ticket), for the client address, and for
all. Subject and address of everybody else are other rows. The counters lie in the database, since several
processes must count alike; while it cannot be reached, each process counts for itself.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy import String, delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column

from .clock import now
from .db import Base, db, write_aside
from .errors import TooManyTries
from .logs import logger
from .sealing import hmac_hex

_MINUTE, _QUARTER, _HOUR = 60, 15 * 60, 60 * 60


@dataclass(frozen=True)
class Limit:
    """At most `tries` in each window of `seconds`; so nobody waits longer than `seconds`."""

    tries: int
    seconds: int


@dataclass(frozen=True)
class Rule:
    """The limits of one thing that can be tried, each kind on its own."""

    subject: tuple[Limit, ...] = ()
    address: tuple[Limit, ...] = ()
    everybody: tuple[Limit, ...] = ()


# Product settings. Addresses get much more than accounts: behind one address of a mobile network or an
# office sit many people. Everybody: what two processes can answer without keeping the others waiting.
RULES: dict[str, Rule] = {
    "sign_in": Rule(  # one guess costs 46 MiB and one hash; 1,920 guesses a day at most
        subject=(Limit(5, _MINUTE), Limit(20, _QUARTER)),
        address=(Limit(20, _MINUTE), Limit(150, _QUARTER)),
        everybody=(Limit(300, _MINUTE),),
    ),
    "first_password": Rule(
        subject=(Limit(10, _QUARTER),), address=(Limit(20, _QUARTER),), everybody=(Limit(60, _MINUTE),)
    ),
    "access_code": Rule(  # ten failures per ticket (AU7); the code has 80 random bits
        subject=(Limit(10, _QUARTER),), address=(Limit(60, _QUARTER),), everybody=(Limit(600, _MINUTE),)
    ),
    "draft": Rule(address=(Limit(300, _HOUR),), everybody=(Limit(600, _MINUTE),)),
    "submission": Rule(
        subject=(Limit(10, _HOUR),), address=(Limit(60, _HOUR),), everybody=(Limit(600, _MINUTE),)
    ),
    "search": Rule(address=(Limit(120, _MINUTE),), everybody=(Limit(3_000, _MINUTE),)),
}

_KEPT = timedelta(days=1)
_LOCAL_BUCKETS = 65_536  # bounds the memory while the database is away; collisions only delay


class ThrottleCounter(Base):
    """Tries in one window. The key is a keyed hash: no address and no name stands here."""

    __tablename__ = "throttle_counter"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]


@dataclass(frozen=True)
class _Window:
    key_hash: str
    start: datetime
    limit: Limit


@dataclass
class _LocalCounters:
    """Counts of this process alone, for the time without a database."""

    counts: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def check(name: str, subject: str = "", address: str = "") -> None:
    """Count one try of `name` and raise TooManyTries(retry_after_seconds) if it is one too many.

    Refused tries are not counted, so waiting helps. Call it before the command and before records are
    loaded: it ends the reading transaction. 1 statement, whatever the answer.
    """
    windows = _windows(name, subject, address)
    try:
        _release()
        with write_aside() as aside:
            _refuse(name, windows, _count(aside, windows))
    except SQLAlchemyError as failed:
        logger.warning("throttle counts locally", exc_info=failed)
        _refuse(name, windows, _count_locally(windows))


def forgive(name: str, subject: str = "", address: str = "") -> None:
    """After a success: take the try back and forget the subject's failures. 2 statements; sweeps old rows."""
    given = _windows(name, subject, address)
    own = {window.key_hash for window in given[: len(RULES[name].subject)]} if subject else set()
    old = ThrottleCounter.window_start < now() - _KEPT
    try:
        _release()
        with write_aside() as aside:
            aside.execute(delete(ThrottleCounter).where(or_(old, ThrottleCounter.key_hash.in_(own))))
        with write_aside() as aside:  # apart: both at once could wait for each other in two processes
            _count(aside, [window for window in given if window.key_hash not in own], by=-1)
    except SQLAlchemyError as failed:
        logger.warning("throttle not forgiven", exc_info=failed)


def _windows(name: str, subject: str, address: str) -> list[_Window]:
    rule = RULES[name]
    parts: list[tuple[str, str, tuple[Limit, ...]]] = [
        ("subject", subject, rule.subject if subject else ()),
        ("address", _network(address), rule.address if address else ()),
        ("everybody", "", rule.everybody),
    ]
    seconds = now().timestamp()
    return [
        _Window(
            hmac_hex(f"{name}\0{kind}\0{limit.seconds}\0{value}", purpose="throttle"),
            datetime.fromtimestamp(seconds - seconds % limit.seconds, UTC),
            limit,
        )
        for kind, value, limits in parts
        for limit in limits
    ]


def _network(address: str) -> str:
    """Return an IPv4 address as it is and of an IPv6 address the /64 that one customer holds."""
    try:
        given = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(given, ipaddress.IPv6Address):
        if given.ipv4_mapped:
            return str(given.ipv4_mapped)
        return str(ipaddress.ip_network((given, 64), strict=False))
    return str(given)


def _count(aside: Session, windows: Iterable[_Window], *, by: int = 1) -> dict[str, int]:
    """Add to all counters at once, in the order of their keys so that two processes cannot deadlock."""
    rows = [
        {"key_hash": window.key_hash, "window_start": window.start, "count": max(by, 0)}
        for window in sorted(windows, key=lambda window: window.key_hash)
    ]
    if not rows:
        return {}
    dialect: Any = sqlite if aside.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(ThrottleCounter).values(rows)
    counts = aside.execute(
        statement.on_conflict_do_update(
            index_elements=["key_hash", "window_start"], set_={"count": ThrottleCounter.count + by}
        ).returning(ThrottleCounter.key_hash, ThrottleCounter.count)
    )
    return {key_hash: count for key_hash, count in counts}  # noqa: C416 - mypy reads rows only so


def _count_locally(windows: Iterable[_Window]) -> dict[str, int]:
    local: _LocalCounters = current_app.extensions.setdefault("local_throttle", _LocalCounters())
    counts = {}
    with local.lock:
        for window in windows:
            bucket = int(window.key_hash, 16) % _LOCAL_BUCKETS
            start, before = local.counts.get(bucket, (window.start, 0))
            counts[window.key_hash] = before + 1 if start == window.start else 1
            local.counts[bucket] = (window.start, counts[window.key_hash])
    return counts


def _refuse(name: str, windows: Iterable[_Window], counts: dict[str, int]) -> None:
    over = [window for window in windows if counts.get(window.key_hash, 0) > window.limit.tries]
    if over:
        wait = max(window.start + timedelta(seconds=window.limit.seconds) - now() for window in over)
        logger.warning("throttled", code=name)
        raise TooManyTries(retry_after_seconds=max(1, ceil(wait.total_seconds())))


def _release() -> None:
    # On SQLite a second transaction of this thread would wait for the first one, in vain.
    if db.session().info.get("in_command"):
        raise RuntimeError("throttle.check belongs before the command")
    db.release()
