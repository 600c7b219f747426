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
    MenuNumbers,
    QueueCounts,
    QueueFilter,
    QueueRow,
    Whose,
    counts,
    menu_numbers,
    office_names,
    queue,
    read_key,
)
from .saved_views import own_view, saved_views
from .similar import SimilarCase, SimilarCases, similar_cases, similar_filters, similar_tips
from .tip_history import TipLine, TipLines
from .tip_page import TipPage, tip_page
from .tips import TipCounts, TipFilter, TipRow, read_tip_key, tip_counts, tips, visible_tip

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
    "MenuNumbers",
    "OpenDraft",
    "OpenedByCode",
    "ProposedDay",
    "QueueCounts",
    "QueueFilter",
    "QueueRow",
    "RunningClock",
    "SimilarCase",
    "SimilarCases",
    "TipCounts",
    "TipFilter",
    "TipLine",
    "TipLines",
    "TipPage",
    "TipRow",
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
    "menu_numbers",
    "office_names",
    "opened_by_code",
    "own_view",
    "proposed_days",
    "queue",
    "read_key",
    "read_tip_key",
    "saved_views",
    "sent_complaint",
    "sent_tip",
    "similar_cases",
    "similar_filters",
    "similar_tips",
    "tip_counts",
    "tip_of_follower",
    "tip_page",
    "tips",
    "visible_case",
    "visible_clock",
    "visible_clock_of_case",
    "visible_tip",
]
