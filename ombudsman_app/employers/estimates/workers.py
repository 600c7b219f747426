"""Estimates about workers: `pwbd`, `pds_workers`, `pds_wage`, `pds_program`."""

from ombudsman_app.employers.states import Programme

from .cautions import cautions_of
from .contributions import Work, estimate_contributions
from .fields import EstimateType
from .inputs import (
    Span,
    Wage,
    payment_of,
    programmes_of,
    refuse_without_ceiling,
    span_of,
    wage_of,
)
from .problems import EstimateRefused, Problem
from .rates import rates
from .reading import Read
from .result import Estimate, caution


def estimate_workers(kind: EstimateType, read: Read, problems: list[Problem]) -> Estimate:
    """Return the estimate of one of the four types. Raises EstimateRefused."""
    name = "true_wage" if kind is EstimateType.PDS_WAGE else "wage"
    span = span_of(read, problems)
    wage = wage_of(read, span, problems, name)
    asked = programmes_of(read, problems)
    payment = payment_of(read, span, problems)
    if Programme.JP in asked:
        refuse_without_ceiling(read, span, wage, problems, name)
    reported = read.get("reported_wage") or 0
    _refuse_above(reported, wage, span, problems)
    if problems:
        raise EstimateRefused(problems)
    work = Work(
        workers=read["workers"],
        span=span,
        wage=wage,
        shares={programme: rates().rate(programme, read["jkk_class"]).rate for programme in asked},
        reported=reported,
        payment=payment,
    )
    cautions = cautions_of(work, asked, read["scale"])
    if payment and kind is EstimateType.PWBD:
        cautions.append(caution("not_registered"))
    return estimate_contributions(work, cautions)


def _refuse_above(reported: int, wage: Wage, span: Span, problems: list[Problem]) -> None:
    """Nothing is under-reported where the report is above the wage."""
    if problems:
        return
    for month in span:
        if reported > wage.of(month):
            values = {"rupiah": wage.of(month), "month": str(month) if month else "every month"}
            problems.append(Problem("reported_wage", "above_true", values))
            return
