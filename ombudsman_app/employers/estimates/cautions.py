"""What a reader must know beside the numbers of workers' contributions."""

from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.employers.states import Programme

from .contributions import Work
from .minimum_wages import minimum_wages
from .money import plain
from .months import Period
from .rates import rates
from .result import Step, caution

_YEAR_MONTHS = 12


def cautions_of(work: Work, asked: tuple[Programme, ...], scale: str | None) -> list[Step]:
    """Return the cautions of an estimate of workers' contributions, the most important first."""
    found = []
    if work.wage.is_assumed:
        found.append(caution("assumed_wage"))
    if {Programme.JKK, Programme.JKM} & set(asked):
        found.append(caution("no_cover_for_the_past"))
    if Programme.JKP in asked:
        found.append(caution("jkp_inside_jkk", share=plain(rates().jkp_from_jkk * 100)))
    if Programme.JP in asked:
        found += _ceiling(work.span.period)
    required = rates().required.get(scale or "", asked)
    if set(asked) - set(required) - {Programme.JKP}:
        found.append(caution("beyond_scale", scale=scale, required=", ".join(required)))
    if numbers := _unverified(work, asked):
        found.append(caution("unverified", what=", ".join(numbers)))
    return found


def _ceiling(period: Period | None) -> list[Step]:
    """A ceiling holds for a year: from the next March on the newest row is only a guess."""
    if period is None:
        return [caution("ceiling_not_checked")]
    unknown = rates().ceilings[-1].first.plus(_YEAR_MONTHS)
    return [caution("ceiling_not_known", month=str(unknown))] if period.last >= unknown else []


def _unverified(work: Work, asked: tuple[Programme, ...]) -> list[str]:
    """Return which numbers were taken from general knowledge."""
    any_class = next(iter(rates().jkk))
    found = [p.value for p in asked if rates().rate(p, any_class).verified is Mark.UNVERIFIED]
    if Programme.JP in asked and work.span.period:
        used = {rates().ceiling(month) for month in work.span.period}
        found += [
            f"JP ceiling {row.first}"
            for row in rates().ceilings
            if row in used and row.verified is Mark.UNVERIFIED
        ]
    if work.wage.region and minimum_wages().verified is Mark.UNVERIFIED:
        found.append("minimum wage")
    return found
