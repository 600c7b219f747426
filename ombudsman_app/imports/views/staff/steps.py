"""The steps of a list: apply, go on, take back, give up. Each is one button."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.errors import BadInput
from ombudsman_app.imports import commands, forms, queries
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RunState
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp


def _step() -> forms.StepForm:
    form = forms.StepForm()
    if not form.validate():
        raise BadInput(reason="form")
    return form


@bp.route("/<int:run_id>/apply", methods=["POST"])
@policy("imports.change", record=queries.visible_run)
def apply(found: ImportRun) -> ResponseReturnValue:
    """Write the list into the register."""
    form, actor = _step(), current_actor()
    if found.state is RunState.CHECKED:
        commands.refuse_changed(found, actor=actor)
    commands.begin_apply(found, version=form.shown_version, actor=actor)
    return redirect(url_for(".run", run_id=found.id))


@bp.route("/<int:run_id>/skip-matching", methods=["POST"])
@policy("imports.change", record=queries.visible_run)
def skip_matching(found: ImportRun) -> ResponseReturnValue:
    """Go on without comparing names."""
    form = _step()
    commands.skip_matching(found, version=form.shown_version, actor=current_actor())
    return redirect(url_for(".run", run_id=found.id))


@bp.route("/<int:run_id>/resume", methods=["POST"])
@policy("imports.change", record=queries.visible_run)
def resume(found: ImportRun) -> ResponseReturnValue:
    """Go on where a job ended early."""
    _step()
    go_on = commands.resume_undo if found.state is RunState.UNDOING else commands.resume
    go_on(found, actor=current_actor())
    return redirect(url_for(".run", run_id=found.id))


@bp.route("/<int:run_id>/undo", methods=["POST"])
@policy("imports.change", record=queries.visible_run)
def undo(found: ImportRun) -> ResponseReturnValue:
    """Take the whole list back."""
    form = _step()
    commands.begin_undo(found, version=form.shown_version, actor=current_actor())
    return redirect(url_for(".run", run_id=found.id))


@bp.route("/<int:run_id>/cancel", methods=["POST"])
@policy("imports.change", record=queries.visible_run)
def cancel(found: ImportRun) -> ResponseReturnValue:
    """Give the list up; what was applied of it already is taken back."""
    form = _step()
    commands.cancel(found, version=form.shown_version, actor=current_actor())
    flash(_("The list is given up. Nothing of it stays in the register."))
    return redirect(url_for(".run", run_id=found.id))
