"""A share that falls on the edge of a band, or beside it, from the sheet to the page of the score."""

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.audits.commands import take_in_version
from ombudsman_app.audits.models import AuditScore
from ombudsman_app.audits.scoring.definition import as_mapping, read_definition
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..factories.audits import AuditFactory, RoundFactory, SheetFactory
from ..factories.findings import person
from ..visitor import Visitor
from .small_instruments import dimension, indicator, instrument

SHARE = instrument(dimension("proses", "100", indicator("P1", answer_type="percentage")))


def in_the_field(app: Flask, numerator: int, denominator: int) -> tuple[int, Visitor]:
    """Return the audit and the door of the lead, for a share as the only answer."""
    with app.app_context():
        lead = person(Role.AUDITOR)
        version = take_in_version(as_mapping(read_definition(SHARE)), form_key="a" * 32, actor=lead)
        assert version is not None
        audit = AuditFactory(round_=RoundFactory(version=version), lead=lead)
        answers = {"P1": {"numerator": numerator, "denominator": denominator}}
        SheetFactory(audit, lead, answers=answers)
        return audit.id, Visitor(app).enter(lead.user_id or 0)


@pytest.mark.parametrize(
    ("numerator", "denominator", "total", "category"),
    [
        (8800, 10000, "88,00", "A"),
        (8799, 10000, "87,99", "B"),
        (87_995, 100_000, "88,00", "A"),  # rounded half up once, then looked up
        (879_949, 1_000_000, "87,99", "B"),
        (7800, 10000, "78,00", "B"),
        (77_994, 100_000, "77,99", "C"),
        (10, 10, "100,00", "A"),
        (0, 10, "0,00", "E"),
    ],
)
def test_given_a_share_on_an_edge_when_handed_in_then_page_and_kept_score_have_its_band(
    app: Flask, numerator: int, denominator: int, total: str, category: str
) -> None:
    audit, lead = in_the_field(app, numerator, denominator)
    assert lead.submit(f"/staff/audits/{audit}/submit").status_code == 302
    with app.app_context():
        score = db.session.scalars(select(AuditScore)).one()
        assert (score.category, str(score.total).replace(".", ",")) == (category, total)
        assert score.total_exact == f"{100 * numerator / denominator:.10f}".rstrip("0").rstrip(".")
    page = lead.get(f"/staff/audits/{audit}/score").text
    assert total in page
