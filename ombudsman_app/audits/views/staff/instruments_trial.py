"""/staff/audits/instruments/<id>/preview, /trial, /compare: how it is asked, how it counts, what changed."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ombudsman_app.audits import forms, queries
from ombudsman_app.audits.formats.comparison import GROUPS, shown_comparison
from ombudsman_app.audits.formats.instruments import other_language
from ombudsman_app.audits.instrument_draft import read_draft
from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.scoring.compare import compare
from ombudsman_app.audits.scoring.definition import Definition, Indicator
from ombudsman_app.audits.scoring.refusals import SheetRefused
from ombudsman_app.audits.scoring.result import Result
from ombudsman_app.audits.scoring.scheme import Scheme, read_scheme
from ombudsman_app.audits.scoring.score import score_sheet
from ombudsman_app.web import charts
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.paging import asked_id, read_id

from .blueprint import bp

MOST_BOXES = 150  # on one page; a larger instrument is tried dimension by dimension


@bp.route("/instruments/<int:version_id>/preview")
@policy("audits.read_instruments", record=queries.visible_version)
def preview_instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """How the field form asks, in one language or in both."""
    asked = request.args.get("language")
    languages = {"id": ("id",), "en": ("en",)}.get(asked or "", ("id", "en"))
    return render_template(
        "audits/staff/preview_instrument.html",
        found=found,
        languages=languages,
        definition=read_draft(found.content)[0],
    )


@bp.route("/instruments/<int:version_id>/trial", methods=["GET", "POST"])
@policy("audits.read_instruments", record=queries.visible_version)
def try_instrument(found: InstrumentVersion) -> ResponseReturnValue:
    """Fill in some answers and see the score. Nothing is stored."""
    definition = read_draft(found.content)[0]
    if definition is None:
        return render_template("audits/staff/try_instrument.html", found=found, definition=None)
    place = read_id(request.args.get("dimension")) or 0
    asked = _asked(definition, place)
    form = forms.trial_form(asked, _label)
    result, refused, status = None, None, 200
    if form.is_submitted():
        answers = form.read(definition) if form.validate() else None
        scheme = read_scheme(found.scheme.content)
        if answers is None:
            status = 422
        else:
            try:
                result = score_sheet(definition, scheme, answers)
            except SheetRefused as told:
                refused, status = told, 422
    page = render_template(
        "audits/staff/try_instrument.html",
        found=found,
        definition=definition,
        form=form,
        asked=asked,
        place=place,
        is_parted=len(asked) < sum(1 for _one in definition.indicators),
        hint_of=forms.hint_of,
        result=result,
        refused=refused,
        title_of=_title_of(definition),
        band_words=_band_words(result),
        scale=_scale(read_scheme(found.scheme.content), result),
    )
    return page, status


def _asked(definition: Definition, place: int) -> Sequence[Indicator]:
    everything = tuple(definition.indicators)
    if len(everything) <= MOST_BOXES:
        return everything
    place = min(place, len(definition.dimensions) - 1)
    return definition.dimensions[place].indicators[:MOST_BOXES]


def _label(indicator: Indicator) -> str:
    question = indicator.question_id if other_language() == "en" else indicator.question_en
    return f"{indicator.id} · {question}"


def _title_of(definition: Definition) -> Callable[[str], str]:
    names = {
        one.id: one.title_id if other_language() == "en" else one.title_en for one in definition.dimensions
    }
    return lambda name: names.get(name, name)


def _band_words(result: Result | None) -> str:
    if result is None or result.band is None:
        return ""
    return result.band.title_id if other_language() == "en" else result.band.title_en


def _scale(scheme: Scheme, result: Result | None) -> charts.Scale | None:
    if result is None:
        return None
    bands = [
        charts.Band(
            letter=one.id,
            label=one.title_id if other_language() == "en" else one.title_en,
            zone=one.zone.value,
            low=one.min,
            high=one.max,
        )
        for one in scheme.bands
    ]
    return charts.scale(bands, [("own", "", result.total)])


@bp.route("/instruments/<int:version_id>/compare")
@policy("audits.read_instruments", record=queries.visible_version)
def compare_instruments(found: InstrumentVersion) -> ResponseReturnValue:
    """What differs between this version and another one, by the lasting identity of each question."""
    others = queries.other_versions(current_actor(), found)
    wanted = asked_id("with") or found.based_on_id or next((one.id for one in others), None)
    other = next((one for one in others if one.id == wanted), None)
    before = queries.visible_version(current_actor(), other.id) if other else None
    chosen = request.args.get("only", "")
    shown: dict[str, Any] = {
        "found": found,
        "others": others,
        "before": before,
        "groups": GROUPS,
        "chosen": chosen if chosen in GROUPS else "",
        "comparison": _compared(before, found) if before else None,
    }
    return render_template("audits/staff/compare_instruments.html", **shown)


def _compared(before: InstrumentVersion, after: InstrumentVersion) -> Any:
    """Return what differs; None where one of the two cannot be read yet."""
    sides = [read_draft(one.content)[0] for one in (before, after)]
    if sides[0] is None or sides[1] is None:
        return None
    return shown_comparison(compare(sides[0], sides[1]))
