"""States and ladder of compliance cases are those of the domain file; moves lead everywhere and out again."""

import pytest

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.employers.compliance.rules import (
    CASE,
    ENDED,
    FORWARDING,
    LADDER,
    LIMITS,
    WITH_BRANCH,
    CaseState,
    LadderAct,
    event_of,
    is_by_government,
    next_act,
    open_acts,
)
from ombudsman_app.employers.states import RULES as LAW


def test_given_the_domain_file_then_states_and_their_order_are_its_own() -> None:
    assert tuple(CaseState) == LAW.compliance_status


def test_given_the_domain_file_then_the_ladder_is_its_own() -> None:
    steps = LAW.sanction_ladder["steps"]
    assert [rule.act for rule in LADDER.values()] == [row["id"] for row in steps] == list(LadderAct)
    assert [rule.step for rule in LADDER.values()] == [row["step"] for row in steps]
    assert {act for act in LadderAct if is_by_government(act)} == {"tmp2t_applied", "tmp2t_lifted"}


def test_given_both_warnings_then_ten_working_days_come_from_the_law_file_alone() -> None:
    for name in (LadderAct.WARNING_1, LadderAct.WARNING_2):
        assert (LIMITS[name].span, LIMITS[name].legal) == ((10, Unit.WORKING_DAYS), "PP 86/2013")
    assert LIMITS[LadderAct.FINE].span == (30, Unit.CALENDAR_DAYS)
    assert LIMITS[LadderAct.FINE].length_verified is Mark.UNVERIFIED
    assert {name for name in LIMITS if LIMITS[name].legal is None} == {
        FORWARDING, LadderAct.NOTIFICATION, LadderAct.TMP2T_REQUEST,
    }  # fmt: skip


def test_given_any_state_then_it_is_reached_and_those_that_end_lead_nowhere() -> None:
    reached, queue = {CaseState.REPORTED}, [CaseState.REPORTED]
    while queue:
        for row in CASE.open_transitions(queue.pop()):
            if row.to not in reached:
                reached.add(row.to)
                queue.append(row.to)
    assert reached == set(CaseState)
    assert {state for state in CaseState if not CASE.open_events(state)} == ENDED


@pytest.mark.parametrize("state", WITH_BRANCH)
def test_given_a_case_with_the_branch_then_it_can_comply_close_and_be_disputed_and_come_back(
    state: CaseState,
) -> None:
    assert {"comply", "close", "dispute"} <= set(CASE.open_events(state))
    assert CASE.after(CaseState.DISPUTED, f"back_to_{state}") is state
    assert LadderAct.SKK in open_acts(state)


@pytest.mark.parametrize("state", [state for state in CaseState if state not in WITH_BRANCH])
def test_given_a_case_that_is_not_with_the_branch_then_no_step_can_be_recorded(state: CaseState) -> None:
    assert open_acts(state) == []


def test_given_the_ladder_then_each_step_leads_to_its_state_and_names_the_next() -> None:
    state, steps = CaseState.FORWARDED, []
    while act := next_act(state):
        assert act in open_acts(state)
        state = CASE.after(state, event_of(act) or "")
        steps.append((act, state))
    assert [act for act, _state in steps] == list(LadderAct)[:6]
    assert state is CaseState.TMP2T_APPLIED


def test_given_a_rung_that_was_left_out_then_it_is_recorded_as_it_was() -> None:
    assert CASE.after(CaseState.FORWARDED, "warning_2") is CaseState.WARNED_2
    assert CASE.after(CaseState.WARNED_1, "fine") is CaseState.FINED
    assert "warning_1" not in CASE.open_events(CaseState.WARNED_2), "nobody goes down the ladder"


def test_given_a_protest_that_is_upheld_then_nothing_is_proven() -> None:
    assert CASE.after(CaseState.DISPUTED, "uphold") is CaseState.NOT_PROVEN
    assert "not_proven" not in CASE.open_events(CaseState.WARNED_1), "only by a review"
