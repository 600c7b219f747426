"""/staff/audits/<id>/review: another person reads it all, remarks, changes, or gives it back."""

from typing import Any
from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import reviewing as commands
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.formats import field as formats
from ombudsman_app.audits.formats.published import costs_of, scale_of
from ombudsman_app.audits.forms.field_judging import ChangeForm, GiveBackForm, RemarkForm
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries import review as queries
from ombudsman_app.audits.queries.page import visible_audit
from ombudsman_app.audits.queries.score_page import score_page
from ombudsman_app.audits.scoring.definition import Indicator
from ombudsman_app.audits.states import AUDIT
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.fields import VersionedForm

from .blueprint import bp
from .field_compare import indicator_asked, visible_audit_at


@bp.route("/<int:audit_id>/review", methods=["GET", "POST"])
@policy("audits.review", record=visible_audit)
def review(found: Audit) -> ResponseReturnValue:
    """Read all answers with their evidence; let the audit pass. ≤ 9 statements."""
    form = VersionedForm(version=found.version)
    if not form.is_submitted():
        return _review_page(found)
    AUDIT.after(found.state, "review")
    try:
        commands.review(found, version=form.shown_version, actor=current_actor())
    except SheetRefused as refused:
        held = visible_audit(current_actor(), found.id)
        if held is None:
            raise NotVisible from refused
        return _review_page(held, 422, why=formats.refused_sheet(refused.details["why"]))
    flash(_("Reviewed. The head sends the draft to the branch."))
    return redirect(url_for(".score", audit_id=found.id))


def _review_page(found: Audit, status: int = 200, **changed: Any) -> Response:
    page = queries.review_page(current_actor(), found)
    shown: dict[str, Any] = {
        "audit": found,
        "page": page,
        "dimensions": formats.shown_dimensions(page.state, "", only_open=False) if page else [],
        "is_open": "review" in AUDIT.open_events(found.state),
        "back_form": GiveBackForm(formdata=None, version=found.version),
        "form": VersionedForm(formdata=None, version=found.version),
        "why": "",
    }
    return make_response(render_template("audits/staff/field_review.html", **{**shown, **changed}), status)


@bp.route("/<int:audit_id>/give-back", methods=["POST"])
@policy("audits.review", record=visible_audit)
def give_back(found: Audit) -> ResponseReturnValue:
    """Give it back to the team with reasons."""
    AUDIT.after(found.state, "give_back")
    form = GiveBackForm()
    if not form.validate():
        return _review_page(found, 422, back_form=form)
    version, actor = form.shown_version, current_actor()
    commands.give_back(found, form.back_reason.data, version=version, actor=actor)
    flash(_("Given back. The team can change its sheet again."))
    return redirect(url_for(".audit", audit_id=found.id))


@bp.route("/<int:audit_id>/review/<string:indicator>", methods=["GET", "POST"])
@policy("audits.review", record=visible_audit_at)
def review_indicator(found: Audit) -> ResponseReturnValue:
    """One indicator: read it, remark, or change its answer with a reason. ≤ 9 statements."""
    page = queries.review_page(current_actor(), found)
    if page is None:
        raise NotVisible
    indicator = indicator_asked(page.state.definition.by_id)
    form = ChangeForm()
    form.fit(indicator, list(page.state.definition.anchors(indicator, formats.language())))
    if not form.is_submitted():
        return _indicator_page(found, page, indicator)
    AUDIT.after(found.state, "review")
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return _indicator_page(found, page, indicator, 422, f=form)
    commands.change_answer(
        found,
        indicator.id,
        form.to_input(),
        reason=form.reason.data,
        version=form.shown_version,
        actor=current_actor(),
    )
    flash(_("%(indicator)s is changed.", indicator=indicator.id))
    return redirect(url_for(".review_indicator", audit_id=found.id, indicator=indicator.id))


@bp.route("/<int:audit_id>/review/<string:indicator>/remark", methods=["POST"])
@policy("audits.review", record=visible_audit_at)
def remark(found: Audit) -> ResponseReturnValue:
    """Say something to one indicator."""
    AUDIT.after(found.state, "review")
    page = queries.review_page(current_actor(), found)
    if page is None:
        raise NotVisible
    indicator = indicator_asked(page.state.definition.by_id)
    form = RemarkForm()
    if not form.validate():
        return _indicator_page(found, page, indicator, 422, remark_form=form)
    key, actor = form.remark_key.data, current_actor()
    commands.remark(found, indicator.id, form.remark.data, key=key, actor=actor)
    flash(_("The remark is kept."))
    return redirect(url_for(".review_indicator", audit_id=found.id, indicator=indicator.id))


def _indicator_page(
    found: Audit, page: queries.ReviewPage, indicator: Indicator, status: int = 200, **changed: Any
) -> Response:
    state, name = page.state, indicator.id
    place = state.answers[name]
    form = ChangeForm(formdata=None)
    form.fit(indicator, list(state.definition.anchors(indicator, formats.language())))
    form.fill(place, decimal_comma=not formats.is_english())
    form.version.data, form.answer_key.data = str(place.version), ""
    names = list(state.asked)
    at = names.index(name) if name in names else len(names) - 1
    shown: dict[str, Any] = {
        "audit": found,
        "sheet": page.sheet,
        "place": place,
        "indicator": indicator,
        "answer": formats.sheet_answer(state.definition, place),
        "points": formats.points(state.definition, place),
        "items": formats.shown_items(state.items.get(name, ()), page.files),
        "remarks": page.remarks.get(name, ()),
        "changes": [
            (one, *(formats.given_words(state.definition, name, given) for given in (one.before, one.after)))
            for one in page.changes.get(name, ())
        ],
        "is_open": "review" in AUDIT.open_events(found.state),
        "is_counted": formats.is_counted(indicator),
        "before": names[at - 1] if at > 0 else None,
        "after": names[at + 1] if at + 1 < len(names) else None,
        "remark_form": RemarkForm(formdata=None, remark_key=uuid4().hex),
        "f": form,
    }
    return make_response(
        render_template("audits/staff/field_review_one.html", **{**shown, **changed}), status
    )


@bp.route("/<int:audit_id>/score")
@policy("audits.read", record=visible_audit)
def score(found: Audit) -> ResponseReturnValue:
    """The newest score of an audit, to the last digit. ≤ 6 statements."""
    newest = queries.newest_score(found)
    page = score_page(newest) if newest else None
    return render_template(
        "audits/staff/field_score.html",
        audit=found,
        page=page,
        scale=scale_of(page) if page else None,
        costs=costs_of(page) if page else None,
        may_review="review" in AUDIT.open_events(found.state) and may("audits.review", found),
    )
