"""A score is kept with all that decides it, and counted again from that (RP5)."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.audits.commands import answers_of_sheet, load_shipped, verify_scores
from ombudsman_app.audits.models import AuditSheet, SheetEvidence
from ombudsman_app.audits.states import AuditState, ScoreStage
from ombudsman_app.core.db import db

from ..databases import owner_of
from ..factories.audits import AuditFactory, definition_of, version_in_use


def test_given_a_second_run_then_nothing_is_loaded_twice(in_app: Flask) -> None:
    before = version_in_use().id
    assert load_shipped() == "Audits: 0 schemes, 0 instruments added."
    assert version_in_use().id == before


def test_given_the_best_answers_when_scored_then_a_hundred(in_app: Flask) -> None:
    audit = AuditFactory(AuditState.PUBLISHED)
    assert (str(audit.total), audit.category, audit.zone) == ("100.00", "A", "green")
    assert {one.wrong for one in verify_scores()} == {()}


def test_given_a_missing_evidence_kind_then_no_points(in_app: Flask) -> None:
    """An item of a kind that the indicator does not allow is none (audits.md §6 rule 7)."""
    audit = AuditFactory(AuditState.SUBMITTED)
    sheet = db.session.query(AuditSheet).filter_by(audit_id=audit.id).one()
    db.session.query(SheetEvidence).filter_by(sheet_id=sheet.id, indicator="I01").update({"kind": "url"})
    db.session.flush()
    answers = answers_of_sheet(sheet.id, definition_of(audit))
    assert answers["I01"] == {"value": "4", "evidence": 0}
    assert answers["I02"]["evidence"] == 1


def test_given_a_kept_score_then_nobody_changes_it(in_app: Flask) -> None:
    AuditFactory(AuditState.FINAL)
    with pytest.raises(DBAPIError, match="stays"):
        db.session.execute(text("UPDATE audit_score SET hundredths = 1"))
    db.session.rollback()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("hundredths = hundredths - 1", "total"),
        ("inputs_digest = 'x'", "inputs"),
        ("formula_version = '0'", "formula"),
    ],
)
def test_given_a_score_changed_beside_the_program_then_it_is_found(
    app: Flask, change: str, wrong: str
) -> None:
    with app.app_context():
        AuditFactory(AuditState.FINAL)
    with owner_of(app) as owner:
        if owner.dialect.name == "sqlite":
            owner.exec_driver_sql("DROP TRIGGER audit_score_no_update")
        else:
            owner.exec_driver_sql("ALTER TABLE audit_score DISABLE TRIGGER audit_score_only_grows")
        owner.execute(
            text(f"UPDATE audit_score SET {change} WHERE stage = :stage"), {"stage": ScoreStage.FINAL.value}
        )
    with app.app_context():
        found = [one.wrong for one in verify_scores()]
    assert [one for one in found if one] == [(wrong,)]
