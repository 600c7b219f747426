"""Secret calendar addresses: made, fetched, renewed, ended; they open what their owner may see now (AU6)."""

import json
import re
from datetime import date, datetime, timedelta
from html import unescape

import icalendar
import ics
import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from ombudsman_app.accounts.commands import deactivate, revoke_grant
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import declare_interest, make_own_feed, recount_open_clocks
from ombudsman_app.complaints.models import CalendarFeed, Complaint, ComplaintClock, FeedKind
from ombudsman_app.complaints.queries import feed_hash
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.throttle import RULES
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import import_holidays, load_shipped
from ombudsman_app.core.workflow.holiday_calendar import DayOff, HolidayKind

from ..conftest import StoppedClock
from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, NARRATIVE, PERSON, ComplaintFactory, many_complaints, more_history
from ..visitor import Visitor

FRIDAY = "2026-11-20T09:00+08:00"
CALENDAR = "/staff/complaints/calendar"
REPORTERS = "/lacak/laporan/kalender"


@pytest.fixture
def house(app: Flask, clock: StoppedClock) -> Flask:
    clock.at(FRIDAY)
    return app


def officer(app: Flask, role: Role = Role.PVL_ASSISTANT, office: str = "MAM") -> tuple[Visitor, int]:
    with app.app_context():
        user_id = UserFactory(role, password=None, office=office).id
    return Visitor(app).enter(user_id), user_id


def complaint(app: Flask, **given: str) -> tuple[int, str]:
    with app.app_context():
        case = ComplaintFactory(**given)
        return case.id, case.ticket


def address_on(page: TestResponse) -> str:
    """Return the path of the secret address that a page shows; empty where it shows none."""
    found = re.search(r'id="calendar-address" value="([^"]+)"', page.text)
    return unescape(found[1]).removeprefix("http://localhost:8000") if found else ""


def made(visitor: Visitor, page: str = CALENDAR, **fields: str) -> str:
    done = visitor.submit(page, fields)
    assert done.status_code == 302
    return address_on(visitor.get(done.location))


def fetched(app: Flask, address: str, **headers: str) -> TestResponse:
    return Visitor(app, "203.0.113.77").client.get(address, headers=headers)


def events(answer: TestResponse) -> list[icalendar.Event]:
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


def tickets(answer: TestResponse) -> set[str]:
    return {str(event["SUMMARY"]).split(":")[0] for event in events(answer)}


def trail(app: Flask, act: str) -> list[TrailEntry]:
    with app.app_context():
        return list(
            db.session.scalars(
                select(TrailEntry).where(TrailEntry.event == f"complaints:calendar_feed:{act}")
            )
        )


def test_given_an_officer_when_an_address_is_made_then_it_shows_ticket_and_day_alone(house: Flask) -> None:
    me, user_id = officer(house)
    _id, ticket = complaint(house)
    _other, far = complaint(house, office="kc_ntt")

    address = made(me, cases="office")

    assert re.fullmatch(r"/agenda/[A-Za-z0-9_-]{43}\.ics", address)
    answer = fetched(house, address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert {(str(one["SUMMARY"]), one.decoded("DTSTART")) for one in events(answer)} == {
        (f"{ticket}: Memberi tahu Pelapor apakah berkas lengkap", date(2026, 12, 4)),
        (f"{ticket}: Verifikasi formil", date(2026, 12, 1)),
    }
    text = answer.text
    assert far not in text, "another office"
    for hidden in (NARRATIVE, "Mamuju", *PERSON.values(), "Demo Orang"):
        assert hidden not in text.replace("\r\n ", "")
    alarm = events(answer)[0].walk("VALARM")[0].decoded("TRIGGER")
    assert alarm == timedelta(hours=8) - timedelta(days=4), "Tuesday 1 December: reminded on Friday morning"
    assert {one.all_day for one in ics.Calendar(text).events} == {True}
    row = trail(house, "made")[0]
    assert (row.actor_id, json.loads(row.changes)["kind"]) == (user_id, "office")


def test_given_a_new_address_then_it_is_shown_for_a_while_here_alone_and_stored_nowhere(
    house: Flask, clock: StoppedClock
) -> None:
    me, user_id = officer(house)
    address = made(me, cases="mine")
    token = address.removeprefix("/agenda/").removesuffix(".ics")
    assert address_on(me.get(CALENDAR)) == address, "a lost answer loses nothing"
    assert address_on(Visitor(house).enter(user_id).get(CALENDAR)) == "", "another browser of mine"

    clock.at("2026-11-20T09:11+08:00")
    assert address_on(me.get(CALENDAR)) == ""

    with house.app_context():
        row = db.session.scalars(select(CalendarFeed)).one()
        assert row.token_hash == feed_hash(token)
        for table in db.engine.dialect.get_table_names(db.session.connection()):
            rows = db.session.connection().exec_driver_sql(f'SELECT * FROM "{table}"').all()
            assert token not in str(rows), table


def test_given_an_address_then_the_log_holds_no_token(
    house: Flask, capfd: pytest.CaptureFixture[str]
) -> None:
    me, _me = officer(house)
    address = made(me, cases="mine")
    fetched(house, address)
    fetched(house, "/agenda/nobody-knows-it.ics")
    told = capfd.readouterr().err
    assert "calendar_file" in told
    assert "nobody-knows" not in told
    assert address.removeprefix("/agenda/").removesuffix(".ics") not in told


def test_given_an_address_when_renewed_or_ended_then_the_old_one_is_like_an_unknown_one(house: Flask) -> None:
    me, user_id = officer(house)
    first = made(me, cases="mine")
    second = made(me, cases="office")
    assert first != second
    unknown = fetched(house, "/agenda/" + "A" * 43 + ".ics")
    assert fetched(house, first).status_code == unknown.status_code == 404
    assert fetched(house, second).status_code == 200
    with house.app_context():
        feed_id = db.session.scalars(select(CalendarFeed.id).where(CalendarFeed.revoked_at.is_(None))).one()

    assert officer(house)[0].post(f"{CALENDAR}/{feed_id}/end").status_code == 404, "somebody else's"
    assert me.post(f"{CALENDAR}/{feed_id}/end").status_code == 302

    assert fetched(house, second).status_code == 404
    assert [row.actor_id for row in trail(house, "ended")] == [user_id, user_id]
    assert len(trail(house, "made")) == 2


def test_given_unknown_ended_and_expired_addresses_then_all_cost_the_same_work(
    house: Flask, clock: StoppedClock
) -> None:
    me, _me = officer(house)
    ended = made(me, cases="mine")
    expired = made(me, cases="mine")
    clock.at("2027-11-20T09:01+08:00")
    asked = Visitor(house, "203.0.113.78")
    costs = []
    for address in (ended, expired, "/agenda/" + "B" * 43 + ".ics"):
        answer = asked.get(address)
        assert answer.status_code == 404
        costs.append(re.sub(r"'[^']*'", "?", str(asked.statements)))
    assert costs[0] == costs[1] == costs[2]


def test_given_a_right_that_was_lost_then_the_address_gives_nothing(house: Flask) -> None:
    me, user_id = officer(house)
    case_id, ticket = complaint(house)
    every, one = made(me, cases="office"), made(me, f"/staff/complaints/{case_id}/calendar")
    assert tickets(fetched(house, every)) == tickets(fetched(house, one)) == {ticket}

    with house.app_context():
        for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)).all():
            revoke_grant(grant, actor=STRANGER)

    assert events(fetched(house, every)) == [], "an empty calendar takes the days off the phone"
    assert fetched(house, one).status_code == 404


def test_given_an_officer_who_left_then_every_address_is_gone(house: Flask) -> None:
    me, user_id = officer(house)
    complaint(house)
    address = made(me, cases="office")
    with house.app_context():
        deactivate(db.session.get_one(User, user_id), actor=STRANGER)
    assert fetched(house, address).status_code == 404


def test_given_a_declared_interest_then_the_case_leaves_the_calendar(house: Flask) -> None:
    me, user_id = officer(house)
    case_id, ticket = complaint(house)
    every, one = made(me, cases="office"), made(me, f"/staff/complaints/{case_id}/calendar")
    with house.app_context():
        actor = actor_for(user_id)
        assert actor is not None
        declare_interest(db.session.get_one(Complaint, case_id), "Saudara saya", actor=actor)
    assert ticket not in tickets(fetched(house, every))
    assert fetched(house, one).status_code == 404


def test_given_my_cases_then_those_of_colleagues_are_left_out(house: Flask) -> None:
    me, user_id = officer(house)
    mine, other = complaint(house), complaint(house)
    with house.app_context():
        command(
            lambda: db.session.execute(
                update(Complaint).where(Complaint.id == mine[0]).values(officer_id=user_id)
            )
        )()
    assert tickets(fetched(house, made(me, cases="mine"))) == {mine[1]}
    assert tickets(fetched(house, made(me, cases="office"))) == {mine[1], other[1]}


def test_given_500_clocks_then_each_is_there_once(house: Flask) -> None:
    me, _me = officer(house)
    with house.app_context():
        cases = many_complaints(100, due_on=date(2026, 12, 4), days_apart=1)
        for case in cases:
            more_history(case, steps=1, clocks=5)
        # counted by SQL that shares nothing with the feed
        wanted = db.session.execute(
            select(Complaint.ticket, ComplaintClock.due_on).join_from(ComplaintClock, Complaint)
        ).all()

    answer = fetched(house, made(me, cases="office"))

    found = [(str(one["SUMMARY"]).split(":")[0], one.decoded("DTSTART")) for one in events(answer)]
    assert len(wanted) == 500
    assert sorted(found) == sorted(tuple(row) for row in wanted)
    assert len({str(one["UID"]) for one in events(answer)}) == 500
    assert len(ics.Calendar(answer.text).events) == 500


def test_given_a_clock_that_moves_then_the_same_event_moves(house: Flask, clock: StoppedClock) -> None:
    me, _me = officer(house)
    with house.app_context():
        load_shipped()
    complaint(house)
    address = made(me, cases="office")
    before = {str(one["UID"]): one for one in events(fetched(house, address))}

    clock.at("2026-11-23T09:00+08:00")
    with house.app_context():
        off = [DayOff(date(2026, 11, 24), HolidayKind.NATIONAL, "Hari Pemilihan", "ID", "Keppres", "1")]
        import_holidays(off, actor=STRANGER)
        recount_open_clocks(STRANGER)

    after = {str(one["UID"]): one for one in events(fetched(house, address))}
    assert set(after) == set(before)
    moved = [uid for uid in after if after[uid].decoded("DTSTART") != before[uid].decoded("DTSTART")]
    assert len(moved) == 1
    assert [one[moved[0]]["SEQUENCE"] for one in (before, after)] == [0, 1]
    assert after[moved[0]].decoded("LAST-MODIFIED") == datetime.fromisoformat("2026-11-23T09:00+08:00")
    assert after[moved[0]].decoded("LAST-MODIFIED") > before[moved[0]].decoded("LAST-MODIFIED")


def test_given_nothing_new_then_nothing_is_sent_again(house: Flask) -> None:
    me, _me = officer(house)
    complaint(house)
    address = made(me, cases="office")
    first = fetched(house, address)

    again = fetched(house, address, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    complaint(house)
    assert fetched(house, address, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_given_many_fetches_then_the_reading_is_noted_once_a_day(house: Flask, clock: StoppedClock) -> None:
    me, user_id = officer(house)
    address = made(me, cases="office")
    seen = []
    for instant in (FRIDAY, "2026-11-20T20:00+08:00", "2026-11-21T09:00+08:00"):
        clock.at(instant)
        fetched(house, address)
        with house.app_context():
            seen.append(db.session.scalars(select(CalendarFeed.last_read_at)).one())
    assert seen[0] == seen[1] == datetime.fromisoformat(FRIDAY)
    assert seen[2] == datetime.fromisoformat("2026-11-21T09:00+08:00")
    back = Visitor(house).enter(user_id).get(CALENDAR).text
    assert "21 November 2026" in back


def test_given_the_reading_cannot_be_noted_then_the_calendar_comes_all_the_same(
    house: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    me, _me = officer(house)
    address = made(me, cases="office")

    def locked() -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr("ombudsman_app.complaints.commands.feeds.write_aside", locked)
    assert events(fetched(house, address)) == []


def test_given_a_flood_then_this_address_alone_waits(house: Flask) -> None:
    me, _me = officer(house)
    address, tries = made(me, cases="office"), RULES["calendar"].subject[0].tries
    answers = [fetched(house, address).status_code for _ in range(tries + 1)]
    assert answers == [200] * tries + [429]
    assert fetched(house, made(officer(house)[0], cases="office")).status_code == 200


def test_given_english_then_the_calendar_speaks_english(house: Flask) -> None:
    me, _me = officer(house)
    complaint(house)
    me.get("/bahasa/en")
    assert "Formal verification" in fetched(house, made(me, cases="office")).text


def test_given_a_reporter_when_an_address_is_made_then_it_shows_the_days_of_law_of_this_report(
    house: Flask,
) -> None:
    _id, ticket = complaint(house)
    complaint(house)
    reporter = Visitor(house)
    reporter.submit("/lacak", {"ticket": ticket, "access_code": CODE})
    assert f'href="{REPORTERS}"' in reporter.get("/lacak/laporan").text

    address = made(reporter, REPORTERS)

    assert [(str(one["SUMMARY"]), one.decoded("DTSTART")) for one in events(fetched(house, address))] == [
        (f"{ticket}: Memberi tahu Pelapor apakah berkas lengkap", date(2026, 12, 4))
    ]
    assert trail(house, "made")[0].actor_id is None
    assert reporter.post(f"{REPORTERS}/hapus").status_code == 302
    assert fetched(house, address).status_code == 404


def test_given_nobody_opened_a_report_then_there_is_no_calendar_of_it(house: Flask) -> None:
    visitor = Visitor(house)
    assert visitor.get(REPORTERS).location.endswith("/lacak")
    assert visitor.post(REPORTERS).status_code == 401
    assert visitor.post(f"{REPORTERS}/hapus").status_code == 401


def test_given_a_new_address_then_those_that_ended_long_ago_are_swept(
    house: Flask, clock: StoppedClock
) -> None:
    me, user_id = officer(house)
    for _ in range(3):
        made(me, cases="mine")
    clock.at("2026-12-31T09:00+08:00")
    with house.app_context():
        actor = actor_for(user_id)
        assert actor is not None
        make_own_feed(FeedKind.MINE, language="id", actor=actor)
        assert db.session.scalar(select(func.count(CalendarFeed.id))) == 2


def test_given_a_person_without_cases_then_there_is_no_calendar_page(house: Flask) -> None:
    auditor, _me = officer(house, Role.AUDITOR)
    assert auditor.get(CALENDAR).status_code == 403
    assert CALENDAR not in auditor.get("/staff/account").text
    assert CALENDAR in officer(house)[0].get("/staff/account").text
