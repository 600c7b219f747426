"""Local rules and duties to which addresses lead (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .factories.local_rules import LocalRuleFactory, verified

OF_RULE = ("rule", "edit", "verify", "withdraw", "move")
NOBODYS = 987654320


@dataclass(frozen=True)
class LocalRulePlaces:
    """A rule in Mamuju that was seen in JDIH. All rules are everybody's to read: the other one is none."""

    rule: int

    def values(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses, by endpoint."""
        here = {"rule_id": NOBODYS if other else self.rule}
        return {f"staff.local_rules.{page}": here for page in OF_RULE}


def build_local_rule_places() -> LocalRulePlaces:
    """Write a rule down and verify it. Call inside a context."""
    return LocalRulePlaces(verified(LocalRuleFactory()).id)
