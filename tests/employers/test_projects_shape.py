"""What lists of projects cost does not depend on how many there are, and no page walks a table."""

import re
from collections.abc import Iterable

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.employers.commands.projects import PartyInput
from ombudsman_app.employers.models import Project, ProjectParty
from ombudsman_app.employers.projects.rules import Standing
from ombudsman_app.employers.queries.projects import numbers

from ..factories.employers import PLACES, EmployerFactory, keeper_of, region_id
from ..factories.projects import ProjectFactory, amended, many_projects
from ..visitor import Visitor
from ..web.plans import walked_tables

LIST = "/staff/employers/projects"
ASKED = (
    *(
        "",
        "?verdict=unregistered",
        "?verdict=under_valued&year=2023",
        "?fund=APBN&verdict=late",
        "?number=0001",
    ),
    *("?fund=BUMN", "?number=0", "?number=0&fund=APBN&verdict=late"),
    *("?place={place}", "?agency={owner}&verdict=running", "/agencies", "/agencies/{owner}"),
)


@pytest.mark.parametrize("asked", ASKED)
def test_a_list_costs_the_same_for_few_and_many(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    with app.app_context():
        keeper = keeper_of()
        project = ProjectFactory(keeper)
        place, owner = region_id("76.02"), project.owner_id
        office = office_of("MAM")
    address = LIST + asked.format(place=place, owner=owner)
    visitor.enter(keeper.user_id)
    costs = []
    monkeypatch.setattr(numbers, "FEW", 50)  # a beginning of few numbers at first, then of many
    for number in (5, 300):
        with app.app_context():
            many_projects(
                number, actor=keeper, representative_office_id=office, region_ids=[place], agencies=3
            )
        assert visitor.get(address).status_code == 200
        costs.append(visitor.queries)
        if app.extensions["settings"].database_url.startswith("sqlite"):
            assert walked_tables(app, visitor.statements) <= {"office", "conflict_declaration"}
    assert costs[0] == costs[1], visitor.statements


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("?fund=BUMN", "ix_project_fund (representative_office_id=? AND fund_source=?"),
        ("?agency={owner}", "ix_project_of_owner (owner_id=?"),
        ("/agencies", "ix_project_of_owner_standing (owner_id=? AND standing=? AND due_on>?"),
        ("/agencies/{owner}", "ix_project_of_owner_standing (owner_id=? AND standing=? AND due_on>?"),
    ],
)
def test_what_is_asked_for_is_a_range_of_an_index(
    app: Flask, visitor: Visitor, asked: str, index: str
) -> None:
    with app.app_context():
        keeper = keeper_of()
        owner = ProjectFactory(keeper).owner_id
    visitor.enter(keeper.user_id)
    assert visitor.get(LIST + asked.format(owner=owner)).status_code == 200
    if app.extensions["settings"].database_url.startswith("sqlite"):
        assert index in " ".join(plans(app, visitor.statements))


def plans(app: Flask, statements: Iterable[str]) -> list[str]:
    """Return each step by which SQLite would answer."""
    raw = app.extensions["engine"].raw_connection()
    try:
        reading = [said for said in statements if said.lstrip().upper().startswith(("SELECT", "WITH"))]
        return [
            row[3]
            for said in reading
            for row in raw.execute("EXPLAIN QUERY PLAN " + said, [None] * said.count("?"))
        ]
    finally:
        raw.close()


@pytest.mark.parametrize("asked", ["", "?verdict=unregistered", "?number=0"])
def test_given_two_offices_when_walked_then_both_stand_in_one_order_and_each_is_a_range(
    app: Flask, visitor: Visitor, asked: str
) -> None:
    with app.app_context():
        keeper = keeper_of()
        offices = {code: office_of(code) for code in PLACES}
        _also_at(keeper.user_id, offices["KPG"])
        for code, office in offices.items():
            places = [region_id(PLACES[code])]
            many_projects(60, actor=keeper, representative_office_id=office, region_ids=places, agencies=3)
        found = select(Project.id).order_by(Project.listed_on.desc(), Project.id.desc())
        if "verdict" in asked:
            found = found.where(Project.standing == Standing.OPEN)
        expected = list(db.session.scalars(found))
    visitor.enter(keeper.user_id)

    def walk(address: str, word: str) -> list[list[int]]:
        pages = []
        while address:
            page = visitor.get(address).text
            pages.append([int(one) for one in re.findall(rf'<th scope="row"><a href="{LIST}/(\d+)"', page)])
            link = re.search(rf'href="([^"]+)" rel="{word}"', page)
            last, address = address, link[1].replace("&amp;", "&") if link else ""
        ends.append(last)
        return pages

    ends: list[str] = []
    on = walk(LIST + asked, "next")
    assert [one for page in on for one in page] == expected
    assert [one for page in walk(ends[0], "prev")[::-1] for one in page] == expected
    if app.extensions["settings"].database_url.startswith("sqlite"):
        listed = [said for said in visitor.statements if "project.package" in said]
        assert sum("SEARCH project USING" in step for step in plans(app, listed)) > len(offices)


def _also_at(user_id: int | None, office_id: int) -> None:
    @command
    def give() -> None:
        db.session.add(
            RoleGrant(
                user_id=user_id,
                role=Role.PREVENTION_ASSISTANT,
                office_id=office_id,
                valid_from=today("Asia/Makassar"),
                given_at=now(),
            )
        )

    give()


def office_of(code: str) -> int:
    return db.session.scalars(select(RepresentativeOffice.id).where(RepresentativeOffice.code == code)).one()


def test_a_firm_costs_the_same_in_a_small_and_a_large_register(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        keeper = keeper_of()
        project = ProjectFactory(keeper, parties=(PartyInput("PT Tapalang Raya Sentosa"),))
        party = db.session.scalars(select(ProjectParty.id)).one()
    visitor.enter(keeper.user_id)
    costs = []
    for number in (1, 12):
        with app.app_context():
            for each in range(number):
                EmployerFactory(keeper, name=f"PT Tappalang Raya Sentosa {number}{each:02}")
        assert visitor.get(f"{LIST}/{project.id}/firms/{party}").status_code == 200
        costs.append(visitor.queries)
        if app.extensions["settings"].database_url.startswith("sqlite"):
            assert walked_tables(app, visitor.statements) <= {"office", "conflict_declaration"}
    assert costs[0] == costs[1], visitor.statements


def test_a_project_costs_the_same_however_much_happened_to_it(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        keeper = keeper_of()
        project = ProjectFactory(keeper)
    visitor.enter(keeper.user_id)
    costs = []
    for number in (1, 12):
        with app.app_context():
            held = db.session.get_one(type(project), project.id)
            for _ in range(number):
                amended(held)
        assert visitor.get(f"{LIST}/{project.id}").status_code == 200
        costs.append(visitor.queries)
    assert costs[0] == costs[1]
