"""`ombudsman bench employers`: do register and projects get slower with more? Small and large in turn."""

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from ombudsman_app.cli.lines import BadInput, Plain

GOAL = 1.5  # p50 at 1,000,000 compared with 10,000 (issue 8)
_OFFICE = "MAM"
_PAGES = {
    "list": "",
    "list, one sector and a gap": "?sector=C&gap=yes",
    "search, a rare word": "?q=tappalang",
    "search, a beginning": "?q=tappal+bone",
    "search, the commonest word": "?q=abadi",
    "search, a common word": "?q=jaya",
    "search, two common words": "?q=aman+jaya",
    "search, a common word and a sector": "?q=jaya&sector=F",
    "search, a NIB": "?q=9000000000001",
    "search, a misspelt word": "?q=tapalang",
    "projects": "/projects",
    "projects, not registered": "/projects?verdict=unregistered",
    "projects, who pays and a year": "/projects?fund=APBD&year={year}",
    "projects, nobody pays so": "/projects?fund=BUMN",
    "projects, a number": "/projects?number=612/0004",
    "projects, how many numbers begin": "/projects?number=6",
    "projects of one agency": "/projects?agency={agency}",
    "projects by agency": "/projects/agencies",
    "a project": "/projects/{project}",
    "an agency": "/projects/agencies/{agency}",
    "a firm, what looks alike": "/projects/{project}/firms/{firm}",
}
_PROJECTS = 10  # one for so many employers


@click.command(cls=Plain)
@click.option("--sizes", default="10000,1000000", show_default=True, help="Employers, growing.")
@click.option("--requests", default=60, show_default=True, type=click.IntRange(10, 5_000), help="Each page.")
@click.option("--database-url", default="", help="A server with {name} for the database; else SQLite.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
def employers(*, sizes: str, requests: int, database_url: str, is_json: bool) -> None:
    """Ask list, filters and searches of registers of several sizes, in rounds. Exit 1 on a missed goal.

    For ten employers there is one project paid by APBN/APBD; their lists and pages are asked too.
    """
    from .growing import read_sizes
    from .serving import WrongAnswer
    from .table import growth_table

    try:
        result = _measure(read_sizes(sizes), requests, database_url)
    except WrongAnswer as refused:
        raise BadInput(str(refused)) from None
    click.echo("", err=True)
    click.echo(json.dumps(result) if is_json else growth_table(result))
    if result["missed"]:
        sys.exit(1)


def _measure(sizes: list[int], requests: int, database_url: str) -> dict[str, Any]:
    from dataclasses import asdict

    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.policy import Role

    from .actors import cookie_of
    from .employer_filling import fill
    from .filling import analyze
    from .project_filling import fill_projects
    from .quiet import quiet_app
    from .scratch import scratch
    from .serving import Request

    with tempfile.TemporaryDirectory(prefix="bench") as place, ExitStack() as stack:
        houses: list[tuple[Any, dict[str, Request]]] = []
        for size in sizes:
            environ = stack.enter_context(scratch(Path(place) / f"employers{len(houses)}", database_url))
            app = stack.enter_context(quiet_app(settings_from(environ)))
            with app.app_context():
                fill(_OFFICE, size, _tell)
                for made in fill_projects(size // _PROJECTS, office=_OFFICE, seed=1):
                    _tell(f"{made:,} projects")
                analyze()
                cookie, ids = cookie_of(app, Role.ANALYST, _here()), _ids()
            asked = {
                name: Request(f"/staff/employers{tail.format(**ids)}", cookie)
                for name, tail in _PAGES.items()
            }
            houses.append((app, asked))
        found = [_compared(name, houses, requests) for name in _PAGES]
    return {
        "sizes": sizes,
        "pages": [asdict(one) for one in found],
        "missed": [miss for one in found for miss in one.misses],
    }


def _compared(name: str, houses: list[tuple[Any, Any]], requests: int) -> Any:
    from statistics import median

    from ombudsman_app.core.clock import monotonic

    from .growing import Growth
    from .statements import ask, statements_of

    walls: list[list[float]] = [[] for _ in houses]
    statements = [statements_of(app, asked[name]) for app, asked in houses]
    for _number in range(requests):  # in turn, so that noise meets all
        for place, (app, asked) in enumerate(houses):
            began = monotonic()
            ask(app, asked[name])
            walls[place].append((monotonic() - began) * 1000)
    p50 = [round(median(one), 2) for one in walls]
    return Growth(name, p50, [0.0] * len(p50), statements, round(p50[-1] / p50[-2], 2), GOAL)


def _here() -> Any:
    from sqlalchemy import select

    from ombudsman_app.core.db import db
    from ombudsman_app.directory.models import RepresentativeOffice

    return db.session.scalars(select(RepresentativeOffice).where(RepresentativeOffice.code == _OFFICE)).one()


def _ids() -> dict[str, int]:
    """Return what the addresses name: a project of the last year, its firm, the agency with most projects."""
    from sqlalchemy import select

    from ombudsman_app.core.clock import now
    from ombudsman_app.core.db import db
    from ombudsman_app.employers.models import ProjectOwner, ProjectParty

    agency = select(ProjectOwner.id).order_by(ProjectOwner.projects.desc()).limit(1)
    firm = select(ProjectParty.project_id, ProjectParty.id).order_by(ProjectParty.id.desc()).limit(1)
    project_id, party_id = db.session.execute(firm).one()
    db.session.rollback()
    found = {"agency": db.session.scalars(agency).one(), "project": project_id, "firm": party_id}
    return {**found, "year": now().year - 1}


def _tell(words: str) -> None:
    click.echo(f"\r{words}", nl=False, err=True)
