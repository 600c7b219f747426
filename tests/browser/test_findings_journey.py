"""Findings as people meet them: a branch answers on a phone, others judge, what is late climbs the ladder.

The product runs ahead of the real clock where a time has to pass (`Site.later`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.commands import propose_rungs
from ombudsman_app.findings.models import Finding, FindingEntry, LadderStep
from ombudsman_app.findings.states import FindingState, MeasureKind, Position, Rung
from tests.factories.accounts import UserFactory
from tests.factories.findings import FindingFactory, person

from . import journeys
from .hands import Fingers, Hands, Keyboard
from .live import Site
from .people import DESK, PHONE, SCREENS, People
from .photos import photo
from .sending import choose
from .test_accessibility import Inspector

ZONE = "Asia/Makassar"
BRANCH, PEMDA = "kc_mamuju", "pemkab_mabar"
BOARD, QUEUE, BOX = "Papan tarif tidak terlihat", "Antrean dilewati", "Kotak saran terkunci"
TAKEN = "Kami menerima temuan ini dan memasang papan di tiga loket."
DENIED = "Antrean dipanggil menurut nomor; rekaman layar dapat kami tunjukkan."
LATE_WORDS = "Kunci baru sudah dibuat, mohon maaf atas keterlambatan."
NOT_YET = "Foto memperlihatkan satu loket saja. Mohon foto dari ketiga loket."
ENOUGH = "Ketiga papan terlihat pada foto."
MORE = "Mohon jawaban disertai foto."


@dataclass
class House:
    """The branch on its phone, and the desks of who judges and who leads."""

    site: Site
    people: People
    folder: Path

    def enter(
        self, email: str, screen: dict, *, language: str = "id", face: str = "staff"
    ) -> tuple[Page, Inspector]:
        page = self.people.person(screen, language=language)
        journeys.sign_in(page, email, site=self.site, face=face)
        return page, Inspector(page)

    def finding(self, summary: str) -> Finding:
        with self.site.app.app_context():
            return db.session.scalars(select(Finding).where(Finding.summary == summary)).one()


@pytest.fixture
def house(chromium: Browser, site: Site, served: str, tmp_path: Path) -> Iterator[House]:
    """`served` works the queue beside it, so that photos are checked for real."""
    people = People(chromium, site.url)
    yield House(site, people, tmp_path)
    people.close()
    assert people.problems == []


def email_of(role: Role, **places: str) -> str:
    return str(UserFactory(role, name=f"Demo {role.value}", **places).email)


def sent(maker: Actor, office: str, *summaries: str) -> None:
    for summary in summaries:
        FindingFactory(FindingState.SENT, maker=maker, office=office, is_opened=False, summary=summary)


def test_given_three_findings_when_a_branch_answers_on_its_phone_then_lateness_stays(house: House) -> None:
    site = house.site
    with site.app.app_context():
        maker = person(Role.PREVENTION_ASSISTANT)
        sent(maker, BRANCH, BOARD, QUEUE, BOX)
        officer = email_of(Role.OFFICE_OFFICER, portal_office=BRANCH)
        reviewer, head = email_of(Role.REVIEWER), email_of(Role.HEAD_OF_REPRESENTATIVE)
        above = email_of(Role.OFFICE_HEAD, portal_office="kanwil_sulama")
    phone, seen = house.enter(officer, PHONE, face="portal")
    seen.look("asked of us")
    for summary in (BOARD, QUEUE, BOX):
        opened(phone, house.finding(summary), seen)
    accepted_with_a_photo(house, phone, seen)
    answered(phone, Fingers(phone), house.finding(QUEUE), Position.DISPUTE, DENIED)
    expect(phone.locator("#history")).to_contain_text(DENIED)
    assert seen.found == []

    desk, seen = house.enter(reviewer, DESK, language="en")
    keys = Keyboard(desk)
    desk.goto("/staff/findings?state=responded")
    keys.press(f"#findings a[href$='/{house.finding(BOARD).id}']")
    judged(desk, keys, "not_enough", NOT_YET)
    seen.look("returned")
    desk.goto(f"/staff/findings/{house.finding(QUEUE).id}")
    seen.look("disputed")
    judged(desk, keys, "done", "Rekaman memperlihatkan bahwa nomor dipanggil berurutan.")
    assert seen.found == []

    climbs_and_is_answered(house, officer, reviewer, head, above)


def climbs_and_is_answered(house: House, officer: str, reviewer: str, head: str, above: str) -> None:
    """Nobody answers in time: two letters, then the answer; the returned one is answered again meanwhile."""
    site, late = house.site, house.finding(BOX)
    days = proposed(house, late, Rung.REMINDER, after=(late.next_due_on - today(ZONE)).days)
    with site.later(days):
        released(house, head, late, Rung.REMINDER, "kc_mamuju")
        phone, seen = house.enter(officer, PHONE, face="portal")
        expect(phone.locator(".asked .late")).to_have_count(1)
        seen.look("late on the start page")
        board = house.finding(BOARD)
        phone.goto(f"/portal/findings/{board.id}")
        expect(phone.locator("main")).not_to_contain_text(BOARD)
        opened(phone, board, seen)
        expect(phone.locator("#history")).to_contain_text(NOT_YET)
        seen.look("returned with reasons")
        answered(phone, Fingers(phone), board, Position.ACCEPT, "Ini foto dari ketiga loket.")
        desk, desk_seen = house.enter(reviewer, DESK)
        desk.goto(f"/staff/findings/{board.id}")
        judged(desk, Fingers(desk), "done", ENOUGH)
        desk_seen.look("done")
        assert seen.found == desk_seen.found == []
    assert house.finding(BOARD).state is FindingState.DONE

    days = proposed(house, late, Rung.SUPERIOR, after=days)
    with site.later(days):
        released(house, head, late, Rung.SUPERIOR, "kanwil_sulama")
        sees_nothing_of_its_branch(house, above)
        phone, seen = house.enter(officer, PHONE, language="en", face="portal")
        phone.goto(f"/portal/findings/{late.id}")
        expect(phone.locator(".status.danger").first).to_be_visible()
        seen.look("late, two letters")
        answered(phone, Fingers(phone), late, Position.IN_PART, LATE_WORDS)
        desk, desk_seen = house.enter(reviewer, DESK)
        desk.goto(f"/staff/findings/{late.id}")
        judged(desk, Fingers(desk), "done", "Kotak saran dapat dipakai.")
        for page, face, look in ((desk, "staff", desk_seen), (phone, "portal", seen)):
            page.goto(f"/{face}/findings/{late.id}")
            expect(page.locator("#history .status.danger")).to_be_visible()  # so many days late
            look.look("late for ever")
        assert seen.found == desk_seen.found == []
    with site.app.app_context():
        said = db.session.scalars(
            select(FindingEntry).where(FindingEntry.finding_id == late.id, FindingEntry.kind == "response")
        ).one()
        assert (said.days_late or 0) > 7
        assert db.session.get_one(Finding, late.id).state is FindingState.DONE


@pytest.mark.parametrize(("screen", "language"), [("phone", "en"), ("desk", "id")])
def test_given_a_suggestion_of_a_visit_when_the_pemda_answers_then_it_is_planned(
    house: House, screen: str, language: str
) -> None:
    with house.site.app.app_context():
        sent(person(Role.PREVENTION_ASSISTANT, office="KPG"), PEMDA, BOARD)
        officer = email_of(Role.OFFICE_HEAD, portal_office=PEMDA)
    page, seen = house.enter(officer, SCREENS[screen], language=language, face="portal")
    hands: Hands = Keyboard(page) if screen == "desk" else Fingers(page)
    finding = house.finding(BOARD)

    hands.press(f".asked a[href$='/{finding.id}']")
    seen.look("not opened")
    hands.press("main form[action$='/open'] button")
    kind = {"id": "Saran perbaikan", "en": "Suggestion for improvement"}[language]
    expect(page.locator("#measures")).to_contain_text(kind)
    seen.look("opened")
    answered(page, hands, finding, Position.ACCEPT, "Kami menerima saran ini.")

    expect(page.locator("#history")).to_contain_text("Kami menerima saran ini.")
    seen.look("answered")
    assert seen.found == []
    with house.site.app.app_context():
        held = db.session.get_one(Finding, finding.id)
        assert held.state is FindingState.RESPONDED
        kinds = [(one.kind, one.status) for one in db.session.scalars(select_measures(held.id))]
        assert kinds == [(MeasureKind.IMPROVEMENT_SUGGESTION, "planned")]


def select_measures(finding_id: int):
    from ombudsman_app.findings.models import Measure

    return select(Measure).where(Measure.finding_id == finding_id)


def opened(page: Page, finding: Finding, seen: Inspector) -> None:
    """Nothing of it is told before it is opened."""
    page.goto(f"/portal/findings/{finding.id}")
    expect(page.locator("main")).not_to_contain_text(finding.summary)
    seen.look("not opened")
    page.locator("main form[action$='/open'] button").click()
    expect(page.locator("h1")).to_have_text(finding.summary)


def accepted_with_a_photo(house: House, page: Page, seen: Inspector) -> None:
    """What is missing is said beside its field and nothing typed is lost; then the photo and the answer."""
    finding, hands = house.finding(BOARD), Fingers(page)
    page.goto(f"/portal/findings/{finding.id}/respond")
    seen.look("answer, empty")
    hands.choose("position", Position.ACCEPT)
    hands.write("textarea[name=text]", TAKEN)
    with page.expect_response(lambda response: response.request.method == "POST") as waited:
        page.locator("main form[data-after-upload] button[type=submit]").click()
    assert waited.value.status == 422
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(TAKEN)
    seen.look("answer, something missing")
    picture = house.folder / "papan.jpg"
    picture.write_bytes(photo(3))
    choose(page, picture)
    expect(page.locator("#berkas .file[data-state=ready]")).to_have_count(1)
    hands.write("textarea[name=action]", "Papan dipasang di tiga loket.")
    hands.write("input[name=responsible]", "Kepala bidang pelayanan")
    page.locator("input[name=by_on]").fill(f"{today(ZONE).year + 1}-01-15")
    seen.look("answer, ready to go")
    hands.press("main form[data-after-upload] button[type=submit]")
    expect(page.locator("main .notice.success")).to_be_visible()
    expect(page.locator("#history")).to_contain_text(TAKEN)
    seen.look("answered")


def answered(page: Page, hands: Hands, finding: Finding, position: Position, words: str) -> None:
    page.goto(f"/portal/findings/{finding.id}/respond")
    hands.choose("position", position)
    hands.write("textarea[name=text]", words)
    if position is not Position.DISPUTE:
        hands.write("textarea[name=action]", "Dikerjakan minggu ini.")
        hands.write("input[name=responsible]", "Kepala bidang pelayanan")
        page.locator("input[name=by_on]").fill(f"{today(ZONE).year + 1}-03-15")
    hands.press("main form[data-after-upload] button[type=submit]")
    expect(page.locator("main .notice.success")).to_be_visible()


def judged(page: Page, hands: Hands, verdict: str, reason: str) -> None:
    hands.choose("verdict", verdict)
    hands.write("#judge textarea[name=reason]", reason)
    hands.press("#judge button[type=submit]")
    expect(page.locator("main .notice.success")).to_be_visible()


def proposed(house: House, finding: Finding, rung: Rung, *, after: int) -> int:
    """Let nights pass until the system proposes this step; return how far ahead that is."""
    for days in range(after, after + 40):
        with house.site.later(days), house.site.app.app_context():
            propose_rungs()
            steps = select(LadderStep.rung).where(LadderStep.finding_id == finding.id)
            if rung in db.session.scalars(steps).all():
                return days
    raise AssertionError(f"{rung} was not proposed")


def released(house: House, head: str, finding: Finding, rung: Rung, to: str) -> None:
    """The head reads what is proposed, adds a word, lets it go; the letter has its number."""
    page, seen = house.enter(head, DESK)
    page.goto("/staff/findings?overdue=yes")
    page.locator(f"#findings a[href$='/{finding.id}']").click()
    expect(page.locator("#ladder")).to_be_visible()
    seen.look(f"{rung} proposed")
    page.locator("#ladder textarea[name=words]").fill(MORE)
    page.locator("#ladder button[type=submit]").click()
    expect(page.locator("main .notice.success")).to_be_visible()
    expect(page.locator("#ladder")).to_have_count(0)
    seen.look(f"{rung} released")
    assert seen.found == []
    with house.site.app.app_context():
        step, number, name = db.session.execute(
            select(LadderStep, Document.number, Office.reference)
            .join(Document, Document.id == LadderStep.document_id)
            .join(Office, Office.id == LadderStep.addressee_id)
            .where(LadderStep.finding_id == finding.id, LadderStep.rung == rung)
        ).one()
        assert (bool(number), name, step.words) == (True, to, MORE)


def sees_nothing_of_its_branch(house: House, above: str) -> None:
    """The letter goes to the office above; the portal shows it nothing of what its branch was sent."""
    page, _seen = house.enter(above, PHONE, face="portal")
    page.goto("/portal/findings")
    expect(page.locator(".asked")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text(BOX)
