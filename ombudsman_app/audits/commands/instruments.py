"""Writing an instrument: begun, changed part by part, put in use by another person, retired."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.errors import InstrumentFrozen, InstrumentRefused, OwnAudit
from ombudsman_app.audits.instrument_draft import (
    Content,
    copied,
    dimensions_of,
    draft_digest,
    empty_content,
    next_number,
    read_draft,
    with_head,
)
from ombudsman_app.audits.models import AuditScheme, Instrument, InstrumentVersion
from ombudsman_app.audits.policies import PUT_IN_USE, WRITE_INSTRUMENT
from ombudsman_app.audits.scoring.definition import as_mapping
from ombudsman_app.audits.states import VERSION, VersionState
from ombudsman_app.core import limits
from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.once import is_first_sending
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

SUBJECT = "audit_instrument_version"
Change = Callable[[Content], dict[str, Any]]


@dataclass(frozen=True)
class InstrumentInput:
    """What a new instrument is called, and by which scheme it is read."""

    key: str
    title_id: str
    title_en: str
    number: str
    scheme_id: int


@command
def make_instrument(given: InstrumentInput, *, actor: Actor) -> InstrumentVersion:
    """Begin an instrument without questions. Raises InstrumentRefused (why: key_taken)."""
    demand(WRITE_INSTRUMENT, actor, None)
    if _instrument(given.key):
        raise InstrumentRefused(why="key_taken", problems=[])
    scheme = db.session.get_one(AuditScheme, given.scheme_id)
    content = empty_content(
        given.key,
        title_id=given.title_id,
        title_en=given.title_en,
        number=given.number,
        scheme=scheme.key,
    )
    instrument = _new_instrument(content)
    return _new_version(instrument, scheme, content, None, actor=actor)


@command
def copy_version(source: InstrumentVersion, *, form_key: str = "", actor: Actor) -> InstrumentVersion | None:
    """Begin the next version: every question keeps its identity. None where this form made one before."""
    demand(WRITE_INSTRUMENT, actor, source)
    if not is_first_sending(form_key, f"instrument-copy {source.id} {actor.user_id}", ""):
        return None
    held = locked(InstrumentVersion, source.id, InstrumentVersion.instrument, InstrumentVersion.scheme)
    number = next_number(_numbers(held.instrument), held.number)
    return _new_version(held.instrument, held.scheme, copied(held.content, number), held.id, actor=actor)


@command
def take_in_version(content: Content, *, form_key: str = "", actor: Actor) -> InstrumentVersion | None:
    """Make a draft of an instrument that came as a file; None where this form made one before.

    `content` is sound. Its id says whose version it is; a number that is taken gives way to the next one.
    Raises InstrumentRefused (why: scheme_unknown).
    """
    demand(WRITE_INSTRUMENT, actor, None)
    if not is_first_sending(form_key, f"instrument-import {actor.user_id}", draft_digest(content)):
        return None
    scheme = db.session.scalar(select(AuditScheme).where(AuditScheme.key == content["scheme"]))
    if scheme is None:
        raise InstrumentRefused(why="scheme_unknown", scheme=content["scheme"], problems=[])
    instrument = _instrument(content["id"])
    before = None
    if instrument is None:
        instrument = _new_instrument(content)
    else:
        before = db.session.scalar(
            select(InstrumentVersion.id).where(
                InstrumentVersion.instrument_id == instrument.id,
                InstrumentVersion.number == content["version"],
            )
        )
    number = next_number(_numbers(instrument), content["version"])
    return _new_version(instrument, scheme, copied(content, number), before, actor=actor)


@command
def change_draft(found: InstrumentVersion, change: Change, *, version: int, actor: Actor, act: str) -> None:
    """Write one part of a draft anew; whoever does is an author of it from then on.

    Raises RecordChanged, InstrumentFrozen once it was in use, InstrumentRefused (why: too_large).
    """
    held = _locked_draft(found, version)
    demand(WRITE_INSTRUMENT, actor, held)
    _write(held, change(held.content), act, actor=actor)


@command
def change_head(
    found: InstrumentVersion, head: Content, scheme: AuditScheme, *, version: int, actor: Actor
) -> None:
    """Write the head of a draft anew: number, titles, scheme, words of the scale.

    Raises as `change_draft`, and InstrumentRefused (why: number_taken).
    """
    held = _locked_draft(found, version)
    demand(WRITE_INSTRUMENT, actor, held)
    if head["version"] != held.number and head["version"] in _numbers(held.instrument):
        raise InstrumentRefused(why="number_taken", problems=[])
    held.number, held.scheme_id = head["version"], scheme.id
    named = {**head, "id": held.instrument.key, "scheme": scheme.key}
    _write(held, with_head(held.content, named), "head", actor=actor)


@command
def put_in_use(found: InstrumentVersion, *, version: int, actor: Actor) -> None:
    """Let rounds be made with it, and retire the one in use; rounds that run keep theirs.

    Raises OwnAudit for whoever wrote in it (AZ10), InstrumentRefused with every problem, RecordChanged,
    MoveNotAllowed.
    """
    held = _locked(found, version)
    demand(PUT_IN_USE, actor, held)
    after = VERSION.after(held.state, "put_in_use")
    if held.is_written_by(actor.user_id):
        raise OwnAudit(why="instrument")
    definition, problems = read_draft(held.content)
    if definition is None:
        raise InstrumentRefused(why="problems", problems=problems)
    for other in _in_use(held):
        _move(other, "retire", actor=actor)
    db.session.flush()
    _store(held, as_mapping(definition))
    held.instrument.title_id, held.instrument.title_en = definition.title_id, definition.title_en
    held.state, held.in_use_by_id, held.in_use_from = after, actor.user_id, today(actor.time_zone)
    _note_move(held, "put_in_use", actor=actor)


@command
def retire_version(found: InstrumentVersion, *, version: int, actor: Actor) -> None:
    """Let no new round be made with it. Raises RecordChanged, MoveNotAllowed."""
    held = _locked(found, version)
    demand(PUT_IN_USE, actor, held)
    _move(held, "retire", actor=actor)


def _move(held: InstrumentVersion, event: str, *, actor: Actor) -> None:
    held.state, held.retired_on = VERSION.after(held.state, event), today(actor.time_zone)
    _note_move(held, event, actor=actor)


def _note_move(held: InstrumentVersion, event: str, *, actor: Actor) -> None:
    touch(held)
    stated = {"move": event, "number": held.number, "digest": held.digest}
    record(Event.AUDITS_INSTRUMENT_MOVED, SUBJECT, held.id, actor=actor, changes=stated)


def _locked(found: InstrumentVersion, version: int | None) -> InstrumentVersion:
    return locked(InstrumentVersion, found.id, InstrumentVersion.instrument, version=version)


def _locked_draft(found: InstrumentVersion, version: int) -> InstrumentVersion:
    """Return the draft, locked. Frozen is said first: no other version would help."""
    held = _locked(found, None)
    if held.state is not VersionState.DRAFT:
        raise InstrumentFrozen(number=held.number)
    return _locked(found, version)


def _in_use(held: InstrumentVersion) -> list[InstrumentVersion]:
    return list(
        db.session.scalars(
            select(InstrumentVersion)
            .where(
                InstrumentVersion.instrument_id == held.instrument_id,
                InstrumentVersion.state == VersionState.IN_USE,
            )
            .with_for_update()
        )
    )


def _store(held: InstrumentVersion, content: dict[str, Any]) -> None:
    if len(json.dumps(content, ensure_ascii=False).encode()) > limits.INSTRUMENT_BYTES:
        raise InstrumentRefused(why="too_large", problems=[])
    held.content, held.digest = content, draft_digest(content)
    touch(held)


def _write(held: InstrumentVersion, content: dict[str, Any], act: str, *, actor: Actor) -> None:
    _store(held, content)
    _note_author(held, actor)
    stated = {"act": act, "digest": held.digest}
    record(Event.AUDITS_INSTRUMENT_CHANGED, SUBJECT, held.id, actor=actor, changes=stated)


def _note_author(held: InstrumentVersion, actor: Actor) -> None:
    if actor.user_id is not None and not held.is_written_by(actor.user_id):
        held.co_authors = [*held.co_authors, actor.user_id]


def _instrument(key: str) -> Instrument | None:
    return db.session.scalar(select(Instrument).where(Instrument.key == key))


def _numbers(instrument: Instrument) -> list[str]:
    """Return the numbers that are taken."""
    taken = select(InstrumentVersion.number).where(InstrumentVersion.instrument_id == instrument.id)
    return list(db.session.scalars(taken))


def _new_instrument(content: Content) -> Instrument:
    made = Instrument(key=content["id"], title_id=content["title_id"], title_en=content["title_en"])
    db.session.add(made)
    db.session.flush()
    return made


def _new_version(
    instrument: Instrument, scheme: AuditScheme, content: Content, based_on_id: int | None, *, actor: Actor
) -> InstrumentVersion:
    made = InstrumentVersion(
        instrument_id=instrument.id,
        number=content["version"],
        state=VersionState.DRAFT,
        scheme_id=scheme.id,
        content=dict(content),
        digest=draft_digest(content),
        based_on_id=based_on_id,
        made_by_id=actor.user_id,
        co_authors=[],
        made_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    stated = {"instrument": instrument.key, "number": made.number, "digest": made.digest}
    record(
        Event.AUDITS_INSTRUMENT_MADE,
        SUBJECT,
        made.id,
        actor=actor,
        changes={**stated, "dimensions": len(dimensions_of(content)), "based_on": based_on_id},
    )
    return made
