"""/staff/audits/schemes: by which bands a total is read in which years. One is added, none is changed."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.audits import commands, forms, queries
from ombudsman_app.audits.formats.instruments import other_language
from ombudsman_app.audits.formats.problems import ShownProblem, field_word, place_of, sentence_of
from ombudsman_app.audits.models import AuditScheme
from ombudsman_app.audits.scoring.problems import Problem, SchemeInvalid
from ombudsman_app.audits.scoring.scheme import Scheme, read_scheme
from ombudsman_app.web import charts
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.charts import Scale

from .blueprint import bp

_BAND_BOXES = {
    "id": "letter",
    "min": "low",
    "max": "high",
    "zone": "zone",
    "title_id": "word_id",
    "title_en": "word_en",
}


@dataclass(frozen=True)
class ShownScheme:
    """A scheme with the picture of its bands."""

    row: AuditScheme
    read: Scheme
    scale: Scale


@bp.route("/schemes")
@policy("audits.schemes")
def schemes() -> ResponseReturnValue:
    """All schemes, the latest first. ≤ 4 statements."""
    return render_template("audits/staff/schemes.html", shown=[_shown(one) for one in queries.all_schemes()])


def _shown(row: AuditScheme) -> ShownScheme:
    read = read_scheme(row.content)
    bands = [
        charts.Band(
            letter=one.id,
            label=one.title_id if other_language() == "en" else one.title_en,
            zone=one.zone.value,
            low=one.min,
            high=one.max,
        )
        for one in read.bands
    ]
    return ShownScheme(row, read, charts.scale(bands))


@bp.route("/schemes/new", methods=["GET", "POST"])
@policy("audits.add_scheme")
def new_scheme() -> ResponseReturnValue:
    """Add one, or say all that is wrong with it."""
    form = forms.SchemeForm()
    if not form.is_submitted():
        return render_template("audits/staff/new_scheme.html", form=form, problems=[])
    if not form.validate():
        return render_template("audits/staff/new_scheme.html", form=form, problems=[]), 422
    try:
        commands.add_scheme(form.to_content(), actor=current_actor())
    except SchemeInvalid as invalid:
        problems = [_problem(one) for one in invalid.problems]
        return render_template("audits/staff/new_scheme.html", form=form, problems=problems), 422
    flash(_("The scheme is kept. Results under it never share a line with those under another."))
    return redirect(url_for(".schemes"))


def _problem(one: Problem) -> tuple[str, ShownProblem]:
    """Return the id of the box, and what is wrong there."""
    where = f"{one.where}.{one.values['key']}" if one.code == "missing" else one.where
    place = place_of(where)
    inner = where.rpartition(".")[2]
    if place.field == "bands" and place.row is not None:
        name = _BAND_BOXES.get(inner, "low")
        band = _("Band %(row)s", row=place.row + 1)  # apart: what stands inside an f-string is not extracted
        words = f"{band}, {field_word(inner)}"
        return f"{name}_{place.row + 1}", ShownProblem(place, words, sentence_of(one), one.code)
    box = "low_1" if place.field == "bands" else place.field or "id"
    return box, ShownProblem(place, field_word(place.field), sentence_of(one), one.code)
