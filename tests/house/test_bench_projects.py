"""`ombudsman bench seed --projects`: invented contracts that could be real ones."""

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.cli.bench import project_filling
from ombudsman_app.cli.bench.filling import analyze
from ombudsman_app.cli.bench.project_filling import fill_projects
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.trail.record import verify
from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.models import calendars
from ombudsman_app.employers.models import Project, ProjectOwner
from ombudsman_app.employers.projects.rules import Standing
from ombudsman_app.employers.projects.verdict import Timing, standing_of, verdict_of

from ..factories.accounts import UserFactory
from ..factories.employers import EmployerFactory
from ..visitor import Visitor

NUMBER = 600
LIST = "/staff/employers/projects"


@pytest.fixture(scope="module")
def filled(shared_app: Flask) -> Flask:
    with shared_app.app_context():
        for _ in range(3):
            EmployerFactory()
        assert list(fill_projects(NUMBER, office="MAM", seed=1)) == [NUMBER]
        analyze()
    return shared_app


@pytest.fixture
def projects(filled: Flask) -> Iterator[list[Project]]:
    with filled.app_context():
        loaded = (
            joinedload(Project.region),
            joinedload(Project.representative_office),
            selectinload(Project.parties),
            selectinload(Project.changes),
        )
        yield list(db.session.scalars(select(Project).order_by(Project.id).options(*loaded)))


def test_all_that_the_list_can_show_is_there(projects: list[Project]) -> None:
    day = today("Asia/Makassar")
    seen = Counter(verdict_of(project, day).timing for project in projects)
    assert set(seen) == set(Timing)
    assert seen[Timing.UNREGISTERED] > NUMBER / 10
    assert any(project.is_under_valued for project in projects)
    assert len({project.owner_id for project in projects}) > 20
    assert any(len(project.parties) > 1 for project in projects)
    assert {party.employer_id is None for project in projects for party in project.parties} == {True, False}
    assert any(project.changes for project in projects)


def test_given_an_spk_then_its_last_day_is_that_of_explain(projects: list[Project]) -> None:
    calendar = calendars()
    for project in projects:
        standing = standing_of(project.due_on, project.registered_on, project.cancelled_on)
        assert project.standing is standing
        if project.spk_on is None or project.length is None or project.unit is None:
            assert project.due_on is None
            continue
        province = project.representative_office.province_code
        counted = explain(project.spk_on, project.length, Unit(project.unit), calendar(province))
        assert (project.due_on, project.calendar_version) == (counted.due, counted.calendar_version)
        assert project.registered_on is None or project.registered_on <= today("Asia/Makassar")


def test_given_projects_then_agencies_carry_what_they_have(projects: list[Project]) -> None:
    held = Counter((project.owner_id, project.standing) for project in projects)
    for owner in db.session.scalars(select(ProjectOwner)):
        told = {standing: getattr(owner, standing.value) for standing in Standing}
        assert told == {standing: held[owner.id, standing] for standing in Standing}
        assert (owner.projects, owner.open_order) == (sum(told.values()), -owner.open)


def test_given_invented_projects_then_officers_work_on_them(filled: Flask, projects: list[Project]) -> None:
    officer = UserFactory(Role.PREVENTION_ASSISTANT, password=None).id
    ids, agency = [project.id for project in projects[:20]], projects[0].owner_id
    number = projects[0].contract_number
    visitor = Visitor(filled).enter(officer)
    assert "BENCH " in visitor.get(LIST).text
    assert "BENCH Dinas" in visitor.get(f"{LIST}/agencies").text
    assert visitor.get(f"{LIST}/agencies/{agency}").status_code == 200
    assert number in visitor.get(f"{LIST}?number={number}").text
    for id_ in ids:
        assert visitor.get(f"{LIST}/{id_}").status_code == 200


def test_given_batches_then_each_has_one_line_on_the_trail_and_more_can_be_added(
    app: Flask, monkeypatch: pytest.MonkeyPatch, clock
) -> None:
    clock.at("2026-11-26T09:00+08:00")
    monkeypatch.setattr(project_filling, "AT_ONCE", 8)
    told = select(Project.package, Project.owner_id, Project.spk_on, Project.value).order_by(Project.id)
    with app.app_context():
        assert list(fill_projects(20, office="MAM", seed=1)) == [8, 16, 20]
        assert list(fill_projects(4, office="MAM", seed=1)) == [4]
        assert len(db.session.execute(told).all()) == 24
        assert db.session.scalar(select(func.sum(ProjectOwner.projects))) == 24
        assert verify()[1] is None
        lines = select(func.count()).where(TrailEntry.event == "core:bench:filled")
        assert db.session.scalar(lines) == 4
        with pytest.raises(LookupError):
            list(fill_projects(1, office="XXX", seed=1))
