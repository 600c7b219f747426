"""The papers of complaints and of information, made known to the domain that issues them."""

from collections.abc import Mapping
from uuid import UUID

from flask import g, has_request_context, request
from sqlalchemy import Select, select

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor, Policy, Role
from ombudsman_app.documents.kinds import DocumentKind, Matter, nobody_may, register
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState
from ombudsman_app.findings import origins
from ombudsman_app.findings.states import Origin

from . import letter_contents as contents
from . import notices, report_contents
from .commands import REPORT_OPENED, clarification, letters, reporting
from .models import Complaint, ExaminationReport, InformationTip, ReportAction
from .policies import ASK_RESPONDENT, DECIDE, EXAMINE, VERIFY
from .queries import ACKNOWLEDGEMENT
from .scope import scope
from .states import FIRST_REQUEST, INTERIM_NOTICE, REPORT, RESULT_NOTICE, SECOND_REQUEST, Addressee

_EDIT = "staff.complaints.edit_letter"


def _case_matter(folder: UUID) -> Matter | None:
    case = db.session.scalar(select(Complaint).where(Complaint.files_id == folder))
    if case is None:
        return None
    return Matter(
        folder=folder,
        representative_office_id=case.representative_office_id,
        label=case.registration_number or case.ticket,
        endpoint="staff.complaints.case",
        values={"complaint_id": case.id},
        case_reference=_reference(case.registration_number),
        ticket=case.ticket,
    )


def _reference(registration_number: str | None) -> str:
    """Return 0012.2026 of 0012/LM/XI/2026/MAM, as numbers of letters name a case."""
    parts = (registration_number or "").split("/")
    return f"{parts[0]}.{parts[3]}" if len(parts) == 5 else ""


def _tip_matter(folder: UUID) -> Matter | None:
    tip = db.session.scalar(select(InformationTip).where(InformationTip.files_id == folder))
    if tip is None:
        return None
    return Matter(
        folder=folder,
        representative_office_id=tip.representative_office_id,
        label=tip.ticket,
        endpoint="staff.tips.tip",
        values={"tip_id": tip.id},
        ticket=tip.ticket,
    )


def _cases(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).complaints().with_only_columns(Complaint.files_id)
    return seen


def _tips(actor: Actor) -> Select[UUID]:
    seen: Select[UUID] = scope(actor).tips().with_only_columns(InformationTip.files_id)
    return seen


def _allows(policy: Policy, actor: Actor, folder: UUID) -> bool:
    case = _seen(actor, folder)
    return case is not None and policy.allows(actor, case)


def _seen(actor: Actor, folder: UUID) -> Complaint | None:
    """Return the case of a folder if this person sees it: a page asks for many buttons, and looks once."""
    is_reading = has_request_context() and request.method in ("GET", "HEAD")
    looked: dict[UUID, Complaint | None] = g.setdefault("cases_by_folder", {}) if is_reading else {}
    if folder not in looked:
        looked[folder] = db.session.scalar(scope(actor).complaints().where(Complaint.files_id == folder))
    return looked[folder]


def _verifies(actor: Actor, folder: UUID) -> bool:
    return _allows(VERIFY, actor, folder)


def _decides(actor: Actor, folder: UUID) -> bool:
    return _allows(DECIDE, actor, folder)


def _works(actor: Actor, folder: UUID) -> bool:
    return _verifies(actor, folder) or _decides(actor, folder)


def _deciders(folder: UUID) -> list[int]:
    """Return who may approve: the heads of the office who declared no interest in the case. 2 statements."""
    case = db.session.scalar(select(Complaint).where(Complaint.files_id == folder))
    if case is None:
        return []
    roles, subject = {Role.HEAD_OF_REPRESENTATIVE}, ("complaint", case.id)
    return accounts.ids_with_roles(roles, case.representative_office_id, without_conflict=subject)


def _examines(actor: Actor, folder: UUID) -> bool:
    return _allows(EXAMINE, actor, folder)


def _asks_respondent(actor: Actor, folder: UUID) -> bool:
    return _allows(ASK_RESPONDENT, actor, folder)


def _of_case(name: str, label: str, **more: object) -> None:
    given: Mapping[str, object] = {
        "name": name,
        "label": label,
        "template": f"complaints/pdf/{name}.html",
        "matter": _case_matter,
        "visible": _cases,
        "content": next(getattr(part, name) for part in (contents, report_contents) if hasattr(part, name)),
        **more,
    }
    register(DocumentKind(**given))  # type: ignore[arg-type]


def _report_of(finding_id: int) -> origins.OriginPage | None:
    """Return the page of the report that a finding comes from. 1 statement."""
    found = db.session.scalar(
        select(ExaminationReport.complaint_id)
        .join(ReportAction, ReportAction.report_id == ExaminationReport.id)
        .where(ReportAction.finding_id == finding_id)
    )
    return origins.OriginPage("staff.complaints.report", {"complaint_id": found}) if found else None


def _paper_of(finding_id: int) -> Document | None:
    """Return the report that a finding comes from, as it was issued. 1 statement."""
    found = (
        select(Document)
        .join(ExaminationReport, ExaminationReport.document_id == Document.id)
        .join(ReportAction, ReportAction.report_id == ExaminationReport.id)
        .where(ReportAction.finding_id == finding_id, Document.state == DocumentState.ISSUED)
    )
    return db.session.scalar(found)


origins.register(
    Origin.LHP,
    _report_of,
    received=REPORT_OPENED,
    paper=_paper_of,
    authors=reporting.authors_behind,
    compare=reporting.parts_for_office,
)
_of_case("receipt", N_("Receipt of the report"), may_write=nobody_may, may_issue=nobody_may)
_of_case(
    letters.COMPLETION,
    N_("Request to complete the report"),
    may_write=_verifies,
    may_issue=_verifies,
    issued=letters.ask_for_completion,
    delivered=letters.start_completion_clock,
    edit_endpoint=_EDIT,
)
for _name, _label, _act in (
    (letters.REFUSAL, N_("Notice of refusal"), letters.refuse),
    (letters.NOT_COMPETENT, N_("Notice of lack of competence"), letters.declare_not_competent),
    (letters.TRANSFER, N_("Notice of transfer"), letters.transfer),
):
    _of_case(
        _name,
        _label,
        may_write=_works,
        may_issue=_decides,
        approvers=_deciders,
        issued=_act,
        edit_endpoint=_EDIT,
    )
for _name, _label in (
    (FIRST_REQUEST, N_("First request for an explanation")),
    (SECOND_REQUEST, N_("Second request for an explanation")),
):
    _of_case(
        _name,
        _label,
        may_write=_examines,
        may_issue=_asks_respondent,
        approvers=_deciders,
        issued=clarification.ask_respondent,
        delivered=clarification.start_answer_clock,
        sealed=notices.office_asked,
        edit_endpoint=_EDIT,
        addressees=("respondent",),
        is_for_reporter=False,
    )
_of_case(
    ACKNOWLEDGEMENT,
    N_("Acknowledgement of an explanation"),
    may_write=nobody_may,
    may_issue=nobody_may,
    is_for_reporter=False,
)
_of_case(
    REPORT,
    N_("Examination report"),
    may_write=_examines,
    may_issue=_decides,
    approvers=_deciders,
    attached=report_contents.attached,
    issued=reporting.issue_report,
    delivered=reporting.report_arrived,
    edit_endpoint=_EDIT,
    addressees=tuple(Addressee),
    is_for_reporter=False,
)
_of_case(
    RESULT_NOTICE,
    N_("Notice of the result"),
    may_write=nobody_may,
    may_issue=_decides,
)
_of_case(
    INTERIM_NOTICE,
    N_("Notice of the interim result"),
    may_write=_examines,
    may_issue=_asks_respondent,
    approvers=_deciders,
    issued=reporting.hear_reporter,
    delivered=reporting.start_reply_clock,
    edit_endpoint=_EDIT,
)
_of_case(
    letters.PLENARY,
    N_("Minutes of the meeting"),
    may_write=nobody_may,
    may_issue=_decides,
    is_for_reporter=False,
)
_of_case(letters.CLOSING_NOTICE, N_("Notice of closing"), may_write=nobody_may, may_issue=_works)
_of_case(
    letters.CLOSING_MINUTES,
    N_("Minutes of closing"),
    may_write=nobody_may,
    may_issue=_works,
    is_for_reporter=False,
)
register(
    DocumentKind(
        name="tip_receipt",
        label=N_("Receipt of the information"),
        template="complaints/pdf/tip_receipt.html",
        matter=_tip_matter,
        visible=_tips,
        may_write=nobody_may,
        may_issue=nobody_may,
        content=contents.tip_receipt,
    )
)
