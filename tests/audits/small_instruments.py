"""Small instruments whose scores a person can count on paper; only what the test is about is said."""

from collections.abc import Mapping
from typing import Any

from ombudsman_app.audits.scoring.definition import Definition, read_definition

ANCHORS = {str(step): f"Step {step}" for step in range(5)}
_INDICATOR = {
    "variable": "anything",
    "component": "C01",
    "weight": "100",
    "answer_type": "yes_no",
    "evidence": ["photo"],
    "legal_basis": "UU 25/2009 Pasal 21",
    "maladministration_if_fail": "undue_delay",
}


def indicator(name: str, **more: Any) -> dict[str, Any]:
    """Return the keys and values of a question."""
    return {
        **_INDICATOR,
        "id": name,
        "question_id": f"Apakah {name}?",
        "question_en": f"Is {name}?",
        **more,
    }


def dimension(name: str, weight: object, *indicators: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys and values of a dimension."""
    titles = {f"title_{language}": name.title() for language in ("id", "en")}
    return {"id": name, **titles, "weight": weight, "indicators": list(indicators)}


def instrument(*dimensions: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return the keys and values of an instrument."""
    return {
        "id": "small",
        "title_id": "Kecil",
        "title_en": "Small",
        "version": "1.0",
        "scheme": "kepatuhan_2022_2024",
        "anchors_id": ANCHORS,
        "anchors_en": ANCHORS,
        "min_denominator": 5,
        "min_respondents": 30,
        "dimensions": list(dimensions),
        **more,
    }


def from_short(short: Mapping[str, Mapping[str, Any]]) -> Definition:
    """Read `{dimension: {weight, indicators: {id: {…}}}}`."""
    return read_definition(
        instrument(
            *(
                dimension(name, one["weight"], *(indicator(i, **q) for i, q in one["indicators"].items()))
                for name, one in short.items()
            )
        )
    )
