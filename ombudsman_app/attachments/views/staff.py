"""/staff/attachments: files of the records that this person can see."""

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.attachments import commands, forms, queries
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.faces import STAFF
from ombudsman_app.web.redirects import safe_next

from . import leaving
from .inside import Rights, doors_of

bp = doors_of(STAFF, Rights("attachments.add", "attachments.send", "attachments.read"))


@bp.route("/<uuid:uuid>/preview")
@policy("attachments.read", record=queries.visible_attachment)
def preview(found: Attachment) -> Response:
    """A picture of it, as large as a screen."""
    return leaving.picture_of(found, leaving.PREVIEW)


@bp.route("/<uuid:uuid>/original", methods=["GET", "POST"])
@policy("attachments.open_original", record=queries.visible_attachment, fresh=True)
def original(found: Attachment) -> ResponseReturnValue:
    """The file as it came: a reason, a fresh proof, a line of custody before it leaves."""
    form = forms.OriginalForm()
    back = safe_next(request.values.get("back"), url_for("staff.home.start"))
    if not form.is_submitted() or not form.validate():
        page = render_template(
            "attachments/staff/original.html", file=queries.line_of(found), form=form, back=back
        )
        return page, 422 if form.is_submitted() else 200
    answer = leaving.original_of(found)
    commands.note_original(found, actor=current_actor(), reason=form.reason.data)
    return answer
