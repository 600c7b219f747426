"""The head sends the reviewed result to the office as a draft; it may answer before anything is final."""

from ombudsman_app.audits import draft_notices as notices
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.policies import RELEASE
from ombudsman_app.audits.states import ScoreStage
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import issue_at_once

from .moving import locked_audit, move
from .proposing import propose_findings
from .scoring import latest_score, result_of

DRAFT_LETTER = "audit_draft_letter"  # the kind of paper by which a draft goes out


@command
def send_draft(audit: Audit, *, version: int, actor: Actor) -> None:
    """Send the draft: a letter, a link by mail, the result itself in the portal alone.

    The time to answer waits for proof of receipt. Raises NotAllowed, RecordChanged, MoveNotAllowed,
    SigningNotPossible, SheetRefused where the review left no score.
    """
    held = locked_audit(audit.id, version)
    demand(RELEASE, actor, held)
    move(held, "send_draft", actor=actor)
    score = latest_score(held.id, ScoreStage.DRAFT)
    if score is None:
        raise SheetRefused(why="not_scored", indicators=[])
    held.draft_sent_on = today(held.representative_office.time_zone)
    db.session.flush()
    propose_findings(held, result_of(score.inputs), actor=actor)
    subject = f"Penyampaian hasil sementara audit {held.reference}"
    issue_at_once(DRAFT_LETTER, held.papers_id, subject=subject, actor=actor)
    notices.draft_sent(held, actor=actor)
