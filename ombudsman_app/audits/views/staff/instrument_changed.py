"""Saving a part of a draft; to whoever was second: what stands now, and what they typed (DI2, ADR 7)."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import BooleanField

from ombudsman_app.audits import commands, queries
from ombudsman_app.audits.errors import InstrumentFrozen
from ombudsman_app.audits.instrument_draft import TooManyParts
from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.states import VersionState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible, RecordChanged
from ombudsman_app.web.access import current_actor
from ombudsman_app.web.csrf import FIELD
from ombudsman_app.web.fields import VersionedForm, typed

NOT_AGAIN = frozenset({FIELD, "version"})
Filled = Callable[[InstrumentVersion], VersionedForm | None]


def refuse_frozen(found: InstrumentVersion) -> None:
    """Raise InstrumentFrozen before a form is judged that the page does not show any more."""
    if found.state is not VersionState.DRAFT:
        raise InstrumentFrozen(number=found.number)


def saved(
    found: InstrumentVersion,
    form: VersionedForm,
    change: commands.Change,
    *,
    act: str,
    stands: Filled,
    then: str = "",
) -> ResponseReturnValue:
    """Store a change and go on; 409 with both texts where another was faster.

    `stands` fills the same form with what stands now, None where the part is gone.
    """
    try:
        commands.change_draft(found, change, version=form.shown_version, actor=current_actor(), act=act)
    except RecordChanged:
        return changed_page(found, form, stands)
    except TooManyParts as many:
        flash(_("Nothing was stored: %(most)s are the most of them.", most=many.most))
        return redirect(url_for(".instrument", version_id=found.id))
    flash(_("The draft is saved."))
    return redirect(then or url_for(".instrument", version_id=found.id))


def changed_page(found: InstrumentVersion, form: VersionedForm, stands: Filled) -> Response:
    """Show both texts, 409. What was typed can be put in the place of the other where the part is there."""
    db.session.expire_all()
    held = queries.visible_version(current_actor(), found.id)
    if held is None:
        raise NotVisible
    standing = stands(held)
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_AGAIN]
    can_send = standing is not None and held.state is VersionState.DRAFT
    page = render_template(
        "audits/staff/instrument_changed.html",
        found=held,
        is_gone=standing is None,
        stands=told(standing) if standing is not None else [],
        typed=told(form),
        again=[*sent, ("version", str(held.version))] if can_send else [],
    )
    return make_response(page, 409)


def told(form: VersionedForm) -> list[tuple[str, str]]:
    """Return what a form says, in the words of its page; a tick is yes."""
    ticks = {str(one.label.text) for one in form if isinstance(one, BooleanField)}
    return [(label, str(_("Yes")) if label in ticks else text) for label, text in typed(form)]


def point_out(form: Any, problems: list[Any], box_of: Callable[[Any], str]) -> None:
    """Say beside the boxes what is wrong with what stands there; the draft may be saved all the same."""
    for problem in problems:
        name = box_of(problem.place).removesuffix("-0")
        if name in form:
            form[name].errors = [*form[name].errors, problem.sentence]
