"""/portal/duties: a Pemda sees its own duties of Inpres 2/2021 and proposes how far they are kept."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.upload_box import portal_box
from ombudsman_app.core.clock import today
from ombudsman_app.coverage import duty_words as words
from ombudsman_app.coverage import local_rule_words as rule_words
from ombudsman_app.coverage.commands import duty_proposing as proposing
from ombudsman_app.coverage.duties import DUTIES, ProposalState
from ombudsman_app.coverage.duty_files import PROPOSED
from ombudsman_app.coverage.errors import DutyRefused
from ombudsman_app.coverage.forms.duty import ProposeDutyForm
from ombudsman_app.coverage.models import DutyProposal
from ombudsman_app.coverage.queries import duties as queries
from ombudsman_app.coverage.queries import duty_proposals as proposals_of
from ombudsman_app.coverage.queries import duty_subjects as subjects
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import whole_number

bp = Blueprint("duties", __name__, url_prefix="/duties")


@bp.route("")
@policy("duties.own")
def checklist() -> ResponseReturnValue:
    """The duties of one's own government, and what was proposed. 4 statements, 9 where there is one."""
    governments = subjects.own_governments(current_actor())
    statuses, proposals = {}, []
    if governments:
        statuses = queries.shown_statuses_of([subject.key for _office, subject in governments])
        proposals = proposals_of.proposals_of([office for office, _subject in governments])
    return render_template(
        "coverage/portal/duties.html",
        governments=governments,
        statuses=statuses,
        proposals=proposals,
        duties=DUTIES,
        **_words(),
    )


@bp.route("/<int:office_id>/<string:duty>", methods=["GET", "POST"])
@policy("duties.propose", record=subjects.own_duty)
def propose(found: subjects.OwnDuty) -> ResponseReturnValue:
    """Propose how far a duty is kept, with evidence. ≤ 9 statements."""
    actor, subject = current_actor(), found.subject
    form = ProposeDutyForm(rules=queries.rules_for(subject))
    if not form.is_submitted():
        form.begin(0, today(actor.time_zone))
    elif form.validate():
        try:
            made = proposing.propose_duty(found, form.to_input(), actor=actor)
        except DutyRefused as refused:
            form.refuse(refused)
        else:
            flash(_("Your proposal is with the Ombudsman. You can add files to it here."))
            return redirect(url_for(".proposal", proposal_id=made.id))
    page = render_template(
        "coverage/portal/propose_duty.html",
        form=form,
        subject=subject,
        duty=found.duty,
        office_id=found.office_id,
        status_row=queries.shown_statuses_of([subject.key]).get((subject.key, found.duty.key)),
        **_words(),
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/proposals/<int:proposal_id>")
@policy("duties.read_own", record=proposals_of.own_proposal)
def proposal(found: DutyProposal) -> ResponseReturnValue:
    """An own proposal: what was sent, what became of it, its files. ≤ 5 statements."""
    here = url_for(".proposal", proposal_id=found.id)
    waits = found.state is ProposalState.WAITING
    return render_template(
        "coverage/portal/duty_proposal.html",
        proposal=found,
        duty=DUTIES[found.duty],
        files_sent=proposals_of.proposal_files(found),
        waits=waits,
        box=portal_box(PROPOSED, found.id, here) if waits else None,
        **_words(),
    )


@bp.route("/proposals/<int:proposal_id>/withdraw", methods=["POST"])
@policy("duties.propose", record=proposals_of.own_proposal)
def withdraw(found: DutyProposal) -> ResponseReturnValue:
    """Take an own proposal back."""
    version = whole_number(request.form.get("version"))
    proposing.withdraw_proposal(found, version=version, actor=current_actor())
    flash(_("The proposal is withdrawn."))
    return redirect(url_for(".checklist"))


def _words() -> dict[str, Any]:
    return {"words": words, "rule_words": rule_words, "zone": current_actor().time_zone}
