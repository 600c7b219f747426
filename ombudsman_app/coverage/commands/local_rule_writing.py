"""A local rule enters the register and is corrected."""

from typing import Any

from sqlalchemy import delete, insert, select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import LocalRuleRefused
from ombudsman_app.coverage.local_rule_policies import MAKERS, WRITE
from ombudsman_app.coverage.local_rule_words_index import number_key, words_of_rule
from ombudsman_app.coverage.local_rules import QUESTIONS, Answer, RuleEventKind, Verification
from ombudsman_app.coverage.models import LocalRule, LocalRuleEvent, LocalRuleWord
from ombudsman_app.directory.models import Region
from ombudsman_app.directory.queries import representative_for

from .local_rule_inputs import LocalRuleInput, refuse_address, refuse_impossible

LOCAL_RULE = "local_rule"
IDENTITY = ("region_id", "kind", "number", "year", "title", "village")  # of a verified rule these stand
_PLAIN = (*IDENTITY, "year_in_source", "enacted_on", "note", "source", "source_url")


@command
def add_local_rule(given: LocalRuleInput, *, actor: Actor) -> LocalRule:
    """Put a rule into the register, unverified.

    Raises LocalRuleRefused for what cannot be and for a number that is there already and was not seen,
    NotAllowed outside one's own provinces.
    """
    region = region_of(given.region_id)
    refuse_impossible(given, region, today(actor.time_zone))
    refuse_twin(given, None)
    made = LocalRule(status=given.status, status_on=given.status_on, made_by_id=actor.user_id, made_at=now())
    _fill(made, given, region, _office_of(region, actor))
    db.session.add(made)
    db.session.flush()
    index_words(made, region)
    told = [["status", "", made.status.value]]
    note_event(made, RuleEventKind.ADDED, actor=actor, words=given.note, facts=told)
    changes = {"kind": made.kind.value, "region": region.code, "status": made.status.value}
    record(Event.COVERAGE_LOCAL_RULE_ADDED, LOCAL_RULE, made.id, actor=actor, changes=changes)
    return made


@command
def change_local_rule(rule: LocalRule, given: LocalRuleInput, *, version: int, actor: Actor) -> LocalRule:
    """Correct what is written of a rule; its state moves by `move_local_rule`. What was there stays readable.

    Raises what `add_local_rule` raises, RecordChanged, and LocalRuleRefused where a verified rule would
    become another one: its verification is withdrawn first.
    """
    held = locked(LocalRule, rule.id, version=version)
    demand(WRITE, actor, held)
    region = region_of(given.region_id)
    refuse_impossible(given, region, today(actor.time_zone))
    if held.verification is Verification.VERIFIED and (other := _becomes_other(held, given)):
        raise LocalRuleRefused(field=other, why="is_verified")
    refuse_twin(given, held.id)
    before = {name: getattr(held, name) for name in (*_PLAIN, *QUESTIONS)}
    _fill(held, given, region, _office_of(region, actor))
    facts = _differences(held, before)
    touch(held)
    index_words(held, region)
    note_event(held, RuleEventKind.CORRECTED, actor=actor, facts=facts)
    changes = {"fields": [fact[0] for fact in facts]}
    record(Event.COVERAGE_LOCAL_RULE_CHANGED, LOCAL_RULE, held.id, actor=actor, changes=changes)
    return held


def region_of(region_id: int) -> Region:
    """Return the region of a rule. 1 statement. Raises NotVisible where there is none."""
    region = db.session.scalar(select(Region).where(Region.id == region_id))
    if region is None:
        raise NotVisible
    return region


def refuse_twin(given: LocalRuleInput, own_id: int | None) -> None:
    """Raise LocalRuleRefused (rule: its id) for a rule of this place, kind, number and year. ≤ 1 statement.

    Not where the person has seen it and says that this is another one.
    """
    if given.is_known_twin or given.number is None:
        return
    twin = db.session.scalar(
        select(LocalRule.id)
        .where(
            LocalRule.region_id == given.region_id,
            LocalRule.kind == given.kind,
            LocalRule.number_key == number_key(given.number),
            LocalRule.year_order == (given.year or 0),
            LocalRule.village == given.village,
            LocalRule.id != (own_id or 0),
        )
        .limit(1)
    )
    if twin is not None:
        raise LocalRuleRefused(field="number", why="twin", rule=twin)


def index_words(rule: LocalRule, region: Region) -> None:
    """Write the words by which a rule is found. 2 statements."""
    db.session.execute(delete(LocalRuleWord).where(LocalRuleWord.rule_id == rule.id))
    words = words_of_rule(rule.kind, rule.number, rule.year, rule.title, region.name, rule.village)
    rows = [{"rule_id": rule.id, "word": word, "province": int(rule.province_code)} for word in sorted(words)]
    db.session.execute(insert(LocalRuleWord), rows)


def note_event(rule: LocalRule, kind: RuleEventKind, *, actor: Actor, **told: Any) -> None:
    """Add a line to the history of a rule."""
    event = LocalRuleEvent(
        rule_id=rule.id, kind=kind, made_by_id=actor.user_id, made_at=now(), **{"words": "", **told}
    )
    db.session.add(event)


def _fill(held: LocalRule, given: LocalRuleInput, region: Region, office: int) -> None:
    if given.source_url:
        refuse_address(given.source_url, "source_url", is_official=False)
    for name in _PLAIN:
        setattr(held, name, getattr(given, name))
    for name in QUESTIONS:
        setattr(held, name, given.answers.get(name, Answer.UNKNOWN))
    held.number_key = number_key(given.number)[:300]
    held.year_order = given.year or 0
    held.province_code, held.representative_office_id = region.province_code, office


def _office_of(region: Region, actor: Actor) -> int:
    found = representative_for(region.code)
    if found is None or found.id not in actor.offices_as(*MAKERS):
        raise NotAllowed(policy="local_rules.add")
    return found.id


def _becomes_other(held: LocalRule, given: LocalRuleInput) -> str | None:
    return next((name for name in IDENTITY if getattr(held, name) != getattr(given, name)), None)


def _differences(held: LocalRule, before: dict[str, Any]) -> list[list[str]]:
    """Return [field, before, after] of what is new, as the register writes it."""
    return [
        [name, told(value), told(getattr(held, name))]
        for name, value in before.items()
        if value != getattr(held, name)
    ]


def told(value: Any) -> str:
    """Return a value as the history keeps it."""
    return "" if value is None else str(value)
