"""The map of coverage by keyboard and by what a screen reader is told, and where 33,73 comes from."""

import re

from playwright.sync_api import expect

from ombudsman_app.coverage.commands import load_shipped_figures

from .live import Site
from .people import DESK, PHONE, People


def test_given_the_map_when_walked_by_keyboard_then_each_province_says_its_figure_and_opens(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        load_shipped_figures()
    page = people.person(DESK)
    page.goto("/cakupan")
    tiles = page.locator("#map svg.tiles a")
    expect(tiles).to_have_count(38)
    tiles.first.focus()
    told = []
    for _number in range(38):
        told.append(page.evaluate("document.activeElement.querySelector('title').textContent"))
        page.keyboard.press("Tab")
    assert told[0] == "Aceh: belum ada data"
    assert len(set(told)) == 38
    (ntt,) = [one for one in told if one.startswith("Nusa Tenggara Timur")]
    assert re.fullmatch(r"Nusa Tenggara Timur: 35%, sekitar 28 Apr 2025", ntt)
    assert page.get_by_role("link", name=ntt).count() == 1
    page.get_by_role("link", name=ntt).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nusa Tenggara Timur")


def test_given_33_73_on_a_phone_when_pressed_then_source_speaker_and_other_sources_are_read(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        load_shipped_figures()
    page = people.person(PHONE)
    page.goto("/cakupan/53")
    page.get_by_role("link", name="33,73%").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Asal angka 33,73%")
    main = page.locator("main")
    expect(main).to_contain_text("Kuncoro Budi Winarno")
    expect(main).to_contain_text("tidak bertanggal")
    page.locator("#others").get_by_role("link", name="35%").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Asal angka 35%")


def test_given_another_definition_when_chosen_by_keyboard_then_the_map_changes_as_a_whole(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        load_shipped_figures()
    page = people.person(DESK)
    page.goto("/cakupan")
    page.get_by_label("Yang dihitung").focus()
    page.get_by_label("Yang dihitung").select_option("vulnerable_paid")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("ukuran=vulnerable_paid"))
    expect(page.locator("#map")).to_contain_text("39.487")
    expect(page.locator("#map")).not_to_contain_text("47,38")
