"""The way of a final score to everybody: one person asks, the head who did not ask releases (AZ10)."""

from ombudsman_app.audits import turn_notices
from ombudsman_app.audits.errors import OwnAudit
from ombudsman_app.audits.models import Audit, AuditScore
from ombudsman_app.audits.policies import ASK_PUBLICATION, PUBLISH
from ombudsman_app.audits.scoring.span import span_of
from ombudsman_app.audits.states import AUDIT, ScoreStage
from ombudsman_app.core.changing import demand, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

from .moving import locked_audit, move
from .scoring import latest_score


@command
def ask_publication(audit: Audit, *, version: int, actor: Actor) -> None:
    """Ask that a final score be shown to everybody. Raises MoveNotAllowed where it is asked for or public."""
    held = locked_audit(audit.id, version)
    demand(ASK_PUBLICATION, actor, held)
    AUDIT.after(held.state, "publish")
    if held.publication_asked_by_id is not None:
        raise MoveNotAllowed(state=held.state, move="ask_publication")
    held.publication_asked_by_id, held.publication_asked_at = actor.user_id, now()
    touch(held)
    record(Event.AUDITS_PUBLICATION_ASKED, "audit", held.id, actor=actor, changes={"is_asked": True})
    turn_notices.publication_asked(held, actor=actor)


@command
def withdraw_publication(audit: Audit, *, version: int, actor: Actor) -> None:
    """Take the wish back, so that another person can ask: whoever asked cannot release."""
    held = locked_audit(audit.id, version)
    demand(ASK_PUBLICATION, actor, held)
    refuse_unasked(held)
    held.publication_asked_by_id = held.publication_asked_at = None
    touch(held)
    record(Event.AUDITS_PUBLICATION_ASKED, "audit", held.id, actor=actor, changes={"is_asked": False})


@command
def release_publication(audit: Audit, *, version: int, actor: Actor) -> None:
    """Show the final score to everybody. Raises OwnAudit for who asked, MoveNotAllowed a second time."""
    held = locked_audit(audit.id, version)
    refuse_unasked(held)
    if held.publication_asked_by_id == actor.user_id:
        raise OwnAudit
    demand(PUBLISH, actor, held)
    score = latest_score(held.id, ScoreStage.FINAL)
    if score is None:
        raise MoveNotAllowed(state=held.state, move="publish")
    carry_score(held, score)
    held.published_by_id = actor.user_id
    held.published_on = today(held.representative_office.time_zone)
    move(held, "publish", actor=actor, changes={"score": score.id, "total": str(score.total)})
    turn_notices.published(held, actor=actor)


def refuse_unasked(audit: Audit) -> None:
    """Raise MoveNotAllowed where nothing waits for a release: not final, not asked for, or public already."""
    AUDIT.after(audit.state, "publish")
    if audit.publication_asked_by_id is None:
        raise MoveNotAllowed(state=audit.state, move="publish")


def carry_score(held: Audit, score: AuditScore) -> None:
    """Put the result of a kept score on its audit, for lists and comparison."""
    held.hundredths, held.category, held.zone = score.hundredths, score.category, score.zone
    held.low_hundredths, held.high_hundredths = span_of(score.result)
