"""/staff/audits/<id>/findings: what low scores propose; a person confirms or drops it."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, forms, queries
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.states import AuditState, ProposalState
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


@bp.route("/<int:audit_id>/findings")
@policy("audits.read", record=queries.visible_audit)
def proposals(audit: Audit) -> ResponseReturnValue:
    """What the score proposes, and what became of it. ≤ 8 statements."""
    found = queries.responses_page(audit)
    if found is None:
        raise NotVisible
    rows = queries.proposals_of(audit)
    return render_template(
        "audits/staff/proposals.html",
        audit=audit,
        rows=rows,
        lines=queries.foreseen(found).by_id,
        unsent=sum(1 for one in rows if one.finding is not None and one.finding.sent_on is None),
    )


@bp.route("/<int:audit_id>/findings/<int:proposal_id>", methods=["GET", "POST"])
@policy("audits.confirm", record=queries.visible_proposal)
def proposal(found: queries.ProposalOfAudit) -> ResponseReturnValue:
    """Write the words of the finding and confirm it."""
    form = forms.ProposalForm(version=found.audit.version)
    if not _is_open(found):
        return _closed(found, is_sent=form.is_submitted())
    if not form.is_submitted():
        _begin(form, found)
    elif form.validate():
        commands.confirm_finding(
            found.audit,
            found.proposal.id,
            form.to_input(),
            version=form.shown_version,
            actor=current_actor(),
        )
        flash(_("The finding is confirmed. It goes to the office once the audit is final."))
        return redirect(url_for(".proposals", audit_id=found.audit.id))
    return _page(found, form, forms.DropForm(formdata=None, version=found.audit.version))


@bp.route("/<int:audit_id>/findings/<int:proposal_id>/drop", methods=["POST"])
@policy("audits.confirm", record=queries.visible_proposal)
def drop_proposal(found: queries.ProposalOfAudit) -> ResponseReturnValue:
    """Drop it, with the reason."""
    form = forms.DropForm(version=found.audit.version)
    if not _is_open(found):
        return _closed(found, is_sent=True)
    if not form.validate():
        words = forms.ProposalForm(formdata=None, version=found.audit.version)
        _begin(words, found)
        return _page(found, words, form)
    commands.drop_finding(
        found.audit,
        found.proposal.id,
        form.reason.data,
        version=form.shown_version,
        actor=current_actor(),
    )
    flash(_("The proposal is dropped."))
    return redirect(url_for(".proposals", audit_id=found.audit.id))


def _is_open(found: queries.ProposalOfAudit) -> bool:
    row = found.proposal
    gone_by_score = row.state is ProposalState.DROPPED and row.decided_by_id is None
    return found.audit.state is AuditState.DRAFT_SENT and not gone_by_score


def _closed(found: queries.ProposalOfAudit, *, is_sent: bool) -> ResponseReturnValue:
    if is_sent:
        raise MoveNotAllowed(state=str(found.proposal.state), event="decide_finding")
    return redirect(url_for(".proposals", audit_id=found.audit.id))


def _begin(form: forms.ProposalForm, found: queries.ProposalOfAudit) -> None:
    """Begin with what was written before, else with what the instrument says."""
    row, line = found.proposal, found.line
    form.summary.data = row.summary
    form.description.data = row.description
    form.rule.data = row.rule or line.indicator.legal_basis
    form.suggestion.data = row.suggestion


def _page(found: queries.ProposalOfAudit, form: forms.ProposalForm, drop_form: forms.DropForm) -> Response:
    page = render_template(
        "audits/staff/proposal.html",
        audit=found.audit,
        row=found.proposal,
        line=found.line,
        form=form,
        drop_form=drop_form,
    )
    return make_response(page, 422 if form.errors or drop_form.errors else 200)
