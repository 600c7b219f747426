"""/staff/imports: the lists that were brought, and a new one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core import limits
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.imports import commands, forms, queries
from ombudsman_app.imports.kinds import ImportKind, kinds_for
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.export import CSV, write_csv
from ombudsman_app.web.gate import takes_bytes

from .blueprint import bp


@bp.route("")
@policy("imports.list")
def brought() -> ResponseReturnValue:
    """The newest first. ≤ 4 statements."""
    actor = current_actor()
    page = queries.brought_page(actor, request.args.get("after"))
    return render_template(
        "imports/staff/brought.html",
        rows=page.items,
        kinds=kinds_for(actor),
        first=url_for(".brought") if page.previous_key else "",
        older=url_for(".brought", after=page.next_key) if page.next_key else "",
    )


@bp.route("/new/<string:kind>", methods=["GET", "POST"])
@policy("imports.bring")
@takes_bytes(limits.IMPORT_BYTES + limits.REQUEST_BYTES // 10)
def bring(kind: str) -> ResponseReturnValue:
    """A file comes in. ≤ 4 statements, and those that store it."""
    actor, found = current_actor(), _kind(kind)
    form = forms.BringForm(found, actor, _offices(found, actor))
    if form.is_submitted():
        is_valid, content = form.validate(), form.read()
        if is_valid and content is not None:
            made = commands.bring_list(found, form.to_input(content), actor=actor)
            flash(_("The list has arrived. It is read now."))
            return redirect(url_for(".run", run_id=made.id))
    page = render_template(
        "imports/staff/bring.html", form=form, kind=found, sources=queries.sources_of(found, actor)
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/new/<string:kind>/sample")
@policy("imports.bring")
def sample(kind: str) -> ResponseReturnValue:
    """A sheet to begin from: all columns that are understood, and a few rows."""
    found = _kind(kind)
    content = write_csv([str(column.label) for column in found.columns], found.sample)
    return download(content, name=f"contoh-{found.id}.csv", media_type=CSV)


def _kind(name: str) -> ImportKind:
    """Return a kind that this person may bring. Raises NotVisible."""
    found = next((one for one in kinds_for(current_actor()) if one.id == name), None)
    if found is None:
        raise NotVisible
    return found


def _offices(kind: ImportKind, actor: Actor) -> list[tuple[int, str]]:
    named = {grant.office_id: grant.office_name for grant in actor.grants if grant.role in kind.roles}
    return sorted(named.items(), key=lambda one: one[1])
