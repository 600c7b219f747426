"""Reading papers."""

from .batches import (
    Batch,
    BatchPage,
    Ready,
    batch_of,
    batch_page,
    living_batches,
    next_in_batch,
    numbers_of,
    office_batch,
    ready_letters,
)
from .letters import Receipt, letter_of, letters_of, receipt_of
from .orders import PreviewOrder, own_job, own_preview
from .page import DocumentPage, document_page, visible_delivery, visible_document
from .register import REGISTER_VIEWS, RegisterFilter, RegisterRow, key_from, register_page

__all__ = [
    "REGISTER_VIEWS",
    "Batch",
    "BatchPage",
    "DocumentPage",
    "PreviewOrder",
    "Ready",
    "Receipt",
    "RegisterFilter",
    "RegisterRow",
    "batch_of",
    "batch_page",
    "document_page",
    "key_from",
    "letter_of",
    "letters_of",
    "living_batches",
    "next_in_batch",
    "numbers_of",
    "office_batch",
    "own_job",
    "own_preview",
    "ready_letters",
    "receipt_of",
    "register_page",
    "visible_delivery",
    "visible_document",
]
