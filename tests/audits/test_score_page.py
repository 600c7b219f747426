"""What pages and papers show of a score is what was frozen, to the last digit."""

from decimal import Decimal

from flask import Flask
from flask_babel import force_locale

from ombudsman_app.audits.commands import latest_score
from ombudsman_app.audits.queries import score_page
from ombudsman_app.audits.states import AuditState

from ..factories.audits import AuditFactory

POOR = {
    "I01": {"value": "0"},
    "P11": {"numerator": 1, "denominator": 3},
    "O05": {"numerator": 20, "denominator": 30},
}
POOR |= {"P15": {"na": "Tidak ada klaim JKP pada periode ini."}}


def test_given_a_score_then_its_page_says_what_was_frozen(in_app: Flask) -> None:
    audit = AuditFactory(AuditState.FINAL, answers=POOR)
    score = latest_score(audit.id)
    assert score is not None
    with force_locale("id"):
        page = score_page(score)
    assert len(page.lines) == 57
    assert page.total == audit.total
    assert Decimal(page.total_exact).quantize(Decimal("0.01")) == page.total
    assert abs(sum(block.points for block in page.dimensions) - Decimal(page.total_exact)) < Decimal("1e-8")
    lost = sum(line.cost for line in page.lines)
    assert abs(lost + Decimal(page.total_exact) - 100) < Decimal("1e-8")
    assert page.costliest[0].cost == max(line.cost for line in page.lines)
    line = page.by_id["I01"]
    assert (line.score, line.severity, line.anchor) == (Decimal("0.00"), "major", "Tidak ada sama sekali")
    assert page.by_id["P11"].score == Decimal("33.33")
    assert page.by_id["P11"].low_sample
    assert page.by_id["P15"].score is None
    assert page.by_id["P15"].na_reason.startswith("Tidak ada klaim")


def test_given_a_failed_critical_indicator_then_it_says_what_caps(in_app: Flask) -> None:
    score = latest_score(AuditFactory(AuditState.FINAL, answers=POOR).id)
    assert score is not None
    page = score_page(score)
    assert [line.id for line in page.capped_by] == ["O05"]
    assert page.is_capped
    assert (page.score.category, page.score.zone) == ("C", "yellow")
    assert page.by_id["O05"].is_alarm


def test_given_another_language_then_questions_are_in_it(in_app: Flask) -> None:
    score = latest_score(AuditFactory(AuditState.FINAL).id)
    assert score is not None
    with force_locale("en"):
        page = score_page(score)
        assert page.by_id["I01"].question.startswith("Can counter officers")
        assert page.dimensions[1].title == "Process"
        assert page.wheel.slices[0].dimension.label == page.dimensions[0].title
