"""The answer to whoever was second: what stands now, and what they typed (DI2)."""

from typing import Any

from flask import Response, make_response, render_template, request
from wtforms import HiddenField, RadioField

from ombudsman_app.complaints import formats, queries
from ombudsman_app.complaints.forms.case import VersionedForm
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import FORMAL_ITEMS, MATERIAL_ITEMS
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor
from ombudsman_app.web.csrf import FIELD


def changed_page(complaint: Complaint, form: VersionedForm, *, is_still_possible: bool = False) -> Response:
    """Show both texts, 409. `is_still_possible`: what was typed can be put in the place of the other."""
    db.session.expire_all()
    held = queries.visible_case(current_actor(), complaint.id)
    if held is None:  # somebody gave it away, or an interest was declared meanwhile
        raise NotVisible
    page = queries.case_page(current_actor(), held)
    return make_response(
        render_template(
            "complaints/staff/changed.html",
            case=held,
            history=formats.shown_history(page.history)[-3:],
            checks=formats.shown_checks(FORMAL_ITEMS + MATERIAL_ITEMS, page.checks),
            typed=[(field.label.text, text) for field in form if (text := _shown(field))],
            again=_sent_again(held) if is_still_possible else [],
        ),
        409,
    )


def _shown(field: Any) -> str:
    """Return what was typed or chosen, in the words of the page."""
    if isinstance(field, HiddenField) or not field.data:
        return ""
    if isinstance(field, RadioField):
        return next((str(label) for value, label, *_rest in field.iter_choices() if value == field.data), "")
    return str(field.data)


def _sent_again(held: Complaint) -> list[tuple[str, str]]:
    """Return the fields of this request once more, with the version that stands now."""
    kept = [(name, value) for name, value in request.form.items() if name not in (FIELD, "version")]
    return [*kept, ("version", str(held.version))]
