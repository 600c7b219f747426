"""A published result as data: JSON for programs, rows for a sheet. Only fields that are named here (AZ6)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.audits.models import Audit, AuditResponse
from ombudsman_app.audits.queries.corrections import Before
from ombudsman_app.audits.queries.score_page import IndicatorLine, ScorePage
from ombudsman_app.audits.scoring.exact import plain

from .answers import audit_answer

Responses = Mapping[str, AuditResponse]


def as_data(audit: Audit, page: ScorePage, responses: Responses, before: Sequence[Before]) -> dict[str, Any]:
    """Return everything that the page tells of the score, numbers as text, to the last digit."""
    score, round_ = page.score, audit.round
    return {
        "office": {"slug": audit.office.slug, "name": audit.office.name, "kind": audit.office_kind.value},
        "round": {
            "slug": round_.slug,
            "title": round_.title,
            "from": round_.period_from.isoformat(),
            "until": round_.period_until.isoformat(),
        },
        "published_on": audit.published_on.isoformat() if audit.published_on else None,
        "is_demonstration": round_.is_demo,
        "instrument": {
            "id": page.definition.id,
            "version": page.definition.version,
            "title": page.definition.title_id,
        },
        "scheme": {
            "id": page.scheme.id,
            "title": page.scheme.title_id,
            "verified": page.scheme.verified.value,
        },
        "formula": score.formula_version,
        "total": str(page.total),
        "total_exact": page.total_exact,
        "category": score.category,
        "zone": score.zone,
        "capped_by": [line.id for line in page.capped_by],
        "corrected": [
            {
                "total": str(one.total),
                "category": one.category,
                "corrected_on": one.corrected_on.isoformat() if one.corrected_on else None,
                "indicator": one.indicator,
                "reason": one.reason,
            }
            for one in before
        ],
        "dimensions": [
            {
                "id": block.id,
                "title": block.title,
                "weight": plain(block.weight),
                "score": str(block.score),
                "points": plain(block.points),
                "indicators": [_indicator(line, responses.get(line.id)) for line in block.lines],
            }
            for block in page.dimensions
        ],
    }


def _indicator(line: IndicatorLine, said: AuditResponse | None) -> dict[str, Any]:
    return {
        "id": line.id,
        "question": line.question,
        "answer": dict(line.answer),
        "weight": plain(line.weight),
        "score": None if line.score is None else str(line.score),
        "points_lost": plain(line.cost),
        "is_critical": line.indicator.critical,
        "low_sample": line.low_sample,
        "no_evidence": line.no_evidence,
        "not_applicable": line.na_reason or None,
        "legal_basis": line.indicator.legal_basis,
        "office_says": None
        if said is None
        else {
            "stance": said.stance.value,
            "text": said.text,
            "ruling": said.ruling.value if said.ruling else None,
            "ruling_reason": said.ruling_reason,
        },
    }


def as_sheet(page: ScorePage, responses: Responses) -> tuple[list[str], Iterator[list[str]]]:
    """Return the head and the rows of a sheet, one indicator a row."""
    head = [
        _("Indicator"),
        _("Dimension"),
        _("Question"),
        _("Answer"),
        _("Weight"),
        _("Score"),
        _("Points lost"),
        _("Items of evidence"),
        _("Remarks"),
        _("Legal basis"),
        _("The office says"),
        _("The Ombudsman decided"),
    ]
    return head, (_row(block.title, line, responses) for block in page.dimensions for line in block.lines)


def _row(dimension: str, line: IndicatorLine, responses: Responses) -> list[str]:
    said = responses.get(line.id)
    return [
        line.id,
        dimension,
        line.question,
        audit_answer(line),
        plain(line.weight),
        "" if line.score is None else str(line.score),
        plain(line.cost),
        str(line.evidence),
        "; ".join(remarks(line)),
        line.indicator.legal_basis,
        said.text if said else "",
        said.ruling_reason if said else "",
    ]


def remarks(line: IndicatorLine) -> list[str]:
    """Return what must be known beside the score of an indicator, in words."""
    found = [
        (line.is_alarm, _("Critical and not met")),
        (line.no_evidence, _("No evidence, no points")),
        (line.low_sample, _("Too few cases")),
        (bool(line.na_reason), line.na_reason),
    ]
    return [str(words) for is_so, words in found if is_so]
