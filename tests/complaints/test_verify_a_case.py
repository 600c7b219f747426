"""An intake officer takes a complaint, judges the items and brings it to the meeting that decides."""

import re
import threading
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import begin_verification, finish_formal_verification, save_checks
from ombudsman_app.complaints.commands.verification import CheckInput, registration_number
from ombudsman_app.complaints.errors import ChecksOpen
from ombudsman_app.complaints.models import Complaint, ComplaintCheck, ComplaintClock, ComplaintStep
from ombudsman_app.complaints.states import FORMAL_ITEMS, MATERIAL_ITEMS, RULES, ComplaintState, Verdict
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.numbers import NumberCounter, next_number
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.models import calendar_of

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, CaseFactory, ComplaintFactory, TeamFactory, all_met, office_id
from ..visitor import Visitor

FORMAL, MATERIAL = ComplaintState.FORMAL_VERIFICATION, ComplaintState.MATERIAL_VERIFICATION


def fields(items, **others: str) -> dict[str, str]:
    """What a form sends where everything that must be judged is met."""
    return {f"verdict_{item.id}": "met" for item in items if item.needs_verdict} | others


def stored(case: Complaint) -> Complaint:
    db.session.expire_all()
    return db.session.scalars(select(Complaint).where(Complaint.id == case.id)).one()


def clocks_of(case: Complaint) -> dict[str, ComplaintClock]:
    rows = db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == case.id))
    return {row.clock: row for row in rows}


def check_of(case: Complaint, item: str) -> ComplaintCheck:
    where = (ComplaintCheck.complaint_id == case.id, ComplaintCheck.item == item)
    return db.session.scalars(select(ComplaintCheck).where(*where)).one()


def test_given_a_received_complaint_when_an_officer_begins_then_it_has_a_number_and_is_theirs(
    app: Flask, visitor: Visitor, clock
) -> None:
    clock.at("2026-11-30T23:30+08:00")
    with app.app_context():
        team, case = TeamFactory(), ComplaintFactory()
        officer = team.users[Role.PVL_ASSISTANT].id

    visitor.enter(officer).get(f"/staff/complaints/{case.id}")
    answer = visitor.post(f"/staff/complaints/{case.id}/begin", visitor.page.values)

    assert answer.status_code == 302
    with app.app_context():
        now = stored(case)
        assert now.registration_number == "0001/LM/XI/2026/MAM"  # the legal day of WITA, not of UTC
        assert (now.state, now.officer_id, now.has_officer_declared) == (FORMAL, officer, True)
        step = db.session.scalars(select(ComplaintStep).order_by(ComplaintStep.id.desc())).first()
        assert (step.move, step.officer_id) == ("begin_formal_verification", officer)


def test_given_everything_met_when_going_on_then_the_reporter_is_told_and_the_clocks_change(
    app: Flask, visitor: Visitor, another_visitor: Visitor, clock
) -> None:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    clock.at("2026-11-24T10:00+08:00")
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)

    answer = visitor.submit(f"/staff/complaints/{case.id}/formal", {**fields(FORMAL_ITEMS), "go": "on"})

    assert answer.location == f"/staff/complaints/{case.id}"
    with app.app_context():
        assert stored(case).state is MATERIAL
        clocks = clocks_of(case)
        assert clocks["T02"].ended_on == clocks["D01"].ended_on == date(2026, 11, 24)
        counted = explain(date(2026, 11, 24), 14, Unit.WORKING_DAYS, calendar_of("76"))
        assert (clocks["T03"].due_on, clocks["T03"].ended_on) == (counted.due, None)
        assert stored(case).next_due_on == counted.due
    another_visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    another_visitor.client.set_cookie("language", "en")
    assert "Your report is complete" in another_visitor.get("/lacak/laporan").text


@pytest.mark.parametrize("verdict", ["", "missing"])
@pytest.mark.parametrize("item", [item.id for item in FORMAL_ITEMS if item.needs_verdict])
def test_given_a_mandatory_item_open_or_missing_when_going_on_then_the_field_says_so(
    shared_app: Flask, item: str, verdict: str
) -> None:
    with shared_app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    visitor = Visitor(shared_app).enter(team.users[Role.PVL_ASSISTANT].id)

    sent = {**fields(FORMAL_ITEMS), f"verdict_{item}": verdict, "go": "on"}
    answer = visitor.submit(f"/staff/complaints/{case.id}/formal", sent)

    assert answer.status_code == 422
    assert f'id="verdict_{item}-error"' in answer.text
    with shared_app.app_context():
        assert stored(case).state is FORMAL
        assert db.session.scalar(select(func.count()).where(ComplaintCheck.complaint_id == case.id)) == 0


def test_given_optional_items_open_when_going_on_then_nothing_is_in_the_way(in_app: Flask) -> None:
    optional = {row.id for row in RULES.formal_requirements if row.mandatory is not True}
    assert optional == {item.id for item in FORMAL_ITEMS if not item.needs_verdict} == {"F10", "F11", "F12"}


@pytest.mark.parametrize(("items", "state"), [(FORMAL_ITEMS, FORMAL), (MATERIAL_ITEMS, MATERIAL)])
def test_given_an_exception_without_reason_when_saving_then_the_field_asks_for_it(
    app: Flask, visitor: Visitor, items, state
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(state, team)
    name = "formal" if state is FORMAL else "material"
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)

    bare = visitor.submit(f"/staff/complaints/{case.id}/{name}", {f"verdict_{items[0].id}": "excepted"})
    assert bare.status_code == 422
    assert f'id="reason_{items[0].id}-error"' in bare.text

    given = {f"verdict_{items[0].id}": "excepted", f"reason_{items[0].id}": "Kasus mendesak (RCO)."}
    assert visitor.submit(f"/staff/complaints/{case.id}/{name}", given).status_code == 302
    with app.app_context():
        row = db.session.scalars(
            select(ComplaintCheck).where(
                ComplaintCheck.complaint_id == case.id, ComplaintCheck.item == items[0].id
            )
        ).one()
        assert (row.verdict, row.reason) == (Verdict.EXCEPTED, "Kasus mendesak (RCO).")


def test_given_an_identity_that_the_officer_saw_when_going_on_then_that_is_enough_for_f6_alone(
    in_app: Flask,
) -> None:
    assert [item.id for item in FORMAL_ITEMS + MATERIAL_ITEMS if Verdict.SEEN in item.verdicts] == ["F6"]
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    given = all_met(FORMAL_ITEMS) | {"F6": CheckInput(Verdict.SEEN)}
    finish_formal_verification(case, given, version=case.version, actor=team.intake)
    assert stored(case).state is MATERIAL


def test_given_a_missing_material_item_when_reasoned_then_the_meeting_decides_about_it(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(MATERIAL, team)
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    page = f"/staff/complaints/{case.id}/material"

    bare = visitor.submit(page, {**fields(MATERIAL_ITEMS), "verdict_M4": "missing", "go": "on"})
    assert bare.status_code == 422
    reasoned = visitor.submit(
        page,
        {**fields(MATERIAL_ITEMS), "verdict_M4": "missing", "reason_M4": "Masih dalam tenggat.", "go": "on"},
    )
    assert reasoned.status_code == 302
    visitor.enter(team.users[Role.HEAD_OF_REPRESENTATIVE].id)
    assert "Masih dalam tenggat." in visitor.get(f"/staff/complaints/{case.id}/decide").text


def test_given_the_same_list_saved_again_when_nothing_changed_then_nothing_is_written(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    given = all_met(FORMAL_ITEMS)
    save_checks(case, given, version=case.version, actor=team.intake)
    version, entries = stored(case).version, db.session.scalar(select(func.count(TrailEntry.seq)))

    save_checks(stored(case), given, version=version, actor=team.intake)

    assert stored(case).version == version
    assert db.session.scalar(select(func.count(TrailEntry.seq))) == entries


def test_given_a_verdict_taken_back_when_saving_then_it_is_gone_and_the_trail_knows(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    save_checks(case, {"F1": CheckInput(Verdict.MISSING)}, version=case.version, actor=team.intake)
    save_checks(case, {}, version=stored(case).version, actor=team.intake)

    assert db.session.scalar(select(func.count()).where(ComplaintCheck.complaint_id == case.id)) == 0
    last = db.session.scalars(select(TrailEntry).order_by(TrailEntry.seq.desc())).first()
    assert last.changes == '{"F1":["missing",null]}'


def test_given_an_old_page_when_saving_then_both_texts_are_shown_and_mine_can_still_be_stored(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        colleague = UserFactory(Role.PVL_ASSISTANT, name="Demo Rekan")
    page = f"/staff/complaints/{case.id}/formal"
    visitor.enter(team.users[Role.PVL_ASSISTANT].id).get(page)
    opened = dict(visitor.page.values)
    mine = {**opened, "verdict_F1": "excepted", "reason_F1": "Alasan saya sendiri"}
    theirs = {"verdict_F1": "excepted", "reason_F1": "Alasan rekan saya"}
    assert another_visitor.enter(colleague.id).submit(page, theirs).status_code == 302

    answer = visitor.post(page, mine)

    assert answer.status_code == 409
    assert "Alasan saya sendiri" in answer.text
    assert "Alasan rekan saya" in answer.text
    assert "Demo Rekan" in answer.text
    again = visitor.post(page, visitor.page.values)
    assert again.status_code == 302
    with app.app_context():
        row = db.session.scalars(select(ComplaintCheck).where(ComplaintCheck.complaint_id == case.id)).one()
        assert row.reason == "Alasan saya sendiri"


def test_given_a_colleague_saves_then_the_case_is_theirs_and_the_history_says_so(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        colleague = UserFactory(Role.PVL_ASSISTANT, name="Demo Rekan")
    visitor.enter(colleague.id).submit(f"/staff/complaints/{case.id}/formal", {"verdict_F7": "met"})
    with app.app_context():
        assert stored(case).officer_id == colleague.id
    assert "Demo Rekan" in visitor.get(f"/staff/complaints/{case.id}").text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PVL_ASSISTANT])
def test_given_another_role_when_beginning_then_nothing_happens(in_app: Flask, role: Role) -> None:
    case = ComplaintFactory()
    person = UserFactory(role, password=None)
    from ombudsman_app.accounts.queries import actor_for

    with pytest.raises(NotAllowed):
        begin_verification(case, version=case.version, actor=actor_for(person.id))
    assert stored(case).registration_number is None


def test_given_an_officer_of_another_office_when_beginning_then_nothing_happens(in_app: Flask) -> None:
    case, stranger = ComplaintFactory(), TeamFactory("KPG").intake
    with pytest.raises(NotAllowed):
        begin_verification(case, version=case.version, actor=stranger)


def test_given_a_crafted_move_when_the_state_does_not_allow_it_then_409_and_nothing_changes(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(MATERIAL, team)
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    with app.app_context():
        version = stored(case).version
    begin = visitor.post(f"/staff/complaints/{case.id}/begin", {"version": str(version)})
    formal = visitor.post(
        f"/staff/complaints/{case.id}/formal",
        {**fields(FORMAL_ITEMS), "version": str(version), "go": "on"},
    )
    assert (begin.status_code, formal.status_code) == (409, 409)
    with app.app_context():
        assert stored(case).state is MATERIAL


@pytest.mark.parametrize("version", ["", "-1", "0", "abc", "9" * 40, "1e3", "²"])
def test_given_a_version_by_hand_when_beginning_then_409(app: Flask, visitor: Visitor, version: str) -> None:
    with app.app_context():
        team, case = TeamFactory(), ComplaintFactory()
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    assert visitor.post(f"/staff/complaints/{case.id}/begin", {"version": version}).status_code == 409


def test_given_twenty_at_once_when_numbers_are_drawn_then_none_is_missing_and_none_twice(
    in_app: Flask,
) -> None:
    cases = [ComplaintFactory() for _ in range(20)]
    team = TeamFactory()
    ids, actor = [case.id for case in cases], team.intake
    db.session.remove()
    wrong: list[BaseException] = []

    def begin(case_id: int) -> None:
        with in_app.app_context():
            try:
                case = db.session.get_one(Complaint, case_id)
                begin_verification(case, version=case.version, actor=actor)
            except BaseException as error:
                wrong.append(error)

    threads = [threading.Thread(target=begin, args=(case_id,)) for case_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    numbers = sorted(db.session.scalars(select(Complaint.registration_number)))
    assert [int(number[:4]) for number in numbers] == list(range(1, 21))


def test_given_a_command_that_fails_when_a_number_was_drawn_then_it_is_given_back(in_app: Flask) -> None:
    @command
    def fails() -> None:
        next_number("complaint", 1, 2026)
        raise ValueError("on purpose")

    with pytest.raises(ValueError, match="on purpose"):
        fails()
    assert db.session.scalar(select(func.count()).select_from(NumberCounter)) == 0


def test_given_a_new_year_when_numbering_then_it_begins_at_one_in_the_zone_of_the_office(
    in_app: Flask, clock
) -> None:
    team = TeamFactory()
    numbers = []
    for at in ("2026-12-31T23:59+08:00", "2027-01-01T00:01+08:00"):
        clock.at(at)
        case = ComplaintFactory()
        begin_verification(case, version=case.version, actor=team.intake)
        numbers.append(stored(case).registration_number)
    assert numbers == ["0001/LM/XII/2026/MAM", "0001/LM/I/2027/MAM"]


def test_given_the_rules_when_a_number_is_written_then_it_has_their_form() -> None:
    assert re.fullmatch(r"\d{4}/LM/[IVX]+/\d{4}/[A-Z]{3}", RULES.numbering.registration.example or "")
    assert registration_number.__doc__


@pytest.mark.parametrize(
    ("event_on", "is_continuing", "expected"),
    [
        ("2024-11-20", False, "met"),
        ("2024-11-19", False, "missing"),
        ("2020-01-01", True, "met"),
        ("2024-02-29", False, "missing"),
    ],
)
def test_given_the_day_of_the_event_when_the_file_is_asked_then_m1_follows_the_two_years(
    app: Flask, visitor: Visitor, clock, event_on: str, is_continuing: bool, expected: str
) -> None:
    """M1: received_date <= event_end_date + 2 years (UU 37/2008 Pasal 24(3))."""
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(MATERIAL, team, event_on=date.fromisoformat(event_on), is_continuing=is_continuing)
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)

    visitor.get(f"/staff/complaints/{case.id}/material")
    visitor.submit(f"/staff/complaints/{case.id}/material", {"then": "suggest"})

    assert visitor.page.values["verdict_M1"] == expected
    with app.app_context():
        assert office_id("kc_mamuju") == stored(case).office_id
        assert (
            db.session.scalar(
                select(func.count()).where(
                    ComplaintCheck.complaint_id == case.id, ComplaintCheck.item == "M1"
                )
            )
            == 0
        ), "a proposal is not saved"


def test_given_the_errors_of_the_domain_then_each_has_a_sentence() -> None:
    from ombudsman_app.web.refusals import REFUSALS

    assert {ChecksOpen.code, RecordChanged.code, MoveNotAllowed.code} <= set(REFUSALS)


def test_given_items_that_i_left_open_when_i_store_mine_then_the_other_verdicts_stay(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        colleague = UserFactory(Role.PVL_ASSISTANT)
    page = f"/staff/complaints/{case.id}/formal"
    visitor.enter(team.users[Role.PVL_ASSISTANT].id).get(page)
    opened = dict(visitor.page.values)
    another_visitor.enter(colleague.id).submit(
        page, {"verdict_F2": "excepted", "reason_F2": "Lahir di laut."}
    )

    visitor.post(page, {**opened, "verdict_F1": "met", "verdict_F2": ""})
    assert visitor.post(page, visitor.page.values).status_code == 302

    with app.app_context():
        assert check_of(case, "F1").verdict is Verdict.MET
        assert check_of(case, "F2").reason == "Lahir di laut."


def test_given_a_list_saved_unchanged_when_it_is_a_colleagues_case_then_it_stays_theirs(
    app: Flask, visitor: Visitor
) -> None:
    """Else a press of the button would open the identity to somebody who did nothing on the case (PD2)."""
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
        colleague = UserFactory(Role.PVL_ASSISTANT)
    assert visitor.enter(colleague.id).submit(f"/staff/complaints/{case.id}/formal").status_code == 302
    with app.app_context():
        assert stored(case).officer_id == team.users[Role.PVL_ASSISTANT].id


def test_given_a_power_of_attorney_that_is_missing_when_going_on_then_it_is_in_the_way(in_app: Flask) -> None:
    """F11 is conditional: not judged where nobody acts for the reporter, asked for where somebody does."""
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    given = all_met(FORMAL_ITEMS) | {"F11": CheckInput(Verdict.MISSING), "F12": CheckInput(Verdict.MISSING)}
    with pytest.raises(ChecksOpen) as refused:
        finish_formal_verification(case, given, version=case.version, actor=team.intake)
    assert refused.value.details["items"] == ["F11"]


@pytest.mark.parametrize(
    "given",
    [{"F1": CheckInput(Verdict.SEEN)}, {"F1": CheckInput(Verdict.EXCEPTED)}],
    ids=["seen", "no reason"],
)
def test_given_a_verdict_that_no_form_offers_when_saving_then_the_command_refuses_it(
    in_app: Flask, given: dict[str, CheckInput]
) -> None:
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    with pytest.raises(ChecksOpen):
        save_checks(case, given, version=case.version, actor=team.intake)


def test_given_a_reason_of_a_check_when_saved_then_the_trail_keeps_a_digest_alone(in_app: Flask) -> None:
    team = TeamFactory()
    case = CaseFactory(FORMAL, team)
    reasoned = {"F5": CheckInput(Verdict.EXCEPTED, "Rumahnya di belakang pasar qwyx")}
    save_checks(case, reasoned, version=case.version, actor=team.intake)
    everything = " ".join(db.session.scalars(select(TrailEntry.changes)))
    assert "qwyx" not in everything
    assert '"F5":[null,"excepted ' in everything


def test_given_verdicts_in_hand_when_the_file_is_asked_then_they_stay_and_the_rest_is_proposed(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    address = f"/staff/complaints/{case.id}/formal"

    visitor.submit(address, {"then": "suggest", "verdict_F7": "excepted", "reason_F1": "Ditanyakan kemarin."})

    shown = visitor.page.values
    assert (shown["verdict_F7"], shown["verdict_F13"]) == ("excepted", "met")
    assert shown["reason_F1"] == "Ditanyakan kemarin."
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(ComplaintCheck)) == 0


def test_given_a_list_half_done_when_writing_to_the_reporter_then_it_is_saved_first(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(FORMAL, team)
    visitor.enter(team.users[Role.PVL_ASSISTANT].id)
    address = f"/staff/complaints/{case.id}"

    answer = visitor.submit(f"{address}/formal", {"then": "message", "verdict_F7": "met"})

    assert (answer.status_code, answer.location) == (302, f"{address}#messages")
    with app.app_context():
        saved = db.session.execute(select(ComplaintCheck.item, ComplaintCheck.verdict)).all()
        assert saved == [("F7", Verdict.MET)]
        assert stored(case).state is FORMAL

    refused = visitor.submit(f"{address}/formal", {"then": "message", "verdict_F7": "excepted"})
    assert refused.status_code == 422, "nothing typed is lost on the way to the message"
