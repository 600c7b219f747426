"""The rules of complaints as loaded: clocks, targets, regimes. Numbers of law stand in the YAML only."""

from datetime import date
from pathlib import Path

from ombudsman_app.core.workflow.rules import Limit, limits, load

from .shape import ComplaintRules, ComplaintSettings, Regime

FOLDER = Path(__file__).parent.parent / "rules"
RULES = load(FOLDER / "complaints.yaml", ComplaintRules)
SETTINGS = load(FOLDER / "settings.yaml", ComplaintSettings)
RULE_VERSION = f"complaints.yaml {RULES.version}"  # stored beside a deadline that is counted with it

CLOCKS = {limit.id: limit for limit in limits(RULES.deadlines, "complaints.yaml: deadlines", is_law=True)}
TARGETS = {
    limit.id: limit
    for limit in limits(RULES.internal_targets, "complaints.yaml: internal_targets", is_law=False)
}
REGIMES = {regime.id: regime for regime in RULES.regimes}
_EFFECTIVE = {row.id: row.date for row in SETTINGS.regime_effective_dates}


def clock(key: str, regime: str | None = None) -> Limit:
    """Return a clock (D01 …) or target (T01 …) by its id or name. Raises KeyError.

    With a regime, a clock that runs only under another one is refused too.
    """
    for limit in (*CLOCKS.values(), *TARGETS.values()):
        if key in (limit.id, limit.name) and (regime is None or limit.regime in (None, regime)):
            return limit
    raise KeyError(key)


def regime_for(day: date) -> Regime:
    """Return the regime in force on a day; a case keeps the one it began under (DI7)."""
    begun = [(start, regime) for regime in RULES.regimes if (start := _starts_on(regime)) and start <= day]
    if begun:
        return max(begun, key=lambda pair: pair[0])[1]
    return next(regime for regime in RULES.regimes if _starts_on(regime) is None)


def _starts_on(regime: Regime) -> date | None:
    return regime.effective_date or _EFFECTIVE.get(regime.id)


def corrective_action_clock(regime: str) -> Limit:
    """Return the clock for corrective action: working days today, calendar days in older cases."""
    return next(
        limit
        for limit in CLOCKS.values()
        if limit.name.startswith("corrective_action") and limit.regime == regime
    )
