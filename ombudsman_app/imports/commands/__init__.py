"""Changing imports: bring, map, check, decide, apply, take back."""

from .applying import APPLY, apply_list, begin_apply, refuse_changed, resume
from .bringing import READ, SUBJECT, ListInput, bring_list
from .checking import check_list
from .deciding import decide_alike, decide_row, undecided
from .mapping import CHECK, MappingInput, map_columns
from .matching import MATCH, match_list, skip_matching
from .reading import read_list, refuse_list
from .rejected import REJECTED, RejectedRows, note_rejected, order_rejected
from .sweeping import named_lists, sweep_runs
from .undoing import UNDO, begin_undo, cancel, resume_undo, undo_list

__all__ = [
    "APPLY",
    "CHECK",
    "MATCH",
    "READ",
    "REJECTED",
    "SUBJECT",
    "UNDO",
    "ListInput",
    "MappingInput",
    "RejectedRows",
    "apply_list",
    "begin_apply",
    "begin_undo",
    "bring_list",
    "cancel",
    "check_list",
    "decide_alike",
    "decide_row",
    "map_columns",
    "match_list",
    "named_lists",
    "note_rejected",
    "order_rejected",
    "read_list",
    "refuse_changed",
    "refuse_list",
    "resume",
    "resume_undo",
    "skip_matching",
    "sweep_runs",
    "undecided",
    "undo_list",
]
