"""/staff/audits/<id>/compare: two blind sheets beside each other; a third settles where they differ."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import settling as commands
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.formats import comparison_of_sheets as formats
from ombudsman_app.audits.forms.field_judging import SettleForm
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries.compare_sheets import SheetsBeside, sheets_beside
from ombudsman_app.audits.queries.page import visible_audit
from ombudsman_app.audits.queries.review import remarks_on
from ombudsman_app.audits.scoring.definition import Indicator
from ombudsman_app.audits.states import AUDIT
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.fields import VersionedForm

from .blueprint import bp


def visible_audit_at(actor: Actor, audit_id: int, indicator: str) -> Audit | None:  # noqa: ARG001
    """Return the audit of an address that names an indicator too. 1 statement."""
    return visible_audit(actor, audit_id)


@bp.route("/<int:audit_id>/compare")
@policy("audits.read", record=visible_audit)
def compare(found: Audit) -> ResponseReturnValue:
    """How far the two agree, and where they differ. ≤ 8 statements."""
    beside = sheets_beside(current_actor(), found) if found.round.is_blind else None
    return render_template(
        "audits/staff/field_compare.html",
        audit=found,
        beside=beside,
        shown=formats.shown_comparison(beside) if beside else None,
        may_settle=_may_settle(found, beside),
        form=VersionedForm(formdata=None, version=found.version),
    )


def _may_settle(found: Audit, beside: SheetsBeside | None) -> bool:
    is_open = beside is not None and (beside.agreed is None or beside.agreed.submitted_at is None)
    return is_open and "submit" in AUDIT.open_events(found.state) and may("audits.settle", found)


@bp.route("/<int:audit_id>/settle/<string:indicator>", methods=["GET", "POST"])
@policy("audits.settle", record=visible_audit_at)
def settle_indicator(found: Audit) -> ResponseReturnValue:
    """Settle one indicator. ≤ 8 statements."""
    beside = sheets_beside(current_actor(), found) if found.round.is_blind else None
    if beside is None:
        raise NotVisible
    indicator = indicator_asked(beside.definition.by_id)
    form = SettleForm().fit(indicator, formats.anchors(beside.definition, indicator))
    if not form.is_submitted():
        return _settle_page(found, beside, indicator, form)
    AUDIT.after(found.state, "submit")
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return _settle_page(found, beside, indicator, form, 422)
    commands.settle(found, indicator.id, form.to_settling(), actor=current_actor())
    flash(_("%(indicator)s is settled.", indicator=indicator.id))
    follows = next((name for name in beside.open if name != indicator.id), None)
    if follows:
        return redirect(url_for(".settle_indicator", audit_id=found.id, indicator=follows))
    return redirect(url_for(".compare", audit_id=found.id))


def indicator_asked(known: Any) -> Indicator:
    """Return the indicator that the address names. Raises NotVisible."""
    found: Indicator | None = known.get((request.view_args or {}).get("indicator"))
    if found is None:
        raise NotVisible
    return found


def _settle_page(
    found: Audit, beside: SheetsBeside, indicator: Indicator, form: SettleForm, status: int = 200
) -> Response:
    page = render_template(
        "audits/staff/field_settle.html",
        audit=found,
        beside=beside,
        indicator=indicator,
        sides=formats.sides(beside, indicator.id),
        settled=formats.settled_words(beside, indicator.id),
        remarks=remarks_on(found.id).get(indicator.id, ()) if found.submitted_at else (),
        is_differing=indicator.id in beside.compared.differ,
        f=form,
    )
    return make_response(page, status)


@bp.route("/<int:audit_id>/settle", methods=["POST"])
@policy("audits.settle", record=visible_audit)
def finish_settling(found: Audit) -> ResponseReturnValue:
    """Close the agreed sheet."""
    try:
        commands.finish_settling(found, actor=current_actor())
    except SheetRefused as refused:
        return _not_settled(found, refused)
    flash(_("Settled. The lead can hand the audit in."))
    return redirect(url_for(".compare", audit_id=found.id))


def _not_settled(found: Audit, refused: SheetRefused) -> Response:
    held = visible_audit(current_actor(), found.id)
    beside = sheets_beside(current_actor(), held) if held else None
    if held is None or beside is None:
        raise NotVisible
    page = render_template(
        "audits/staff/field_not_settled.html",
        audit=held,
        why=refused.details["why"],
        indicators=[
            beside.definition.by_id[name]
            for name in refused.details["indicators"]
            if name in beside.definition.by_id
        ],
    )
    return make_response(page, 422)
