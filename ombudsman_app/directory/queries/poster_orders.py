"""Counters to make posters for, and the posters one asked for."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.limits import PAGE_ROWS
from ombudsman_app.core.policy import Actor
from ombudsman_app.core.produced.keeping import produced_by
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.directory.models import Counter, Office
from ombudsman_app.directory.names import searched_words
from ombudsman_app.directory.scope import scope
from ombudsman_app.web.paging import Page, page_of

from .counters import plain_code
from .lines import has_words

POSTER = "directory.poster"


@dataclass(frozen=True)
class PosterOrder:
    """A poster that was asked for: its job, its counter, and the file once it is there."""

    job: Job
    counter: Counter
    file: ProducedFile | None


def counters_page(actor: Actor, text: str, after: str | None) -> Page[Counter]:
    """Return counters with their offices, in the order of the offices, by office or code. 1 statement."""
    found = scope(actor).counters()
    if text:
        alternatives = [Counter.code == code] if (code := plain_code(text)) else []
        if searched_words(text):
            alternatives.append(and_(*has_words(text)))
        if not alternatives:
            return Page([])
        found = found.where(or_(*alternatives))
    behind = _behind(after)
    if behind is not None:
        found = found.where(behind)
    rows = db.session.scalars(
        found.options(contains_eager(Counter.office))
        .order_by(Office.sort_key, Office.id, Counter.position, Counter.id)
        .limit(PAGE_ROWS + 1)
    ).all()
    return page_of(
        rows, PAGE_ROWS, lambda counter: str(counter.id), after=after if behind is not None else None
    )


def _behind(after: str | None) -> ColumnElement[bool] | None:
    """Say what comes behind a counter; its place in the list is read in the same statement."""
    if not (after and after.isascii() and after.isdigit() and len(after) <= 9):
        return None
    last = (
        select(Office.sort_key, Office.id, Counter.position, Counter.id)
        .join(Counter.office)
        .where(Counter.id == int(after))
        .subquery()
    )
    key, office, position, number = (select(column).scalar_subquery() for column in last.c)
    return or_(
        Office.sort_key > key,
        and_(Office.sort_key == key, Office.id > office),
        and_(Office.id == office, Counter.position > position),
        and_(Office.id == office, Counter.position == position, Counter.id > number),
    )


def visible_counter(actor: Actor, counter_id: int) -> Counter | None:
    """Return a counter of one's own provinces with its office. 1 statement."""
    return db.session.scalar(
        scope(actor).counters().where(Counter.id == counter_id).options(joinedload(Counter.office))
    )


def own_poster(actor: Actor, uuid: UUID) -> PosterOrder | None:
    """Return what one asked for, if its counter is still one's own (AZ9). 3 statements."""
    job = db.session.scalar(
        select(Job).where(Job.uuid == uuid, Job.kind == POSTER, Job.asked_by_id == actor.user_id)
    )
    counter = visible_counter(actor, json.loads(job.arguments)["counter"]) if job else None
    if job is None or counter is None:
        return None
    return PosterOrder(job, counter, produced_by(uuid, actor.user_id))
