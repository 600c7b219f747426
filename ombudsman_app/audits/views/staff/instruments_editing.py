"""/staff/audits/instruments/<id>/…: a draft is written part by part; one form for each."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, forms, queries
from ombudsman_app.audits.errors import InstrumentRefused
from ombudsman_app.audits.formats.instruments import own_words
from ombudsman_app.audits.formats.problems import ShownProblem, shown_problems
from ombudsman_app.audits.instrument_draft import (
    ACTS,
    arranged,
    dimensions_of,
    indicators_of,
    part_at,
    read_draft,
    weight_sum,
    with_dimension,
    with_indicator,
    with_weights,
)
from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.queries import InstrumentPart
from ombudsman_app.audits.scoring.definition.reading import WHOLE
from ombudsman_app.audits.states import VersionState
from ombudsman_app.core.errors import BadInput, NotVisible, RecordChanged
from ombudsman_app.web.access import current_actor, policy

from .blueprint import bp
from .instrument_changed import changed_page, point_out, refuse_frozen, saved
from .instrument_links import box_of

MOST_WEIGHTS = 150  # boxes on one page; beyond it each is weighed on its own


@bp.route("/instruments/<int:version_id>/edit", methods=["GET", "POST"])
@policy("audits.write_instrument", record=queries.visible_version)
def edit_instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """Titles, number, scheme, the words of the steps."""
    form = forms.HeadForm(version=found.version)
    form.offer(queries.all_schemes())
    if not form.is_submitted():
        if found.state is not VersionState.DRAFT:
            return redirect(url_for(".instrument", version_id=found.id))
        form.fill(found.content, found.scheme_id)
        point_out(form, _problems(found, None, None), box_of)
        return _page("audits/staff/edit_instrument.html", found, form)
    refuse_frozen(found)
    scheme = queries.scheme_by_id(form.scheme_id) if form.validate() else None
    if scheme is None:
        return _page("audits/staff/edit_instrument.html", found, form, status=422)
    try:
        commands.change_head(found, form.to_head(), scheme, version=form.shown_version, actor=current_actor())
    except RecordChanged:
        return changed_page(found, form, _head_standing)
    except InstrumentRefused:
        form.number.errors = [_("This number is taken by another version.")]
        return _page("audits/staff/edit_instrument.html", found, form, status=422)
    flash(_("The draft is saved."))
    return redirect(url_for(".instrument", version_id=found.id))


def _head_standing(held: InstrumentVersion) -> forms.HeadForm:
    form = forms.HeadForm(formdata=None)
    form.offer([held.scheme])
    form.fill(held.content, held.scheme_id)
    return form


@bp.route("/instruments/<int:version_id>/dimensions/new", methods=["GET", "POST"])
@policy("audits.write_instrument", record=queries.visible_version)
def new_dimension(found: InstrumentVersion) -> ResponseReturnValue:
    """One more dimension, at the end."""
    return _dimension_page(InstrumentPart(found, 0, None, {}), is_new=True)


@bp.route("/instruments/<int:version_id>/dimensions/<int:place>/edit", methods=["GET", "POST"])
@policy("audits.write_instrument", record=queries.part_of_version)
def edit_dimension(part: InstrumentPart) -> ResponseReturnValue:
    """Write a dimension anew; its questions stay."""
    return _dimension_page(part)


def _dimension_page(part: InstrumentPart, *, is_new: bool = False) -> ResponseReturnValue:
    found = part.version
    form = forms.DimensionForm(version=found.version)

    def standing(held: InstrumentVersion) -> forms.DimensionForm | None:
        now = {} if is_new else part_at(held.content, part.place)
        if now is None:
            return None
        filled = forms.DimensionForm(formdata=None)
        filled.fill(now)
        return filled

    template = "audits/staff/edit_dimension.html"
    if not form.is_submitted():
        if (shown := _opened(part)) is not None:
            return shown
        form.fill(part.held or {})
        if not is_new:
            point_out(form, _problems(found, part.place, None), box_of)
        return _page(template, found, form, part=part, is_new=is_new)
    refuse_frozen(found)
    if part.held is None:
        return changed_page(found, form, standing)
    if not form.validate():
        return _page(template, found, form, status=422, part=part, is_new=is_new)
    place, given = None if is_new else part.place, form.to_part()
    return saved(
        found,
        form,
        lambda content: with_dimension(content, place, given),
        act="dimension",
        stands=standing,
    )


@bp.route("/instruments/<int:version_id>/dimensions/<int:place>/indicators/new", methods=["GET", "POST"])
@policy("audits.write_instrument", record=queries.part_of_version)
def new_indicator(part: InstrumentPart) -> ResponseReturnValue:
    """One more question, at the end of a dimension."""
    return _indicator_page(part, is_new=True)


@bp.route(
    "/instruments/<int:version_id>/dimensions/<int:place>/indicators/<int:number>/edit",
    methods=["GET", "POST"],
)
@policy("audits.write_instrument", record=queries.part_of_version)
def edit_indicator(part: InstrumentPart) -> ResponseReturnValue:
    """Write a question anew, or move it to another dimension."""
    return _indicator_page(part)


def _indicator_page(part: InstrumentPart, *, is_new: bool = False) -> ResponseReturnValue:
    found, place, number = part.version, part.place, part.number

    def form_for(held: InstrumentVersion, now: Mapping[str, Any] | None, **more: Any) -> forms.IndicatorForm:
        made = forms.IndicatorForm(version=held.version, **more)
        own = now or {}
        made.offer(_names(held), _questions(held, own))
        return made

    def standing(held: InstrumentVersion) -> forms.IndicatorForm | None:
        now = part_at(held.content, place, number)
        if now is None:
            return None
        filled = form_for(held, now, formdata=None)
        filled.fill({} if is_new else now)
        filled.dimension.data = str(place)
        return filled

    form = form_for(found, {} if is_new else part.held)
    shown: dict[str, Any] = {"part": part, "is_new": is_new}
    if not form.is_submitted():
        if (answer := _opened(part)) is not None:
            return answer
        form.fill({} if is_new else part.held or {})
        form.dimension.data = str(place)
        if not is_new:
            point_out(form, _problems(found, place, number), box_of)
        return _page("audits/staff/edit_indicator.html", found, form, **shown)
    refuse_frozen(found)
    if part.held is None:
        return changed_page(found, form, standing)
    if not form.validate():
        return _page("audits/staff/edit_indicator.html", found, form, status=422, **shown)
    given, into = form.to_part(), form.place
    return saved(
        found,
        form,
        lambda content: with_indicator(content, place, None if is_new else number, given, into=into),
        act="indicator",
        stands=standing,
        then=url_for(".instrument", version_id=found.id, _anchor=f"d{into}"),
    )


@bp.route("/instruments/<int:version_id>/weights", methods=["GET", "POST"])
@policy("audits.write_instrument", record=queries.visible_version)
def weigh_dimensions(found: InstrumentVersion) -> ResponseReturnValue:
    """The weights of all dimensions side by side."""
    return _weights_page(InstrumentPart(found, 0, None, {}), None)


@bp.route("/instruments/<int:version_id>/dimensions/<int:place>/weights", methods=["GET", "POST"])
@policy("audits.write_instrument", record=queries.part_of_version)
def weigh_indicators(part: InstrumentPart) -> ResponseReturnValue:
    """The weights of all questions of a dimension side by side."""
    return _weights_page(part, part.place)


def _weights_page(part: InstrumentPart, place: int | None) -> ResponseReturnValue:
    found = part.version

    def parts_of(held: InstrumentVersion) -> list[dict[str, Any]]:
        if place is None:
            return dimensions_of(held.content)
        dimension = part_at(held.content, place)
        return indicators_of(dimension) if dimension else []

    def standing(held: InstrumentVersion) -> forms.WeightsForm | None:
        now = parts_of(held)
        is_same = [one.get("id") for one in now] == [one.get("id") for one in parts_of(found)]
        return forms.weights_form(now, held.version, formdata=None) if is_same else None

    parts = parts_of(found)
    can_weigh = len(parts) <= MOST_WEIGHTS
    form = forms.weights_form(parts if can_weigh else [], found.version)
    total = Decimal(weight_sum(parts))
    shown: dict[str, Any] = {"part": part, "place": place, "parts": parts, "can_weigh": can_weigh}
    shown |= {"sum": total, "missing": WHOLE - total}
    if not form.is_submitted():
        return _opened(part) or _page("audits/staff/weigh_parts.html", found, form, **shown)
    refuse_frozen(found)
    if part.held is None or form.shown_version != found.version:
        return changed_page(found, form, standing)
    if not form.validate():
        return _page("audits/staff/weigh_parts.html", found, form, status=422, **shown)
    weights = form.weights
    return saved(
        found, form, lambda content: with_weights(content, place, weights), act="weights", stands=standing
    )


@bp.route("/instruments/<int:version_id>/arrange", methods=["POST"])
@policy("audits.write_instrument", record=queries.visible_version)
def arrange_instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """Move a part by one, take it out, have it twice."""
    form = forms.ArrangeForm()
    refuse_frozen(found)
    act, place, number = str(form.act.data), form.place, form.number

    def standing(held: InstrumentVersion) -> forms.ArrangeForm | None:
        return None if part_at(held.content, place, number) is None else form

    if standing(found) is None or form.shown_version != found.version:
        return changed_page(found, form, standing)
    if act not in ACTS:
        raise BadInput(reason="act")
    return saved(
        found,
        form,
        lambda content: arranged(content, act, place, number),
        act=act,
        stands=standing,
        then=url_for(".instrument", version_id=found.id, _anchor=f"d{place}"),
    )


def _opened(part: InstrumentPart) -> Response | None:
    """Lead away from a page of a draft that is none any more, or of a part that is not there."""
    if part.version.state is not VersionState.DRAFT:
        return cast(Response, redirect(url_for(".instrument", version_id=part.version.id)))
    if part.held is None:
        raise NotVisible
    return None


def _problems(found: InstrumentVersion, place: int | None, number: int | None) -> list[ShownProblem]:
    """Return what is wrong with one part."""
    everything = shown_problems(read_draft(found.content)[1], found.content)
    return [one for one in everything if (one.place.dimension, one.place.indicator) == (place, number)]


def _names(held: InstrumentVersion) -> list[str]:
    return [
        own_words(one, "title") or str(one.get("id") or place + 1)
        for place, one in enumerate(dimensions_of(held.content))
    ]


def _questions(held: InstrumentVersion, own: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the questions on which this one may depend, its present one too if that is gone."""
    found = {
        str(one["id"]): f"{one['id']} · {own_words(one, 'question')}"
        for dimension in dimensions_of(held.content)
        for one in indicators_of(dimension)
        if one.get("id") and one.get("id") != own.get("id") and one.get("answer_type") in ("yes_no", "scale4")
    }
    present = str((own.get("relevant_if") or {}).get("indicator") or "")
    if present and present not in found:
        found = {present: present, **found}
    return list(found.items())


def _page(template: str, found: InstrumentVersion, form: Any, *, status: int = 200, **more: Any) -> Response:
    page = render_template(template, found=found, form=form, **more)
    return make_response(page, status)
