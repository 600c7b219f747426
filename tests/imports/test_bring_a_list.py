"""A list of employers goes into the register, and out again, by the door."""

import pytest
from sqlalchemy import text

from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Employer, Observation
from ombudsman_app.imports.states import RunState

from .lists import Bringer, row, xlsx

pytestmark = pytest.mark.both_databases


def dump(bringer: Bringer) -> list[tuple[object, ...]]:
    """Every row of the tables of employers."""
    with bringer.app.app_context():
        found: list[tuple[object, ...]] = []
        for table in ("employer", "employer_observation", "employer_noncompliance"):
            rows = db.session.execute(text(f"SELECT * FROM {table} ORDER BY id"))
            found += [(table, *row) for row in rows]
        db.session.rollback()
        return found


def test_given_a_list_when_brought_checked_applied_and_undone_then_nothing_is_left(bringer: Bringer) -> None:
    first = bringer.checked(xlsx([row(1), row(2, workers="20-30")]))
    bringer.applied(first)
    before = dump(bringer)
    run_id = bringer.checked(xlsx([row(1, day="2026-10-15", workers=90), row(3), row(4, nib=9.1e12)]))
    run = bringer.run(run_id)
    assert run.counts == {"new": 1, "change": 1, "rejected": 1, "blank": 0}
    assert dump(bringer) == before
    assert "Format" in bringer.page(run_id, "/rows?verdict=rejected") or "NIB" in bringer.page(
        run_id, "/rows?verdict=rejected"
    )
    bringer.applied(run_id)
    with bringer.app.app_context():
        names = {row.name: row for row in db.session.query(Employer)}
        assert set(names) == {"PT Usaha Contoh 1", "PT Usaha Contoh 2", "PT Usaha Contoh 3"}
        changed = names["PT Usaha Contoh 1"]
        assert (changed.workers, changed.registered, changed.gap_high, changed.version) == (90, 80, 10, 2)
        assert db.session.query(Observation).count() == 4
    assert bringer.run(run_id).state is RunState.APPLIED
    bringer.step(run_id, "undo")
    bringer.work()
    assert bringer.run(run_id).state is RunState.UNDONE
    assert dump(bringer) == before


def test_given_the_same_file_again_when_checked_then_nothing_would_change(bringer: Bringer) -> None:
    content = xlsx([row(1), row(2)])
    bringer.applied(bringer.checked(content))
    before = dump(bringer)
    again = bringer.checked(content)
    assert bringer.run(again).counts == {"unchanged": 2, "blank": 0}
    page = bringer.page(again)
    assert "Berkas yang sama" in page or "file" in page
    assert bringer.step(again, "apply").status_code == 409
    assert dump(bringer) == before
