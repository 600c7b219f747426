"""The demonstration has lists that were brought: one in the register, one to be decided."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.employers import case_demo, demo, import_demo, project_demo
from ombudsman_app.employers.models import Employer
from ombudsman_app.imports.commands import undecided
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.states import RunState, Verdict

from ..documents.desk import make_all
from ..imports.lists import HOME, reading
from ..visitor import Visitor


@pytest.fixture
def in_demo(in_app: Flask) -> Iterator[Flask]:
    in_app.extensions["settings"] = replace(in_app.extensions["settings"], is_demo=True)
    accounts_demo.load()
    demo.load()
    with reading(in_app):
        yield in_app


@pytest.mark.usefixtures("in_demo")
def test_there_is_a_list_to_decide_and_one_in_the_register_and_a_second_run_brings_none(
    visitor: Visitor,
) -> None:
    assert " 2 " in import_demo.load()
    applied, checked = db.session.scalars(select(ImportRun).order_by(ImportRun.id))
    assert (applied.state, checked.state) == (RunState.APPLIED, RunState.CHECKED)
    assert applied.made_at < applied.applied_at < checked.made_at
    assert all(checked.counts[str(verdict)] >= 3 for verdict in Verdict), checked.counts
    assert 4 <= undecided(checked.id) == checked.counts["doubtful"] <= 6
    names = db.session.scalars(select(Employer.name))
    assert all("DEMO" in name for name in names)
    before = db.session.scalar(select(func.count()).select_from(Employer))
    assert " 0 " in import_demo.load()
    assert db.session.scalar(select(func.count()).select_from(Employer)) == before
    keeper, numbers = demo_actor("prevention_assistant"), (applied.id, checked.id)
    assert keeper is not None
    db.session.remove()
    visitor.enter(keeper.user_id)
    assert "DEMO" in visitor.get(f"{HOME}/{numbers[1]}/doubtful").text
    assert "Tarik daftar kembali" in visitor.get(f"{HOME}/{numbers[0]}").text


def test_given_projects_and_cases_of_the_demonstration_when_its_list_is_taken_back_then_it_is_undone(
    app: Flask, visitor: Visitor
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context(), reading(app):
        for one in (accounts_demo, demo, project_demo, import_demo, case_demo):
            one.load()
        keeper, run_id = demo_actor("prevention_assistant"), db.session.scalar(select(func.min(ImportRun.id)))
    assert keeper is not None
    visitor.enter(keeper.user_id)
    version = re.search(r'name="version" value="(\d+)"', visitor.get(f"{HOME}/{run_id}").text)
    assert version is not None
    assert visitor.post(f"{HOME}/{run_id}/undo", {"version": version[1]}).status_code == 302
    make_all(app, "imports.undo")
    with app.app_context():
        assert db.session.get_one(ImportRun, run_id).state is RunState.UNDONE


def test_given_nothing_that_reads_files_when_loaded_then_nothing_is_brought(in_app: Flask) -> None:
    in_app.extensions["settings"] = replace(in_app.extensions["settings"], is_demo=True)
    accounts_demo.load()
    demo.load()
    assert " 0 " in import_demo.load()
    assert db.session.scalar(select(ImportRun.id)) is None


def test_given_no_demonstration_when_loaded_then_it_is_refused(in_app: Flask) -> None:
    with pytest.raises(UnsafeSettings):
        import_demo.load()
