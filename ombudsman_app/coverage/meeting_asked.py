"""What an office promised at meetings, for the start page of the portal."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Date, Select, String, cast, func, null, type_coerce

from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office
from ombudsman_app.web.asked import AskedKind, register

from .meeting_scope import OWN_COMMITMENT, meeting_scope
from .meeting_states import CommitmentState
from .meeting_words import FILTERS
from .models import Commitment, MonitoringMeeting

_CALLING = Office.__table__.alias("calling")
_LETTERS = 120  # of a title


def _rows(actor: Actor) -> Select[Any]:
    return (
        meeting_scope(actor)
        .own_commitments()
        .join(MonitoringMeeting, MonitoringMeeting.id == Commitment.meeting_id)
        .join(_CALLING, _CALLING.c.id == Commitment.representative_office_id)
        .with_only_columns(
            Commitment.id.label("record_id"),
            func.substr(Commitment.text, 1, _LETTERS).label("title"),
            _CALLING.c.short_name.label("asker"),
            MonitoringMeeting.meets_on.label("asked_on"),
            Commitment.due_on.label("due_on"),
            cast(null(), Date).label("paused_until"),
            type_coerce(Commitment.state, String).label("state"),
            (Commitment.state == CommitmentState.OPEN).label("waits"),
        )
    )


register(
    AskedKind(
        OWN_COMMITMENT,
        _l("Commitment of a meeting"),
        _rows,
        endpoint="portal.meetings.commitment",
        value="commitment_id",
        word=FILTERS["commitment_state"],
        tone=FILTERS["commitment_tone"],
    )
)
