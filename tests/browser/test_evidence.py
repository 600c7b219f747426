"""Files that arrive: over a line that is cut, on another visit, without scripts; the desk sees them."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, Route, expect
from sqlalchemy import select

from ombudsman_app.attachments.formats import file_reason
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.complaints import TeamFactory, bring_to

from . import journeys
from .live import Site
from .people import DESK, PHONE, People
from .photos import photo, tells_place
from .sending import Line, choose, from_evidence, to_evidence
from .test_accessibility import Inspector

REASON = "Memeriksa kapan dan di mana foto dibuat."
MOVING = "[data-part=sending] .file[data-state=sending] progress[value]:not([value='0'])"


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Three photos of a phone, with the place in them."""
    paths = [tmp_path / f"foto-{number}.jpg" for number in (1, 2, 3)]
    for number, path in enumerate(paths, 1):
        path.write_bytes(photo(number))
        assert tells_place(path.read_bytes())
    return paths


class Drag:
    """Files that are dragged from a folder of the desk, by the browser's own events."""

    def __init__(self, page: Page, *paths: Path) -> None:
        self._page, self._files = page, [str(path) for path in paths]
        self._session = page.context.new_cdp_session(page)

    def over(self, place: Locator) -> None:
        self._send("dragEnter", place)
        self._send("dragOver", place)

    def drop(self, place: Locator) -> None:
        self.over(place)
        self._send("drop", place)

    def _send(self, kind: str, place: Locator) -> None:
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box is not None
        self._session.send("Input.dispatchDragEvent", {
            "type": kind, "x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2,
            "data": {"items": [], "files": self._files, "dragOperationsMask": 1},
        })  # fmt: skip


class Sent:
    """What a page sends: which uploads begin, and where each piece starts."""

    def __init__(self, page: Page) -> None:
        self.begun = 0
        self.pieces: dict[str, list[int]] = {}
        page.on("response", self._note)

    def _note(self, response: Response) -> None:
        request = response.request
        if request.method == "POST" and request.url.endswith("/unggah"):
            self.begun += 1
        if request.method == "PATCH":
            self.pieces.setdefault(request.url, []).append(int(request.headers["upload-offset"]))


def of_state(page: Page, state: str) -> Locator:
    return page.locator(f"#berkas .file[data-state={state}]")


def cut_and_mend(page: Page, line: Line) -> None:
    """In the middle of a file: some of it has arrived."""
    expect(page.locator(MOVING)).to_have_count(1)
    line.be(away=True)
    word = page.locator("[data-part=sending] .file[data-state=waiting] [data-part=word]").first
    expect(word).to_have_text(re.compile("terputus"))
    line.be()
    expect(page.locator(MOVING)).to_have_count(1)


def examiner_of(site: Site, ticket: str) -> str:
    """Bring the complaint to its examiner; return the address to sign in with."""
    with site.app.app_context():
        team = TeamFactory()
        case = db.session.scalars(select(Complaint).where(Complaint.ticket == ticket)).one()
        bring_to(case, ComplaintState.ASSIGNED, team)
        email: str = team.users[Role.EXAMINER].email
        return email


def taken(page: Page, links: str) -> list[bytes]:
    """Press each link and return what comes."""
    copies = []
    for link in page.locator(links).all():
        with page.expect_download() as waited:
            link.click()
        copies.append(Path(waited.value.path()).read_bytes())
    return copies


def taken_original(page: Page) -> bytes:
    page.locator("#evidence a[href*='/original']").first.click()
    page.locator("textarea[name=reason]").fill(REASON)
    with page.expect_download() as waited:
        page.locator("main form button[type=submit]").click()
    return Path(waited.value.path()).read_bytes()


def test_given_photos_over_a_line_cut_twice_then_the_examiner_sees_each_once_and_without_place(
    chromium, site, served, photos, tmp_path
):
    people = People(chromium, served)
    people.may_lose_line()
    page = people.person(PHONE)
    to_evidence(page)
    sent, line = Sent(page), Line(page)

    choose(page, *photos)
    cut_and_mend(page, line)
    expect(of_state(page, "quarantined").or_(of_state(page, "ready")).first).to_be_visible()
    cut_and_mend(page, line)

    expect(of_state(page, "ready")).to_have_count(3)
    assert sent.begun == 3
    assert all(offsets == sorted(set(offsets)) for offsets in sent.pieces.values()), sent.pieces
    for picture in page.locator("#berkas .thumb img").all():
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.evaluate("one => one.naturalWidth") > 0
    assert page.evaluate("JSON.stringify(localStorage)").count("unggah:") == 0
    receipt = from_evidence(page)
    examiner = people.person(DESK)
    journeys.sign_in(examiner, examiner_of(site, receipt.ticket))
    examiner.locator("main a[href='/staff/complaints/1']").first.click()
    evidence = examiner.locator("#evidence .evidence[data-state=ready]")
    expect(evidence).to_have_count(3)
    expect(evidence.locator(".sight img")).to_have_count(3)
    for copy in taken(examiner, "#evidence a[download]"):
        assert copy[:2] == b"\xff\xd8"
        assert not tells_place(copy)
    original = taken_original(examiner)
    assert original == photos[0].read_bytes()
    examiner.go_back()
    examiner.reload()
    evidence.first.locator("summary").click()
    expect(evidence.first.locator(".custody")).to_contain_text(REASON)
    expect(evidence.first.locator(".hash")).to_contain_text(hashlib.sha256(original).hexdigest())
    people.close()
    assert people.problems == []


def test_given_a_cut_upload_when_the_file_is_chosen_again_on_another_visit_then_it_goes_on(
    people, person, photos
):
    people.may_lose_line()
    page = person(PHONE)
    to_evidence(page)
    Line(page)
    choose(page, photos[0])
    expect(page.locator(MOVING)).to_have_count(1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/lapor/harapan")
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "unggah:" in kept

    page.goto("/lapor/bukti")
    cut = page.locator("[data-part=sending] .file[data-state=cut]")
    expect(cut).to_contain_text("foto-1.jpg")
    sent = Sent(page)
    choose(page, photos[0])

    expect(of_state(page, "quarantined")).to_have_count(1)
    expect(cut).to_have_count(0)
    assert sent.begun == 0
    assert min(offset for offsets in sent.pieces.values() for offset in offsets) > 0


def test_given_a_file_chosen_before_the_script_has_arrived_then_it_is_sent(person, photos):
    page = person(PHONE)
    to_evidence(page)
    on_its_way: list[Route] = []

    def hold(route: Route) -> None:  # the browser's driver takes no built-in function
        on_its_way.append(route)

    page.route("**/upload*.js", hold)
    page.reload(wait_until="commit")
    choose(page, photos[0])

    on_its_way.pop().continue_()

    expect(of_state(page, "quarantined").or_(of_state(page, "ready"))).to_have_count(1)


def test_given_files_on_their_way_when_going_on_then_it_waits_for_them(person, photos):
    page = person(PHONE)
    to_evidence(page)
    Line(page)
    choose(page, photos[0])
    expect(page.locator("[data-part=sending] .file[data-state=sending]")).to_have_count(1)

    journeys.go_on(page)
    expect(page.locator("#berkas-wait")).to_be_visible()

    page.wait_for_url("**/mendesak")
    page.goto("/lapor/bukti")
    expect(of_state(page, "quarantined")).to_have_count(1)


def test_given_a_file_that_is_not_taken_then_its_line_says_why_and_the_others_go(person, photos, tmp_path):
    page = person(PHONE)
    to_evidence(page)
    program, empty = tmp_path / "klaim.docx", tmp_path / "kosong.jpg"
    program.write_bytes(b"PK\x03\x04" * 100)
    empty.write_bytes(b"")

    choose(page, program, empty, photos[0])

    refused = page.locator("[data-part=sending] .file[data-state=refused]")
    expect(refused).to_have_count(2)
    expect(of_state(page, "quarantined")).to_have_count(1)
    expect(page.locator("#go")).to_have_text("Lanjutkan")
    refused.first.locator("[data-part=drop]").click()
    expect(refused).to_have_count(1)


def test_given_no_room_to_put_a_whole_file_away_then_its_line_says_so_and_goes_on_by_itself(people, photos):
    page = people.person(PHONE)
    to_evidence(page)
    told = {"reason": "later", "message": file_reason("later")}
    headers = {"Retry-After": "30", "Tus-Resumable": "1.0.0"}
    page.route("**/unggah/*", lambda route: route.fulfill(status=503, json=told, headers=headers), times=1)

    choose(page, photos[0])

    waiting = page.locator("[data-part=sending] .file[data-state=waiting]")
    expect(waiting.locator("[data-part=word]")).to_have_text(file_reason("later"))
    waiting.locator("[data-part=again]").click()
    expect(of_state(page, "quarantined")).to_have_count(1)
    assert all("503" in problem for problem in people.problems)
    people.problems.clear()  # what the browser says of the one answer is what was wanted


def test_given_files_dragged_from_a_folder_when_dropped_on_the_box_then_they_go_and_beside_it_nothing_is_lost(
    person, photos
):
    page = person(DESK)
    to_evidence(page)
    sent, box, heading = Sent(page), page.locator("#berkas-box"), page.locator("h1")

    first = Drag(page, *photos[:2])
    first.over(box)
    expect(box).to_have_class(re.compile(r"\bover\b"))
    first.over(heading)
    expect(box).not_to_have_class(re.compile(r"\bover\b"))
    first.drop(box.locator(".by-script"))
    expect(of_state(page, "quarantined")).to_have_count(2)
    expect(box).not_to_have_class(re.compile(r"\bover\b"))
    expect(page.locator("#berkas")).to_contain_text("foto-1.jpg")
    expect(page.locator("#berkas")).to_contain_text("foto-2.jpg")

    Drag(page, photos[2]).drop(heading)
    expect(page).to_have_url(re.compile(r"/lapor/bukti$"))
    expect(heading).to_have_text("Apakah Anda punya bukti?")
    assert sent.begun == 2


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "without"])
def test_given_files_that_arrived_when_one_is_removed_then_the_rest_is_sent(person, photos, has_scripts):
    page = person(PHONE, java_script_enabled=has_scripts)
    to_evidence(page)
    choose(page, *photos[:2])
    if not has_scripts:
        page.locator(".by-hand button[type=submit]").click()
    expect(of_state(page, "quarantined")).to_have_count(2)

    page.locator("#berkas .file", has_text="foto-1").locator("form button").click()

    expect(of_state(page, "quarantined")).to_have_count(1)
    receipt = from_evidence(page)
    journeys.follow(page, receipt)
    page.locator("#bukti summary").click()
    expect(page.locator("#bukti .file")).to_have_count(1)
    expect(page.locator("#bukti .file")).to_contain_text("foto-2.jpg")


def test_given_a_followed_report_when_evidence_is_added_then_the_desk_is_told(site, person, photos):
    page = person(PHONE)
    receipt = journeys.file_complaint(page)
    journeys.follow(page, receipt)

    choose(page, photos[0])

    expect(of_state(page, "quarantined")).to_have_count(1)
    officer = person(DESK)
    journeys.sign_in(officer, journeys.intake_officer(site))
    officer.get_by_role("link", name=receipt.ticket).click()
    expect(officer.locator("#evidence .evidence")).to_have_count(1)
    officer.locator("input[name=files]").set_input_files(photos[1])
    expect(officer.locator("#evidence .evidence")).to_have_count(2)
    expect(officer.locator("#evidence .evidence").last).to_contain_text("Demo Penerima")


@pytest.mark.parametrize(("look", "screen"), [("light", PHONE), ("dark", DESK)], ids=["phone", "desk"])
def test_given_files_in_every_state_when_inspected_then_axe_finds_nothing(
    people, person, photos, tmp_path, look, screen
):
    people.may_lose_line()
    page = person(screen, color_scheme=look)
    to_evidence(page)
    Line(page)
    wrong = tmp_path / "klaim.docx"
    wrong.write_bytes(b"PK")
    choose(page, photos[0])
    expect(of_state(page, "quarantined")).to_have_count(1)
    choose(page, wrong, *photos[1:])
    expect(page.locator("[data-part=sending] .file[data-state=sending]")).to_have_count(1)
    inspector = Inspector(page)

    inspector.look("on the way")

    assert inspector.found == []
