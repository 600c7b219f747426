"""Files that show how a duty is kept: those of the Ombudsman beside the state, those of a Pemda beside what
it proposes."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor

from .duties import ProposalState
from .duty_policies import ASSESS, PROPOSE
from .local_rule_policies import READERS
from .models import DutyProposal, DutyStatus
from .queries.duty_proposals import own_proposal
from .queries.duty_subjects import subject_of

EVIDENCE, PROPOSED = "duty_evidence", "duty_proposal"


def _evidence(actor: Actor, record_id: int | None) -> UUID | None:
    held = db.session.scalar(select(DutyStatus).where(DutyStatus.id == record_id))
    subject = subject_of(actor, held.subject) if held else None
    if held is None or subject is None or not ASSESS.allows(actor, subject):
        return None
    return held.files_id


def _proposed(actor: Actor, record_id: int | None) -> UUID | None:
    found = own_proposal(actor, record_id) if record_id else None
    if found is None or found.state is not ProposalState.WAITING or not PROPOSE.allows(actor, found):
        return None
    return found.files_id


def _seen_evidence(actor: Actor) -> Select[UUID] | None:
    return select(DutyStatus.files_id) if actor.roles & READERS else None


def _seen_proposed(actor: Actor) -> Select[UUID] | None:
    """Whoever asks is of one side; a person is never both."""
    found = select(DutyProposal.files_id)
    if own := sorted(actor.offices_as(*PORTAL_ROLES)):
        return found.where(DutyProposal.office_id.in_(own))
    if offices := sorted(actor.offices_as(*READERS)):
        return found.where(DutyProposal.representative_office_id.in_(offices))
    return None


def _takes(folder: UUID) -> bool:
    """What was decided takes nothing more."""
    waits = select(DutyProposal.id).where(
        DutyProposal.files_id == folder, DutyProposal.state == ProposalState.WAITING
    )
    return db.session.scalar(waits) is not None


register(OwnerKind(EVIDENCE, is_public=False, find=_evidence, visible=_seen_evidence))
register(OwnerKind(PROPOSED, is_public=False, find=_proposed, visible=_seen_proposed, takes=_takes))
