"""A sheet and its parts, for who may see it: the sheet of another assessor not before both are in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import QueryableAttribute, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from ombudsman_app.attachments.queries import FileLine, files_of
from ombudsman_app.audits.models import (
    Audit,
    AuditMember,
    AuditSheet,
    SheetAnswer,
    SheetEvidence,
    SheetSample,
)
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.scoring.answers import Answer
from ombudsman_app.audits.scoring.definition import Definition
from ombudsman_app.audits.scoring.score import irrelevant_of
from ombudsman_app.audits.states import Seat, SheetKind
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .definitions import definition_of


def visible_sheet(actor: Actor, sheet_id: int) -> AuditSheet | None:
    """Return a sheet that this person sees, with its audit, office, round, team, instrument. 1 statement."""
    found = scope(actor).sheets().where(AuditSheet.id == sheet_id).options(*_whole())
    return db.session.scalars(found).unique().one_or_none()


def sheet_to_submit(actor: Actor, audit: Audit) -> AuditSheet | None:
    """Return the sheet that decides the score: the agreed one, or that of the team. 1 statement."""
    kind = SheetKind.AGREED if audit.round.is_blind else SheetKind.ASSESSOR
    lead = next((one.user_id for one in audit.members if one.seat is Seat.LEAD), None)
    found = scope(actor).sheets().where(AuditSheet.audit_id == audit.id, AuditSheet.kind == kind)
    if kind is SheetKind.ASSESSOR:
        found = found.where(AuditSheet.assessor_id == lead)
    return db.session.scalars(found.options(*_whole())).unique().one_or_none()


def visible_place(actor: Actor, sheet_id: int, indicator: str) -> SheetAnswer | None:
    """Return the place of an answer on a sheet that this person sees, with the same. 1 statement."""
    here = SheetAnswer.sheet_id == sheet_id, SheetAnswer.indicator == indicator
    return _place(scope(actor).answers().where(*here))


def place_by_id(actor: Actor, answer_id: int) -> SheetAnswer | None:
    """Return it by its own number: what files name. 1 statement."""
    return _place(scope(actor).answers().where(SheetAnswer.id == answer_id))


def visible_item(actor: Actor, sheet_id: int, item_id: int) -> SheetEvidence | None:
    """Return an item of evidence of a sheet that this person sees. 1 statement."""
    found = (
        scope(actor)
        .evidence()
        .where(SheetEvidence.sheet_id == sheet_id, SheetEvidence.id == item_id)
        .options(*_through(SheetEvidence.sheet))
    )
    return db.session.scalars(found).unique().one_or_none()


def visible_sample(actor: Actor, sheet_id: int, sample_id: int) -> SheetSample | None:
    """Return something that was looked at for a sheet that this person sees. 1 statement."""
    found = (
        scope(actor)
        .samples()
        .where(SheetSample.sheet_id == sheet_id, SheetSample.id == sample_id)
        .options(*_through(SheetSample.sheet))
    )
    return db.session.scalars(found).unique().one_or_none()


@dataclass(frozen=True)
class SheetState:
    """How far a sheet is: what is answered, and what is proven."""

    definition: Definition
    answers: Mapping[str, SheetAnswer]  # all places, also the empty ones
    items: Mapping[str, tuple[SheetEvidence, ...]]  # evidence that counts

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Indicators that are asked: not those whose condition is not met."""
        choices = {
            name: Answer(value=row.value, na=row.na_reason)
            for name, row in self.answers.items()
            if row.as_given(0) is not None
        }
        irrelevant = irrelevant_of(self.definition, choices)
        return tuple(name for name in self.definition.by_id if name not in irrelevant)

    @property
    def unanswered(self) -> tuple[str, ...]:
        return tuple(name for name in self.asked if not self.is_answered(name))

    @property
    def unproven(self) -> tuple[str, ...]:
        """Answers that have points and no evidence: without it they count nothing."""
        return tuple(name for name in self.asked if self.lacks_evidence(name))

    @property
    def answered(self) -> int:
        return len(self.asked) - len(self.unanswered)

    @property
    def first_open(self) -> str | None:
        """Return the first indicator that lacks an answer or evidence."""
        lacking = {*self.unanswered, *self.unproven}
        return next((name for name in self.asked if name in lacking), None)

    def is_answered(self, name: str) -> bool:
        place = self.answers.get(name)
        return place is not None and place.as_given(0) is not None

    def lacks_evidence(self, name: str) -> bool:
        place = self.answers.get(name)
        return self.is_answered(name) and not self.items.get(name) and bool(place and place.na_reason is None)

    def next_after(self, name: str, *, open_only: bool = False) -> str | None:
        """Return the next indicator, or the next one that lacks an answer or evidence, from the top again."""
        names = self._names(name)
        at = names.index(name) + 1
        if not open_only:
            return names[at] if at < len(names) else None
        lacking = {*self.unanswered, *self.unproven} - {name}
        return next((one for one in names[at:] + names[: at - 1] if one in lacking), None)

    def before(self, name: str) -> str | None:
        names = self._names(name)
        at = names.index(name)
        return names[at - 1] if at else None

    def _names(self, name: str) -> list[str]:
        """What is asked, and the one that is open, in the order of the instrument."""
        return [one for one in self.definition.by_id if one in self.asked or one == name]


def sheet_state(sheet: AuditSheet) -> SheetState:
    """Return the answers of a visible sheet and its evidence of an allowed kind. 2 statements."""
    definition = definition_of(sheet.audit.instrument_version)
    rows = db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id == sheet.id))
    return SheetState(definition, {row.indicator: row for row in rows}, _items(sheet.id, definition))


def unsorted_files(sheet: AuditSheet, state: SheetState) -> list[FileLine]:
    """Return the files of a sheet that prove nothing yet. 1 statement."""
    sorted_ones = {item.attachment_id for items in state.items.values() for item in items}
    return [line for line in files_of(sheet.evidence_id) if line.uuid not in sorted_ones]


def _items(sheet_id: int, definition: Definition) -> Mapping[str, tuple[SheetEvidence, ...]]:
    rows = db.session.scalars(
        select(SheetEvidence)
        .where(SheetEvidence.sheet_id == sheet_id, SheetEvidence.removed_at.is_(None))
        .options(joinedload(SheetEvidence.counter))
        .order_by(SheetEvidence.id)
    )
    found: dict[str, tuple[SheetEvidence, ...]] = {}
    for row in rows:
        indicator = definition.by_id.get(row.indicator)
        if indicator is not None and row.kind in indicator.evidence:
            found[row.indicator] = (*found.get(row.indicator, ()), row)
    return found


def _place(found: Select[SheetAnswer]) -> SheetAnswer | None:
    return db.session.scalars(found.options(*_through(SheetAnswer.sheet))).unique().one_or_none()


def _through(way: QueryableAttribute[AuditSheet]) -> tuple[ORMOption, ...]:
    """What comes along with a part of a sheet: the sheet and all that a page says of it."""
    sheet = joinedload(way, innerjoin=True)
    return (
        sheet.joinedload(AuditSheet.assessor, innerjoin=True),
        *_of_audit(sheet.joinedload(AuditSheet.audit, innerjoin=True)),
    )


def _whole() -> tuple[ORMOption, ...]:
    return (
        joinedload(AuditSheet.assessor, innerjoin=True),
        *_of_audit(joinedload(AuditSheet.audit, innerjoin=True)),
    )


def _of_audit(audit: Any) -> tuple[ORMOption, ...]:
    single = (
        *(Audit.round, Audit.office, Audit.representative_office),
        *(Audit.instrument_version, Audit.scheme),
    )
    return (
        *(audit.joinedload(one, innerjoin=True) for one in single),
        audit.joinedload(Audit.members).joinedload(AuditMember.user),
    )
