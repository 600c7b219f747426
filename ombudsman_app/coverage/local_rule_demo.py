"""The demonstration of local rules and duties: invented, marked DEMO (`data/demo_rules.yaml`)."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from sqlalchemy import select, update

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region

from .commands.duty_assessing import assess_duty
from .commands.duty_inputs import DutyInput
from .commands.local_rule_acts import verify_local_rule
from .commands.local_rule_inputs import LocalRuleInput, VerifyInput
from .commands.local_rule_writing import add_local_rule
from .duties import DutyState
from .local_rules import QUESTIONS, Answer, RuleKind, RuleState
from .models import LocalRule
from .queries.duties import statuses_of
from .queries.duty_subjects import subject_duty

_DATA = Path(__file__).parent / "data" / "demo_rules.yaml"
_ZONE = "Asia/Makassar"


def load() -> str:
    """Add invented rules and assessments once. They need the accounts of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration rules are made only with OMBUDSMAN_DEMO=yes.")
    actor = demo_actor("prevention_assistant")
    known = db.session.scalar(select(LocalRule.id).where(LocalRule.is_demo.is_(True)).limit(1))
    if actor is None or known is not None:
        return "Local rules: 0 invented ones (DEMO) added."
    told = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    made = {row["number"]: _rule(row, actor) for row in told["rules"]}
    for row in told["duties"]:
        _duty(row, made, actor)
    return f"Local rules: {len(made)} invented ones (DEMO) and {len(told['duties'])} assessments added."


def _rule(row: Mapping[str, Any], actor: Actor) -> LocalRule:
    region = db.session.scalars(select(Region.id).where(Region.code == row["place"])).one()
    made = add_local_rule(
        LocalRuleInput(
            region_id=region,
            kind=RuleKind(row["kind"]),
            number=row["number"],
            year=row["year"],
            title=row["title"],
            village=row.get("village", ""),
            status=RuleState(row["status"]),
            answers={name: Answer(row[name]) for name in QUESTIONS if name in row},
            source="DEMO",
        ),
        actor=actor,
    )
    _mark(made.id)
    db.session.refresh(made)
    if "jdih" in row:
        seen = VerifyInput(
            row["jdih"], today(_ZONE), "Nomor, tahun, dan judul sama (DEMO).",
            row["number"], row["year"], row["title"], RuleState(row["status"]),
        )  # fmt: skip
        verify_local_rule(made, seen, version=made.version, actor=actor)
    return made


@command
def _mark(rule_id: int) -> None:
    db.session.execute(
        update(LocalRule)
        .where(LocalRule.id == rule_id)
        .values(is_demo=True)
        .execution_options(synchronize_session=False)
    )


def _duty(row: Mapping[str, Any], rules: Mapping[str, LocalRule], actor: Actor) -> None:
    found = subject_duty(actor, row["subject"], row["duty"])
    if found is None:
        return
    held = statuses_of(row["subject"]).get(row["duty"])
    given = DutyInput(
        status=DutyState(row["status"]),
        as_of=today(_ZONE) - timedelta(days=90 if held is None else 10),
        reason=row.get("reason", ""),
        evidence=row.get("evidence", ""),
        local_rule_id=rules[row["rule"]].id if "rule" in row else None,
    )
    assess_duty(found, given, version=held.version if held else 0, actor=actor)
