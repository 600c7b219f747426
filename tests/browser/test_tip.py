"""Information without identity: told by phone, read and answered at the desk by keyboard, then by phone."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint, InformationTip, ReporterIdentity
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.complaints import TeamFactory

from . import journeys
from .hands import Keyboard
from .live import Site
from .people import DESK, PHONE
from .test_accessibility import Inspector
from .test_case_journey import enter, paths_telling

QUESTION = "Pada jam berapa biasanya loket ditutup?"
ANSWER = "Setelah pukul dua siang, setiap Jumat."
REASON = "Tiga informasi serupa tentang loket ini dalam sebulan."


def tell(page: Page) -> journeys.Receipt:
    """All questions; the name that was told first is taken back; check and send."""
    journeys.fill_all(page)
    page.goto("/lapor/kerahasiaan")
    journeys.choose(page, "confidentiality", "anonymous")
    journeys.go_on(page)
    page.wait_for_url("**/lapor/periksa")
    journeys.shows_nobody(page)
    journeys.go_on(page)
    return journeys.receipt_on(page)


@pytest.mark.parametrize(
    ("language", "scheme"),
    [("id", "light"), pytest.param("en", "dark", marks=pytest.mark.full)],
)
def test_given_information_by_phone_when_the_desk_reads_and_answers_then_the_giver_answers_too(
    site: Site, person, language: str, scheme: str
) -> None:
    with site.app.app_context():
        team = TeamFactory()
    story = paths_telling(site, journeys.NARRATIVE)
    officers = paths_telling(site, *(user.name for user in team.users.values()))
    giver = person(PHONE, language=language, color_scheme=scheme)
    eyes = Inspector(giver)
    receipt = tell(giver)
    eyes.look("receipt")
    journeys.go_on(giver)
    expect(giver.locator("#access-code")).to_have_count(0)

    desk = person(DESK, language=language, color_scheme=scheme)
    hands, desk_eyes = Keyboard(desk), Inspector(desk)
    enter(site, desk, hands, team, Role.PVL_ASSISTANT)
    hands.press("nav a[href='/staff/tips/']")
    desk_eyes.look("list")
    hands.press("#tips a")
    expect(desk.locator("#told")).to_contain_text(journeys.NARRATIVE)
    desk_eyes.look("new")
    hands.press("form[action$='/begin'] button")
    hands.write("textarea[name=message]", QUESTION)
    hands.press("form[action$='/messages'] button[type=submit]")
    expect(desk.locator("main .notice.success")).to_be_visible()

    journeys.follow(giver, receipt)
    expect(giver.locator("#pesan")).to_contain_text(QUESTION)
    expect(giver.locator("main")).not_to_contain_text(journeys.OFFICE)
    eyes.look("follow")
    giver.locator("textarea[name=message]").fill(ANSWER)
    giver.locator("#pesan form button").click()
    expect(giver.locator("#pesan .conversation")).to_contain_text(ANSWER)
    giver.locator("form[action='/lacak/tutup'] button").click()
    giver.wait_for_url("**/lacak")
    giver.go_back()
    expect(giver).to_have_url(re.compile(r"/lacak(#.*)?$"))

    desk.goto("/staff/tips/?waiting=yes")
    hands.press("#tips a")
    expect(desk.locator("#messages")).to_contain_text(ANSWER)
    desk_eyes.look("talk")
    hands.press("button[form=settle]")
    hands.press(".next-action a[href$='/decide']")
    hands.choose("move", "use")
    hands.write("textarea[name=reason]", REASON)
    desk_eyes.look("decide")
    hands.press("main .actions button")
    expect(desk.locator("#history")).to_contain_text(REASON)
    desk_eyes.look("used")
    desk.goto("/staff/tips/")
    desk_eyes.look("empty")

    assert eyes.found + desk_eyes.found == []
    path = desk_path(site)
    assert {one.partition(" ")[2] for one in story if "/staff/" in one} == {path}
    assert not [one for one in officers if " /lacak" in one], "no officer is named"
    with site.app.app_context():
        kept = [
            db.session.scalar(select(func.count()).select_from(kind))
            for kind in (InformationTip, Complaint, ReporterIdentity)
        ]
    assert kept == [1, 0, 0]


def desk_path(site: Site) -> str:
    with site.app.app_context():
        return f"/staff/tips/{db.session.scalars(select(InformationTip.id)).one()}"


def test_given_no_javascript_then_it_can_be_told_and_followed_too(site: Site, person) -> None:
    giver = person(PHONE, java_script_enabled=False)
    receipt = tell(giver)
    journeys.go_on(giver)
    journeys.follow(giver, receipt)
    giver.locator("textarea[name=message]").fill(ANSWER)
    giver.locator("#pesan form button").click()
    expect(giver.locator("#pesan .conversation")).to_contain_text(ANSWER)
