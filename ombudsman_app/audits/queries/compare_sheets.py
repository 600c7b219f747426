"""Two blind sheets beside each other, once both are in: where they differ, what was settled."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.models import Attachment
from ombudsman_app.attachments.queries import FileLine, line_of
from ombudsman_app.audits.models import AnswerChange, Audit, AuditSheet, SheetAnswer, SheetEvidence
from ombudsman_app.audits.scope import scope
from ombudsman_app.audits.scoring.agreement import Compared, compare_sheets, word_of
from ombudsman_app.audits.scoring.answers import Answer, read_answers
from ombudsman_app.audits.scoring.definition import Definition, Dimension
from ombudsman_app.audits.states import Cause, SheetKind
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .definitions import definition_of

BOTH = 2


@dataclass(frozen=True)
class SheetsBeside:
    """The two sheets of a blind audit, and the agreed one that a third makes of them."""

    definition: Definition
    first: AuditSheet
    second: AuditSheet
    agreed: AuditSheet | None
    places: Mapping[int, Mapping[str, SheetAnswer]]  # by sheet
    items: Mapping[int, Mapping[str, Sequence[SheetEvidence]]]
    files: Mapping[object, FileLine]
    reasons: Mapping[str, str]  # of what was settled, by indicator

    @property
    def compared(self) -> Compared:
        return compare_sheets(self.definition, self._words(self.first), self._words(self.second))

    def _words(self, sheet: AuditSheet) -> dict[str, str]:
        return {
            name: word_of(answer)
            for name, answer in answers_on(self.definition, self.places[sheet.id]).items()
        }

    @property
    def settled(self) -> frozenset[str]:
        """Where the third has said what holds."""
        return frozenset(self.reasons)

    @property
    def open(self) -> tuple[str, ...]:
        """Where the two differ and nothing is settled yet."""
        return tuple(name for name in self.compared.differ if name not in self.settled)

    def pairs(self, dimension: Dimension) -> Counter[tuple[str, str]]:
        """How often each pair of answers was given to the questions of a dimension that have choices."""
        one, other = self._words(self.first), self._words(self.second)
        names = [each.id for each in dimension.indicators if each.answer_type.choices]
        return Counter((one[name], other[name]) for name in names if name in one and name in other)


def answers_on(definition: Definition, places: Mapping[str, SheetAnswer]) -> dict[str, Answer]:
    """Return what is answered on a sheet, without evidence."""
    given = {name: place.as_given(0) for name, place in places.items()}
    return read_answers({name: one for name, one in given.items() if one is not None}, definition)


def sheets_beside(actor: Actor, audit: Audit) -> SheetsBeside | None:
    """Return both sheets for who may see them; None while one is not in. 5 statements, 1 before.

    The scope shows no assessor the sheet of the other before both are in (AZ3).
    """
    sheets = db.session.scalars(
        scope(actor)
        .sheets()
        .where(AuditSheet.audit_id == audit.id)
        .options(
            joinedload(AuditSheet.assessor, innerjoin=True),
            joinedload(AuditSheet.audit, innerjoin=True).joinedload(Audit.instrument_version, innerjoin=True),
        )
        .order_by(AuditSheet.id)
    ).all()
    both = [one for one in sheets if one.kind is SheetKind.ASSESSOR and one.submitted_at is not None]
    if len(both) != BOTH:
        return None
    agreed = next((one for one in sheets if one.kind is SheetKind.AGREED), None)
    ids = [one.id for one in sheets]
    places: dict[int, dict[str, SheetAnswer]] = {one: {} for one in ids}
    for place in db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id.in_(ids))):
        places[place.sheet_id][place.indicator] = place
    items, files = _evidence(ids)
    changes = db.session.execute(
        select(AnswerChange.indicator, AnswerChange.reason)
        .where(AnswerChange.audit_id == audit.id, AnswerChange.cause == Cause.ADJUDICATION)
        .order_by(AnswerChange.id)
    )
    return SheetsBeside(
        definition=definition_of(both[0].audit.instrument_version),
        first=both[0],
        second=both[1],
        agreed=agreed,
        places=places,
        items=items,
        files=files,
        reasons={row.indicator: row.reason for row in changes} if agreed else {},
    )


def _evidence(
    sheets: Sequence[int],
) -> tuple[Mapping[int, Mapping[str, Sequence[SheetEvidence]]], Mapping[object, FileLine]]:
    """Return the evidence of several sheets with its files. 1 statement."""
    rows = db.session.execute(
        select(SheetEvidence, Attachment)
        .outerjoin(Attachment, Attachment.uuid == SheetEvidence.attachment_id)
        .where(SheetEvidence.sheet_id.in_(sheets), SheetEvidence.removed_at.is_(None))
        .options(joinedload(SheetEvidence.counter))
        .order_by(SheetEvidence.id)
    )
    items: dict[int, dict[str, list[SheetEvidence]]] = {one: defaultdict(list) for one in sheets}
    files: dict[object, FileLine] = {}
    for item, file in rows:
        items[item.sheet_id][item.indicator].append(item)
        if file is not None:
            files[file.uuid] = line_of(file)
    return items, files
