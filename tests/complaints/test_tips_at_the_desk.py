"""The office reads what was told without identity, talks about it, uses it or sets it aside."""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import (
    answer_tip,
    declare_about_tip,
    move_tip,
    settle_tip_message,
    write_to_tip,
)
from ombudsman_app.complaints.models import InformationTip, TipStep, opened_text
from ombudsman_app.complaints.scope import scope
from ombudsman_app.complaints.states import OPEN_STATES, TIP, TipState
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.directory.models import Office

from ..factories.accounts import UserFactory
from ..factories.complaints import (
    NARRATIVE,
    ComplaintFactory,
    Team,
    TeamFactory,
    TipFactory,
    many_tips,
    office_id,
)
from ..factories.directory import CounterFactory
from ..pages import Page
from ..visitor import Visitor

REASON = "Tiga informasi serupa tentang loket ini dalam sebulan."
WORDS = "Hari ini terjadi lagi."
READERS = (Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE)


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def tip(app: Flask) -> int:
    with app.app_context():
        return TipFactory(requested_remedy="Awasi loket itu", employer_name="PT Contoh").id


def officer(app: Flask, team: Team, role: Role = Role.PVL_ASSISTANT) -> Visitor:
    return Visitor(app).enter(team.users[role].id)


def held(app: Flask, tip: int) -> InformationTip:
    with app.app_context():
        return db.session.get_one(InformationTip, tip)


def page_of(tip: int) -> str:
    return f"/staff/tips/{tip}"


def submit(visitor: Visitor, page: str, to: str, **given: str) -> int:
    visitor.get(page)
    assert visitor.page is not None
    return visitor.post(f"{page}/{to}", {**visitor.page.values, **given}).status_code


def move(app: Flask, team: Team, tip: int, *events: str) -> None:
    with app.app_context():
        for event in events:
            one = db.session.get_one(InformationTip, tip)
            move_tip(one, event, reason=REASON, version=one.version, actor=team.intake)


def test_given_new_information_when_worked_by_the_door_then_it_is_read_answered_and_used(
    app: Flask, team: Team, tip: int
) -> None:
    desk = officer(app, team)
    listed = desk.get("/staff/tips/").text
    assert held(app, tip).ticket in listed
    assert NARRATIVE not in listed

    page = desk.get(page_of(tip)).text
    assert all(words in page for words in (NARRATIVE, "Awasi loket itu", "PT Contoh"))
    assert submit(desk, page_of(tip), "begin") == 302
    one = held(app, tip)
    assert (one.state, one.officer_id, one.awaits_office) == (
        TipState.READ,
        team.users[Role.PVL_ASSISTANT].id,
        False,
    )

    assert submit(desk, page_of(tip), "messages", message="Jam berapa biasanya?") == 302
    assert "Jam berapa biasanya?" in desk.get(page_of(tip)).text

    desk.get(f"{page_of(tip)}/decide")
    assert desk.page is not None
    given = {**desk.page.values, "move": "use", "reason": REASON}
    assert desk.post(f"{page_of(tip)}/decide", given).location == page_of(tip)
    one = held(app, tip)
    assert (one.state, one.is_open) == (TipState.USED, False)
    assert REASON in desk.get(page_of(tip)).text
    assert one.ticket not in desk.get("/staff/tips/").text
    assert one.ticket in desk.get("/staff/tips/?ended=yes").text


def test_the_reason_is_sealed_and_not_on_the_trail(app: Flask, team: Team, tip: int) -> None:
    move(app, team, tip, "begin_reading", "set_aside")
    with app.app_context():
        last = db.session.scalars(select(TipStep).order_by(TipStep.id.desc())).first()
        assert last is not None
        assert last.sealed is not None
        assert REASON.encode() not in last.sealed
        assert opened_text(TipStep, last.uuid, last.sealed) == REASON
        moved = select(TrailEntry).where(TrailEntry.event == "complaints:tip:moved")
        entries = db.session.scalars(moved).all()
        assert len(entries) == 2
        assert not any(REASON in entry.reason + entry.changes for entry in entries)


@pytest.mark.parametrize("state", list(TipState))
@pytest.mark.parametrize("event", ["begin_reading", "use", "set_aside", "take_up_again", "no_such_move"])
def test_each_move_from_each_state_is_the_tables(in_app: Flask, state: TipState, event: str) -> None:
    team, one = TeamFactory(), TipFactory()
    one.stand_in(state)
    db.session.commit()
    if event in TIP.open_events(state):
        move_tip(one, event, version=one.version, actor=team.head, reason=REASON)
        assert one.is_open is (one.state in OPEN_STATES)
    else:
        with pytest.raises(MoveNotAllowed):
            move_tip(one, event, version=one.version, actor=team.head, reason=REASON)
        assert db.session.get_one(InformationTip, one.id).state is state


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": REASON}, "move"),
        ({"move": "use", "reason": ""}, "reason"),
        ({"move": "use", "reason": "singkat"}, "reason"),
        ({"move": "begin_reading", "reason": REASON}, "move"),
        ({"move": "hapus", "reason": REASON}, "move"),
        ({"move": "use", "reason": "a" * (limits.REASON + 1)}, "reason"),
    ],
)
def test_given_half_a_decision_then_it_is_told_beside_its_field(
    app: Flask, team: Team, tip: int, given: Mapping[str, str], field: str
) -> None:
    move(app, team, tip, "begin_reading")
    answer = officer(app, team).submit(f"{page_of(tip)}/decide", given)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert held(app, tip).state is TipState.READ


def test_given_two_decide_at_once_then_the_second_sees_both_texts(app: Flask, team: Team, tip: int) -> None:
    move(app, team, tip, "begin_reading")
    first, second = officer(app, team), officer(app, team, Role.HEAD_OF_REPRESENTATIVE)
    for one in (first, second):
        one.get(f"{page_of(tip)}/decide")
        assert one.page is not None
    assert first.page is not None
    assert second.page is not None
    mine = {**first.page.values, "move": "use", "reason": REASON}
    theirs = {**second.page.values, "move": "set_aside", "reason": "Sudah diperiksa tahun lalu."}
    assert first.post(f"{page_of(tip)}/decide", mine).status_code == 302
    late = second.post(f"{page_of(tip)}/decide", theirs)
    assert late.status_code == 409
    assert REASON in late.text
    assert "Sudah diperiksa tahun lalu." in late.text
    assert held(app, tip).state is TipState.USED, "nothing was overwritten"


def test_given_a_message_came_meanwhile_when_deciding_then_it_can_be_sent_again(
    app: Flask, team: Team, tip: int
) -> None:
    move(app, team, tip, "begin_reading")
    desk = officer(app, team)
    desk.get(f"{page_of(tip)}/decide")
    assert desk.page is not None
    form = {**desk.page.values, "move": "set_aside", "reason": REASON}
    with app.app_context():
        write_to_tip(db.session.get_one(InformationTip, tip), WORDS, form_key="")
    late = desk.post(f"{page_of(tip)}/decide", form)
    assert late.status_code == 409
    assert "Ada pesan atau berkas yang menunggu kita" in late.text, "it says what changed"
    assert desk.post(f"{page_of(tip)}/decide", Page(late.text).values).status_code == 302
    assert held(app, tip).state is TipState.SET_ASIDE
    assert not held(app, tip).awaits_office


def test_given_two_begin_at_once_then_it_belongs_to_the_first(app: Flask, team: Team, tip: int) -> None:
    first, second = officer(app, team), officer(app, team, Role.EXAMINER)
    for one in (first, second):
        one.get(page_of(tip))
        assert one.page is not None
    assert first.page is not None
    assert second.page is not None
    forms = first.page.values, second.page.values
    assert first.post(f"{page_of(tip)}/begin", forms[0]).status_code == 302
    assert second.post(f"{page_of(tip)}/begin", forms[1]).status_code == 409
    assert held(app, tip).officer_id == team.users[Role.PVL_ASSISTANT].id


def test_given_it_is_new_then_there_is_nothing_to_decide_yet(app: Flask, team: Team, tip: int) -> None:
    assert officer(app, team).get(f"{page_of(tip)}/decide").location == page_of(tip)


def test_given_a_message_then_it_waits_until_it_is_answered_or_settled(in_app: Flask) -> None:
    team, one = TeamFactory(), TipFactory()
    write_to_tip(one, WORDS, form_key="")
    move_tip(one, "begin_reading", version=one.version, actor=team.intake)
    assert one.awaits_office, "read, but what came behind is not answered"
    answer_tip(one, "Terima kasih.", form_key="", actor=team.intake)
    assert not one.awaits_office
    write_to_tip(one, "Satu lagi.", form_key="")
    settle_tip_message(one, actor=team.examiner)
    assert not one.awaits_office
    write_to_tip(one, "Dan satu lagi.", form_key="")
    answer_tip(one, "Baik.", form_key="", seen=1, actor=team.intake)
    assert one.awaits_office, "the page had not shown the last message"


def test_given_new_information_when_answered_first_then_it_still_waits_to_be_read(in_app: Flask) -> None:
    team, one = TeamFactory(), TipFactory()
    answer_tip(one, "Terima kasih.", form_key="", actor=team.intake)
    settle_tip_message(one, actor=team.intake)
    assert one.awaits_office


def test_given_an_answer_sent_twice_then_it_is_there_once(app: Flask, team: Team, tip: int) -> None:
    desk = officer(app, team)
    desk.get(page_of(tip))
    assert desk.page is not None
    form = {**desk.page.values, "message": "Terima kasih."}
    assert [desk.post(f"{page_of(tip)}/messages", form).status_code for _ in range(3)] == [302] * 3
    assert len(re.findall("Terima kasih", desk.get(page_of(tip)).text)) == 1
    assert submit(desk, page_of(tip), "messages", message="  ") == 422


def test_given_a_declared_interest_then_it_does_not_exist_for_this_person(
    app: Flask, team: Team, tip: int
) -> None:
    move(app, team, tip, "begin_reading")
    desk, ticket = officer(app, team), held(app, tip).ticket
    answer = desk.submit(
        f"{page_of(tip)}/declare", {"interest": "yes", "reason": "Ipar saya bekerja di sana"}
    )
    assert answer.location == "/staff/tips/"
    assert held(app, tip).officer_id is None
    assert desk.get(page_of(tip)).status_code == 404
    assert ticket not in desk.get("/staff/tips/?ended=yes").text
    other = officer(app, team, Role.EXAMINER)
    assert other.get(page_of(tip)).status_code == 200
    assert "Ipar saya" not in other.get(page_of(tip)).text


def test_given_no_interest_then_it_is_written_down_and_stays(app: Flask, team: Team, tip: int) -> None:
    desk = officer(app, team)
    assert desk.submit(f"{page_of(tip)}/declare", {"interest": "no"}).location == page_of(tip)
    assert desk.submit(f"{page_of(tip)}/declare", {}).status_code == 422
    assert desk.get(page_of(tip)).status_code == 200
    with app.app_context():
        declared = select(func.count()).select_from(ConflictDeclaration)
        assert db.session.scalar(declared.where(ConflictDeclaration.subject_type == "tip")) == 1


def test_given_an_interest_in_a_case_of_the_same_id_then_the_tip_stays_visible(in_app: Flask) -> None:
    team, one = TeamFactory(), TipFactory()
    case = ComplaintFactory()
    assert case.id == one.id
    declare_about_tip(one, has_interest=True, actor=team.intake)
    assert db.session.scalars(scope(team.intake).complaints()).all() == [case]
    assert db.session.scalars(scope(team.intake).tips()).all() == []
    assert db.session.scalars(scope(team.head).tips()).all() == [one]


@pytest.mark.parametrize("role", list(Role))
def test_only_those_who_work_with_it_see_it(in_app: Flask, role: Role) -> None:
    mine, _other = TipFactory(), TipFactory(office="kc_ntt")
    actor = actor_for(UserFactory(role, password=None).id)
    assert actor is not None
    seen = db.session.scalars(scope(actor).tips()).all()
    assert seen == ([mine] if role in READERS else [])
    assert db.session.scalars(scope(STRANGER).tips()).all() == []


def test_who_may_not_see_it_may_not_move_it(in_app: Flask) -> None:
    one = TipFactory()
    stranger = TeamFactory(office="KPG").intake
    for act in (
        lambda: move_tip(one, "begin_reading", version=one.version, actor=stranger),
        lambda: answer_tip(one, WORDS, form_key="", actor=stranger),
        lambda: settle_tip_message(one, actor=stranger),
        lambda: declare_about_tip(one, has_interest=False, actor=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(RecordChanged):
        move_tip(one, "begin_reading", version=one.version + 1, actor=stranger)


# The list


def tickets_on(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)', text)


def test_given_many_then_the_list_goes_on_and_back_by_keyset(app: Flask, team: Team) -> None:
    with app.app_context():
        many_tips(60)
        wanted = list(db.session.scalars(select(InformationTip.ticket).order_by(InformationTip.id.desc())))
    desk, seen, path = officer(app, team), [], "/staff/tips/"
    paths = []
    while path:
        text = desk.get(path).text
        seen += tickets_on(text)
        paths.append(path)
        found = re.search(r'href="([^"]+)" rel="next"', text)
        path = found[1].replace("&amp;", "&") if found else ""
    assert seen == wanted
    back = re.search(r'href="([^"]+)" rel="prev"', desk.get(paths[-1]).text)
    assert back is not None
    assert tickets_on(desk.get(back[1]).text) == wanted[25:50]


def test_the_filters_can_be_combined(app: Flask, team: Team) -> None:
    with app.app_context():
        plain = TipFactory().ticket
        urgent = TipFactory(urgency="emergency").ticket
        done = TipFactory()
    move(app, team, done.id, "begin_reading", "use")
    desk = officer(app, team)
    slug = "bpjs-ketenagakerjaan-kantor-cabang-mamuju"
    for query, expected in {
        "": [urgent, plain],
        "?urgent=yes": [urgent],
        "?waiting=yes": [urgent, plain],
        "?ended=yes": [done.ticket, urgent, plain],
        f"?office={slug}&urgent=yes&waiting=yes": [urgent],
    }.items():
        assert tickets_on(desk.get(f"/staff/tips/{query}").text) == expected, query


@pytest.mark.parametrize(
    "query",
    ["?ended=ja", "?office=atlantis", "?office=%00", "?after=x", "?before=1&after=2", "?q=a", "?after=-1"],
)
def test_given_an_address_that_is_not_understood_then_it_says_so(
    app: Flask, team: Team, tip: int, query: str
) -> None:
    answer = officer(app, team).get(f"/staff/tips/{query}")
    assert answer.status_code == 200
    assert "Tidak semua" in answer.text


@pytest.mark.parametrize("query", ["", "?waiting=yes", "?urgent=yes", "?after=1"])
def test_given_nothing_then_the_list_says_why(app: Flask, team: Team, query: str) -> None:
    text = officer(app, team).get(f"/staff/tips/{query}").text
    assert 'class="empty"' in text


def test_the_menu_counts_what_waits(app: Flask, team: Team, tip: int) -> None:
    with app.app_context():
        many_tips(2)
        many_tips(4, handling="KPG", office="kc_ntt")
    move(app, team, tip, "begin_reading")
    desk = officer(app, team)
    for path in ("/staff/", "/staff/complaints/", "/staff/tips/", "/staff/account"):
        assert "(2 menunggu kita)" in desk.get(path).text, path
    with app.app_context():
        resolution = UserFactory(Role.RESMON_ASSISTANT, password=None).id
    text = Visitor(app).enter(resolution).get("/staff/complaints/").text
    assert "/staff/tips/" not in text
    assert "menunggu kita" not in text


def test_counts_stop_at_a_thousand_and_one(app: Flask, team: Team) -> None:
    with app.app_context():
        many_tips(1_050)
    assert "<b>1.000+</b>" in officer(app, team).get("/staff/tips/").text


def test_the_list_and_the_page_cost_the_same_for_few_and_many(app: Flask, team: Team) -> None:
    with app.app_context():
        tip = TipFactory().id
        many_tips(5)
    desk, costs = officer(app, team), []
    slug = "bpjs-ketenagakerjaan-kantor-cabang-mamuju"
    paths = (
        "/staff/tips/",
        f"/staff/tips/?office={slug}&ended=yes",
        "/staff/complaints/",
        "/staff/",
        page_of(tip),
    )
    for _ in range(2):
        found = []
        for path in paths:
            desk.get(path)
            found.append(desk.queries)
        costs.append(found)
        with app.app_context():
            many_tips(45)
            one = db.session.get_one(InformationTip, tip)
            for number in range(20):
                write_to_tip(one, f"{WORDS} {number}", form_key="")
    assert costs[0] == costs[1]
    assert max(costs[0][:4]) <= 6, costs[0]
    assert costs[0][4] <= 10


# What looks alike


def test_similar_information_and_complaints_of_one_season_are_shown(app: Flask, team: Team) -> None:
    with app.app_context():
        then = now() - timedelta(days=200)
        with stopped_at(then):
            old = TipFactory().ticket
        tip, alike, case = TipFactory(), TipFactory().ticket, ComplaintFactory().ticket
        other = TipFactory(substance="registration").ticket
        hidden = TipFactory(office="kc_ntt").ticket
        tip_id = tip.id
    text = officer(app, team).get(page_of(tip_id)).text.split('id="similar"')[1]
    assert alike in text
    assert case in text
    assert not any(ticket in text for ticket in (old, other, hidden, tip.ticket))


def test_where_a_counter_is_named_the_counter_decides(app: Flask, team: Team) -> None:
    with app.app_context():
        office = db.session.get_one(Office, office_id("kc_mamuju"))
        counter = CounterFactory(office).id
        tip = TipFactory(counter_id=counter).id
        alike = TipFactory(counter_id=counter, substance="registration").ticket
        other = TipFactory().ticket
    text = officer(app, team).get(page_of(tip)).text.split('id="similar"')[1]
    assert alike in text
    assert other not in text
