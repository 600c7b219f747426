"""A walk past information without identity: told on a phone, worked at the desk. Needs a demonstration."""

from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import select

from ombudsman_app.complaints import commands
from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.complaints import CODE, ComplaintFactory, TeamFactory, TipFactory

from . import journeys
from .live import Site
from .tour import LONG
from .tour_case import ENDLESS, Stop, Walk

STORY = (
    "Setiap Jumat loket sudah tutup sebelum pukul 14.00, padahal di papan tertulis sampai pukul 15.00. Orang "
    "dari desa yang datang dengan ojek disuruh kembali hari Senin."
)
ASKED = "Terima kasih. Apakah papan jam buka masih terpasang? Anda tidak perlu menyebut nama."
ANSWERED = "Masih, di sebelah pintu masuk.\nTulisannya sampai pukul 15.00."
REASON = (
    "Tiga informasi serupa tentang loket ini dalam sebulan. Bahan usulan investigasi atas prakarsa sendiri."
)


def through_tips(site: Site, page: Page, stop: Stop) -> None:
    """The third choice, its check and receipt, its page; the list and each state at the desk. 22 stops."""
    _told(page, stop)
    with site.app.app_context(), stopped_at(now() - timedelta(days=60)):
        team = TeamFactory()
    walk = Walk(site, page, stop, team)
    _desk(walk)
    _giver(walk)


def _told(page: Page, stop: Stop) -> None:
    journeys.fill_all(page)
    page.goto("/lapor/kerahasiaan")
    journeys.choose(page, "confidentiality", "anonymous")
    stop("tip-choice")
    journeys.go_on(page)
    page.wait_for_url("**/lapor/periksa")
    stop("tip-check")
    journeys.go_on(page)
    receipt = journeys.receipt_on(page)
    stop("tip-receipt")
    journeys.go_on(page)
    page.locator("#access-code").wait_for(state="detached")
    stop("tip-receipt-noted")
    page.goto("/lapor")
    stop("tip-already-sent")
    journeys.follow(page, receipt)
    stop("tip-follow-new")


def _desk(walk: Walk) -> None:
    page, site = walk.page, walk.site
    walk.enter_as(Role.PVL_ASSISTANT)
    with site.app.app_context():
        with stopped_at(now() - timedelta(days=20)):
            used = TipFactory(narrative=STORY)
        with stopped_at(now() - timedelta(days=4)):
            talked = TipFactory(narrative=STORY, urgency="emergency", employer_name="CV Contoh Rekaan")
            ComplaintFactory()
            TipFactory(narrative=LONG, requested_remedy=ENDLESS, prior_effort=ENDLESS)
        ids = used.id, talked.id
    walk.see("tips-list", "/staff/tips/")
    walk.see("tips-list-misread", "/staff/tips/?urgent=ya&page=3")
    walk.see("tips-list-none", "/staff/tips/?urgent=yes&office=dpmptsp&ended=yes&after=1")
    walk.see("tip-long", f"/staff/tips/{ids[1] + 1}")
    walk.see("tip-new", f"/staff/tips/{ids[1]}")
    walk.press(".next-action button[type=submit]")
    walk.stop("tip-begun")
    _act(site, ids[1], lambda tip: commands.answer_tip(tip, ASKED, form_key="", actor=walk.team.intake))
    _act(site, ids[1], lambda tip: commands.write_to_tip(tip, ANSWERED, form_key=""))
    walk.see("tip-talk", f"/staff/tips/{ids[1]}")
    walk.refused("tip-message-missing", "form[action$=messages] button")
    walk.see("tip-decide", f"/staff/tips/{ids[1]}/decide")
    walk.refused("tip-decide-missing", "main .actions button")
    page.locator("label[for=move-0]").click()
    page.locator("textarea[name=reason]").fill(REASON)
    _act(site, ids[1], lambda tip: commands.write_to_tip(tip, "Satu hal lagi.", form_key=""))
    walk.press("main .actions button")
    walk.stop("tip-changed")
    walk.see("tip-declare", f"/staff/tips/{ids[1]}/declare")
    _act(site, ids[0], lambda tip: _move(tip, "begin_reading", walk))
    _act(site, ids[0], lambda tip: _move(tip, "use", walk))
    walk.see("tip-used", f"/staff/tips/{ids[0]}")


def _giver(walk: Walk) -> None:
    """A talk on the phone, and what was set aside."""
    site = walk.site
    with site.app.app_context():
        told = TipFactory(narrative=STORY)
        ticket, number = told.ticket, told.id
    _act(site, number, lambda tip: _move(tip, "begin_reading", walk))
    _act(site, number, lambda tip: commands.answer_tip(tip, ASKED, form_key="", actor=walk.team.intake))
    _act(site, number, lambda tip: commands.write_to_tip(tip, ANSWERED, form_key=""))
    journeys.follow(walk.page, journeys.Receipt(ticket, CODE))
    walk.stop("tip-follow-talk")
    walk.refused("tip-follow-message-missing", "#pesan form button")
    _act(site, number, lambda tip: _move(tip, "set_aside", walk))
    walk.see("tip-follow-set-aside", "/lacak/laporan")


def _move(tip: InformationTip, move: str, walk: Walk) -> None:
    commands.move_tip(tip, move, version=tip.version, reason=REASON, actor=walk.team.intake)


def _act(site: Site, number: int, do) -> None:
    """Let somebody act on it by a command."""
    with site.app.app_context():
        do(db.session.scalars(select(InformationTip).where(InformationTip.id == number)).one())
