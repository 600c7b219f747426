"""Sheets to which addresses lead: one that was handed in at an office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.audits.models import AuditSheet, SheetEvidence
from ombudsman_app.audits.states import AuditState, SampleKind
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role

from .factories.audits import AuditFactory, RoundFactory, SampleFactory, SheetFactory
from .factories.findings import person

OF_AUDIT = ("open_sheet", "submit", "compare", "finish_settling", "review", "give_back", "score")
OF_REVIEW = ("settle_indicator", "review_indicator", "remark")
OF_SHEET = ("field_sheet", "submit_sheet", "sort_file")
OF_PLACE = ("sheet_indicator", "save_answer", "add_evidence", "add_sample")
OF_ITEM = ("remove_evidence", "name_evidence")


@dataclass(frozen=True)
class OpenSheet:
    """A sheet that its lead still writes, and two blind ones between which a third is to settle."""

    lead: int
    audit: int
    sheet: int
    item: int
    item_of: str  # the indicator that it proves
    sample: int
    planned: int
    third: int
    blind: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of those who write, by endpoint."""
        sheet = {"sheet_id": self.sheet}
        return {
            **{f"staff.audits.{page}": {"audit_id": self.audit} for page in ("open_sheet", "submit")},
            "staff.audits.start": {"audit_id": self.planned},
            "staff.audits.settle_indicator": {"audit_id": self.blind, "indicator": "P17"},
            "staff.audits.finish_settling": {"audit_id": self.blind},
            **{f"staff.audits.{page}": sheet for page in ("submit_sheet", "sort_file")},
            "staff.audits.remove_sample": {**sheet, "sample_id": self.sample},
            **{f"staff.audits.{page}": {**sheet, "indicator": "P17"} for page in OF_PLACE},
            "staff.audits.add_sample": {**sheet, "indicator": "O02"},
            **{f"staff.audits.{page}": {**sheet, "item_id": self.item} for page in OF_ITEM},
        }

    def page_of(self, endpoint: str) -> str:
        """Return the page on which the form of an endpoint stands."""
        name, sheet = endpoint.rpartition(".")[2], f"/staff/audits/field/{self.sheet}"
        if name in ("open_sheet", "submit"):
            return f"/staff/audits/{self.audit}"
        if name == "start":
            return f"/staff/audits/{self.planned}"
        if name in ("settle_indicator", "finish_settling"):
            return f"/staff/audits/{self.blind}/compare"
        if name in ("submit_sheet", "sort_file"):
            return sheet
        if name in OF_ITEM:
            return f"{sheet}/indicators/{self.item_of}"
        return f"{sheet}/indicators/{'O02' if name.endswith('_sample') else 'P17'}"


@dataclass(frozen=True)
class SheetPlaces:
    """An audit that was handed in, its sheet and an item of evidence."""

    audit: int
    sheet: int
    item: int
    sample: int
    open: "OpenSheet"

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
    written = _open_sheet(office, branch, head)
    return SheetPlaces(audit.id, sheet, db.session.scalars(item).first() or 0, sample.id, written)


def _open_sheet(office: str, branch: str, head: Actor) -> OpenSheet:
    lead, third = person(Role.AUDITOR, office=office), person(Role.AUDITOR, office=office)
    audit = AuditFactory(round_=RoundFactory(head, office=branch), office=branch, lead=lead)
    sheet = SheetFactory(audit, lead)
    items = select(SheetEvidence).where(SheetEvidence.sheet_id == sheet.id).order_by(SheetEvidence.id)
    item = db.session.scalars(items.limit(1)).one()
    sample = SampleFactory(sheet.id, "O02", SampleKind.USER, {"experienced": True}, lead)
    planned = AuditFactory(
        AuditState.PLANNED, round_=RoundFactory(head, office=branch), office=branch, lead=lead
    )
    other = person(Role.AUDITOR, office=office)
    blind = AuditFactory(
        round_=RoundFactory(head, office=branch, is_blind=True),
        office=branch,
        lead=lead,
        assessor=other,
        adjudicator=third,
    )
    SheetFactory(blind, lead, is_submitted=True)
    SheetFactory(blind, other, answers={"P17": {"value": "no"}}, is_submitted=True)
    return OpenSheet(
        lead=lead.user_id or 0,
        audit=audit.id,
        sheet=sheet.id,
        item=item.id,
        item_of=item.indicator,
        sample=sample.id,
        planned=planned.id,
        third=third.user_id or 0,
        blind=blind.id,
    )
