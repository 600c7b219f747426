"""Papers that prove themselves, as people meet them: gunicorn, the runner and the render server do the work.

A receipt for whoever files; a letter that asks for more, opened and answered on a phone; a refusal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.states import ComplaintState, clock
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import Channel, Proof
from tests.factories.accounts import UserFactory
from tests.factories.complaints import Team, TeamFactory, bring_to

from . import journeys
from .hands import Fingers, Hands, Keyboard
from .live import Site
from .people import DESK, PHONE, People
from .photos import photo
from .sending import choose

GENUINE, ALTERED = "Berlaku", "Diubah"
WANTED = "Mohon kirim salinan KTP yang masih berlaku.\n\nFoto dari ponsel boleh, asal tulisannya terbaca."
SENT = "Ini foto KTP saya."
REASONS = "Pokok laporan ini sedang diperiksa Pengadilan Negeri Mamuju sejak 7 September 2026."
ADVICE = "Mintalah bantuan pos bantuan hukum di pengadilan negeri; layanannya tanpa biaya."
CONSIDERATIONS = "Rapat menilai bahwa perkara yang sama sedang diperiksa oleh pengadilan."
NUMBER = re.compile(r"B/\d{4}/LM\.\d\d/\d{4}\.\d{4}/MAM/[IVX]+/\d{4}")


@dataclass
class House:
    """The office at work, and the phones of those who report."""

    site: Site
    people: People
    team: Team
    colleague: str  # the address of another officer of intake

    def officer(self, email: str, hands: type[Hands] = Fingers) -> tuple[Page, Hands]:
        page = self.people.person(DESK)
        journeys.sign_in(page, email, site=self.site)
        return page, hands(page)

    def case(self, ticket: str) -> int:
        with self.site.app.app_context():
            return db.session.scalars(select(Complaint.id).where(Complaint.ticket == ticket)).one()


@pytest.fixture
def house(chromium: Browser, site: Site, served: str) -> Iterator[House]:
    with site.app.app_context():
        team = TeamFactory()
        colleague = UserFactory(Role.PVL_ASSISTANT, name="Demo Rekan").email
    people = People(chromium, served)
    yield House(site, people, team, colleague)
    people.close()
    assert people.problems == []


def test_given_a_report_by_phone_when_the_receipt_is_asked_for_then_anybody_can_prove_it(
    house: House, tmp_path: Path
) -> None:
    reporter = house.people.person(PHONE)
    journeys.file_complaint(reporter)

    file, code = receipt_of(reporter, tmp_path)

    altered = tmp_path / "diubah.pdf"
    content = file.read_bytes()
    altered.write_bytes(content[:-200] + bytes([content[-200] ^ 1]) + content[-199:])
    stranger = house.people.person(PHONE)
    asked: list[tuple[str, str | None]] = []
    stranger.on("request", lambda request: asked.append((request.method, request.post_data)))
    for path, word in ((file, GENUINE), (altered, ALTERED)):
        stranger.goto("/verifikasi")
        stranger.get_by_label("Pilih PDF surat").set_input_files(path)
        expect(stranger.locator("h1")).to_have_text(word)
        fits(stranger)
    assert set(asked) == {("GET", None)}, "the file stays on the phone"
    stranger.goto("/verifikasi")
    stranger.get_by_label("Kode surat").fill(code)
    stranger.keyboard.press("Enter")
    expect(stranger.locator("h1")).to_have_text(GENUINE)
    journeys.shows_nobody(stranger)


def test_given_something_missing_when_the_letter_is_opened_on_a_phone_then_its_time_runs(
    house: House, tmp_path: Path
) -> None:
    reporter = house.people.person(PHONE)
    receipt = journeys.file_complaint(reporter)
    case = house.case(receipt.ticket)
    desk, hands = house.officer(house.team.users[Role.PVL_ASSISTANT].email)
    desk.goto(f"/staff/complaints/{case}")
    hands.press(".next-action button[type=submit]")

    paper = drafted(desk, hands, case, "completion_request")
    colleague, hands = house.officer(house.colleague)
    colleague.goto(paper)
    number = issued(colleague, hands)
    colleague.goto(f"/staff/complaints/{case}")
    expect(colleague.locator("#letters")).to_contain_text("penerimaan belum terbukti")
    open_letter(reporter, receipt, WANTED.splitlines()[0], number)

    proven(house, number)
    colleague.goto(f"/staff/complaints/{case}")
    expect(colleague.locator("#letters")).to_contain_text("diterima")
    adds_up(house, colleague, case)
    completed(reporter, tmp_path)
    desk.goto(f"/staff/complaints/{case}")
    expect(desk.locator("#messages")).to_contain_text(SENT)
    expect(desk.locator("#evidence .evidence")).to_have_count(1)
    with house.site.app.app_context():
        found = db.session.get_one(Complaint, case)
        assert found.state is ComplaintState.FORMAL_VERIFICATION


def test_given_a_refusal_when_the_head_issues_it_by_keyboard_then_the_reporter_reads_what_now(
    house: House,
) -> None:
    reporter = house.people.person(PHONE)
    receipt = journeys.file_complaint(reporter)
    case = house.case(receipt.ticket)
    with house.site.app.app_context():
        bring_to(db.session.get_one(Complaint, case), ComplaintState.PLENARY_DECISION, house.team)
    desk, hands = house.officer(house.team.users[Role.PVL_ASSISTANT].email)
    paper = drafted(desk, hands, case, "refusal_notice")
    expect(desk.locator("form[action$='/issue']")).to_have_count(0)
    head, hands = house.officer(house.team.users[Role.HEAD_OF_REPRESENTATIVE].email, Keyboard)
    head.goto(paper)

    hands.press("form[action$='/approve'] button")
    expect(head.locator("main .notice.success")).to_be_visible()
    number = issued(head, hands)

    open_letter(reporter, receipt, ADVICE, number)
    expect(reporter.locator("main")).to_contain_text(REASONS)
    journeys.follow(reporter, receipt)
    expect(reporter.locator("main .ticket-line")).to_contain_text("Ditutup")
    expect(reporter.locator("#surat li")).to_have_count(1)
    fits(reporter)
    head.goto(f"/staff/complaints/{case}")
    expect(head.locator("#letters li:has(a[href*='/documents/'])")).to_have_count(3)  # and both minutes


def receipt_of(page: Page, folder: Path) -> tuple[Path, str]:
    """From the page of the receipt to the signed file; return it and the code that stands on it."""
    page.locator("main a[href='/lacak/tanda-terima']").click()
    page.locator("main form .actions button").click()
    page.locator("main form[action$='/buka'] button").click()
    page.wait_for_url("**/lacak/surat/*")
    fits(page)
    with page.expect_download() as waited:
        page.locator("main a[download]").click()
    file = folder / "tanda-terima.pdf"
    file.write_bytes(Path(waited.value.path()).read_bytes())
    found = re.search(r"kode ((?:[0-9A-Z]{1,4} ?){7})", page.locator("main").inner_text())
    assert found is not None
    return file, found[1].strip()


def drafted(page: Page, hands: Hands, case: int, kind: str) -> str:
    """From the page of the case to a kept draft; return its address."""
    page.goto(f"/staff/complaints/{case}")
    hands.press(f"#letters a[href$='/letters/{kind}']")
    if kind == "completion_request":
        page.locator("input[name=items][value=F6]").check()
        hands.write("textarea[name=words]", WANTED)
    else:
        hands.choose("ground", "court_object")
        for name, words in (("considerations", CONSIDERATIONS), ("words", REASONS), ("advice", ADVICE)):
            hands.write(f"textarea[name={name}]", words)
    hands.press("main .actions button[type=submit]")
    page.wait_for_url("**/staff/documents/*")
    return page.url


def issued(page: Page, hands: Hands) -> str:
    """Issue the paper of a page, wait until it is made; return its number."""
    hands.press("form[action$='/issue'] button")
    expect(page.locator("main a[download]")).to_be_visible()
    number = NUMBER.search(page.locator("h1").inner_text())
    assert number is not None
    return number.group()


def open_letter(page: Page, receipt: journeys.Receipt, words: str, number: str) -> None:
    """The reporter sees that there is a letter, opens it, reads it."""
    journeys.follow(page, receipt)
    expect(page.locator("#surat li")).to_contain_text("Baru")
    page.locator("#surat li a").click()
    expect(page.locator("main")).not_to_contain_text(words)
    page.locator("main form[action$='/buka'] button").click()
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main .ticket-line")).to_contain_text(number)
    fits(page)


def proven(house: House, number: str) -> None:
    """Opening it is the proof, with its instant."""
    with house.site.app.app_context():
        way = db.session.scalars(
            select(Delivery)
            .join(Document, Document.id == Delivery.document_id)
            .where(Document.number == number)
        ).one()
        assert (way.channel, way.proof) == (Channel.FOLLOW, Proof.OPENED)
        assert way.delivered_at is not None


def adds_up(house: House, page: Page, case: int) -> None:
    """The clock of the answer shows each day; the counted ones make its length, the last is the day due."""
    with house.site.app.app_context():
        running = db.session.scalars(
            select(ComplaintClock).where(
                ComplaintClock.complaint_id == case,
                ComplaintClock.clock == clock("complete_the_report").id,
                ComplaintClock.ended_on.is_(None),
            )
        ).one()
        number, length, due_on = running.id, running.length, running.due_on
    page.locator(f"a[href$='/clocks/{number}']").first.click()
    shown = page.locator("main .deadline time").first.get_attribute("datetime") or ""
    assert date.fromisoformat(shown) == due_on
    counted = page.locator("ol.days li:not(.skipped) b").all_inner_texts()
    assert [int(one) for one in counted] == list(range(1, length + 1))
    last = page.locator("ol.days li").last
    expect(last).to_contain_text(f"{due_on.day} ")


def completed(page: Page, folder: Path) -> None:
    """The reporter answers where the letter says: a photo, a few words."""
    picture = folder / "ktp.jpg"
    picture.write_bytes(photo(7))
    page.goto("/lacak/laporan")
    page.locator("main a[href='/lacak/lengkapi']").first.click()
    fits(page)
    choose(page, picture)
    expect(page.locator("#berkas .file[data-state=ready]")).to_have_count(1)
    page.locator("textarea[name=message]").fill(SENT)
    page.locator("main form:has(textarea) button[type=submit]").click()
    page.wait_for_url("**terkirim=lengkap*")
    expect(page.locator("main .notice.success")).to_be_visible()


def fits(page: Page) -> None:
    """Nothing sticks out of the screen, or is cut off by the card in which it stands."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    cut = "[...document.querySelectorAll('main .card')].some((card) => card.scrollWidth > card.clientWidth)"
    assert not page.evaluate(cut), page.url
