"""One local rule with all that was said about it."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from ombudsman_app.attachments.queries import FileLine, files_in
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.duties import PEMDA_LEVELS
from ombudsman_app.coverage.local_rule_policies import MAKERS, READERS
from ombudsman_app.coverage.models import LocalRule, LocalRuleEvent
from ombudsman_app.directory.models import Jurisdiction, OfficeKind, Region, RepresentativeOffice
from ombudsman_app.directory.models.region import RegionLevel


@dataclass(frozen=True)
class PlaceChoice:
    """A region for which one may write a rule down."""

    id: int
    code: str
    name: str
    level: RegionLevel


@dataclass(frozen=True)
class RulePage:
    """A rule, what happened to it (the newest first), its files and the rules that it replaced."""

    rule: LocalRule
    events: list[LocalRuleEvent]
    files: list[FileLine]
    replaces: list[LocalRule]


def visible_rule(actor: Actor, rule_id: int) -> LocalRule | None:
    """Return a rule with its place and who verified it, for the staff whose work it is. ≤ 1 statement.

    What everybody may read of it stands on the public list.
    """
    if not actor.roles & READERS:
        return None
    return db.session.scalar(
        select(LocalRule)
        .where(LocalRule.id == rule_id)
        .options(
            joinedload(LocalRule.region, innerjoin=True).joinedload(Region.parent),
            joinedload(LocalRule.replaced_by),
            joinedload(LocalRule.verified_by),
        )
    )


def rule_page(rule: LocalRule) -> RulePage:
    """Return what the page of a rule shows. 3 statements."""
    events = select(LocalRuleEvent).where(LocalRuleEvent.rule_id == rule.id)
    events = events.options(joinedload(LocalRuleEvent.made_by)).order_by(LocalRuleEvent.id.desc())
    replaced = select(LocalRule).where(LocalRule.replaced_by_id == rule.id).order_by(LocalRule.id)
    return RulePage(
        rule,
        list(db.session.scalars(events)),
        files_in(rule.files_id)[rule.files_id],
        list(db.session.scalars(replaced)),
    )


def later_rules(rule: LocalRule, most: int = 200) -> list[LocalRule]:
    """Return the rules of the same place that may have changed or repealed this one. 1 statement."""
    found = (
        select(LocalRule)
        .where(
            LocalRule.region_id == rule.region_id,
            LocalRule.id != rule.id,
            or_(LocalRule.year_order >= rule.year_order, LocalRule.year.is_(None)),
        )
        .order_by(LocalRule.year_order.desc(), LocalRule.id.desc())
        .limit(most)
    )
    return list(db.session.scalars(found))


def places_to_write(actor: Actor) -> list[PlaceChoice]:
    """Return the provinces, regencies and cities over which one's offices watch, by code. ≤ 2 statements.

    The head office watches over the provinces that have no representative of their own.
    """
    offices, day = sorted(actor.offices_as(*MAKERS)), today(actor.time_zone)
    taken = (
        select(Region.code)
        .join(Jurisdiction, Jurisdiction.province_id == Region.id)
        .where(Jurisdiction.holds_on(day))
    )
    head = select(RepresentativeOffice.id).where(
        RepresentativeOffice.id.in_(offices), RepresentativeOffice.kind == OfficeKind.OMBUDSMAN_HEAD_OFFICE
    )
    is_head = db.session.scalar(head) is not None
    own = taken.where(Jurisdiction.representative_id.in_(offices))
    ways = [Region.province_code.in_(own)]
    if is_head:
        ways.append(Region.province_code.not_in(taken))
    rows = db.session.execute(
        select(Region.id, Region.code, Region.name, Region.level)
        .where(Region.level.in_(PEMDA_LEVELS), Region.holds_on(day), or_(*ways))
        .order_by(Region.code)
    )
    return [PlaceChoice(*row) for row in rows]
