"""The desk and its pieces in a real browser: what opens by itself, what keys do, what a phone leaves out."""

import pytest
from playwright.sync_api import Page, expect

from ombudsman_app.complaints import demo as complaints_demo
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory

from . import journeys
from .live import Site
from .people import DESK, PHONE, SCREENS
from .test_keyboard import look


def on_desk(site: Site, page: Page) -> Page:
    with site.app.app_context():
        complaints_demo.load()
        email = UserFactory(Role.PVL_ASSISTANT, office="MAM", name="Demo Penerima").email
    journeys.sign_in(page, email, site=site)
    return page


def test_by_keyboard_from_the_desk_into_the_first_case(demo_people, demo_site):
    page = on_desk(demo_site, demo_people.person(DESK))
    page.keyboard.press("j")
    first = page.locator(".today tbody a").first
    expect(first).to_be_focused()
    number = first.text_content() or ""
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(number.strip())


def test_a_figure_is_one_large_target(demo_people, demo_site):
    page = on_desk(demo_site, demo_people.person(PHONE))
    box = page.locator(".figure.late").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
    page.wait_for_url("**/complaints/?overdue=yes")


@pytest.mark.parametrize("has_script", [True, False])
def test_the_box_for_a_reason_opens_with_the_verdict_that_wants_one(demo_people, demo_site, has_script):
    page = on_desk(demo_site, demo_people.person(DESK, java_script_enabled=has_script))
    page.goto("/staff/design")
    line = page.locator("#item-F8")
    expect(line.locator("textarea")).to_be_hidden()
    line.locator(".segment.missing").click()
    expect(line.locator("textarea")).to_be_visible()
    line.locator(".segment.met").click()
    expect(line.locator("textarea")).to_be_hidden()


def test_the_other_scheme_is_dark_on_a_light_device(demo_people, demo_site):
    page = on_desk(demo_site, demo_people.person(DESK, color_scheme="light"))
    page.goto("/staff/design")
    ground = "() => getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(250, 248, 243)"
    page.locator(".page-head a").click()
    page.wait_for_url("**/design?scheme=other")
    assert page.evaluate(ground) == "rgb(14, 23, 21)"


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_no_word_of_a_picture_leaves_it(demo_people, demo_site, screen):
    page = on_desk(demo_site, demo_people.person(SCREENS[screen]))
    for address in ("/staff/", "/staff/design"):
        page.goto(address)
        outside = page.evaluate(
            """() => [...document.querySelectorAll(".chart svg[role=img] text")].filter((word) => {
              const inner = word.getBoundingClientRect();
              const outer = word.closest(".card, .exhibit, main").getBoundingClientRect();
              return inner.width && (inner.left < outer.left || inner.right > outer.right);
            }).map((word) => word.textContent)"""
        )
        assert outside == [], address


def test_on_paper_nothing_is_cut_off(demo_people, demo_site):
    """A4 is 794 wide to a style sheet and leaves 673 between its margins."""
    page = on_desk(demo_site, demo_people.person({"viewport": {"width": 794, "height": 1123}}))
    page.emulate_media(media="print")
    for address in ("/staff/", "/staff/complaints/", "/staff/complaints/1", "/staff/tips/", "/staff/design"):
        page.goto(address)
        assert beyond_the_margin(page) == [], address
        assert page.locator(".menu:visible, .button:visible, .chips:visible").count() == 0, address
        fill_the_queue(page, "terlambat 1.016 hari")
        assert beyond_the_margin(page) == [], f"late by years at {address}"
        fill_the_queue(page, "WMWM" * 20)
        assert beyond_the_margin(page) == [], f"an endless word at {address}"


def beyond_the_margin(page: Page) -> list[str]:
    """Return the words that paper would cut off."""
    found: list[str] = page.evaluate(
        """() => {
          document.documentElement.style.width = "673px";
          const words = document.querySelectorAll("main :is(h1, h2, h3, p, td, th, dd, li, b, text)");
          return [...words].filter((one) => one.getBoundingClientRect().right > 674)
            .map((one) => one.textContent.trim().slice(0, 40));
        }"""
    )
    return found


def fill_the_queue(page: Page, words: str) -> None:
    """Write the same into each place of each row: what stands there by chance, as a ticket, has any width."""
    page.evaluate(
        """(words) => {
          for (const cell of document.querySelectorAll(".queue tbody :is(td, th)")) {
            const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) if (texts.currentNode.data.trim()) texts.currentNode.data = words;
          }
        }""",
        words,
    )


@pytest.mark.parametrize("address", ["/staff/", "/staff/design"])
def test_tabbing_through_never_loses_sight_of_where_one_is(demo_people, demo_site, address):
    page = on_desk(demo_site, demo_people.person(DESK))
    page.goto(address)
    page.keyboard.press("Tab")
    places = [look(page)["place"]]
    for _ in range(300):
        page.keyboard.press("Tab")
        here = look(page)
        if here["isNowhere"] or here["place"] < places[-1]:  # a day has several stops in one place
            break
        places.append(here["place"])
    assert here["isNowhere"] or here["place"] == places[0]
    assert len(places) > 20
