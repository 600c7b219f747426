"""A list of contracts paid by APBN and APBD comes in, and the three that nobody registered are found."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from ombudsman_app.core.clock import today
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory
from tests.factories.findings import person

from . import journeys
from .live import Site
from .people import DESK, PHONE, People
from .test_accessibility import Inspector

HEADS = (
    "Nama Paket;Nomor Kontrak;Instansi;Sumber Dana;Lokasi;Tanggal SPK;Nilai Kontrak;Nilai tanpa PPN;Penyedia;"
    "NIB;Tanggal Daftar;Nilai terdaftar"
)
NIB = "9120001234567"
AGENCY = "Dinas PUPR Kabupaten Mamuju"
LIST = "/staff/employers/projects"


def row(number: int, *, spk: str, fund: str = "APBD", nib: str = "", registered: str = "") -> str:
    told = "2500000000" if registered else ""
    return (
        f"Rehabilitasi jalan {number};602/{number:03}/SPK;{AGENCY};{fund};76.02;{spk};2775000000;2500000000;"
        f"PT Penyedia {number};{nib};{registered};{told}"
    )


@pytest.fixture
def people_of(chromium: Browser, site: Site, served: str) -> Iterator[People]:
    """`served` works the queue beside the site, so that the list is read and applied for real."""
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def test_given_a_list_when_brought_then_three_unregistered_are_found_and_a_finding_is_proposed(
    site: Site, people_of: People, tmp_path: Path
) -> None:
    year = today("Asia/Makassar").year
    rows = [
        row(1, spk=f"{year}-02-03", nib=NIB),
        row(2, spk=f"{year}-03-09", fund="APBN"),
        row(3, spk=f"{year}-04-13"),
        row(4, spk=f"{year}-02-03", registered=f"{year}-02-10"),
        row(5, spk=f"{year}-02-03", registered=f"{year}-05-04"),
        row(6, spk=""),
    ]
    file = tmp_path / "kontrak.csv"
    file.write_text("\r\n".join([HEADS, *rows]) + "\r\n", encoding="utf-8")
    with site.app.app_context():
        EmployerFactory(person(Role.PREVENTION_ASSISTANT), name="PT Penyedia 1", nib=NIB)
        keeper = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan").email)
    desk = people_of.person(DESK, language="id")
    journeys.sign_in(desk, keeper, site=site, face="staff")
    seen = Inspector(desk)

    brought(desk, file)
    desk.goto(f"{LIST}?verdict=unregistered")
    expect(desk.locator("#projects tbody tr")).to_have_count(3)
    expect(desk.locator("#projects")).not_to_contain_text("Rehabilitasi jalan 4")
    seen.look("three unregistered")
    noted_and_found(desk, seen)

    phone = people_of.person(PHONE, language="id")
    journeys.sign_in(phone, keeper, site=site, face="staff")
    phone.goto(f"{LIST}/agencies")
    on_phone = Inspector(phone)
    on_phone.look("agencies")
    expect(phone.locator("#agencies")).to_contain_text(AGENCY)
    assert seen.found == on_phone.found == []


def brought(desk: Page, file: Path) -> None:
    """Send the list, take the columns as guessed, look at the dry run, apply it."""
    desk.goto(LIST)
    desk.locator(".page-head a[href*='/imports/new/projects']").click()
    desk.locator("[name=file]").set_input_files(file)
    desk.locator("[name=source]").fill("LPSE Kabupaten Mamuju")
    desk.locator("[name=source_kind]").select_option("procurement")
    journeys.go_on(desk)
    columns = desk.locator("a[href$='/columns'], form[action$='/columns']").first
    waits_for(desk, columns)
    if "/columns" not in desk.url:
        desk.goto(f"{desk.url.rstrip('/')}/columns")
    desk.get_by_role("button", name="Periksa semua baris").click()
    apply = desk.locator("form[action$='/apply'] button[type=submit]")
    waits_for(desk, apply)
    apply.click()
    desk.wait_for_load_state()
    waits_for(desk, desk.locator("form[action$='/undo']"))


def waits_for(desk: Page, what: object) -> None:
    """Open the page again until the work beside it is done."""
    for _ in range(60):
        if what.count():  # type: ignore[attr-defined]
            return
        desk.wait_for_timeout(2_000)
        with suppress(Error):  # the page renews itself meanwhile
            desk.goto(desk.url)
    raise AssertionError(desk.locator("main").inner_text())


def noted_and_found(desk: Page, seen: Inspector) -> None:
    """Of the first one: its days, its employer, its agency."""
    desk.get_by_role("link", name="Rehabilitasi jalan 1").click()
    seen.look("a project")
    desk.locator("form[action$='/mark'] button[type=submit]").click()
    expect(desk.locator("main")).to_contain_text("Dicatat: proyek belum didaftarkan")
    desk.locator("a[href*='/agencies/']").first.click()
    desk.locator("[name=office]").select_option(label="Pemerintah Kabupaten Mamuju")
    journeys.go_on(desk)
    desk.goto(f"{LIST}?verdict=unregistered")
    desk.get_by_role("link", name="Rehabilitasi jalan 1").click()
    desk.locator("a[href$='/new-finding']").click()
    seen.look("a finding is proposed")
    journeys.go_on(desk)
    expect(desk.locator("main")).to_contain_text("Pemerintah Kabupaten Mamuju")
    seen.look("the draft")
