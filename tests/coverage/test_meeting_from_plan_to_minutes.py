"""A meeting is planned, invited to, held and minuted; people sign in on their phones (enter by the door)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.coverage.commands.meeting_people import PersonInput, close_door, open_door, record_people
from ombudsman_app.coverage.commands.meetings import hold_meeting
from ombudsman_app.coverage.meeting_errors import MeetingRefused
from ombudsman_app.coverage.meeting_states import MeetingState
from ombudsman_app.coverage.models import AgendaItem, MeetingPerson, MonitoringMeeting
from ombudsman_app.documents.commands import issue
from ombudsman_app.documents.errors import SecondPersonNeeded
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.complaints import office_id
from ..factories.employers import keeper_of
from ..factories.findings import person
from ..factories.meetings import CommitmentFactory, MeetingFactory, again, body_of, officer_of_body
from ..visitor import Visitor

Inside = Callable[..., Any]
NEW = "/staff/meetings/new"
ANSWERS = {"name": "Maria Contoh", "function": "Kepala Dinas", "body": "Dinas PMD Provinsi", "agrees": "y"}


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T08:30+08:00")
    return inside


def plan(inside: Inside, **given: Any) -> dict[str, Any]:
    return {
        "kind": "monev",
        "topic": "Kepesertaan pekerja informal",
        "on": "2026-11-20",
        "at": "09.00",
        "place": "Aula kantor",
        "agenda": "Pembukaan; Kepala Perwakilan; 15\nCapaian; Kantor Cabang; 45\nRencana aksi",
        "bodies": [str(inside(office_id, "pemkab_mamuju"))],
        **given,
    }


def test_given_a_plan_when_written_then_its_hours_follow_from_the_agenda_in_the_zone_of_the_office(
    visitor: Visitor, inside: Inside
) -> None:
    keeper = visitor.enter(inside(keeper_of).user_id)
    answer = keeper.submit(NEW, plan(inside))
    assert answer.status_code == 302, answer.text
    page = keeper.get(answer.location).text
    assert "Jumat, 20 November 2026" in page
    assert "09.00 WITA sampai 10.30 WITA" in page, "15 + 45 + the usual 30 minutes"
    assert "PM-0001/<wbr>2026/<wbr>MAM" in page
    events = inside(lambda: db.session.scalars(select(TrailEntry.event)).all())
    assert events[-1] == "coverage:meeting:planned"
    keeper.submit(f"{answer.location}/edit", plan(inside, version="1", at="13:15", agenda="Satu; ; 20"))
    assert "13.15 WITA sampai 13.35 WITA" in keeper.get(answer.location).text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"at": "25.00"}, "Tulis jam seperti ini: 09.00."),
        ({"agenda": "Pembukaan; Kepala; 0"}, "Baris 1 tidak terbaca."),
        ({"agenda": "Satu; A; 10\n; B; 10"}, "Baris 2 tidak terbaca."),
        ({"on": "2033-01-05"}, "Periksa tahunnya."),
    ],
)
def test_given_what_cannot_be_read_when_planned_then_it_is_said_beside_the_field(
    visitor: Visitor, inside: Inside, given: dict[str, str], words: str
) -> None:
    answer = visitor.enter(inside(keeper_of).user_id).submit(NEW, plan(inside, **given))
    assert answer.status_code == 422
    assert words in answer.text
    assert inside(lambda: db.session.scalar(select(MonitoringMeeting.id))) is None


def test_given_an_invitation_when_another_person_issues_it_then_the_bodies_see_the_meeting(
    visitor: Visitor, another_visitor: Visitor, inside: Inside
) -> None:
    keeper, head, officer = inside(keeper_of), inside(person, Role.HEAD_OF_REPRESENTATIVE), officer_id(inside)
    made = inside(MeetingFactory, keeper=keeper)
    body = inside(lambda: body_of(made, "pemkab_mamuju").id)
    portal = another_visitor.enter(officer)
    assert portal.get(f"/portal/meetings/{body}").status_code == 404, "nobody is invited yet"
    visitor.enter(keeper.user_id).submit(
        f"/staff/meetings/{made.id}/invitation", {"subject": "Undangan monev", "words": "Bawa data peserta."}
    )

    def let_go() -> Document:
        paper = db.session.scalars(select(Document)).one()
        with pytest.raises((SecondPersonNeeded, NotAllowed)):
            issue(paper, version=paper.version, actor=keeper)
        issue(paper, version=paper.version, actor=head)
        return paper

    paper = inside(let_go)
    assert paper.number == "B/0001/PM.01/MAM/XI/2026"
    letter = paper.content["letter"]
    assert len(letter["bodies"]) == 2
    assert "Pemerintah Kabupaten Mamuju" in letter["bodies"]
    assert [one["from"] for one in letter["agenda"]] == ["09.00", "09.15"]
    assert "Optimalisasi kepesertaan" in portal.get(f"/portal/meetings/{body}").text
    told = inside(lambda: db.session.scalars(select(Notification.kind)).all())
    assert "meetings.invited" in told


def officer_id(inside: Inside) -> int:
    found: int = inside(officer_of_body).user_id
    return found


def test_given_the_code_of_the_room_when_scanned_then_whoever_is_there_is_once_on_the_list(
    app: Flask, visitor: Visitor, inside: Inside
) -> None:
    keeper = inside(keeper_of)
    made = inside(MeetingFactory, MeetingState.INVITED, keeper=keeper)
    code = inside(lambda: open_door(again(made), actor=keeper).code)
    door = f"/hadir/{code}"
    assert code in visitor.enter(keeper.user_id).get(f"/staff/meetings/{made.id}/room").text
    phone = Visitor(app, "198.51.100.4")
    page = phone.get(door)
    assert page.status_code == 200
    assert "tidak diumumkan" in page.text, "what happens with the data stands there"
    assert phone.submit(door, {**ANSWERS, "agrees": ""}).status_code == 422
    assert phone.submit(door, ANSWERS).status_code == 302
    again_typed = {**ANSWERS, "name": "  maria   CONTOH ", "function": "Kadis"}
    assert phone.submit(door, again_typed).location.endswith("/tercatat")
    rows = inside(lambda: db.session.scalars(select(MeetingPerson)).all())
    assert len(rows) == 1
    assert inside(lambda: rows[0].name) == "Maria Contoh"
    assert b"Maria" not in rows[0].name_sealed
    assert rows[0].invited_at is None
    assert "Maria Contoh" in visitor.get(f"/staff/meetings/{made.id}/attendance").text
    assert "Maria" not in phone.get(door).text, "nobody sees who came before"


def test_given_another_day_or_a_closed_door_when_scanned_then_it_opens_nothing(
    app: Flask, inside: Inside, clock: StoppedClock
) -> None:
    keeper = inside(keeper_of)
    made = inside(MeetingFactory, MeetingState.INVITED, keeper=keeper)
    first = inside(lambda: open_door(again(made), actor=keeper).code)
    second = inside(lambda: open_door(again(made), actor=keeper).code)
    phone = Visitor(app)
    assert phone.get(f"/hadir/{first}").status_code == 404, "a new code ends the one before"
    assert phone.get(f"/hadir/{second.lower()}").status_code == 200, "as people type it"
    clock.at("2026-11-21T09:00+08:00")
    assert phone.get(f"/hadir/{second}").status_code == 404, "only on its day"
    clock.at("2026-11-20T10:00+08:00")
    inside(lambda: close_door(again(made), actor=keeper))
    assert phone.submit(f"/hadir/{second}", ANSWERS).status_code == 404
    assert phone.get("/hadir/tidak-ada").status_code == 404


def test_given_who_was_invited_by_name_when_signing_in_then_it_is_the_same_row(
    app: Flask, visitor: Visitor, inside: Inside
) -> None:
    keeper = inside(keeper_of)
    made = inside(MeetingFactory, MeetingState.INVITED, keeper=keeper)
    people = f"/staff/meetings/{made.id}/people"
    staff = visitor.enter(keeper.user_id)
    staff.submit(people, {"people": "Maria Contoh; Kepala Dinas; Dinas PMD Provinsi", "how": "invited"})
    code = inside(lambda: open_door(again(made), actor=keeper).code)
    Visitor(app).submit(f"/hadir/{code}", ANSWERS)
    row = inside(lambda: db.session.scalars(select(MeetingPerson)).one())
    assert row.invited_at is not None
    assert row.came_at is not None
    answer = staff.submit(people, {"people": "Tanpa jabatan", "how": "came"})
    assert answer.status_code == 422
    assert "Baris 1 tidak terbaca" in answer.text
    staff.submit(people, {"people": "Yohanes; Staf; Bappeda", "how": "came"})
    assert len(inside(lambda: db.session.scalars(select(MeetingPerson.id)).all())) == 2
    staff.post(f"{people}/{row.id}/strike")
    struck = inside(lambda: db.session.get_one(MeetingPerson, row.id))
    assert (inside(lambda: struck.name), struck.body, struck.came_at) == ("", "", None), "who it was is gone"
    page = staff.get(people).text
    assert "Yohanes" in page
    assert "Maria Contoh</th>" not in page


def test_given_results_and_minutes_when_issued_then_bodies_read_them_and_no_name_is_frozen(
    visitor: Visitor, another_visitor: Visitor, inside: Inside
) -> None:
    keeper, head = inside(keeper_of), inside(person, Role.HEAD_OF_REPRESENTATIVE)
    made = inside(MeetingFactory, MeetingState.HELD, keeper=keeper)
    inside(lambda: record_people(again(made), [PersonInput("Maria", "Kadis", "PMD")], actor=keeper))
    inside(CommitmentFactory, made, keeper=keeper)
    staff, page = visitor.enter(keeper.user_id), f"/staff/meetings/{made.id}"
    assert staff.get(f"{page}/minutes").status_code == 302, "points without results"
    boxes = {f"result_{one.id}": "Disepakati bersama." for one in again_items(inside, made)}
    staff.submit(f"{page}/results", boxes)
    assert staff.submit(f"{page}/minutes", {"subject": "Notulen monev"}).status_code == 302

    def let_go() -> Any:
        kind = Document.kind == "meeting_minutes"
        paper = db.session.scalars(select(Document).where(kind)).one()
        issue(paper, version=paper.version, actor=head)
        return paper.content["letter"]

    letter = inside(let_go)
    assert letter["came"] == [{"body": "PMD", "number": 1}]
    assert "Maria" not in str(letter)
    assert letter["commitments"][0]["text"] == "Menganggarkan iuran perangkat desa."
    body = inside(lambda: body_of(made, "pemkab_mamuju").id)
    portal, address = another_visitor.enter(officer_id(inside)), f"/portal/meetings/{body}"
    assert "Disepakati bersama." in portal.get(address).text
    assert "Menganggarkan iuran" in portal.get(address).text
    form = {"remark": "Angka pada butir 2 keliru.", "form_key": "satu"}
    assert portal.submit(address, form).status_code == portal.submit(address, form).status_code == 302
    assert staff.get(page).text.count("Angka pada butir 2 keliru.") == 1
    told = inside(lambda: db.session.scalars(select(Notification.kind)).all())
    assert told.count("meetings.remarked") == 1
    with pytest.raises(MoveNotAllowed):
        inside(lambda: record_people(again(made), [PersonInput("A", "B", "C")], actor=keeper))


def again_items(inside: Inside, made: MonitoringMeeting) -> list[AgendaItem]:
    found: list[AgendaItem] = inside(lambda: list(again(made).agenda))
    return found


def test_given_a_meeting_that_moves_when_invited_then_the_bodies_are_told_once(
    visitor: Visitor, inside: Inside
) -> None:
    keeper = inside(keeper_of)
    inside(officer_of_body)
    made = inside(MeetingFactory, MeetingState.INVITED, keeper=keeper)
    staff, page = visitor.enter(keeper.user_id), f"/staff/meetings/{made.id}"
    same = plan(inside, topic=made.topic, place=made.place, version=str(made.version))
    assert staff.submit(f"{page}/edit", same).status_code == 302
    kinds = "meetings.changed"
    assert inside(lambda: db.session.scalars(select(Notification.kind)).all()).count(kinds) == 0
    moved = {**same, "on": "2026-11-27", "version": str(inside(again, made).version)}
    assert staff.submit(f"{page}/edit", moved).status_code == 302
    assert inside(lambda: db.session.scalars(select(Notification.kind)).all()).count(kinds) == 1
    assert inside(again, made).meets_on == date(2026, 11, 27)
    stale = staff.submit(f"{page}/edit", {**moved, "version": "1"})
    assert stale.status_code == 409


def test_given_a_meeting_of_tomorrow_when_said_to_be_held_then_it_is_refused(
    inside: Inside,
) -> None:
    keeper = inside(keeper_of)
    made = inside(MeetingFactory, keeper=keeper, on=date(2026, 11, 21))

    def hold() -> None:
        held = again(made)
        hold_meeting(held, version=held.version, actor=keeper)

    with pytest.raises(MeetingRefused):
        inside(hold)
    with pytest.raises(NotAllowed):
        inside(lambda: open_door(again(made), actor=person(Role.AUDITOR)))
