"""Local rules that the rules' file knows from the press: unverified until somebody opens JDIH."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import HEAD_OFFICE_ZONE, STRANGER
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.directory.errors import ReferenceBroken
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import representative_for

from .commands.local_rule_inputs import LocalRuleInput, refuse_impossible
from .commands.local_rule_writing import index_words, note_event
from .local_rule_words_index import number_key
from .local_rules import RuleEventKind, RuleKind, RuleState
from .models import LocalRule
from .rules_file import told_of

_BESIDE = Path(__file__).parent / "data" / "local_rules.yaml"
_FILE = "rules/coverage.yaml"


@command
def load() -> str:
    """Put those rules into the register that are not there yet; twice changes nothing.

    What officers have changed since stays as they left it. Raises ReferenceBroken where the two files do not
    fit together.
    """
    rows = told_of("local_rules")["rows"]
    beside = yaml.safe_load(_BESIDE.read_text(encoding="utf-8"))
    if len(rows) != len(beside):
        raise ReferenceBroken(_FILE, f"it has {len(rows)} local rules, data/local_rules.yaml {len(beside)}")
    known = set(db.session.scalars(select(LocalRule.reference).where(LocalRule.reference.is_not(None))))
    new = [(row, told) for row, told in zip(rows, beside, strict=True) if told["key"] not in known]
    for row, told in new:
        _add(row, told)
    if new:
        record(
            Event.COVERAGE_LOCAL_RULES_LOADED, "reference", None, actor=STRANGER, changes={"rules": len(new)}
        )
    return f"Local rules: {len(new)} of the rules' file added."


def _add(row: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    region = db.session.scalar(select(Region).where(Region.code == row["place_code"]))
    watching = representative_for(row["place_code"])
    if region is None or watching is None:
        raise ReferenceBroken(_FILE, f"a local rule lies in {row['place_code']}, which is no region")
    given = LocalRuleInput(
        region_id=region.id,
        kind=RuleKind(row["kind"]),
        number=row.get("number"),
        year=row.get("year"),
        year_in_source=row.get("year_in_source", ""),
        title=row.get("title") or told["title"],
        status=RuleState(row["status"]),
        status_on=date.fromisoformat(row["as_of"]) if "as_of" in row else None,
        note=told["note"],
    )
    refuse_impossible(given, region, today(HEAD_OFFICE_ZONE))
    made = LocalRule(
        reference=told["key"],
        region_id=region.id,
        province_code=region.province_code,
        representative_office_id=watching.id,
        kind=given.kind,
        number=given.number,
        number_key=number_key(given.number),
        year=given.year,
        year_order=given.year or 0,
        year_in_source=given.year_in_source,
        title=given.title,
        status=given.status,
        status_on=given.status_on,
        note=given.note,
        source_keys=" ".join(row["src"]),
        made_at=now(),
    )
    db.session.add(made)
    db.session.flush()
    index_words(made, region)
    note_event(
        made,
        RuleEventKind.ADDED,
        actor=STRANGER,
        words=given.note,
        day=given.status_on,
        facts=[["status", "", made.status.value]],
    )
