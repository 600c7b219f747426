"""/staff/coverage: figures that were released or wait, and what another person decides on them."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import BadInput
from ombudsman_app.core.sealing import random_token
from ombudsman_app.coverage import commands
from ombudsman_app.coverage.checks import check
from ombudsman_app.coverage.commands import FigureInput, SourceInput
from ombudsman_app.coverage.errors import DecisionRefused, FigureRefused
from ombudsman_app.coverage.figure_formats import measure_name, title_of
from ombudsman_app.coverage.figure_policies import DECIDERS, MAKERS
from ombudsman_app.coverage.figure_words import STANDING_WORDS
from ombudsman_app.coverage.forms.figure import DecideForm, FigureForm, RefuseForm, RevisionForm
from ombudsman_app.coverage.measure_codes import measure_code
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.queries import Measure, provenance_of
from ombudsman_app.coverage.queries import figure_list as lists
from ombudsman_app.coverage.states import DEFINITIONS, PARTS, Standing
from ombudsman_app.web.access import current_actor, may, policy

AnySource = CoverageSource | SourceInput
bp = Blueprint("coverage", __name__, url_prefix="/coverage")


@bp.route("")
@policy("coverage.figures")
def figures() -> ResponseReturnValue:
    """What was released and what waits, the newest first. ≤ 7 statements."""
    chosen, actor = lists.read_figure_filter(request.args), current_actor()
    page, said = lists.figures_page(actor, chosen), chosen.said()

    def address(**more: Any) -> str:
        return url_for(".figures", **{name: value for name, value in {**said, **more}.items() if value})

    return render_template(
        "coverage/staff/figures.html",
        rows=page.items,
        chosen=chosen,
        said=said,
        waiting=lists.waiting_figures(actor),
        decides=bool(actor.offices_as(*DECIDERS)),
        boxes=_boxes(chosen, lists.sources_to_choose(actor)),
        address=address,
        sheet=_sheet(chosen, page.items),
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


def _sheet(chosen: lists.FigureFilter, rows: Sequence[CoverageFigure]) -> str:
    """Return where the sheet of the chosen province and measure is; "" where the list shows nothing of it."""
    if not any(row.standing is Standing.CURRENT and row.definition for row in rows):
        return ""
    said = {
        "tempat": "" if chosen.province == "ID" else chosen.province,
        "ukuran": measure_code(chosen.measure) if chosen.measure else "",
    }
    return url_for("public.coverage.sheet", **{name: value for name, value in said.items() if value})  # type: ignore[arg-type]


def _boxes(chosen: lists.FigureFilter, sources: list[CoverageSource]) -> list[dict[str, Any]]:
    measures = [Measure(definition, part) for definition, parts in PARTS.items() for part in parts]
    return [
        {
            "name": "province",
            "label": _("Province"),
            "options": [
                ("", _("All")),
                *((code, name) for code, name in lists.places_to_choose() if len(code) == 2),
            ],
            "chosen": chosen.province,
        },
        {
            "name": "measure",
            "label": _("What is counted"),
            "options": [("", _("All")), *((measure_code(one), measure_name(one)) for one in measures)],
            "chosen": measure_code(chosen.measure) if chosen.measure else "",
        },
        {
            "name": "standing",
            "label": _("State"),
            "options": [("", _("All")), *((one.value, STANDING_WORDS[one]) for one in Standing)],
            "chosen": str(chosen.standing or ""),
        },
        {
            "name": "source",
            "label": _("Source"),
            "options": [("", _("All")), *((str(one.id), title_of(one)) for one in sources)],
            "chosen": str(chosen.source or ""),
        },
    ]


@bp.route("/new", methods=["GET", "POST"])
@policy("coverage.add_figure")
def new() -> ResponseReturnValue:
    """Propose a figure. ≤ 6 statements."""
    form = FigureForm(sources=lists.sources_to_choose(current_actor()), places=lists.places_to_choose())

    def propose(given: FigureInput, source: AnySource, office: int) -> CoverageFigure | None:
        return commands.propose_figure(
            given, source, office=office, form_key=form.form_key.data or "", actor=current_actor()
        )

    return _entered("coverage/staff/new_figure.html", form, propose, None)


@bp.route("/<int:figure_id>/revise", methods=["GET", "POST"])
@policy("coverage.revise_figure", record=lists.visible_figure)
def revise(found: CoverageFigure) -> ResponseReturnValue:
    """Propose another figure in its place. ≤ 7 statements."""
    form = RevisionForm(sources=lists.sources_to_choose(current_actor()), places=lists.places_to_choose())

    def propose(given: FigureInput, source: AnySource, office: int) -> CoverageFigure | None:
        return commands.revise_figure(
            found,
            given,
            source,
            reason=form.revision_reason.data,
            office=office,
            form_key=form.form_key.data or "",
            actor=current_actor(),
        )

    if not form.is_submitted():
        form.fill(found)
    return _entered("coverage/staff/revise_figure.html", form, propose, found)


def _entered(
    template: str,
    form: FigureForm,
    propose: Callable[[FigureInput, AnySource, int], CoverageFigure | None],
    held: CoverageFigure | None,
) -> ResponseReturnValue:
    """Show a form, or store what it says; where two of its numbers part, the person is asked first."""
    if not form.is_submitted():
        form.form_key.data = random_token()
    elif form.validate():
        given, actor = form.to_input(), current_actor()
        try:
            checked = check(given.claim, published=None, today=today(actor.time_zone))
            if not form.asks(given.claim, checked):
                made = propose(given, _source(form), min(actor.offices_as(*MAKERS)))
                flash(_("The figure waits for another person, who releases it."))
                return redirect(url_for(".figure", figure_id=made.id) if made else url_for(".figures"))
        except FigureRefused as refused:
            form.refuse(refused)
    page = render_template(template, form=form, figure=held)
    return page, 422 if form.is_submitted() else 200


def _source(form: FigureForm) -> AnySource:
    known = form.known_source
    return form.to_source() if known is None else db.session.get_one(CoverageSource, known)


@bp.route("/<int:figure_id>")
@policy("coverage.read_figure", record=lists.visible_figure)
def figure(found: CoverageFigure) -> ResponseReturnValue:
    """One figure, where it comes from, and what can be decided on it. ≤ 8 statements."""
    return _shown(found, RefuseForm(formdata=None), 200)


def _shown(found: CoverageFigure, form: RefuseForm, status: int) -> ResponseReturnValue:
    form.version.data = str(found.version)
    actor = current_actor()
    page = render_template(
        "coverage/staff/figure.html",
        one=found,
        found=provenance_of(found.id, actor),
        rule=DEFINITIONS[found.definition] if found.definition else None,
        is_own=lists.is_own(actor, found),
        may_decide=may("coverage.decide_figure", found),
        form=form,
        zone=actor.time_zone,
    )
    return page, status


@bp.route("/<int:figure_id>/release", methods=["POST"])
@policy("coverage.decide_figure", record=lists.visible_figure)
def release(found: CoverageFigure) -> ResponseReturnValue:
    """Release a proposal."""
    form = DecideForm()
    if not form.validate():
        raise BadInput(reason="form")
    commands.release_figure(found, version=form.shown_version, actor=current_actor())
    flash(_("The figure is released: everybody can read it now."))
    return redirect(url_for(".figure", figure_id=found.id))


@bp.route("/<int:figure_id>/send-back", methods=["POST"])
@policy("coverage.decide_figure", record=lists.visible_figure)
def send_back(found: CoverageFigure) -> ResponseReturnValue:
    """Send a proposal back with a reason."""
    return _refused(found, commands.refuse_figure, _("The proposal is sent back."), asks=Standing.PROPOSED)


@bp.route("/<int:figure_id>/withdraw", methods=["POST"])
@policy("coverage.decide_figure", record=lists.visible_figure)
def withdraw(found: CoverageFigure) -> ResponseReturnValue:
    """Take a released figure back with a reason."""
    told = _("The figure is taken back; it stays to be read.")
    return _refused(found, commands.withdraw_figure, told, asks=Standing.CURRENT)


def _refused(
    found: CoverageFigure, act: Callable[..., Any], told: str, *, asks: Standing
) -> ResponseReturnValue:
    """Act with a reason. Without one the page comes again, as long as it still asks for it."""
    form = RefuseForm()
    if found.standing is not asks:
        raise DecisionRefused(why="decided")
    if not form.validate():
        return _shown(found, form, 422)
    act(found, reason=form.reason.data, version=form.shown_version, actor=current_actor())
    flash(told)
    return redirect(url_for(".figure", figure_id=found.id))
