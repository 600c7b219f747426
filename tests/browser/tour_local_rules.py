"""A walk past local rules and the duties of Inpres 2/2021. Needs a demonstration."""

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage import local_rule_demo, local_rule_seeds
from ombudsman_app.coverage.local_rules import Verification
from ombudsman_app.coverage.models import LocalRule
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.duties import GOVERNMENT, MAMUJU, SECOND, proposed

from . import journeys
from .live import Site
from .tour import Stop

RULES, DUTIES = "/staff/local-rules", "/staff/duties"


def through_local_rules(site: Site, page: Page, stop: Stop) -> None:
    """Register, rules of two kinds, forms, the public page; provinces, a matrix, checklists. 18 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        local_rule_seeds.load()
        local_rule_demo.load()
        odd = _rule(LocalRule.reference == "perbup-5-manggarai-barat")
        seen = _rule(LocalRule.verification == Verification.VERIFIED)
        pemda = str(UserFactory(Role.OFFICE_OFFICER, name="Demo Pemda", portal_office=GOVERNMENT).email)
        sent = proposed(SECOND).id
    page.goto("/aturan-daerah")
    stop("public-local-rules")
    journeys.enter_demo(page, sign_ins, Role.PREVENTION_ASSISTANT)
    for name, path in (
        ("staff-local-rules", RULES),
        ("staff-local-rules-none", f"{RULES}?q=tidakada"),
        ("staff-local-rule-odd", f"{RULES}/{odd}"),
        ("staff-local-rule", f"{RULES}/{seen}"),
        ("staff-local-rule-new", f"{RULES}/new"),
        ("staff-local-rule-verify", f"{RULES}/{seen}/verify"),
        ("staff-local-rule-withdraw", f"{RULES}/{seen}/withdraw"),
        ("staff-local-rule-state", f"{RULES}/{seen}/state"),
        ("staff-duties", DUTIES),
        ("staff-duties-province", f"{DUTIES}/provinces/76"),
        ("staff-duties-pemda", f"{DUTIES}/for/{MAMUJU}"),
        ("staff-duty", f"{DUTIES}/for/{MAMUJU}/{SECOND}"),
        ("staff-duty-proposals", f"{DUTIES}/proposals"),
        ("staff-duty-proposal", f"{DUTIES}/proposals/{sent}"),
    ):
        page.goto(path)
        stop(name)
    page.context.clear_cookies(name="sid")
    journeys.sign_in(page, pemda, PASSWORD, site=site, face="portal")
    page.goto("/portal/duties")
    stop("portal-duties")
    page.goto(f"/portal/duties/proposals/{sent}")
    stop("portal-duty-proposal")


def _rule(which: object) -> int:
    found = select(LocalRule.id).where(which).order_by(LocalRule.id).limit(1)  # type: ignore[arg-type]
    return db.session.scalars(found).one()
