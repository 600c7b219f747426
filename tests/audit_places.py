"""Rounds and audits to which addresses lead: those of one office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ombudsman_app.audits.commands.assigning import write_assignment
from ombudsman_app.audits.commands.correcting import CorrectionInput, ask_correction
from ombudsman_app.audits.commands.papers import issue_result_papers
from ombudsman_app.audits.models import AuditRound
from ombudsman_app.audits.states import AuditState, RoundState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office

from .factories.audits import AuditFactory, RoundFactory
from .factories.documents import drawn
from .factories.findings import person

OF_ROUND = ("board", "edit_round", "round_offices", "begin_round", "close_round")
OF_PUBLICATION = ("ask_for_publication", "withdraw_wish", "release", "study_place", "end_place")
OF_AUDIT = ("audit", "team", "visit_days", "start", "cancel", "interest", "write", "remove_office")
OF_CORRECTION = ("release_corrected", "drop_corrected")
OF_ORDERS = ("sheet", "sheet_file", "instrument_order", "instrument_form", "sending")
OF_RESULT = ("write_report", "issue_papers", "order_sheet")


@dataclass(frozen=True)
class AuditPlaces:
    """A round that is planned, and the audit of a branch in one that runs: planned, with team and letter."""

    title: str  # of both rounds; in no page of another office
    round: int
    audit: int
    assignment: int  # a draft
    published: int
    corrected: int  # published too; a correction of it waits

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of audits, by endpoint."""
        return {
            **{f"staff.audits.{page}": {"round_id": self.round} for page in OF_ROUND},
            **{f"staff.audits.{page}": {"audit_id": self.audit} for page in OF_AUDIT},
            **{f"staff.audits.{page}": {"audit_id": self.audit} for page in OF_RESULT},
            # of a person: here it is nobody's (tests/audits/test_result_sheet.py)
            **{f"staff.audits.{page}": {"uuid": UUID(int=8)} for page in OF_ORDERS},
            **{f"staff.audits.{page}": {"audit_id": self.audit} for page in OF_PUBLICATION},
            **{f"staff.audits.{page}": {"audit_id": self.corrected} for page in OF_CORRECTION},
            "staff.audits.correction": {"audit_id": self.published},
            "staff.audits.correct_indicator": {"audit_id": self.published, "indicator": "P11"},
            "staff.audits.edit_assignment": {"document_id": self.assignment},
        }


def public_place() -> dict[str, str]:
    """Publish an audit with its papers; return what the address of its page is made of."""
    head = person(Role.HEAD_OF_REPRESENTATIVE)
    audit = AuditFactory(AuditState.PUBLISHED)
    for paper in issue_result_papers(audit, actor=head):
        drawn(paper)
    office, round_ = (
        db.session.get_one(Office, audit.office_id),
        db.session.get_one(AuditRound, audit.round_id),
    )
    return {"slug": office.slug, "round_slug": round_.slug}


def build_audit_places(office: str = "MAM", branch: str = "kc_mamuju") -> AuditPlaces:
    """Plan a round, and write the letter of assignment in another. Call inside a context."""
    title = f"Putaran rahasia {office}"
    lead, reviewer = person(Role.AUDITOR, office=office), person(Role.REVIEWER, office=office)
    planned = RoundFactory(lead, office=branch, state=RoundState.PLANNED, title=title)
    running = RoundFactory(lead, office=branch, title=title)
    audit = AuditFactory(AuditState.PLANNED, round_=running, office=branch, lead=lead, reviewer=reviewer)
    letter = write_assignment(audit, subject="Penugasan audit", words="Menilai loket layanan.", actor=lead)
    public = [
        AuditFactory(
            AuditState.PUBLISHED,
            round_=RoundFactory(lead, office=branch),
            office=branch,
            lead=lead,
            reviewer=reviewer,
        )
        for _place in range(2)
    ]
    wrong = CorrectionInput("P11", {"numerator": 5, "denominator": 10, "evidence": 1}, "Berkas tertukar.")
    ask_correction(public[1], wrong, version=None, actor=lead)
    return AuditPlaces(title, planned.id, audit.id, letter.id, public[0].id, public[1].id)
