"""How an audit, a round and a version of an instrument go from one state to the next; no database.

What the rules say stands in `rules/audits.yaml` (domain/audits.md); the moves are the product's own.
"""

from enum import StrEnum

from ombudsman_app.core.workflow.flow import Flow, Move


class AuditState(StrEnum):
    """Where the audit of one office stands."""

    PLANNED = "planned"
    IN_FIELD = "in_field"
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    DRAFT_SENT = "draft_sent"
    FINAL = "final"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


class RoundState(StrEnum):
    """Where a round stands: its offices may change until it runs."""

    PLANNED = "planned"
    RUNNING = "running"
    CLOSED = "closed"


class VersionState(StrEnum):
    """Where a version of an instrument stands. Frozen from `in_use` on."""

    DRAFT = "draft"
    IN_USE = "in_use"
    RETIRED = "retired"


class Seat(StrEnum):
    """What a person does in the team of one audit."""

    LEAD = "lead"
    ASSESSOR = "assessor"
    ADJUDICATOR = "adjudicator"  # the third who settles where two differ
    REVIEWER = "reviewer"


class SheetKind(StrEnum):
    """What a sheet of answers is."""

    ASSESSOR = "assessor"
    AGREED = "agreed"  # of two blind ones, settled by a third


class SampleKind(StrEnum):
    """What was looked at one by one in the field."""

    CLAIM_FILE = "claim_file"
    TIMING = "timing"
    COUNTER = "counter"
    OFFICER = "officer"
    USER = "user"


class ScoreStage(StrEnum):
    """For which step a score was computed."""

    SUBMITTED = "submitted"
    DRAFT = "draft"
    FINAL = "final"


class Cause(StrEnum):
    """Why an answer was changed after it was submitted."""

    REVIEW = "review"
    ADJUDICATION = "adjudication"
    RESPONSE = "response"  # of the branch


class Stance(StrEnum):
    """What a branch says to the score of an indicator."""

    ACCEPT = "accept"
    DISPUTE = "dispute"
    REMARK = "remark"


class Ruling(StrEnum):
    """What was decided about what the branch said."""

    TAKEN_OVER = "taken_over"  # the answer is changed
    KEPT = "kept"


class ProposalState(StrEnum):
    """What became of a finding that a low score proposes."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class CorrectionState(StrEnum):
    """What became of the wish to correct a published result."""

    ASKED = "asked"
    RELEASED = "released"
    DROPPED = "dropped"  # taken back by who asked, or turned down


S = AuditState
AUDIT: Flow[AuditState] = Flow(
    {
        "start": Move({S.PLANNED}, S.IN_FIELD, by="auditor"),
        "submit": Move({S.IN_FIELD}, S.SUBMITTED, by="auditor"),
        "give_back": Move({S.SUBMITTED}, S.IN_FIELD, by="reviewer"),
        "review": Move({S.SUBMITTED}, S.REVIEWED, by="reviewer"),
        "send_draft": Move({S.REVIEWED}, S.DRAFT_SENT, by="head_of_representative"),
        "finalise": Move({S.DRAFT_SENT}, S.FINAL, by="head_of_representative"),
        "publish": Move({S.FINAL}, S.PUBLISHED, by="auditor", released_by="head_of_representative"),
        "cancel": Move({S.PLANNED, S.IN_FIELD}, S.CANCELLED, by="head_of_representative"),
    }
)
ROUND: Flow[RoundState] = Flow(
    {
        "begin": Move({RoundState.PLANNED}, RoundState.RUNNING, by="head_of_representative"),
        "close": Move({RoundState.RUNNING}, RoundState.CLOSED, by="head_of_representative"),
    }
)
VERSION: Flow[VersionState] = Flow(
    {
        "put_in_use": Move({VersionState.DRAFT}, VersionState.IN_USE, by="head_of_representative"),
        "retire": Move({VersionState.IN_USE}, VersionState.RETIRED, by="head_of_representative"),
    }
)

STAGES = (S.PLANNED, S.IN_FIELD, S.SUBMITTED, S.REVIEWED, S.DRAFT_SENT, S.FINAL, S.PUBLISHED)
SHOWN_TO_OFFICE = frozenset({S.DRAFT_SENT, S.FINAL, S.PUBLISHED})
ENDED = frozenset({S.PUBLISHED, S.CANCELLED})
