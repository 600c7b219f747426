"""From information by phone to a finding: an employer is followed, and who is late is the public body.

The product runs ahead of the real clock where a time has to pass (`Site.later`).
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.employers.commands.cases import notice_delays
from ombudsman_app.employers.models import CaseClock, EmployerComplianceCase
from ombudsman_app.findings.models import Finding
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory

from . import journeys
from .hands import Fingers, Hands, Keyboard
from .live import Site
from .people import DESK, PHONE, People
from .test_accessibility import Inspector

ZONE = "Asia/Makassar"
COMPANY, PLACE = "PT Ikan Segar Tapandullu", "Desa Tapandullu"
STORY = "Upah kami dipotong iuran setiap bulan, tetapi kartu saya ditolak di klinik. Saya takut dikenali."
CHECKED = "Daftar peserta dicocokkan dengan izin usaha: delapan belas dari tiga puluh tidak terdaftar."
SUMMARY = "Delapan belas dari tiga puluh pekerja tidak terdaftar menurut izin usaha. Mohon ditindaklanjuti."


@pytest.fixture
def people(chromium: Browser, site: Site, served: str) -> Iterator[People]:
    """`served` works the queue beside the site, so that the letter to the branch is made for real."""
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def enter(site: Site, people: People, email: str, screen: dict, **more: str) -> tuple[Page, Inspector]:
    page = people.person(screen, language=more.pop("language", "id"))
    journeys.sign_in(page, email, site=site, face=more.pop("face", "staff"))
    return page, Inspector(page)


def test_given_information_by_phone_when_the_branch_stays_late_then_it_becomes_a_finding(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        EmployerFactory(name="PT Ikan Segar Tapandulu", region_id=None)  # looks alike, and is another
        examiner = str(UserFactory(Role.EXAMINER, name="Demo Pemeriksa").email)
        head = str(UserFactory(Role.HEAD_OF_REPRESENTATIVE, name="Demo Kepala").email)
        officer = str(UserFactory(Role.OFFICE_OFFICER, name="Demo Cabang", portal_office="kc_mamuju").email)
    tells(people.person(PHONE))

    desk, seen = enter(site, people, examiner, DESK)
    hands = Keyboard(desk)
    links(desk, hands, seen)
    begins(desk, hands, seen)
    assert seen.found == []
    released(site, people, head)
    opened_by_branch(site, people, officer)
    found_late(site, people, head)


def tells(phone: Page) -> None:
    """Without identity, naming the company and its place."""
    for answer in journeys.ANSWERS[:-1]:
        if answer is journeys.answer_narrative:
            phone.wait_for_url("**/lapor/kejadian")
            phone.locator("details.more summary").click()
            phone.locator("input[name=employer_name]").fill(COMPANY)
            phone.locator("input[name=employer_place]").fill(PLACE)
            answer(phone, STORY)
        elif answer is journeys.answer_confidentiality:
            phone.wait_for_url("**/lapor/kerahasiaan")
            journeys.choose(phone, "confidentiality", "anonymous")
            journeys.go_on(phone)
        else:
            answer(phone)
    phone.wait_for_url("**/lapor/periksa")
    expect(phone.locator("main")).to_contain_text(f"{COMPANY}, {PLACE}")
    journeys.go_on(phone)
    journeys.receipt_on(phone)


def links(desk: Page, hands: Hands, seen: Inspector) -> None:
    """The examiner reads it, sees what looks alike, and puts the company into the register."""
    hands.press("nav a[href='/staff/tips/']")
    hands.press("#tips a")
    expect(desk.locator("#employers")).to_contain_text("Sebuah perusahaan disebut")
    seen.look("information that names a company")
    hands.press("#employers a.button")
    expect(desk.locator("main")).to_contain_text("PT Ikan Segar Tapandulu")
    seen.look("which employer is meant")
    hands.press("main a[href$='/employers/new']")
    expect(desk.locator("input[name=name]")).to_have_value(COMPANY)
    hands.press("main form button[type=submit]")
    expect(desk.locator("main")).to_contain_text("Tapandulu")
    seen.look("looks alike")
    desk.locator("input[name=sure]").check()
    hands.press("main form button[type=submit]")
    expect(desk.locator("#employers")).to_contain_text(COMPANY)


def begins(desk: Page, hands: Hands, seen: Inspector) -> None:
    """What is not kept is noted, the case opened from the information, checked, and summed up."""
    tip = desk.url
    hands.press("#employers li a")
    hands.press("main a[href$='/breach']")
    desk.locator("input[name=breaches][value=pds_workers]").check()
    desk.locator("input[name=found_on]").fill(today(ZONE).isoformat())
    desk.locator("select[name=source_kind]").select_option(index=1)
    hands.write("input[name=source]", "Data izin usaha, November")
    seen.look("what it does not keep")
    hands.press("main form button[type=submit]")
    desk.goto(tip)
    hands.press("#employers a[href*='/cases/new']")
    expect(desk.locator("main form")).to_contain_text("Informasi MAM-")
    seen.look("a case is opened")
    hands.press("main form button[type=submit]")
    expect(desk.locator("h1")).to_have_text(COMPANY)
    expect(desk.locator("main a[href^='/staff/tips/']")).to_contain_text("Informasi MAM-")
    seen.look("reported")
    hands.write("#verify textarea", CHECKED)
    hands.press("#verify button[type=submit]")
    hands.press("main a.button[href$='/branch']")
    hands.write("textarea[name=summary]", SUMMARY)
    seen.look("what the branch shall read")
    hands.press("main form button[type=submit]")
    expect(desk.locator("#summary")).to_contain_text(SUMMARY)


def case_of(site: Site) -> int:
    with site.app.app_context():
        return db.session.scalars(select(EmployerComplianceCase.id)).one()


def released(site: Site, people: People, head: str) -> None:
    """Another person lets it go."""
    desk, seen = enter(site, people, head, DESK, language="en")
    desk.goto(f"/staff/employers/cases/{case_of(site)}")
    seen.look("waits for release, in English")
    desk.locator("form[action$='/release'] button[type=submit]").click()
    expect(desk.locator("main .notice.success")).to_be_visible()
    seen.look("forwarded, in English")
    assert seen.found == []


def opened_by_branch(site: Site, people: People, officer: str) -> None:
    """The branch reads the summary and nothing of who told; its time runs from then on."""
    phone, seen = enter(site, people, officer, PHONE, face="portal")
    hands = Fingers(phone)
    phone.goto("/portal/compliance")
    expect(phone.locator("main")).not_to_contain_text(COMPANY)
    hands.press(".asked a")
    seen.look("not opened")
    hands.press("main form[action$='/open'] button")
    expect(phone.locator("main")).to_contain_text(SUMMARY)
    for words in (STORY, CHECKED, PLACE, "informasi tanpa identitas"):
        expect(phone.locator("body")).not_to_contain_text(words)
    seen.look("opened")
    assert seen.found == []


def found_late(site: Site, people: People, head: str) -> None:
    """Nothing comes: reminded once, then proposed; a person makes the finding, and the branch reads it."""
    with site.app.app_context():
        due = db.session.scalars(select(CaseClock.due_on)).one()
    days = (due - today(ZONE)).days
    for after, noticed in ((4, (1, 0)), (14, (0, 1))):  # calendar days over five working days
        with site.later(days + after), site.app.app_context():
            assert notice_delays() == noticed
    with site.later(days + 15):
        desk, seen = enter(site, people, head, DESK)
        desk.goto(f"/staff/employers/cases/{case_of(site)}")
        seen.look("the branch is late")
        Keyboard(desk).press("main a.button[href*='/delays/']")
        seen.look("a finding is proposed")
        expect(desk.locator("textarea[name=description]")).not_to_contain_text(COMPANY)
        desk.locator("main form").first.locator("button[type=submit]").click()
        expect(desk.locator("main")).to_contain_text("Mamuju")
        seen.look("the finding")
        assert seen.found == []
    with site.app.app_context():
        assert db.session.scalars(select(Finding)).one().office_id is not None
