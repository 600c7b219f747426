"""A walk past audits as those see them who plan, assess, review, answer, decide and read. A demonstration."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.audits import demo
from ombudsman_app.audits.models import Audit, AuditResponse, AuditRound, AuditSheet, InstrumentVersion
from ombudsman_app.audits.states import AuditState, RoundState, VersionState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office

from . import journeys
from .live import Site
from .tour import Stop

QUESTION, DISPUTED = "I10", "P18"
See = Callable[[str, str], None]


def through_audits(site: Site, page: Page, stop: Stop) -> None:
    """Through the desks of who plans, assesses, reviews and decides, the portal, what everybody reads."""

    def see(name: str, path: str) -> None:
        page.goto(path)
        stop(name)

    with site.app.app_context():
        sign_ins = accounts_demo.load()
        demo.load_instrument()
        demo.load()
        running = select(AuditRound.id).where(
            AuditRound.state == RoundState.RUNNING, AuditRound.is_blind.is_(False)
        )
        round_id = db.session.scalars(running).one()
        of_state = {
            one.state: one.id for one in db.session.scalars(select(Audit).where(Audit.round_id == round_id))
        }
        paths = _paths(of_state)
    for key, stops in (
        ("audit_lead", ("instruments", "instrument", "rounds", "calendar", "comparison", "final")),
        ("audit_head", ("board",)),
        (Role.AUDITOR, ("audit", "sheet", "question")),
        ("audit_reviewer", ("review", "responses", "ruling")),
        ("office_officer_ntt", ("portal", "draft", "answer")),
    ):
        journeys.enter_demo(page, sign_ins, key, face="portal" if "office" in key else "staff")
        for name in stops:
            see(f"audits-{name}", paths[name].format(round=round_id))
    _published(site, see)


def _paths(of_state: dict[AuditState, int]) -> dict[str, str]:
    """The addresses of the round that runs, by stop."""
    field, draft = of_state[AuditState.IN_FIELD], of_state[AuditState.DRAFT_SENT]
    in_use = select(InstrumentVersion.id).where(InstrumentVersion.state == VersionState.IN_USE)
    sheet = db.session.scalars(select(AuditSheet.id).where(AuditSheet.audit_id == field)).one()
    said = select(AuditResponse.id).where(
        AuditResponse.audit_id == draft, AuditResponse.indicator == DISPUTED
    )
    return {
        "instruments": "/staff/audits/instruments",
        "instrument": f"/staff/audits/instruments/{db.session.scalars(in_use).one()}",
        "rounds": "/staff/audits",
        "board": "/staff/audits/rounds/{round}",
        "calendar": "/staff/audits/calendar",
        "comparison": "/staff/audits/comparison",
        "audit": f"/staff/audits/{field}",
        "sheet": f"/staff/audits/field/{sheet}",
        "question": f"/staff/audits/field/{sheet}/indicators/{QUESTION}",
        "review": f"/staff/audits/{of_state[AuditState.SUBMITTED]}/review",
        "responses": f"/staff/audits/{draft}/responses",
        "ruling": f"/staff/audits/{draft}/responses/{db.session.scalars(said).one()}",
        "final": f"/staff/audits/{of_state[AuditState.FINAL]}",
        "portal": "/portal/penilaian",
        "draft": f"/portal/penilaian/{draft}",
        "answer": f"/portal/penilaian/{draft}/butir/{DISPUTED}",
    }


def _published(site: Site, see: See) -> None:
    """What everybody reads: lists, the comparison with its break, results with and without a category."""
    with site.app.app_context():
        by_round = {
            round_.period_until.year: f"/kantor/{slug}/penilaian/{round_.slug}"
            for slug, round_ in db.session.execute(
                select(Office.slug, AuditRound)
                .select_from(Audit)
                .join(Audit.office)
                .join(Audit.round)
                .where(Office.reference == "kc_ntt", Audit.state == AuditState.PUBLISHED)
            )
        }
    see("audits-public", "/penilaian")
    see("audits-compared", "/penilaian/perbandingan")
    see("audits-result", by_round[min(by_round)])
    see("audits-result-later", by_round[max(by_round)])
