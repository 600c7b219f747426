"""/staff/employers/cases: the list, and one case from its report to its end."""

from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.employers import formats, origins, queries
from ombudsman_app.employers.commands import cases as commands
from ombudsman_app.employers.compliance import forms, told
from ombudsman_app.employers.compliance.boxes import case_boxes
from ombudsman_app.employers.compliance.policies import OPEN
from ombudsman_app.employers.compliance.rules import CASE, ENDS, RULES
from ombudsman_app.employers.models import EmployerComplianceCase
from ombudsman_app.employers.owners import FILES
from ombudsman_app.employers.queries import cases as reading
from ombudsman_app.employers.views.case_clocks import clock_facts, clock_page
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.paging import asked_id

from .cases_blueprint import bp


@bp.route("/cases")
@policy("compliance.list")
def cases() -> ResponseReturnValue:
    """What is due first stands first. ≤ 6 statements."""
    actor, chosen = current_actor(), reading.read_filter(request.args)
    said, day = reading.said_filter(chosen), today(actor.time_zone)
    page = reading.cases_page(actor, chosen, today=day)

    def address(**more: Any) -> str:
        kept = {name: value for name, value in {**said, **more}.items() if value}
        return url_for(".cases", **kept)

    return render_template(
        "employers/staff/cases.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        counts=reading.case_counts(actor, today=day),
        boxes=case_boxes(chosen, reading.branches_of(actor)),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/cases/new", methods=["GET", "POST"])
@policy("compliance.begin")
def new() -> ResponseReturnValue:
    """Open a case about the employer that the address names. ≤ 7 statements.

    It may name the record that it begins with, too: one that this person sees and that names the employer.
    """
    actor, employer_id = current_actor(), asked_id("employer")
    employer = queries.visible_employer(actor, employer_id) if employer_id else None
    if employer is None or not OPEN.allows(actor, employer):
        raise NotVisible
    source, number = request.args.get("source", ""), asked_id("number")
    origin = origins.origin_of(actor, source, number, names=employer.id)
    if number and origin is None:
        raise NotVisible
    form = forms.OpenCaseForm()
    if origin:
        form.begin_with(origin)
    known = reading.cases_of_employer(actor, employer.id)
    kinds = reading.openable(employer, known)
    form.offer(kinds, formats.BREACHES)
    if form.is_submitted():
        is_valid = form.validate()
        if form.validate_more() and is_valid:
            made = commands.open_case(employer, form.to_input(), actor)
            flash(_("The case is open. Check the report first, then write what the branch shall read."))
            return redirect(url_for(".case", case_id=made.id))
    else:
        form.start([kind.value for kind in kinds], asked_id("earlier"), source)
    page = render_template(
        "employers/staff/new_case.html",
        employer=employer,
        form=form,
        kinds=kinds,
        known=known,
        origin=origin,
        here={"employer": employer.id, **({"source": source, "number": number} if origin else {})},
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/cases/<int:case_id>")
@policy("compliance.read", record=reading.visible_case)
def case(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Where it stands, who must act, which time runs, all that happened. ≤ 11 statements."""
    return case_shown(found)


def case_shown(found: EmployerComplianceCase, status: int = 200, **changed: Any) -> Response:
    """Write the page; `changed` puts a form with its errors in the place of an empty one."""
    page = reading.case_page(found)
    version = found.version
    end = forms.EndForm(formdata=None, version=version)
    end.offer([event for event in CASE.open_events(found.state) if event in ENDS])
    is_worked = may("compliance.work", found)
    here = url_for(".case", case_id=found.id)
    note = forms.NoteForm(formdata=None)
    note.renew()
    began = page.origin
    shown: dict[str, Any] = {
        "case": found,
        "page": page,
        "stops": told.stages(page),
        "lines": told.course(page),
        "is_worked": is_worked and found.is_open,
        "can_correct": is_worked and found.is_open,
        "here": {"case_id": found.id},
        "began_with": origins.origin_of(current_actor(), began.subject_type, began.subject_id)
        if began
        else None,
        "verify_form": forms.VerifyForm(formdata=None, version=version),
        "note_form": note,
        "end_form": end,
        "review_form": forms.ReviewForm(formdata=None, version=version),
        "dispute_stops": RULES.dispute.clock == "stops",
        "box": staff_box(FILES, found.id, here) if is_worked and found.is_open else None,
        **changed,
    }
    return make_response(render_template("employers/staff/case.html", **shown), status)


@bp.route("/cases/<int:case_id>/verify", methods=["POST"])
@policy("compliance.work", record=reading.visible_case)
def verify(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Note how the report was checked. Raises MoveNotAllowed for a case that was checked already."""
    CASE.after(found.state, "verify")
    form = forms.VerifyForm()
    if not form.validate():
        return case_shown(found, 422, verify_form=form)
    commands.verify_case(found, form.text.data, version=form.shown_version, actor=current_actor())
    flash(_("Noted. Now write what the branch shall read."))
    return redirect(url_for(".case", case_id=found.id))


@bp.route("/cases/<int:case_id>/notes", methods=["POST"])
@policy("compliance.work", record=reading.visible_case)
def note(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Add a note for this house."""
    form = forms.NoteForm()
    if not form.validate():
        return case_shown(found, 422, note_form=form)
    commands.add_note(found, form.note.data, form_key=form.form_key.data or "", actor=current_actor())
    flash(_("The note is stored. No office sees it."))
    return redirect(url_for(".case", case_id=found.id, _anchor="course"))


@bp.route("/cases/<int:case_id>/officer", methods=["GET", "POST"])
@policy("compliance.work", record=reading.visible_case)
def officer(found: EmployerComplianceCase) -> ResponseReturnValue:
    """Give the case to a colleague."""
    form = forms.HandOverForm(version=found.version)
    form.offer(reading.workers_of(found))
    if form.validate_on_submit():
        commands.hand_over_case(
            found, int(form.officer.data), version=form.shown_version, actor=current_actor()
        )
        flash(_("The case is handed over. The colleague is told."))
        return redirect(url_for(".case", case_id=found.id))
    if not form.is_submitted():
        form.officer.data = found.officer_id
    page = render_template("employers/staff/case_officer.html", case=found, form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/cases/<int:case_id>/end", methods=["POST"])
@policy("compliance.work", record=reading.visible_case)
def end(found: EmployerComplianceCase) -> ResponseReturnValue:
    """End the case with its outcome and the reason. Raises MoveNotAllowed for one that has ended."""
    if not (ends := [event for event in CASE.open_events(found.state) if event in ENDS]):
        raise MoveNotAllowed(state=str(found.state), event="end")
    form = forms.EndForm()
    form.offer(ends)
    if not form.validate():
        return case_shown(found, 422, end_form=form)
    commands.end_case(found, form.to_input(), version=form.shown_version, actor=current_actor())
    flash(_("The case has ended. Its kinds of non-compliance ended with it."))
    return redirect(url_for(".case", case_id=found.id))


@bp.route("/cases/<int:case_id>/clocks/<int:clock_id>")
@policy("compliance.read", record=reading.visible_clock)
def clock(found: reading.ClockOfCase) -> ResponseReturnValue:
    """Each day of the time of a public body, counted or skipped, and why."""
    return clock_page("employers/staff/case_clock.html", found, names=True)


@bp.route("/cases/<int:case_id>/clocks/<int:clock_id>/days")
@policy("compliance.read", record=reading.visible_clock)
def clock_days(found: reading.ClockOfCase) -> ResponseReturnValue:
    """The same as JSON."""
    return jsonify(clock_facts(found))


@bp.route("/cases/<int:case_id>/clocks/<int:clock_id>/release", methods=["POST"])
@policy("compliance.release_day", record=reading.visible_clock)
def release_day(found: reading.ClockOfCase) -> ResponseReturnValue:
    """Let a time end on the earlier day that a newer calendar gives (DI7)."""
    commands.release_earlier_day(found.clock, actor=current_actor())
    flash(_("The earlier day holds now. Tell the office."))
    return redirect(url_for(".clock", case_id=found.case.id, clock_id=found.clock.id))
