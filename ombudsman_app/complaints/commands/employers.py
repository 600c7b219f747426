"""An officer says which employer of the register a complaint or information is about, and takes it back.

The trail names the employer and no word of what was told; why a link ended lies sealed with it, since the
reason may repeat what was told and the trail is never destroyed.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.complaints.errors import NotInRegister
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintEmployer,
    InformationTip,
    TipEmployer,
    sealed_text,
)
from ombudsman_app.complaints.policies import LINK_EMPLOYER, LINK_EMPLOYER_OF_TIP
from ombudsman_app.core.changing import demand
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor, Policy
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.commands import EmployerInput, register_employer
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.queries import visible_employer

from .moving import locked_case
from .tips import locked_tip

Source = Complaint | InformationTip
Link = ComplaintEmployer | TipEmployer


@dataclass(frozen=True)
class _Kind:
    """How links of one kind of source are kept."""

    subject: str
    table: type[Link]
    column: str
    policy: Policy
    linked: Event
    unlinked: Event


_COMPLAINT = _Kind(
    "complaint",
    ComplaintEmployer,
    "complaint_id",
    LINK_EMPLOYER,
    Event.COMPLAINTS_EMPLOYER_LINKED,
    Event.COMPLAINTS_EMPLOYER_UNLINKED,
)
_TIP = _Kind(
    "tip",
    TipEmployer,
    "tip_id",
    LINK_EMPLOYER_OF_TIP,
    Event.COMPLAINTS_TIP_EMPLOYER_LINKED,
    Event.COMPLAINTS_TIP_EMPLOYER_UNLINKED,
)


@command
def link_employer(source: Source, employer_id: int, *, actor: Actor) -> Link:
    """Say that a complaint or information names an employer; said twice it is one link.

    Closed ones too: a link is knowledge, no act of the case. Raises NotAllowed, NotInRegister for an
    employer that this person does not see, or whose row says that it is another.
    """
    kind, held = _locked(source)
    demand(kind.policy, actor, held)
    employer = visible_employer(actor, employer_id)
    if employer is None or not employer.is_listed:
        raise NotInRegister
    return _link(kind, held, employer, actor)


@command
def register_and_link(source: Source, given: EmployerInput, *, actor: Actor) -> Link:
    """Put an employer into the register and link it, both or neither. Raises NotAllowed."""
    kind, held = _locked(source)
    demand(kind.policy, actor, held)
    return _link(kind, held, register_employer(given, actor=actor), actor)


@command
def unlink_employer(source: Source, link_id: int, *, reason: str, actor: Actor) -> None:
    """End a link, with the reason kept sealed; who sends it twice ends it once.

    Raises NotAllowed; RecordChanged where somebody else ended it before.
    """
    kind, held = _locked(source)
    demand(kind.policy, actor, held)
    link = _link_of(kind, held, link_id)
    if link.ended_at is not None:
        if link.ended_by_id == actor.user_id:
            return
        raise RecordChanged
    link.ended_by_id, link.ended_at = actor.user_id, now()
    link.sealed = sealed_text(kind.table, link.uuid, reason)
    record(kind.unlinked, kind.subject, held.id, actor=actor, changes={"employer": link.employer_id})


def _locked(source: Source) -> tuple[_Kind, Source]:
    if isinstance(source, Complaint):
        return _COMPLAINT, locked_case(source)
    return _TIP, locked_tip(source)


def _link(kind: _Kind, held: Source, employer: Employer, actor: Actor) -> Link:
    found = _open_link(kind, held, kind.table.employer_id == employer.id)
    if found is not None:
        return found
    made: Any = kind.table
    link: Link = made(
        **{kind.column: held.id}, employer_id=employer.id, said_by_id=actor.user_id, said_at=now()
    )
    db.session.add(link)
    db.session.flush()
    record(kind.linked, kind.subject, held.id, actor=actor, changes={"employer": employer.id})
    return link


def _link_of(kind: _Kind, held: Source, link_id: int) -> Link:
    """Return the link as it stands now: the source is locked."""
    table: Any = kind.table
    found = db.session.scalars(
        select(table)
        .where(table.id == link_id, getattr(table, kind.column) == held.id)
        .execution_options(populate_existing=True)
    )
    link: Link = found.one()
    return link


def _open_link(kind: _Kind, held: Source, condition: Any) -> Link | None:
    table: Any = kind.table
    found: Link | None = db.session.scalar(
        select(table).where(getattr(table, kind.column) == held.id, condition, table.ended_at.is_(None))
    )
    return found
