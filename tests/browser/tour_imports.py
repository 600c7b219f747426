"""A walk past lists that were brought: sent, checked, decided, applied. Needs a demonstration."""

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.employers import demo, import_demo
from ombudsman_app.imports.models import ImportRun
from tests.children import child_server

from . import journeys
from .live import Site
from .tour import Stop

HOME = "/staff/imports"


def through_imports(site: Site, page: Page, stop: Stop) -> None:
    """The lists, a new one, columns, the dry run, its rows, a decision, what was applied. 13 stops."""
    with site.app.app_context(), child_server(site.app.extensions["settings"].run_dir, "parse"):
        sign_ins = accounts_demo.load()
        demo.load()
        import_demo.load()
        applied, checked = db.session.scalars(select(ImportRun.id).order_by(ImportRun.id))
    journeys.enter_demo(page, sign_ins, Role.PREVENTION_ASSISTANT)
    _bring(page, stop)
    _columns(page, stop, checked)
    _rows(page, stop, checked)
    _decide(page, stop, checked)
    page.goto(f"{HOME}/{applied}")
    stop("imports-applied")
    page.goto(f"{HOME}/{applied}/rows")
    stop("imports-applied-rows")


def _bring(page: Page, stop: Stop) -> None:
    page.goto(HOME)
    stop("imports-brought")
    page.goto(f"{HOME}/new/employers")
    stop("imports-bring")
    page.locator("main form .actions button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    stop("imports-bring-missing")


def _columns(page: Page, stop: Stop, run: int) -> None:
    page.goto(f"{HOME}/{run}/columns")
    stop("imports-columns")
    page.locator("#column-0").select_option("")
    page.locator("main form[method=post] .actions button[type=submit]").click()
    page.locator(".error-summary").wait_for()
    stop("imports-columns-missing")


def _rows(page: Page, stop: Stop, run: int) -> None:
    page.goto(f"{HOME}/{run}")
    stop("imports-checked")
    page.locator("main button.small", has=page.locator("svg")).click()
    page.locator(".error-summary").wait_for()
    stop("imports-rejected-missing")
    for name, more in (("imports-rows", ""), ("imports-rows-rejected", "?verdict=rejected")):
        page.goto(f"{HOME}/{run}/rows{more}")
        stop(name)


def _decide(page: Page, stop: Stop, run: int) -> None:
    page.goto(f"{HOME}/{run}/doubtful")
    page.locator("[data-key=ArrowRight]").click()
    page.locator("[data-key=ArrowLeft]").wait_for()
    stop("imports-doubtful")
    page.goto(f"{HOME}/{run}/doubtful")
    with page.expect_navigation():
        page.locator("button[value=new]").click()
    page.locator("[data-key=ArrowLeft]").click()
    page.locator("button[value=new]").wait_for()
    stop("imports-decided")
