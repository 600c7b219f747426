"""Changing complaints: one verb, one transaction. Callers import the names from here."""

from .answers import ClarificationInput, file_answer
from .asked import OfficeAnswer, acknowledge_answer, answer_request, open_request
from .clarification import (
    examine_documents,
    is_answer_over,
    is_reviewable,
    review_case,
    texts_of,
)
from .conflict import declare_interest, declare_no_interest
from .conversation import note_messages_read, settle_message, write_note, write_to_office, write_to_reporter
from .decision import DecisionInput, accept_complaint, reassign_complaint
from .drafts import answer_draft, confirm_code, forget_draft, start_draft, sweep_drafts
from .feeds import (
    NewFeed,
    end_feed,
    end_reporters_feed,
    make_case_feed,
    make_own_feed,
    make_reporters_feed,
    note_feed_read,
)
from .hidden_identity import parts_that_name_reporter
from .identity import open_identity
from .letters import folder_of, make_receipt
from .mornings import begin_mornings
from .pausing import (
    PauseInput,
    ask_for_pause,
    end_pause,
    pausable_days,
    refuse_pause,
    release_pause,
    why_unpausable,
)
from .proposing import propose_moves
from .recount import Recount, recount_open_clocks, release_earlier_day
from .register import ComplaintInput, Receipt, missing_answers, register_complaint, send_draft
from .report import (
    ActionInput,
    PartInput,
    latest_report,
    remove_action,
    report_of_round,
    save_action,
    save_part,
    submit_report,
)
from .report_ends import (
    close_as_corrected,
    close_report,
    examine_again,
    hand_to_resolution,
    is_action_over,
    is_received,
    monitor_report,
)
from .reporting import REPORT_OPENED, is_reply_over, receive_report
from .resolving import Confirmation, close_as_resolved
from .saved_views import ViewInput, change_view, remove_view, save_view
from .tips import (
    TipInput,
    answer_tip,
    declare_about_tip,
    move_tip,
    note_tip_messages_read,
    receive_tip,
    settle_tip_message,
    write_to_tip,
)
from .verification import (
    CheckInput,
    begin_verification,
    finish_formal_verification,
    put_to_plenary,
    save_checks,
)
from .withdrawing import (
    ask_for_withdrawal,
    complete,
    complete_at_desk,
    confirm_withdrawal,
    deem_withdrawn,
    is_completion_over,
    take_back_withdrawal,
)

__all__ = [
    "REPORT_OPENED",
    "ActionInput",
    "CheckInput",
    "ClarificationInput",
    "ComplaintInput",
    "Confirmation",
    "DecisionInput",
    "NewFeed",
    "OfficeAnswer",
    "PartInput",
    "PauseInput",
    "Receipt",
    "Recount",
    "TipInput",
    "ViewInput",
    "accept_complaint",
    "acknowledge_answer",
    "answer_draft",
    "answer_request",
    "answer_tip",
    "ask_for_pause",
    "ask_for_withdrawal",
    "begin_mornings",
    "begin_verification",
    "change_view",
    "close_as_corrected",
    "close_as_resolved",
    "close_report",
    "complete",
    "complete_at_desk",
    "confirm_code",
    "confirm_withdrawal",
    "declare_about_tip",
    "declare_interest",
    "declare_no_interest",
    "deem_withdrawn",
    "end_feed",
    "end_pause",
    "end_reporters_feed",
    "examine_again",
    "examine_documents",
    "file_answer",
    "finish_formal_verification",
    "folder_of",
    "forget_draft",
    "hand_to_resolution",
    "is_action_over",
    "is_answer_over",
    "is_completion_over",
    "is_received",
    "is_reply_over",
    "is_reviewable",
    "latest_report",
    "make_case_feed",
    "make_own_feed",
    "make_receipt",
    "make_reporters_feed",
    "missing_answers",
    "monitor_report",
    "move_tip",
    "note_feed_read",
    "note_messages_read",
    "note_tip_messages_read",
    "open_identity",
    "open_request",
    "parts_that_name_reporter",
    "pausable_days",
    "propose_moves",
    "put_to_plenary",
    "reassign_complaint",
    "receive_report",
    "receive_tip",
    "recount_open_clocks",
    "refuse_pause",
    "register_complaint",
    "release_earlier_day",
    "release_pause",
    "remove_action",
    "remove_view",
    "report_of_round",
    "review_case",
    "save_action",
    "save_checks",
    "save_part",
    "save_view",
    "send_draft",
    "settle_message",
    "settle_tip_message",
    "start_draft",
    "submit_report",
    "sweep_drafts",
    "take_back_withdrawal",
    "texts_of",
    "why_unpausable",
    "write_note",
    "write_to_office",
    "write_to_reporter",
    "write_to_tip",
]
