"""The machine of complaints equals the table of the rules, read here without the product's own reader."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from ombudsman_app.complaints.states import (
    CLOCKS,
    COMPLAINT,
    CURRENT,
    LEGACY,
    RULES,
    ComplaintState,
    Outcome,
    clock,
    corrective_action_clock,
    regime_for,
)
from ombudsman_app.complaints.states.agreement import agreed
from ombudsman_app.complaints.states.words import NEXT_STEPS, PUBLIC_SENTENCES, STATE_WORDS
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.paths import PACKAGE, TRANSLATIONS
from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.flow import Place
from ombudsman_app.core.workflow.shape import RulesBroken

S = ComplaintState
FILE: dict[str, Any] = yaml.safe_load(
    (PACKAGE / "complaints" / "rules" / "complaints.yaml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """What `ombudsman rules show complaints` prints."""
    code = "from ombudsman_app.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "rules", "show", "complaints"],
        capture_output=True,
        check=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row.get(key) for key in ("from", "to", "by", "released_by", "outcome", "event", "regime")}


def test_the_states_shown_are_those_of_the_file(shown: dict[str, Any]) -> None:
    assert shown["states"] == [
        {"id": row["id"], "phase": row["phase"], "terminal": row.get("terminal", False)}
        for row in FILE["states"]
    ]
    assert len(shown["states"]) == 27


def test_the_transitions_shown_are_those_of_the_file(shown: dict[str, Any]) -> None:
    assert [_row(row) for row in shown["transitions"]] == [_row(row) for row in FILE["transitions"]]
    assert all(row["move"] for row in shown["transitions"])


def test_the_side_moves_shown_are_those_of_the_file(shown: dict[str, Any]) -> None:
    assert [(row["id"], _row(row)) for row in shown["side_moves"]] == [
        (row["id"], _row(row)) for row in FILE["side_moves"]
    ]


@pytest.mark.parametrize(("key", "section"), [("clocks", "deadlines"), ("targets", "internal_targets")])
def test_the_clocks_shown_are_those_of_the_file(shown: dict[str, Any], key: str, section: str) -> None:
    expected = []
    for row in FILE[section]:
        unit = next((unit for unit in ("years", "hours") if unit in row), None)
        length = row.get(unit) if unit else row.get("days")
        if "days" in row:
            unit = {"working": "working_days", "calendar": "calendar_days"}[row["day_type"]]
        expected.append({
            "id": row["id"], "name": row["name"], "length": length, "unit": unit,
            "count": row.get("count"), "starts": row.get("starts"), "legal": row.get("legal"),
        })  # fmt: skip
    assert shown[key] == expected


def test_each_move_can_be_told_from_the_others() -> None:
    rows = [(row.from_state, row.move) for row in COMPLAINT.transitions]
    assert len(set(rows)) == len(rows) == len(FILE["transitions"])
    told = [(row.from_state, row.to, row.outcome, row.event) for row in COMPLAINT.transitions]
    assert len(set(told)) == len(told)


def test_conditions_come_from_the_file() -> None:
    assert COMPLAINT.transition(S.RECEIVED, "respond_rapidly").when == "RCO criteria met"
    assert COMPLAINT.transition(S.PLENARY_DECISION, "respond_rapidly").when is None


def test_given_a_table_that_parts_from_the_file_when_compared_then_the_house_does_not_start() -> None:
    with pytest.raises(RulesBroken, match=r"only in the file .*published"):
        agreed([row for row in COMPLAINT.transitions if row.move != "close_as_published"], RULES.transitions)


def test_words_of_the_code_are_words_of_the_file() -> None:
    assert [*ComplaintState] == [row["id"] for row in FILE["states"]]
    assert {*Outcome} == {row["id"] for row in FILE["outcomes"]}
    assert {CURRENT, LEGACY} == {row["id"] for row in FILE["regimes"]}
    actors = {row["id"] for row in FILE["actors"]}
    assert {row.by for row in COMPLAINT.transitions} <= actors
    assert {row.released_by for row in COMPLAINT.transitions} - {None} <= actors


def test_each_state_has_its_words_and_the_catalogue_the_labels_of_the_file() -> None:
    with (TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file)
    for row in FILE["states"]:
        state = ComplaintState(row["id"])
        assert catalogue[STATE_WORDS[state]].string == row["id_label"]
        assert catalogue[PUBLIC_SENTENCES[state]].string
        assert catalogue[NEXT_STEPS[state]].string


def test_what_harms_a_party_never_moves_by_itself() -> None:
    by_system = [row for row in COMPLAINT.transitions if row.by == "system"]
    assert by_system
    assert all(row.released_by for row in by_system)


def test_every_state_can_be_reached_and_left() -> None:
    reached, new = set[ComplaintState](), {S.RECEIVED}
    while new:
        reached |= new
        new = {row.to for row in COMPLAINT.transitions if row.from_state in new} - reached
    assert reached == set(ComplaintState)
    assert {state for state in S if not COMPLAINT.open_events(state, regime=LEGACY)} == {S.CLOSED}


def test_given_the_current_rules_when_a_case_is_reviewed_then_the_reporter_is_not_heard_again() -> None:
    assert "hear_reporter" in COMPLAINT.open_events(S.CASE_REVIEW, regime=LEGACY)
    with pytest.raises(MoveNotAllowed):
        COMPLAINT.after(S.CASE_REVIEW, "hear_reporter", regime=CURRENT)


def test_given_a_closed_case_when_the_reporter_withdraws_then_it_is_refused() -> None:
    assert COMPLAINT.after_side(S.SUMMONS, "withdraw") is S.CLOSED
    assert COMPLAINT.after_side(Place.NONE, "register_report") is S.RECEIVED
    with pytest.raises(MoveNotAllowed):
        COMPLAINT.after_side(S.CLOSED, "withdraw")


@pytest.mark.parametrize(
    ("day", "regime", "unit"),
    [("2023-12-31", LEGACY, Unit.CALENDAR_DAYS), ("2024-01-01", CURRENT, Unit.WORKING_DAYS)],
)
def test_given_the_day_of_registration_when_a_case_begins_then_its_regime_sets_the_clock(
    day: str, regime: str, unit: Unit
) -> None:
    found = regime_for(date.fromisoformat(day))
    assert found.id == regime
    assert corrective_action_clock(found.id).unit is unit
    assert corrective_action_clock(found.id).length == found.corrective_days.value


def test_given_a_clock_of_another_regime_when_asked_for_then_there_is_none() -> None:
    assert clock("D08", CURRENT) is clock("corrective_action", CURRENT) is CLOCKS["D08"]
    with pytest.raises(KeyError):
        clock("reporter_reply_to_result", CURRENT)


def test_no_number_of_law_stands_in_the_code() -> None:
    folder: Path = PACKAGE / "complaints" / "states"
    numbers = {str(limit.length) for limit in CLOCKS.values() if limit.length and limit.length > 5}
    for file in folder.glob("*.py"):
        words = file.read_text(encoding="utf-8").replace("(", " ").replace(",", " ").split()
        assert not numbers & set(words), file
