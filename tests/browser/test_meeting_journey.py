"""From a plan to a confirmed commitment: the desk, the head, a phone in the room, the portal."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.models import Commitment, MeetingPerson, MonitoringMeeting
from tests.factories.accounts import UserFactory

from . import journeys
from .hands import Fingers, Hands, Keyboard
from .live import Site
from .people import DESK, PHONE, People
from .test_accessibility import Inspector

ZONE = "Asia/Makassar"
TOPIC, PROMISE = "Kepesertaan perangkat desa", "Menganggarkan iuran seluruh perangkat desa."


@pytest.fixture
def people(chromium: Browser, site: Site, served: str) -> Iterator[People]:
    """`served` works the queue beside the site, so that letters are made for real."""
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def enter(
    site: Site, people: People, email: str, screen: dict, face: str = "staff"
) -> tuple[Page, Inspector]:
    page = people.person(screen, language="id")
    journeys.sign_in(page, email, site=site, face=face)
    return page, Inspector(page)


def test_given_a_meeting_when_it_is_held_then_what_was_promised_is_followed_until_it_is_done(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        keeper = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan").email)
        head = str(UserFactory(Role.HEAD_OF_REPRESENTATIVE, name="Demo Kepala").email)
        officer = str(
            UserFactory(Role.OFFICE_OFFICER, name="Demo Pemda", portal_office="pemkab_mamuju").email
        )
    desk, seen = enter(site, people, keeper, DESK)
    hands = Keyboard(desk)
    plans(desk, hands, seen)
    issued(site, people, head, desk.url)
    desk.goto(meeting_page(site))
    code = shows_code(desk, hands, seen)
    signs_in(people.person(PHONE), code)
    with site.later(1):
        held(site, people, keeper)
        issued_minutes(site, people, head)
        reports(site, people, officer)
        confirms(site, people, head)
    assert seen.found == []
    with site.app.app_context():
        assert db.session.scalars(select(Commitment.state)).one() == "done"


def plans(desk: Page, hands: Hands, seen: Inspector) -> None:
    """By keyboard: plan it, write the invitation."""
    hands.press("nav a[href='/staff/meetings']")
    seen.look("no meeting yet")
    hands.press("main a[href='/staff/meetings/new']")
    seen.look("the plan")
    desk.locator("input[name=kind][value=monev]").check()
    hands.write("input[name=topic]", TOPIC)
    desk.locator("input[name=on]").fill(today(ZONE).isoformat())
    hands.write("input[name=at]", "23.50")
    hands.write("input[name=place]", "Aula kantor")
    hands.write("textarea[name=agenda]", "Pembukaan; Kepala Perwakilan; 10")
    desk.get_by_label("Pemerintah Kabupaten Mamuju").check()
    hands.press("main form button[type=submit]")
    expect(desk.locator("h1")).to_have_text(TOPIC)
    seen.look("planned")
    hands.press("main a[href$='/invitation']")
    seen.look("the invitation")
    hands.press("main form button[type=submit]")
    expect(desk.locator("main")).to_contain_text(TOPIC)


def issued(site: Site, people: People, head: str, paper: str) -> None:
    """Another person issues a paper."""
    page, _seen = enter(site, people, head, DESK)
    page.goto(paper)
    page.locator("form[action$='/issue'] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("/PM.0")


def meeting_page(site: Site) -> str:
    with site.app.app_context():
        return f"/staff/meetings/{db.session.scalars(select(MonitoringMeeting.id)).one()}"


def shows_code(desk: Page, hands: Hands, seen: Inspector) -> str:
    """The code is made for the wall of the room; return its address."""
    hands.press("#next-action ~ .buttons a[href$='/room'], .next-action a[href$='/room']")
    hands.press("form[action$='/door'] button[type=submit]")
    expect(desk.locator(".room-code .qr svg")).to_be_visible()
    seen.look("the code of the room")
    address = desk.locator(".room-code .whole").inner_text()
    return "/hadir/" + address.rsplit("/", 1)[1]


def signs_in(phone: Page, code: str) -> None:
    """Without an account, twice: once on the list."""
    seen = Inspector(phone)
    for name in ("Maria Contoh", " maria contoh"):
        phone.goto(code)
        seen.look("I am here")
        phone.locator("input[name=name]").fill(name)
        phone.locator("input[name=function]").fill("Kepala Dinas")
        phone.locator("input[name=body]").fill("Dinas PMD")
        phone.locator("input[name=agrees]").check()
        Fingers(phone).press("main form button[type=submit]")
        expect(phone.locator("h1")).to_have_text("Anda tercatat hadir")
        seen.look("noted")
    assert seen.found == []


def held(site: Site, people: People, keeper: str) -> None:
    """It took place: a result, a commitment, the minutes."""
    desk, seen = enter(site, people, keeper, DESK)
    hands, page = Keyboard(desk), meeting_page(site)
    desk.goto(page)
    hands.press("form[action$='/hold'] button[type=submit]")
    hands.press(".next-action a[href$='/results']")
    desk.locator("textarea").first.fill("Disepakati satu komitmen.")
    seen.look("results")
    hands.press("main form button[type=submit]")
    hands.press(".next-action a[href$='/commitments/new']")
    hands.write("textarea[name=text]", PROMISE)
    desk.locator("select[name=office]").select_option(label="Pemerintah Kabupaten Mamuju")
    desk.locator("input[name=due_on]").fill(f"{today(ZONE).year + 1}-06-30")
    seen.look("a commitment")
    hands.press("main form button[type=submit]")
    desk.goto(f"{page}/people")
    expect(desk.locator("main")).to_contain_text("Maria Contoh")
    desk.goto(f"{page}/minutes")
    hands.press("main form button[type=submit]")
    assert seen.found == []
    with site.app.app_context():
        assert len(db.session.scalars(select(MeetingPerson.id)).all()) == 1


def issued_minutes(site: Site, people: People, head: str) -> None:
    page, seen = enter(site, people, head, DESK)
    page.goto(meeting_page(site))
    page.locator(".next-action a[href*='/documents/'], .next-action a[href*='/staff/']").first.click()
    page.locator("form[action$='/issue'] button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("/PM.02/")
    seen.look("the minutes are issued")
    assert seen.found == []


def reports(site: Site, people: People, officer: str) -> None:
    """The body reads the minutes and reports that it is done."""
    phone, seen = enter(site, people, officer, PHONE, face="portal")
    hands = Fingers(phone)
    phone.goto("/portal/meetings")
    hands.press(".asked a")
    expect(phone.locator("main")).not_to_contain_text("Maria Contoh")
    seen.look("the meeting in the portal")
    hands.press("#read form button[type=submit]")
    hands.press("main a[href*='/commitments/']")
    seen.look("the commitment")
    hands.press(".next-action a[href$='/report']")
    phone.locator("input[name=done_on]").fill(today(ZONE).isoformat())
    phone.locator("textarea[name=text]").fill("APBD perubahan ditetapkan.")
    seen.look("the report")
    hands.press("form[data-after-upload] button[type=submit]")
    expect(phone.locator("main")).to_contain_text("APBD perubahan ditetapkan.")
    assert seen.found == []


def confirms(site: Site, people: People, head: str) -> None:
    page, seen = enter(site, people, head, DESK)
    hands = Keyboard(page)
    page.goto("/staff/meetings/commitments?state=reported")
    hands.press("main table a")
    hands.press(".next-action a[href$='/confirm']")
    hands.press("main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("Selesai")
    page.goto(f"{meeting_page(site)}/follow-up")
    expect(page.locator("main")).to_contain_text("1 selesai")
    seen.look("the follow-up")
    assert seen.found == []
