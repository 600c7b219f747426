"""Reads the steps of a measure, from the top: the first that fits gives the score."""

from decimal import Decimal
from itertools import pairwise

from ombudsman_app.audits.scoring.formula import FULL
from ombudsman_app.audits.scoring.reader import Reader

from .shape import Threshold

MOST_THRESHOLDS = 20
_LARGEST, _DECIMALS = 1_000_000_000, 6
_ENDS = ("max", "min")


def read_thresholds(reader: Reader) -> tuple[Threshold, ...]:
    """Return the steps. All have `max` rising, or all `min` falling; the last takes what is left."""
    if not reader.given.get("thresholds"):
        reader.note("thresholds_missing", "thresholds")
        return ()
    before = len(reader.problems)
    steps = [
        Reader(given, f"{reader.at('thresholds')}[{number}]", reader.problems, ("max", "min", "score"))
        for number, given in enumerate(reader.items("thresholds", MOST_THRESHOLDS))
    ]
    found = tuple(_threshold(step) for step in steps)
    if len(reader.problems) == before:
        _note_order(reader, steps, found)
    return found


def _threshold(step: Reader) -> Threshold:
    ends = {key: step.number(key, 0, _LARGEST, _DECIMALS) for key in _ENDS if step.has(key)}
    return Threshold(step.number("score", 0, FULL, 2) or Decimal(0), max=ends.get("max"), min=ends.get("min"))


def _note_order(reader: Reader, steps: list[Reader], found: tuple[Threshold, ...]) -> None:
    named = [{key for key in _ENDS if key in step.given} for step in steps]
    if any(len(ends) > 1 for ends in named) or len(set().union(*named)) > 1:
        reader.note("thresholds_mixed", "thresholds")
        return
    bounds = [step.max if step.max is not None else step.min for step in found]
    rises = any(step.max is not None for step in found)
    last = bounds[-1]
    takes_rest = last is None or (not rises and last == 0)
    if not takes_rest or any(bound is None for bound in bounds[:-1]):
        reader.note("thresholds_catch_all", "thresholds")
        return
    given = [bound for bound in bounds if bound is not None]
    if any(one >= two if rises else one <= two for one, two in pairwise(given)):
        reader.note("thresholds_order", "thresholds")
