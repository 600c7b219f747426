"""/staff/complaints/<id>/report: the report of an examination, written part by part, put forward, watched."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.errors import (
    ActionsOpen,
    ActionStillRuns,
    IdentityInLetter,
    NoReceiver,
    ReceiptNotProven,
)
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import WRITABLE_IN, WRITTEN, ComplaintState, Conclusion, Part
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.directory import queries as directory
from ombudsman_app.documents.errors import LetterIncomplete
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import VersionedForm, typed

from .blueprint import bp
from .changed import NOT_AGAIN, changed_page, names_reporter
from .reasoned import ReasonedAct, reasoned_page

_REVISIONS = 30


@bp.route("/<int:complaint_id>/report")
@policy("complaints.read", record=queries.visible_case)
def report(complaint: Complaint) -> ResponseReturnValue:
    """The whole report, what is missing, who changed what; once it is out, its fate. ≤ 7 statements."""
    return _report_page(complaint, VersionedForm(formdata=None))


def _report_page(complaint: Complaint, form: VersionedForm, status: int = 200) -> Response:
    found = queries.report_of_case(complaint)
    form.version.data = str(found.version if found else 0)
    page = render_template(
        "complaints/staff/report.html",
        case=complaint,
        name=formats.report_name(complaint),
        found=found,
        parts=formats.shown_parts(found),
        missing=formats.shown_gaps(found),
        monitored=formats.monitored(found) if found and found.is_out else None,
        revisions=queries.revisions_of(found.report.id, _REVISIONS) if found else [],
        is_writable=_is_writable(complaint, found),
        form=form,
    )
    return make_response(page, status)


def _is_writable(complaint: Complaint, found: queries.ReportOfCase | None) -> bool:
    return complaint.state in WRITABLE_IN and not (found and found.is_of_round and found.is_out)


@bp.route("/<int:complaint_id>/report/parts/<string:part>", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.part_of_case)
def report_part(wanted: queries.PartOfCase) -> ResponseReturnValue:
    """Write one part; the next one follows. A part that changed meanwhile: 409, with both texts."""
    complaint, part = wanted.complaint, wanted.part
    found = queries.report_of_case(complaint)
    form = _part_form(part, found)
    if form.is_submitted() and not _is_writable(complaint, found):
        return _changed(complaint, form, part)
    if not form.is_submitted():
        report = found.report if found else None
        form.fill(
            found.texts.get(part, "") if found else "",
            report.conclusion if report else None,
            report.forms if report else (),
        )
        return _part_page(wanted, form, found)
    if not form.validate():
        return _part_page(wanted, form, found, 422)
    try:
        commands.save_part(
            complaint, part, form.to_input(), version=form.shown_version, actor=current_actor()
        )
    except (RecordChanged, MoveNotAllowed):
        return _changed(complaint, form, part)
    except IdentityInLetter:
        form.text.errors = [names_reporter()]
        return _part_page(wanted, form, found, 422)
    flash(_("This part is kept."))
    return redirect(_after(complaint, part))


def _part_form(part: Part, found: queries.ReportOfCase | None) -> forms.PartForm:
    kind = forms.ConclusionForm if part is Part.CONCLUSION else forms.PartForm
    form: forms.PartForm = kind(version=found.version if found else 0)
    form.text.label.text = str(forms.PART_WORDS[part])
    return form


def _after(complaint: Complaint, part: Part) -> str:
    """Lead to the part that follows; from the last one, and before the actions, to the whole."""
    place = list(Part).index(part) + 1
    following = list(Part)[place] if place < len(Part) else None
    if request.form.get("then") == "next" and following in WRITTEN:
        return url_for(".report_part", complaint_id=complaint.id, part=str(following))
    return url_for(".report", complaint_id=complaint.id)


def _part_page(
    wanted: queries.PartOfCase,
    form: forms.PartForm,
    found: queries.ReportOfCase | None,
    status: int = 200,
) -> Response:
    page = render_template(
        "complaints/staff/report_part.html",
        case=wanted.complaint,
        part=wanted.part,
        place=list(Part).index(wanted.part) + 1,
        number=len(Part),
        label=str(forms.PART_WORDS[wanted.part]),
        hint=formats.part_hint(wanted.part, wanted.complaint),
        form=form,
        is_writable=_is_writable(wanted.complaint, found),
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/report/actions/new", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.visible_case)
def new_action(complaint: Complaint) -> ResponseReturnValue:
    """Add a corrective action."""
    return _write_action(complaint, queries.report_of_case(complaint), None)


@bp.route("/<int:complaint_id>/report/actions/<int:action_id>", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.action_of_case)
def report_action(wanted: queries.ActionOfCase) -> ResponseReturnValue:
    """Change a corrective action."""
    return _write_action(wanted.complaint, wanted.report, wanted.action)


def _write_action(
    complaint: Complaint, found: queries.ReportOfCase | None, action: queries.ActionLine | None
) -> ResponseReturnValue:
    form = _action_form(complaint, found)
    if form.is_submitted() and not _is_writable(complaint, found):
        return _changed(complaint, form, Part.ACTIONS)
    if not form.is_submitted() or not form.validate():
        if action is not None and not form.is_submitted():
            words = {"text": action.text, "rule": action.rule, "evidence": action.evidence}
            form.fill(action.addressee, action.form, action.office_id, words)
        return _action_page(complaint, form, found, action, 422 if form.is_submitted() else 200)
    number = action.id if action else None
    try:
        commands.save_action(
            complaint, number, form.to_input(), version=form.shown_version, actor=current_actor()
        )
    except (RecordChanged, MoveNotAllowed, NotVisible):
        return _changed(complaint, form, Part.ACTIONS)
    except NoReceiver as none:
        form.agency.errors = [_no_receiver(none.details["addressee"])]
        return _action_page(complaint, form, found, action, 422)
    except IdentityInLetter as named:
        for name in named.details["parts"]:
            form[name].errors = [names_reporter()]
        return _action_page(complaint, form, found, action, 422)
    flash(_("The corrective action is kept."))
    return redirect(url_for(".report", complaint_id=complaint.id, _anchor="actions"))


def _action_form(complaint: Complaint, found: queries.ReportOfCase | None) -> forms.ActionForm:
    form = forms.ActionForm(version=found.version if found else 0)
    offices = [(one.id, one.name) for one in directory.all_offices() if one.id != complaint.office_id]
    form.offer(found.report.forms if found else (), offices)
    return form


def _action_page(
    complaint: Complaint,
    form: forms.ActionForm,
    found: queries.ReportOfCase | None,
    action: queries.ActionLine | None,
    status: int = 200,
) -> Response:
    page = render_template(
        "complaints/staff/report_action.html",
        case=complaint,
        form=form,
        action=action,
        has_forms=bool(found and found.report.forms),
        is_writable=_is_writable(complaint, found),
    )
    return make_response(page, status)


@bp.route("/<int:complaint_id>/report/actions/<int:action_id>/remove", methods=["POST"])
@policy("complaints.examine", record=queries.action_of_case)
def remove_action(wanted: queries.ActionOfCase) -> ResponseReturnValue:
    """Take a corrective action out."""
    form = VersionedForm()
    try:
        commands.remove_action(
            wanted.complaint, wanted.action.id, version=form.shown_version, actor=current_actor()
        )
    except (RecordChanged, MoveNotAllowed):
        return _changed(wanted.complaint, form, Part.ACTIONS)
    flash(_("The corrective action was taken out."))
    return redirect(url_for(".report", complaint_id=wanted.complaint.id, _anchor="actions"))


@bp.route("/<int:complaint_id>/report/submit", methods=["POST"])
@policy("complaints.examine", record=queries.visible_case)
def submit_report(complaint: Complaint) -> ResponseReturnValue:
    """Put the report forward: it becomes a paper that the head approves and issues."""
    form = VersionedForm()
    try:
        document = commands.submit_report(complaint, version=form.shown_version, actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return _changed(complaint, form, Part.ACTIONS)
    except LetterIncomplete:
        return _report_page(complaint, form, 422)
    flash(_("The report is put forward. Another person, the head, approves and issues it."))
    return redirect(url_for("staff.documents.document", document_id=document.id))


def _changed(complaint: Complaint, form: VersionedForm, part: Part) -> Response:
    """Show what stands and what was typed, 409: nothing of either is lost (DI2)."""
    db.session.expire_all()
    held = queries.visible_case(current_actor(), complaint.id)
    if held is None:
        raise NotVisible
    found = queries.report_of_case(held)
    is_writable = _is_writable(held, found)
    chosen = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_AGAIN]
    page = render_template(
        "complaints/staff/report_changed.html",
        case=held,
        label=str(forms.PART_WORDS[part]),
        stands=formats.standing(found, part),
        typed=typed(form),
        again=[*chosen, ("version", str(found.version if found else 0))] if is_writable and chosen else [],
    )
    return make_response(page, 409)


def _no_receiver(addressee: str) -> str:
    if addressee == "related_agency":
        return str(_("Choose the agency."))
    if addressee == "second_agency":
        return str(_("A report goes to one related agency, so that its receipt is proven by the right one."))
    return str(_("The directory knows no office above the respondent. Choose a related agency instead."))


@bp.route("/<int:complaint_id>/examine-again", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.visible_case)
def examine_again(complaint: Complaint) -> ResponseReturnValue:
    """Go back to the documents: more evidence is needed."""
    act = ReasonedAct("examine_again", commands.examine_again, _("Noted. The examination goes on."))
    form = forms.ExamineAgainForm(version=complaint.version)
    return reasoned_page(complaint, form, act, is_possible=complaint.state in WRITABLE_IN)


@bp.route("/<int:complaint_id>/report/monitor", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.visible_case)
def monitor(complaint: Complaint) -> ResponseReturnValue:
    """Begin to watch the corrective actions; the receipt must be proven."""
    is_possible = _is_concluded(complaint, Conclusion.FOUND) and commands.is_received(
        complaint, complaint.clocks
    )
    act = ReasonedAct("monitor", commands.monitor_report, _("The corrective actions are watched now."))
    return _end_page(complaint, forms.MonitorForm(version=complaint.version), act, is_possible)


@bp.route("/<int:complaint_id>/report/close", methods=["GET", "POST"])
@policy("complaints.decide", record=queries.visible_case)
def close_report(complaint: Complaint) -> ResponseReturnValue:
    """End a case whose report found nothing, or was discontinued."""
    is_possible = _is_concluded(complaint, Conclusion.NOT_FOUND, Conclusion.DISCONTINUED)
    done = _("The report has ended. Notice and minutes are made.")
    act = ReasonedAct("close_report", commands.close_report, done)
    return _end_page(complaint, forms.CloseReportForm(version=complaint.version), act, is_possible)


@bp.route("/<int:complaint_id>/report/corrected", methods=["GET", "POST"])
@policy("complaints.examine", record=queries.visible_case)
def corrected(complaint: Complaint) -> ResponseReturnValue:
    """End a case all of whose corrective actions are done."""
    found = queries.report_of_case(complaint)
    is_possible = complaint.state is ComplaintState.REPORT_MONITORING and bool(found and found.is_corrected)
    done = _("The report has ended. Notice and minutes are made.")
    act = ReasonedAct("corrected", commands.close_as_corrected, done)
    return _end_page(complaint, forms.CloseReportForm(version=complaint.version), act, is_possible, found)


@bp.route("/<int:complaint_id>/report/hand-over", methods=["GET", "POST"])
@policy("complaints.decide", record=queries.visible_case)
def hand_over(complaint: Complaint) -> ResponseReturnValue:
    """Release what the house proposed: the time has ended, another unit takes over."""
    found = queries.report_of_case(complaint)
    is_possible = (
        complaint.state is ComplaintState.REPORT_MONITORING
        and commands.is_action_over(complaint, complaint.clocks)
        and not (found and found.is_corrected)
    )
    act = ReasonedAct("hand_over", commands.hand_to_resolution, _("The case goes to resolution."))
    return _end_page(complaint, forms.HandOverForm(version=complaint.version), act, is_possible, found)


def _is_concluded(complaint: Complaint, *wanted: Conclusion) -> bool:
    found = queries.report_of_case(complaint) if complaint.state is ComplaintState.REPORT_ISSUED else None
    return found is not None and found.is_out and found.report.conclusion in wanted


def _end_page(
    complaint: Complaint,
    form: VersionedForm,
    act: ReasonedAct,
    is_possible: bool,
    found: queries.ReportOfCase | None = None,
) -> ResponseReturnValue:
    shown: dict[str, Any] = {"monitored": formats.monitored(found) if found and found.is_out else None}
    try:
        return reasoned_page(complaint, form, act, is_possible=is_possible, **shown)
    except (ReceiptNotProven, ActionsOpen, ActionStillRuns):
        return changed_page(complaint, form)
