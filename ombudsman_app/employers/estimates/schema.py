"""The input of each type as a JSON Schema with an example, out of the table that is also read by."""

from collections.abc import Mapping
from typing import Any

from .estimate import TYPE
from .fields import BILL_FIELDS, FIELDS, EstimateType, Field, Kind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PATTERNS = {Kind.MONTH: "^[0-9]{4}-(0[1-9]|1[0-2])$", Kind.REGION: r"^[0-9]{2}(\.[0-9]{2})?$"}
_WORKERS = {"workers": 10, "wage": 3_200_000, "months": 12, "jkk_class": "medium"}
_FOUR = {"programs": ["JKK", "JKM", "JHT", "JP"], "jp_ceiling_above_wage": True}
EXAMPLES: Mapping[EstimateType, tuple[dict[str, Any], ...]] = {
    EstimateType.PWBD: (
        {
            **{"workers": 25, "region": "76.04", "from": "2025-11", "to": "2026-10"},
            **{"jkk_class": "low", "scale": "small"},
        },
    ),
    EstimateType.PDS_WORKERS: (
        {**_WORKERS, **_FOUR, "paid_after_month": 12},
        {
            **{"workers": 10, "wage": 12_000_000, "from": "2025-11", "to": "2026-10"},
            **{"jkk_class": "medium", "scale": "medium", "paid_on": "2026-11-20"},
        },
    ),
    EstimateType.PDS_WAGE: (
        {
            **{"workers": 10, "true_wage": 3_200_000, "reported_wage": 2_500_000, "months": 12},
            **{"jkk_class": "medium", **_FOUR},
        },
    ),
    EstimateType.PDS_PROGRAM: (
        {
            **{"workers": 40, "wage": 4_100_000, "from": "2026-01", "to": "2026-06"},
            **{"scale": "medium", "joined": ["JKK", "JKM"]},
        },
    ),
    EstimateType.ARREARS: (
        {
            "bills": [
                {"month": "2026-01", "billed": 5_000_000, "paid": 5_000_000, "paid_on": "2026-03-02"},
                {"month": "2026-02", "billed": 5_000_000, "paid": 2_000_000},
            ],
            "paid_on": "2026-06-30",
        },
        {"from": "2026-01", "to": "2026-04", "billed": 5_000_000, "paid": 0},
    ),
    EstimateType.FINE: (
        {"contribution_per_month": 3_164_800, "warning_2_received_on": "2026-03-02", "until": "2026-06-30"},
    ),
    EstimateType.JAKON: (
        {"contract_value_without_vat": 2_500_000_000},
        {"workers": 30, "wage": 3_000_000, "from": "2026-02", "to": "2026-07"},
    ),
}


def schema_of(kind: EstimateType) -> dict[str, Any]:
    """Return the JSON Schema of one type; its examples are whole inputs that the command takes."""
    return {
        "$schema": _DRAFT,
        "title": kind.value,
        "type": "object",
        "additionalProperties": False,
        "required": [TYPE, *(field.name for field in FIELDS[kind].values() if field.needed)],
        "properties": {TYPE: {"const": kind.value}, **_properties(FIELDS[kind])},
        "examples": [{TYPE: kind.value, **example} for example in EXAMPLES[kind]],
    }


def _properties(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: {"description": field.says, **_shape(field)} for name, field in fields.items()}


def _shape(field: Field) -> dict[str, Any]:
    chosen = {"enum": list(field.choices)}
    shapes: dict[Kind, dict[str, Any]] = {
        Kind.WHOLE: {"type": "integer", "minimum": field.least, "maximum": field.most},
        Kind.FLAG: {"type": "boolean"},
        Kind.CHOICE: chosen,
        Kind.CHOICES: _list(chosen, len(field.choices)) | {"uniqueItems": True},
        Kind.DAY: {"type": "string", "format": "date"},
    }
    if field.kind is Kind.BILLS:
        return _list(_bill(), field.most)
    return shapes.get(field.kind) or {"type": "string", "pattern": _PATTERNS[field.kind]}


def _list(items: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "maxItems": most, "items": items}


def _bill() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in BILL_FIELDS.values() if field.needed],
        "properties": _properties(BILL_FIELDS),
    }
