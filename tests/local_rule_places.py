"""Local rules and duties to which addresses lead (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.coverage.duties import ProposalState
from ombudsman_app.coverage.models import DutyProposal

from .factories.duties import FIRST, MAMUJU, assessed, proposed
from .factories.local_rules import LocalRuleFactory, verified

OF_RULE = ("rule", "edit", "verify", "withdraw", "move")
OF_PROPOSAL = ("proposal", "accept", "send_back")
NOBODYS = 987654320


@dataclass(frozen=True)
class LocalRulePlaces:
    """A rule in Mamuju that was seen in JDIH, a duty with its history, a proposal of the Pemda there.

    All of it may be read everywhere: the other one is none.
    """

    rule: int
    proposal: int

    def values(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses, by endpoint."""
        here = {"rule_id": NOBODYS if other else self.rule}
        sent = {"proposal_id": NOBODYS if other else self.proposal}
        subject = {"subject": "98.76" if other else MAMUJU}
        own = {"office_id": NOBODYS, "duty": FIRST}
        return {
            **{f"staff.local_rules.{page}": here for page in OF_RULE},
            **{f"staff.duties.{page}": sent for page in OF_PROPOSAL},
            "staff.duties.province": {"code": "98" if other else "76"},
            "staff.duties.pemda": subject,
            "staff.duties.assess": {**subject, "duty": FIRST},
            # of a Pemda: here it is nobody's (tests/coverage/test_duties_in_the_portal.py)
            "portal.duties.propose": own,
            **{f"portal.duties.{page}": {"proposal_id": NOBODYS} for page in ("proposal", "withdraw")},
        }


def build_local_rule_places() -> LocalRulePlaces:
    """Write a rule down and verify it, assess a duty and send a proposal. Call inside a context.

    A house where this was done before has a proposal waiting, and one at a time is all there may be.
    """
    rule = verified(LocalRuleFactory())
    assessed()
    assessed(local_rule_id=rule.id)
    waiting = db.session.scalar(select(DutyProposal.id).where(DutyProposal.state == ProposalState.WAITING))
    return LocalRulePlaces(rule.id, waiting or proposed().id)
