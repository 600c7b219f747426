"""/portal/penilaian: drafts that were sent to the own office; opening one proves receipt."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, queries
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries.corrections import before_corrections
from ombudsman_app.audits.states import AuditState
from ombudsman_app.audits.views.clocks import clock_page
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.documents.queries import receipt_of
from ombudsman_app.documents.views.on_demand import on_demand_file, on_demand_page
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.formats import day
from ombudsman_app.web.paging import read_id

from .blueprint import bp


@bp.route("")
@policy("audits.inbox")
def inbox() -> ResponseReturnValue:
    """What was sent to the own office, newest first. ≤ 6 statements."""
    given = request.args
    is_done = given.get("show") == "done"
    page = queries.addressed_page(
        current_actor(),
        is_done=is_done,
        after=read_id(given.get("after")),
        before=read_id(given.get("before")),
    )
    show = "done" if is_done else None
    return render_template(
        "audits/portal/inbox.html",
        rows=page.items,
        is_done=is_done,
        newer=url_for(".inbox", show=show, before=page.previous_key) if page.previous_key else "",
        older=url_for(".inbox", show=show, after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:audit_id>")
@policy("audits.respond", record=queries.addressed_audit)
def draft(audit: Audit) -> ResponseReturnValue:
    """The draft, or the final result. What was not opened yet shows its number alone. ≤ 6 statements."""
    if audit.received_on is None and audit.state is AuditState.DRAFT_SENT:
        return render_template("audits/portal/unopened.html", audit=audit)
    page = queries.draft_page(audit)
    if page is None:
        raise NotVisible
    is_published = audit.state is AuditState.PUBLISHED
    corrections = before_corrections(audit.id) if is_published else []
    return render_template("audits/portal/draft.html", audit=audit, page=page, corrections=corrections)


@bp.route("/<int:audit_id>/surat")
@policy("audits.respond", record=queries.addressed_audit)
def letter(audit: Audit) -> ResponseReturnValue:
    """Hand over the signed letter that came with the draft, once its receipt is proven. ≤ 6 statements."""
    here = url_for(".draft", audit_id=audit.id)
    if audit.received_on is None:
        return redirect(here)
    found = receipt_of(audit.papers_id, commands.DRAFT_LETTER)
    if found is None or not found.document.is_out:
        flash(
            _("No signed letter is there at the moment: it is being made, or it was taken back."), "warning"
        )
    else:
        record_aside(Event.DOCUMENTS_FETCHED, "document", found.document.id, actor=current_actor())
    return on_demand_file(found, here=here)


@bp.route("/<int:audit_id>/buka", methods=["POST"])
@policy("audits.respond", record=queries.addressed_audit)
def open_it(audit: Audit) -> ResponseReturnValue:
    """Open it: that proves receipt, and the time to answer runs (design.md §12)."""
    commands.open_draft(audit, actor=current_actor())
    return redirect(url_for(".draft", audit_id=audit.id))


@bp.route("/<int:audit_id>/selesai", methods=["POST"])
@policy("audits.respond", record=queries.addressed_audit)
def finish(audit: Audit) -> ResponseReturnValue:
    """Say that the office has answered. 409 once the audit is final."""
    commands.finish_responding(audit, actor=current_actor())
    flash(_("We have noted that your office has answered. You may still add something until it is final."))
    return redirect(url_for(".draft", audit_id=audit.id))


@bp.route("/<int:audit_id>/waktu")
@policy("audits.respond", record=queries.addressed_clock)
def clock(found: queries.ClockOfAudit) -> ResponseReturnValue:
    """Each day of one's time to answer, counted or skipped, and why."""
    return clock_page("audits/portal/clock.html", found, names=False)


_ACKNOWLEDGEMENT = "/<int:audit_id>/tanda-terima"


@bp.route(_ACKNOWLEDGEMENT, methods=["GET", "POST"])
@policy("audits.respond", record=queries.addressed_answer)
def acknowledgement(found: queries.AnsweredAudit) -> ResponseReturnValue:
    """Ask for the acknowledgement of what the office sent; show how far it is, then where it is."""
    audit = found.audit
    of: dict[str, Any] = {"audit_id": audit.id}
    return on_demand_page(
        found.receipt,
        make=lambda: commands.acknowledge_responses(audit, actor=current_actor()),
        here=url_for(".acknowledgement", **of),
        file=url_for(".acknowledgement_file", **of),
        back=(url_for(".draft", **of), audit.reference or ""),
        about=_("Answer of %(day)s", day=day(audit.answered_on)) if audit.answered_on else "",
    )


@bp.route(f"{_ACKNOWLEDGEMENT}/berkas")
@policy("audits.respond", record=queries.addressed_answer)
def acknowledgement_file(found: queries.AnsweredAudit) -> ResponseReturnValue:
    """Hand over the signed PDF."""
    return on_demand_file(found.receipt, here=url_for(".acknowledgement", audit_id=found.audit.id))
