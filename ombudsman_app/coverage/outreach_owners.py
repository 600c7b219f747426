"""Photos, lists of attendance and what was handed out at outreach events. For the staff and who held it."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor

from .models import OutreachEvent
from .outreach_policies import WORK, WORK_OWN
from .outreach_scope import outreach_scope
from .outreach_states import OutreachState

FILES, OWN_FILES = "outreach", "outreach_of_office"


def _by_staff(actor: Actor, record_id: int | None) -> UUID | None:
    found = db.session.scalar(outreach_scope(actor).events().where(OutreachEvent.id == record_id))
    return _folder(found) if found and WORK.allows(actor, found) else None


def _by_office(actor: Actor, record_id: int | None) -> UUID | None:
    found = db.session.scalar(outreach_scope(actor).own().where(OutreachEvent.id == record_id))
    return _folder(found) if found and WORK_OWN.allows(actor, found) else None


def _folder(found: OutreachEvent) -> UUID | None:
    return None if found.state is OutreachState.CANCELLED else found.files_id


def _visible(actor: Actor) -> Select[UUID]:
    """Whoever asks is of one side; a person is never both."""
    asked = outreach_scope(actor)
    rows = asked.own() if asked.own_offices else asked.events()
    seen: Select[UUID] = rows.with_only_columns(OutreachEvent.files_id)
    return seen


def _takes(folder: UUID) -> bool:
    """What was cancelled takes nothing more, however it is sent."""
    goes_on = select(OutreachEvent.id).where(
        OutreachEvent.files_id == folder, OutreachEvent.state != OutreachState.CANCELLED
    )
    return db.session.scalar(goes_on) is not None


register(OwnerKind(FILES, is_public=False, find=_by_staff, visible=_visible, takes=_takes))
register(OwnerKind(OWN_FILES, is_public=False, find=_by_office, takes=_takes))
