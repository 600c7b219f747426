"""/staff/audits/<id>/papers …: report, rapor, certificate; the result as a sheet."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from ombudsman_app.audits import queries
from ombudsman_app.audits.commands import papers as commands
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.page_parts import Part, part
from ombudsman_app.audits.policies import RELEASE, WRITE_REPORT
from ombudsman_app.audits.queries.papers import (
    CERTIFICATE,
    REPORT,
    SCORECARD,
    SheetOrder,
    own_sheet,
    result_papers,
    to_be_replaced,
)
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.produced_files import handed_over

from .blueprint import bp

_FINAL = frozenset({AuditState.FINAL, AuditState.PUBLISHED})


@part(70)
def papers_part(actor: Actor, audit: Audit) -> Part | None:
    """Report, rapor and certificate, from the day on which the result is final. 2 statements."""
    if audit.state not in _FINAL:
        return None
    held = result_papers(audit)
    is_published = audit.state is AuditState.PUBLISHED
    outdated = to_be_replaced(audit, held) if is_published else frozenset()
    is_wanted = bool({SCORECARD, CERTIFICATE} - (held.keys() - outdated))
    may_issue = is_published and is_wanted and RELEASE.allows(actor, audit)
    writes = REPORT not in held or REPORT in outdated
    values = {
        "papers": list(held.values()),
        "audit": audit,
        "outdated": outdated,
        "may_write_report": writes and WRITE_REPORT.allows(actor, audit),
        "may_issue_papers": may_issue,
    }
    return Part("audits/staff/_papers.html", values)


@bp.route("/<int:audit_id>/report", methods=["POST"])
@policy("audits.write_report", record=queries.visible_audit)
def write_report(audit: Audit) -> ResponseReturnValue:
    """Put the report forward; on its own page it is looked at, approved and issued."""
    document = commands.write_report(audit, actor=current_actor())
    return redirect(url_for("staff.documents.document", document_id=document.id))


@bp.route("/<int:audit_id>/result-papers", methods=["POST"])
@policy("audits.release", record=queries.visible_audit)
def issue_papers(audit: Audit) -> ResponseReturnValue:
    """Issue rapor and certificate."""
    commands.issue_result_papers(audit, actor=current_actor())
    flash(_("Rapor and certificate are issued. Their pages are being drawn."))
    return redirect(url_for(".audit", audit_id=audit.id, _anchor="papers"))


@bp.route("/<int:audit_id>/sheet", methods=["POST"])
@policy("audits.order_sheet", record=queries.visible_audit)
def order_sheet(audit: Audit) -> ResponseReturnValue:
    """Have the result written into a sheet."""
    language = str(get_locale() or "id")[:2]
    return redirect(
        url_for(".sheet", uuid=commands.order_sheet(audit, language=language, actor=current_actor()))
    )


@bp.route("/sheets/<uuid:uuid>")
@policy("audits.read_sheet", record=own_sheet)
def sheet(ordered: SheetOrder) -> ResponseReturnValue:
    """Show how far the sheet is, then where to fetch it."""
    return render_template("audits/staff/sheet.html", ordered=ordered, job=shown_job(ordered.job))


@bp.route("/sheets/<uuid:uuid>/file")
@policy("audits.read_sheet", record=own_sheet)
def sheet_file(ordered: SheetOrder) -> ResponseReturnValue:
    """Hand it over to whoever asked, if it is still what was stored (FI7)."""
    return handed_over(ordered.file)
