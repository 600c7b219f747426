"""The answer to whoever was second: what stands now, and what they typed (DI2)."""

from collections.abc import Mapping

from flask import Response, make_response, render_template, request

from ombudsman_app.complaints import formats, queries
from ombudsman_app.complaints.models import Complaint, ComplaintCheck
from ombudsman_app.complaints.states import FORMAL_ITEMS, MATERIAL_ITEMS, ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor
from ombudsman_app.web.csrf import FIELD
from ombudsman_app.web.fields import VersionedForm, typed
from ombudsman_app.web.proof import CODE, CODE_BY, PASSWORD
from ombudsman_app.web.refusals import REFUSALS

NOT_AGAIN = frozenset({FIELD, "version", PASSWORD, CODE, CODE_BY})


def changed_page(
    complaint: Complaint, form: VersionedForm, *, while_in: ComplaintState | None = None
) -> Response:
    """Show both texts, 409. `while_in`: in this state what was typed can be put in the place of the other."""
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
            typed=typed(form),
            again=_sent_again(held, page.checks) if held.state is while_in else [],
        ),
        409,
    )


def _sent_again(held: Complaint, checks: Mapping[str, ComplaintCheck]) -> list[tuple[str, str]]:
    """Return the fields of this request once more, with the version that stands now.

    Items of a check list that were left open here keep what the other person found for them.
    """
    sent = {name: value for name, value in request.form.items() if name not in NOT_AGAIN}
    for name, check in checks.items():
        if sent.get(f"verdict_{name}") == "":
            sent |= {f"verdict_{name}": check.verdict.value, f"reason_{name}": check.reason}
    return [*sent.items(), ("version", str(held.version))]


def names_reporter() -> str:
    """Say beside a box what is wrong with a text that a respondent would read."""
    return str(REFUSALS["names_reporter"].message)
