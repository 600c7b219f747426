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
from .register import REGISTER_VIEWS, RegisterFilter, RegisterRow, register_page
from .unproven import UNPROVEN, UnprovenRow, unproven_page, unproven_part

__all__ = [
    "REGISTER_VIEWS",
    "UNPROVEN",
    "Batch",
    "BatchPage",
    "DocumentPage",
    "PreviewOrder",
    "Ready",
    "Receipt",
    "RegisterFilter",
    "RegisterRow",
    "UnprovenRow",
    "batch_of",
    "batch_page",
    "document_page",
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
    "unproven_page",
    "unproven_part",
    "visible_delivery",
    "visible_document",
]
