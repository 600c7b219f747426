"""Reading complaints. Callers import the names from here."""

from .case import CasePage, RunningClock, case_page, visible_case
from .drafts import OpenDraft, draft_of
from .follow import FollowedComplaint, as_ticket, complaint_by_code, followed_complaint, sent_complaint
from .proposals import ProposedDay, proposed_days, visible_clock
from .queue import (
    COUNTED_STATES,
    QueueCounts,
    QueueFilter,
    QueueRow,
    Whose,
    counts,
    overdue_number,
    queue,
    queue_rows,
    read_key,
)

__all__ = [
    "COUNTED_STATES",
    "CasePage",
    "FollowedComplaint",
    "OpenDraft",
    "ProposedDay",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "RunningClock",
    "Whose",
    "as_ticket",
    "case_page",
    "complaint_by_code",
    "counts",
    "draft_of",
    "followed_complaint",
    "overdue_number",
    "proposed_days",
    "queue",
    "queue_rows",
    "read_key",
    "sent_complaint",
    "visible_case",
    "visible_clock",
]
