"""How often something may be tried (AU4): delays, never locks, and never one person for another.

A try counts in windows of time: for its subject (an account, a ticket), for the client address, for both
together, and for all. Subject and address of everybody else are other rows. The counters lie in the
database, since several processes must count alike; while it cannot be reached, each process counts for
itself. The first refusal of each counter and window goes on the trail (LG2), further ones cannot flood it.
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

from . import limits
from .clock import now
from .columns import Kept, Level, about
from .db import Base, db, write_aside
from .errors import TooManyTries
from .logs import logger
from .policy import STRANGER
from .sealing import hmac_hex
from .trail.events import Event
from .trail.record import close_chain, record
from .walls import OPEN

_MINUTE, _QUARTER, _HOUR, _DAY = 60, 15 * 60, 60 * 60, 24 * 60 * 60


@dataclass(frozen=True)
class Limit:
    """At most `tries` in each window of `seconds`; so nobody waits longer than `seconds`.

    Of what is measured instead of counted, such as KiB, `tries` is the sum of the amounts.
    """

    tries: int
    seconds: int


@dataclass(frozen=True)
class Rule:
    """The limits of one thing that can be tried, each kind on its own."""

    pair: tuple[Limit, ...] = ()  # this subject tried from this address
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
    # A proof before a grave act costs the same; counted apart, so that a stolen session shuts nobody out.
    "proof": Rule(
        subject=(Limit(5, _MINUTE), Limit(20, _QUARTER)),
        address=(Limit(20, _MINUTE), Limit(150, _QUARTER)),
        everybody=(Limit(300, _MINUTE),),
    ),
    "first_password": Rule(
        subject=(Limit(10, _QUARTER),), address=(Limit(20, _QUARTER),), everybody=(Limit(60, _MINUTE),)
    ),
    # One mail a try: a mailbox of somebody else must not be filled (AU4).
    "forgotten_password": Rule(
        subject=(Limit(3, _QUARTER), Limit(6, _DAY)),
        address=(Limit(10, _QUARTER), Limit(60, _DAY)),
        everybody=(Limit(60, _MINUTE),),
    ),
    # Ten failures per ticket (AU7) delay the one who fails and nobody else: who knows a ticket must not be
    # able to shut its owner out. All together get more; the code has 80 random bits.
    "access_code": Rule(
        pair=(Limit(10, _QUARTER),),
        subject=(Limit(200, _HOUR),),
        address=(Limit(60, _QUARTER),),
        everybody=(Limit(600, _MINUTE),),
    ),
    # Messages of one complaint: more than anybody writes in an hour, less than a flood.
    "message": Rule(
        subject=(Limit(30, _HOUR),), address=(Limit(120, _HOUR),), everybody=(Limit(600, _MINUTE),)
    ),
    # Calendar programs fetch a few times a day; those of one provider come from few addresses.
    "calendar": Rule(
        subject=(Limit(60, _HOUR),), address=(Limit(1200, _HOUR),), everybody=(Limit(1200, _MINUTE),)
    ),
    # Files of one folder, and of one address: more than anybody photographs, less than a flood (FI3).
    "upload": Rule(
        subject=(Limit(200, _HOUR),),
        address=(Limit(300, _HOUR), Limit(900, _DAY)),
        everybody=(Limit(1200, _MINUTE),),
    ),
    # KiB that begin to arrive in a day (FI3): a folder holds less at once, but files can be removed again.
    "upload_kib": Rule(
        subject=(Limit(limits.PUBLIC_DAY_BYTES >> 10, _DAY),),
        address=(Limit(limits.ADDRESS_DAY_BYTES >> 10, _DAY),),
    ),
    "staff_upload_kib": Rule(subject=(Limit(limits.STAFF_DAY_BYTES >> 10, _DAY),)),
    # Receipts: one is made for each record, again only where making it failed.
    "receipt": Rule(
        subject=(Limit(5, _HOUR),), address=(Limit(60, _HOUR),), everybody=(Limit(300, _MINUTE),)
    ),
    # A link has 256 random bits; a scanner of mail and a person with a slow line open it some times.
    "answer_link": Rule(
        pair=(Limit(120, _HOUR),),
        subject=(Limit(1200, _HOUR),),
        address=(Limit(240, _HOUR),),
        everybody=(Limit(600, _MINUTE),),
    ),
    # Its code has 40 random bits, and holds for some days.
    "answer_link_code": Rule(subject=(Limit(10, _HOUR),), address=(Limit(30, _HOUR),)),
    # A code has 130 random bits: nobody finds one by trying. What is limited is our work.
    "verification": Rule(address=(Limit(120, _QUARTER),), everybody=(Limit(1200, _MINUTE),)),
    # A room of people signs in behind one address within minutes; a code has 80 random bits.
    "meeting_sign_in": Rule(
        subject=(Limit(600, _QUARTER),), address=(Limit(300, _QUARTER),), everybody=(Limit(600, _MINUTE),)
    ),
    # Each sheet is drawn once for all while the figures stay; what is limited are seconds of the renderer.
    "coverage_sheet": Rule(
        subject=(Limit(5, _HOUR),),
        address=(Limit(20, _HOUR), Limit(60, _DAY)),
        everybody=(Limit(12, _MINUTE), Limit(240, _HOUR)),
    ),
    "register": Rule(address=(Limit(20, _HOUR),), everybody=(Limit(60, _MINUTE),)),
    "draft": Rule(address=(Limit(300, _HOUR),), everybody=(Limit(600, _MINUTE),)),
}

_KEPT = timedelta(days=1)
_LOCAL_BUCKETS = 65_536  # bounds the memory while the database is away; collisions only delay


class ThrottleCounter(Base):
    """Tries in one window. The key is a keyed hash: no address and no name stands here."""

    __tablename__ = "throttle_counter"
    __table_args__ = about(Level.SECRET, Kept.A_DAY, portal=OPEN)

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    count: Mapped[int]


@dataclass(frozen=True)
class _Window:
    kind: str
    key_hash: str
    start: datetime
    limit: Limit


@dataclass
class _LocalCounters:
    """Counts of this process alone, for the time without a database."""

    counts: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


def check(name: str, subject: str = "", address: str = "", *, amount: int = 1) -> None:
    """Count one try of `name`, or its amount, and raise TooManyTries(retry_after_seconds) if it is too much.

    Refused tries are not counted, so waiting helps. Call it before the command and before records are
    loaded: it ends the reading transaction. 1 statement, 1 more if refused, 5 for the first refusal.
    """
    windows = _windows(name, subject, address)
    over: list[_Window] = []
    try:
        _release()
        with write_aside() as aside:
            over = _over(windows, _count(aside, windows, by=amount))
            _refuse(name, over)
    except TooManyTries:
        _put_on_trail(name, over)
        raise
    except SQLAlchemyError as failed:
        logger.warning("throttle counts locally", exc_info=failed)
        _refuse(name, _over(windows, _count_locally(windows, amount)))


def give_back(name: str, subject: str = "", address: str = "", *, amount: int = 1) -> None:
    """Take back what was counted for something that was then not done. 1 statement."""
    try:
        _release()
        with write_aside() as aside:
            _count(aside, _windows(name, subject, address), by=-amount)
    except SQLAlchemyError as failed:
        logger.warning("throttle not given back", exc_info=failed)


def forgive(name: str, subject: str = "", address: str = "") -> None:
    """After a success: take the try back and forget the failures of who succeeded. 2 statements; sweeps.

    Where a rule counts pairs, the failures of others with the same subject stay counted.
    """
    given = _windows(name, subject, address)
    first = "pair" if RULES[name].pair else "subject"
    own = {window.key_hash for window in given if window.kind == first}
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
        ("pair", f"{subject}\0{_network(address)}", rule.pair if subject else ()),
        ("subject", subject, rule.subject if subject else ()),
        ("address", _network(address), rule.address if address else ()),
        ("everybody", "", rule.everybody),
    ]
    seconds = now().timestamp()
    return [
        _Window(
            kind,
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
    statement = _dialect_of(aside).insert(ThrottleCounter).values(rows)
    counts = aside.execute(
        statement.on_conflict_do_update(
            index_elements=["key_hash", "window_start"], set_={"count": ThrottleCounter.count + by}
        ).returning(ThrottleCounter.key_hash, ThrottleCounter.count)
    )
    return {key_hash: count for key_hash, count in counts}  # noqa: C416 - mypy reads rows only so


def _count_locally(windows: Iterable[_Window], amount: int) -> dict[str, int]:
    local: _LocalCounters = current_app.extensions.setdefault("local_throttle", _LocalCounters())
    counts = {}
    with local.lock:
        for window in windows:
            bucket = int(window.key_hash, 16) % _LOCAL_BUCKETS
            start, before = local.counts.get(bucket, (window.start, 0))
            counts[window.key_hash] = before + amount if start == window.start else amount
            local.counts[bucket] = (window.start, counts[window.key_hash])
    return counts


def _over(windows: Iterable[_Window], counts: dict[str, int]) -> list[_Window]:
    return [window for window in windows if counts.get(window.key_hash, 0) > window.limit.tries]


def _refuse(name: str, over: list[_Window]) -> None:
    if over:
        wait = max(window.start + timedelta(seconds=window.limit.seconds) - now() for window in over)
        logger.warning("throttled", code=name)
        raise TooManyTries(retry_after_seconds=max(1, ceil(wait.total_seconds())))


def _put_on_trail(name: str, over: list[_Window]) -> None:
    """Record each counter that is over for the first time in its window; the key names nobody."""
    try:
        with write_aside() as aside:
            for window in _not_yet_told(aside, over):
                found = {"rule": name, "kind": window.kind, "key": window.key_hash}
                record(Event.CORE_THROTTLED, "throttle", None, actor=STRANGER, changes=found, session=aside)
            close_chain(aside)
    except SQLAlchemyError as failed:
        logger.warning("throttle not on the trail", exc_info=failed)


def _not_yet_told(aside: Session, over: list[_Window]) -> list[_Window]:
    markers = {hmac_hex(f"told\0{window.key_hash}", purpose="throttle"): window for window in over}
    rows = [
        {"key_hash": key_hash, "window_start": markers[key_hash].start, "count": 0}
        for key_hash in sorted(markers)
    ]
    insert = _dialect_of(aside).insert(ThrottleCounter).values(rows).on_conflict_do_nothing()
    return [markers[key_hash] for key_hash in aside.scalars(insert.returning(ThrottleCounter.key_hash))]


def _dialect_of(session: Session) -> Any:
    return sqlite if session.get_bind().dialect.name == "sqlite" else postgresql


def _release() -> None:
    # On SQLite a second transaction of this thread would wait for the first one, in vain.
    if db.session().info.get("in_command"):
        raise RuntimeError("throttle.check belongs before the command")
    db.release()
