"""Drafts: begun with the first answer, found by a cookie, ended after seven days (`design.md` §12)."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, delete, select

from ombudsman_app.attachments.commands import destroy_folder
from ombudsman_app.complaints.errors import DraftEnded
from ombudsman_app.complaints.models import DRAFT_LASTS, ComplaintDraft, ReporterIdentity, token_hash
from ombudsman_app.complaints.states import ANONYMOUS
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.sealing import random_crockford, random_token
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

_CODE_LETTERS = 16  # 80 random bits (AU7)
_SWEPT_AT_ONCE = 100
_TOLD = ("narrative", "full_name", "phone", "email", "address")  # from here on a lost token costs too much


@command
def start_draft(answers: Mapping[str, Any]) -> str:
    """Begin a draft with its first answers and its access code; return its token. 2 statements."""
    sweep_drafts()
    instant, token = now(), random_token()
    draft = ComplaintDraft(
        uuid=uuid4(),
        token_hash=token_hash(token),
        created_at=instant,
        expires_at=instant + DRAFT_LASTS,
        complaint_id=None,
    )
    draft.close({**answers, "access_code": random_crockford(_CODE_LETTERS)})
    db.session.add(draft)
    return token


@command
def sweep_drafts() -> bool:
    """Destroy drafts and codes whose time is over, a hundred at most. Return whether there were any.

    Their files go with them, unless they were sent: then they belong to what became of the draft.
    """
    ended = select(ComplaintDraft.id).where(ComplaintDraft.expires_at < now()).limit(_SWEPT_AT_ONCE)
    gone = db.session.execute(
        delete(ComplaintDraft)
        .where(ComplaintDraft.id.in_(ended))
        .returning(ComplaintDraft.uuid, ComplaintDraft.complaint_id, ComplaintDraft.tip_id)
        .execution_options(synchronize_session=False)
    ).all()
    destroy_folder([uuid for uuid, complaint_id, tip_id in gone if complaint_id is None and tip_id is None])
    return bool(gone)


@command
def answer_draft(token: str, answers: Mapping[str, Any]) -> str:
    """Put the answers of one step into the draft; return its token. 2 statements.

    The answers of other steps stay, so two open pages do not harm each other. As long as nothing has
    been told the token is changed, so that a cookie which somebody left on a shared machine opens
    nothing of what is told now. Where no identity shall be given, what was told about the person is dropped
    for good. Raises DraftEnded when the draft is gone or was sent already.
    """
    draft = locked_draft(token)
    if draft is None or draft.is_sent:
        raise DraftEnded
    before = draft.opened()
    if not any(before.get(name) for name in _TOLD):
        token = random_token()
        draft.token_hash = token_hash(token)
    draft.close(_without_identity({**before, **answers}))
    draft.expires_at = now() + DRAFT_LASTS
    return token


def _without_identity(answers: dict[str, Any]) -> dict[str, Any]:
    """Drop what was told about the person if nothing shall be known, whichever page was open for it."""
    if answers.get("confidentiality") != ANONYMOUS:
        return answers
    return {name: value for name, value in answers.items() if name not in ReporterIdentity.FIELDS}


@command
def forget_draft(token: str) -> None:
    """Destroy a draft at the wish of the one who wrote it; of a sent one, the code that is kept with it."""
    draft = locked_draft(token)
    if draft is not None:
        if not draft.is_sent:
            destroy_folder([draft.uuid])
        db.session.delete(draft)


@command
def confirm_code(token: str) -> None:
    """The reporter has noted the code: from now on only its keyed hash remains (AU7)."""
    draft = locked_draft(token)
    if draft is None or not draft.is_sent or draft.sealed is None:
        return
    draft.close(None)
    kind = "complaint" if draft.tip_id is None else "tip"
    record(Event.COMPLAINTS_CODE_CONFIRMED, kind, draft.complaint_id or draft.tip_id, actor=STRANGER)


_LOCKED = (  # put together once: every step of the wizard asks it
    select(ComplaintDraft)
    .where(ComplaintDraft.token_hash == bindparam("hash"), ComplaintDraft.expires_at > bindparam("now"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


def locked_draft(token: str) -> ComplaintDraft | None:
    """Return the living draft of a token, locked until the commit. 1 statement."""
    return db.session.scalar(_LOCKED, {"hash": token_hash(token), "now": now()})
