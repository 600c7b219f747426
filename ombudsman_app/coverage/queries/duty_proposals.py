"""What Pemda propose about their own duties."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import PORTAL_ROLES, Actor
from ombudsman_app.coverage.duties import ProposalState
from ombudsman_app.coverage.local_rule_policies import READERS
from ombudsman_app.coverage.models import DutyProposal
from ombudsman_app.web.paging import Page, page_of

from .duties import proposal_with


def visible_proposal(actor: Actor, proposal_id: int) -> DutyProposal | None:
    """Return a proposal to the offices of the Ombudsman at which one works. ≤ 1 statement."""
    offices = sorted(actor.offices_as(*READERS))
    if not offices:
        return None
    return proposal_with(DutyProposal.id == proposal_id, DutyProposal.representative_office_id.in_(offices))


def own_proposal(actor: Actor, proposal_id: int) -> DutyProposal | None:
    """Return a proposal of one's own government. ≤ 1 statement."""
    offices = sorted(actor.offices_as(*PORTAL_ROLES))
    if not offices:
        return None
    return proposal_with(DutyProposal.id == proposal_id, DutyProposal.office_id.in_(offices))


def waiting_page(actor: Actor, after: int | None, *, limit: int = limits.PAGE_ROWS) -> Page[DutyProposal]:
    """Return the proposals that wait at one's offices, the oldest first. 1 statement."""
    offices = sorted(actor.offices_as(*READERS))
    found = (
        select(DutyProposal)
        .where(
            DutyProposal.state == ProposalState.WAITING,
            DutyProposal.representative_office_id.in_(offices),
            DutyProposal.id > (after or 0),
        )
        .options(joinedload(DutyProposal.office, innerjoin=True))
        .order_by(DutyProposal.id)
        .limit(limit + 1)
    )
    rows = list(db.session.scalars(found))
    return page_of(rows, limit, lambda row: str(row.id), after=str(after) if after else None)


def waiting_count(actor: Actor) -> int:
    """Return how many proposals wait at one's offices. 1 statement."""
    found = select(func.count()).select_from(DutyProposal)
    return (
        db.session.scalar(
            found.where(
                DutyProposal.state == ProposalState.WAITING,
                DutyProposal.representative_office_id.in_(sorted(actor.offices_as(*READERS))),
            )
        )
        or 0
    )


def proposals_of(offices: list[int], duty: str | None = None, most: int = 100) -> list[DutyProposal]:
    """Return what these offices proposed, the newest first. 1 statement."""
    found = select(DutyProposal).where(DutyProposal.office_id.in_(offices))
    if duty is not None:
        found = found.where(DutyProposal.duty == duty)
    return list(db.session.scalars(found.order_by(DutyProposal.id.desc()).limit(most)))


def proposal_files(proposal: DutyProposal) -> list[FileLine]:
    """Return the files of a proposal. 1 statement."""
    return files_in(proposal.files_id)[proposal.files_id]
