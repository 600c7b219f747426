"""/staff/audits/field/<id>: the sheet of an assessor, question by question, each answer kept at once."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask import Response, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.queries import files_in
from ombudsman_app.attachments.upload_box import staff_box
from ombudsman_app.audits.commands.sheets import open_sheet as open_sheet_of
from ombudsman_app.audits.commands.sheets import save_answer as keep_answer
from ombudsman_app.audits.formats import field as formats
from ombudsman_app.audits.formats.field_samples import TITLES, suggested_fields
from ombudsman_app.audits.forms.field import AnswerForm, WordsForm
from ombudsman_app.audits.forms.field_samples import SampleForm
from ombudsman_app.audits.models import Audit, AuditSheet, ReviewRemark, SheetAnswer
from ombudsman_app.audits.owners import ANSWER_FILES, SHEET_FILES
from ombudsman_app.audits.queries import sheet as queries
from ombudsman_app.audits.queries.definitions import definition_of
from ombudsman_app.audits.queries.page import visible_audit
from ombudsman_app.audits.queries.review import given_back, remarks_on
from ombudsman_app.audits.queries.suggestions import Looked, looked_at, sample_kind
from ombudsman_app.audits.scoring.definition import Definition, Indicator
from ombudsman_app.audits.scoring.evidence_kinds import file_kinds, word_kinds
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible, RecordChanged
from ombudsman_app.directory.queries import counters_of
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.fields import VersionedForm, typed
from ombudsman_app.web.formats import clock_time

from .blueprint import bp


@bp.route("/<int:audit_id>/field", methods=["POST"])
@policy("audits.assess", record=visible_audit)
def open_sheet(found: Audit) -> ResponseReturnValue:
    """Begin one's sheet, or go on with it."""
    sheet = open_sheet_of(found, actor=current_actor())
    return redirect(url_for(".field_sheet", sheet_id=sheet.id))


@bp.route("/field/<int:sheet_id>")
@policy("audits.read", record=queries.visible_sheet)
def field_sheet(found: AuditSheet) -> ResponseReturnValue:
    """All questions, how far they are, what is missing, what a reviewer said. ≤ 10 statements."""
    state = queries.sheet_state(found)
    text = " ".join(request.args.get("q", "").split())[: limits.SEARCH]
    only_open = request.args.get("show") == "open"
    unsorted = queries.unsorted_files(found, state)
    is_writing = is_written(found) and may("audits.fill", found)
    return render_template(
        "audits/staff/field_sheet.html",
        sheet=found,
        state=state,
        dimensions=formats.shown_dimensions(state, text, only_open=only_open),
        text=text,
        only_open=only_open,
        next_open=state.first_open,
        unsorted=unsorted,
        is_writing=is_writing,
        box=staff_box(SHEET_FILES, found.id, url_for(".field_sheet", sheet_id=found.id))
        if is_writing
        else None,
        back=given_back(found.audit_id) if found.audit.submitted_at else None,
        remarks=_remarks(found.audit),
        version_form=VersionedForm(formdata=None, version=found.version),
        may_submit=may("audits.submit", found.audit),
    )


def _remarks(audit: Audit) -> Mapping[str, Sequence[ReviewRemark]]:
    """Return what reviewers said, by indicator; nobody has read what never came in. ≤ 1 statement."""
    return remarks_on(audit.id) if audit.submitted_at else {}


@bp.route("/field/<int:sheet_id>/indicators/<string:indicator>")
@policy("audits.read", record=queries.visible_place)
def sheet_indicator(found: SheetAnswer) -> ResponseReturnValue:
    """One question: its answer, its evidence, what a reviewer said. ≤ 9 statements."""
    return indicator_shown(found)


@bp.route("/field/<int:sheet_id>/indicators/<string:indicator>/answer", methods=["POST"])
@policy("audits.fill", record=queries.visible_place)
def save_answer(found: SheetAnswer) -> ResponseReturnValue:
    """Keep one answer, at the press of a button or as it is typed (then JSON). ≤ 8 statements."""
    form = answer_form(found)
    is_valid = form.validate()
    if not form.validate_more() or not is_valid:
        if wants_json():
            return jsonify(errors={one.name: one.errors[0] for one in form if one.errors}), 422
        return indicator_shown(found, 422, answer_form=form)
    given, version = form.to_input(), form.shown_version
    try:
        kept = keep_answer(
            found, given, version=version, key=form.answer_key.data or "", actor=current_actor()
        )
    except RecordChanged:
        return _changed(found, form)
    if wants_json():
        return jsonify(_saved(kept))
    flash(_("%(indicator)s is saved.", indicator=found.indicator))
    return redirect(_way_on(found))


def _way_on(found: SheetAnswer) -> str:
    """Return where it goes on: the same question, the one after it, and after the last all of them."""
    name: str | None = found.indicator
    if request.form.get("then") == "next":
        name = queries.sheet_state(found.sheet).next_after(found.indicator)
    if name is None:
        return url_for(".field_sheet", sheet_id=found.sheet_id)
    return url_for(".sheet_indicator", sheet_id=found.sheet_id, indicator=name)


def answer_form(found: SheetAnswer, *, is_fresh: bool = False) -> AnswerForm:
    """Return the form of an indicator: as it was sent, or with what stands there."""
    definition = definition_of(found.sheet.audit.instrument_version)
    indicator = definition.by_id[found.indicator]
    form = AnswerForm(formdata=None) if is_fresh else AnswerForm()
    form.fit(indicator, list(definition.anchors(indicator, formats.language())))
    if is_fresh:
        form.fill(found, decimal_comma=not formats.is_english())
        form.version.data, form.answer_key.data = str(found.version), uuid4().hex
    return form


def indicator_shown(found: SheetAnswer, status: int = 200, **changed: Any) -> Response:
    """Write the page of an indicator; `changed` puts a form with its errors in the place of a fresh one."""
    sheet, audit = found.sheet, found.sheet.audit
    state = queries.sheet_state(sheet)
    definition, name = state.definition, found.indicator
    indicator = definition.by_id[name]
    is_writing = is_written(sheet) and may("audits.fill", found)
    here = url_for(".sheet_indicator", sheet_id=sheet.id, indicator=name)
    files = {one.uuid: one for one in _files(found)}
    counters = [(one.id, one.name) for one in counters_of(audit.office_id)]
    kind = sample_kind(indicator, len(counters))
    looked = looked_at(found, definition, kind, today(_zone(sheet)))
    shown: dict[str, Any] = {
        "sheet": sheet,
        "place": found,
        "state": state,
        "indicator": indicator,
        "dimension": next(one for one in definition.dimensions if indicator in one.indicators),
        "answer_form": answer_form(found, is_fresh=True),
        "words_form": WordsForm(formdata=None, item_key=uuid4().hex).offer(word_kinds(indicator), counters),
        **_samples_shown(definition, indicator, looked, counters),
        "word_kinds": word_kinds(indicator),
        "file_kinds": file_kinds(indicator),
        "kind_errors": {},
        "items": formats.shown_items(state.items.get(name, ()), files),
        "remarks": _remarks(audit).get(name, ()),
        "answer": formats.sheet_answer(definition, found),
        "points": formats.points(definition, found),
        "is_writing": is_writing,
        "is_survey": formats.is_survey(indicator),
        "is_counted": formats.is_counted(indicator),
        "box": staff_box(ANSWER_FILES, found.id, here) if is_writing and file_kinds(indicator) else None,
        "before": state.before(name),
        "after": state.next_after(name),
        "next_open": state.next_after(name, open_only=True),
        "at": list(definition.by_id).index(name) + 1,
        "of": len(definition.by_id),
    }
    return make_response(render_template("audits/staff/field_indicator.html", **{**shown, **changed}), status)


def _samples_shown(
    definition: Definition, indicator: Indicator, looked: Looked | None, counters: list[tuple[int, str]]
) -> dict[str, Any]:
    """Return what the page says of things looked at one by one."""
    if looked is None:
        return {"looked": None}
    anchors = list(definition.anchors(indicator, formats.language()))
    form = SampleForm(formdata=None, sample_key=uuid4().hex).fit(looked.kind, indicator, anchors, counters)
    found = looked.suggestion
    has_choices, comma = bool(indicator.answer_type.choices), not formats.is_english()
    return {
        "looked": looked,
        "sample_title": TITLES[looked.kind],
        "sample_form": form,
        "suggested": suggested_fields(found, has_choices=has_choices, decimal_comma=comma) if found else [],
        "suggested_key": uuid4().hex,
    }


def _files(found: SheetAnswer) -> list[Any]:
    """Return the files of an answer and those of the sheet, from which some were sorted here. 1 statement."""
    both = files_in(found.folder_id, found.sheet.evidence_id)
    return [one for lines in both.values() for one in lines]


def _changed(found: SheetAnswer, form: AnswerForm) -> ResponseReturnValue:
    """Show what stands and what was typed, 409 (DI2)."""
    db.session.expire_all()
    held = queries.visible_place(current_actor(), found.sheet_id, found.indicator)
    if held is None:
        raise NotVisible
    if wants_json():
        return jsonify(error="changed"), 409
    definition = definition_of(held.sheet.audit.instrument_version)
    again = [
        (name, value)
        for name, value in request.form.items()
        if name not in ("csrf_token", "version", "answer_key", "then")
    ]
    page = render_template(
        "audits/staff/field_changed.html",
        place=held,
        sheet=held.sheet,
        indicator=definition.by_id[held.indicator],
        answer=formats.sheet_answer(definition, held),
        typed=typed(form),
        again=[*again, ("version", str(held.version)), ("answer_key", uuid4().hex)],
    )
    return make_response(page, 409)


def _saved(kept: SheetAnswer) -> dict[str, Any]:
    """What a page needs to know after it saved an answer by itself."""
    definition = definition_of(kept.sheet.audit.instrument_version)
    worth = formats.points(definition, kept)
    return {
        "version": kept.version,
        "answered": kept.as_given(0) is not None,
        "saved": _("Saved at %(time)s", time=clock_time(kept.changed_at, _zone(kept.sheet))),
        "answer": formats.sheet_answer(definition, kept),
        "points": "" if worth is None else formats.points_words(worth),
        "tone": formats.points_tone(worth),
        "counts": formats.counts_limit(definition.by_id[kept.indicator], kept.promised_days),
    }


def _zone(sheet: AuditSheet) -> str:
    return sheet.audit.representative_office.time_zone


def is_written(sheet: AuditSheet) -> bool:
    """Whether a sheet is still being filled in."""
    return sheet.submitted_at is None and sheet.audit.state is AuditState.IN_FIELD


def wants_json() -> bool:
    """Whether a script asks: it says so; a browser that shows pages does not."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
