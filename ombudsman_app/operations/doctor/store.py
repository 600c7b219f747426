"""The database, what stands in it, and the files that it names. Reads alone, in an application context."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text

from ombudsman_app.attachments.commands import opened_bytes
from ombudsman_app.attachments.commands.removing import living_names
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.attachments.store import store
from ombudsman_app.complaints.states.file import SETTINGS
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import RuleBroken
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.migrating import alembic_config
from ombudsman_app.core.sealing import SealBroken
from ombudsman_app.core.trail import heads, record
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.walls import PORTAL_ROLE
from ombudsman_app.core.workflow.holiday_calendar import HolidayKind
from ombudsman_app.core.workflow.models import Holiday
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.models import Document
from ombudsman_app.operations.backup.database import revision_of
from ombudsman_app.operations.backup.errors import PlaceRefused
from ombudsman_app.operations.backup.files import named_files

from .findings import Check, Finding, bad, ok, warn

_ZONE = "Asia/Jakarta"  # of the head office, whose year counts
_OCTOBER = 10  # by then the days off of the next year are decided
_SKEW_WARN, _SKEW_BAD = timedelta(seconds=2), timedelta(seconds=30)
_NOBODY_WORKS = timedelta(minutes=5)
_ORPHAN_AFTER = timedelta(days=2)  # they are removed after one
_SAMPLE = 20
_OLD_HEAD = timedelta(hours=3)


def database(settings: Settings) -> Iterator[Finding]:
    """It answers, is set up as we need it, and has the tables of this release."""
    if db.engine.dialect.name == "sqlite":
        yield from _sqlite()
    else:
        yield from _postgresql(settings)
    config = alembic_config(settings)
    config.attributes["engine"].dispose()
    newest = ScriptDirectory.from_config(config).get_current_head()
    try:
        found = revision_of(db.session.connection())
    except PlaceRefused as refused:
        yield bad("database", str(refused), "ombudsman db upgrade")
        return
    if found == newest:
        yield ok("database", f"the tables are those of this release ({found})")
    else:
        yield bad("database", f"the tables are at {found}, not at {newest}", "ombudsman db upgrade")


def _sqlite() -> Iterator[Finding]:
    checked = db.session.scalar(text("PRAGMA quick_check(1)"))
    if checked == "ok":
        yield ok("database", "SQLite answers and is sound")
    else:
        yield bad(
            "database", f"SQLite is damaged: {str(checked)[:200]}", "stop the service; restore a backup"
        )
    if db.session.execute(text("PRAGMA foreign_key_check")).first():
        yield bad("database", "a row refers to one that is not there", "compare with a backup")


def _postgresql(settings: Settings) -> Iterator[Finding]:
    version = db.session.scalar(text("SHOW server_version"))
    yield ok("database", f"PostgreSQL {version} answers")
    encoding = db.session.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        yield bad("database", f"its encoding is {encoding}", "make it anew with --encoding UTF8")
    most = int(db.session.scalar(text("SHOW max_connections")) or 0)
    wanted = settings.web_processes * settings.pool_size
    if wanted >= most:
        yield bad("database", f"{wanted} connections may be opened, {most} are allowed", "lower POOL_SIZE")
    yield from _walls(settings)


def _walls(settings: Settings) -> Iterator[Finding]:
    """The portal stands behind the second wall, and who serves the pages owns no table (AZ12)."""
    is_up = db.session.scalar(
        text("SELECT count(*) > 0 FROM pg_policies WHERE policyname = 'kawal_portal'")
    ) and db.session.scalar(
        text("SELECT count(*) > 0 FROM pg_roles WHERE rolname = :role AND pg_has_role(oid, 'MEMBER')"),
        {"role": PORTAL_ROLE},
    )
    if is_up:
        yield ok("walls", "PostgreSQL shows the portal the rows of its own offices alone")
    else:
        yield bad("walls", "the rules of the portal are not there: it can be opened by nobody", "db upgrade")
    owns = db.session.scalar(
        text(
            "SELECT (SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
            " AND pg_has_role(tableowner, 'USAGE')) > 0"
            " OR (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
    )
    if not owns:
        yield ok("walls", "who serves the pages can change rows and no table")
    elif settings.is_production:
        yield warn(
            "walls",
            "who serves the pages also owns the tables, the audit trail among them",
            "part the two roles: deploy/README.md",
        )


def clocks(_settings: Settings) -> Iterator[Finding]:
    """This machine and the database agree on the time, and nothing was written in the future."""
    if db.engine.dialect.name == "postgresql":
        there: datetime = db.session.scalars(select(func.clock_timestamp())).one()
        skew = abs(now() - there)
        said = f"{skew.total_seconds():.1f} s between this machine and the database"
        if skew > _SKEW_BAD:
            yield bad("clock", said, "timedatectl: is it synchronised? codes of the second factor go by it")
        elif skew > _SKEW_WARN:
            yield warn("clock", said, "timedatectl: is it synchronised?")
        else:
            yield ok("clock", said)
    last = db.session.scalar(select(func.max(TrailEntry.at)))
    if last is not None and last > now() + _SKEW_BAD:
        yield bad(
            "clock", f"the trail has an entry of {last:%Y-%m-%d %H:%M}, which is to come", "timedatectl"
        )
    elif db.engine.dialect.name == "sqlite":
        yield ok("clock", "nothing was written in the future")


def trail(settings: Settings) -> Iterator[Finding]:
    """The chain is whole, and continues the heads that were copied out."""
    entries, broken = record.verify()
    broken = broken or heads.contradicted(settings.data_dir / heads.LOG)
    if broken:
        yield bad("trail", f"broken after {entries} entries: {broken}", "leave all as it is; tell your head")
        return
    yield ok("trail", f"whole: {entries} entries")
    copied = heads.heads_in(settings.data_dir / heads.LOG)
    later = select(func.min(TrailEntry.at)).where(TrailEntry.seq > max(copied, default=0))
    waiting = db.session.scalar(later)
    if waiting is not None and now() - waiting > _OLD_HEAD:
        yield warn("trail", "its head was not copied out for hours", "does the runner, or the relay, run?")


def jobs(_settings: Settings) -> Iterator[Finding]:
    """Somebody works, and nothing was given up."""
    failed = db.session.scalar(select(func.count()).where(Job.state == JobState.FAILED)) or 0
    oldest = db.session.scalar(select(func.min(Job.run_after)).where(Job.state == JobState.WAITING))
    lost = db.session.scalar(
        select(func.count()).where(Job.state == JobState.RUNNING, Job.lease_until < now() - _NOBODY_WORKS)
    )
    if (oldest is not None and now() - oldest > _NOBODY_WORKS) or lost:
        yield bad(
            "jobs",
            "work has been due for minutes and nobody takes it",
            "start runner, or worker and relay",
        )
    if failed:
        yield warn("jobs", f"{failed} failed", "look at /staff/operations/jobs")
    if not failed and not lost and (oldest is None or now() - oldest <= _NOBODY_WORKS):
        yield ok("jobs", "none failed, none is late")


def days_off(_settings: Settings) -> Iterator[Finding]:
    """Without the days off of a year, its deadlines are counted as if there were none."""
    kinds = (HolidayKind.NATIONAL, HolidayKind.JOINT_LEAVE)
    rows = db.session.execute(select(Holiday.day, Holiday.kind).where(Holiday.kind.in_(kinds))).all()
    known = {(row.day.year, row.kind) for row in rows}
    day = today(_ZONE)
    for kind in kinds:
        word = kind.value.replace("_", " ")
        if (day.year, kind) not in known:
            yield bad("days off", f"{word} of {day.year} is not known", "ombudsman holidays import")
        elif (day.year + 1, kind) not in known and day.month >= _OCTOBER:
            yield warn("days off", f"{word} of {day.year + 1} is not known", "ombudsman holidays import")
        else:
            last = max(year for year, of in known if of == kind)
            yield ok("days off", f"{word} is known to {last}")


def files(settings: Settings) -> Iterator[Finding]:
    """Every file that a row names is there; a sample of them opens and is what it was."""
    kept, number, missing = store(), 0, list[str]()
    for name in named_files(db.session.connection()):
        number += 1
        if not (settings.data_dir / name).is_file():
            missing.append(name)
    if missing:
        yield bad(
            "files",
            f"{len(missing)} of {number} are missing, such as {missing[0]}",
            "restore from a backup",
        )
    else:
        yield ok("files", f"all {number} are there")
    limit = (now() - _ORPHAN_AFTER).timestamp()
    living = living_names()
    orphans = sum(1 for name, written in kept.names() if name[:32] not in living and written < limit)
    if orphans:
        yield warn("files", f"{orphans} belong to no row for days", "does the job that tidies up run?")
    yield from _sample()
    yield from _sample_of_papers()


def _sample_of_papers() -> Iterator[Finding]:
    """Open the newest papers."""
    stored = select(Document).where(Document.stored_name.is_not(None), Document.wrapped_key.is_not(None))
    newest = db.session.scalars(stored.order_by(Document.id.desc()).limit(_SAMPLE)).all()
    broken = [found.uuid.hex for found in newest if bytes_of(found) is None]
    if broken:
        yield bad("files", f"{len(broken)} papers were changed, such as {broken[0]}", "restore from a backup")
    elif newest:
        yield ok("files", f"{len(newest)} papers were opened and are what was signed")


def _sample() -> Iterator[Finding]:
    """Open the newest and some others, as far apart as they lie."""
    rows = select(Attachment).where(Attachment.wrapped_key.is_not(None))
    newest = db.session.scalars(rows.order_by(Attachment.id.desc()).limit(_SAMPLE // 2)).all()
    count = db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    step = max(1, count // (_SAMPLE // 2))
    spread = db.session.scalars(rows.where(Attachment.id % step == 0).limit(_SAMPLE // 2)).all()
    broken = [found.uuid.hex for found in {*newest, *spread} if _is_broken(found)]
    if broken:
        yield bad(
            "files",
            f"{len(broken)} were changed, such as {broken[0]}",
            "restore from a backup",
        )
    elif newest:
        yield ok("files", f"{len({*newest, *spread})} were opened and are what they were")


def _is_broken(found: Attachment) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in opened_bytes(found, "0"):
            digest.update(piece)
    except (SealBroken, RuleBroken, OSError):
        return store().exists(f"{found.uuid.hex}0")  # a missing one was told already
    return digest.hexdigest() != found.sha256


def unverified(_settings: Settings) -> Iterator[Finding]:
    """Settings about the law that nobody has confirmed yet."""
    open_ones = [one.id for one in SETTINGS.regime_effective_dates if one.verified == "unverified"]
    if open_ones:
        yield warn("rules", f"not confirmed: first day of {', '.join(open_ones)}", "ask your legal bureau")
    else:
        yield ok("rules", "every setting about the law is confirmed")


CHECKS: tuple[Check, ...] = (database, clocks, trail, jobs, days_off, files, unverified)
