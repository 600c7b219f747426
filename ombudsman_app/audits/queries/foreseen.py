"""A result as it would be by other answers, read like a kept one; nothing is stored."""

from collections.abc import Mapping
from typing import Any

from ombudsman_app.audits.models import AuditScore
from ombudsman_app.audits.scoring.answers import read_answers
from ombudsman_app.audits.scoring.formula import FORMULA_VERSION
from ombudsman_app.audits.scoring.scheme import read_scheme
from ombudsman_app.audits.scoring.score import score_sheet
from ombudsman_app.audits.states import ScoreStage
from ombudsman_app.core.clock import now

from .score_page import ScorePage, definition_of, score_page


def page_of_inputs(audit_id: int, inputs: Mapping[str, Any], known_digest: str) -> ScorePage:
    """Return the result of inputs that nobody has kept yet. Raises scoring.refusals.SheetRefused."""
    definition = definition_of(inputs["definition"], known_digest)
    answers = read_answers(inputs["answers"], definition)
    result = score_sheet(definition, read_scheme(inputs["scheme"]), answers, cap=inputs["cap"])
    unkept = AuditScore(
        audit_id=audit_id,
        stage=ScoreStage.FINAL,
        formula_version=FORMULA_VERSION,
        inputs=dict(inputs),
        result=result.as_snapshot(),
        total_exact=result.as_json()["total_exact"],
        hundredths=int(result.total.scaleb(2)),
        category=result.category,
        zone=result.zone,
        made_at=now(),
    )
    return score_page(unkept)
