"""The gap is what several sources said, as a range."""

from datetime import date

import pytest

from ombudsman_app.employers.gaps import Gap, gap_of
from ombudsman_app.employers.models import Observation
from ombudsman_app.employers.states import SourceKind


def observation(day: int, kind: SourceKind, workers: object = None, registered: object = None) -> Observation:
    ends = {}
    for name, value in (("workers", workers), ("registered", registered)):
        low, high = value if isinstance(value, tuple) else (value, value)
        ends |= {f"{name}_low": low, f"{name}_high": high}
    return Observation(observed_on=date(2026, 10, day), source_kind=kind, **ends)


B, L, W = SourceKind.BPJS, SourceKind.LICENSING, SourceKind.WORKER


@pytest.mark.parametrize(
    ("seen", "low", "high"),
    [
        ([], 0, 0),
        ([observation(1, B, 100, 90)], 10, 10),
        ([observation(1, B, None, 90)], 0, 0),
        ([observation(1, L, 100)], 0, 0),
        ([observation(1, B, None, 90), observation(2, L, 100)], 10, 10),
        ([observation(1, B, None, 90), observation(2, L, (100, 150))], 10, 60),
        ([observation(1, B, 80, 90)], 0, 0),  # more registered than there are: nobody is left out
        ([observation(1, B, 80, 70), observation(2, L, 120)], 10, 50),
        ([observation(1, B, 200, 10), observation(2, B, 100, 90)], 10, 10),  # the newest word of a source
        ([observation(2, B, 100, 90), observation(1, B, 200, 10)], 10, 10),
        ([observation(1, B, 100, (80, 90)), observation(2, W, (100, 100), 60)], 10, 40),
        ([observation(1, B, 0, 0)], 0, 0),
    ],
)
def test_the_gap_spans_the_newest_word_of_each_source(seen: list[Observation], low: int, high: int) -> None:
    found: Gap = gap_of(seen)
    assert (found.low, found.high) == (low, high)
