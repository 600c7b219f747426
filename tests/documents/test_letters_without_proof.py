"""A letter that went out and whose receipt nothing proves is seen: on the desk, in a list, in the morning."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, insert, select, update

from ombudsman_app.complaints.commands import begin_mornings, folder_of
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.commands import issue, open_paper
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import PROOF_MISSING_DAYS, DocumentState
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..databases import gather_statistics
from ..factories.complaints import CaseFactory, Team, TeamFactory
from ..factories.documents import LetterFactory, ReceiptFactory, drawn
from ..visitor import Visitor

LIST = "/staff/documents?view=unproven"
FRIDAY = "2026-11-20"


@pytest.fixture
def team(app: Flask, clock: StoppedClock) -> Team:
    clock.at(f"{FRIDAY}T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def case(app: Flask, team: Team) -> Complaint:
    with app.app_context():
        return CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)


def sent_letter(app: Flask, team: Team, case: Complaint) -> int:
    """A letter that an intake officer issued on the day of the clock."""
    with app.app_context():
        actor = team.intake
        letter = LetterFactory(case, actor)
        issue(letter, version=letter.version, actor=actor)
        return drawn(letter).id


def days_later(clock: StoppedClock, days: int) -> None:
    clock.at(f"{date.fromisoformat(FRIDAY) + timedelta(days=days)}T09:00+08:00")


def stored(app: Flask, document_id: int) -> Document:
    with app.app_context():
        return db.session.get_one(Document, document_id)


def figure(page: str) -> str:
    after = page.split("Surat tanpa bukti terima", 1)[1]
    return after.split('class="number">', 1)[1].split("<", 1)[0]


def test_given_a_letter_was_sent_when_too_many_days_pass_then_desk_and_list_say_so(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    number = stored(app, sent_letter(app, team, case)).number
    days_later(clock, PROOF_MISSING_DAYS - 1)
    young = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id)
    assert figure(young.get("/staff/").text) == "0"
    assert number in young.get(LIST).text
    days_later(clock, PROOF_MISSING_DAYS)

    officer = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id)
    page = officer.get(LIST).text

    assert figure(officer.get("/staff/").text) == "1"
    assert f"{PROOF_MISSING_DAYS} hari tanpa bukti" in page
    assert "setelan produk" in page


def test_given_the_reporter_opened_it_then_it_waits_no_more(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    letter = sent_letter(app, team, case)
    with app.app_context():
        open_paper(db.session.get_one(Document, letter))
    days_later(clock, PROOF_MISSING_DAYS)

    page = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id).get(LIST).text

    assert stored(app, letter).unproven_since is None
    assert "Tidak ada surat yang menunggu bukti" in page


def test_given_a_paper_whose_receipt_nobody_waits_for_then_it_does_not_stand_there(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        receipt = ReceiptFactory(case).id

    assert stored(app, receipt).unproven_since is None


def test_given_a_letter_of_another_office_then_neither_list_nor_number_shows_it(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    sent_letter(app, team, case)
    days_later(clock, PROOF_MISSING_DAYS)
    with app.app_context():
        other = TeamFactory(office="KPG")

    stranger = Visitor(app).enter(other.users[Role.PVL_ASSISTANT].id)

    assert figure(stranger.get("/staff/").text) == "0"
    assert "Tidak ada surat yang menunggu bukti" in stranger.get(LIST).text


def test_given_nobody_has_the_case_when_the_morning_comes_then_who_issued_the_letter_is_told(
    app: Flask, team: Team, case: Complaint, clock: StoppedClock
) -> None:
    sent_letter(app, team, case)
    clock.at("2026-11-27T08:00+08:00")

    with app.app_context():
        begin_mornings()
        told = db.session.execute(
            select(Notification.person_id, Notification.facts).where(Notification.kind == "complaints.due")
        ).all()

    [(person, facts)] = told
    assert person == team.users[Role.PVL_ASSISTANT].id
    assert '"unproven": 1' in facts
    page = Visitor(app).enter(person).get("/staff/notifications/").text
    assert "terlalu lama tanpa bukti terima: 1" in page


def test_given_a_line_of_an_earlier_release_then_the_inbox_still_reads_it(
    app: Flask, team: Team, case: Complaint
) -> None:
    person = team.users[Role.PVL_ASSISTANT].id
    facts = '{"overdue": 3, "soon": 0, "today": 0, "until": "2026-11-25"}'
    with app.app_context():
        line = Notification(
            person_id=person, kind="complaints.due", record_kind="", facts=facts, key="k", made_at=now()
        )
        command(lambda: db.session.add(line))()

    assert "3 lewat tenggat" in Visitor(app).enter(person).get("/staff/notifications/").text


@command
def _many(case: Complaint, number: int) -> None:
    """Letters without proof, one a day further back; their bytes are of no interest here."""
    folder, day = folder_of(case), date.fromisoformat(FRIDAY)
    rows = [
        {
            "uuid": uuid4(),
            "kind": "completion_request",
            "folder": folder,
            "representative_office_id": case.representative_office_id,
            "state": DocumentState.ISSUED,
            "subject": f"Perihal {one}",
            "answers": {},
            "drafted_at": now(),
            "number": f"B/{one:05d}",
            "issued_on": day - timedelta(days=one // 10),
            "unproven_since": day - timedelta(days=one // 10),
            "version": 1,
        }
        for one in range(number)
    ]
    db.session.execute(insert(Document), rows)


def test_given_several_pages_when_walking_on_and_back_then_each_letter_stands_there_once(
    app: Flask, team: Team, case: Complaint
) -> None:
    with app.app_context():
        _many(case, 120)
    officer, seen, address = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id), [], LIST
    walked = []
    while address:
        page = officer.get(address).text
        walked.append(address)
        seen += [part.split("<", 1)[0] for part in page.split('#ways">')[1:]]
        address = _link(page, "after")
    back = officer.get(_link(page, "before")).text

    assert len(seen) == len(set(seen)) == 120
    assert seen[0] == "B/00110"  # the first of the ten that wait longest
    assert back.split('#ways">')[1:] == officer.get(walked[-2]).text.split('#ways">')[1:]


def _link(page: str, name: str) -> str:
    for part in page.split('href="')[1:]:
        href = part.split('"', 1)[0].replace("&amp;", "&")
        if f"{name}=" in href and "view=unproven" in href and "kind=" not in href:
            return href
    return ""


@pytest.fixture
def planned(app: Flask, team: Team, case: Complaint) -> Iterator[list[str]]:
    """The plan of the list, beside many letters that are proven."""
    with app.app_context():
        _many(case, 3_000)
        proven = update(Document).where(Document.id % 20 != 0).values(unproven_since=None)
        command(lambda: db.session.execute(proven))()
        if db.engine.dialect.name == "postgresql":
            gather_statistics(app)
    said: list[tuple[str, object]] = []

    def keep(_connection: object, _cursor: object, statement: str, given: object, *_more: object) -> None:
        if "ORDER BY document.unproven_since" in statement:
            said.append((statement, given))

    engine = app.extensions["engine"]
    event.listen(engine, "before_cursor_execute", keep)
    Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id).get(LIST)
    event.remove(engine, "before_cursor_execute", keep)
    [(statement, given)] = said
    with app.app_context():
        is_lite = db.engine.dialect.name == "sqlite"
        explain = "EXPLAIN QUERY PLAN " if is_lite else "EXPLAIN "
        rows = db.session.connection().exec_driver_sql(explain + statement, given)  # type: ignore[arg-type]
        yield [str(row[3] if is_lite else row[0]) for row in rows]


def test_given_many_letters_when_the_list_is_planned_then_its_index_is_walked(planned: list[str]) -> None:
    plan = " | ".join(planned)

    assert "ix_document_unproven" in plan
    assert "Seq Scan on document" not in plan
    assert "SCAN document" not in plan
    assert "TEMP B-TREE" not in plan
