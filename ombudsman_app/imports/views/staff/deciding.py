"""/staff/imports/<id>/doubtful: one doubtful row after the other, beside what it may be."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.imports import commands, forms, queries
from ombudsman_app.imports.kinds import kind_of
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import read_id

from .blueprint import bp


@bp.route("/<int:run_id>/doubtful", methods=["GET", "POST"])
@policy("imports.change", record=queries.visible_run)
def doubtful(found: ImportRun) -> ResponseReturnValue:
    """Decide one row, or all that are like it; the next one that waits comes by itself. ≤ 11 statements."""
    actor = current_actor()
    form = forms.DecideForm()
    number = read_id(request.args.get("row"))
    if form.is_submitted():
        chosen, for_all = form.read(), form.read_all()
        if form.validate() and for_all is not None and number:
            done = commands.decide_alike(found, number, for_all, actor=actor)
            flash(
                _("%(num)s rows are decided. Until the list is applied each can be decided anew.", num=done)
            )
            return redirect(url_for(".doubtful", run_id=found.id))
        if form.validate() and chosen is not None and number:
            commands.decide_row(found, number, *chosen, actor=actor)
            return redirect(url_for(".doubtful", run_id=found.id))
    page = render_template(
        "imports/staff/doubtful.html",
        run=found,
        kind=kind_of(found.kind),
        page=queries.doubtful_page(actor, found, number),
        form=form,
        is_wrong=form.is_submitted(),
    )
    return page, 422 if form.is_submitted() else 200
