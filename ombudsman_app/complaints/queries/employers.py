"""Employers of the register that complaints and information name, from both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from ombudsman_app.complaints.models import Complaint, ComplaintEmployer, InformationTip, TipEmployer
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import ComplaintState, TipState
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.naming import normalised
from ombudsman_app.employers.queries import (
    Known,
    RegisterFilter,
    RegisterRow,
    Similar,
    alike,
    register_page,
    visible_employer,
)
from ombudsman_app.employers.scope import scope as employers

from .case import visible_case
from .history import NamedEmployer
from .tips import visible_tip

Source = Complaint | InformationTip
_MOST = 50


@dataclass(frozen=True)
class LinkOfSource:
    """A link by the address of its page; policies look at the office that handles the source."""

    source: Any
    link: ComplaintEmployer | TipEmployer

    @property
    def representative_office_id(self) -> int:
        office_id: int = self.source.representative_office_id
        return office_id


@dataclass(frozen=True)
class SourceLine:
    """A complaint or information that names an employer, and that its reader sees.

    `linked_at`: when an officer linked it, never when it came.
    """

    linked_at: datetime
    id: int
    number: str
    state: ComplaintState | TipState


def named_by(actor: Actor, source: Source) -> list[NamedEmployer]:
    """Return the employers that a complaint or information names and this person sees. 1 statement."""
    table, column = _table(source)
    rows = db.session.execute(
        select(table, Employer.name, Region.name)
        .join(Employer, Employer.id == table.employer_id)
        .outerjoin(Region, Region.id == Employer.region_id)
        .where(column == source.id, table.ended_at.is_(None), _seen(actor))
        .options(joinedload(table.said_by, innerjoin=True))
        .order_by(table.id)
        .limit(_MOST)
    )
    return [
        NamedEmployer(link.id, link.employer_id, name, place or "", link.said_by.name, link.said_at)
        for link, name, place in rows
    ]


def visible_link_of_case(actor: Actor, complaint_id: int, link_id: int) -> LinkOfSource | None:
    """Return a link of a case, ended or not, with its employer. ≤ 4 statements."""
    return _link_of(actor, visible_case(actor, complaint_id), link_id)


def visible_link_of_tip(actor: Actor, tip_id: int, link_id: int) -> LinkOfSource | None:
    """Return a link of information, ended or not, with its employer. ≤ 3 statements."""
    return _link_of(actor, visible_tip(actor, tip_id), link_id)


def _link_of(actor: Actor, source: Source | None, link_id: int) -> LinkOfSource | None:
    if source is None:
        return None
    table, column = _table(source)
    link = db.session.scalar(
        select(table)
        .where(table.id == link_id, column == source.id)
        .options(joinedload(table.employer, innerjoin=True))
    )
    if link is None:
        return None
    # whoever has nothing to do with employers is refused by the policy, as on the other pages of links
    is_hidden = employers(actor).offices and visible_employer(actor, link.employer_id) is None
    return None if is_hidden else LinkOfSource(source, link)


def proposed_for(actor: Actor, name: str) -> list[Similar]:
    """Return employers that look like the one whose name was typed. ≤ 1 statement."""
    if not name:
        return []
    return alike(actor, Known(name, normalised(name).key))


def found_in_register(actor: Actor, text: str) -> Sequence[RegisterRow]:
    """Return employers by the beginning of their name or by a number. ≤ 1 statement."""
    return register_page(actor, RegisterFilter(text=text[: limits.SEARCH])).items if text else []


def named_words(source: Source) -> tuple[str, str]:
    """Return name and place of the employer as they were typed. Information is opened for it."""
    if isinstance(source, Complaint):
        return source.employer_name, source.employer_place
    told = source.opened()
    return told.get("employer_name", ""), told.get("employer_place", "")


def ticket_of(actor: Actor, kind: type[Source], record_id: int, names: int | None) -> str | None:
    """Return by which number people call what this person sees; `names`: this employer. 1 statement."""
    seen: Any = scope(actor).complaints() if kind is Complaint else scope(actor).tips()
    number: Any = func.coalesce(Complaint.registration_number, Complaint.ticket)
    found = seen.with_only_columns(number if kind is Complaint else InformationTip.ticket)
    found = found.where(kind.id == record_id)
    if names is not None:
        table: Any = ComplaintEmployer if kind is Complaint else TipEmployer
        column = ComplaintEmployer.complaint_id if kind is Complaint else TipEmployer.tip_id
        link = select(table.id).where(column == kind.id, table.employer_id == names, table.ended_at.is_(None))
        found = found.where(link.exists())
    ticket: str | None = db.session.scalar(found)
    return ticket


def sources_of(employer_id: int, actor: Actor) -> list[SourceLine]:
    """Return what this person sees of what names an employer, or a row that was joined with it. 1 statement.

    Whoever does not see the complaint or information does not learn that there is one: in a small place
    the day of a link is enough to guess who told.
    """
    seen = scope(actor)
    ids = select(Employer.id).where((Employer.id == employer_id) | (Employer.same_as_id == employer_id))
    number: Any = Complaint.registration_number
    cases = _part(
        ComplaintEmployer,
        ComplaintEmployer.complaint_id,
        Complaint,
        seen=seen.complaints(),
        ids=ids,
        number=number,
    )
    tips = _part(
        TipEmployer,
        TipEmployer.tip_id,
        InformationTip,
        seen=seen.tips(),
        ids=ids,
        number=cast(null(), String),
    )
    return [_source_line(row) for row in db.session.execute(union_all(cases, tips).limit(_MOST))]


def _part(table: Any, column: Any, kind: Any, *, seen: Any, ids: Any, number: Any) -> Any:
    return (
        select(
            literal(int(kind is InformationTip), Integer).label("is_tip"),
            table.said_at.label("linked_at"),
            kind.id.label("source_id"),
            kind.ticket.label("ticket"),
            number.label("number"),
            cast(kind.state, String).label("state"),
        )
        .select_from(table)
        .join(kind, kind.id == column)
        .where(table.employer_id.in_(ids), table.ended_at.is_(None), seen.whereclause)
    )


def _source_line(row: Any) -> SourceLine:
    word = TipState if row.is_tip else ComplaintState
    return SourceLine(
        linked_at=row.linked_at, id=row.source_id, number=row.number or row.ticket, state=word(row.state)
    )


def _table(source: Source) -> tuple[Any, Any]:
    if isinstance(source, Complaint):
        return ComplaintEmployer, ComplaintEmployer.complaint_id
    return TipEmployer, TipEmployer.tip_id


def _seen(actor: Actor) -> Any:
    """The condition that this person sees the employer."""
    return employers(actor).employers().whereclause
