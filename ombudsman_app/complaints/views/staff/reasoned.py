"""A page that asks for grounds before a case goes on or ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.errors import MoveNotAllowed, RecordChanged
from ombudsman_app.documents.queries import letters_of
from ombudsman_app.web.access import current_actor
from ombudsman_app.web.fields import VersionedForm

from .changed import changed_page


@dataclass(frozen=True)
class ReasonedAct:
    """What such a page is made of: its template, its command, what is said when it was done."""

    page: str
    command: Callable[..., None]
    done: str


def reasoned_page(
    complaint: Complaint, form: VersionedForm, act: ReasonedAct, *, is_possible: bool, **shown: Any
) -> ResponseReturnValue:
    """Show the page, or act. What is not possible any more is told with what was typed, 409."""
    if form.is_submitted() and not is_possible:
        return changed_page(complaint, form)
    if form.is_submitted() and form.validate():
        try:
            act.command(complaint, form["reason"].data, version=form.shown_version, actor=current_actor())
        except (RecordChanged, MoveNotAllowed):
            return changed_page(complaint, form)
        flash(act.done)
        return redirect(url_for(".case", complaint_id=complaint.id))
    page = render_template(
        f"complaints/staff/{act.page}.html",
        case=complaint,
        form=form,
        is_over=is_possible,
        letters=letters_of(complaint.files_id),
        **shown,
    )
    return make_response(page, 422 if form.is_submitted() else 200)
