"""The table of moves in code equals the file, and the words of measures those of the domain files."""

from pathlib import Path

import pytest
import yaml
from flask import Flask
from flask_babel import force_locale

from ombudsman_app.complaints.states import corrective_action_clock
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.paths import PACKAGE
from ombudsman_app.findings.formats.words import measure_label, rung_word
from ombudsman_app.findings.states import (
    FINDING,
    MEASURES,
    RULES,
    RUNGS,
    FindingState,
    MeasureKind,
    Origin,
    Rung,
    measure_of,
    next_rung,
    response_limit,
    status_after,
)

DOMAIN = PACKAGE.parent.parent / "shared" / "domain"


def test_the_moves_in_code_are_those_of_the_file() -> None:
    assert {(row.move, row.from_, row.to) for row in RULES.moves} == {
        (row.move, row.from_state, row.to) for row in FINDING.transitions
    }


def test_the_catalogue_names_measures_and_rungs_as_the_file_does(in_app: Flask) -> None:
    with in_app.test_request_context("/"), force_locale("id"):
        assert [measure_label(rule.id) for rule in RULES.measures] == [
            rule.id_label for rule in RULES.measures
        ]
        for rung in RULES.ladder:
            assert rung_word(rung.id) == rung.id_label


def test_every_state_is_reached_and_only_done_ends() -> None:
    reached = {row.to for row in FINDING.transitions} | {FindingState.DRAFT}
    assert reached == set(FindingState)
    assert [state for state in FindingState if not FINDING.open_events(state)] == [FindingState.DONE]


@pytest.mark.parametrize("state", [FindingState.DRAFT, FindingState.RESPONDED, FindingState.DONE])
def test_given_it_does_not_wait_for_the_office_then_there_is_no_answer(state: FindingState) -> None:
    with pytest.raises(MoveNotAllowed):
        FINDING.after(state, "respond")


def test_each_origin_has_one_kind_of_measure_and_a_time_to_answer() -> None:
    assert {origin: measure_of(origin) for origin in Origin} == {
        Origin.LHP: MeasureKind.CORRECTIVE_ACTION,
        Origin.AUDIT: MeasureKind.IMPROVEMENT_SUGGESTION,
        Origin.KAJIAN: MeasureKind.IMPROVEMENT_SUGGESTION,
        Origin.VISIT: MeasureKind.IMPROVEMENT_SUGGESTION,
        Origin.EMPLOYER: MeasureKind.IMPROVEMENT_SUGGESTION,
        Origin.RECOMMENDATION: MeasureKind.RECOMMENDATION,
    }
    assert sum(len(rule.origins) for rule in RULES.measures) == len(Origin)
    assert all(response_limit(origin).span[0] > 0 for origin in Origin)


def test_the_time_of_an_lhp_is_that_of_the_complaints() -> None:
    """D08: one number of law, in two files because the lower domain does not read the upper one's."""
    assert response_limit(Origin.LHP).span == corrective_action_clock("po58_2023").span


def test_what_is_said_is_a_status_of_the_kind_and_nothing_computed_is_stored() -> None:
    for kind, rule in MEASURES.items():
        said = {status_after(kind, word) for word in ("accept", "in_part", "dispute", "progress", "done")}
        assert said <= set(rule.statuses), kind
        assert not set(rule.statuses) & set(RULES.computed), kind


@pytest.mark.skipif(
    not DOMAIN.is_dir(), reason="the domain files lie beside the repository only where it is built"
)
def test_the_statuses_are_those_of_the_domain_files() -> None:
    assert (
        list(MEASURES[MeasureKind.CORRECTIVE_ACTION].statuses)
        == _read("complaints.yaml")["corrective_action_status"]
    )
    suggested = [word for word in _read("kajian.yaml")["suggestion_status"] if word not in RULES.computed]
    assert list(MEASURES[MeasureKind.IMPROVEMENT_SUGGESTION].statuses) == suggested


def _read(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load(Path(DOMAIN / name).read_text(encoding="utf-8"))
    return found


def test_the_ladder_is_climbed_step_by_step() -> None:
    climbed: list[Rung] = []
    while rung := next_rung(frozenset(climbed)):
        climbed.append(rung)
    assert climbed == [Rung.REMINDER, Rung.SUPERIOR, Rung.SECOND_TERM, Rung.ESCALATION]
    assert RUNGS[Rung.SECOND_TERM].term is not None
