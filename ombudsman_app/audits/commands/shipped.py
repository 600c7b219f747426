"""What the house knows from the start: the schemes of the rules and the instrument `bpjstk_branch_v1`."""

from sqlalchemy import select

from ombudsman_app.audits.models import AuditScheme, Instrument, InstrumentVersion
from ombudsman_app.audits.scoring.definition import Definition, as_mapping, bpjstk_branch_v1, digest
from ombudsman_app.audits.scoring.scheme import Scheme, scheme_mapping, schemes
from ombudsman_app.audits.states import VersionState
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE, STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record


@command
def load_shipped() -> str:
    """Store what is missing of the shipped schemes and instruments; what is there stays. Runs twice."""
    held = {one.key: one for one in db.session.scalars(select(AuditScheme))}
    added = [_add_scheme(one) for one in schemes() if one.id not in held]
    held |= {one.key: one for one in added}
    definition = bpjstk_branch_v1()
    known = select(Instrument.id).where(Instrument.key == definition.id)
    is_new = db.session.scalar(known) is None
    if is_new:
        _add_instrument(definition, held[definition.scheme])
    return f"Audits: {len(added)} schemes, {int(is_new)} instruments added."


def _add_scheme(one: Scheme) -> AuditScheme:
    row = AuditScheme(
        key=one.id,
        title=one.title_id,
        year_from=one.first_year,
        year_until=one.last_year,
        content=scheme_mapping(one),
        is_shipped=True,
        made_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    record(Event.AUDITS_SCHEME_ADDED, "audit_scheme", row.id, actor=STRANGER, changes={"key": one.id})
    return row


def _add_instrument(definition: Definition, scheme: AuditScheme) -> None:
    instrument = Instrument(key=definition.id, title_id=definition.title_id, title_en=definition.title_en)
    db.session.add(instrument)
    db.session.flush()
    version = InstrumentVersion(
        instrument_id=instrument.id,
        number=definition.version,
        state=VersionState.IN_USE,
        scheme_id=scheme.id,
        content=as_mapping(definition),
        digest=digest(definition),
        made_at=now(),
        in_use_from=today(HEAD_OFFICE_ZONE),
    )
    db.session.add(version)
    db.session.flush()
    record(
        Event.AUDITS_INSTRUMENT_MADE,
        "audit_instrument_version",
        version.id,
        actor=STRANGER,
        changes={"number": version.number, "digest": version.digest},
    )
