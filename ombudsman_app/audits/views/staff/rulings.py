"""/staff/audits/<id>/responses/<id>: another officer rules on what the office said."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, formats, forms, queries
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.queries.drafts import waits
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible, RecordChanged
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.fields import typed

from .blueprint import bp


@bp.route("/<int:audit_id>/responses/<int:response_id>", methods=["GET", "POST"])
@policy("audits.decide_response", record=queries.visible_response)
def rule(found: queries.ResponseOfAudit) -> ResponseReturnValue:
    """Rule on it. Ruled on, said again or final meanwhile: 409, with both texts."""
    form = _form(found)
    if not _may_be_ruled(found):
        if form.is_submitted():
            return _settled_page(found, form)
        return redirect(url_for(".responses", audit_id=found.audit.id, _anchor=found.response.indicator))
    if not form.is_submitted():
        form.show(found.now.answer)
        return _page(found, form)
    if not form.validate() or not form.validate_more(found.line.indicator):
        return _page(found, form, 422)
    return _decide(found, form)


def _decide(found: queries.ResponseOfAudit, form: forms.RulingForm) -> ResponseReturnValue:
    try:
        commands.decide_response(found.response, form.to_input(), actor=current_actor())
    except (RecordChanged, MoveNotAllowed):
        return _settled_page(found, form)
    except SheetRefused:
        return _refused(found, form)
    flash(_("Your ruling on %(id)s is kept.", id=found.line.id))
    return redirect(url_for(".responses", audit_id=found.audit.id, _anchor=found.line.id))


def _form(found: queries.ResponseOfAudit) -> forms.RulingForm:
    form, page = forms.RulingForm(version=found.response.id), found.responses.page
    indicator = found.line.indicator
    words = formats.choice_words(page.draft.definition, indicator)
    form.fit(indicator, words)
    if not found.response.file_ids:
        del form.counts_files
    return form


def _may_be_ruled(found: queries.ResponseOfAudit) -> bool:
    page = found.responses.page
    is_last = page.last[found.response.indicator].id == found.response.id
    return page.is_open and is_last and waits(found.response)


def _refused(found: queries.ResponseOfAudit, form: forms.RulingForm) -> Response:
    """The new answer changes nothing, or cannot be scored: 422, with what was typed."""
    form.ruling.errors = [
        _("This answer changes nothing, or the result cannot be computed with it. Look at it once more.")
    ]
    held = queries.visible_response(current_actor(), found.audit.id, found.response.id)
    if held is None:
        raise NotVisible
    return _page(held, form, 422)


def _page(found: queries.ResponseOfAudit, form: forms.RulingForm, status: int = 200) -> Response:
    page = render_template("audits/staff/rule.html", audit=found.audit, found=found, form=form)
    return make_response(page, status)


def _settled_page(found: queries.ResponseOfAudit, form: forms.RulingForm) -> Response:
    """Show what stands and what was typed, 409: nothing of either is lost."""
    audit_id, response_id = found.audit.id, found.response.id
    db.session.expire_all()
    held = queries.visible_response(current_actor(), audit_id, response_id)
    if held is None:
        raise NotVisible
    page = render_template(
        "audits/staff/settled.html",
        audit=held.audit,
        found=held,
        last=held.responses.page.last[held.response.indicator],
        typed=typed(form),
    )
    return make_response(page, 409)
