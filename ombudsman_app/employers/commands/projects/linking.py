"""Who the firms of a contract are, and what a project that is not registered means for them."""

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.employers.models import Employer, Project, ProjectParty
from ombudsman_app.employers.policies import WRITE_PROJECT
from ombudsman_app.employers.scope import scope

from .writing import PROJECT


@command
def link_party(
    project: Project, party_id: int, employer_id: int | None, *, version: int, actor: Actor
) -> None:
    """Say which employer of the register a firm is; None: that is not known. Nothing links by itself.

    Raises RecordChanged, NotAllowed, NotVisible for a firm of another contract or an employer out of sight.
    """
    held = locked(Project, project.id, version=version)
    demand(WRITE_PROJECT, actor, held)
    party = db.session.scalar(
        select(ProjectParty).where(ProjectParty.id == party_id, ProjectParty.project_id == held.id)
    )
    if party is None:
        raise NotVisible
    if employer_id is not None:
        seen = scope(actor).employers().where(Employer.id == employer_id).with_only_columns(Employer.id)
        if db.session.scalar(seen) is None:
            raise NotVisible
    before, party.employer_id = party.employer_id, employer_id
    touch(held)
    changes = {"party": party.id, "employer": [before, employer_id]}
    record(Event.EMPLOYERS_PARTY_LINKED, PROJECT, held.id, actor=actor, changes=changes)
