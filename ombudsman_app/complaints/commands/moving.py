"""How a case is changed: locked, compared with what the person saw, moved by the table, written down."""

from collections.abc import Mapping
from typing import Any, TypeVar

from ombudsman_app.complaints import notices
from ombudsman_app.complaints.models import Complaint, ComplaintStep, InformationTip
from ombudsman_app.complaints.states import COMPLAINT, ComplaintState
from ombudsman_app.complaints.states.words import PUBLIC_SENTENCES
from ombudsman_app.core.changing import locked, touch
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record

Record = TypeVar("Record", Complaint, InformationTip)


def locked_case(case: Complaint, version: int | None = None) -> Complaint:
    """Return the case as it stands now, locked until the commit, with its offices. 1 statement.

    `version` is the one that the person's page showed: raises RecordChanged if the case is another by
    now (DI2). None: the act does not depend on what was seen.
    """
    return locked_record(Complaint, case.id, version)


def locked_record(kind: type[Record], record_id: int, version: int | None) -> Record:
    """Lock a case or a piece of information until the commit, with its offices. 1 statement.

    Raises RecordChanged if the version is another by now (DI2); None: the act does not depend on it.
    """
    return locked(kind, record_id, kind.office, kind.representative_office, version=version)


def move(
    case: Complaint,
    event: str,
    *,
    actor: Actor,
    reason: str = "",
    officer_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Move a locked case by the table and write the step down. Raises MoveNotAllowed (409).

    `officer_id`: to whom the case goes by it. `changes` go onto the trail beside the two states.
    """
    before = case.state
    case.state = COMPLAINT.after(before, event, regime=case.regime)
    note_step(case, event, before=before, actor=actor, reason=reason, officer_id=officer_id)
    record(
        Event.COMPLAINTS_MOVED,
        "complaint",
        case.id,
        actor=actor,
        reason=reason,
        changes={"move": event, "state": [before.value, case.state.value], **(changes or {})},
    )
    if actor.is_known and PUBLIC_SENTENCES[before] != PUBLIC_SENTENCES[case.state]:
        notices.news_for_reporter(case, f"state:{case.id}:{case.version}")


def note_step(
    case: Complaint,
    event: str,
    *,
    actor: Actor,
    before: ComplaintState | None = None,
    reason: str = "",
    officer_id: int | None = None,
) -> None:
    """Add a line to the history of a locked case. Without `before` the case stays where it is."""
    db.session.add(
        ComplaintStep(
            complaint_id=case.id,
            move=event,
            from_state=before or case.state,
            to_state=case.state,
            at=now(),
            actor_id=actor.user_id,
            reason=reason,
            officer_id=officer_id,
        )
    )
    touch(case)
