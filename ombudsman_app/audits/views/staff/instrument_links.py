"""From a problem to the page where it is put right."""

from flask import url_for

from ombudsman_app.audits.formats.problems import Place, ShownProblem

# Fields that the form calls otherwise than the instrument.
_BOXES = {
    "thresholds": "bound_1",
    "evidence": "evidence-0",
    "version": "number",
    "anchors_id": "anchor_id_0",
    "anchors_en": "anchor_en_0",
    "relevant_if": "relevant_indicator",
    "dimensions": "",
    "indicators": "",
    "item": "id",
}


def box_of(place: Place) -> str:
    """Return the id of the box of a field."""
    if place.field == "thresholds" and place.row is not None:
        return f"bound_{place.row + 1}"
    return _BOXES.get(place.field, place.field)


def link_to(version_id: int, problem: ShownProblem) -> str:
    """Return the address where this can be mended."""
    place = problem.place
    if place.is_about_weights:
        return _of_all(version_id, place, is_empty=problem.code == "none_given")
    box = box_of(place) or None
    if place.dimension is None:
        return url_for(".edit_instrument", version_id=version_id, _anchor=box)
    if place.indicator is None:
        return url_for(".edit_dimension", version_id=version_id, place=place.dimension, _anchor=box)
    return url_for(
        ".edit_indicator",
        version_id=version_id,
        place=place.dimension,
        number=place.indicator,
        _anchor=box,
    )


def _of_all(version_id: int, place: Place, *, is_empty: bool) -> str:
    """Return where all dimensions, or all questions of one, are weighed; or where the first is added."""
    if place.dimension is None:
        return url_for(".new_dimension" if is_empty else ".weigh_dimensions", version_id=version_id)
    endpoint = ".new_indicator" if is_empty else ".weigh_indicators"
    return url_for(endpoint, version_id=version_id, place=place.dimension)
