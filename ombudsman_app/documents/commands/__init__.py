"""Changing papers."""

from .delivering import ProofInput, SendInput, open_paper, prove, send
from .drafting import approve, begin_replacement, change_draft, discard, order_preview, write_draft
from .issuing import (
    content_of_draft,
    issue,
    issue_at_once,
    keep_pages,
    make_again,
    make_once_more,
    to_be_made,
)
from .issuing_many import approved_letters, issue_next, order_all
from .revoking import ask_revocation, keep, revoke
from .sweeping import sweep_archive

__all__ = [
    "ProofInput",
    "SendInput",
    "approve",
    "approved_letters",
    "ask_revocation",
    "begin_replacement",
    "change_draft",
    "content_of_draft",
    "discard",
    "issue",
    "issue_at_once",
    "issue_next",
    "keep",
    "keep_pages",
    "make_again",
    "make_once_more",
    "open_paper",
    "order_all",
    "order_preview",
    "prove",
    "revoke",
    "send",
    "sweep_archive",
    "to_be_made",
    "write_draft",
]
