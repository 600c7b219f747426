"""/portal/colleagues: who answers for one's office, and who is its focal point."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.accounts import commands, queries
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.core.policy import Role
from ombudsman_app.web.access import current_actor, policy

bp = Blueprint("accounts", __name__)


@bp.route("/colleagues")
@policy("accounts.colleagues")
def colleagues() -> ResponseReturnValue:
    """Show who answers for the own offices. 4 statements."""
    actor = current_actor()
    return render_template(
        "accounts/portal/colleagues.html",
        officers=queries.colleagues(actor),
        headed=actor.offices_as(Role.OFFICE_HEAD),
    )


@bp.route("/colleagues/<int:grant_id>/focal-point", methods=["POST"])
@policy("accounts.name_focal_point", record=queries.colleague_grant, fresh=True)
def focal_point(grant: RoleGrant) -> ResponseReturnValue:
    """Name a colleague as focal point, or end that."""
    is_named = commands.turn_focal_point(grant, actor=current_actor())
    flash(_("Named as focal point.") if is_named else _("No longer a focal point."))
    return redirect(url_for(".colleagues"))
