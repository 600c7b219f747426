"""Changing papers."""

from .delivering import ProofInput, SendInput, open_addressed, open_paper, prove, send
from .drafting import approve, begin_replacement, change_draft, discard, order_preview, send_back, write_draft
from .issuing import (
    content_of_draft,
    issue,
    issue_at_once,
    keep_pages,
    make_again,
    make_on_demand,
    make_once_more,
    to_be_made,
)
from .issuing_many import demand_head, issue_next, make_apart, make_forgotten, order_all, stop_batch
from .revoking import ask_revocation, keep, revoke
from .sweeping import sweep_archive

__all__ = [
    "ProofInput",
    "SendInput",
    "approve",
    "ask_revocation",
    "begin_replacement",
    "change_draft",
    "content_of_draft",
    "demand_head",
    "discard",
    "issue",
    "issue_at_once",
    "issue_next",
    "keep",
    "keep_pages",
    "make_again",
    "make_apart",
    "make_forgotten",
    "make_on_demand",
    "make_once_more",
    "open_addressed",
    "open_paper",
    "order_all",
    "order_preview",
    "prove",
    "revoke",
    "send",
    "send_back",
    "stop_batch",
    "sweep_archive",
    "to_be_made",
    "write_draft",
]
