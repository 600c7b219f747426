"""A person opens the JDIH page of a rule, takes that back, or says how far the rule has come."""

from typing import Any

from sqlalchemy import select

from ombudsman_app.core.changing import demand, locked, touch
from ombudsman_app.core.clock import now, today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record
from ombudsman_app.coverage.errors import LocalRuleRefused
from ombudsman_app.coverage.local_rule_policies import WRITE
from ombudsman_app.coverage.local_rule_words_index import number_key
from ombudsman_app.coverage.local_rules import (
    BY_ANOTHER,
    RuleEventKind,
    Verification,
    moves_from,
)
from ombudsman_app.coverage.models import LocalRule

from .local_rule_inputs import MoveInput, VerifyInput, refuse_verification
from .local_rule_writing import LOCAL_RULE, index_words, note_event, region_of, told

_READ = ("number", "year", "title", "status")


@command
def verify_local_rule(rule: LocalRule, given: VerifyInput, *, version: int, actor: Actor) -> None:
    """Keep that a person has opened the JDIH page, and what it says: number, year and title are taken over.

    The year of another source stays beside it. Raises RecordChanged, LocalRuleRefused.
    """
    held = locked(LocalRule, rule.id, version=version)
    demand(WRITE, actor, held)
    refuse_verification(given, actor.time_zone)
    if given.status is not held.status and given.status not in moves_from(held.status, held.kind):
        raise LocalRuleRefused(field="status", why="no_way")
    before = {name: told(getattr(held, name)) for name in _READ}
    if held.year is not None and held.year != given.year and not held.year_in_source:
        held.year_in_source = str(held.year)
    for name in _READ:
        setattr(held, name, getattr(given, name))
    held.number_key, held.year_order = number_key(given.number)[:300], given.year
    held.verification = Verification.VERIFIED
    held.jdih_url, held.jdih_opened_on, held.jdih_seen = given.jdih_url, given.opened_on, given.seen
    held.verified_by_id, held.verified_at = actor.user_id, now()
    touch(held)
    index_words(held, region_of(held.region_id))
    facts = [["jdih_url", "", given.jdih_url], *_new(held, before)]
    note_event(held, RuleEventKind.VERIFIED, actor=actor, words=given.seen, day=given.opened_on, facts=facts)
    changes = {"opened_on": given.opened_on.isoformat(), "fields": [fact[0] for fact in facts]}
    record(Event.COVERAGE_LOCAL_RULE_VERIFIED, LOCAL_RULE, held.id, actor=actor, changes=changes)


@command
def withdraw_verification(rule: LocalRule, reason: str, *, version: int, actor: Actor) -> None:
    """Take a verification back; who had verified and what was seen stays in the history.

    Raises RecordChanged; MoveNotAllowed where nothing is verified.
    """
    held = locked(LocalRule, rule.id, version=version)
    demand(WRITE, actor, held)
    if held.verification is not Verification.VERIFIED:
        raise MoveNotAllowed(state=held.verification.value, event="withdraw")
    held.verification = Verification.WITHDRAWN
    touch(held)
    note_event(held, RuleEventKind.WITHDRAWN, actor=actor, words=reason)
    record(Event.COVERAGE_LOCAL_RULE_WITHDRAWN, LOCAL_RULE, held.id, actor=actor, reason=reason)


@command
def move_local_rule(rule: LocalRule, given: MoveInput, *, version: int, actor: Actor) -> None:
    """Say how far a rule has come, or that it is disputed, changed or repealed, by which rule and why.

    Raises RecordChanged, MoveNotAllowed for a state to which no way leads, LocalRuleRefused for a day ahead
    or a rule that cannot have done it.
    """
    held = locked(LocalRule, rule.id, version=version)
    demand(WRITE, actor, held)
    if given.status not in moves_from(held.status, held.kind):
        raise MoveNotAllowed(state=held.status.value, event=given.status.value)
    if given.day > today(actor.time_zone):
        raise LocalRuleRefused(field="day", why="future")
    other = _other_rule(held, given)
    facts = [["status", held.status.value, given.status.value]]
    if other is not None:
        facts.append(["replaced_by", "", str(other.id)])
    held.status, held.status_on = given.status, given.day
    held.replaced_by_id = other.id if other else None
    touch(held)
    note_event(held, RuleEventKind.MOVED, actor=actor, words=given.words, day=given.day, facts=facts)
    changes = {"status": [facts[0][1], facts[0][2]], "replaced_by": held.replaced_by_id}
    record(Event.COVERAGE_LOCAL_RULE_MOVED, LOCAL_RULE, held.id, actor=actor, changes=changes)


def _other_rule(held: LocalRule, given: MoveInput) -> LocalRule | None:
    """Return the rule that changed or repealed this one. ≤ 1 statement. Raises LocalRuleRefused."""
    if given.replaced_by_id is None:
        return None
    if given.status not in BY_ANOTHER:
        raise LocalRuleRefused(field="replaced_by", why="replaces_nothing")
    found = db.session.scalar(select(LocalRule).where(LocalRule.id == given.replaced_by_id))
    if found is None or found.id == held.id or found.region_id != held.region_id:
        raise LocalRuleRefused(field="replaced_by", why="other_place")
    if found.year_order and held.year_order and found.year_order < held.year_order:
        raise LocalRuleRefused(field="replaced_by", why="older")
    return found


def _new(held: LocalRule, before: dict[str, Any]) -> list[list[str]]:
    return [
        [name, value, told(getattr(held, name))]
        for name, value in before.items()
        if value != told(getattr(held, name))
    ]
