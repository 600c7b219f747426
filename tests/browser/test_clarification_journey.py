"""A complaint from the phone of its reporter to its corrected end, as everybody who has part in it meets it.

The office does not answer the first letter, answers the second; the report finds a fault; the office puts it
right, another officer judges it. The product runs ahead of the real clock where a time has to pass.
"""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import select

from ombudsman_app.complaints.commands import REPORT_OPENED, propose_moves
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import FIRST_REQUEST, SECOND_REQUEST, ComplaintState, Outcome, Part
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Origin, Position
from tests.documents.desk import make_all
from tests.factories.complaints import Team, TeamFactory, bring_to
from tests.factories.documents import drawn
from tests.factories.examination import QUESTIONS, REPLY, SUMMARY
from tests.factories.report import ACTION, TEXTS

from . import journeys
from .hands import Fingers, Hands, Keyboard
from .people import DESK, PHONE
from .test_accessibility import Inspector
from .test_findings_journey import House, answered, email_of, judged
from .test_findings_journey import house as house  # noqa: PLC0414 - a fixture of this file too

NOTED = "Berkas, papan layanan, dan bukti antrean dibaca bersama."
FIXED = "Klaim itu sudah diputus dan dibayar pada hari yang sama."
SEEN = "Bukti bayar dan surat keputusan terlihat."
UNANSWERED_DAYS, LATER_DAYS = 16, 18
PICTURES = os.environ.get("OMBUDSMAN_PICTURES", "")  # a folder; empty: none are kept


@dataclass
class Case:
    """The case on its way, and who works on it."""

    house: House
    team: Team
    id: int
    officer: str
    reviewer: str

    @property
    def home(self) -> str:
        return f"/staff/complaints/{self.id}"

    def enter(self, role: Role, screen: dict = DESK, *, language: str = "id") -> tuple[Page, Inspector]:
        return self.house.enter(self.team.users[role].email, screen, language=language)

    def stands(self) -> Complaint:
        with self.house.site.app.app_context():
            found = db.session.get_one(Complaint, self.id)
            db.session.expunge_all()
            return found

    def paper(self, kind: str) -> int:
        """Return the newest paper of a kind about the case."""
        with self.house.site.app.app_context():
            wanted = select(Document.id).where(
                Document.folder == self.stands().files_id, Document.kind == kind
            )
            return db.session.scalars(wanted.order_by(Document.id.desc())).first() or 0

    def finding(self) -> Finding:
        with self.house.site.app.app_context():
            return db.session.scalars(select(Finding).where(Finding.origin == Origin.LHP)).one()


def test_given_a_complaint_when_examined_to_its_end_then_the_office_puts_it_right(house: House) -> None:
    reporter = house.people.person(PHONE)
    receipt = journeys.file_complaint(reporter)
    with house.site.app.app_context():
        team = TeamFactory()
        found = db.session.scalars(select(Complaint).where(Complaint.ticket == receipt.ticket)).one()
        bring_to(found, ComplaintState.ASSIGNED, team)
        people = (email_of(Role.OFFICE_OFFICER), email_of(Role.REVIEWER))
        case = Case(house, team, found.id, *people)

    asked_in_vain(case)
    with house.site.later(UNANSWERED_DAYS):
        asked_again_and_answered(case)
        reported(case)
        received_and_watched(case)
    with house.site.later(LATER_DAYS):
        put_right(case)
        closed(case)
        told(case, receipt)


def asked_in_vain(case: Case) -> None:
    """The examiner reads the file and asks; the head lets it go; the office opens it and is silent."""
    desk, seen = case.enter(Role.EXAMINER)
    hands = Fingers(desk)
    desk.goto(f"{case.home}/examine")
    hands.write("textarea[name=reason]", NOTED)
    hands.press("main .actions button[type=submit]")
    requested(case, desk, hands, FIRST_REQUEST)
    seen.look("a request as a draft")
    head, _seen = case.enter(Role.HEAD_OF_REPRESENTATIVE, language="en")
    let_go(head, Keyboard(head), case.paper(FIRST_REQUEST))
    expect(head.locator("main a[download]")).to_be_visible()
    opened(case, FIRST_REQUEST)
    assert seen.found == []
    assert case.stands().state is ComplaintState.CLARIFICATION_FIRST


def asked_again_and_answered(case: Case) -> None:
    """The time ends, the house proposes the second letter; the office answers it on a phone, in English."""
    with case.house.site.app.app_context():
        assert propose_moves() == 1
    desk, _seen = case.enter(Role.EXAMINER)
    requested(case, desk, Fingers(desk), SECOND_REQUEST)
    head, _seen = case.enter(Role.HEAD_OF_REPRESENTATIVE, language="en")
    let_go(head, Keyboard(head), case.paper(SECOND_REQUEST))
    made(case, case.paper(SECOND_REQUEST))
    phone, seen = opened(case, SECOND_REQUEST, language="en")
    seen.look("the second letter, opened")
    phone.goto(f"/portal/clarifications/{case.paper(SECOND_REQUEST)}/answer")
    Fingers(phone).write("textarea[name=text]", REPLY)
    Fingers(phone).press("form[data-after-upload] button[type=submit]")
    expect(phone.locator("main")).to_contain_text(REPLY)
    seen.look("the explanation was sent")
    assert seen.found == []
    assert case.stands().is_answered


def reported(case: Case) -> None:
    """Put to review; the report is written part by part by keyboard, put forward, issued by the head."""
    desk, seen = case.enter(Role.EXAMINER)
    keys = Keyboard(desk)
    desk.goto(f"{case.home}/review")
    keys.write("textarea[name=reason]", NOTED)
    keys.press("main .actions button[type=submit]")
    desk.goto(f"{case.home}/report")
    seen.look("a report that is empty")
    keep_picture(desk, "report-empty")
    for part in (Part.PARTIES, Part.ACCOUNT, Part.RESULT, Part.OPINION, Part.CONCLUSION, Part.REPORTER):
        desk.goto(f"{case.home}/report/parts/{part}")
        if part is Part.CONCLUSION:
            keys.choose("conclusion", "found")
            desk.locator("input[name=forms][value=undue_delay]").check()
            seen.look("the conclusion")
            keep_picture(desk, "conclusion")
        keys.write("textarea[name=text]", TEXTS[part])
        keys.press("main .actions button[type=submit]:not([name])")
    desk.goto(f"{case.home}/report/actions/new")
    keys.choose("addressee", ACTION.addressee.value)
    seen.look("a corrective action")
    keep_picture(desk, "action")
    for name in ("text", "rule", "evidence"):
        keys.write(f"textarea[name={name}]", getattr(ACTION, name))
    keys.press("main .actions button[type=submit]")
    seen.look("a report that is whole")
    keep_picture(desk, "report-whole")
    keys.press("form[action$='/report/submit'] button")
    number = case.paper("examination_report")
    head, head_seen = case.enter(Role.HEAD_OF_REPRESENTATIVE, language="en")
    head.goto(case.home)
    head_seen.look("a report that waits for the head")
    keep_picture(head, "case-head")
    let_go(head, Keyboard(head), number)
    made(case, number)
    head.goto(f"/staff/documents/{number}")
    expect(head.locator("main a[download]")).to_be_visible()
    head_seen.look("the report that is out")
    assert seen.found == head_seen.found == []
    assert case.stands().state is ComplaintState.REPORT_ISSUED


def received_and_watched(case: Case) -> None:
    """The office opens its finding in the portal: the time runs, and the examiner begins to watch."""
    phone, seen = case.house.enter(case.officer, PHONE, face="portal")
    finding = case.finding()
    phone.goto(f"/portal/findings/{finding.id}")
    expect(phone.locator("main")).not_to_contain_text(ACTION.text)
    Fingers(phone).press("main form[action$='/open'] button")
    expect(phone.locator("main")).to_contain_text(ACTION.text)
    seen.look("a corrective action, opened")
    keep_picture(phone, "portal-action")
    carried_out(case, REPORT_OPENED)
    desk, desk_seen = case.enter(Role.EXAMINER, PHONE, language="en")
    desk.goto(case.home)
    Fingers(desk).press(".next-action a[href$='/report/monitor']")
    Fingers(desk).write("textarea[name=reason]", NOTED)
    Fingers(desk).press("main .actions button[type=submit]")
    expect(desk.locator("#monitoring")).to_be_visible()
    desk_seen.look("a case that is watched")
    keep_picture(desk, "case-watched")
    assert seen.found == desk_seen.found == []
    assert case.stands().state is ComplaintState.REPORT_MONITORING


def put_right(case: Case) -> None:
    """The office tells on its phone what was done; an officer who did not write the report judges it."""
    phone, _seen = case.house.enter(case.officer, PHONE, language="en", face="portal")
    answered(phone, Fingers(phone), case.finding(), Position.ACCEPT, FIXED)
    desk, seen = case.house.enter(case.reviewer, DESK)
    desk.goto(f"/staff/findings/{case.finding().id}")
    judged(desk, Fingers(desk), "done", SEEN)
    seen.look("a corrective action, judged")
    assert seen.found == []


def closed(case: Case) -> None:
    desk, seen = case.enter(Role.EXAMINER)
    desk.goto(case.home)
    seen.look("all is done")
    keep_picture(desk, "case-done")
    keys = Keyboard(desk)
    keys.press(".next-action a[href$='/report/corrected']")
    keys.write("textarea[name=reason]", SEEN)
    keys.press("main .actions button[type=submit]")
    expect(desk.locator("main .notice.success")).to_be_visible()
    seen.look("closed")
    assert seen.found == []
    held = case.stands()
    assert (held.state, held.outcome) == (ComplaintState.CLOSED, Outcome.CORRECTIVE_ACTION_DONE)


def told(case: Case, receipt: journeys.Receipt) -> None:
    """The reporter reads on the phone what came of it, and nothing of the report itself."""
    phone = case.house.people.person(PHONE)
    seen = Inspector(phone)
    journeys.follow(phone, receipt)
    expect(phone.locator("#hasil")).to_contain_text(TEXTS[Part.REPORTER])
    expect(phone.locator("#hasil")).to_contain_text(ACTION.text)
    expect(phone.locator("main")).not_to_contain_text(TEXTS[Part.OPINION])
    expect(phone.locator("main .ticket-line")).to_contain_text("Ditutup")
    seen.look("the result")
    keep_picture(phone, "lacak")
    assert seen.found == []
    journeys.shows_nobody(phone)


def requested(case: Case, page: Page, hands: Hands, kind: str) -> None:
    page.goto(f"{case.home}/letters/{kind}")
    hands.write("textarea[name=summary]", SUMMARY)
    hands.write("textarea[name=questions]", QUESTIONS)
    hands.press("main .actions button[type=submit]")
    page.wait_for_url("**/staff/documents/*")


def let_go(page: Page, hands: Hands, paper: int) -> None:
    """The head, who did not write it, approves a paper and issues it."""
    page.goto(f"/staff/documents/{paper}")
    hands.press("form[action$='/approve'] button")
    hands.press("form[action$='/issue'] button")


def opened(case: Case, kind: str, *, language: str = "id") -> tuple[Page, Inspector]:
    """The office opens a letter in the portal: that proves receipt."""
    phone, seen = case.house.enter(case.officer, PHONE, language=language, face="portal")
    phone.goto(f"/portal/clarifications/{case.paper(kind)}")
    Fingers(phone).press("main form[action$='/open'] button")
    expect(phone.locator("main")).to_contain_text(SUMMARY)
    return phone, seen


def made(case: Case, paper: int) -> None:
    """Give a paper its pages: the runner lives today and takes no work from ahead of it."""
    with case.house.site.app.app_context():
        drawn(db.session.get_one(Document, paper))


def carried_out(case: Case, kind: str) -> None:
    """Do what was asked for ahead of the runner, a moment later."""
    with stopped_at(now() + timedelta(hours=1)):
        ended = make_all(case.house.site.app, kind)
    assert ended == [JobState.DONE]


def keep_picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
