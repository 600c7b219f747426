"""The pages of audits that are measured: a result, offices compared, a board, a whole sheet in the field."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts import queries as people
from ombudsman_app.audits.commands.sheets import AnswerInput, open_sheet, save_answer
from ombudsman_app.audits.models import (
    Audit,
    AuditMember,
    AuditRound,
    AuditSheet,
    InstrumentVersion,
    SheetAnswer,
)
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.states import AuditState, RoundState, Seat, VersionState
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Office, OfficeKind, RepresentativeOffice

from .actors import cookie_of, email_of
from .audits import answer_of, fill_audits
from .dice import Dice
from .pages import Goal, Page, Prepared
from .serving import Request
from .stories import MARK

_AUDITS = 400  # fifty offices in eight rounds: a whole page of the comparison
_SEED, _QUALITY = 1, 80
_FIELD = "bench-field"


def audit_pages(app: Flask, office_code: str) -> list[Page]:
    """Invent what is missing: published audits and a sheet in the field. Raises LookupError."""
    with app.app_context():
        here = db.session.scalar(select(RepresentativeOffice).where(RepresentativeOffice.code == office_code))
        if here is None:
            raise LookupError(office_code)
        cookie = cookie_of(app, Role.AUDITOR, here)
        visitor = people.user_by_email(email_of(Role.AUDITOR, here))
        actor = people.actor_for(visitor.id) if visitor else None
        if actor is None:
            raise LookupError(office_code)
        office, round_, round_id = _published(here)
        sheet = _sheet(here.id, actor=actor)

    def always(address: str, who: str = "") -> Prepared:
        return lambda number: [Request(address, who)] * number

    return [
        Page("result", Goal(statements=11), always(f"/kantor/{office}/penilaian/{round_}")),
        Page("comparison", Goal(statements=7), always("/penilaian/perbandingan")),
        Page("board", Goal(statements=7), always(f"/staff/audits/rounds/{round_id}", cookie)),
        Page("field sheet", Goal(statements=11), always(f"/staff/audits/field/{sheet}", cookie)),
    ]


def _published(here: RepresentativeOffice) -> tuple[str, str, int]:
    """Return the slugs of an invented result, and its round."""
    found = (
        select(Office.slug, AuditRound.slug, AuditRound.id)
        .select_from(Audit)
        .join(Audit.office)
        .join(Audit.round)
        .where(
            Audit.representative_office_id == here.id,
            Audit.state == AuditState.PUBLISHED,
            AuditRound.title.startswith(MARK),
        )
        .order_by(Audit.id.desc())
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        for _number in fill_audits(_AUDITS, office=here.code, seed=_SEED):
            db.session.rollback()
        row = db.session.execute(found).one()
    db.session.rollback()
    return row[0], row[1], row[2]


@command
def _sheet(representative_id: int, *, actor: Actor) -> int:
    """Return the sheet of this auditor in the field, with an answer to every question."""
    mine = select(AuditSheet.id).where(AuditSheet.assessor_id == actor.user_id)
    if (known := db.session.scalar(mine)) is not None:
        return known
    audit = _in_field(representative_id, actor)
    sheet, dice = open_sheet(audit, actor=actor), Dice(_SEED, "field")
    by_id = definition_of(audit.instrument_version).by_id
    for place in db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id == sheet.id)).all():
        told = answer_of(by_id[place.indicator], dice, _QUALITY)
        value, numerator, denominator = (
            str(told[name]) if name in told else None for name in ("value", "numerator", "denominator")
        )
        given = AnswerInput(value, numerator, denominator)
        save_answer(place, given, version=None, key="", actor=actor)
    return sheet.id


def _in_field(representative_id: int, actor: Actor) -> Audit:
    version = db.session.scalars(
        select(InstrumentVersion).where(InstrumentVersion.state == VersionState.IN_USE)
    ).one()
    branch = select(Office.id).where(Office.kind == OfficeKind.BRANCH).order_by(Office.id).limit(1)
    day, made = today(actor.time_zone), {"made_by_id": actor.user_id, "made_at": now()}
    shared = {
        "representative_office_id": representative_id,
        "instrument_version_id": version.id,
        "scheme_id": version.scheme_id,
        **made,
    }
    round_ = AuditRound(
        slug=_FIELD,
        title=f"{MARK} {day.year}",
        period_from=day,
        period_until=day + timedelta(days=60),
        state=RoundState.RUNNING,
        is_demo=True,
        **shared,
    )
    db.session.add(round_)
    db.session.flush()
    audit = Audit(
        round_id=round_.id,
        office_id=db.session.scalars(branch).one(),
        office_kind=OfficeKind.BRANCH,
        state=AuditState.IN_FIELD,
        planned_from=day,
        planned_until=day,
        started_at=now(),
        **shared,
    )
    db.session.add(audit)
    db.session.flush()
    db.session.add(AuditMember(audit_id=audit.id, user_id=actor.user_id, seat=Seat.LEAD))
    db.session.flush()
    return audit
