"""Reading papers."""

from .letters import Receipt, letter_of, letters_of, receipt_of
from .orders import PreviewOrder, own_job, own_preview
from .page import DocumentPage, document_page, visible_delivery, visible_document
from .register import REGISTER_VIEWS, RegisterFilter, RegisterRow, key_from, register_page

__all__ = [
    "REGISTER_VIEWS",
    "DocumentPage",
    "PreviewOrder",
    "Receipt",
    "RegisterFilter",
    "RegisterRow",
    "document_page",
    "key_from",
    "letter_of",
    "letters_of",
    "own_job",
    "own_preview",
    "receipt_of",
    "register_page",
    "visible_delivery",
    "visible_document",
]
