"""An audit on the screens of those who have part in it, step by step (`test_audit_journey.py`)."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.audits.models import Audit, AuditRound, AuditSheet, SheetAnswer
from ombudsman_app.audits.states import SheetKind
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Office
from tests.factories.accounts import UserFactory
from tests.factories.audits import fill_rest

from .hands import Fingers, Hands, Keyboard, Taps, tab_to
from .people import DESK, PHONE
from .photos import photo
from .test_accessibility import Inspector
from .test_findings_journey import House

PICTURES = os.environ.get("OMBUDSMAN_PICTURES", "")  # a folder; empty: none are kept
ZONE = "Asia/Jakarta"  # of the head office, whose round it is


class Eyes(Inspector):
    """An inspector that keeps pictures where somebody wants to see them."""

    def look(self, name: str) -> None:
        super().look(name)
        if PICTURES:
            number = len(list(Path(PICTURES).iterdir()))
            self._page.screenshot(
                path=Path(PICTURES) / f"{number:02}-{name.replace(' ', '-')}.png", full_page=True
            )


@dataclass
class Seat:
    """Somebody at a screen of their own."""

    page: Page
    seen: Eyes
    hands: Hands

    def done(self, words: str = "") -> None:
        """The page says that it is done."""
        told = self.page.locator("main .notice.success")
        expect(told).to_be_visible()
        expect(told).to_contain_text(words)


@dataclass
class Person:
    email: str
    actor: Actor


class Round:
    """The round on its way: who works in it, where its pages lie, what stands in the database."""

    def __init__(self, house: House, branch: str) -> None:
        self.house, self._branch = house, branch
        self._seats: dict[tuple[str, str], Seat] = {}
        with house.site.app.app_context():
            self.people = {
                "head": _somebody(Role.HEAD_OF_REPRESENTATIVE, "Demo Kepala Audit"),
                "lead": _somebody(Role.AUDITOR, "Demo Ketua Tim"),
                "second": _somebody(Role.AUDITOR, "Demo Penilai Kedua"),
                "third": _somebody(Role.AUDITOR, "Demo Penengah"),
                "reviewer": _somebody(Role.REVIEWER, "Demo Penelaah"),
                "ruler": _somebody(Role.REVIEWER, "Demo Pemutus"),
                "officer": _somebody(Role.OFFICE_OFFICER, "Demo Petugas Cabang", branch),
            }

    def seat(self, who: str, screen: str = "desk", *, language: str = "id") -> Seat:
        """Return the screen of somebody, signed in the first time. Keyboard at a desk in English."""
        key = (who, screen)
        if key not in self._seats:
            face = "portal" if who == "officer" else "staff"
            size = PHONE if screen == "phone" else DESK
            page, _seen = self.house.enter(self.people[who].email, size, language=language, face=face)
            hands: Hands = Taps(page) if screen == "phone" else Fingers(page)
            if language == "en" and screen == "desk":
                hands = Keyboard(page)
            self._seats[key] = Seat(page, Eyes(page), hands)
        return self._seats[key]

    def found(self) -> list[str]:
        """Return what the inspectors of all screens have found."""
        return [words for seat in self._seats.values() for words in seat.seen.found]

    @property
    def round(self) -> AuditRound:
        with self.house.site.app.app_context():
            return db.session.scalars(select(AuditRound).order_by(AuditRound.id.desc())).first()  # type: ignore[return-value]

    @property
    def board(self) -> str:
        return f"/staff/audits/rounds/{self.round.id}"

    @property
    def audit(self) -> Audit:
        return self.audits()[self._branch]

    @property
    def home(self) -> str:
        return f"/staff/audits/{self.audit.id}"

    @property
    def draft(self) -> str:
        return f"/portal/penilaian/{self.audit.id}"

    def audits(self) -> dict[str, Audit]:
        """Return the audits of the round by the reference of their office."""
        of_round = select(Office.reference, Audit).join(Audit, Audit.office_id == Office.id)
        with self.house.site.app.app_context():
            rows = db.session.execute(of_round.where(Audit.round_id == self.round.id)).all()
            return {reference or "": audit for reference, audit in rows}

    def sheet(self, who: str) -> AuditSheet:
        with self.house.site.app.app_context():
            mine = select(AuditSheet).where(
                AuditSheet.audit_id == self.audit.id,
                AuditSheet.kind == SheetKind.ASSESSOR,
                AuditSheet.assessor_id == self.people[who].actor.user_id,
            )
            return db.session.scalars(mine).one()

    def answer(self, who: str, indicator: str) -> SheetAnswer:
        with self.house.site.app.app_context():
            place = select(SheetAnswer).where(
                SheetAnswer.sheet_id == self.sheet(who).id, SheetAnswer.indicator == indicator
            )
            return db.session.scalars(place).one()


def _somebody(role: Role, name: str, branch: str = "kc_mamuju") -> Person:
    user = UserFactory(role, name=name, office="JKT", portal_office=branch)
    actor = actor_for(user.id)
    assert actor is not None
    return Person(str(user.email), actor)


def planned(way: Round, title: str, offices: list[int]) -> None:
    """The head plans a round for the next months, ticks its offices, all by keyboard."""
    head = way.seat("head", language="en")
    page, keys = head.page, head.hands
    page.goto("/staff/audits")
    head.seen.look("rounds")
    keys.press("main a[href$='/rounds/new']")
    head.seen.look("round, empty")
    keys.write("input[name=title]", title)
    keys.write("textarea[name=purpose]", "Menilai pelayanan lima kantor cabang.")
    first = today(ZONE)
    page.locator("input[name=period_from]").fill(first.isoformat())
    page.locator("input[name=period_until]").fill((first + timedelta(days=90)).isoformat())
    keys.choose("assessors", "blind")
    keys.press("main .actions button[type=submit]")
    head.done()
    for office in offices:
        ticked(page, f"#office-{office}")
    head.seen.look("offices ticked")
    keys.press("main form[method=post] .actions button[type=submit]")
    expect(page.locator("#offices tbody tr")).to_have_count(len(offices))
    head.seen.look("board, planned")


def ticked(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Space")
    expect(page.locator(selector)).to_be_checked()


def seated(way: Round) -> None:
    """Team and days of the audit on which all eyes are."""
    head = way.seat("head")
    page, keys = head.page, head.hands
    page.goto(way.home)
    head.seen.look("audit, no team yet")
    keys.press("main a.button[href$='/team']")
    for seat, who in (
        ("lead", "lead"), ("assessor_1", "second"), ("adjudicator", "third"), ("reviewer", "reviewer"),
    ):  # fmt: skip
        page.locator(f"select[name={seat}]").select_option(str(way.people[who].actor.user_id))
    head.seen.look("team")
    keys.press("main .actions button[type=submit]")
    head.done()
    keys.press("main a.button[href$='/days']")
    page.locator("input[name=first]").fill(today(ZONE).isoformat())
    page.locator("input[name=last]").fill((today(ZONE) + timedelta(days=1)).isoformat())
    head.seen.look("days")
    keys.press("main .actions button[type=submit]")
    head.done()
    head.seen.look("audit, planned")


def begun(way: Round) -> None:
    head = way.seat("head")
    head.page.goto(way.board)
    head.hands.press("form[action$='/begin'] button")
    head.done()
    head.seen.look("board, running")


def assigned(way: Round) -> None:
    """The lead writes the letter of assignment, the head, who did not, issues it."""
    lead, head = way.seat("lead"), way.seat("head")
    lead.page.goto(way.home)
    lead.hands.press("main a.button[href$='/assignment']")
    lead.seen.look("letter of assignment")
    lead.hands.press("main .actions button[type=submit]")
    lead.page.wait_for_url("**/staff/documents/*")
    expect(lead.page.locator("form[action$='/issue']")).to_have_count(0)
    head.page.goto(way.home)
    head.hands.press("main a.button[href*='/documents/']")
    head.seen.look("letter, draft")
    head.hands.press("form[action$='/issue'] button")
    expect(head.page.locator("main a[download]")).to_be_visible()
    head.seen.look("letter, issued")


def declared(way: Round, who: str, screen: str) -> None:
    """Somebody of the team declares to have no interest in the office."""
    seat = way.seat(who, screen)
    seat.page.goto(way.home)
    seat.hands.press("main a[href$='/interest']")
    seat.seen.look(f"interest, {who}")
    seat.hands.choose("interest", "no")
    seat.hands.press("main .actions button[type=submit]")
    seat.done()


def photographed(way: Round, seat: Seat, name: str, seed: int, shoot: str, rows: str) -> None:
    """Take a photo with the phone and wait until it has arrived and was checked."""
    picture = way.house.folder / name
    picture.write_bytes(photo(seed))
    with seat.page.expect_file_chooser() as chooser:
        seat.page.locator(shoot).tap()
    chooser.value.set_files(picture)
    expect(seat.page.locator(f"{rows} .file[data-state=ready]")).to_have_count(1)


def question(seat: Seat, sheet: str, indicator: str) -> None:
    seat.page.goto(f"{sheet}/indicators/{indicator}")


def chosen(seat: Seat, sheet: str, indicator: str, step: str) -> None:
    """Answer with one tap, and go on to the question after it."""
    question(seat, sheet, indicator)
    seat.hands.choose("choice", step)
    seat.hands.press("#answer button[value=next]")
    expect(seat.page.locator("main .notice.success")).to_contain_text(indicator)


def counters_with_a_photo(way: Round, seat: Seat, sheet: str, indicator: str) -> None:
    """Three counters, each a step worse than the one before; the suggestion is taken over; a photo."""
    question(seat, sheet, indicator)
    for place, step in enumerate(("3", "2", "1")):
        seat.hands.choose("value", step)
        seat.page.locator("#samples select[name=counter]").select_option(index=place)
        kept(seat)
    expect(seat.page.locator("#samples li.entry")).to_have_count(3)
    seat.seen.look("three counters")
    taken_over(seat)
    photographed(way, seat, "jalur.jpg", 5, "#bukti-box button[data-part=shoot]", "#bukti")
    seat.seen.look("counters with a photo")


def kept(seat: Seat) -> None:
    seat.hands.press("#samples form[action$='/samples'] button[type=submit]")


def taken_over(seat: Seat) -> None:
    seat.hands.press("#samples .notice form button")


def file_of_a_claim(seat: Seat, sheet: str, indicator: str) -> None:
    question(seat, sheet, indicator)
    day = today(ZONE) - timedelta(days=30)
    seat.hands.write("input[name=mark]", "Berkas 1")
    for at, name in enumerate(("received_on", "complete_on", "decided_on")):
        seat.page.locator(f"input[name={name}]").fill((day + timedelta(days=at)).isoformat())
    kept(seat)
    seat.seen.look("file of a claim")
    taken_over(seat)


def interview(seat: Seat, sheet: str, indicator: str) -> None:
    """An answer that is kept at once, without a button, and what somebody said as its evidence."""
    question(seat, sheet, indicator)
    seat.hands.choose("choice", "4")
    expect(seat.page.locator("[data-part=saved]")).not_to_be_empty()
    seat.hands.write("#words textarea[name=text]", "Petugas menjelaskan syarat JHT tanpa melihat catatan.")
    seat.hands.press("#words button[type=submit]")
    seat.done()
    seat.seen.look("interview")


def timed(seat: Seat, sheet: str, indicator: str) -> None:
    """A waiting time by the clock of the page."""
    question(seat, sheet, indicator)
    seat.page.locator("[data-part=run]").tap()
    expect(seat.page.locator("[data-part=time]")).to_have_text("0:01")
    seat.page.locator("[data-part=run]").tap()
    kept(seat)
    taken_over(seat)
    seat.seen.look("clock")


def rest_of_sheet(way: Round, who: str, seat: Seat) -> None:
    """What is still open is filled in at once; the sheet is handed in by hand."""
    sheet = way.sheet(who)
    with way.house.site.app.app_context():
        fill_rest(sheet.id, way.people[who].actor)
    seat.page.goto(f"/staff/audits/field/{sheet.id}")
    seat.seen.look(f"sheet of {who}, whole")
    seat.hands.press("main form[action$='/submit'] button")
    seat.done()
