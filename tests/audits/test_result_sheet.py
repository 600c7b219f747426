"""The result as a sheet: what page, paper and command line say, to the last digit."""

import json
from io import BytesIO

import pytest
from click.testing import CliRunner
from flask import Flask
from openpyxl import load_workbook

from ombudsman_app.audits.commands import latest_score
from ombudsman_app.audits.commands.papers import order_sheet
from ombudsman_app.audits.queries import score_page
from ombudsman_app.audits.queries.papers import own_sheet
from ombudsman_app.audits.states import AuditState
from ombudsman_app.cli.main import main
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced import store

from ..documents.desk import make_all
from ..factories.audits import AuditFactory
from ..factories.findings import person
from .papers import ANSWERS


def test_given_a_result_then_sheet_page_and_command_line_agree(app: Flask) -> None:
    with app.app_context():
        actor = person(Role.AUDITOR)
        audit = AuditFactory(AuditState.FINAL, answers=ANSWERS)
        score = latest_score(audit.id)
        assert score is not None
        page, inputs = score_page(score), score.inputs
        uuid = order_sheet(audit, language="id", actor=actor)
    assert make_all(app, "audits.sheet") == [JobState.DONE]
    with app.app_context():
        ordered = own_sheet(actor, uuid)
        assert ordered is not None
        assert ordered.file is not None
        content = store.read(ordered.file.uuid, ordered.file.sha256)
        assert own_sheet(person(Role.AUDITOR), uuid) is None  # for whoever asked alone
    assert content is not None
    book = load_workbook(BytesIO(content))
    rows = list(book.worksheets[0].values)[1:]
    said = {row[0]: row[1] for row in book.worksheets[1].values if row[0]}
    given = json.dumps({"instrument": "bpjstk_branch_v1", "answers": inputs["answers"]})
    counted = json.loads(CliRunner().invoke(main, ["audits", "score", "-"], input=given).stdout)

    assert len(rows) == len(page.lines) == 57
    assert said["Nilai persis"] == page.total_exact == counted["total_exact"]
    assert said["Total"] == str(page.total) == counted["total"]
    assert said["Kategori"] == page.score.category == counted["category"]
    for row, line in zip(rows, page.lines, strict=True):
        assert row[1] == line.id
        assert row[4] == (None if line.score is None else float(line.score))
        assert row[7] == float(line.cost)


def test_given_nothing_scored_then_there_is_no_sheet(in_app: Flask) -> None:
    with pytest.raises(MoveNotAllowed):
        order_sheet(AuditFactory(AuditState.IN_FIELD), language="id", actor=person(Role.AUDITOR))
