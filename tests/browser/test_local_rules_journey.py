"""A rule goes from the news to JDIH, and a Pemda proves a duty with it: desk by keyboard, phone by finger."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.duties import DutyState
from ombudsman_app.coverage.local_rule_seeds import load
from ombudsman_app.coverage.models import DutyStatus, LocalRule
from tests.factories.accounts import UserFactory
from tests.factories.duties import GOVERNMENT, MAMUJU
from tests.factories.local_rules import LocalRuleFactory, verified

from . import journeys
from .hands import Keyboard, Taps
from .live import Site
from .people import DESK, PHONE, People
from .test_accessibility import Inspector

LIST = "/staff/local-rules"
TITLE = "Pelaksanaan program jaminan sosial ketenagakerjaan"
JDIH = "https://jdih.manggaraibaratkab.go.id/perbup-5-2023"
SEEN = "Nomor, tahun, dan judul terbaca di halaman; PDF dapat diunduh."


def enter(
    site: Site, people: People, email: str, screen: dict, face: str = "staff"
) -> tuple[Page, Inspector]:
    page = people.person(screen, language="id")
    journeys.sign_in(page, email, site=site, face=face)
    return page, Inspector(page)


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_given_a_rule_of_2033_when_its_jdih_page_is_opened_then_it_is_verified_with_the_true_year(
    site: Site, people: People, screen: str
) -> None:
    with site.app.app_context():
        load()
        officer = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan", office="KPG").email)
    page, seen = enter(site, people, officer, DESK if screen == "desk" else PHONE)
    hands = Keyboard(page) if screen == "desk" else Taps(page)
    page.goto(f"{LIST}?q=2033")
    seen.look("nothing under 2033")
    page.goto(f"{LIST}?province=53")
    seen.look("the register")
    link = page.get_by_role("link", name="Perbup Nomor 5")
    expect(page.locator("#rules")).to_contain_text("dalam sumber: 2033")
    path = link.get_attribute("href")
    hands.press(f"a[href='{path}']")
    expect(page.locator("main")).to_contain_text("JDIH belum dibuka")
    seen.look("an unverified rule")

    hands.press(f"a[href='{path}/verify']")
    hands.write("[name=jdih_url]", JDIH)
    hands.write("[name=year]", "2033")
    hands.write("[name=seen]", SEEN)
    hands.press(f"form[action='{path}/verify'] button[type=submit]")
    expect(page.locator("#year-error")).to_contain_text("Tahun ini belum tiba")
    expect(page.locator("[name=seen]")).to_have_value(SEEN)
    seen.look("2033 is refused")
    page.locator("[name=year]").fill("2023")
    hands.press(f"form[action='{path}/verify'] button[type=submit]")
    main = page.locator("main")
    expect(main).to_contain_text("Perbup Nomor 5 Tahun 2023")
    expect(main).to_contain_text("Sudah dilihat di JDIH")
    expect(main).to_contain_text("dalam sumber: 2033")
    expect(page.locator(f"a[href='{JDIH}']")).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(main).to_contain_text("Demo Pencegahan")
    seen.look("a verified rule")
    with site.app.app_context():
        assert db.session.scalars(select(LocalRule.year).where(LocalRule.title == TITLE)).one() == 2023

    public = people.person(PHONE, language="id")
    public.goto("/aturan-daerah?provinsi=53")
    on_phone = Inspector(public)
    on_phone.look("public page")
    expect(public.locator("#rules")).to_contain_text("Perbup Nomor 5 Tahun 2023")
    expect(public.locator("#rules")).to_contain_text("JDIH belum dibuka")
    assert seen.found == on_phone.found == []


def test_given_a_duty_when_the_pemda_proposes_by_phone_then_an_officer_accepts_at_the_desk(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        rule = verified(LocalRuleFactory(number="12", title="Pekerja rentan")).id
        pemda = str(UserFactory(Role.OFFICE_OFFICER, name="Demo Pemda", portal_office=GOVERNMENT).email)
        officer = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan").email)
    phone, on_phone = enter(site, people, pemda, PHONE, face="portal")
    phone.goto("/portal/duties")
    on_phone.look("the checklist of a Pemda")
    fingers = Taps(phone)
    fingers.press("a[href$='/bupati_walikota-1']")
    on_phone.look("proposing")
    fingers.choose("status", "met")
    phone.locator("[name=local_rule]").select_option(str(rule))
    fingers.press("main form .actions button[type=submit]")
    expect(phone.locator("main")).to_contain_text("Menunggu Ombudsman")
    on_phone.look("a proposal that waits")

    desk, seen = enter(site, people, officer, DESK)
    hands = Keyboard(desk)
    desk.goto("/staff/duties")
    seen.look("all provinces")
    hands.press("a[href='/staff/duties/proposals']")
    seen.look("proposals")
    hands.press("#proposals a")
    seen.look("a proposal")
    hands.press("form[action$='/accept'] button[type=submit]")
    expect(desk.locator("main")).to_contain_text("Terpenuhi")
    seen.look("the checklist")
    desk.goto("/staff/duties/provinces/76")
    seen.look("the matrix")
    hands.press(f"a[href='/staff/duties/for/{MAMUJU}']")
    hands.press("a[href$='/bupati_walikota-2']")
    seen.look("assessing")
    desk.locator("label").filter(has=desk.locator("[name=status][value=not_applicable]")).click()
    hands.press("main form .actions button[type=submit]")
    expect(desk.locator("#reason-error")).to_be_visible()
    seen.look("a reason is missing")
    with site.app.app_context():
        assert db.session.scalars(select(DutyStatus.status)).all() == [DutyState.MET]

    phone.goto("/portal/duties")
    expect(phone.locator("main")).to_contain_text("Diterima Ombudsman")
    assert seen.found == on_phone.found == []
