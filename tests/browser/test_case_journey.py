"""A complaint on its way through the house: filed by phone, checked, decided, examined, talked about.

The staff works by keyboard alone, then with fingers on a phone, then without JavaScript. On the way: who
reports is on no page but the opened one, and no officer is named to the reporter.
"""

import re
from dataclasses import dataclass
from datetime import date

import pytest
from flask import Response, request
from playwright.sync_api import Page, expect
from sqlalchemy import select, text

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import MATERIAL_ITEMS
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import PASSWORD, code_at
from tests.factories.complaints import Team, TeamFactory

from . import journeys
from .hands import Fingers, Hands, Keyboard
from .live import Site
from .people import PHONE, SCREENS

QUESTION = "Apakah Ibu masih menyimpan tanda terima berkas?"
ANSWER = "Masih. Tertanggal 5 Agustus, nomor antrean A-017."
NOT_TOLD = ("F2", "F3", "F4", "F5")  # the journey tells name and phone alone
EXCEPTED = "Tidak diperlukan untuk pemeriksaan ini; ditanyakan bila perlu."
CONSIDERATIONS = "Rapat menilai berkas lengkap dan penundaan terjadi tanpa alasan yang sah."
REASON = "Memeriksa alamat sebelum menulis surat."
NOTE = "Tanda terima cocok dengan buku antrean."
WORD = "Laporan Ibu sedang diperiksa. Ibu tidak perlu datang."
THANKS = "Terima kasih, saya tunggu."
NUMBER = re.compile(r"\d{4}/LM/[IVXL]+/\d{4}/MAM")


@dataclass
class Officer:
    """Somebody of the house at a screen of their own."""

    page: Page
    hands: Hands
    case: str  # its address

    def open(self, path: str = "") -> None:
        self.page.goto(self.case + path)

    def write(self, box: str, words: str) -> None:
        """Fill a box on the case page and send its form."""
        self.open()
        self.hands.write(f"textarea[name={box}]", words)
        self.hands.press(f"form[action$='/{box}s'] button[type=submit]")
        expect(self.page.locator("main .notice.success")).to_be_visible()


def paths_telling(site: Site, *words: str) -> set[str]:
    """Watch what leaves the house; return the ways on which one of the words did, filled from now on."""
    found: set[str] = set()

    def look(response: Response) -> Response:
        told = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        if any(word in told for word in words):
            found.add(f"{request.method} {request.path}")
        return response

    site.app.after_request_funcs.setdefault(None, []).append(look)
    return found


def enter(site: Site, page: Page, hands: Hands, team: Team, role: Role) -> None:
    """Through the real door: address, password, code of the app."""
    site.forget_codes()
    page.goto("/staff/sign-in")
    hands.write("input[name=email]", team.users[role].email)
    hands.write("input[name=password]", PASSWORD)
    hands.write("input[name=code]", code_at(now()))
    hands.press("main form button[type=submit]")
    page.wait_for_url("**/staff/")


@pytest.mark.parametrize(
    ("screen", "language", "hands", "has_scripts"),
    [
        pytest.param("desk", "id", Keyboard, True, id="keyboard-id"),
        pytest.param("phone", "en", Fingers, False, id="phone-without-scripts"),
        pytest.param("desk", "en", Keyboard, True, id="keyboard-en", marks=pytest.mark.full),
        pytest.param("phone", "id", Fingers, True, id="phone", marks=pytest.mark.full),
    ],
)
def test_given_a_complaint_by_phone_when_the_house_works_it_then_it_reaches_its_examiner(
    site, person, screen, language, hands, has_scripts
):
    with site.app.app_context():
        team = TeamFactory()
    identity = paths_telling(site, journeys.NAME, journeys.PHONE_NUMBER)
    officers = paths_telling(site, *(user.name for user in team.users.values()))
    reporter = person(PHONE, language=language, java_script_enabled=has_scripts)
    receipt = journeys.file_complaint(reporter)
    address = case_of(site, receipt.ticket)

    def officer(role: Role) -> Officer:
        page = person(SCREENS[screen], language=language, java_script_enabled=has_scripts)
        enter(site, page, hands(page), team, role)
        return Officer(page, hands(page), address)

    intake = officer(Role.PVL_ASSISTANT)
    number = begin(intake)
    intake.write("message", QUESTION)
    expect(intake.page.locator(".conversation .own")).to_have_count(1)
    answer(reporter, receipt, QUESTION, ANSWER)
    formal_check(intake)
    material_check(intake)
    decide(officer(Role.HEAD_OF_REPRESENTATIVE), team)
    examiner = officer(Role.EXAMINER)
    declare_free(examiner)
    open_identity(site, examiner)
    examiner.write("note", NOTE)
    examiner.write("message", WORD)
    answer(reporter, receipt, WORD, THANKS)

    examiner.open()
    expect(examiner.page.locator("#messages .conversation")).to_contain_text(THANKS)
    expect(examiner.page.locator("h1")).to_have_text(number)
    told_whole(examiner.page)
    told_everywhere(examiner.page, number)
    assert {way for way in identity if "/lapor" not in way} == {f"POST {address}/identity"}
    assert not [way for way in officers if "/staff" not in way], "no officer is named to the reporter"
    with site.app.app_context():
        assert db.session.scalar(select(Complaint.registration_number)) == number


def case_of(site: Site, ticket: str) -> str:
    with site.app.app_context():
        found = db.session.scalars(select(Complaint.id).where(Complaint.ticket == ticket)).one()
    return f"/staff/complaints/{found}"


def begin(officer: Officer) -> str:
    """From the desk to the case; both clocks run; taking it draws the number."""
    page = officer.page
    officer.hands.press(f"main a[href='{officer.case}']")
    page.wait_for_url(f"**{officer.case}")
    clocks = page.locator("#clocks .deadline:has(svg.ring)")
    expect(clocks).to_have_count(2)
    for clock in clocks.all():
        day = date.fromisoformat(clock.locator("time").get_attribute("datetime") or "")
        expect(clock).to_contain_text(str((day - today("Asia/Makassar")).days))
    officer.hands.press(".next-action button[type=submit]")
    page.wait_for_url("**/formal")
    found = NUMBER.search(page.locator("main .notice.success").inner_text())
    assert found is not None
    return found.group()


def answer(page: Page, receipt: journeys.Receipt, question: str, words: str) -> None:
    """The reporter reads on the phone what was asked, and answers there."""
    journeys.follow(page, receipt)
    expect(page.locator("#pesan .conversation .other").last).to_contain_text(question)
    page.locator("textarea[name=message]").fill(words)
    page.locator("#pesan form button[type=submit]").click()
    page.wait_for_url("**terkirim=ya*")
    expect(page.locator("#pesan .conversation .own").last).to_contain_text(words)


def formal_check(officer: Officer) -> None:
    """What the file shows is filled in; the rest is judged by hand; only then it goes on."""
    page, hands = officer.page, officer.hands
    officer.open()
    expect(page.locator("#messages .conversation")).to_contain_text(ANSWER)
    expect(page.locator("#messages .conversation .own .soft")).to_have_count(1)  # read by the reporter
    hands.press(".next-action a.button")
    page.wait_for_url("**/formal")
    hands.press("button[value=suggest]")
    for item in ("F1", "F7", "F8", "F9", "F13"):
        expect(page.locator(f"input[name=verdict_{item}][value=met]")).to_be_checked()
    hands.press("button[name=go]")
    expect(page.locator(".error-summary li")).to_have_count(5)  # four things not told, and no copy seen
    for item in NOT_TOLD:
        hands.choose(f"verdict_{item}", "excepted")
        hands.write(f"textarea[name=reason_{item}]", EXCEPTED)
    hands.choose("verdict_F6", "seen")
    hands.press("button[name=go]")
    page.wait_for_url(f"**{officer.case}")


def material_check(officer: Officer) -> None:
    page, hands = officer.page, officer.hands
    hands.press(".next-action a.button")
    page.wait_for_url("**/material")
    for item in MATERIAL_ITEMS:
        hands.choose(f"verdict_{item.id}", "met")
    hands.press("button[name=go]")
    page.wait_for_url(f"**{officer.case}")
    expect(page.locator(".next-action.mine")).to_have_count(0)  # the head must act now


def decide(officer: Officer, team: Team) -> None:
    page, hands = officer.page, officer.hands
    officer.open()
    hands.press(".next-action a.button")
    page.wait_for_url("**/decide")
    hands.write("textarea[name=considerations]", CONSIDERATIONS)
    hands.choose("examiner", str(team.users[Role.EXAMINER].id))
    hands.press("main .actions button[type=submit]")
    page.wait_for_url(f"**{officer.case}")
    expect(page.locator("#parties")).to_contain_text(team.users[Role.EXAMINER].name)


def declare_free(officer: Officer) -> None:
    """Nothing can be written or opened before it is said that there is no interest."""
    page, hands = officer.page, officer.hands
    hands.press(f"main a[href='{officer.case}']")
    page.wait_for_url(f"**{officer.case}")
    expect(page.locator("a[href$='/identity']")).to_have_count(0)
    hands.press(".next-action a.button")
    page.wait_for_url("**/declare")
    hands.choose("interest", "no")
    hands.press("main .actions button[type=submit]")
    page.wait_for_url(f"**{officer.case}")
    expect(page.locator("a[href$='/identity']")).to_have_count(1)


def open_identity(site: Site, officer: Officer) -> None:
    """With a reason, and, since the sign-in is old, with password and code once more."""
    page, hands = officer.page, officer.hands
    hands.press("a[href$='/identity']")
    page.wait_for_url("**/identity")
    hands.write("textarea[name=reason]", REASON)
    site.forget_codes()
    with site.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("update stored_session set proved_at = null"))
    hands.press("main .actions button[type=submit]")
    hands.write("input[name=proof_password]", PASSWORD)
    hands.write("input[name=proof_code]", code_at(now()))
    hands.press("main form button[type=submit]")
    expect(page.locator("main .summary")).to_contain_text(journeys.NAME)
    expect(page.locator("main .summary")).to_contain_text(journeys.PHONE_NUMBER)
    hands.press("main a.button")
    page.wait_for_url(f"**{officer.case}")
    journeys.shows_nobody(page)


def told_whole(page: Page) -> None:
    """Every act stands in the history, and is in sight or one press away."""
    lines = page.locator("#history .timeline > li")
    expect(lines).to_have_count(13)
    for kind, number in {"message_out": 3, "message_in": 2, "note": 1, "opened": 1, "letter": 1}.items():
        expect(page.locator(f"#history .timeline > li.{kind}")).to_have_count(number)
    for words in (REASON, NOTE, CONSIDERATIONS):
        expect(page.locator("#history")).to_contain_text(words)


def told_everywhere(page: Page, number: str) -> None:
    for path in ("/staff/", "/staff/complaints/"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text(number)
