"""/staff/findings/<id>: one finding: written, sent, judged; its times explain themselves."""

from typing import Any

from flask import Response, flash, jsonify, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.core.errors import MoreTimeRefused, MoveNotAllowed, NotVisible
from ombudsman_app.findings import commands, formats, forms, queries
from ombudsman_app.findings.commands import FindingInput
from ombudsman_app.findings.errors import NamesReporter
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.origins import origin_page
from ombudsman_app.findings.owners import EVIDENCE
from ombudsman_app.findings.states import EVENT_OF, FINDING, JUDGED, WAITING, FindingState, Verdict
from ombudsman_app.findings.views.clocks import clock_facts, clock_page
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.more_time import DecideTimeForm, say_most
from ombudsman_app.web.refusals import REFUSALS

from .blueprint import bp


@bp.route("/<int:finding_id>")
@policy("findings.read", record=queries.visible_finding)
def finding(found: Finding) -> ResponseReturnValue:
    """Where it stands, what runs, what was said. ≤ 6 statements."""
    return finding_shown(found)


def finding_shown(found: Finding, status: int = 200, **changed: Any) -> Response:
    """Write the page; `changed` puts a form with its errors in the place of an empty one."""
    judgement = forms.JudgementForm(formdata=None, version=found.version)
    judgement.offer(_verdicts(found))
    here = url_for(".finding", finding_id=found.id)
    shown: dict[str, Any] = {
        "finding": found,
        "page": queries.finding_page(found),
        "is_judged": found.state in JUDGED,
        "is_own": found.is_written_by(current_actor().user_id),
        "judgement_form": judgement,
        "release_form": forms.ReleaseForm(formdata=None, version=found.version),
        "version_form": forms.VersionedForm(formdata=None, version=found.version),
        "box": staff_box(EVIDENCE, found.id, here)
        if may("findings.write", found) and found.is_open
        else None,
        "describe": formats.described,
        "time_form": DecideTimeForm(formdata=None, version=found.version),
    }
    page = render_template("findings/staff/finding.html", **{**shown, **changed})
    return make_response(page, status)


def shown_again(found: Finding, box: Any, **changed: Any) -> Response:
    """Write the page with what was typed, 422: in this box it tells who reports."""
    box.errors = [REFUSALS[NamesReporter.code].message]
    held = queries.visible_finding(current_actor(), found.id)
    return finding_shown(held or found, 422, **changed)


def _verdicts(found: Finding) -> list[Verdict]:
    possible = FINDING.open_events(found.state)
    return [verdict for verdict, event in EVENT_OF.items() if event in possible]


@bp.route("/<int:finding_id>/origin")
@policy("findings.read", record=queries.visible_finding)
def origin(found: Finding) -> ResponseReturnValue:
    """Lead to what the finding comes from."""
    page = origin_page(found.origin, found.id)
    if page is None:
        raise NotVisible
    return redirect(url_for(page.endpoint, **page.values))  # type: ignore[arg-type]


@bp.route("/<int:finding_id>/edit", methods=["GET", "POST"])
@policy("findings.write", record=queries.visible_finding)
def edit(found: Finding) -> ResponseReturnValue:
    """Write a draft anew."""
    form = forms.FindingForm(version=found.version)
    if found.state is not FindingState.DRAFT:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(found.state), event="change")
        return redirect(url_for(".finding", finding_id=found.id))
    if not form.is_submitted():
        form.fill(
            FindingInput(found.summary, found.description, found.rule, [one.text for one in found.measures])
        )
        return render_template("findings/staff/edit.html", finding=found, form=form)
    if not form.validate():
        return render_template("findings/staff/edit.html", finding=found, form=form), 422
    commands.change_finding(found, form.to_input(), version=form.shown_version, actor=current_actor())
    flash(_("The draft is saved."))
    return redirect(url_for(".finding", finding_id=found.id))


@bp.route("/<int:finding_id>/send", methods=["POST"])
@policy("findings.write", record=queries.visible_finding)
def send(found: Finding) -> ResponseReturnValue:
    """Send it to the office: number and letter; the time waits for proof of receipt."""
    commands.send_finding(found, version=forms.VersionedForm().shown_version, actor=current_actor())
    flash(_("Sent. The time to answer runs once the office has opened it, or its letter has arrived."))
    return redirect(url_for(".finding", finding_id=found.id))


@bp.route("/<int:finding_id>/judge", methods=["POST"])
@policy("findings.judge", record=queries.visible_finding)
def judge(found: Finding) -> ResponseReturnValue:
    """Say whether the answer is enough."""
    if found.state not in JUDGED:
        raise MoveNotAllowed(state=str(found.state), event="judge")
    form = forms.JudgementForm()
    form.offer(_verdicts(found))
    if not form.validate():
        return finding_shown(found, 422, judgement_form=form)
    try:
        commands.judge_answer(found, form.to_input(), version=form.shown_version, actor=current_actor())
    except NamesReporter:
        return shown_again(found, form.reason, judgement_form=form)
    flash(_("Your judgement stands. The office is told."))
    return redirect(url_for(".finding", finding_id=found.id))


@bp.route("/<int:finding_id>/clocks/<int:clock_id>")
@policy("findings.read", record=queries.visible_clock)
def clock(found: queries.ClockOfFinding) -> ResponseReturnValue:
    """Each day of a time to answer, counted or skipped, and why."""
    return clock_page("findings/staff/clock.html", found, names=True)


@bp.route("/<int:finding_id>/clocks/<int:clock_id>/days")
@policy("findings.read", record=queries.visible_clock)
def clock_days(found: queries.ClockOfFinding) -> ResponseReturnValue:
    """The same as JSON."""
    return jsonify(clock_facts(found))


@bp.route("/<int:finding_id>/time/<int:request_id>", methods=["POST"])
@policy("findings.decide_time", record=queries.visible_time_request)
def decide_time(found: queries.RequestOfFinding) -> ResponseReturnValue:
    """Grant more time, all or fewer days, or refuse it."""
    form, finding = DecideTimeForm(), found.finding
    if found.request.decided_at is not None:
        raise MoreTimeRefused(why="decided")
    if finding.state not in WAITING:
        raise MoreTimeRefused(why="answered")
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return finding_shown(finding, 422, time_form=form)
    try:
        commands.decide_time(
            finding,
            found.request,
            form.granted_days,
            form.decision.data or "",
            version=form.shown_version,
            actor=current_actor(),
        )
    except NamesReporter:
        return shown_again(finding, form.decision, time_form=form)
    except MoreTimeRefused as refused:
        if not say_most(form.granted, refused):
            raise
        return finding_shown(
            queries.visible_finding(current_actor(), finding.id) or finding, 422, time_form=form
        )
    flash(_("Decided. The office is told."))
    return redirect(url_for(".finding", finding_id=finding.id))


@bp.route("/<int:finding_id>/clocks/<int:clock_id>/release", methods=["POST"])
@policy("findings.release", record=queries.visible_clock)
def release_day(found: queries.ClockOfFinding) -> ResponseReturnValue:
    """Let a time end on the earlier day that a newer calendar gives (DI7)."""
    commands.release_earlier_day(found.clock, actor=current_actor())
    flash(_("The earlier day holds now. Tell the office."))
    return redirect(url_for(".clock", finding_id=found.finding.id, clock_id=found.clock.id))
