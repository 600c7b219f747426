"""A list as ODS: what office programs write around the cells means nothing, what is repeated counts."""

from datetime import date

import pytest

from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Employer
from ombudsman_app.imports.states import RunState

from .lists import HEADS, Bringer, row
from .ods import Again, Cell, ods

FILL = (Cell("", times=16_384 - len(HEADS)),)
REST = Again([Cell("", times=16_384)], 1_048_576)


@pytest.mark.both_databases
def test_given_a_plain_list_when_brought_and_applied_then_it_is_in_the_register(bringer: Bringer) -> None:
    rows = [row(1, day=date(2026, 10, 1)), row(2, workers=120, registered=90.0)]
    run_id = bringer.checked(ods(rows), "daftar.ods")
    assert bringer.run(run_id).counts == {"new": 2, "blank": 0}
    bringer.applied(run_id)
    assert bringer.run(run_id).state is RunState.APPLIED
    with bringer.app.app_context():
        known = {one.name: one for one in db.session.query(Employer)}
        first, second = known["PT Usaha Contoh 1"], known["PT Usaha Contoh 2"]
        assert (first.nib, str(first.observed_on)) == ("9100000000001", "2026-10-01")
        assert (second.workers, second.registered) == (120, 90)


def test_given_a_sheet_filled_to_its_edge_with_nothing_when_read_then_only_the_list_counts(
    bringer: Bringer,
) -> None:
    rows = [[*row(1), *FILL], Again(["", *FILL], 3), [*row(2), *FILL], REST]
    run_id = bringer.checked(ods(rows, [*HEADS, *FILL], hidden=[REST]), "daftar.ods")
    assert bringer.run(run_id).counts == {"new": 2, "blank": 3}
    assert [one.split("<")[0] for one in bringer.page(run_id, "/rows").split('"soft">')[1:]][-2:] == [
        "2",
        "6",
    ]


def test_given_cells_and_rows_that_stand_for_several_when_checked_then_each_is_one(bringer: Bringer) -> None:
    same = Cell("80", times=2)  # workers and registered
    rows = [[*row(1)[:4], same, "2026-10-01"], Again(row(2), 3)]
    run_id = bringer.checked(ods(rows), "daftar.ods")
    assert bringer.run(run_id).counts == {"new": 2, "rejected": 2, "blank": 0}
    bringer.applied(run_id)
    with bringer.app.app_context():
        first = db.session.query(Employer).filter_by(name="PT Usaha Contoh 1").one()
        assert (first.workers, first.registered) == (80, 80)


def test_given_a_computed_cell_when_applied_then_its_last_result_is_taken(bringer: Bringer) -> None:
    run_id = bringer.checked(ods([row(1, workers=Cell(110, formula="of:=[.F2]+30"))]), "daftar.ods")
    bringer.applied(run_id)
    with bringer.app.app_context():
        assert db.session.query(Employer).one().workers == 110


def test_given_a_visible_and_a_longer_hidden_sheet_when_guessed_then_the_visible_one_is_taken(
    bringer: Bringer,
) -> None:
    hidden = [HEADS, *(row(number) for number in range(10, 20))]
    run_id = bringer.checked(ods([row(1)], hidden=hidden), "daftar.ods")
    assert bringer.run(run_id).counts == {"new": 1, "blank": 0}
