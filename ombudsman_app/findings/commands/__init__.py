"""Changing: callers import the names from here."""

from .answering import (
    PaperInput,
    ProgressInput,
    ResponseInput,
    acknowledge_response,
    file_answer,
    respond_to_finding,
    tell_progress,
)
from .exporting import (
    SHEET,
    ask_export,
    decide_export,
    export_to_write,
    note_export_made,
    sheet_rows,
)
from .judging import JudgementInput, judge_answer
from .ladder import ReleaseInput, propose_rungs, release_rung
from .more_time import MoreTimeInput, ask_for_time, decide_time
from .observing import VisitInput, VisitSource, find_on_visit, note_visit, take_over_visit
from .receiving import open_finding, receive_by_paper
from .recount import recount_finding_clocks, release_earlier_day
from .writing import (
    FINDING_NUMBER,
    FindingInput,
    add_measure,
    change_finding,
    make_finding,
    reference_of,
    send_finding,
)

__all__ = [
    "FINDING_NUMBER",
    "SHEET",
    "FindingInput",
    "JudgementInput",
    "MoreTimeInput",
    "PaperInput",
    "ProgressInput",
    "ReleaseInput",
    "ResponseInput",
    "VisitInput",
    "VisitSource",
    "acknowledge_response",
    "add_measure",
    "ask_export",
    "ask_for_time",
    "change_finding",
    "decide_export",
    "decide_time",
    "export_to_write",
    "file_answer",
    "find_on_visit",
    "judge_answer",
    "make_finding",
    "note_export_made",
    "note_visit",
    "open_finding",
    "propose_rungs",
    "receive_by_paper",
    "recount_finding_clocks",
    "reference_of",
    "release_earlier_day",
    "release_rung",
    "respond_to_finding",
    "send_finding",
    "sheet_rows",
    "take_over_visit",
    "tell_progress",
]
