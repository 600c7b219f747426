"""The list of NTT comes in by one person and out by another; of a revised figure the old one stays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory

from . import journeys
from .figure_list import list_of_ntt
from .hands import Keyboard
from .live import Site
from .people import DESK, PATIENCE_MS, PHONE, People
from .test_accessibility import Inspector

ENDE, ENDE_NEW = "28,00%", "29,50%"


@pytest.fixture
def people(chromium: Browser, site: Site, served: str) -> Iterator[People]:
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def enter(site: Site, people: People, role: Role) -> tuple[Page, Inspector]:
    with site.app.app_context():
        email = str(UserFactory(role, office="KPG").email)
    page = people.person(DESK)
    journeys.sign_in(page, email, site=site)
    return page, Inspector(page)


@pytest.mark.xdist_group("import_journey")
def test_the_list_of_ntt_is_brought_released_by_another_and_one_figure_is_revised(
    site: Site, people: People, tmp_path: Path
) -> None:
    path = tmp_path / "cakupan-ntt-juni-2026.xlsx"
    with site.app.app_context():
        path.write_bytes(list_of_ntt())
    officer, seen = enter(site, people, Role.ANALYST)
    _bring(officer, path, seen)
    _apply(officer, seen)
    proposals = officer.url
    public = people.person(PHONE)
    public.goto("/cakupan/53")
    expect(public.locator("main")).not_to_contain_text(ENDE)

    head, seen_by_head = enter(site, people, Role.HEAD_OF_REPRESENTATIVE)
    _release_all(head, proposals, seen_by_head)
    public.goto("/cakupan")
    expect(public.locator("#map")).to_contain_text("Nusa Tenggara Timur")
    public.goto("/cakupan/53")
    expect(public.locator("#regencies")).to_contain_text("21 dari 22")
    expect(public.locator("#regencies")).to_contain_text("1 wilayah tanpa angka baru")
    public.locator("#regencies").get_by_role("link", name=re.compile("Ende")).first.click()
    expect(public.locator("#figures")).to_contain_text(ENDE)

    _revise(officer, seen)
    _release_one(head, seen_by_head)
    public.reload()
    public.locator("#figures").get_by_role("link", name=ENDE_NEW).click()
    on_phone = Inspector(public)
    revisions = public.locator("#revisions")
    expect(revisions).to_contain_text("Ralat kantor cabang")
    on_phone.look("where the new value comes from")
    revisions.get_by_role("link", name=ENDE, exact=True).click()
    expect(public.get_by_role("heading", level=1)).to_contain_text(ENDE)
    expect(public.locator("main")).to_contain_text("Angka ini sudah diganti yang lebih baru")
    on_phone.look("the old value")
    assert seen.found == seen_by_head.found == on_phone.found == []


def _bring(page: Page, path: Path, seen: Inspector) -> None:
    hands = Keyboard(page)
    page.goto("/staff/coverage")
    hands.press("a[href='/staff/coverage/imports']")
    seen.look("no list yet")
    hands.press("a[href='/staff/imports/new/coverage']")
    page.locator("input[type=file]").set_input_files(path)
    page.locator("[name=source]").fill("BPJS Ketenagakerjaan NTT")
    page.locator("[name=source_kind]").select_option("bpjs")
    page.locator("[name=as_of]").fill("2026-06-30")
    seen.look("bring")
    journeys.go_on(page)
    page.get_by_role("link", name="Tentukan kolom").click(timeout=PATIENCE_MS * 2)
    seen.look("columns")
    page.get_by_role("button", name="Periksa semua baris").click()
    expect(page.locator(".verdicts")).to_be_visible(timeout=PATIENCE_MS * 4)


def _apply(page: Page, seen: Inspector) -> None:
    expect(page.locator(".verdicts")).to_contain_text("22")
    seen.look("dry run")
    page.locator(".verdicts a[href$='verdict=rejected']").click()
    expect(page.locator("table.judged")).to_contain_text("Kabupaten Manggarai Barat")
    expect(page.locator("table.judged")).to_contain_text("33,73")
    seen.look("the row that cannot be")
    page.go_back()
    page.get_by_role("button", name="Terapkan daftar").click()
    link = page.get_by_role("link", name="Ke usulan dari daftar ini")
    expect(link).to_be_visible(timeout=PATIENCE_MS * 4)
    seen.look("applied")
    link.click()
    expect(page.locator("main")).to_contain_text("Orang lain yang memutuskan")
    seen.look("own proposals")


def _release_all(page: Page, proposals: str, seen: Inspector) -> None:
    hands = Keyboard(page)
    path = proposals[proposals.index("/staff") :]
    page.goto("/staff/coverage/imports")
    seen.look("lists that wait")
    hands.press(f"a[href='{path}']")
    expect(page.locator("#sums")).to_contain_text("21")
    seen.look("what is decided on")
    hands.press(f"form[action='{path}/release'] button")
    expect(page.locator("main")).to_contain_text("22 angka dirilis")
    seen.look("released")


def _revise(page: Page, seen: Inspector) -> None:
    page.goto("/staff/coverage?province=53")
    page.get_by_role("link", name="Kabupaten Ende").click()
    seen.look("a released figure")
    page.locator("main a[href$='/revise']").click()
    page.locator("[name=revision_reason]").fill("Ralat kantor cabang bertanggal 20 Juli 2026")
    page.locator("[name=numerator]").fill("29.500")
    seen.look("revising")
    journeys.go_on(page)
    expect(page.locator("main")).to_contain_text("menunggu keputusan")
    seen.look("a revision that waits")


def _release_one(page: Page, seen: Inspector) -> None:
    page.goto("/staff/coverage?standing=proposed")
    seen.look("figures that wait")
    page.get_by_role("link", name="Kabupaten Ende").click()
    seen.look("a revision to decide")
    page.locator("form[action$='/release'] button").click()
    expect(page.locator("main")).to_contain_text("dirilis")
