"""The desk tells each role what is late, what wants them first and what came in; nothing of others."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.audits.states import AuditState
from ombudsman_app.complaints.commands import MoreTimeInput, ask_for_time
from ombudsman_app.complaints.commands.conflict import declare_interest
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.queries import inflow, lateness
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import STAFF_ROLES, Actor, Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.findings.commands import MoreTimeInput as FindingTime
from ombudsman_app.findings.commands import ask_for_time as ask_for_finding_time
from ombudsman_app.findings.states import FindingState

from ..factories.accounts import UserFactory
from ..factories.audits import AuditFactory
from ..factories.complaints import CaseFactory, ComplaintFactory, TeamFactory, many_complaints
from ..factories.examination import asked_letter
from ..factories.findings import FindingFactory, person
from ..factories.pauses import AskedPauseFactory
from ..visitor import Visitor

DESK = "/staff/"
FAR = date(2027, 6, 1)
CASE_WORKERS = {
    Role.PVL_ASSISTANT, Role.EXAMINER, Role.RESMON_ASSISTANT, Role.HEAD_OF_ASSISTANTS,
    Role.HEAD_OF_REPRESENTATIVE, Role.OMBUDSMAN_MEMBER, Role.CHAIR,
}  # fmt: skip
FIGURE = re.compile(r'<li class="card figure.*?</li>', re.DOTALL)
TAGS = re.compile(r"<[^>]*>")


def somebody(app: Flask, *roles: Role, office: str = "MAM") -> tuple[Visitor, int]:
    with app.app_context():
        user_id = UserFactory(*roles, password=None, office=office).id
    visitor = Visitor(app).enter(user_id)
    visitor.client.set_cookie("language", "en")
    return visitor, user_id


def figures(text: str) -> dict[str, list[str]]:
    """Return number and note of each card by its label."""
    cards = {}
    for card in FIGURE.findall(text):
        label, *rest = [part.strip() for part in TAGS.sub("\n", card).splitlines() if part.strip()]
        cards[label] = rest
    return cards


def rows_of(text: str) -> list[int]:
    """Return the ids of the cases in the table, in its order."""
    table = text.split('aria-labelledby="today"', 1)[1].split("</section>", 1)[0]
    return [int(found) for found in re.findall(r'/staff/complaints/(\d+)"', table)]


@command
def change(ids: list[int], **values: object) -> None:
    db.session.execute(update(Complaint).where(Complaint.id.in_(ids)).values(**values))


def day(app: Flask) -> date:
    with app.app_context():
        return today("Asia/Makassar")


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_each_role_of_the_staff_has_a_desk(app: Flask, role: Role) -> None:
    visitor, _ = somebody(app, role)
    text = visitor.get(DESK).text
    assert ("Open complaints" in figures(text)) == (role in CASE_WORKERS)
    assert ("Nothing waits for you" in text) == (role not in CASE_WORKERS)


def test_given_intake_then_the_desk_counts_what_waits_for_a_check_and_whose_is_late(app: Flask) -> None:
    visitor, user_id = somebody(app, Role.PVL_ASSISTANT)
    with app.app_context():
        late = many_complaints(3, due_on=day(app) - timedelta(days=2))
        many_complaints(4, due_on=FAR, state=ComplaintState.FORMAL_VERIFICATION)
        change(late[:1], officer_id=user_id, awaits_answer=True)
    cards = figures(visitor.get(DESK).text)
    assert cards["Open complaints"] == ["7", "1 of them yours"]
    assert cards["Overdue"] == ["3", "1 of them yours"]
    assert cards["Waiting for a check"] == ["3"]
    assert cards["Messages to answer"] == ["1", "The reporters wait"]
    assert "Waiting for your decision" not in cards


def test_given_intake_then_all_that_is_due_comes_first_whosever_it_is(app: Flask) -> None:
    visitor, user_id = somebody(app, Role.PVL_ASSISTANT)
    with app.app_context():
        due = many_complaints(2, due_on=FAR - timedelta(days=1))
        own = many_complaints(1, due_on=FAR, state=ComplaintState.PLENARY_DECISION)
        change(own, officer_id=user_id)
    assert rows_of(visitor.get(DESK).text) == due + own


def test_given_the_head_then_what_waits_for_a_decision_comes_first(app: Flask) -> None:
    visitor, _ = somebody(app, Role.HEAD_OF_REPRESENTATIVE)
    with app.app_context():
        many_complaints(2, due_on=day(app) - timedelta(days=9))
        waiting = many_complaints(2, due_on=FAR, state=ComplaintState.PLENARY_DECISION)
    text = visitor.get(DESK).text
    assert figures(text)["Waiting for your decision"][0] == "2"
    assert rows_of(text) == waiting


def test_given_no_decision_waits_then_the_head_sees_what_is_due_first(app: Flask) -> None:
    visitor, _ = somebody(app, Role.HEAD_OF_REPRESENTATIVE)
    with app.app_context():
        due = many_complaints(2, due_on=FAR)
    assert rows_of(visitor.get(DESK).text) == due


def test_given_an_examiner_then_their_own_cases_come_first(app: Flask) -> None:
    visitor, user_id = somebody(app, Role.EXAMINER)
    with app.app_context():
        others = many_complaints(2, due_on=day(app) - timedelta(days=9), state=ComplaintState.ASSIGNED)
        own = many_complaints(2, due_on=FAR, state=ComplaintState.ASSIGNED)
        change(own, officer_id=user_id)
    text = visitor.get(DESK).text
    assert rows_of(text) == own
    assert figures(text)["Your cases"] == ["2"]
    with app.app_context():
        change(own, officer_id=None)
    assert rows_of(visitor.get(DESK).text) == others + own


def test_given_other_offices_and_an_interest_then_nothing_of_them_is_counted_or_drawn(app: Flask) -> None:
    with app.app_context():
        team = TeamFactory()
        own, hidden = ComplaintFactory(), ComplaintFactory(substance="jkm_claim")
        ComplaintFactory(office="kc_ntt", substance="jp_claim")
        many_complaints(5, due_on=day(app) - timedelta(days=2), office="kc_ntt", handling="KPG")
        change([own.id, hidden.id], next_due_on=day(app) - timedelta(days=2))
        declare_interest(hidden, "Saudara saya bekerja di loket itu.", actor=team.intake)
        user_id = team.users[Role.PVL_ASSISTANT].id
    visitor = Visitor(app).enter(user_id)
    visitor.client.set_cookie("language", "en")
    text = visitor.get(DESK).text
    cards = figures(text)
    assert (cards["Open complaints"][0], cards["Overdue"][0], cards["Received in 7 days"][0]) == (
        "1",
        "1",
        "1",
    )
    assert rows_of(text) == [own.id]
    assert "(JHT)" in text
    assert "(JKM)" not in text
    assert "(JP)" not in text
    assert re.search(r'<td class="total">1</td>', text)
    assert "1 overdue" in text.split("<main", 1)[0]


def test_the_menu_counts_the_overdue_on_every_page_and_says_nothing_where_something_broke(app: Flask) -> None:
    visitor, _ = somebody(app, Role.EXAMINER)
    with app.app_context():
        many_complaints(2, due_on=day(app) - timedelta(days=2))
    for path in (DESK, "/staff/complaints/", "/staff/design"):
        assert "2 overdue" in visitor.get(path).text, path
    refused = visitor.get("/staff/complaints/999999")
    assert refused.status_code == 404
    assert "overdue" not in refused.text.split("<main", 1)[0]


def test_each_figure_leads_to_its_cases(app: Flask) -> None:
    visitor, user_id = somebody(app, Role.EXAMINER)
    with app.app_context():
        own = many_complaints(2, due_on=FAR, state=ComplaintState.ASSIGNED)
        late = many_complaints(3, due_on=day(app) - timedelta(days=1))
        change(own, officer_id=user_id, awaits_answer=True)
    text = visitor.get(DESK).text
    expected = {"Open complaints": own + late, "Overdue": late, "Your cases": own, "Messages to answer": own}
    for label, ids in expected.items():
        card = next(card for card in FIGURE.findall(text) if label in card)
        (href,) = re.findall(r'href="([^"]+)"', card)
        listed = visitor.get(href.replace("&amp;", "&")).text.split("<main", 1)[1]
        assert set(map(int, re.findall(r'/staff/complaints/(\d+)"', listed))) == set(ids), label


# What came in


def worker(app: Flask, office: str = "MAM") -> Actor:
    return TeamFactory(office).intake


@pytest.mark.parametrize(
    ("at", "week"),
    [
        ("2026-11-20T23:59+08:00", 11),  # today, to the last minute there
        ("2026-11-14T00:00+08:00", 11),  # the first minute of the last seven days
        ("2026-11-13T23:59+08:00", 10),
        ("2026-08-29T00:00+08:00", 0),  # the first minute of all
        ("2026-08-28T23:59+08:00", None),
    ],
)
def test_a_complaint_counts_in_the_week_of_its_day_there(
    app: Flask, clock, at: str, week: int | None
) -> None:
    clock.at(at)
    with app.app_context():
        ComplaintFactory()
    clock.at("2026-11-20T23:59+08:00")
    with app.app_context():
        found = inflow(worker(app), today=today("Asia/Makassar"))
    assert [place for place, one in enumerate(found.weeks) if one.number] == ([] if week is None else [week])
    assert (found.weeks[0].first_day, found.weeks[-1].last_day) == (date(2026, 8, 29), date(2026, 11, 20))
    assert all((one.last_day - one.first_day).days == 6 for one in found.weeks)
    assert found.by_substance == ({} if week is None else {"jht_claim": 1})


def test_the_change_is_against_the_seven_days_before(app: Flask, clock) -> None:
    for at in ("2026-11-10T09:00+08:00", "2026-11-11T09:00+08:00", "2026-11-18T09:00+08:00"):
        clock.at(at)
        with app.app_context():
            ComplaintFactory()
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        found = inflow(worker(app), today=today("Asia/Makassar"))
    assert (found.last_week, found.trend, found.change, found.number) == (1, "fewer", 1, 3)


def test_lateness_is_counted_by_state_and_age(app: Flask) -> None:
    late = {1: 0, 3: 0, 4: 1, 7: 1, 8: 2, 30: 2, 31: 3, 400: 3}
    with app.app_context():
        actor, now = worker(app), today("Asia/Makassar")
        for days in late:
            many_complaints(1, due_on=now - timedelta(days=days))
        many_complaints(2, due_on=now - timedelta(days=1), state=ComplaintState.ASSIGNED)
        many_complaints(1, due_on=now)
        many_complaints(1, due_on=now - timedelta(days=5), state=ComplaintState.CLOSED, is_open=False)
        found = lateness(actor, today=now)
    received = ComplaintState.RECEIVED
    assert found.numbers == {**{(received, age): 2 for age in range(4)}, (ComplaintState.ASSIGNED, 0): 2}
    assert found.states == [received, ComplaintState.ASSIGNED]


def test_given_late_cases_in_many_states_then_those_with_least_are_one_line(app: Flask) -> None:
    visitor, _ = somebody(app, Role.HEAD_OF_REPRESENTATIVE)
    states = [state for state in ComplaintState if state is not ComplaintState.CLOSED][:12]
    with app.app_context():
        for number, state in enumerate(states, start=1):
            many_complaints(number, due_on=day(app) - timedelta(days=2), state=state)
    heat = visitor.get(DESK).text.split('<table class="heat">', 1)[1].split("</table>", 1)[0]
    totals = [int(found) for found in re.findall(r'<td class="total">(\d+)</td>', heat)]
    assert totals == [6, 7, 8, 9, 10, 11, 12, 1 + 2 + 3 + 4 + 5]
    assert heat.count("<a href=") == 7
    assert "All others" in heat


def test_given_two_offices_then_both_are_counted(app: Flask) -> None:
    with app.app_context():
        now = today("Asia/Makassar")
        ComplaintFactory()
        ComplaintFactory(office="kc_ntt")
        many_complaints(1, due_on=now - timedelta(days=2))
        many_complaints(2, due_on=now - timedelta(days=2), office="kc_ntt", handling="KPG")
        actor = Actor(1, "Demo", worker(app).grants + worker(app, "KPG").grants)
        assert inflow(actor, today=now).number == 5
        assert lateness(actor, today=now).numbers == {(ComplaintState.RECEIVED, 0): 3}


def test_given_nobody_of_an_office_then_nothing_is_counted(app: Flask) -> None:
    with app.app_context():
        ComplaintFactory()
        assert inflow(Actor(), today=today("Asia/Makassar")).number == 0
        assert lateness(Actor(), today=FAR).numbers == {}


def test_the_desk_costs_the_same_for_5_and_50_cases(app: Flask) -> None:
    visitor, _ = somebody(app, Role.HEAD_OF_REPRESENTATIVE)
    costs = set()
    for number in (5, 45):
        with app.app_context():
            many_complaints(
                number, due_on=day(app) - timedelta(days=3), state=ComplaintState.PLENARY_DECISION
            )
        visitor.get(DESK)
        costs.add(visitor.queries)
    assert costs == {6}, "\n".join(visitor.statements)


# --- pauses and more time -----------------------------------------------------------------------------------

CASES, FINDINGS = "Pauses and more time", "More time for findings"
WHY = "Arsip kantor lama belum ditemukan semuanya."


def as_somebody(app: Flask, user_id: int | None) -> Visitor:
    visitor = Visitor(app).enter(user_id or 0)
    visitor.client.set_cookie("language", "en")
    return visitor


def listed(visitor: Visitor, domain: str) -> list[int]:
    text = visitor.get(f"/staff/{domain}?time=yes").text
    return [int(one) for one in re.findall(rf'<th scope="row">.*?/staff/{domain.strip("/")}/(\d+)"', text)]


def test_given_a_pause_and_more_time_wait_then_who_decides_is_led_to_them(app: Flask) -> None:
    with app.app_context():
        load_shipped()
        team = TeamFactory()
        letter, officer = asked_letter(team), person(Role.OFFICE_OFFICER)
        asked = db.session.scalars(
            select(ComplaintClock.complaint_id).where(ComplaintClock.id == letter.clock_id)
        ).one()
        paused = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
        clock = db.session.scalars(
            select(ComplaintClock.id).where(ComplaintClock.complaint_id == paused.id)
        ).first()
        examiner, head, intake = team.examiner.user_id, team.head.user_id, team.intake
        other_head = UserFactory(Role.HEAD_OF_REPRESENTATIVE, password=None, office="KPG").id
    for who in (examiner, head):
        assert CASES not in figures(as_somebody(app, who).get(DESK).text)
    with app.app_context():
        ask_for_time(letter.id, MoreTimeInput(5, WHY, "kunci-1"), actor=officer)
        AskedPauseFactory(clock or 0, intake)
    expected = {examiner: [asked], head: sorted([asked, paused.id]), other_head: []}
    for who, cases in expected.items():
        visitor = as_somebody(app, who)
        assert figures(visitor.get(DESK).text).get(CASES, ["0"])[0] == str(len(cases))
        assert sorted(listed(visitor, "complaints/")) == cases
    assert as_somebody(app, intake.user_id).get(DESK).text.count(CASES) == 0


def test_given_more_time_for_a_finding_waits_then_who_judges_is_led_to_it(app: Flask) -> None:
    with app.app_context():
        load_shipped()
        officer, maker = person(Role.OFFICE_OFFICER), person(Role.EXAMINER)
        finding = FindingFactory(FindingState.SENT, officer=officer, maker=maker)
        FindingFactory(FindingState.SENT, officer=officer, maker=maker)
        judge = person(Role.EXAMINER)
        reviewer = person(Role.REVIEWER)  # without a desk of complaints
        ask_for_finding_time(finding, FindingTime(5, WHY, "kunci-1"), actor=officer)
    assert figures(as_somebody(app, judge.user_id).get(DESK).text)[FINDINGS][0] == "1"
    for who in (judge, reviewer):
        assert listed(as_somebody(app, who.user_id), "findings") == [finding.id]
    assert FINDINGS not in figures(as_somebody(app, maker.user_id).get(DESK).text)
    assert listed(as_somebody(app, maker.user_id), "findings") == []


def test_given_seats_in_audits_then_the_desk_lists_what_is_not_over_and_begins_with_ones_turn(
    app: Flask,
) -> None:
    visitor, user_id = somebody(app, Role.AUDITOR)
    with app.app_context():
        actor = actor_for(user_id)
        assert actor
        AuditFactory(AuditState.PUBLISHED, lead=actor)
        handed_in = AuditFactory(AuditState.SUBMITTED, lead=actor, office="kc_bengkulu").id
        open_now = AuditFactory(lead=actor, office="kc_ntt").id
        AuditFactory(office="kcp_ende")
        db.session.commit()
    text = visitor.get(DESK).text
    shown = [int(found) for found in re.findall(r'/staff/audits/(\d+)"', text)]
    assert shown == [open_now, handed_in]
    assert text.count("Your turn") == 1


def test_given_a_reviewer_then_what_is_handed_in_is_the_own_turn(app: Flask) -> None:
    visitor, user_id = somebody(app, Role.REVIEWER)
    with app.app_context():
        AuditFactory(AuditState.SUBMITTED, reviewer=actor_for(user_id))
        db.session.commit()
    assert "Your turn" in visitor.get(DESK).text
