"""Changing: callers import the names from here."""

from .deciding import RulingInput, decide_response
from .drafting import DRAFT_LETTER, send_draft
from .finalising import finalise, refuse_open
from .instruments import (
    Change,
    InstrumentInput,
    change_draft,
    change_head,
    copy_version,
    make_instrument,
    put_in_use,
    retire_version,
    take_in_version,
)
from .proposing import ProposalInput, confirm_finding, drop_finding, propose_findings
from .receiving import locked_draft, open_draft, receive_by_paper
from .recount import recount_audit_clocks, release_earlier_audit_day
from .reminding_offices import remind_offices
from .responding import ResponseInput, acknowledge_responses, finish_responding, respond
from .schemes import add_scheme
from .scoring import (
    Recounted,
    answers_of_sheet,
    frozen_inputs,
    keep_score,
    latest_score,
    result_of,
    verify_scores,
)
from .sending import order_sending, send_findings
from .shipped import load_shipped

__all__ = [
    "DRAFT_LETTER",
    "Change",
    "InstrumentInput",
    "ProposalInput",
    "Recounted",
    "ResponseInput",
    "RulingInput",
    "acknowledge_responses",
    "add_scheme",
    "answers_of_sheet",
    "change_draft",
    "change_head",
    "confirm_finding",
    "copy_version",
    "decide_response",
    "drop_finding",
    "finalise",
    "finish_responding",
    "frozen_inputs",
    "keep_score",
    "latest_score",
    "load_shipped",
    "locked_draft",
    "make_instrument",
    "open_draft",
    "order_sending",
    "propose_findings",
    "put_in_use",
    "receive_by_paper",
    "recount_audit_clocks",
    "refuse_open",
    "release_earlier_audit_day",
    "remind_offices",
    "respond",
    "result_of",
    "retire_version",
    "send_draft",
    "send_findings",
    "take_in_version",
    "verify_scores",
]
