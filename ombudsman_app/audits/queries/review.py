"""What a reviewer reads: the sheet that counts with its evidence, what was said and changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.models import Attachment
from ombudsman_app.attachments.queries import FileLine, line_of
from ombudsman_app.audits.models import (
    AnswerChange,
    Audit,
    AuditScore,
    AuditSheet,
    AuditStep,
    ReviewRemark,
)
from ombudsman_app.audits.states import Cause
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .sheet import SheetState, sheet_state, sheet_to_submit


@dataclass(frozen=True)
class ReviewPage:
    """The sheet that decides, what reviewers remarked, what was changed since it came in."""

    sheet: AuditSheet
    state: SheetState
    remarks: Mapping[str, Sequence[ReviewRemark]]
    changes: Mapping[str, Sequence[AnswerChange]]
    files: Mapping[object, FileLine]


def review_page(actor: Actor, audit: Audit) -> ReviewPage | None:
    """Return it for who sees the sheet; None before there is one. 6 statements."""
    sheet = sheet_to_submit(actor, audit)
    if sheet is None:
        return None
    state = sheet_state(sheet)
    return ReviewPage(sheet, state, remarks_on(audit.id), changes_of(audit.id), _files(state))


def _files(state: SheetState) -> Mapping[object, FileLine]:
    """Return the files that are evidence on a sheet. 1 statement."""
    named = [item.attachment_id for items in state.items.values() for item in items if item.attachment_id]
    rows = db.session.scalars(select(Attachment).where(Attachment.uuid.in_(named)))
    return {row.uuid: line_of(row) for row in rows}


def remarks_on(audit_id: int) -> Mapping[str, Sequence[ReviewRemark]]:
    """Return what reviewers said, by indicator. 1 statement."""
    rows = db.session.scalars(
        select(ReviewRemark)
        .where(ReviewRemark.audit_id == audit_id)
        .options(joinedload(ReviewRemark.by, innerjoin=True))
        .order_by(ReviewRemark.id)
    )
    found: dict[str, list[ReviewRemark]] = defaultdict(list)
    for row in rows:
        found[row.indicator].append(row)
    return found


def given_back(audit_id: int) -> AuditStep | None:
    """Return the last time that the audit was given back to its team, with the reason. 1 statement."""
    found = (
        select(AuditStep)
        .where(AuditStep.audit_id == audit_id, AuditStep.move == "give_back")
        .options(joinedload(AuditStep.by))
        .order_by(AuditStep.id.desc())
        .limit(1)
    )
    return db.session.scalar(found)


def changes_of(audit_id: int) -> Mapping[str, Sequence[AnswerChange]]:
    """Return what reviewers changed, by indicator. 1 statement."""
    rows = db.session.scalars(
        select(AnswerChange)
        .where(AnswerChange.audit_id == audit_id, AnswerChange.cause == Cause.REVIEW)
        .options(joinedload(AnswerChange.by, innerjoin=True))
        .order_by(AnswerChange.id)
    )
    found: dict[str, list[AnswerChange]] = defaultdict(list)
    for row in rows:
        found[row.indicator].append(row)
    return found


def newest_score(audit: Audit) -> AuditScore | None:
    """Return the newest score of an audit that somebody sees. 1 statement."""
    found = select(AuditScore).where(AuditScore.audit_id == audit.id).order_by(AuditScore.id.desc()).limit(1)
    return db.session.scalar(found)
