"""An audit of a blind round led from one state to the next by the commands of whoever would do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.commands import (
    drop_finding,
    finalise,
    finish_responding,
    open_draft,
    send_draft,
)
from ombudsman_app.audits.commands.assigning import write_assignment
from ombudsman_app.audits.commands.planning import TeamInput, set_team, set_visit_days, start_audit
from ombudsman_app.audits.commands.publishing import ask_publication, release_publication
from ombudsman_app.audits.commands.reviewing import review
from ombudsman_app.audits.commands.settling import finish_settling
from ombudsman_app.audits.commands.sheets import open_sheet
from ombudsman_app.audits.commands.submitting import submit_audit, submit_sheet
from ombudsman_app.audits.models import Audit, AuditRound, AuditSheet, ProposedFinding
from ombudsman_app.audits.states import STAGES, AuditState, ProposalState, Seat
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document

from .audits import fill_rest
from .findings import person


@dataclass(frozen=True)
class Team:
    """Who does what in a round."""

    head: Actor
    lead: Actor
    second: Actor
    third: Actor
    reviewer: Actor

    @property
    def seats(self) -> dict[int, Seat]:
        seated = (
            (self.lead, Seat.LEAD),
            (self.second, Seat.ASSESSOR),
            (self.third, Seat.ADJUDICATOR),
            (self.reviewer, Seat.REVIEWER),
        )
        return {actor.user_id or 0: seat for actor, seat in seated}


@dataclass
class Walk:
    """One audit on its way. `answers`: what both assessors say, other than the best."""

    audit_id: int
    team: Team
    answers: Mapping[str, Any] = field(default_factory=dict)

    def seat(self) -> None:
        """Give the seats, and the first days of the round."""
        set_team(self.audit, TeamInput(self.team.seats), version=self.audit.version, actor=self.team.head)
        first = db.session.get_one(AuditRound, self.audit.round_id).period_from
        set_visit_days(self.audit, first, first, version=self.audit.version, actor=self.team.head)

    def go(self, until: AuditState) -> None:
        """Do all that lies between where it stands and this state."""
        ways: dict[AuditState, Callable[[], None]] = {
            AuditState.IN_FIELD: self.start,
            AuditState.SUBMITTED: self.hand_in,
            AuditState.REVIEWED: self.review,
            AuditState.DRAFT_SENT: self.send,
            AuditState.FINAL: self.finalise,
            AuditState.PUBLISHED: self.publish,
        }
        for state in STAGES[STAGES.index(self.audit.state) + 1 : STAGES.index(until) + 1]:
            ways[state]()

    @property
    def audit(self) -> Audit:
        return db.session.get_one(Audit, self.audit_id, populate_existing=True)

    def start(self) -> None:
        words = {"subject": "Penugasan audit pelayanan", "words": "Menilai pelayanan di loket."}
        letter = write_assignment(self.audit, **words, actor=self.team.lead)
        held = db.session.get_one(Document, letter.id, populate_existing=True)
        issue(held, version=held.version, actor=self.team.head)
        start_audit(self.audit, version=self.audit.version, actor=self.team.lead)

    def hand_in(self) -> None:
        for assessor in (self.team.lead, self.team.second):
            sheet_id = open_sheet(self.audit, actor=assessor).id
            fill_rest(sheet_id, assessor, self.answers)
            sheet = db.session.get_one(AuditSheet, sheet_id, populate_existing=True)
            submit_sheet(sheet, version=sheet.version, actor=assessor)
        finish_settling(self.audit, actor=self.team.third)
        submit_audit(self.audit, version=self.audit.version, actor=self.team.lead)

    def review(self) -> None:
        review(self.audit, version=self.audit.version, actor=self.team.reviewer)

    def send(self) -> None:
        send_draft(self.audit, version=self.audit.version, actor=self.team.head)

    def finalise(self) -> None:
        """Its office opens it and says nothing; what low scores propose is dropped."""
        office = db.session.get_one(Office, self.audit.office_id)
        officer = person(Role.OFFICE_OFFICER, portal_office=office.reference or "")
        open_draft(self.audit, actor=officer)
        finish_responding(self.audit, actor=officer)
        proposed = select(ProposedFinding.id).where(
            ProposedFinding.audit_id == self.audit_id, ProposedFinding.state == ProposalState.PROPOSED
        )
        for one in db.session.scalars(proposed).all():
            version = self.audit.version
            drop_finding(
                self.audit, one, "Sudah diperbaiki saat kunjungan.", version=version, actor=self.team.head
            )
        finalise(self.audit, version=self.audit.version, actor=self.team.head)

    def publish(self) -> None:
        ask_publication(self.audit, version=self.audit.version, actor=self.team.lead)
        release_publication(self.audit, version=self.audit.version, actor=self.team.head)
