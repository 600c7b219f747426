"""Measures in the address of a page: `ucj`, `village_officials.head`, `ucj..JKK`."""

from collections.abc import Sequence

from .queries import Measure
from .states import PARTS, Definition, Part

PROGRAMMES = ("JKK", "JKM", "JHT", "JP", "JKP")


def measure_code(measure: Measure) -> str:
    """Return what names a measure in an address."""
    return ".".join((measure.definition, measure.part, measure.programme)).rstrip(".")


def measure_from(code: str, held: Sequence[Measure]) -> Measure:
    """Return the measure that an address names; what nobody knows is the first one held, or UCJ."""
    definition, _dot, rest = code.partition(".")
    part, _dot, programme = rest.partition(".")
    try:
        asked = Measure(Definition(definition), Part(part), programme)
    except ValueError:
        return held[0] if held else Measure(Definition.UCJ)
    is_known = asked.part in PARTS[asked.definition] and programme in ("", *PROGRAMMES)
    return asked if is_known else (held[0] if held else Measure(Definition.UCJ))
