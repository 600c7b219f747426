"""/staff/audits/field/<id>/…/evidence: words and files that prove an answer; what is taken back stays."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits.commands import evidence as commands
from ombudsman_app.audits.errors import EvidenceRefused, SheetClosed
from ombudsman_app.audits.forms.field import KindForm, SortForm, WordsForm
from ombudsman_app.audits.models import AuditSheet, SheetAnswer, SheetEvidence
from ombudsman_app.audits.queries import sheet as queries
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.scoring.evidence_kinds import word_kinds
from ombudsman_app.core.errors import BadInput, MoveNotAllowed, NotVisible
from ombudsman_app.directory.queries import counters_of
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.refusals import REFUSALS

from .blueprint import bp
from .field import indicator_shown, is_written


@bp.route("/field/<int:sheet_id>/indicators/<string:indicator>/evidence", methods=["POST"])
@policy("audits.fill", record=queries.visible_place)
def add_evidence(found: SheetAnswer) -> ResponseReturnValue:
    """Keep words as evidence; the same form twice is one item."""
    if not is_written(found.sheet):
        raise SheetClosed
    definition = definition_of(found.sheet.audit.instrument_version)
    counters = [(one.id, one.name) for one in counters_of(found.sheet.audit.office_id)]
    form = WordsForm().offer(word_kinds(definition.by_id[found.indicator]), counters)
    if not form.validate():
        return indicator_shown(found, 422, words_form=form)
    try:
        commands.add_evidence(found, form.to_input(), actor=current_actor())
    except EvidenceRefused as refused:
        form.text.errors = [REFUSALS[refused.code].message_for(refused.details)]
        held = queries.visible_place(current_actor(), found.sheet_id, found.indicator)
        return indicator_shown(held or found, 422, words_form=form)
    flash(_("The evidence is kept."))
    return redirect(_page_of(found.sheet_id, found.indicator))


@bp.route("/field/<int:sheet_id>/evidence/<int:item_id>/remove", methods=["POST"])
@policy("audits.fill", record=queries.visible_item)
def remove_evidence(found: SheetEvidence) -> ResponseReturnValue:
    """Take an item back: it counts no more."""
    commands.remove_evidence(found, actor=current_actor())
    flash(_("Taken back: this evidence counts no more."))
    return redirect(_page_of(found.sheet_id, found.indicator))


@bp.route("/field/<int:sheet_id>/evidence/<int:item_id>/kind", methods=["POST"])
@policy("audits.fill", record=queries.visible_item)
def name_evidence(found: SheetEvidence) -> ResponseReturnValue:
    """Say what a file is."""
    form = KindForm()
    if not is_written(found.sheet):
        raise SheetClosed
    if found.removed_at is not None:
        raise MoveNotAllowed(state="removed", event="name_evidence")
    is_valid, item_id = form.validate(), found.id
    try:
        if is_valid:
            commands.name_evidence(found, form.kind.data, actor=current_actor())
            return redirect(_page_of(found.sheet_id, found.indicator))
    except EvidenceRefused as refused:
        form.kind.errors = [REFUSALS[refused.code].message_for(refused.details)]
    place = queries.visible_place(current_actor(), found.sheet_id, found.indicator)
    if place is None:
        raise NotVisible
    return indicator_shown(place, 422, kind_errors={item_id: form.kind.errors})


@bp.route("/field/<int:sheet_id>/sort", methods=["POST"])
@policy("audits.fill", record=queries.visible_sheet)
def sort_file(found: AuditSheet) -> ResponseReturnValue:
    """Make a file that was taken in passing the evidence of an indicator."""
    if not is_written(found):
        raise SheetClosed
    form = SortForm()
    if not form.validate():
        raise BadInput(reason="file")
    place = queries.visible_place(current_actor(), found.id, form.indicator.data)
    file = _uuid(form.file.data)
    if place is None or file is None:
        raise NotVisible
    commands.sort_file(place, file, actor=current_actor())
    flash(_("The file is evidence for %(indicator)s now.", indicator=place.indicator))
    return redirect(url_for(".field_sheet", sheet_id=found.id, _anchor="unsorted"))


def _page_of(sheet_id: int, indicator: str) -> str:
    return url_for(".sheet_indicator", sheet_id=sheet_id, indicator=indicator, _anchor="evidence")


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
