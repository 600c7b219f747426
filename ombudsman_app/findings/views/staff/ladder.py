"""/staff/findings/<id>/steps/<id>: a proposed step of the ladder goes out with its letter."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.findings import commands, forms, queries
from ombudsman_app.findings.errors import NamesReporter, RungNotOpen
from ombudsman_app.findings.states import WAITING
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp
from .finding import finding_shown, shown_again


@bp.route("/<int:finding_id>/steps/<int:step_id>/release", methods=["POST"])
@policy("findings.release", record=queries.visible_step)
def release(found: queries.StepOfFinding) -> ResponseReturnValue:
    """Let it go: the letter gets its number in the same moment."""
    if found.step.released_at is not None or found.finding.state not in WAITING:
        raise RungNotOpen(rung=found.step.rung.value)
    form = forms.ReleaseForm()
    if not form.validate():
        return finding_shown(found.finding, 422, release_form=form)
    try:
        commands.release_rung(found.step, form.to_input(), version=form.shown_version, actor=current_actor())
    except NamesReporter:
        return shown_again(found.finding, form.words, release_form=form)
    flash(_("Released. The letter has its number; send it and prove its receipt on its page."))
    return redirect(url_for(".finding", finding_id=found.finding.id))
