"""Every page and state: axe finds nothing, nothing runs over the edge from 320 px to 4K."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .people import SCREENS
from .tour import through_public, through_staff
from .tour_account import through_account
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
from .tour_requests import through_requests
from .tour_tips import through_tips

RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
}
LOOKS = [
    ("phone", "id", "light"),
    ("desk", "en", "dark"),
    pytest.param("phone", "en", "dark", marks=pytest.mark.full),
    pytest.param("desk", "id", "light", marks=pytest.mark.full),
]
SMALL, LARGE = {"width": 320, "height": 640}, {"width": 3840, "height": 2160}
MEASURE = """() => {
  const root = document.documentElement, range = document.createRange();
  const lines = [...document.querySelectorAll("main p, main dd, main li, main td span")].flatMap((one) => {
    const words = one.textContent.trim().replace(/\\s+/g, " "); // not the room between two parts
    if (words.length < 100 || one.matches(".visually-hidden")) return []; // heard, not seen
    range.selectNodeContents(one);
    const size = parseFloat(getComputedStyle(one).fontSize);
    return [...range.getClientRects()].map((line) => ({ em: line.width / size, words }));
  });
  const longest = lines.reduce((most, line) => (line.em > most.em ? line : most), { em: 0, words: "" });
  return { over: root.scrollWidth - root.clientWidth, longest };
}"""
LINE_EM = 62  # about 130 letters: longer lines are lost by the eye


class Inspector:
    """Looks at one page after another and remembers what is wrong with which."""

    def __init__(self, page: Page) -> None:
        self._page, self._axe, self.found = page, Axe(), list[str]()

    def look(self, name: str) -> None:
        for violation in self._axe.run(self._page, options=RULES).response["violations"]:
            places = [node["html"][:160] for node in violation["nodes"][:3]]
            self.found.append(f"{name}: {violation['id']} ({violation['help']}): {places}")
        size = self._page.viewport_size
        self._measure(name, SMALL)
        self._measure(name, LARGE)
        self._page.set_viewport_size(size)

    def _measure(self, name: str, size) -> None:
        self._page.set_viewport_size(size)
        seen = self._page.evaluate(MEASURE)
        if seen["over"] > 0:
            self.found.append(f"{name}: {seen['over']} px over the edge at {size['width']}")
        line = seen["longest"]
        if size is LARGE and line["em"] > LINE_EM:
            words = " ".join(line["words"].split())[:80]
            self.found.append(f"{name}: a line of {line['em']:.0f} em at {size['width']}: {words}")


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_the_public_face_when_inspected_then_nothing_is_in_the_way(
    demo_people, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_public(page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_the_staff_face_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_staff(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_the_door_and_the_own_account_when_inspected_then_nothing_is_in_the_way(
    people, site, screen, language, scheme
):
    page = people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_account(site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_a_case_in_each_state_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_cases(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_information_without_identity_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_tips(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_compliance_cases_of_employers_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_employers(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_the_register_of_employers_and_estimates_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_register(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_lists_that_were_brought_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_imports(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_projects_from_public_money_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_projects(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_figures_of_coverage_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_coverage(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_monitoring_meetings_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_meetings(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_files_posters_and_jobs_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, tmp_path, screen, language, scheme
):
    demo_people.may_lose_line()
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_files(demo_site, page, inspector.look, tmp_path)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_findings_and_the_portal_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_findings(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_letters_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_letters(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_requests_in_the_portal_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_requests(demo_site, page, inspector.look)
    assert inspector.found == []


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_local_rules_and_duties_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_local_rules(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_innovations_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_innovations(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)


@pytest.mark.parametrize(("screen", "language", "scheme"), LOOKS)
def test_given_outreach_when_inspected_then_nothing_is_in_the_way(
    demo_people, demo_site, screen, language, scheme
):
    page = demo_people.person(SCREENS[screen], language=language, color_scheme=scheme)
    inspector = Inspector(page)
    through_outreach(demo_site, page, inspector.look)
    assert inspector.found == [], "\n".join(inspector.found)
