"""/staff/audits/field/<id>/…/samples: what was looked at one by one; it suggests an answer."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import samples as commands
from ombudsman_app.audits.errors import EvidenceRefused, SheetClosed
from ombudsman_app.audits.formats import field as formats
from ombudsman_app.audits.forms.field_samples import SampleForm
from ombudsman_app.audits.models import SheetAnswer, SheetSample
from ombudsman_app.audits.queries import sheet as queries
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.queries.suggestions import sample_kind
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.directory.queries import counters_of
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.refusals import REFUSALS

from .blueprint import bp
from .field import indicator_shown, is_written


@bp.route("/field/<int:sheet_id>/indicators/<string:indicator>/samples", methods=["POST"])
@policy("audits.fill", record=queries.visible_place)
def add_sample(found: SheetAnswer) -> ResponseReturnValue:
    """Keep one thing that was looked at; the same form twice is one."""
    if not is_written(found.sheet):
        raise SheetClosed
    definition = definition_of(found.sheet.audit.instrument_version)
    indicator = definition.by_id[found.indicator]
    counters = [(one.id, one.name) for one in counters_of(found.sheet.audit.office_id)]
    kind = sample_kind(indicator, len(counters))
    if kind is None:
        raise NotVisible
    anchors = list(definition.anchors(indicator, formats.language()))
    form = SampleForm().fit(kind, indicator, anchors, counters)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        return indicator_shown(found, 422, sample_form=form)
    try:
        commands.add_sample(found, form.to_input(), actor=current_actor())
    except EvidenceRefused as refused:
        form.form_errors.append(str(REFUSALS[refused.code].message_for(refused.details)))
        held = queries.visible_place(current_actor(), found.sheet_id, found.indicator)
        return indicator_shown(held or found, 422, sample_form=form)
    flash(_("The entry is kept."))
    return redirect(_page_of(found.sheet_id, found.indicator))


@bp.route("/field/<int:sheet_id>/samples/<int:sample_id>/remove", methods=["POST"])
@policy("audits.fill", record=queries.visible_sample)
def remove_sample(found: SheetSample) -> ResponseReturnValue:
    """Take an entry back: it counts no more."""
    commands.remove_sample(found, actor=current_actor())
    flash(_("Taken back: this entry counts no more."))
    return redirect(_page_of(found.sheet_id, found.indicator))


def _page_of(sheet_id: int, indicator: str) -> str:
    return url_for(".sheet_indicator", sheet_id=sheet_id, indicator=indicator, _anchor="samples")
