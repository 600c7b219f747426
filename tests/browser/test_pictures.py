"""Pictures of every page, to be looked at: KAWAL_SCREENSHOTS=folder ./dev test tests/browser/test_pictures.py

Into docs/panduan/img only those go that the user guide and the README show.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from .people import SCREENS
from .tour import through_public, through_staff

FOLDER = Path(os.environ.get("KAWAL_SCREENSHOTS", ""))
IS_GUIDE = FOLDER.parts[-2:] == ("panduan", "img")
GUIDE = {
    "public-start", "public-office", "public-office-found", "public-counter", "public-narrative",
    "public-confidentiality", "public-check", "public-receipt", "public-status",
    "staff-sign-in", "staff-desk", "staff-queue", "staff-case",
}  # fmt: skip
LOOKS = [("phone", "id", "light"), ("desk", "id", "light")]
if not IS_GUIDE:
    LOOKS += [("phone", "en", "dark"), ("desk", "en", "dark")]

pytestmark = [
    pytest.mark.skipif(not FOLDER.name, reason="KAWAL_SCREENSHOTS names no folder"),
    pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS),
]


class Album:
    """Takes a picture under a name: of the first screen for the guide, else of the whole page."""

    def __init__(self, page: Page, screen: str, language: str, scheme: str) -> None:
        self._page = page
        self._tail = screen if scheme == "light" else f"{screen}-{scheme}-{language}"

    def take(self, name: str) -> None:
        if IS_GUIDE and name not in GUIDE:
            return
        page, size = self._page, self._page.viewport_size
        assert size is not None
        page.mouse.move(0, 0)
        if not IS_GUIDE:  # as tall as the page, so that what sticks to the edge stays at the edge
            tall = int(page.locator("body").evaluate("body => body.scrollHeight"))
            page.set_viewport_size({"width": size["width"], "height": max(tall, size["height"])})
        page.screenshot(path=FOLDER / f"{name}-{self._tail}.png", animations="disabled")
        page.set_viewport_size(size)


def test_pictures_of_the_public_face(demo_people, screen, language, scheme):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    through_public(page, Album(page, screen, language, scheme).take)


def test_pictures_of_the_staff_face(demo_people, demo_site, screen, language, scheme):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    through_staff(demo_site, page, Album(page, screen, language, scheme).take)
