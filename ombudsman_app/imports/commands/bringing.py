"""A list comes in: its bytes are sealed, its reading is asked for."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from sqlalchemy import select

from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.sealing import new_record_key
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.imports.keeping import key_place, put_file
from ombudsman_app.imports.kinds import ImportKind
from ombudsman_app.imports.models import ImportRun, ImportSource
from ombudsman_app.imports.policies import BRING
from ombudsman_app.web.downloads import plain_name

READ = "imports.read"  # the job
SUBJECT = "import_run"


@dataclass(frozen=True)
class ListInput:
    """A list somebody brings: who gave it and for which day it holds."""

    file_name: str
    content: bytes
    source: str
    source_kind: str
    as_of: date
    office_id: int
    form_key: str = ""


def bring_list(kind: ImportKind, given: ListInput, *, actor: Actor) -> ImportRun:
    """Take a file in. The same form again gives the same import. Raises NotAllowed.

    The bytes lie sealed before any row names them (FI7); what no row names is swept up.
    """
    file = uuid4()
    key, wrapped = new_record_key(place=key_place(file.hex))
    size, sha256 = put_file(file.hex, given.content, key)
    made = ImportRun(
        representative_office_id=given.office_id,
        kind=kind.id,
        as_of=given.as_of,
        file=file,
        file_name=plain_name(given.file_name)[:120],
        size_bytes=size,
        sha256=sha256,
        wrapped_key=wrapped,
        made_by_id=actor.user_id,
        made_at=now(),
    )
    return _write_down(kind, made, given, actor=actor)


@command
def _write_down(kind: ImportKind, made: ImportRun, given: ListInput, *, actor: Actor) -> ImportRun:
    demand(BRING, actor, None)
    if given.office_id not in actor.offices_as(*kind.roles):
        raise NotAllowed(policy=BRING.name)
    body = f"{given.source}\0{made.sha256}"
    if not is_first_sending(given.form_key, f"imports.bring {actor.user_id}", body):
        return _last_of(made, actor)
    made.source_id = _source(kind, given).id
    db.session.add(made)
    db.session.flush()
    made.job_uuid = enqueue(READ, actor=actor, arguments={"run": made.id})
    changes = {"kind": kind.id, "sha256": made.sha256, "bytes": made.size_bytes}
    record(Event.IMPORTS_BROUGHT, SUBJECT, made.id, actor=actor, changes=changes)
    return made


def _last_of(made: ImportRun, actor: Actor) -> ImportRun:
    return db.session.scalars(
        select(ImportRun)
        .where(ImportRun.sha256 == made.sha256, ImportRun.made_by_id == actor.user_id)
        .order_by(ImportRun.id.desc())
        .limit(1)
    ).one()


def _source(kind: ImportKind, given: ListInput) -> ImportSource:
    found = db.session.scalar(
        select(ImportSource).where(
            ImportSource.representative_office_id == given.office_id,
            ImportSource.kind == kind.id,
            ImportSource.name == given.source,
        )
    )
    if found is None:
        found = ImportSource(
            representative_office_id=given.office_id, kind=kind.id, name=given.source, mapping={}
        )
        db.session.add(found)
    found.source_kind, found.used_at = given.source_kind, now()
    db.session.flush()
    return found
