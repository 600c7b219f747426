"""Pictures of every page, to be looked at: KAWAL_SCREENSHOTS=folder ./dev test tests/browser/test_pictures.py

Into docs/panduan/img only those go that the user guide and the README show.
"""

import io
import os
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from .people import SCREENS, People
from .tour import Stop, through_public, through_staff
from .tour_account import through_account
from .tour_audits import through_audits
from .tour_case import through_cases
from .tour_coverage import through_coverage
from .tour_employers import through_employers
from .tour_files import through_files
from .tour_findings import through_findings
from .tour_imports import through_imports
from .tour_innovations import through_innovations
from .tour_letters import through_letters
from .tour_local_rules import through_local_rules
from .tour_meetings import through_meetings
from .tour_outreach import through_outreach
from .tour_projects import through_projects
from .tour_register import through_register
from .tour_tips import through_tips

FOLDER = Path(os.environ.get("KAWAL_SCREENSHOTS", ""))
IS_GUIDE = FOLDER.parts[-2:] == ("panduan", "img")
GUIDE = {
    "public-start-phone": "phone-start",
    "public-office-found-phone": "phone-office",
    "public-narrative-phone": "phone-narrative",
    "public-evidence-phone": "phone-evidence",
    "public-check-phone": "phone-check",
    "public-receipt-phone": "phone-receipt",
    "public-status-phone": "phone-follow",
    "staff-desk-desk": "desk-desk",
    "staff-queue-desk": "desk-queue",
    "staff-case-examiner-desk": "desk-case",
    "case-formal-suggested-desk": "desk-formal",
    "case-decide-missing-desk": "desk-decide",
    "case-identity-desk": "desk-identity",
    "case-assigned-desk": "desk-messages",
    "case-clock-desk": "desk-clock",
    "case-calendar-desk": "desk-calendar",
    "follow-talk-phone": "phone-messages",
    "staff-notifications-desk": "desk-notices",
    "staff-preferences-desk": "desk-preferences",
    "verify-answer-phone": "phone-verify",
    "caretakers-overview-desk": "desk-backup",
    "letter-write-desk": "desk-letter-write",
    "letter-waits-desk": "desk-letter-waits",
    "letter-out-desk": "desk-letter-out",
    "portal-start-phone": "phone-portal",
    "portal-letter-unopened-phone": "phone-letter-unopened",
    "portal-letter-phone": "phone-letter-asked",
    "portal-letter-answer-phone": "phone-letter-answer",
    "portal-finding-unopened-phone": "phone-finding-unopened",
    "portal-finding-late-phone": "phone-finding-late",
    "portal-answer-phone": "phone-finding-answer",
    "staff-findings-desk": "desk-findings",
    "staff-finding-judge-desk": "desk-finding-judge",
    "staff-finding-ladder-desk": "desk-finding-ladder",
    "staff-visit-source-desk": "desk-visit",
    "staff-invite-desk": "desk-invite",
    "audits-instrument-desk": "desk-instrument",
    "audits-board-desk": "desk-audit-board",
    "audits-calendar-desk": "desk-audit-calendar",
    "audits-sheet-phone": "phone-audit-sheet",
    "audits-question-phone": "phone-audit-question",
    "audits-review-desk": "desk-audit-review",
    "audits-draft-phone": "phone-audit-draft",
    "audits-answer-phone": "phone-audit-answer",
    "audits-ruling-desk": "desk-audit-ruling",
    "audits-final-desk": "desk-audit-final",
    "audits-result-phone": "phone-audit-result",
    "audits-compared-desk": "desk-audit-comparison",
    "portal-employer-phone": "phone-employer",
    "portal-employer-step-phone": "phone-employer-step",
    "staff-employer-cases-desk": "desk-employer-cases",
    "staff-employer-pictures-desk": "desk-employer-pictures",
    "staff-employers-desk": "desk-employers",
    "staff-employer-of-register-desk": "desk-employer",
    "staff-employer-side-by-side-desk": "desk-employer-side-by-side",
    "staff-estimate-desk": "desk-estimate",
    "staff-estimate-result-desk": "desk-estimate-result",
    "imports-bring-desk": "desk-import-bring",
    "imports-columns-desk": "desk-import-columns",
    "imports-checked-desk": "desk-import-checked",
    "imports-doubtful-desk": "desk-import-doubtful",
    "imports-applied-desk": "desk-import-applied",
    "public-innovation-phone": "phone-innovation",
    "staff-innovation-desk": "desk-innovation",
    "staff-innovation-proposal-desk": "desk-innovation-proposal",
    "staff-outreach-desk": "desk-outreach",
    "staff-outreach-event-desk": "desk-outreach-event",
    "staff-outreach-places-desk": "desk-outreach-places",
    "portal-outreach-phone": "phone-outreach-portal",
    "staff-meeting-desk": "desk-meeting",
    "staff-meeting-follow-up-desk": "desk-meeting-follow-up",
    "staff-projects-desk": "desk-projects",
    "staff-project-desk": "desk-project",
    "staff-project-firm-desk": "desk-project-firm",
    "staff-projects-agencies-desk": "desk-project-agencies",
    "coverage-desk": "desk-coverage",
    "coverage-province-phone": "phone-coverage-province",
    "coverage-number-phone": "phone-coverage-number",
    "coverage-sheet-ready-phone": "phone-coverage-sheet",
    "coverage-two-days-desk": "desk-coverage-two-days",
    "public-local-rules-phone": "phone-local-rules",
    "staff-local-rules-desk": "desk-local-rules",
    "staff-local-rule-odd-desk": "desk-local-rule-odd",
    "staff-local-rule-verify-desk": "desk-local-rule-verify",
    "staff-duties-province-desk": "desk-duties-province",
    "staff-duties-pemda-desk": "desk-duties-pemda",
    "portal-duties-phone": "phone-duties",
    "tip-choice-phone": "phone-information",
    "tip-talk-desk": "desk-information",
}
# Not the screen, but the upper end of one part of the page.
PARTS = {
    "desk-formal": "#main",
    "desk-decide": "#main",
    "desk-identity": "#main",
    "desk-clock": "#main",
    "desk-calendar": "#main",
    "desk-messages": "#messages",
    "desk-backup": "#main",
    "desk-notices": "#main",
    "desk-preferences": "#main",
    "desk-findings": "#main",
    "desk-finding-judge": "#main",
    "desk-finding-ladder": "#main",
    "desk-visit": "#main",
    "desk-instrument": "#main",
    "desk-audit-board": "#main",
    "desk-audit-calendar": "#main",
    "desk-audit-review": "#main",
    "desk-audit-ruling": "#main",
    "desk-audit-final": "#main",
    "desk-audit-comparison": "#main",
    "desk-invite": "#main",
    "desk-employer-cases": "#main",
    "desk-employer-pictures": "#main",
    "desk-employers": "#main",
    "desk-employer": "#main",
    "desk-employer-side-by-side": "#main",
    "desk-import-bring": "#main",
    "desk-import-columns": "#main",
    "desk-import-checked": "#main",
    "desk-import-doubtful": "#main",
    "desk-import-applied": "#main",
    "desk-estimate": "#main",
    "desk-estimate-result": "#main",
    "desk-innovation": "#main",
    "desk-innovation-proposal": "#main",
    "desk-outreach": "#main",
    "desk-outreach-event": "#main",
    "desk-outreach-places": "#main",
    "desk-meeting": "#main",
    "desk-meeting-follow-up": "#main",
    "desk-projects": "#main",
    "desk-project": "#main",
    "desk-project-firm": "#main",
    "desk-project-agencies": "#main",
    "desk-local-rules": "#main",
    "desk-local-rule-odd": "#main",
    "desk-local-rule-verify": "#main",
    "desk-coverage": "#map",
    "desk-coverage-two-days": "#main",
    "desk-duties-province": "#main",
    "desk-duties-pemda": "#main",
    "phone-messages": "#pesan",
}
TALLEST, EDGE, QUALITY = 900, 16, 82
ENDS = """part => Math.max(...[...part.children].map(one => one.getBoundingClientRect().bottom))
    - part.getBoundingClientRect().top"""
LOOKS = [("phone", "id", "light"), ("desk", "id", "light")]
if not IS_GUIDE:
    LOOKS += [("phone", "en", "dark"), ("desk", "en", "dark")]

pytestmark = [
    pytest.mark.skipif(not FOLDER.name, reason="KAWAL_SCREENSHOTS names no folder"),
    pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS),
]


class Album:
    """Takes a picture under a name: of the screen for the guide, else of the whole page."""

    def __init__(self, page: Page, screen: str, language: str, scheme: str) -> None:
        self._page = page
        self._tail = screen if scheme == "light" else f"{screen}-{scheme}-{language}"

    def take(self, name: str) -> None:
        page, size = self._page, self._page.viewport_size
        assert size is not None
        file = f"{name}-{self._tail}"
        page.mouse.move(0, 0)
        if IS_GUIDE:
            if shown := GUIDE.get(file):
                self._show(FOLDER / f"{shown}.webp", PARTS.get(shown, ""))
            return
        # As tall as the page, so that what sticks to the edge stays at the edge.
        tall = int(page.locator("body").evaluate("body => body.scrollHeight"))
        page.set_viewport_size({"width": size["width"], "height": max(tall, size["height"])})
        page.screenshot(path=FOLDER / f"{file}.png", animations="disabled")
        page.set_viewport_size(size)

    def _show(self, path: Path, part: str) -> None:
        box = self._page.locator(part).bounding_box() if part else None
        if box is None:
            _keep(self._page.screenshot(animations="disabled"), path)
            return
        edge = EDGE if self._tail == "phone" else 0
        ends = self._page.locator(part).evaluate(ENDS)  # an almost empty page is stretched to the screen
        clip = {
            "x": box["x"] - edge,
            "y": box["y"] - edge,
            "width": box["width"] + 2 * edge,
            "height": min(box["height"], ends + EDGE, TALLEST) + 2 * edge,
        }
        _keep(self._page.screenshot(animations="disabled", full_page=True, clip=clip), path)


def _keep(picture: bytes, path: Path) -> None:
    """Keep a picture of the guide as WebP: half the weight on a slow line."""
    with Image.open(io.BytesIO(picture)) as opened:
        opened.convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)


def _opened(
    people: People, screen: str, language: str, scheme: str, *, is_sharp: bool = False
) -> tuple[Page, Stop]:
    """Return the page of a new person and what takes its pictures, on phones of the guide twice as sharp."""
    sharpness = 2 if is_sharp and IS_GUIDE and screen == "phone" else 1
    page = people.person(
        SCREENS[screen], language=language, color_scheme=scheme, device_scale_factor=sharpness
    )
    return page, Album(page, screen, language, scheme).take


def test_pictures_of_the_public_face(demo_people, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_public(page, take)


def test_pictures_of_the_staff_face(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_staff(demo_site, page, take)


def test_pictures_of_the_door_and_the_own_account(people, site, screen, language, scheme):
    page, take = _opened(people, screen, language, scheme)
    through_account(site, page, take)


def test_pictures_of_a_case(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_cases(demo_site, page, take)


def test_pictures_of_information(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_tips(demo_site, page, take)


def test_pictures_of_files(demo_people, demo_site, tmp_path, screen, language, scheme):
    demo_people.may_lose_line()
    page, take = _opened(demo_people, screen, language, scheme)
    through_files(demo_site, page, take, tmp_path)


def test_pictures_of_findings(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_findings(demo_site, page, take)


def test_pictures_of_cases_of_employers(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_employers(demo_site, page, take)


def test_pictures_of_the_register_of_employers(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_register(demo_site, page, take)


def test_pictures_of_lists_that_were_brought(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_imports(demo_site, page, take)


def test_pictures_of_projects(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_projects(demo_site, page, take)


def test_pictures_of_coverage(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_coverage(demo_site, page, take)


def test_pictures_of_local_rules_and_duties(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_local_rules(demo_site, page, take)


def test_pictures_of_meetings(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_meetings(demo_site, page, take)


def test_pictures_of_outreach(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_outreach(demo_site, page, take)


def test_pictures_of_innovations(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme)
    through_innovations(demo_site, page, take)


def test_pictures_of_letters(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_letters(demo_site, page, take)


def test_pictures_of_audits(demo_people, demo_site, screen, language, scheme):
    page, take = _opened(demo_people, screen, language, scheme, is_sharp=True)
    through_audits(demo_site, page, take)
