"""Reading complaints. Callers import the names from here."""

from .answers import AnswerOfCase, messages_of_reporter, visible_answer
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
from .feeds import (
    DueClock,
    OpenFeed,
    feed_hash,
    feed_of_case,
    open_feed,
    own_feed,
    own_feeds,
    reporters_feed,
)
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
from .history import AnswerLine, HistoryLine, Kind, LetterLine
from .inflow import Inflow, Week, inflow
from .lateness import AGES, Lateness, lateness
from .letters import LetterOfCase, OwnRecord, case_of_folder, letter_of_case, own_record
from .opened import OpenedIdentity, opened_identities
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
)
from .saved_views import own_view, saved_views
from .similar import SimilarCase, SimilarCases, similar_cases, similar_filters, similar_tips
from .tip_history import TipLine, TipLines
from .tip_page import TipPage, tip_page
from .tips import TipCounts, TipFilter, TipRow, tip_counts, tips, visible_tip

__all__ = [
    "AGES",
    "COUNTED_STATES",
    "AnswerLine",
    "AnswerOfCase",
    "CasePage",
    "ClockOfCase",
    "DueClock",
    "Examiner",
    "FollowedComplaint",
    "FollowedTip",
    "HistoryLine",
    "Inflow",
    "Kind",
    "Lateness",
    "LetterLine",
    "LetterOfCase",
    "MenuNumbers",
    "OpenDraft",
    "OpenFeed",
    "OpenedByCode",
    "OpenedIdentity",
    "OwnRecord",
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
    "case_of_folder",
    "case_page",
    "checks_of",
    "complaint_of_follower",
    "counts",
    "draft_of",
    "examiners_for",
    "explained_clock",
    "feed_hash",
    "feed_of_case",
    "followed_complaint",
    "followed_tip",
    "inflow",
    "lateness",
    "letter_of_case",
    "limitation_of",
    "menu_numbers",
    "messages_of_reporter",
    "office_names",
    "open_feed",
    "opened_by_code",
    "opened_identities",
    "own_feed",
    "own_feeds",
    "own_record",
    "own_view",
    "proposed_days",
    "queue",
    "reporters_feed",
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
    "visible_answer",
    "visible_case",
    "visible_clock",
    "visible_clock_of_case",
    "visible_tip",
]
