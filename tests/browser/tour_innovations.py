"""A walk past innovations: what everybody reads, the list of the staff, its forms, what waits."""

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage import innovation_seeds
from ombudsman_app.coverage.commands import load_shipped_figures
from ombudsman_app.coverage.innovations import ProposalKind
from ombudsman_app.coverage.models import Innovation
from tests.factories.innovations import InnovationFactory, evaluated, public_innovation, released, stated

from . import journeys
from .live import Site
from .tour import Stop

INNOVATIONS = "/staff/innovations"


def through_innovations(site: Site, page: Page, stop: Stop) -> None:
    """WeCare and an evaluated one for everybody; list, page, forms and proposals of the staff. 12 stops."""
    with site.app.app_context():
        sign_ins = accounts_demo.load()
        load_shipped_figures()
        innovation_seeds.load()
        wecare = db.session.scalars(select(Innovation).where(Innovation.slug == "wecare")).one()
        judged = public_innovation()
        released(ProposalKind.EVALUATION, evaluated(judged).id)
        waiting = stated(judged).id
        InnovationFactory()
        address, of_wecare, of_judged = judged.slug, wecare.id, judged.id
    for name, path in (
        ("public-innovations", "/inovasi"),
        ("public-innovation", "/inovasi/wecare"),
        ("public-innovation-evaluated", f"/inovasi/{address}"),
    ):
        page.goto(path)
        stop(name)
    journeys.enter_demo(page, sign_ins, Role.HEAD_OF_REPRESENTATIVE)
    for name, path in (
        ("staff-innovations", INNOVATIONS),
        ("staff-innovations-none", f"{INNOVATIONS}?status=idea"),
        ("staff-innovation-new", f"{INNOVATIONS}/new"),
        ("staff-innovation", f"{INNOVATIONS}/{of_judged}"),
        ("staff-innovation-edit", f"{INNOVATIONS}/{of_judged}/edit"),
        ("staff-innovation-statement", f"{INNOVATIONS}/{of_judged}/statements"),
        ("staff-innovation-evaluate", f"{INNOVATIONS}/{of_judged}/evaluate"),
        ("staff-innovation-proposal", f"{INNOVATIONS}/proposals/{ProposalKind.STATEMENT}/{waiting}"),
        ("staff-innovation-elsewhere", f"{INNOVATIONS}/{of_wecare}"),
    ):
        page.goto(path)
        stop(name)
