"""The meeting behind a code that somebody scanned in the room, and the code that is open now."""

from dataclasses import dataclass

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.sealing import hmac_hex
from ombudsman_app.coverage.meeting_states import MeetingState
from ombudsman_app.coverage.models import MeetingDoor, MonitoringMeeting
from ombudsman_app.directory.models import RepresentativeOffice


def code_hash(code: str) -> str:
    """Return the keyed hash by which a code is found."""
    return hmac_hex(code, purpose="meeting-door")


@dataclass(frozen=True)
class OpenDoor:
    """What somebody with the code of a room gets to see of the meeting; no name of anybody."""

    meeting: MonitoringMeeting
    zone: str
    office_name: str


def door_of(code: str) -> OpenDoor | None:
    """Return the meeting of a code that opens today; None for any other. 1 statement."""
    row = db.session.execute(
        select(MeetingDoor, MonitoringMeeting, RepresentativeOffice.time_zone, RepresentativeOffice.name)
        .join(MonitoringMeeting, MonitoringMeeting.id == MeetingDoor.meeting_id)
        .join(RepresentativeOffice, RepresentativeOffice.id == MonitoringMeeting.representative_office_id)
        .where(MeetingDoor.code_hash == code_hash(code), MeetingDoor.closed_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    door, meeting, zone, name = row
    is_open = door.valid_on == meeting.meets_on == today(zone)
    if not is_open or meeting.state in (MeetingState.MINUTED, MeetingState.CANCELLED):
        return None
    return OpenDoor(meeting, zone, name)


def open_door_of(meeting: MonitoringMeeting) -> MeetingDoor | None:
    """Return the door of a meeting that was not closed. 1 statement."""
    return db.session.scalar(
        select(MeetingDoor)
        .where(MeetingDoor.meeting_id == meeting.id, MeetingDoor.closed_at.is_(None))
        .order_by(MeetingDoor.id.desc())
        .limit(1)
    )
