"""/portal/findings: what was sent to one's own office; opening it proves receipt; answering it."""

from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoreTimeRefused, MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.views.on_demand import on_demand_file, on_demand_page
from ombudsman_app.findings import commands, formats, forms, queries
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.origins import has_paper, origin_paper
from ombudsman_app.findings.owners import ANSWER
from ombudsman_app.findings.states import FINDING, RULES, WAITING, FindingState
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.fields import typed
from ombudsman_app.web.formats import instant
from ombudsman_app.web.more_time import MoreTimeForm, say_most
from ombudsman_app.web.paging import read_day_key

from .clocks import clock_page

bp = Blueprint("findings", __name__, url_prefix="/findings")


@bp.route("")
@policy("findings.inbox")
def inbox() -> ResponseReturnValue:
    """What was sent to the own office, what is due first stands first. ≤ 6 statements."""
    actor, given = current_actor(), request.args
    is_done = given.get("show") == "done"
    chosen = queries.RegisterFilter(
        is_done=is_done,
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )
    page = queries.addressed_page(actor, chosen, today=today(actor.time_zone))
    show = "done" if is_done else None
    return render_template(
        "findings/portal/inbox.html",
        rows=page.items,
        is_done=is_done,
        newer=url_for(".inbox", show=show, before=page.previous_key) if page.previous_key else "",
        older=url_for(".inbox", show=show, after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:finding_id>")
@policy("findings.respond", record=queries.addressed_finding)
def finding(found: Finding) -> ResponseReturnValue:
    """One finding. What was not opened yet shows its number alone. ≤ 6 statements."""
    page = queries.finding_page(found)
    if page.awaits_opening:
        return render_template("findings/portal/unopened.html", finding=found, page=page)
    return finding_shown(found, page=page)


def finding_shown(found: Finding, status: int = 200, **changed: Any) -> Response:
    """Write the page; `changed` puts a form with its errors in the place of an empty one."""
    here = url_for(".finding", finding_id=found.id)
    shown: dict[str, Any] = {
        "finding": found,
        "waits": found.state in WAITING,
        "is_watched": found.state is FindingState.ACCEPTED,
        "progress_form": forms.ProgressForm(formdata=None, form_key=uuid4().hex),
        "box": portal_box(ANSWER, found.id, here) if found.is_open else None,
        "has_paper": has_paper(found.origin),
        "describe": formats.described,
        **changed,
    }
    if "page" not in shown:
        shown["page"] = queries.finding_page(found)
    return make_response(render_template("findings/portal/finding.html", **shown), status)


@bp.route("/<int:finding_id>/paper")
@policy("findings.respond", record=queries.addressed_finding)
def paper(found: Finding) -> ResponseReturnValue:
    """Hand over the signed paper that the finding came with, such as an LHP, once its receipt is proven."""
    here = redirect(url_for(".finding", finding_id=found.id))
    if not found.is_received or not has_paper(found.origin):
        return here
    document = origin_paper(found.origin, found.id)
    content = bytes_of(document) if document is not None else None
    if document is None or content is None:
        flash(
            _("No signed report is there at the moment: it is being made, or it was taken back."), "warning"
        )
        return here
    record_aside(Event.DOCUMENTS_FETCHED, "document", document.id, actor=current_actor())
    return download(content, name=f"{document.number}.pdf", media_type="application/pdf")


@bp.route("/<int:finding_id>/open", methods=["POST"])
@policy("findings.respond", record=queries.addressed_finding)
def open_it(found: Finding) -> ResponseReturnValue:
    """Open it: that proves receipt, and the time to answer runs (design.md §12)."""
    commands.open_finding(found, actor=current_actor())
    return redirect(url_for(".finding", finding_id=found.id))


@bp.route("/<int:finding_id>/respond", methods=["GET", "POST"])
@policy("findings.respond", record=queries.addressed_finding)
def respond(found: Finding) -> ResponseReturnValue:
    """Answer: accept, in part, dispute. While it is being judged: 409, with both texts."""
    form = forms.ResponseForm(version=found.version)
    if not found.is_received or "respond" not in FINDING.open_events(found.state):
        if form.is_submitted():
            return _settled_page(found, form)
        return redirect(url_for(".finding", finding_id=found.id))
    if not form.is_submitted():
        form.form_key.data = uuid4().hex
        return _respond_page(found, form)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return _respond_page(found, form, 422)
    try:
        commands.respond_to_finding(found, form.to_input(), version=form.shown_version, actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return _settled_page(found, form)
    flash(_("Your answer has been sent."))
    return redirect(url_for(".finding", finding_id=found.id))


def _respond_page(found: Finding, form: forms.ResponseForm, status: int = 200) -> Response:
    here = url_for(".respond", finding_id=found.id)
    page = render_template(
        "findings/portal/respond.html",
        finding=found,
        page=queries.finding_page(found),
        form=form,
        box=portal_box(ANSWER, found.id, here),
    )
    return make_response(page, status)


def _settled_page(found: Finding, form: Any) -> Response:
    """Show what stands and what was typed, 409: nothing of either is lost."""
    db.session.expire_all()
    held = queries.addressed_finding(current_actor(), found.id)
    if held is None:
        raise NotVisible
    page = render_template(
        "findings/portal/settled.html",
        finding=held,
        page=queries.finding_page(held),
        typed=typed(form),
        describe=formats.described,
    )
    return make_response(page, 409)


@bp.route("/<int:finding_id>/progress", methods=["POST"])
@policy("findings.respond", record=queries.addressed_finding)
def progress(found: Finding) -> ResponseReturnValue:
    """Tell how far the office is."""
    form = forms.ProgressForm()
    if found.state is not FindingState.ACCEPTED:
        return _settled_page(found, form)
    if not form.validate():
        return finding_shown(found, 422, progress_form=form)
    try:
        commands.tell_progress(found, form.to_input(), actor=current_actor())
    except MoveNotAllowed:
        return _settled_page(found, form)
    flash(_("Your progress has been sent."))
    return redirect(url_for(".finding", finding_id=found.id))


@bp.route("/<int:finding_id>/more-time", methods=["GET", "POST"])
@policy("findings.respond", record=queries.addressed_finding)
def more_time(found: Finding) -> ResponseReturnValue:
    """Ask for more time before the time ends."""
    form, page = MoreTimeForm(), queries.finding_page(found)
    is_sent = form.is_submitted()
    if not page.may_ask_for_time and not _is_sent_again(found, form):
        return _settled_page(found, form) if is_sent else redirect(url_for(".finding", finding_id=found.id))
    if not is_sent:
        form.renew()
    if not is_sent or not form.validate():
        return _more_time_page(page, form, 422 if is_sent else 200)
    given = commands.MoreTimeInput(int(form.days.data), form.reason.data, form.form_key.data or "")
    try:
        commands.ask_for_time(found, given, actor=current_actor())
    except MoreTimeRefused as refused:
        held = queries.addressed_finding(current_actor(), found.id)
        if held is None or not say_most(form.days, refused):
            return _settled_page(found, form)
        return _more_time_page(queries.finding_page(held), form, 422)
    flash(_("Your request has been sent. The time runs on until it is decided."))
    return redirect(url_for(".finding", finding_id=found.id))


def _is_sent_again(found: Finding, form: MoreTimeForm) -> bool:
    """Whether this form has asked before: then nothing is asked again, and nothing is refused (DI4)."""
    return bool(form.is_submitted() and queries.has_asked(found.id, form.form_key.data or ""))


def _more_time_page(page: queries.FindingPage, form: MoreTimeForm, status: int = 200) -> Response:
    most = RULES.more_time.most_days
    shown = render_template(
        "findings/portal/more_time.html", finding=page.finding, page=page, form=form, most=most
    )
    return make_response(shown, status)


@bp.route("/<int:finding_id>/clocks/<int:clock_id>")
@policy("findings.respond", record=queries.addressed_clock)
def clock(found: queries.ClockOfFinding) -> ResponseReturnValue:
    """Each day of one's time to answer, counted or skipped, and why."""
    return clock_page("findings/portal/clock.html", found, names=False)


_ACKNOWLEDGEMENT = "/<int:finding_id>/answers/<int:response_id>/acknowledgement"


@bp.route(_ACKNOWLEDGEMENT, methods=["GET", "POST"])
@policy("findings.respond", record=queries.addressed_response)
def acknowledgement(found: queries.ResponseOfFinding) -> ResponseReturnValue:
    """Ask for the acknowledgement of an answer; show how far it is, then where it is. GET ≤ 7 statements."""
    finding, response = found.finding, found.response
    of: dict[str, Any] = {"finding_id": finding.id, "response_id": response.id}
    return on_demand_page(
        found.receipt,
        make=lambda: commands.acknowledge_response(finding, response.id, actor=current_actor()),
        here=url_for(".acknowledgement", **of),
        file=url_for(".acknowledgement_file", **of),
        back=(url_for(".finding", finding_id=finding.id, _anchor="history"), finding.reference or ""),
        about=_("Answer of %(day)s", day=instant(response.said_at, finding.representative_office.time_zone)),
    )


@bp.route(f"{_ACKNOWLEDGEMENT}/file")
@policy("findings.respond", record=queries.addressed_response)
def acknowledgement_file(found: queries.ResponseOfFinding) -> ResponseReturnValue:
    """Hand over the signed PDF."""
    of: dict[str, Any] = {"finding_id": found.finding.id, "response_id": found.response.id}
    return on_demand_file(found.receipt, here=url_for(".acknowledgement", **of))
