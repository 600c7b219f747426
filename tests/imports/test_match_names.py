"""What seems new in a list is compared with the register by its name, in a job of its own."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Employer
from ombudsman_app.imports.models import ImportRow
from ombudsman_app.imports.states import RunState, Verdict

from ..documents.desk import make_all
from ..factories.employers import EmployerFactory
from .lists import HEADS, HOME, Bringer, row, xlsx
from .test_bring_a_list import dump

pytestmark = pytest.mark.both_databases


def known(app: Flask, *names: str) -> None:
    with app.app_context():
        for name in names:
            EmployerFactory(name=name)


def verdicts(bringer: Bringer, run_id: int) -> dict[int, Verdict]:
    with bringer.app.app_context():
        rows = db.session.execute(
            select(ImportRow.number, ImportRow.verdict).where(ImportRow.run_id == run_id)
        )
        return {one.number: one.verdict for one in rows}


def test_given_a_name_that_is_spelt_otherwise_then_a_person_is_asked_and_told_why(
    app: Flask, bringer: Bringer
) -> None:
    known(app, "PT Kencana Laut Biru", "PT Bahari Jaya")
    rows = [
        row(1, name="PT Kencanna Laut Biru"),
        row(2, name="PT Bahari"),
        row(3, name="PT Lain Sama Sekali"),
    ]
    run_id = bringer.checked(xlsx(rows))
    held = bringer.run(run_id)
    assert held.state is RunState.CHECKED
    assert (held.counts["doubtful"], held.counts["new"]) == (1, 2)
    assert list(verdicts(bringer, run_id).values()) == [Verdict.DOUBTFUL, Verdict.NEW, Verdict.NEW]
    asked = bringer.page(run_id, "/doubtful")
    assert "PT Kencana Laut Biru" in asked
    assert "Nama ditulis berbeda." in asked


def test_given_an_odd_cell_when_its_row_becomes_doubtful_then_what_was_noted_of_it_stays(
    app: Flask, bringer: Bringer
) -> None:
    known(app, "PT Kencana Laut Biru")
    run_id = bringer.checked(xlsx([(*row(1, name="PT Kencanna Laut Biru"), "44999")], (*HEADS, "KBLI")))
    with app.app_context():
        held = db.session.scalars(select(ImportRow).where(ImportRow.run_id == run_id)).one()
        assert held.verdict is Verdict.DOUBTFUL
        codes = [code for _column, code, *_more in json.loads(held.reasons or "[]")]
    assert codes == ["alike.spelling", "alike.same_regency", "sector_unknown"]


def test_given_names_are_being_compared_then_nothing_is_applied_until_it_ended_or_is_left_out(
    app: Flask, bringer: Bringer
) -> None:
    known(app, "PT Kencana Laut Biru")
    run_id = bringer.brought(xlsx([row(1, name="PT Kencanna Laut Biru")]))
    assert bringer.visitor.submit(f"{HOME}/{run_id}/columns").status_code == 302
    make_all(app, "imports.check")
    assert bringer.run(run_id).state is RunState.MATCHING
    assert "Lanjutkan tanpa membandingkan nama" in bringer.page(run_id)
    assert bringer.step(run_id, "apply").status_code == 409
    assert bringer.step(run_id, "skip-matching").status_code == 302
    assert bringer.run(run_id).state is RunState.CHECKED
    bringer.work()  # the job that waited finds nothing to do
    assert list(verdicts(bringer, run_id).values()) == [Verdict.NEW]


def test_given_a_decision_when_the_same_file_comes_again_then_nothing_would_change(
    app: Flask, bringer: Bringer
) -> None:
    known(app, "PT Kencana Laut Biru", "PT Bahari Jaya Abadi")
    rows = [row(1, name="PT Kencanna Laut Biru", nib=""), row(2, name="PT Bahari Jaya Abadie")]
    before = dump(bringer)
    run_id = bringer.checked(xlsx(rows))
    with app.app_context():
        first = db.session.scalars(select(Employer.id).where(Employer.name == "PT Kencana Laut Biru")).one()
    numbers = sorted(number for number, one in verdicts(bringer, run_id).items() if one is Verdict.DOUBTFUL)
    assert len(numbers) == 2
    for number, decision in zip(numbers, (f"same-{first}", "new"), strict=True):
        answer = bringer.visitor.submit(
            f"{HOME}/{run_id}/doubtful?row={number}", {"number": str(number), "decision": decision}
        )
        assert answer.status_code == 302, answer.text
    bringer.applied(run_id)
    assert bringer.run(run_id).state is RunState.APPLIED
    again = bringer.checked(xlsx(rows))
    assert set(verdicts(bringer, again).values()) == {Verdict.UNCHANGED}
    bringer.step(again, "cancel")
    bringer.step(run_id, "undo")
    bringer.work()
    assert dump(bringer) == before
