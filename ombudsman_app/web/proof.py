"""The fresh sign-in that grave acts need (PD2): asked for in the middle of the act, which then goes on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from flask import current_app, request

from ombudsman_app.core.clock import now
from ombudsman_app.core.errors import SignInTooOld
from ombudsman_app.core.policy import Actor

from .client import client_address
from .lifecycle import READING_METHODS
from .sessions import browser_session

FRESH = timedelta(minutes=5)
# Fields that the page of the proof adds to what was typed; none of them is ever repeated.
PREFIX = "proof_"
PASSWORD, CODE = "proof_password", "proof_code"
CODE_BY = "proof_code_by"  # a button that asks for another kind of code instead of sending one


@dataclass(frozen=True)
class Proof:
    """What was typed to show who sits there, in the session that it is to renew."""

    actor: Actor
    session: str  # hash of its token
    password: str = field(repr=False)
    code: str = field(repr=False)
    address: str = ""


def is_fresh() -> bool:
    """Return whether this session was proved within the last minutes. 0 or 1 statement."""
    live = browser_session().live
    return live is not None and live.proved_at is not None and now() - live.proved_at <= FRESH


def demand_fresh(actor: Actor) -> bool:
    """Let an act that changes something go on only after a proof of the last minutes.

    Return whether the proof came with this very request: then the reading transaction has ended, and
    records must be loaded anew. Raises SignInTooOld, TooManyTries.
    """
    live = browser_session().live
    if request.method in READING_METHODS or is_fresh():
        return False
    if live is None or CODE_BY in request.form or PASSWORD not in request.form:
        raise SignInTooOld
    if not request.form[PASSWORD]:
        raise SignInTooOld(is_empty=True)
    prove: Callable[[Proof], str | None] = current_app.extensions["prove"]
    typed = request.form[PASSWORD], request.form.get(CODE, "")
    token = prove(Proof(actor, live.token_hash, *typed, address=client_address()))
    if token is None:
        raise SignInTooOld(is_wrong=True)
    browser_session().change_token(token)
    return True
