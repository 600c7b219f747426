"""Changing compliance cases: callers import the names from here."""

from .delays import DelayFinding, drop_delay, find_delay, notice_delays
from .disputing import ReviewInput, dispute_case, review_dispute
from .ending import EndInput, end_case
from .forwarding import ForwardInput, propose_forwarding, release_forwarding
from .opening import CASE_NUMBER, CaseInput, add_note, hand_over_case, open_case, verify_case
from .receiving import open_forwarding, receive_by_letter
from .recount import recount_case_clocks, release_earlier_day
from .steps import StepInput, correct_step, record_step

__all__ = [
    "CASE_NUMBER",
    "CaseInput",
    "DelayFinding",
    "EndInput",
    "ForwardInput",
    "ReviewInput",
    "StepInput",
    "add_note",
    "correct_step",
    "dispute_case",
    "drop_delay",
    "end_case",
    "find_delay",
    "hand_over_case",
    "notice_delays",
    "open_case",
    "open_forwarding",
    "propose_forwarding",
    "receive_by_letter",
    "record_step",
    "recount_case_clocks",
    "release_earlier_day",
    "release_forwarding",
    "review_dispute",
    "verify_case",
]
