"""What goes wrong on a real phone, and that nothing typed is lost by it."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from . import journeys
from .people import DESK, PHONE, SCREENS

DRAWER = "JSON.stringify(localStorage)"


def kept_on_phone(page: Page) -> str:
    return str(page.evaluate(DRAWER))


@pytest.mark.parametrize("screen", SCREENS)
def test_given_an_empty_answer_when_going_on_then_the_summary_takes_the_focus_and_leads_to_it(person, screen):
    page = person(SCREENS[screen])
    journeys.to_narrative(page)
    page.locator("textarea").fill("Pendek")
    journeys.go_on(page)

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.locator("textarea[name=narrative]")).to_be_focused()
    expect(page.locator("textarea[name=narrative]")).to_have_value("Pendek")
    expect(page.locator("textarea[name=narrative]")).to_have_attribute("aria-invalid", "true")


def test_given_no_choice_when_going_on_then_the_link_leads_to_the_first_card(person):
    page = person(PHONE)
    journeys.choose_office(page)
    journeys.choose_counter(page)
    page.wait_for_url("**/layanan")
    journeys.go_on(page)

    page.locator(".error-summary a").click()

    expect(page.locator("input[name=substance]").first).to_be_focused()


def test_given_a_double_click_on_send_then_it_is_one_complaint(site, person):
    page = person(PHONE)
    journeys.fill_all(page)

    journeys.send_button(page).dblclick()
    journeys.receipt_on(page)

    assert journeys.complaints_in(site) == 1


def test_given_two_windows_when_both_send_then_it_is_one_complaint_and_one_receipt(site, person):
    page = person(DESK)
    journeys.fill_all(page)
    other = page.context.new_page()
    other.goto("/lapor/periksa")

    journeys.go_on(page)
    journeys.go_on(other)

    assert journeys.receipt_on(page) == journeys.receipt_on(other)
    assert journeys.complaints_in(site) == 1


@pytest.mark.parametrize("screen", ["phone", pytest.param("desk", marks=pytest.mark.full)])
def test_given_all_answers_when_walking_back_to_the_start_then_each_still_stands(person, screen):
    page = person(SCREENS[screen])
    journeys.fill_all(page)
    expected = {
        "identitas": ("input[name=full_name]", journeys.NAME),
        "kerahasiaan": ("input[name=confidentiality]:checked", "confidential"),
        "mendesak": ("input[name=urgency]:checked", "none"),
        "bukti": ("input[name=owner]", "draft"),
        "harapan": ("textarea[name=requested_remedy]", "Klaim JHT saya dibayar."),
        "upaya": ("input[name=told_first]:checked", "yes"),
        "waktu": ("input[name=event_on]", "2026-08-03"),
        "kejadian": ("textarea[name=narrative]", journeys.NARRATIVE),
        "layanan": ("input[name=substance]:checked", "jht_claim"),
    }

    for slug, (field, value) in expected.items():
        page.locator("main .actions a.button").first.click()
        page.wait_for_url(f"**/lapor/{slug}")
        expect(page.locator(field)).to_have_value(value)
    page.locator("main .actions a.button").first.click()
    expect(page.locator("input[name=office]:checked")).to_have_count(1)


def test_given_the_browser_back_button_when_used_through_all_steps_then_the_answers_stand(person):
    page = person(PHONE)
    journeys.fill_all(page)

    for slug in ("identitas", "kerahasiaan", "mendesak", "bukti", "harapan", "upaya", "waktu", "kejadian"):
        page.go_back()
        page.wait_for_url(f"**/lapor/{slug}")
    expect(page.locator("textarea[name=narrative]")).to_have_value(journeys.NARRATIVE)
    page.goto("/lapor/periksa")
    expect(page.locator("main")).to_contain_text(journeys.NARRATIVE)


def test_given_a_closed_browser_when_it_is_opened_again_then_the_draft_goes_on(person):
    first = person(PHONE)
    journeys.to_narrative(first)
    journeys.answer_narrative(first)
    first.wait_for_url("**/waktu")
    kept = first.context.storage_state()
    first.context.close()

    again = person(PHONE, storage_state=kept)
    again.goto("/lapor/kejadian")

    expect(again.locator("textarea[name=narrative]")).to_have_value(journeys.NARRATIVE)


def test_given_cookies_lost_while_typing_when_going_on_then_the_text_is_not_lost(person):
    page = person(PHONE)
    journeys.to_narrative(page)
    journeys.type_and_let_keep(page, journeys.NARRATIVE)
    page.context.clear_cookies()

    journeys.go_on(page)
    expect(page.locator("h1")).to_be_visible()
    journeys.choose_office(page)
    journeys.choose_counter(page)
    journeys.answer_service(page)

    page.wait_for_url("**/kejadian")
    expect(page.locator("textarea[name=narrative]")).to_have_value(journeys.NARRATIVE)


def test_given_words_kept_on_the_phone_when_removed_there_then_nothing_of_them_is_left(person):
    page = person(PHONE)
    journeys.to_narrative(page)
    journeys.type_and_let_keep(page, "Saya menunggu sejak pagi.")
    assert "menunggu" in kept_on_phone(page)

    page.locator("[data-behaviour='forget-answers']").click()

    assert "menunggu" not in kept_on_phone(page)


def test_given_a_draft_when_everything_is_removed_then_phone_and_server_forget(person):
    page = person(PHONE)
    journeys.to_narrative(page)
    journeys.type_and_let_keep(page, journeys.NARRATIVE)
    journeys.go_on(page)
    page.locator("main a[href='/lapor/hapus']").click()

    journeys.go_on(page)
    page.wait_for_url("**/lapor/terhapus")

    assert kept_on_phone(page) == "{}"
    page.goto("/lapor/periksa")
    expect(page).to_have_url(re.compile(r"/lapor$"))
    expect(page.locator("input[name=office]")).to_have_count(0)


def test_given_the_whole_way_when_sent_then_the_phone_never_held_who_somebody_is(person):
    page = person(PHONE)
    journeys.to_narrative(page)
    journeys.type_and_let_keep(page, journeys.NARRATIVE)
    for answer in journeys.ANSWERS[3:-1]:
        answer(page)
    page.wait_for_url("**/identitas")
    page.locator("input[name=full_name]").press_sequentially(journeys.NAME)
    page.locator("input[name=phone]").press_sequentially(journeys.PHONE_NUMBER)
    page.locator("textarea[name=address]").press_sequentially("Jalan Demo 1, Mamuju")
    page.wait_for_timeout(600)  # longer than the pause after which the phone keeps

    assert journeys.NAME not in kept_on_phone(page)
    assert "Jalan Demo" not in kept_on_phone(page)
    journeys.go_on(page)
    page.wait_for_url("**/periksa")
    journeys.go_on(page)
    receipt = journeys.receipt_on(page)
    kept = kept_on_phone(page)
    assert journeys.NARRATIVE not in json.dumps(kept)
    assert receipt.code not in kept
