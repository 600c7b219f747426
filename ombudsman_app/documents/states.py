"""What may happen to a paper, and what its kind asks for (`rules/documents.yaml`). No database in here."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ombudsman_app.core.months import roman_month
from ombudsman_app.core.workflow.flow import Flow, Move
from ombudsman_app.core.workflow.rules import Mark, load


class DocumentState(StrEnum):
    """Where a paper stands. Order: its life."""

    DRAFT = "draft"
    APPROVED = "approved"  # by a second person where the kind asks for one; waits for its number
    BEING_MADE = "being_made"  # it has its number, the act is done; its pages are drawn and signed
    ISSUED = "issued"
    SUPERSEDED = "superseded"  # a newer paper stands in its place
    REVOKED = "revoked"
    DISCARDED = "discarded"  # a draft that nobody wanted; it never had a number


_S = DocumentState
DOCUMENT = Flow(
    {
        "approve": Move({_S.DRAFT}, _S.APPROVED),
        "change": Move({_S.DRAFT, _S.APPROVED}, _S.DRAFT),  # who changes a word asks for approval again
        "return": Move({_S.DRAFT, _S.APPROVED}, _S.DRAFT),  # a second person wants other words
        "discard": Move({_S.DRAFT, _S.APPROVED}, _S.DISCARDED),
        "issue": Move({_S.DRAFT, _S.APPROVED}, _S.BEING_MADE),
        "seal": Move({_S.BEING_MADE}, _S.ISSUED),
        "supersede": Move({_S.ISSUED}, _S.SUPERSEDED),
        "revoke": Move({_S.ISSUED, _S.SUPERSEDED}, _S.REVOKED),
    }
)
# jobs, by name
MAKE, PREVIEW, ISSUE_ALL = "documents.make", "documents.preview", "documents.issue_all"
UNPUBLISHED = frozenset({_S.DRAFT, _S.APPROVED, _S.BEING_MADE, _S.DISCARDED})  # looks like unknown (RP4)
OUT = frozenset({_S.ISSUED, _S.SUPERSEDED, _S.REVOKED})


class Channel(StrEnum):
    """How a paper goes to its addressee."""

    FOLLOW = "follow"  # /lacak: read there by who holds ticket and code
    MAIL = "mail"  # a link, no paper (PD6)
    POST = "post"
    BY_HAND = "by_hand"
    PORTAL = "portal"  # opened there by an officer of the office that it is addressed to


class Proof(StrEnum):
    """What proves receipt (design.md §12). A mail that was accepted by a server proves nothing."""

    OPENED = "opened"
    SIGNED_RECEIPT = "signed_receipt"
    POSTAL = "postal"
    MINUTES = "minutes"


PROOFS_OF: dict[Channel, frozenset[Proof]] = {
    Channel.FOLLOW: frozenset({Proof.OPENED}),
    Channel.MAIL: frozenset(),
    Channel.POST: frozenset({Proof.SIGNED_RECEIPT, Proof.POSTAL}),
    Channel.BY_HAND: frozenset({Proof.SIGNED_RECEIPT, Proof.MINUTES}),
    Channel.PORTAL: frozenset({Proof.OPENED}),
}


@dataclass(frozen=True)
class KindRule:
    """One kind of paper. `classification` stands in its number and is a setting of the office."""

    id: str
    id_label: str
    classification: str
    second_person: bool
    needs_proof: bool  # somebody waits for the proof of its receipt
    variant: str
    verified: Mark
    legal: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class LetterNumber:
    """How a number is written. `without_case`: where there is no registration number to refer to."""

    format: str
    without_case: str
    security: str
    verified: Mark
    note: str


@dataclass(frozen=True)
class ProofMissing:
    """After how many days a letter without proof of receipt is shown. A setting of the product."""

    days: int
    day_type: str
    verified: Mark
    note: str


@dataclass(frozen=True)
class DocumentRules:
    """The whole file."""

    version: int
    number: LetterNumber
    proof_missing: ProofMissing
    kinds: tuple[KindRule, ...]


RULES = load(Path(__file__).parent / "rules" / "documents.yaml", DocumentRules)
PROOF_MISSING_DAYS = RULES.proof_missing.days
KIND_RULES = {rule.id: rule for rule in RULES.kinds}


def number_in_words(
    sequence: int, kind: str, *, year: int, month: int, office_code: str, case_reference: str = ""
) -> str:
    """Write a number as it stands on the paper, such as B/0045/LM.12/0012.2026/MAM/XI/2026."""
    pattern = RULES.number.format if case_reference else RULES.number.without_case
    return pattern.format(
        security=RULES.number.security,
        seq=sequence,
        classification=KIND_RULES[kind].classification,
        case_ref=case_reference,
        office_code=office_code,
        month_roman=roman_month(month),
        year=year,
    )
