"""/staff/audits/<id>/…: team, days, start, interest, cancelling; and their parts of the page of an audit."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import planning as commands
from ombudsman_app.audits.errors import NotAssigned, TeamIncomplete, VisitRefused
from ombudsman_app.audits.formats import rounds as formats
from ombudsman_app.audits.forms.rounds import CancelForm, InterestForm, StartForm, TeamForm, VisitDaysForm
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries import visible_audit
from ombudsman_app.audits.queries.teams import candidates
from ombudsman_app.audits.states import AUDIT, AuditState, RoundState
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.web.access import current_actor, policy

from .audit import audit_shown
from .blueprint import bp

_PLANNED = (AuditState.PLANNED, AuditState.IN_FIELD)


def _back(audit: Audit) -> ResponseReturnValue:
    return redirect(url_for(".audit", audit_id=audit.id))


@bp.route("/<int:audit_id>/team", methods=["GET", "POST"])
@policy("audits.plan", record=visible_audit)
def team(audit: Audit) -> ResponseReturnValue:
    """Give the seats. GET ≤ 5 statements."""
    form = TeamForm(version=audit.version)
    if audit.state not in _PLANNED:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(audit.state), event="set_team")
        return _back(audit)
    form.offer(candidates(audit), is_blind=audit.round.is_blind)
    if not form.is_submitted():
        form.fill(audit.members)
        return _team_page(audit, form)
    if not form.validate() or not form.validate_more():
        return _team_page(audit, form, 422)
    try:
        commands.set_team(audit, form.to_input(), version=form.shown_version, actor=current_actor())
    except TeamIncomplete as refused:
        form.form_errors.append(formats.team_lacks(refused.details["seats"]))
        return _team_page(visible_audit(current_actor(), audit.id) or audit, form, 422)
    flash(_("The team is set."))
    return _back(audit)


def _team_page(audit: Audit, form: TeamForm, status: int = 200) -> Response:
    return make_response(render_template("audits/staff/team.html", audit=audit, form=form), status)


@bp.route("/<int:audit_id>/days", methods=["GET", "POST"])
@policy("audits.plan", record=visible_audit)
def visit_days(audit: Audit) -> ResponseReturnValue:
    """Fix the days of the visit."""
    form = VisitDaysForm(version=audit.version)
    if audit.state not in _PLANNED:
        if form.is_submitted():
            raise MoveNotAllowed(state=str(audit.state), event="set_days")
        return _back(audit)
    if not form.is_submitted():
        if not formats.is_open_plan(audit):
            form.first.data, form.last.data = audit.planned_from, audit.planned_until
        return _days_page(audit, form)
    if not form.validate():
        return _days_page(audit, form, 422)
    try:
        commands.set_visit_days(
            audit, form.first.data, form.last.data, version=form.shown_version, actor=current_actor()
        )
    except VisitRefused as refused:
        form.refuse(refused.details["why"])
        return _days_page(visible_audit(current_actor(), audit.id) or audit, form, 422)
    flash(_("The days of the visit are fixed."))
    return _back(audit)


def _days_page(audit: Audit, form: VisitDaysForm, status: int = 200) -> Response:
    return make_response(render_template("audits/staff/visit_days.html", audit=audit, form=form), status)


@bp.route("/<int:audit_id>/start", methods=["POST"])
@policy("audits.start", record=visible_audit)
def start(audit: Audit) -> ResponseReturnValue:
    """Go into the field."""
    form = StartForm()
    if "start" not in AUDIT.open_events(audit.state) or audit.round.state is not RoundState.RUNNING:
        raise MoveNotAllowed(state=str(audit.state), event="start")
    if not commands.is_assigned(audit.papers_id):
        raise NotAssigned(why="letter")  # the page shows no form before; told before one is judged
    if not form.validate():
        return audit_shown(audit, 422, start_form=form)
    commands.start_audit(audit, version=form.shown_version, actor=current_actor())
    flash(_("The audit has begun and has its number."))
    return _back(audit)


@bp.route("/<int:audit_id>/cancel", methods=["GET", "POST"])
@policy("audits.lead_round", record=visible_audit)
def cancel(audit: Audit) -> ResponseReturnValue:
    """End it without a result, with a reason."""
    form = CancelForm(version=audit.version)
    if "cancel" not in AUDIT.open_events(audit.state):
        if form.is_submitted():
            raise MoveNotAllowed(state=str(audit.state), event="cancel")
        return _back(audit)
    if not form.is_submitted() or not form.validate():
        page = render_template("audits/staff/cancel.html", audit=audit, form=form)
        return page, 422 if form.is_submitted() else 200
    commands.cancel_audit(audit, form.reason.data, version=form.shown_version, actor=current_actor())
    flash(_("The audit is cancelled. Its team is told."))
    return _back(audit)


@bp.route("/<int:audit_id>/interest", methods=["GET", "POST"])
@policy("audits.declare", record=visible_audit)
def interest(audit: Audit) -> ResponseReturnValue:
    """Declare an interest in the office, or none."""
    form = InterestForm()
    is_valid = form.is_submitted() and form.validate()
    if not is_valid or not form.validate_more():
        page = render_template("audits/staff/interest.html", audit=audit, form=form)
        return page, 422 if form.is_submitted() else 200
    if form.interest.data == "yes":
        commands.declare_interest(audit, form.reason.data or "", actor=current_actor())
        flash(_("The audit is closed for you. If you had a seat in its team, it is free now."))
        return redirect(url_for(".rounds"))
    commands.declare_no_interest(audit, actor=current_actor())
    flash(_("You declared that you have no interest in this office."))
    return _back(audit)
