"""The sentence for each refusal (OU7): from the code of a rule that says no to what a person reads."""

from . import (
    accounts,
    attachments,
    audits,
    complaints,
    coverage,
    documents,
    employers,
    findings,
    house,
    imports,
    innovations,
    meetings,
    outreach,
)
from .pages import BAD_REQUEST, BUSY, FORBIDDEN, HTTP, NOT_FOUND, NOT_POSSIBLE, SERVER_ERROR
from .refusal import Refusal

REFUSALS: dict[str, Refusal] = {
    code: refusal
    for part in (
        house,
        accounts,
        attachments,
        imports,
        documents,
        complaints,
        findings,
        employers,
        audits,
        coverage,
        innovations,
        meetings,
        outreach,
    )
    for code, refusal in part.REFUSALS.items()
}

__all__ = [
    "BAD_REQUEST",
    "BUSY",
    "FORBIDDEN",
    "HTTP",
    "NOT_FOUND",
    "NOT_POSSIBLE",
    "REFUSALS",
    "SERVER_ERROR",
    "Refusal",
]
