"""How a complaint looks in words and pictures. Templates use `FILTERS`; views import the names from here."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.complaints.forms.choices import CONFIDENTIALITIES, SUBSTANCES, TOLD_FIRST, URGENCIES
from ombudsman_app.complaints.forms.examination import ANSWER_CHANNELS

from .asked import REQUEST_WORDS, request_tone, request_word
from .calendar import feed_file, kind_label
from .checks import FileFact, ShownCheck, file_facts, shown_checks, suggested
from .clocks import (
    endable_pause,
    ground_label,
    pause_facts,
    shown_pause,
    time_facts,
    waiting_pause,
)
from .history import Folded, ShownLine, folded, public_steps, shown_conversation, shown_history
from .next_action import next_action, waits_for, waits_for_declaration
from .one_action import NextAction
from .people import open_cases, shown_identity
from .pictures import days_of, stages
from .queue import (
    FILTER_WORDS,
    Chip,
    FilterTag,
    filter_tags,
    queue_chips,
    view_chips,
    why_empty,
)
from .report import FILTERS as REPORT_FILTERS
from .report import monitored, part_hint, report_name, shown_gaps, shown_parts, standing
from .tips import (
    next_tip_action,
    public_tip_steps,
    tip_chips,
    tip_conversation,
    tip_history,
    tip_marks,
    tip_moves,
    tip_next_step,
    tip_sentence,
    tip_state,
    tip_tone,
    why_no_tips,
)
from .words import (
    ClockLine,
    clock_label,
    clock_line,
    clock_rule,
    marks,
    next_step,
    owner,
    public_label,
    public_sentence,
    public_word,
    shown_clock,
    state_label,
    state_tone,
)

FILTERS: dict[str, Callable[[Any], Any]] = {
    **REPORT_FILTERS,
    "filter_name": lambda name: FILTER_WORDS.get(name, name),
    "state": state_label,
    "state_tone": state_tone,
    "public_label": public_label,
    "public_word": public_word,
    "public_sentence": public_sentence,
    "next_step": next_step,
    "owner": owner,
    "substance": lambda value: SUBSTANCES.get(value, value),
    "urgency": lambda value: URGENCIES.get(value, value),
    "told_first": lambda value: TOLD_FIRST.get(value, value),
    "tip_state": tip_state,
    "tip_tone": tip_tone,
    "tip_sentence": tip_sentence,
    "tip_next_step": tip_next_step,
    "request_state": request_word,
    "request_tone": request_tone,
    "pause_ground": ground_label,
    "answer_channel": lambda value: ANSWER_CHANNELS.get(value, value),
    "confidentiality": lambda value: CONFIDENTIALITIES.get(value, value),
}

__all__ = [
    "FILTERS",
    "FILTER_WORDS",
    "REQUEST_WORDS",
    "Chip",
    "ClockLine",
    "FileFact",
    "FilterTag",
    "Folded",
    "NextAction",
    "ShownCheck",
    "ShownLine",
    "clock_label",
    "clock_line",
    "clock_rule",
    "days_of",
    "endable_pause",
    "feed_file",
    "file_facts",
    "filter_tags",
    "folded",
    "kind_label",
    "marks",
    "monitored",
    "next_action",
    "next_tip_action",
    "open_cases",
    "part_hint",
    "pause_facts",
    "public_steps",
    "public_tip_steps",
    "queue_chips",
    "report_name",
    "request_tone",
    "request_word",
    "shown_checks",
    "shown_clock",
    "shown_conversation",
    "shown_gaps",
    "shown_history",
    "shown_identity",
    "shown_parts",
    "shown_pause",
    "stages",
    "standing",
    "suggested",
    "time_facts",
    "tip_chips",
    "tip_conversation",
    "tip_history",
    "tip_marks",
    "tip_moves",
    "view_chips",
    "waiting_pause",
    "waits_for",
    "waits_for_declaration",
    "why_empty",
    "why_no_tips",
]
