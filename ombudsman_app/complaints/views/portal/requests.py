"""The letters that ask the own office; opening one proves receipt; its time explained, its signed PDF."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.complaints import commands, formats, queries
from ombudsman_app.complaints.owners import OWN_ANSWER
from ombudsman_app.complaints.queries import AskedRequest
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.paging import asked_id

from .blueprint import bp


@bp.route("")
@policy("complaints.asked")
def inbox() -> ResponseReturnValue:
    """What the own office was asked, the newest first. ≤ 6 statements."""
    is_done = request.args.get("show") == "done"
    page = queries.requests_page(
        current_actor(), is_done=is_done, after=asked_id("after"), before=asked_id("before")
    )
    show = "done" if is_done else None
    return render_template(
        "complaints/portal/inbox.html",
        rows=page.items,
        is_done=is_done,
        newer=url_for(".inbox", show=show, before=page.previous_key) if page.previous_key else "",
        older=url_for(".inbox", show=show, after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:request_id>", endpoint="request")
@policy("complaints.respond", record=queries.addressed_request)
def show(asked: AskedRequest) -> ResponseReturnValue:
    """One letter. What was not received yet shows its number alone. ≤ 6 statements."""
    if asked.awaits_opening:
        return render_template("complaints/portal/unopened.html", asked=asked)
    return request_shown(asked)


def request_shown(asked: AskedRequest, status: int = 200) -> Response:
    """Write the page of a letter that was received."""
    here = url_for(".request", request_id=asked.id)
    page = render_template(
        "complaints/portal/request.html",
        asked=asked,
        page=queries.request_page(asked),
        box=portal_box(OWN_ANSWER, asked.id, here) if asked.is_answerable else None,
    )
    return make_response(page, status)


@bp.route("/<int:request_id>/open", methods=["POST"])
@policy("complaints.respond", record=queries.addressed_request)
def open_it(asked: AskedRequest) -> ResponseReturnValue:
    """Open it: that proves receipt, and the time to answer runs (design.md §12)."""
    if asked.awaits_opening:
        commands.open_request(asked.id, actor=current_actor())
    return redirect(url_for(".request", request_id=asked.id))


@bp.route("/<int:request_id>/letter")
@policy("complaints.respond", record=queries.addressed_request)
def letter(asked: AskedRequest) -> ResponseReturnValue:
    """Hand over the signed PDF of a letter that was received, as it was issued."""
    if not asked.is_received:
        return redirect(url_for(".request", request_id=asked.id))
    content = bytes_of(queries.letter_of_request(asked))
    if content is None:
        raise NotVisible
    record_aside(Event.DOCUMENTS_FETCHED, "document", asked.id, actor=current_actor())
    return download(content, name=f"{asked.number}.pdf", media_type="application/pdf")


@bp.route("/<int:request_id>/clocks/<int:clock_id>")
@policy("complaints.respond", record=queries.addressed_clock)
def clock(found: queries.ClockOfRequest) -> ResponseReturnValue:
    """Each day of the time to answer, counted or skipped, and why. ≤ 7 statements."""
    shown = formats.shown_clock(queries.explained_request(found), today(found.request.time_zone))
    return render_template(
        "complaints/portal/clock.html", asked=found.request, clock=found.clock, shown=shown
    )
