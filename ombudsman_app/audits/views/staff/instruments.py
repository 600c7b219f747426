"""/staff/audits/instruments: the list, a version with all it asks: begun, taken in, put in use, taken out."""

from typing import Any
from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, forms, queries
from ombudsman_app.audits.commands.exchanging import order_reading, order_xlsform
from ombudsman_app.audits.errors import InstrumentRefused
from ombudsman_app.audits.formats.instrument_page import shown_instrument
from ombudsman_app.audits.formats.instruments import other_language, threshold_words
from ombudsman_app.audits.formats.problems import file_problems, shown_problems
from ombudsman_app.audits.instrument_draft import read_draft
from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.scoring.definition import read_definition
from ombudsman_app.audits.scoring.problems import InstrumentInvalid, Problem
from ombudsman_app.audits.scoring.yaml_form import export_yaml, import_yaml
from ombudsman_app.audits.states import VERSION, VersionState
from ombudsman_app.core import limits
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.web.access import current_actor, may, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.gate import takes_bytes

from .blueprint import bp
from .instrument_files import is_sheet, read_file
from .instrument_links import link_to


@bp.route("/instruments")
@policy("audits.instruments")
def instruments() -> ResponseReturnValue:
    """All instruments with their versions. ≤ 5 statements."""
    page = queries.instruments_page(current_actor(), request.args.get("after"))
    return render_template(
        "audits/staff/instruments.html",
        rows=page.items,
        first=url_for(".instruments") if page.previous_key else "",
        older=url_for(".instruments", after=page.next_key) if page.next_key else "",
    )


@bp.route("/instruments/new", methods=["GET", "POST"])
@policy("audits.make_instrument")
def new_instrument() -> ResponseReturnValue:
    """Begin one without questions."""
    form = forms.NewInstrumentForm()
    form.offer(queries.all_schemes())
    if not form.is_submitted() or not form.validate():
        page = render_template("audits/staff/new_instrument.html", form=form)
        return page, 422 if form.is_submitted() else 200
    try:
        made = commands.make_instrument(form.to_input(), actor=current_actor())
    except InstrumentRefused:
        form.key.errors = [_("This id is taken. Begin a new version of that instrument, or choose another.")]
        return render_template("audits/staff/new_instrument.html", form=form), 422
    flash(_("The draft is there. Add its dimensions first."))
    return redirect(url_for(".instrument", version_id=made.id))


@bp.route("/instruments/import", methods=["GET", "POST"])
@policy("audits.make_instrument")
@takes_bytes(limits.INSTRUMENT_BYTES + limits.REQUEST_BYTES // 10)
def import_instrument() -> ResponseReturnValue:
    """Take in a file, or say with its rows what is wrong with it; then nothing is stored."""
    form = forms.ImportForm()
    if not form.is_submitted():
        form.form_key.data = uuid4().hex
        return _import_page(form)
    return _taken_in(form) if form.validate() else _import_page(form, status=422)


def _taken_in(form: forms.ImportForm) -> ResponseReturnValue:
    """A sheet is read by a job; YAML at once: at most 2 MB and 100,000 pieces, a second at the worst."""
    key = form.form_key.data or ""
    try:
        content = read_file(request.files.get("file"))
        if is_sheet(content):
            return redirect(
                url_for(".instrument_order", uuid=order_reading(content, form_key=key, actor=current_actor()))
            )
        made = commands.take_in_version(import_yaml(content), form_key=key, actor=current_actor())
    except InstrumentInvalid as invalid:
        return _import_page(form, problems=invalid.problems, status=422)
    except InstrumentRefused as refused:
        unknown = Problem("scheme", "scheme_unknown", {"value": refused.details["scheme"]})
        return _import_page(form, problems=[unknown], status=422)
    if made is not None:
        flash(_("Taken in as a draft. Compare it with the version before, then have it put in use."))
    return _made(made)


def _made(made: InstrumentVersion | None) -> ResponseReturnValue:
    """Lead to the new draft; to the list where the form was sent a second time."""
    return redirect(url_for(".instrument", version_id=made.id) if made else url_for(".instruments"))


def _import_page(
    form: forms.ImportForm, *, problems: list[Problem] | None = None, status: int = 200
) -> Response:
    page = render_template(
        "audits/staff/import_instrument.html", form=form, problems=file_problems(problems or ())
    )
    return make_response(page, status)


@bp.route("/instruments/<int:version_id>")
@policy("audits.read_instruments", record=queries.visible_version)
def instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """A version: all it asks; of a draft also all that is wrong with it. ≤ 4 statements."""
    return instrument_shown(found)


def instrument_shown(found: InstrumentVersion, status: int = 200, **changed: Any) -> Response:
    """Write the page; `changed` puts a form with its errors in the place of an empty one."""
    is_draft = found.state is VersionState.DRAFT
    problems = shown_problems(read_draft(found.content)[1], found.content) if is_draft else []
    shown: dict[str, Any] = {
        "found": found,
        "page": shown_instrument(found.content, problems),
        "is_draft": is_draft,
        "other_language": other_language,
        "threshold_words": threshold_words,
        "is_edited": is_draft and may("audits.write_instrument", found),
        "is_own": found.is_written_by(current_actor().user_id),
        "moves": VERSION.open_events(found.state),
        "link_to": lambda problem: link_to(found.id, problem),
        "move_form": forms.MoveForm(formdata=None, version=found.version),
        "copy_form": forms.CopyForm(formdata=None, form_key=uuid4().hex),
    }
    return make_response(render_template("audits/staff/instrument.html", **{**shown, **changed}), status)


@bp.route("/instruments/<int:version_id>/copy", methods=["POST"])
@policy("audits.write_instrument", record=queries.visible_version)
def copy_instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """Begin the next version from this one."""
    form = forms.CopyForm()
    if not form.validate():
        return instrument_shown(found, 422, copy_form=form)
    made = commands.copy_version(found, form_key=form.form_key.data or "", actor=current_actor())
    if made is not None:
        flash(_("The next version is there as a draft. Every question keeps its identity."))
    return _made(made)


@bp.route("/instruments/<int:version_id>/put-in-use", methods=["POST"])
@policy("audits.put_in_use", record=queries.visible_version)
def put_in_use(found: InstrumentVersion) -> ResponseReturnValue:
    """Another person lets rounds be made with it; the version in use is retired."""
    form = _move_form(found, "put_in_use")
    if not form.validate():
        return instrument_shown(found, 422, move_form=form)
    commands.put_in_use(found, version=form.shown_version, actor=current_actor())
    flash(_("In use from today. Rounds that run keep the version they began with."))
    return redirect(url_for(".instrument", version_id=found.id))


@bp.route("/instruments/<int:version_id>/retire", methods=["POST"])
@policy("audits.put_in_use", record=queries.visible_version)
def retire_instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """Let no new round be made with it."""
    form = _move_form(found, "retire")
    if not form.validate():
        return instrument_shown(found, 422, move_form=form)
    commands.retire_version(found, version=form.shown_version, actor=current_actor())
    flash(_("Retired. Rounds that run keep it; no new one begins with it."))
    return redirect(url_for(".instrument", version_id=found.id))


def _move_form(found: InstrumentVersion, event: str) -> forms.MoveForm:
    """Return what was sent. A move that is gone is told before the form is judged."""
    if event not in VERSION.open_events(found.state):
        raise MoveNotAllowed(state=str(found.state), event=event)
    return forms.MoveForm()


@bp.route("/instruments/<int:version_id>/yaml")
@policy("audits.read_instruments", record=queries.visible_version)
def instrument_yaml(found: InstrumentVersion) -> ResponseReturnValue:
    """Take it out as YAML. A draft that cannot be scored has none."""
    try:
        definition = read_definition(found.content)
    except InstrumentInvalid as invalid:
        raise InstrumentRefused(why="problems", problems=invalid.problems) from None
    name = f"{found.instrument.key}-{found.number}.yaml"
    return download(export_yaml(definition), name=name, media_type="application/yaml")


@bp.route("/instruments/<int:version_id>/xlsform", methods=["POST"])
@policy("audits.read_instruments", record=queries.visible_version)
def instrument_xlsform(found: InstrumentVersion) -> ResponseReturnValue:
    """Have it written as XLSForm, for ODK Collect and KoboCollect."""
    return redirect(url_for(".instrument_order", uuid=order_xlsform(found, actor=current_actor())))
