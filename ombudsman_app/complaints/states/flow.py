"""What may happen to a complaint, who does it, who lets it happen. Facts: `rules/complaints.yaml`.

The table below and the file must say the same; if they part, the house does not start.
"""

from enum import StrEnum

from ombudsman_app.core.workflow.flow import Flow, Move, Place, SideMove, rows_of

from .agreement import agreed, agreed_side_moves
from .file import RULES


class ComplaintState(StrEnum):
    """Where a complaint stands. Order: the way through the house."""

    RECEIVED = "received"
    CONSULTATION = "consultation"  # KNL: advice, not a report
    FORMAL_VERIFICATION = "formal_verification"
    AWAITING_COMPLETION = "awaiting_completion"  # with the reporter
    MATERIAL_VERIFICATION = "material_verification"
    PLENARY_DECISION = "plenary_decision"
    RCO = "rco"
    ASSIGNED = "assigned"
    DOCUMENT_EXAMINATION = "document_examination"
    CLARIFICATION_FIRST = "clarification_first"  # with the respondent
    CLARIFICATION_SECOND = "clarification_second"  # with the respondent
    DIRECT_CLARIFICATION = "direct_clarification"
    SUMMONS = "summons"
    FIELD_EXAMINATION = "field_examination"
    CONCILIATION_EXAM = "conciliation_exam"
    CASE_REVIEW = "case_review"
    REPORTER_REPLY = "reporter_reply"  # only under the older rules
    REPORT_ISSUED = "report_issued"  # LHP, in older cases LAHP
    REPORT_MONITORING = "report_monitoring"
    RESOLUTION_REVIEW = "resolution_review"
    RESOLUTION = "resolution"
    SPECIAL_ADJUDICATION = "special_adjudication"
    RECOMMENDATION_DRAFT = "recommendation_draft"
    RECOMMENDATION_ISSUED = "recommendation_issued"
    RECOMMENDATION_MONITORING = "recommendation_monitoring"
    ESCALATED = "escalated"
    CLOSED = "closed"


class By(StrEnum):
    """Who makes a move. `system` proposes when a clock ends; a person releases it."""

    REPORTER = "reporter"
    SYSTEM = "system"
    PVL = "pvl_assistant"
    EXAMINER = "examiner"
    RESMON = "resmon_assistant"
    HEAD = "head_of_representative"
    MEMBER = "ombudsman_member"
    CHAIR = "chair"


class Outcome(StrEnum):
    """How a complaint ended."""

    DEEMED_WITHDRAWN = "deemed_withdrawn"
    WITHDRAWN_BY_REPORTER = "withdrawn_by_reporter"
    REFUSED = "refused"
    NOT_COMPETENT = "not_competent"
    RESOLVED_RCO = "resolved_rco"
    RESOLVED_BY_RESPONDENT = "resolved_by_respondent"
    SETTLED_CONCILIATION = "settled_conciliation"
    NO_MALADMINISTRATION = "no_maladministration"
    EXAMINATION_DISCONTINUED = "examination_discontinued"
    CORRECTIVE_ACTION_DONE = "corrective_action_done"
    SETTLED_RESOLUTION = "settled_resolution"
    ADJUDICATED = "adjudicated"
    RECOMMENDATION_DONE = "recommendation_done"
    PUBLISHED = "published"


CURRENT, LEGACY = "po58_2023", "po26_2017_48_2020"
_S = ComplaintState

_MOVES: dict[str, Move[ComplaintState] | tuple[Move[ComplaintState], ...]] = {
    # intake and verification
    "record_consultation": Move({_S.RECEIVED}, _S.CONSULTATION, By.PVL),
    "turn_into_report": Move({_S.CONSULTATION}, _S.RECEIVED, By.PVL),
    "begin_formal_verification": Move({_S.RECEIVED}, _S.FORMAL_VERIFICATION, By.PVL),
    "ask_for_completion": Move({_S.FORMAL_VERIFICATION}, _S.AWAITING_COMPLETION, By.PVL),
    "complete": Move({_S.AWAITING_COMPLETION}, _S.FORMAL_VERIFICATION, By.REPORTER),
    "deem_withdrawn": Move(
        {_S.AWAITING_COMPLETION}, _S.CLOSED, By.SYSTEM, released_by=By.PVL, outcome=Outcome.DEEMED_WITHDRAWN
    ),
    "begin_material_verification": Move({_S.FORMAL_VERIFICATION}, _S.MATERIAL_VERIFICATION, By.PVL),
    "put_to_plenary": Move({_S.MATERIAL_VERIFICATION}, _S.PLENARY_DECISION, By.PVL),
    "accept": Move({_S.PLENARY_DECISION}, _S.ASSIGNED, By.HEAD),
    "transfer": Move({_S.PLENARY_DECISION}, _S.ASSIGNED, By.HEAD, event="transferred"),
    "refuse": Move({_S.PLENARY_DECISION}, _S.CLOSED, By.HEAD, outcome=Outcome.REFUSED),
    "declare_not_competent": Move({_S.PLENARY_DECISION}, _S.CLOSED, By.HEAD, outcome=Outcome.NOT_COMPETENT),
    # rapid response
    "respond_rapidly": Move({_S.RECEIVED, _S.PLENARY_DECISION}, _S.RCO, By.HEAD),
    "resolve_rapidly": Move({_S.RCO}, _S.CLOSED, By.HEAD, outcome=Outcome.RESOLVED_RCO),
    "continue_regularly": Move({_S.RCO}, _S.ASSIGNED, By.HEAD),
    # examination: its steps may come in any order and repeat
    "examine_documents": Move({_S.ASSIGNED}, _S.DOCUMENT_EXAMINATION, By.EXAMINER),
    "ask_for_clarification": Move({_S.DOCUMENT_EXAMINATION}, _S.CLARIFICATION_FIRST, By.EXAMINER),
    "ask_again": Move({_S.CLARIFICATION_FIRST}, _S.CLARIFICATION_SECOND, By.SYSTEM, released_by=By.EXAMINER),
    "examine_in_field": Move(
        {_S.DOCUMENT_EXAMINATION, _S.CLARIFICATION_FIRST, _S.CLARIFICATION_SECOND},
        _S.FIELD_EXAMINATION,
        By.EXAMINER,
    ),
    "clarify_directly": Move(
        {_S.DOCUMENT_EXAMINATION, _S.CLARIFICATION_FIRST}, _S.DIRECT_CLARIFICATION, By.EXAMINER
    ),
    "summon": Move({_S.CLARIFICATION_SECOND, _S.DIRECT_CLARIFICATION, _S.SUMMONS}, _S.SUMMONS, By.EXAMINER),
    "conciliate": Move({_S.DIRECT_CLARIFICATION, _S.FIELD_EXAMINATION}, _S.CONCILIATION_EXAM, By.EXAMINER),
    "settle_by_conciliation": Move(
        {_S.CONCILIATION_EXAM}, _S.CLOSED, By.EXAMINER, outcome=Outcome.SETTLED_CONCILIATION
    ),
    "review_case": (
        Move(
            {
                _S.DOCUMENT_EXAMINATION,
                _S.CLARIFICATION_FIRST,
                _S.DIRECT_CLARIFICATION,
                _S.SUMMONS,
                _S.FIELD_EXAMINATION,
                _S.CONCILIATION_EXAM,
            },
            _S.CASE_REVIEW,
            By.EXAMINER,
        ),
        Move({_S.CLARIFICATION_SECOND}, _S.CASE_REVIEW, By.SYSTEM, released_by=By.EXAMINER),
    ),
    "examine_again": Move({_S.CASE_REVIEW, _S.REPORTER_REPLY}, _S.DOCUMENT_EXAMINATION, By.EXAMINER),
    "hear_reporter": Move({_S.CASE_REVIEW}, _S.REPORTER_REPLY, By.EXAMINER, regime=LEGACY),
    "close_as_resolved": Move({_S.CASE_REVIEW}, _S.CLOSED, By.HEAD, outcome=Outcome.RESOLVED_BY_RESPONDENT),
    # the report and what follows it
    "issue_report": Move({_S.CASE_REVIEW, _S.REPORTER_REPLY}, _S.REPORT_ISSUED, By.HEAD),
    "close_without_finding": Move(
        {_S.REPORT_ISSUED}, _S.CLOSED, By.HEAD, outcome=Outcome.NO_MALADMINISTRATION
    ),
    "discontinue": Move({_S.REPORT_ISSUED}, _S.CLOSED, By.HEAD, outcome=Outcome.EXAMINATION_DISCONTINUED),
    "monitor_report": Move({_S.REPORT_ISSUED}, _S.REPORT_MONITORING, By.EXAMINER),
    "close_as_corrected": Move(
        {_S.REPORT_MONITORING}, _S.CLOSED, By.EXAMINER, outcome=Outcome.CORRECTIVE_ACTION_DONE
    ),
    "hand_to_resolution": Move({_S.REPORT_MONITORING}, _S.RESOLUTION_REVIEW, By.SYSTEM, released_by=By.HEAD),
    # resolution, recommendation, escalation
    "return_file": Move({_S.RESOLUTION_REVIEW}, _S.REPORT_MONITORING, By.RESMON),
    "begin_resolution": Move({_S.RESOLUTION_REVIEW}, _S.RESOLUTION, By.RESMON),
    "settle_by_resolution": Move({_S.RESOLUTION}, _S.CLOSED, By.RESMON, outcome=Outcome.SETTLED_RESOLUTION),
    "adjudicate": Move({_S.RESOLUTION}, _S.SPECIAL_ADJUDICATION, By.MEMBER),
    "close_as_adjudicated": Move(
        {_S.SPECIAL_ADJUDICATION}, _S.CLOSED, By.MEMBER, outcome=Outcome.ADJUDICATED
    ),
    "draft_recommendation": Move({_S.RESOLUTION}, _S.RECOMMENDATION_DRAFT, By.MEMBER),
    "issue_recommendation": Move({_S.RECOMMENDATION_DRAFT}, _S.RECOMMENDATION_ISSUED, By.CHAIR),
    "monitor_recommendation": Move({_S.RECOMMENDATION_ISSUED}, _S.RECOMMENDATION_MONITORING, By.RESMON),
    "close_as_carried_out": Move(
        {_S.RECOMMENDATION_MONITORING}, _S.CLOSED, By.CHAIR, outcome=Outcome.RECOMMENDATION_DONE
    ),
    "escalate": Move({_S.RECOMMENDATION_MONITORING}, _S.ESCALATED, By.CHAIR),
    "close_as_published": Move({_S.ESCALATED}, _S.CLOSED, By.CHAIR, outcome=Outcome.PUBLISHED),
}

_SIDE_MOVES: dict[str, SideMove[ComplaintState]] = {
    "withdraw": SideMove(
        Place.ANY_NOT_CLOSED,
        _S.CLOSED,
        By.REPORTER,
        released_by=By.PVL,
        outcome=Outcome.WITHDRAWN_BY_REPORTER,
    ),
    "merge_duplicate": SideMove(Place.ANY_NOT_CLOSED, Place.FOLLOWS_PARENT, By.PVL),
    "split_duplicate": SideMove(Place.FOLLOWS_PARENT, Place.BEFORE_MERGE, By.HEAD),
    "objection": SideMove(_S.CLOSED, _S.CASE_REVIEW, By.REPORTER, released_by=By.HEAD),
    "start_own_initiative": SideMove(Place.NONE, _S.ASSIGNED, By.HEAD),
    "register_report": SideMove(Place.NONE, _S.RECEIVED, By.PVL),
    "rco_declined": SideMove(_S.RCO, _S.PLENARY_DECISION, By.HEAD),
}

COMPLAINT = Flow(
    agreed(rows_of(_MOVES), RULES.transitions),
    side_moves=agreed_side_moves(_SIDE_MOVES, RULES.side_moves),
    closed=ComplaintState.CLOSED,
)
