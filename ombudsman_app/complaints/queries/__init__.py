"""Reading complaints. Callers import the names from here."""

from .case import (
    CasePage,
    ClockOfCase,
    RunningClock,
    case_page,
    checks_of,
    explained_clock,
    limitation_of,
    visible_case,
    visible_clock_of_case,
)
from .drafts import OpenDraft, draft_of
from .examiners import Examiner, examiners_for
from .follow import (
    FollowedComplaint,
    OpenedByCode,
    as_ticket,
    complaint_of_follower,
    followed_complaint,
    opened_by_code,
    sent_complaint,
)
from .follow_tip import FollowedTip, followed_tip, sent_tip, tip_of_follower
from .history import HistoryLine, Kind
from .inflow import Inflow, Week, inflow
from .lateness import AGES, Lateness, lateness
from .proposals import ProposedDay, proposed_days, visible_clock
from .queue import (
    COUNTED_STATES,
    QueueCounts,
    QueueFilter,
    QueueRow,
    Whose,
    counts,
    office_names,
    overdue_number,
    queue,
    read_key,
)
from .saved_views import own_view, saved_views
from .similar import SimilarCase, SimilarCases, similar_cases, similar_filters

__all__ = [
    "AGES",
    "COUNTED_STATES",
    "CasePage",
    "ClockOfCase",
    "Examiner",
    "FollowedComplaint",
    "FollowedTip",
    "HistoryLine",
    "Inflow",
    "Kind",
    "Lateness",
    "OpenDraft",
    "OpenedByCode",
    "ProposedDay",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "RunningClock",
    "SimilarCase",
    "SimilarCases",
    "Week",
    "Whose",
    "as_ticket",
    "case_page",
    "checks_of",
    "complaint_of_follower",
    "counts",
    "draft_of",
    "examiners_for",
    "explained_clock",
    "followed_complaint",
    "followed_tip",
    "inflow",
    "lateness",
    "limitation_of",
    "office_names",
    "opened_by_code",
    "overdue_number",
    "own_view",
    "proposed_days",
    "queue",
    "read_key",
    "saved_views",
    "sent_complaint",
    "sent_tip",
    "similar_cases",
    "similar_filters",
    "tip_of_follower",
    "visible_case",
    "visible_clock",
    "visible_clock_of_case",
]
