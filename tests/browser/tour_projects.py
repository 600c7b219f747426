"""A walk past projects paid from public money. Needs a demonstration."""

from playwright.sync_api import Page
from sqlalchemy import ColumnElement, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.employers import demo, project_demo
from ombudsman_app.employers.models import Project, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.rules import Standing

from . import journeys
from .live import Site
from .tour import Stop

LIST = "/staff/employers/projects"


def through_projects(site: Site, page: Page, stop: Stop) -> None:
    """The list, one project in several states, its forms, its firm, the agencies. 17 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        demo.load()
        project_demo.load()
        open_one = _first(Project.standing == Standing.OPEN, Project.due_on < Project.made_at)
        amended = _first(Project.current_net > Project.registered_value, Project.changes.any())
        unknown = _first(Project.standing == Standing.UNKNOWN)
        firm = _firm()
        agency = db.session.scalars(select(ProjectOwner.id).order_by(ProjectOwner.open_order)).first()
    journeys.enter_demo(page, sign_ins, Role.PREVENTION_ASSISTANT)
    _lists(page, stop)
    _project(page, stop, open_one, amended, unknown)
    _forms(page, stop, open_one)
    _firms(page, stop, firm)
    page.goto(f"{LIST}/agencies/{agency}")
    stop("staff-projects-agency")
    page.goto(f"{LIST}/{open_one}/new-finding")
    stop("staff-project-finding")


def _lists(page: Page, stop: Stop) -> None:
    for name, path in (
        ("staff-projects", LIST),
        ("staff-projects-unregistered", f"{LIST}?verdict=unregistered"),
        ("staff-projects-none", f"{LIST}?number=tidak-ada"),
        ("staff-projects-agencies", f"{LIST}/agencies"),
    ):
        page.goto(path)
        stop(name)


def _project(page: Page, stop: Stop, open_one: int, amended: int, unknown: int) -> None:
    for name, path in (
        ("staff-project", f"{LIST}/{open_one}"),
        ("staff-project-days", f"{LIST}/{open_one}/days"),
        ("staff-project-amended", f"{LIST}/{amended}"),
        ("staff-project-unknown", f"{LIST}/{unknown}"),
    ):
        page.goto(path)
        stop(name)


def _forms(page: Page, stop: Stop, project: int) -> None:
    for name, path in (
        ("staff-project-new-missing", f"{LIST}/new"),
        ("staff-project-registration-missing", f"{LIST}/{project}/registration"),
        ("staff-project-amend-missing", f"{LIST}/{project}/amend"),
    ):
        page.goto(path)
        page.locator("main form .actions button[type=submit]").last.click()
        page.locator(".error-summary").wait_for()
        stop(name)
    page.goto(f"{LIST}/{project}/edit")
    stop("staff-project-edit")


def _firms(page: Page, stop: Stop, firm: ProjectParty) -> None:
    path = f"{LIST}/{firm.project_id}/firms/{firm.id}"
    page.goto(path)
    stop("staff-project-firm")
    page.goto(f"{path}?q=tidakada")
    stop("staff-project-firm-none")


def _first(*which: ColumnElement[bool]) -> int:
    found = select(Project.id).where(*which).order_by(Project.id).limit(1)
    return db.session.scalars(found).one()


def _firm() -> ProjectParty:
    """Return a firm that a contract writes otherwise than the register."""
    found = (
        select(ProjectParty)
        .where(ProjectParty.employer_id.is_(None), ProjectParty.name.not_like("PT Pembangun Contoh%"))
        .order_by(ProjectParty.id)
        .limit(1)
    )
    return db.session.scalars(found).one()
