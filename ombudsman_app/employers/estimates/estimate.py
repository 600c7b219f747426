"""The one door: a mapping as somebody typed it in, an estimate or all that is wrong with it out."""

from collections.abc import Mapping
from typing import Any

from .arrears import estimate_arrears
from .construction import estimate_construction
from .fields import FIELDS, EstimateType
from .fine import estimate_fine
from .problems import EstimateRefused, Problem
from .reading import read_fields
from .result import Estimate
from .workers import estimate_workers

TYPE = "type"


def estimate(held: Mapping[str, Any]) -> Estimate:
    """Return the estimate of an input with its `type` and the keys of `FIELDS`. Raises EstimateRefused.

    No clock is read: the same input and the same rules give the same figures for ever.
    """
    kind = type_of(held)
    problems: list[Problem] = []
    given = {key: value for key, value in held.items() if key != TYPE}
    read = read_fields(given, FIELDS[kind], problems)
    match kind:
        case EstimateType.ARREARS:
            return estimate_arrears(read, problems)
        case EstimateType.FINE:
            return estimate_fine(read, problems)
        case EstimateType.JAKON:
            return estimate_construction(read, problems)
    return estimate_workers(kind, read, problems)


def type_of(held: Mapping[str, Any]) -> EstimateType:
    """Return the type that an input names. Raises EstimateRefused."""
    given = held.get(TYPE)
    if isinstance(given, str) and given in tuple(EstimateType):
        return EstimateType(given)
    if given is None:
        raise EstimateRefused([Problem(TYPE, "missing")])
    raise EstimateRefused([Problem(TYPE, "not_a_choice", {"known": ", ".join(EstimateType)})])
