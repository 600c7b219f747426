"""The demonstration has invented projects of every verdict, once."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.employers import demo, project_demo
from ombudsman_app.employers.models import Project, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.verdict import Timing, verdict_of


@pytest.fixture
def in_demo(in_app: Flask) -> Flask:
    in_app.extensions["settings"] = replace(in_app.extensions["settings"], is_demo=True)
    accounts_demo.load()
    demo.load()
    project_demo.load()
    return in_app


@pytest.mark.usefixtures("in_demo")
def test_there_are_projects_of_every_verdict_and_a_second_run_adds_none() -> None:
    projects = list(db.session.scalars(select(Project)))
    verdicts = [verdict_of(one, today("Asia/Makassar")) for one in projects]
    assert {verdict.timing for verdict in verdicts} == set(Timing)
    assert sum(verdict.missing > 0 for verdict in verdicts) >= 2
    assert all("DEMO" in one.package and one.contract_number.startswith("DEMO") for one in projects)
    owners = list(db.session.scalars(select(ProjectOwner)))
    assert all("DEMO" in one.name for one in owners)
    assert {one.office_id is None for one in owners} == {True, False}
    linked = set(db.session.scalars(select(ProjectParty.employer_id.is_(None))))
    assert linked == {True, False}
    project_demo.load()
    assert db.session.scalar(select(func.count()).select_from(Project)) == len(projects)


def test_given_no_demonstration_when_loaded_then_it_is_refused(in_app: Flask) -> None:
    with pytest.raises(UnsafeSettings):
        project_demo.load()
