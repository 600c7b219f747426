"""/staff/coverage/imports: lists of figures that became proposals; another person decides on all at once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.core.errors import BadInput
from ombudsman_app.coverage.commands import import_deciding as deciding
from ombudsman_app.coverage.errors import ImportRefused
from ombudsman_app.coverage.forms.figure_import import ReleaseForm, SendBackForm
from ombudsman_app.coverage.queries import imported
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.web.access import current_actor, policy

bp = Blueprint("coverage_imports", __name__, url_prefix="/coverage/imports")


@bp.route("")
@policy("coverage.imports")
def runs() -> ResponseReturnValue:
    """Lists in the register, the newest first, with what waits of each. ≤ 5 statements."""
    page = imported.imports_page(current_actor(), request.args.get("after"))
    return render_template(
        "coverage/staff/figure_imports.html",
        rows=page.items,
        waiting=imported.waiting_of(page.items),
        first=url_for(".runs") if page.previous_key else "",
        older=url_for(".runs", after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:run_id>")
@policy("coverage.read_import", record=imported.visible_import)
def run(found: ImportRun) -> ResponseReturnValue:
    """What a list proposes. ≤ 9 statements."""
    return _shown(found, SendBackForm(formdata=None))


def _shown(found: ImportRun, back: SendBackForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "coverage/staff/figure_import.html",
        run=found,
        page=imported.import_page(found),
        is_own=current_actor().user_id in (found.made_by_id, found.applied_by_id),
        form=ReleaseForm(formdata=None),
        back=back,
    )
    return page, status


@bp.route("/<int:run_id>/release", methods=["POST"])
@policy("coverage.decide_import", record=imported.visible_import)
def release(found: ImportRun) -> ResponseReturnValue:
    """Release all that waits."""
    if not ReleaseForm().validate():
        raise BadInput(reason="form")
    done = deciding.release_import(found.id, actor=current_actor())
    flash(ngettext("%(num)d figure is released.", "%(num)d figures are released.", done.figures))
    if done.overtaken:
        flash(
            ngettext(
                "%(num)d still waits: what it revises was changed meanwhile.",
                "%(num)d still wait: what they revise was changed meanwhile.",
                done.overtaken,
            ),
            "warning",
        )
    return redirect(url_for(".run", run_id=found.id))


@bp.route("/<int:run_id>/send-back", methods=["POST"])
@policy("coverage.decide_import", record=imported.visible_import)
def send_back(found: ImportRun) -> ResponseReturnValue:
    """Send all that waits back."""
    form = SendBackForm()
    if not form.validate():
        if not imported.waiting_of([found]):
            raise ImportRefused(why="decided")  # the page has no form any more that could say it
        return _shown(found, form, 422)
    deciding.refuse_import(found.id, reason=form.reason.data, actor=current_actor())
    flash(_("The proposals are sent back. Nothing of them is shown to anybody outside."))
    return redirect(url_for(".run", run_id=found.id))
