"""Sheets to which addresses lead: one that was handed in at an office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.models import AuditSheet, SheetEvidence
from ombudsman_app.audits.states import AuditState, SampleKind
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from .factories.audits import AuditFactory, RoundFactory, SampleFactory
from .factories.findings import person

OF_AUDIT = ("open_sheet", "submit", "compare", "finish_settling", "review", "give_back", "score")
OF_REVIEW = ("settle_indicator", "review_indicator", "remark")
OF_SHEET = ("field_sheet", "submit_sheet", "sort_file")
OF_PLACE = ("sheet_indicator", "save_answer", "add_evidence", "add_sample")
OF_ITEM = ("remove_evidence", "name_evidence")


@dataclass(frozen=True)
class SheetPlaces:
    """An audit that was handed in, its sheet and an item of evidence."""

    audit: int
    sheet: int
    item: int
    sample: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses, by endpoint."""
        sheet, at = {"sheet_id": self.sheet}, {"audit_id": self.audit, "indicator": "P17"}
        return {
            **{f"staff.audits.{page}": {"audit_id": self.audit} for page in OF_AUDIT},
            **{f"staff.audits.{page}": at for page in OF_REVIEW},
            **{f"staff.audits.{page}": sheet for page in OF_SHEET},
            "staff.audits.remove_sample": {**sheet, "sample_id": self.sample},
            **{f"staff.audits.{page}": {**sheet, "indicator": "P17"} for page in OF_PLACE},
            **{f"staff.audits.{page}": {**sheet, "item_id": self.item} for page in OF_ITEM},
        }


def build_sheet_places(office: str = "MAM", branch: str = "kc_mamuju") -> SheetPlaces:
    """Hand an audit in. Call inside a context."""
    lead, reviewer = person(Role.AUDITOR, office=office), person(Role.REVIEWER, office=office)
    head = person(Role.HEAD_OF_REPRESENTATIVE, office=office)
    round_ = RoundFactory(head, office=branch)
    audit = AuditFactory(AuditState.SUBMITTED, round_=round_, office=branch, lead=lead, reviewer=reviewer)
    sheet = db.session.scalars(select(AuditSheet.id).where(AuditSheet.audit_id == audit.id)).one()
    item = select(SheetEvidence.id).where(SheetEvidence.sheet_id == sheet).order_by(SheetEvidence.id)
    sample = SampleFactory(sheet, "O02", SampleKind.USER, {"experienced": True}, lead)
    return SheetPlaces(audit.id, sheet, db.session.scalars(item).first() or 0, sample.id)
