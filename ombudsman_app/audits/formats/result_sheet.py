"""A result as a sheet: one row an indicator, on the second sheet what it came to, to the last digit."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.queries.score_page import ScorePage
from ombudsman_app.audits.scoring.exact import plain
from ombudsman_app.web.export import About, Column

from .answers import audit_answer, severity_word


def result_columns() -> list[Column]:
    """Return the columns in the language of whoever asked."""
    return [
        Column(_("Dimension"), "text", 14, _("The part of the instrument.")),
        Column(_("Code"), "text", 8, _("The code of the indicator in this version.")),
        Column(_("Question"), "text", 60, _("What was asked.")),
        Column(_("Answer"), "text", 30, _("What was answered, in words.")),
        Column(_("Score"), "exact", 12, _("0 to 100; empty where it does not apply.")),
        Column(_("Weight"), "exact", 9, _("Inside the dimension, as in the instrument.")),
        Column(
            _("Weight that held"),
            "exact",
            12,
            _("After what does not apply gave its weight to the others of its dimension."),
        ),
        Column(_("Points lost"), "exact", 14, _("Points of the total that it took away, exactly.")),
        Column(_("Evidence"), "number", 9, _("Items of an allowed kind.")),
        Column(_("Marks"), "text", 28, _("Critical, small sample, no evidence, finding.")),
        Column(_("Why it does not apply"), "text", 30, _("As the assessor wrote it.")),
        Column(_("Legal basis"), "text", 40, _("As it stands in the instrument.")),
    ]


def result_rows(page: ScorePage) -> Iterator[Sequence[Any]]:
    """Yield one row an indicator, in the order of the instrument."""
    for block in page.dimensions:
        for line in block.lines:
            yield (
                block.title,
                line.id,
                line.question,
                audit_answer(line),
                None if line.score is None else float(line.score),
                float(line.weight),
                float(line.effective_weight),
                float(line.cost),
                line.evidence,
                ", ".join(_marks(line)) or None,
                line.na_reason or None,
                line.indicator.legal_basis,
            )


def _marks(line: Any) -> Iterator[str]:
    if line.indicator.critical:
        yield _("critical")
    if line.low_sample:
        yield _("small sample")
    if line.no_evidence:
        yield _("no evidence")
    if line.severity:
        yield severity_word(line.severity)


def result_about(audit: Audit, page: ScorePage, *, asker: str, as_of: datetime, zone: str) -> About:
    """Say whose result it is, what it came to and by which rules."""
    lines = [
        (_("Office"), audit.office.name),
        (_("Round"), audit.round.title),
        (_("Instrument"), f"{page.definition.title_id} {page.definition.version}"),
        (_("Scheme"), page.scheme.title_id),
        (_("Total"), str(page.total)),
        (_("Exact total"), page.total_exact),
        (_("Category"), page.score.category or "–"),
        *((block.title, f"{block.score} × {plain(block.weight)}") for block in page.dimensions),
        (_("Formula"), page.score.formula_version),
        (_("Fingerprint of what decided the score"), page.score.inputs_digest),
    ]
    mark = _("For %(name)s alone", name=asker)
    return About(_("Audit result"), mark, as_of, zone, lines)
