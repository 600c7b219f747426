"""What happens to an audit of the demonstration after its start, each act a command of whoever does it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import issue
from ombudsman_app.findings import commands as findings
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Position
from ombudsman_app.findings.states import Verdict as FindingVerdict

from . import commands
from .commands.papers import issue_result_papers, write_report
from .commands.publishing import ask_publication, release_publication
from .commands.reviewing import remark, review
from .commands.settling import SettlingInput, Taken, settle
from .commands.sheets import open_sheet
from .commands.study_places import StudyPlaceInput, name_study_place
from .commands.submitting import submit_audit, submit_sheet
from .demo_sheets import fill
from .models import Audit, ProposedFinding
from .queries.drafts import last_said
from .states import ProposalState, Ruling, Stance

Told = Mapping[str, Any]
_ZONE = "Asia/Makassar"


class Story:
    """The audit of one office; `people`: its lead, reviewer, head, maker and the officer of the office.

    `loaded_on`: the day on which all is told; what is to hold still is counted from it.
    """

    def __init__(self, find: Callable[[], Audit], people: Mapping[str, Actor], loaded_on: date) -> None:
        self._find, self._who, self._loaded_on = find, people, loaded_on

    def act(self, told: Told) -> Callable[[], Any]:
        return lambda: getattr(self, told["do"])(self._find(), told)

    def fill(self, audit: Audit, told: Told) -> None:
        fill(audit, told, actor=self._by(told))

    def hand_in(self, audit: Audit, told: Told) -> None:
        """Hand in the own sheet of a blind audit."""
        sheet = open_sheet(audit, actor=self._by(told))
        submit_sheet(sheet, version=sheet.version, actor=self._by(told))

    def settle(self, audit: Audit, told: Told) -> None:
        given = SettlingInput(Taken(told["taken"]), told["text"])
        settle(audit, told["indicator"], given, actor=self._who["adjudicator"])

    def _by(self, told: Told) -> Actor:
        """Whoever the act names: else the lead."""
        return self._who[told.get("by", "lead")]

    def submit(self, audit: Audit, _told: Told) -> None:
        submit_audit(audit, version=audit.version, actor=self._who["lead"])

    def remark(self, audit: Audit, told: Told) -> None:
        key = f"demo-{told['indicator']}"
        remark(audit, told["indicator"], told["text"], key=key, actor=self._who["reviewer"])

    def review(self, audit: Audit, _told: Told) -> None:
        review(audit, version=audit.version, actor=self._who["reviewer"])

    def send_draft(self, audit: Audit, _told: Told) -> None:
        commands.send_draft(audit, version=audit.version, actor=self._who["head"])

    def open(self, audit: Audit, _told: Told) -> None:
        commands.open_draft(audit, actor=self._who["officer"])

    def respond(self, audit: Audit, told: Told) -> None:
        said = commands.ResponseInput(told["indicator"], Stance(told["stance"]), told["text"])
        commands.respond(audit, said, actor=self._who["officer"])

    def finish(self, audit: Audit, _told: Told) -> None:
        commands.finish_responding(audit, actor=self._who["officer"])

    def rule(self, audit: Audit, told: Told) -> None:
        """Rule on what the office said last to an indicator."""
        said = last_said(audit.id, told["indicator"])
        if said is None:
            raise LookupError(told["indicator"])
        given = commands.RulingInput(Ruling(told["ruling"]), told["text"], told.get("answer"))
        commands.decide_response(said, given, actor=self._who["reviewer"])

    def confirm(self, audit: Audit, told: Told) -> None:
        given = commands.ProposalInput(told["summary"], told["description"], told["rule"], told["suggestion"])
        row = self._proposals(audit)[told["indicator"]]
        commands.confirm_finding(audit, row, given, version=audit.version, actor=self._who["maker"])

    def drop_rest(self, audit: Audit, told: Told) -> None:
        """Drop with one reason what still waits."""
        for row in self._proposals(audit).values():
            held = self._find()
            commands.drop_finding(held, row, told["text"], version=held.version, actor=self._who["maker"])

    def _proposals(self, audit: Audit) -> dict[str, int]:
        """Return the proposals that wait for a person, by indicator."""
        found = select(ProposedFinding.indicator, ProposedFinding.id).where(
            ProposedFinding.audit_id == audit.id, ProposedFinding.state == ProposalState.PROPOSED
        )
        return {row.indicator: row.id for row in db.session.execute(found)}

    def finalise(self, audit: Audit, _told: Told) -> None:
        commands.finalise(audit, version=audit.version, actor=self._who["head"])

    def ask(self, audit: Audit, _told: Told) -> None:
        ask_publication(audit, version=audit.version, actor=self._who["maker"])

    def release(self, audit: Audit, _told: Told) -> None:
        release_publication(audit, version=audit.version, actor=self._who["head"])

    def report(self, audit: Audit, _told: Told) -> None:
        """The maker puts it forward, the head issues it."""
        draft = write_report(audit, actor=self._who["maker"])
        issue(draft, version=draft.version, actor=self._who["head"])

    def papers(self, audit: Audit, _told: Told) -> None:
        issue_result_papers(audit, actor=self._who["head"])

    def name_place(self, audit: Audit, told: Told) -> None:
        until = self._loaded_on + timedelta(days=told["days_ahead"])
        given = StudyPlaceInput(told["text"], until)
        name_study_place(audit, given, version=audit.version, actor=self._who["head"])

    def send_findings(self, audit: Audit, _told: Told) -> None:
        commands.send_findings(audit, actor=self._who["maker"])

    def open_finding(self, audit: Audit, told: Told) -> None:
        findings.open_finding(self._finding(audit, told), actor=self._who["officer"])

    def answer_finding(self, audit: Audit, told: Told) -> None:
        said = findings.ResponseInput(
            Position(told["position"]),
            told["text"],
            told["action"],
            told["responsible"],
            today(_ZONE) + timedelta(days=told["in_days"]),
        )
        findings.respond_to_finding(self._finding(audit, told), said, actor=self._who["officer"])

    def judge_finding(self, audit: Audit, told: Told) -> None:
        found = self._finding(audit, told)
        said = findings.JudgementInput(FindingVerdict(told["verdict"]), told["text"])
        findings.judge_answer(found, said, version=found.version, actor=self._who["reviewer"])

    def _finding(self, audit: Audit, told: Told) -> Finding:
        """Return what an indicator has led to."""
        found = (
            select(Finding)
            .join(ProposedFinding, ProposedFinding.finding_id == Finding.id)
            .where(ProposedFinding.audit_id == audit.id, ProposedFinding.indicator == told["indicator"])
        )
        return db.session.scalars(found.execution_options(populate_existing=True)).one()
