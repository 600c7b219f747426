"""The fresh sign-in that grave acts need (PD2)."""

from datetime import timedelta

from ombudsman_app.core.clock import now
from ombudsman_app.core.errors import SignInTooOld

from .sessions import browser_session

FRESH = timedelta(minutes=5)


def is_fresh() -> bool:
    """Return whether this session was proved within the last minutes. 0 or 1 statement."""
    live = browser_session().live
    return live is not None and live.proved_at is not None and now() - live.proved_at <= FRESH


def demand_fresh() -> None:
    """Raise SignInTooOld unless this session was proved within the last minutes."""
    if not is_fresh():
        raise SignInTooOld
