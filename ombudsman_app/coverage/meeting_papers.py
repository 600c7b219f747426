"""Invitation and minutes of meetings, made known to the domain that issues papers."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.accounts.queries import ids_with_roles
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.documents.kinds import DocumentKind, Matter, register
from ombudsman_app.documents.models import Document
from ombudsman_app.web.formats import clock_time

from .commands.meeting_papers import INVITATION, MINUTES, conclude, invite
from .meeting_policies import HEADS, WRITE_PAPER
from .meeting_scope import MEETING, meeting_scope, of_meeting
from .meeting_times import timed_agenda
from .meeting_words import meeting_kind
from .models import Commitment, MeetingBody, MeetingPerson, MonitoringMeeting


def _meeting(folder: UUID) -> MonitoringMeeting | None:
    return db.session.scalar(
        select(MonitoringMeeting)
        .where(MonitoringMeeting.papers_id == folder)
        .options(
            joinedload(MonitoringMeeting.representative_office, innerjoin=True),
            selectinload(MonitoringMeeting.agenda),
        )
        .execution_options(populate_existing=True)
    )


def _matter(folder: UUID) -> Matter | None:
    found = db.session.scalar(select(MonitoringMeeting).where(MonitoringMeeting.papers_id == folder))
    if found is None:
        return None
    values = {"meeting_id": found.id}
    return Matter(folder, found.representative_office_id, found.reference, "staff.meetings.meeting", values)


def _visible(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = meeting_scope(actor).meetings().with_only_columns(MonitoringMeeting.papers_id)
    return seen


def _may_write(actor: Actor, folder: UUID) -> bool:
    found = _seen(actor, folder)
    return found is not None and WRITE_PAPER.allows(actor, found)


def _may_issue(actor: Actor, folder: UUID) -> bool:
    found = _seen(actor, folder)
    return found is not None and found.representative_office_id in actor.offices_as(*HEADS)


def _seen(actor: Actor, folder: UUID) -> MonitoringMeeting | None:
    return db.session.scalar(meeting_scope(actor).meetings().where(MonitoringMeeting.papers_id == folder))


def _heads(folder: UUID) -> list[int]:
    """Return who may approve: the heads of the office. 2 statements."""
    found = db.session.scalar(select(MonitoringMeeting).where(MonitoringMeeting.papers_id == folder))
    if found is None:
        return []
    roles: set[Role] = set(HEADS)
    return ids_with_roles(roles, found.representative_office_id, without_conflict=(MEETING, found.id))


def _of(document: Document) -> MonitoringMeeting:
    found = _meeting(document.folder)
    if found is None:
        raise NotVisible
    return found


def _facts(document: Document, found: MonitoringMeeting) -> dict[str, Any]:
    zone = found.representative_office.time_zone
    agenda = timed_agenda(found.agenda, found.starts_at, zone)
    return {
        "called_by": found.representative_office.name,
        "kind": str(meeting_kind(found.kind)),
        "topic": found.topic,
        "meets_on": found.meets_on,
        "starts": clock_time(found.starts_at, zone),
        "ends": agenda[-1].until if agenda else "",
        "place": found.place,
        "agenda": [
            {
                "from": one.begins,
                "title": one.item.title,
                "speaker": one.item.speaker,
                "result": one.item.result,
            }
            for one in agenda
        ],
        "bodies": [row.office.name for row in _bodies(found.id)],
        "words": document.answers.get("words", ""),
        "copies": [line.strip() for line in document.answers.get("copies", "").splitlines() if line.strip()],
    }


def _bodies(meeting_id: int) -> Iterable[MeetingBody]:
    return db.session.scalars(
        select(MeetingBody)
        .where(MeetingBody.meeting_id == meeting_id)
        .options(joinedload(MeetingBody.office, innerjoin=True))
        .order_by(MeetingBody.id)
    )


def _invitation(document: Document) -> Mapping[str, Any]:
    """Who is invited, to what, when and where. No person is named but who speaks."""
    return _facts(document, _of(document))


def _minutes(document: Document) -> Mapping[str, Any]:
    """What came of each point, how many came from which body, who promised what by when.

    Names of those who came are not frozen in here: they are kept shorter, on the list of attendance (PD8).
    """
    found = _of(document)
    came = db.session.execute(
        select(MeetingPerson.body, func.count().label("number"))
        .where(MeetingPerson.meeting_id == found.id, MeetingPerson.came_at.is_not(None))
        .group_by(MeetingPerson.body)
        .order_by(MeetingPerson.body)
    )
    promised = db.session.scalars(
        select(Commitment)
        .where(of_meeting(found.id))
        .options(joinedload(Commitment.office), joinedload(Commitment.region))
        .order_by(Commitment.meeting_id.desc(), Commitment.number)
    )
    return {
        **_facts(document, found),
        "reference": found.reference,
        "came": [{"body": row.body, "number": row.number} for row in came],
        "commitments": [
            {
                "whose": one.whose,
                "place": one.region.name if one.region and one.office else "",
                "text": one.text,
                "due_on": one.due_on,
                "is_carried": one.meeting_id != found.id,
            }
            for one in promised
        ],
    }


def _invited(document: Document, actor: Actor) -> None:
    invite(_of(document).id, actor=actor)


def _concluded(document: Document, actor: Actor) -> None:
    conclude(_of(document).id, actor=actor)


for _name, _label, _content, _issued in (
    (INVITATION, N_("Invitation to a meeting"), _invitation, _invited),
    (MINUTES, N_("Minutes of a meeting"), _minutes, _concluded),
):
    register(
        DocumentKind(
            name=_name,
            label=_label,
            template=f"coverage/pdf/{_name}.html",
            matter=_matter,
            visible=_visible,
            may_write=_may_write,
            may_issue=_may_issue,
            approvers=_heads,
            content=_content,
            edit_endpoint="staff.meetings.edit_paper",
            issued=_issued,
            addressees=("respondent",),
            is_for_reporter=False,
        )
    )
