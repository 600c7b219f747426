"""What there is to tell about meetings and commitments, and to whom: called inside the commands.

Words name a number and nothing of the matter (PD6). A body is told of its own invitations and promises alone.
"""

from sqlalchemy import Select, select

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import PORTAL_ROLES, STRANGER, Actor
from ombudsman_app.employers.scope import READERS
from ombudsman_app.notifications.commands import notify
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .meeting_scope import COMMITMENT, INVITED, MEETING, OWN_COMMITMENT, meeting_scope
from .models import Commitment, MeetingBody, MonitoringMeeting


def tell_bodies(kind: str, meeting: MonitoringMeeting, *, key: str, actor: Actor = STRANGER) -> None:
    """Tell the officers of all bodies of a meeting. 1 statement, 2 and more for each body."""
    rows = db.session.execute(
        select(MeetingBody.id, MeetingBody.office_id)
        .where(MeetingBody.meeting_id == meeting.id, MeetingBody.is_told.is_(True))
        .order_by(MeetingBody.id)
    )
    for body_id, office_id in rows.all():
        people = ids_with_roles(PORTAL_ROLES, office_id, without_conflict=(INVITED, body_id))
        notify(
            f"meetings.{kind}",
            people,
            key=f"{key}:{body_id}",
            about=body_id,
            label=meeting.reference,
            actor=actor,
        )


def minutes_read(meeting: MonitoringMeeting, reading_id: int, *, has_remark: bool, actor: Actor) -> None:
    """Tell who planned the meeting that a body remarked on the minutes; who only read them tells nobody."""
    if has_remark:
        notify(
            "meetings.remarked",
            [meeting.made_by_id],
            key=str(reading_id),
            about=meeting.id,
            label=meeting.reference,
            actor=actor,
        )


def reported(commitment: Commitment, label: str, *, actor: Actor) -> None:
    """Tell who put a commitment down that it is reported done: another person looks at it."""
    _tell_maker("reported", commitment, label, key=f"{commitment.id}:{commitment.version}", actor=actor)


def late(commitment: Commitment, label: str, *, key: str) -> None:
    """Tell who put a commitment down that it is late."""
    _tell_maker("commitment_late", commitment, label, key=key)


def _tell_maker(kind: str, commitment: Commitment, label: str, *, key: str, actor: Actor = STRANGER) -> None:
    people = [commitment.made_by_id]
    notify(f"meetings.{kind}", people, key=key, about=commitment.id, label=label, actor=actor)


def tell_body(kind: str, commitment: Commitment, label: str, *, key: str, actor: Actor = STRANGER) -> None:
    """Tell the officers of the body that promised; a place without a body has nobody in the portal."""
    if commitment.office_id is None or not commitment.is_told:
        return
    subject = (OWN_COMMITMENT, commitment.id)
    people = ids_with_roles(PORTAL_ROLES, commitment.office_id, without_conflict=subject)
    notify(f"meetings.{kind}", people, key=key, about=commitment.id, label=label, actor=actor)


def _meetings(actor: Actor) -> Select[int]:
    seen: Select[int] = meeting_scope(actor).meetings().with_only_columns(MonitoringMeeting.id)
    return seen


def _invited(actor: Actor) -> Select[int]:
    seen: Select[int] = meeting_scope(actor).invited().with_only_columns(MeetingBody.id)
    return seen


def _commitments(actor: Actor) -> Select[int]:
    seen: Select[int] = meeting_scope(actor).commitments().with_only_columns(Commitment.id)
    return seen


def _own(actor: Actor) -> Select[int]:
    seen: Select[int] = meeting_scope(actor).own_commitments().with_only_columns(Commitment.id)
    return seen


_OF_BODY = (
    (
        "meetings.invited",
        N_("Your office is invited to a meeting"),
        N_("The Ombudsman invites your office to a meeting. The letter stands in the portal."),
    ),
    (
        "meetings.changed",
        N_("A meeting has another day or place"),
        N_("Day, hour or place of a meeting to which your office is invited have changed."),
    ),
    (
        "meetings.cancelled",
        N_("A meeting is cancelled"),
        N_("A meeting to which your office was invited does not take place."),
    ),
    (
        "meetings.minuted",
        N_("The minutes of a meeting are there"),
        N_("Read the minutes of the meeting, and what your office promised there."),
    ),
)
_OF_PROMISE = (
    (
        "meetings.agreed",
        N_("A commitment of your office was put down"),
        N_("The Ombudsman put down what your office promised at a meeting."),
    ),
    (
        "meetings.reminder",
        N_("A commitment of your office is due soon"),
        N_("The last day of what your office promised is near. Report it when it is done."),
    ),
    (
        "meetings.overdue",
        N_("A commitment of your office is late"),
        N_("The last day of what your office promised has passed. Report it when it is done."),
    ),
    (
        "meetings.confirmed",
        N_("A commitment of your office is confirmed as done"),
        N_("The Ombudsman confirms that what your office promised is done."),
    ),
    (
        "meetings.returned",
        N_("A report about a commitment came back"),
        N_("The Ombudsman asks for more about what your office reported as done."),
    ),
    (
        "meetings.dropped",
        N_("A commitment of your office was dropped"),
        N_("The Ombudsman does not wait any more for something that your office promised."),
    ),
)
_OF_STAFF = (
    (
        "meetings.remarked",
        N_("A body remarked on minutes of yours"),
        N_("A body read the minutes of your meeting and remarked on them."),
        MEETING,
    ),
    (
        "meetings.reported",
        N_("A commitment is reported as done"),
        N_("A commitment that you put down is reported as done. Another person than who reported it looks."),
        COMMITMENT,
    ),
    (
        "meetings.commitment_late",
        N_("A commitment is late"),
        N_("The last day of a commitment that you put down has passed. The body was reminded."),
        COMMITMENT,
    ),
)


def register_all() -> None:
    """Make the kinds known; called once at start."""
    for name, visible, endpoint, value in (
        (MEETING, _meetings, "staff.meetings.meeting", "meeting_id"),
        (COMMITMENT, _commitments, "staff.meetings.commitment", "commitment_id"),
        (INVITED, _invited, "portal.meetings.meeting", "body_id"),
        (OWN_COMMITMENT, _own, "portal.meetings.commitment", "commitment_id"),
    ):
        register_record(RecordKind(name, visible=visible, endpoint=endpoint, value=value))
    register(*(Kind(*words, roles=PORTAL_ROLES, about=INVITED) for words in _OF_BODY))
    register(*(Kind(*words, roles=PORTAL_ROLES, about=OWN_COMMITMENT) for words in _OF_PROMISE))
    register(*(Kind(name, label, said, roles=READERS, about=about) for name, label, said, about in _OF_STAFF))
