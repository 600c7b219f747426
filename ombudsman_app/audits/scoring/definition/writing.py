"""An instrument as keys and values, in one canonical form, and the fingerprint of it."""

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from ombudsman_app.audits.scoring.exact import plain

from .shape import Definition, Dimension, Indicator, RelevantIf, Threshold

_ANCHORS = ("anchors_id", "anchors_en")


def as_mapping(definition: Definition) -> dict[str, Any]:
    """Return what `read_definition` reads back as the same. Weights and bounds are text; nothing is null."""
    return {**_plain(definition), "dimensions": [_dimension(one) for one in definition.dimensions]}


def digest(definition: Definition) -> str:
    """Return the SHA-256 of the canonical form, in hex. Field order and spelling of numbers do not matter."""
    return digest_of(as_mapping(definition))


def digest_of(mapping: Mapping[str, Any]) -> str:
    text = json.dumps(mapping, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def indicator_mapping(indicator: Indicator) -> dict[str, Any]:
    """Return one question as keys and values, in canonical form."""
    written = _plain(indicator)
    if indicator.item == indicator.id:
        del written["item"]
    if indicator.thresholds:
        written["thresholds"] = [_threshold(step) for step in indicator.thresholds]
    if indicator.relevant_if:
        written["relevant_if"] = _relevance(indicator.relevant_if)
    return written


def _dimension(dimension: Dimension) -> dict[str, Any]:
    return {**_plain(dimension), "indicators": [indicator_mapping(one) for one in dimension.indicators]}


def _plain(part: Definition | Dimension | Indicator) -> dict[str, Any]:
    """Return the fields that are no lists of parts, those that say nothing left out."""
    written: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if value is None or value in ("", (), False) or field.name in ("dimensions", "indicators"):
            continue
        if field.name in _ANCHORS:
            written[field.name] = dict(value)
        elif field.name == "evidence":
            written[field.name] = [str(kind) for kind in value]
        elif isinstance(value, Decimal):
            written[field.name] = plain(value)
        elif isinstance(value, StrEnum):
            written[field.name] = str(value)
        elif isinstance(value, str | int):
            written[field.name] = value
    return written


def _threshold(step: Threshold) -> dict[str, str]:
    ends = {name: plain(end) for name, end in (("max", step.max), ("min", step.min)) if end is not None}
    return {**ends, "score": plain(step.score)}


def _relevance(condition: RelevantIf) -> dict[str, Any]:
    return {"indicator": condition.indicator, "is": list(condition.is_)}
