"""What was promised is reported, confirmed by another person, returned, dropped, carried, reminded of."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.commands.commitment_reminders import remind_all
from ombudsman_app.coverage.commands.commitments import carry_over, confirm_done, drop_commitment
from ombudsman_app.coverage.meeting_states import CommitmentState, MeetingState
from ombudsman_app.coverage.models import Commitment, CommitmentCarried, CommitmentEntry
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.complaints import office_id
from ..factories.employers import keeper_of, region_id
from ..factories.findings import person
from ..factories.meetings import (
    CommitmentFactory,
    MeetingFactory,
    again,
    fresh,
    officer_of_body,
    planned,
    reported,
)
from ..visitor import Visitor

Inside = Callable[..., Any]
LIST, PORTAL = "/staff/meetings/commitments", "/portal/meetings/commitments"


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T08:30+08:00")
    return inside


def test_given_a_meeting_when_a_promise_is_put_down_then_it_needs_a_place_or_a_body_and_a_later_day(
    visitor: Visitor, inside: Inside
) -> None:
    keeper = inside(keeper_of)
    held = inside(MeetingFactory, MeetingState.HELD, keeper=keeper)
    staff, new = visitor.enter(keeper.user_id), f"/staff/meetings/{held.id}/commitments/new"
    given = {"text": "Menganggarkan iuran.", "due_on": "2026-12-31", "region": "", "office": ""}
    answer = staff.submit(new, given)
    assert answer.status_code == 422
    assert "Pilih daerah, instansi, atau keduanya." in answer.text
    place = {**given, "region": str(inside(region_id, "76.02"))}
    assert "sebelum pertemuan" in staff.submit(new, {**place, "due_on": "2026-11-20"}).text
    assert staff.submit(new, {**place, "region": str(inside(region_id, "53.71"))}).status_code == 422
    assert inside(lambda: db.session.scalar(select(func.count()).select_from(Commitment))) == 0
    assert staff.submit(new, {**place, "form_key": "satu"}).status_code == 302
    assert staff.submit(new, {**place, "form_key": "satu"}).status_code == 302
    assert inside(lambda: db.session.scalar(select(func.count()).select_from(Commitment))) == 1


def test_given_a_promise_when_the_body_reports_it_done_then_another_person_confirms_and_lateness_stays(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, clock: StoppedClock
) -> None:
    keeper, officer = inside(keeper_of), inside(officer_of_body)
    made = inside(CommitmentFactory, keeper=keeper, due_on=date(2026, 12, 1))
    clock.at("2026-12-08T09:00+08:00")
    portal = another_visitor.enter(officer.user_id)
    page = portal.get(f"{PORTAL}/{made.id}").text
    assert "terlambat 7 hari" in page
    form = {"done_on": "2026-12-09", "text": "APBD perubahan ditetapkan.", "form_key": "a"}
    future = portal.submit(f"{PORTAL}/{made.id}/report", form)
    assert future.status_code == 422
    assert "masa depan" in future.text or "belum" in future.text.lower()
    form["done_on"] = "2026-12-04"
    assert portal.submit(f"{PORTAL}/{made.id}/report", form).status_code == 302
    assert portal.get(f"{PORTAL}/{made.id}/report").status_code == 409, "it waits for the Ombudsman"
    staff = visitor.enter(keeper.user_id)
    assert "Perlu dipastikan" in staff.get(f"{LIST}?state=reported").text
    assert staff.submit(f"{LIST}/{made.id}/confirm", {"text": "Perda dilihat."}).status_code == 302
    held = inside(fresh, made)
    assert (held.state, held.days_late, held.done_on) == (CommitmentState.DONE, 3, date(2026, 12, 4))
    shown = portal.get(f"{PORTAL}/{made.id}").text
    assert "terlambat 3 hari" in shown
    by = [one.split("</span>")[0] for one in shown.split('class="by">')[1:]]
    assert by == [" · Ombudsman", " · kantor Anda", " · Ombudsman"], "people have no names there"


def test_given_staff_noted_it_done_when_the_same_person_confirms_then_it_is_refused(inside: Inside) -> None:
    keeper, head = inside(keeper_of), inside(person, Role.HEAD_OF_REPRESENTATIVE)
    made = inside(CommitmentFactory, keeper=keeper, body=None)
    held = inside(lambda: reported(fresh(made), actor=keeper, is_by_body=False))
    with pytest.raises(NotAllowed):
        inside(lambda: confirm_done(fresh(made), "", version=held.version, actor=keeper))
    inside(lambda: confirm_done(fresh(made), "", version=held.version, actor=head))
    assert inside(fresh, made).state is CommitmentState.DONE


def test_given_a_report_when_returned_then_the_body_reads_why_and_reports_again(
    visitor: Visitor, another_visitor: Visitor, inside: Inside
) -> None:
    keeper, officer = inside(keeper_of), inside(officer_of_body)
    made = inside(CommitmentFactory, keeper=keeper)
    inside(lambda: reported(fresh(made), actor=officer))
    staff = visitor.enter(keeper.user_id)
    assert staff.submit(f"{LIST}/{made.id}/return", {"text": ""}).status_code == 422
    assert staff.submit(f"{LIST}/{made.id}/return", {"text": "Lampirkan keputusan."}).status_code == 302
    portal = another_visitor.enter(officer.user_id)
    assert "Lampirkan keputusan." in portal.get(f"{PORTAL}/{made.id}").text
    assert portal.get(f"{PORTAL}/{made.id}/report").status_code == 200
    told = inside(lambda: db.session.scalars(select(Notification.kind)).all())
    assert told.count("meetings.returned") == 1


def test_given_the_history_when_changed_then_the_database_refuses(inside: Inside) -> None:
    made = inside(CommitmentFactory)

    @command
    def falsify() -> None:
        db.session.execute(text("UPDATE commitment_entry SET text = 'lain'"))

    with pytest.raises(DatabaseError):
        inside(falsify)
    count = select(func.count()).where(CommitmentEntry.commitment_id == made.id)
    assert inside(lambda: db.session.scalar(count)) == 1


def test_given_another_body_or_a_meeting_without_minutes_then_a_promise_is_hidden(
    visitor: Visitor, another_visitor: Visitor, inside: Inside
) -> None:
    keeper = inside(keeper_of)
    held = inside(MeetingFactory, MeetingState.HELD, keeper=keeper)
    hidden = inside(CommitmentFactory, held, keeper=keeper)
    assert (
        another_visitor.enter(inside(officer_of_body).user_id).get(f"{PORTAL}/{hidden.id}").status_code == 404
    )
    shown = inside(CommitmentFactory, keeper=keeper)
    stranger = visitor.enter(inside(officer_of_body, "kc_ntt").user_id)
    assert stranger.get(f"{PORTAL}/{shown.id}").status_code == 404
    assert stranger.get(f"{PORTAL}/{shown.id}/report").status_code == 404


def test_given_open_promises_when_the_next_meeting_goes_on_then_they_are_carried_and_not_copied(
    visitor: Visitor, inside: Inside, clock: StoppedClock
) -> None:
    keeper = inside(keeper_of)
    first = inside(MeetingFactory, MeetingState.MINUTED, keeper=keeper)
    open_one = inside(CommitmentFactory, first, keeper=keeper)
    dropped = inside(CommitmentFactory, first, keeper=keeper)
    inside(
        lambda: drop_commitment(fresh(dropped), "Tidak perlu lagi.", version=dropped.version, actor=keeper)
    )
    clock.at("2026-12-10T08:00+08:00")
    second = inside(planned, keeper=keeper)
    staff, page = visitor.enter(keeper.user_id), f"/staff/meetings/{second.id}"
    assert first.topic in staff.get(f"{page}/carry").text
    assert staff.submit(f"{page}/carry", {"earlier": str(first.id)}).status_code == 302
    assert inside(lambda: carry_over(again(second), first.id, actor=keeper)) == 0, "once"
    assert inside(lambda: db.session.scalar(select(func.count()).select_from(Commitment))) == 2
    carried = inside(lambda: db.session.scalars(select(CommitmentCarried.commitment_id)).all())
    assert carried == [open_one.id]
    assert (
        "Menganggarkan iuran" in staff.get(f"{page}/follow-up").text
        or "1 komitmen" in staff.get(f"{page}/follow-up").text
    )
    listed = staff.get(f"{LIST}?meeting={second.id}").text
    assert f"{LIST}/{open_one.id}" in listed
    assert f"{LIST}/{dropped.id}" not in listed
    with pytest.raises(NotVisible):
        inside(lambda: carry_over(again(first), second.id, actor=keeper))


def test_given_a_last_day_when_days_go_by_then_each_reminder_goes_out_once(
    inside: Inside, clock: StoppedClock
) -> None:
    keeper = inside(keeper_of)
    inside(officer_of_body)
    made = inside(CommitmentFactory, keeper=keeper, due_on=date(2026, 12, 20))
    told = []
    for days in (-8, -7, -6, -1, 1, 2, 11, 14):
        clock.at(f"{made.due_on + timedelta(days=days)}T09:00+08:00")
        told.append(inside(remind_all))
        inside(remind_all)
    assert told == [0, 1, 0, 1, 1, 0, 0, 1]
    kinds = inside(lambda: db.session.scalars(select(Notification.kind)).all())
    assert kinds.count("meetings.reminder") == kinds.count("meetings.overdue") == 2
    assert kinds.count("meetings.commitment_late") == 2
    assert inside(fresh, made).reminded == 4


def test_given_commitments_when_filtered_then_late_place_body_and_meeting_are_found(
    visitor: Visitor, inside: Inside, clock: StoppedClock
) -> None:
    keeper = inside(keeper_of)
    meeting = inside(MeetingFactory, MeetingState.MINUTED, keeper=keeper)
    late = inside(CommitmentFactory, meeting, keeper=keeper, due_on=date(2026, 12, 1))
    later = inside(
        CommitmentFactory, meeting, keeper=keeper, due_on=date(2027, 1, 1), body="kc_mamuju", region_id=None
    )
    clock.at("2026-12-10T08:00+08:00")
    staff = visitor.enter(keeper.user_id)
    here, there = f'href="{LIST}/{late.id}"', f'href="{LIST}/{later.id}"'
    pairs = {
        "": (True, True),
        "?late=yes": (True, False),
        "?state=done": (False, False),
        f"?place={inside(region_id, '76.02')}": (True, False),
        f"?body={inside(office_id, 'kc_mamuju')}": (False, True),
        f"?meeting={meeting.id}": (True, True),
        "?meeting=99999": (False, False),
        "?state=%00&late=maybe": (True, True),
    }
    for query, expected in pairs.items():
        page = staff.get(LIST + query).text
        assert ((here in page), (there in page)) == expected, query
    follow = staff.get(f"/staff/meetings/{meeting.id}/follow-up").text
    assert "2 komitmen" in follow
    assert "1 terlambat" in follow


def test_given_many_commitments_when_paged_then_each_stands_once_and_the_statements_stay(
    visitor: Visitor, inside: Inside
) -> None:
    keeper = inside(keeper_of)
    meeting = inside(MeetingFactory, MeetingState.MINUTED, keeper=keeper)
    for number in range(30):
        due = meeting.meets_on + timedelta(days=10 + number // 3)
        inside(CommitmentFactory, meeting, keeper=keeper, due_on=due)
    staff = visitor.enter(keeper.user_id)
    first = staff.get(LIST)
    costs, seen = staff.queries, first.text.count(f'href="{LIST}/')
    after = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = staff.get(after)
    assert staff.queries == costs
    assert (seen, second.text.count(f'href="{LIST}/')) == (25, 5)
