"""Who may do what with an audit that this person can see."""

from collections.abc import Callable
from typing import Any

from ombudsman_app.core.policy import PORTAL_ROLES, Actor, Policy, Role

from .models import Audit, AuditSheet, SheetAnswer, SheetEvidence, SheetSample
from .scope import READERS
from .states import Seat

Condition = Callable[[Actor, Any], bool]
OnSheet = SheetAnswer | SheetEvidence | SheetSample
_HEAD = frozenset({Role.HEAD_OF_REPRESENTATIVE})
WRITERS = frozenset({Role.AUDITOR, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE})  # of instruments
PLANNERS = frozenset({Role.AUDITOR, Role.HEAD_OF_ASSISTANTS, Role.HEAD_OF_REPRESENTATIVE})
ASSESSORS = frozenset({Role.AUDITOR})
REVIEWERS = frozenset({Role.REVIEWER, Role.HEAD_OF_ASSISTANTS, Role.HEAD_OF_REPRESENTATIVE})
CONFIRMERS = frozenset({Role.AUDITOR, Role.PREVENTION_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE})


def _acts_as(roles: frozenset[Role]) -> Condition:
    """The role is held at the office that handles it, not just somewhere."""
    return lambda actor, found: found.representative_office_id in actor.offices_as(*roles)


def _sits(actor: Actor, audit: Audit, *seats: Seat) -> bool:
    """Whether this person has one of the seats; the members of the audit must be loaded."""
    return any(one.user_id == actor.user_id and one.seat in seats for one in audit.members)


def _assesses(actor: Actor, audit: Audit) -> bool:
    """An auditor with a seat in the field."""
    return _sits(actor, audit, Seat.LEAD, Seat.ASSESSOR)


def _leads(actor: Actor, audit: Audit) -> bool:
    return _sits(actor, audit, Seat.LEAD)


def _settles(actor: Actor, audit: Audit) -> bool:
    """The third: never one of the two whose sheets are compared."""
    return _sits(actor, audit, Seat.ADJUDICATOR)


def has_worked_on(actor: Actor, audit: Audit) -> bool:
    """Whether this person filled in, settled or sent in what others are to judge."""
    return audit.submitted_by_id == actor.user_id or _sits(
        actor, audit, Seat.LEAD, Seat.ASSESSOR, Seat.ADJUDICATOR
    )


def _reviews(actor: Actor, audit: Audit) -> bool:
    """Another person than who did the audit (domain/audits.md §6, rule 9), and nobody of the office."""
    is_office = audit.office_id in actor.offices_as(*PORTAL_ROLES)
    return not has_worked_on(actor, audit) and not is_office and _acts_as(REVIEWERS)(actor, audit)


def _releases_publication(actor: Actor, audit: Audit) -> bool:
    """Another person than the one who asked (AZ10)."""
    return audit.publication_asked_by_id != actor.user_id and _acts_as(_HEAD)(actor, audit)


def _fills(actor: Actor, found: AuditSheet | OnSheet) -> bool:
    """One's own sheet, or what stands on it; where assessors are not blind, that of the team."""
    sheet = found if isinstance(found, AuditSheet) else found.sheet
    if sheet.assessor_id == actor.user_id:
        return True
    return not sheet.audit.round.is_blind and _assesses(actor, sheet.audit)


def _answers(actor: Actor, audit: Audit) -> bool:
    return audit.office_id in actor.offices_as(*PORTAL_ROLES)


# Instruments belong to the house: no office of their own.
WRITE_INSTRUMENT = Policy("audits.write_instrument", roles=WRITERS)
PUT_IN_USE = Policy("audits.put_in_use", roles=_HEAD | {Role.CHAIR})
ADD_SCHEME = Policy("audits.add_scheme", roles=frozenset({Role.ADMINISTRATOR}))

PLAN = Policy("audits.plan", roles=PLANNERS, when=_acts_as(PLANNERS))  # a round, an audit
LEAD_ROUND = Policy("audits.lead_round", roles=_HEAD, when=_acts_as(_HEAD))
START = Policy("audits.start", roles=ASSESSORS, when=_leads)
ASSESS = Policy("audits.assess", roles=ASSESSORS, when=_assesses)
FILL = Policy("audits.fill", roles=ASSESSORS | REVIEWERS, when=_fills)
SETTLE = Policy("audits.settle", roles=ASSESSORS | REVIEWERS, when=_settles)
SUBMIT = Policy("audits.submit", roles=ASSESSORS, when=_leads)
REVIEW = Policy("audits.review", roles=REVIEWERS, when=_reviews)
RELEASE = Policy("audits.release", roles=_HEAD, when=_acts_as(_HEAD))  # draft to the branch, final
DECIDE_RESPONSE = Policy("audits.decide_response", roles=REVIEWERS, when=_reviews)
CONFIRM = Policy("audits.confirm", roles=CONFIRMERS, when=_acts_as(CONFIRMERS))  # a proposed finding
WRITE_REPORT = Policy("audits.write_report", roles=PLANNERS | REVIEWERS, when=_acts_as(PLANNERS | REVIEWERS))
ASK_PUBLICATION = Policy("audits.ask_publication", roles=PLANNERS, when=_acts_as(PLANNERS))
PUBLISH = Policy("audits.publish", roles=_HEAD, when=_releases_publication)
ASK_CORRECTION = Policy(
    "audits.ask_correction", roles=PLANNERS | REVIEWERS, when=_acts_as(PLANNERS | REVIEWERS)
)
RELEASE_CORRECTION = Policy("audits.release_correction", roles=_HEAD, when=_acts_as(_HEAD))
NAME_STUDY_PLACE = Policy("audits.name_study_place", roles=_HEAD, when=_acts_as(_HEAD))
RESPOND = Policy("audits.respond", roles=PORTAL_ROLES, when=_answers)
POLICIES = [
    ADD_SCHEME,
    ASK_CORRECTION,
    ASK_PUBLICATION,
    ASSESS,
    CONFIRM,
    DECIDE_RESPONSE,
    FILL,
    LEAD_ROUND,
    NAME_STUDY_PLACE,
    PLAN,
    PUBLISH,
    PUT_IN_USE,
    RELEASE,
    RELEASE_CORRECTION,
    RESPOND,
    REVIEW,
    SETTLE,
    START,
    SUBMIT,
    WRITE_INSTRUMENT,
    Policy("audits.declare", roles=READERS),
    WRITE_REPORT,
    Policy("audits.inbox", roles=PORTAL_ROLES),
    Policy("audits.list", roles=READERS),
    Policy("audits.instruments", roles=READERS | {Role.ADMINISTRATOR}),
    Policy("audits.make_instrument", roles=WRITERS),
    Policy("audits.make_round", roles=PLANNERS),
    Policy("audits.order_sheet", roles=READERS),
    Policy("audits.read", roles=READERS),
    Policy("audits.read_order", roles=READERS | {Role.ADMINISTRATOR}),  # one's own alone
    Policy("audits.read_instruments", roles=READERS | {Role.ADMINISTRATOR}),
    Policy("audits.read_sheet", roles=READERS),  # one's own alone
    Policy("audits.schemes", roles=READERS | {Role.ADMINISTRATOR}),
]
