"""Drafts: begun with the first answer, found by a cookie, ended after seven days (`design.md` §12)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from ombudsman_app.complaints.errors import DraftEnded
from ombudsman_app.complaints.models import DRAFT_LASTS, ComplaintDraft, token_hash
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealing import random_crockford, random_token
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

_CODE_LETTERS = 16  # 80 random bits (AU7)
_SWEPT_AT_ONCE = 100


@command
def start_draft(answers: Mapping[str, Any]) -> str:
    """Begin a draft with its first answers and its access code; return the token for the cookie. 1 statement."""
    instant = now()
    token = random_token()
    draft = ComplaintDraft(
        token_hash=token_hash(token), created_at=instant, expires_at=instant + DRAFT_LASTS, complaint_id=None
    )
    draft.close({**answers, "access_code": random_crockford(_CODE_LETTERS)})
    db.session.add(draft)
    return token


def _sweep() -> None:
    """Destroy drafts that have ended, a hundred at most: often enough while people file, and cheap."""
    ended = select(ComplaintDraft.id).where(ComplaintDraft.expires_at < now()).limit(_SWEPT_AT_ONCE)
    db.session.execute(
        delete(ComplaintDraft)
        .where(ComplaintDraft.id.in_(ended))
        .execution_options(synchronize_session=False)
    )


@command
def answer_draft(token: str, answers: Mapping[str, Any]) -> None:
    """Put the answers of one step into the draft; others stay, so two open pages do not harm each other.

    Raises DraftEnded when the draft is gone or was sent already.
    """
    draft = locked_draft(token)
    if draft is None or draft.complaint_id is not None:
        raise DraftEnded
    draft.close({**draft.opened(), **answers})
    draft.expires_at = now() + DRAFT_LASTS


@command
def forget_draft(token: str) -> None:
    """Destroy a draft at the wish of the one who wrote it, and those that have ended."""
    _sweep()
    draft = locked_draft(token)
    if draft is not None:
        db.session.delete(draft)


@command
def confirm_code(token: str) -> None:
    """The reporter has noted the code: from now on only its keyed hash remains (AU7)."""
    _sweep()
    draft = locked_draft(token)
    if draft is None or draft.complaint_id is None or draft.sealed is None:
        return
    draft.close(None)
    record(Event.COMPLAINTS_CODE_CONFIRMED, "complaint", draft.complaint_id, actor=STRANGER)


def locked_draft(token: str) -> ComplaintDraft | None:
    """Return the living draft of a token, locked until the commit. 1 statement."""
    return db.session.scalar(
        select(ComplaintDraft)
        .where(ComplaintDraft.token_hash == token_hash(token), ComplaintDraft.expires_at > now())
        .with_for_update()
    )
