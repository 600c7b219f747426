"""/staff/complaints/views: a person's own views of the queue."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.complaints import commands, formats, forms, queries
from ombudsman_app.complaints.errors import TooManyViews, ViewNameTaken
from ombudsman_app.complaints.models import SavedView
from ombudsman_app.core import limits
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp
from .queue import asked_queue


@bp.route("/views")
@policy("complaints.save_view")
def views() -> ResponseReturnValue:
    """All of one's views, to change or remove. 3 statements, 4 where one names an office."""
    own = queries.saved_views(current_actor())
    asked = [forms.read_query(view.filters).chosen for view in own]
    names = queries.office_names({one.office for one in asked if one.office})
    tags = [formats.filter_tags(one, names.get(one.office, one.office), _no_address) for one in asked]
    shown = list(zip(own, tags, strict=True))
    return render_template("complaints/staff/views.html", views=shown)


def _no_address(_said: object) -> str:
    return ""


@bp.route("/views/new", methods=["GET", "POST"])
@policy("complaints.save_view")
def new_view() -> ResponseReturnValue:
    """Keep the filters that stand in the address under a name. 2 statements, 3 where an office is named."""
    asked = asked_queue()
    form = forms.SaveViewForm()
    status, is_taken = 200, False
    if form.is_submitted():
        status = 422
        if form.validate() and _is_storable(form, asked.chosen) and not asked.misread:
            try:
                view = commands.save_view(form.to_input(asked.chosen), actor=current_actor())
                flash(_("The view “%(label)s” is saved.", label=view.label))
                return redirect(f"{url_for('.queue')}?{view.filters}")
            except ViewNameTaken as taken:
                form.label.errors, is_taken = [_name_taken(taken)], True
            except TooManyViews:
                form.label.errors = [
                    _("There is room for %(most)s views. Remove one first.", most=limits.VIEWS_OF_A_PERSON)
                ]
    page = render_template(
        "complaints/staff/new_view.html",
        form=form,
        misread=asked.misread,
        offers_replacing=is_taken or form.replaces.data,
        tags=formats.filter_tags(asked.chosen, asked.office, _no_address),
        back_href=f"{url_for('.queue')}?{forms.as_query(asked.chosen)}",
        action=request.full_path,
    )
    return page, status


def _is_storable(form: forms.SaveViewForm, chosen: queries.QueueFilter) -> bool:
    """Percent signs make words longer: what is searched for may not fit into a view."""
    if len(forms.as_query(chosen)) <= limits.VIEW_FILTERS:
        return True
    form.label.errors = [_("The words that you search for are too long to be kept in a view.")]
    return False


def _name_taken(taken: ViewNameTaken) -> str:
    return str(_("You have a view of the name “%(label)s”. Choose another.", label=taken.details["label"]))


@bp.route("/views/<int:view_id>", methods=["GET", "POST"])
@policy("complaints.change_view", record=queries.own_view)
def view(saved: SavedView) -> ResponseReturnValue:
    """Another name, or the queue opens with it. 3 statements."""
    form = forms.ChangeViewForm(obj=saved)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                commands.change_view(
                    saved, form.label.data, opens_first=form.opens_first.data, actor=current_actor()
                )
                flash(_("The view “%(label)s” is saved.", label=saved.label))
                return redirect(url_for(".views"))
            except ViewNameTaken as taken:
                form.label.errors = [_name_taken(taken)]
    return render_template("complaints/staff/view.html", form=form, view=saved), status


@bp.route("/views/<int:view_id>/remove", methods=["POST"])
@policy("complaints.change_view", record=queries.own_view)
def remove_view(saved: SavedView) -> ResponseReturnValue:
    """Forget a view."""
    commands.remove_view(saved, actor=current_actor())
    flash(_("The view “%(label)s” is removed.", label=saved.label))
    return redirect(url_for(".views"))
