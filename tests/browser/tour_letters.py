"""A walk past the letters of a case: written, waiting, out, read, answered; and whether one is genuine."""

from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.models import Document
from tests.factories.complaints import CODE, TeamFactory
from tests.factories.documents import LetterFactory, drawn
from tests.factories.register import issued

from . import journeys
from .journeys import Receipt
from .live import Site
from .tour_case import Stop, Walk

_S = ComplaintState
REFUSED = "Peristiwa sudah lebih dari dua tahun. Anda tetap dapat meminta penjelasan kepada kantor itu."


def through_letters(site: Site, page: Page, stop: Stop) -> None:
    """Letters at the desk and on a phone. 10 stops."""
    with site.app.app_context(), stopped_at(now() - timedelta(days=60)):
        team = TeamFactory()
    walk = Walk(site, page, stop, team)
    case = walk.case(_S.FORMAL_VERIFICATION, days_ago=9)
    _desk(walk, case)
    _reporter(walk, case)
    _genuine(walk)


def _desk(walk: Walk, case: int) -> None:
    """The intake officer asks for what is missing; another letter waits for a second person."""
    walk.enter_as(Role.PVL_ASSISTANT)
    walk.see("letter-write", f"/staff/complaints/{case}/letters/completion_request")
    refused = walk.case(_S.MATERIAL_VERIFICATION)
    with walk.site.app.app_context():
        wrong = db.session.get_one(Complaint, refused)
        waiting = LetterFactory(wrong, walk.team.intake, "refusal_notice", grounds=["M4"], words=REFUSED).id
        letter = LetterFactory(db.session.get_one(Complaint, case), walk.team.intake)
        issue(letter, version=letter.version, actor=walk.team.intake)
        out = drawn(db.session.scalars(select(Document).where(Document.id == letter.id)).one()).id
    walk.see("letter-waits", f"/staff/documents/{waiting}")
    walk.see("letter-out", f"/staff/documents/{out}")
    walk.see("letter-register", "/staff/documents")
    walk.see("letter-unproven", "/staff/documents?view=unproven")
    walk.see("letter-case", f"/staff/complaints/{case}")


def _reporter(walk: Walk, case: int) -> None:
    """The reporter opens it and completes."""
    page = walk.page
    with walk.site.app.app_context():
        ticket = db.session.scalars(select(Complaint.ticket).where(Complaint.id == case)).one()
    journeys.follow(page, Receipt(ticket, CODE))
    walk.stop("letter-follow")
    page.locator("a[href*='/lacak/surat/']").first.click()
    page.wait_for_load_state()
    walk.stop("letter-unopened")
    walk.press("main form button[type=submit]")
    walk.stop("letter-opened")
    walk.see("letter-complete", "/lacak/lengkapi")


def _genuine(walk: Walk) -> None:
    """Somebody else holds a letter."""
    with walk.site.app.app_context():
        code = issued().code
    walk.see("verify-start", "/verifikasi")
    walk.see("verify-answer", f"/verifikasi/{code}")
