"""`ombudsman bench year`: a year of findings through the commands, counted by register and by trail."""

import json

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, update

from ombudsman_app.cli.bench import year_running
from ombudsman_app.cli.bench.year_counting import Tally, differing
from ombudsman_app.cli.bench.year_lives import FATES
from ombudsman_app.cli.bench.year_running import OFFICES, Plan, counted, live
from ombudsman_app.cli.main import main
from ombudsman_app.core.db import command, db
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.documents.models import Document
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import RUNGS, FindingState

PLAN = Plan(findings=len(FATES))  # one of each


@pytest.fixture
def lived(in_app: Flask) -> Flask:
    load_shipped()
    for _day in live(PLAN):
        pass
    return in_app


def test_given_a_year_of_every_fate_when_counted_in_two_ways_then_only_what_no_command_did_differs(
    lived: Flask,
) -> None:
    result = counted(PLAN)

    assert result["missed"] == []
    every = result["numbers"]["all"]
    assert every["sent"] == len(FATES)
    assert [name for name, number in every.items() if number == 0] == [], "the year has something of each"
    assert every["reminder"] > every["superior"] > every["second_term"] > every["escalation"]
    assert {one.letter for one in RUNGS.values()} < set(result["letters"])
    assert result["trail_wrong"] is None
    assert len(result["numbers"]) == len(OFFICES) + 1
    numbers = db.session.scalars(select(Document.number).where(Document.number.is_not(None))).all()
    assert len(set(numbers)) == len(numbers) == sum(result["letters"].values())
    sent = select(TrailEntry.changes).where(TrailEntry.event == "findings:finding:sent")
    named = {json.loads(changes)["office"] for changes in db.session.scalars(sent)}
    assert named == set(db.session.scalars(select(Finding.office_id)))

    behind_its_back()

    missed = counted(PLAN)["missed"]
    assert len(missed) == 1
    assert ": done: register " in missed[0]


@command
def behind_its_back() -> None:
    one = select(func.min(Finding.id)).where(Finding.state == FindingState.DONE).scalar_subquery()
    db.session.execute(
        update(Finding).where(Finding.id == one).values(state=FindingState.ACCEPTED, is_open=True),
        execution_options={"synchronize_session": False},
    )


def test_given_two_counts_when_one_number_differs_then_it_is_named() -> None:
    assert differing({"a": Tally(sent=2)}, {"a": Tally(sent=2), "b": Tally()}) == []
    assert differing({"a": Tally(sent=2)}, {"a": Tally(sent=1)}) == ["a: sent: register 2, trail 1"]
    assert differing({}, {"b": Tally(late=1)}) == ["b: late: register 0, trail 1"]


def test_given_the_command_when_the_counts_differ_then_it_ends_with_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(year_running, "of_trail", lambda until: {})

    done = CliRunner().invoke(main, ["bench", "year", "--findings", "1", "--json"])

    assert done.exit_code == 1, done.output
    assert any(": sent: register 1, trail 0" in one for one in json.loads(done.stdout)["missed"])


def test_given_the_command_when_the_counts_agree_then_it_ends_well_with_a_table() -> None:
    done = CliRunner().invoke(main, ["bench", "year", "--findings", "2"])

    assert done.exit_code == 0, done.output
    assert "The register and the trail say the same." in done.stdout
