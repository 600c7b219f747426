"""`ombudsman bench letters`: the shape of what it says, and which goals it judges."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from ombudsman_app.cli.bench.letter_drawing import Drawn, Ways, _judged
from ombudsman_app.cli.bench.table import letters_table

from ..house.service import OMBUDSMAN


def ways(*, ours_seconds: float, ours_kib: int) -> Ways:
    """Hundred pages in hundred seconds alone; ours as given, half of it two at a time."""
    return Ways(
        raw=Drawn(100, 100.0, 90.0, 100_000),
        one=Drawn(100, ours_seconds, ours_seconds, ours_kib),
        two=Drawn(100, ours_seconds / 2, ours_seconds, ours_kib),
    )


def test_given_quick_and_small_children_when_judged_then_nothing_is_missed():
    result = _judged(ways(ours_seconds=50.0, ours_kib=70_000), 40, 0)
    assert result["missed"] == []
    assert result["speed"]["times_one"] == pytest.approx(2)
    assert result["speed"]["times_two"] == pytest.approx(4)
    table = letters_table(result)
    assert "40 papers each way, 100 pages" in table
    assert "All goals are met." in table


def test_given_slow_or_big_children_when_judged_then_each_goal_is_named():
    missed = _judged(ways(ours_seconds=130.0, ours_kib=140_000), 40, 0)["missed"]
    assert [line.split(":")[0] for line in missed] == [
        "pages a second, one at a time",
        "pages a second, two at a time",
        "peak memory",
    ]


@pytest.mark.full
def test_given_a_machine_when_measured_then_both_ways_drew_the_same_pages(tmp_path: Path):
    environ = {**os.environ, "OMBUDSMAN_DATA": str(tmp_path)}
    done = subprocess.run(
        [OMBUDSMAN, "bench", "letters", "--rounds", "1", "--json"],
        env=environ,
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode in (0, 1), done.stderr
    result = json.loads(done.stdout)
    assert result["papers"] == 18
    assert result["pages"] > 30
    assert result["memory"]["times"] <= result["memory"]["goal"]
