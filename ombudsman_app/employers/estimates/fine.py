"""The administrative fine of 0.1 % a month from the end of the second warning (PP 86/2013 Pasal 8)."""

from datetime import date

from ombudsman_app.core.workflow.deadlines import Unit, explain
from ombudsman_app.core.workflow.holiday_calendar import shipped

from .contributions import fine_step
from .money import product, rounded, share_of
from .months import started_months
from .problems import EstimateRefused, Problem
from .rates import rates
from .reading import Read
from .result import Estimate, Step, caution


def estimate_fine(read: Read, problems: list[Problem]) -> Estimate:
    """Return the fine up to a day or for a number of months. Raises EstimateRefused."""
    _refuse_misfits(read, problems)
    if problems:
        raise EstimateRefused(problems)
    months = read["months"]
    ended = read["warning_2_ended_on"] or _end_of(read["warning_2_received_on"])
    if months is None and ended:
        months = started_months(ended, read["until"])
    base, ladder = read["contribution_per_month"], rates().ladder
    exact = base * months * ladder.fine_rate
    a_month = share_of(base, ladder.fine_rate)
    steps = [_warning_step(read, ended)] if ended else []
    formula = product(f"{ladder.fine_rate} x {base} x {months}", exact)
    last = Step(
        "fine",
        {
            "months": months,
            "base": base,
            "rate": str(ladder.fine_rate),
            "formula": formula,
            "amount": rounded(exact),
        },
    )
    cautions = [caution("fine_step_ended", days=ladder.fine_days)] if months > 1 else []
    return Estimate(
        total=rounded(exact),
        admin_fine_per_month=a_month,
        steps=(*steps, fine_step(base, a_month), last, *cautions),
    )


def _refuse_misfits(read: Read, problems: list[Problem]) -> None:
    received, ended, until = read["warning_2_received_on"], read["warning_2_ended_on"], read["until"]
    if received and ended:
        problems.append(Problem("warning_2_received_on", "either", {"other": "warning_2_ended_on"}))
    if until and read["months"] is not None:
        problems.append(Problem("until", "either", {"other": "months"}))
    if not until and read["months"] is None and not _named(problems, "until", "months"):
        problems.append(Problem("until", "missing_either", {"other": "months"}))
    is_bare = not received and not ended
    if until and is_bare and not _named(problems, "warning_2_received_on", "warning_2_ended_on"):
        problems.append(Problem("warning_2_received_on", "missing_either", {"other": "warning_2_ended_on"}))
    for name, day in (("warning_2_received_on", received), ("warning_2_ended_on", ended)):
        if day and until and until < day:
            problems.append(Problem("until", "before", {"other": name}))


def _named(problems: list[Problem], *fields: str) -> bool:
    return any(problem.field in fields for problem in problems)


def _end_of(received: date | None) -> date | None:
    """Return the last of ten working days after receipt."""
    if received is None:
        return None
    return explain(received, rates().ladder.warning_days, Unit.WORKING_DAYS, shipped()).due


def _warning_step(read: Read, ended: date) -> Step:
    received = read["warning_2_received_on"]
    return Step(
        "warning_2",
        {
            "received_on": received.isoformat() if received else None,
            "working_days": rates().ladder.warning_days if received else None,
            "ended_on": ended.isoformat(),
            "until": read["until"].isoformat() if read["until"] else None,
        },
    )
