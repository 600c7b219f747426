"""Cases in pictures and on paper: counted by hand here."""

from datetime import date, timedelta

import pytest
from flask import Flask

from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.employers.commands.cases import (
    EndInput,
    StepInput,
    add_note,
    correct_step,
    dispute_case,
    end_case,
)
from ombudsman_app.employers.compliance.rules import CaseState, LadderAct
from ombudsman_app.employers.queries.cases import ages, ladder, print_list

from ..conftest import StoppedClock
from ..factories.cases import CaseFactory, acted, branch_officer, case_employer, forwarding_of, held
from ..factories.complaints import office_id
from ..factories.employers import keeper_of
from ..factories.findings import person
from ..visitor import Visitor
from .officers import Officer

FRIDAY = "2026-11-20T09:00+08:00"
HOME = "/staff/employers/cases"
NOTE = "Kata seorang pekerja bernama Qwyx."


@pytest.fixture
def house(in_app: Flask, clock: StoppedClock) -> Flask:
    clock.at(FRIDAY)
    load_shipped()
    return in_app


@pytest.fixture
def open_house(in_app: Flask) -> Flask:
    """At the real hour: a request of an officer does not see the clock of the test."""
    load_shipped()
    return in_app


def reached(actor) -> dict[CaseState, tuple[int, int, int]]:
    return {one.stage: (one.went_on, one.stand, one.ended) for one in ladder(actor) if one.reached}


@pytest.mark.usefixtures("house")
def test_given_cases_then_each_stage_counts_those_that_came_at_least_as_far() -> None:
    keeper = keeper_of()
    CaseFactory()
    CaseFactory(CaseState.FORWARDED)
    disputed = CaseFactory(CaseState.WARNED_1)
    dispute_case(disputed.id, "Semua sudah terdaftar.", actor=keeper)
    ended = CaseFactory(CaseState.WARNED_2)
    end_case(ended, EndInput("comply", "Semua pekerja terdaftar."), version=ended.version, actor=keeper)
    CaseFactory(office="KPG")

    assert reached(keeper) == {
        CaseState.REPORTED: (3, 1, 0),
        CaseState.VERIFIED: (3, 0, 0),
        CaseState.FORWARDED: (2, 1, 0),
        CaseState.SUPERVISED: (2, 0, 0),
        CaseState.WARNED_1: (1, 1, 0),
        CaseState.WARNED_2: (0, 0, 1),
    }
    assert held(ended).furthest is CaseState.WARNED_2


@pytest.mark.usefixtures("house")
def test_given_a_rung_that_was_left_out_then_the_case_counts_as_far_as_it_came() -> None:
    case = CaseFactory(CaseState.FORWARDED)
    acted(case, LadderAct.FINE)
    assert reached(keeper_of())[CaseState.FINED] == (0, 1, 0)
    assert reached(keeper_of())[CaseState.WARNED_1] == (1, 0, 0)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("days", "group"), [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3)])
def test_given_an_open_case_then_its_age_has_its_group_to_the_day(days: int, group: int) -> None:
    employer = case_employer()
    with stopped_at(now() - timedelta(days=days)):
        CaseFactory(employer=employer)
    counted = ages(keeper_of(), today=today("Asia/Makassar"))
    assert [(one.in_time, one.late) for one in counted] == [(int(place == group), 0) for place in range(4)]


@pytest.mark.usefixtures("open_house")
def test_given_a_late_branch_then_the_picture_and_the_paper_say_so(visitor: Visitor) -> None:
    officer = Officer(visitor, Role.EXAMINER)
    empty = officer.get(f"{HOME}/pictures").text
    assert "Belum ada kasus kepatuhan" in empty
    employer = case_employer(name="PT Terlambat")
    with stopped_at(now() - timedelta(days=60)):
        late = CaseFactory(CaseState.FORWARDED, employer=employer)
        add_note(late, NOTE, actor=keeper_of())
    CaseFactory(CaseState.WARNED_1, employer=case_employer(name="PT Tepat Waktu"))
    CaseFactory(CaseState.REPORTED, employer=case_employer(name="PT Belum Diteruskan"))
    CaseFactory(CaseState.FORWARDED, office="KPG", employer=case_employer("KPG", name="PT Seberang"))

    pictures = officer.get(f"{HOME}/pictures").text
    assert "badan publik terlambat" in pictures
    paper = officer.get(f"{HOME}/print?branch={office_id('kc_mamuju')}").text
    named = [name for name in ("PT Terlambat", "PT Tepat Waktu") if name in paper]
    assert named == ["PT Terlambat", "PT Tepat Waktu"]
    assert paper.index("PT Terlambat") < paper.index("PT Tepat Waktu")
    assert "Teguran tertulis pertama" in paper
    for words in ("PT Belum Diteruskan", "PT Seberang", NOTE, "Informasi tanpa identitas"):
        assert words not in paper
    assert "terlambat" in paper


@pytest.mark.usefixtures("open_house")
def test_given_no_branch_or_another_offices_then_one_chooses_or_finds_nothing(visitor: Visitor) -> None:
    officer = Officer(visitor, Role.EXAMINER)
    assert "Tidak ada kasus berjalan" in officer.get(f"{HOME}/print").text
    CaseFactory(CaseState.FORWARDED)
    CaseFactory(CaseState.FORWARDED, office="KPG")
    assert f"branch={office_id('kc_mamuju')}" in officer.get(f"{HOME}/print").text
    assert officer.get(f"{HOME}/print?branch={office_id('kc_ntt')}").status_code == 404
    assert officer.get(f"{HOME}/print?branch=987654320").status_code == 404
    assert print_list(person(Role.EXAMINER, office="KPG"), office_id("kc_mamuju"), today=today("UTC")) is None


@pytest.mark.usefixtures("house")
def test_given_an_earlier_act_is_corrected_then_the_paper_still_names_the_newest_one() -> None:
    case = CaseFactory(CaseState.FORWARDED)
    day = today("Asia/Makassar")
    first = acted(case, LadderAct.WARNING_1, dated_on=day - timedelta(days=12))
    acted(case, LadderAct.WARNING_2, dated_on=day - timedelta(days=1))
    given = StepInput(LadderAct.WARNING_1, "B/1/2026", day - timedelta(days=11))
    correct_step(case.id, first.id, given, forwarding=forwarding_of(case), actor=branch_officer())
    assert printed() == [(LadderAct.WARNING_2, day - timedelta(days=1))]


@pytest.mark.usefixtures("house")
def test_given_the_newest_act_is_corrected_then_the_paper_has_the_day_of_the_correction() -> None:
    case = CaseFactory(CaseState.FORWARDED)
    day = today("Asia/Makassar")
    wrong = acted(case, LadderAct.WARNING_1, dated_on=day)
    given = StepInput(LadderAct.WARNING_1, "B/1/2026", day - timedelta(days=3))
    correct_step(case.id, wrong.id, given, forwarding=forwarding_of(case), actor=branch_officer())
    assert printed() == [(LadderAct.WARNING_1, day - timedelta(days=3))]


def printed() -> list[tuple[LadderAct | None, date | None]]:
    """The last act of each case on the paper for the branch in Mamuju."""
    found = print_list(keeper_of(), office_id("kc_mamuju"), today=today("Asia/Makassar"))
    assert found is not None
    return [(one.act, one.act_on) for one in found.cases]
