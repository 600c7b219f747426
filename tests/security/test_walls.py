"""The second wall (AZ12): PostgreSQL itself shows a request of the portal its own rows, whatever we ask."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Table, select, text
from sqlalchemy.exc import ProgrammingError

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.core.columns import Level
from ombudsman_app.core.db import Base, db, see_offices, stand_behind_wall
from ombudsman_app.core.policy import PORTAL_ROLES
from ombudsman_app.core.walls import wall_of
from ombudsman_app.findings.models import Finding
from ombudsman_app.web.access import policy

from ..conftest import _Templates, fresh_app
from ..factories.accounts import UserFactory
from ..routes import World, build_world
from ..visitor import Visitor
from .test_portal_isolation import BRANCH

TABLES = Base.metadata.sorted_tables
per_table = pytest.mark.parametrize("table", TABLES, ids=str)
# What a person is asked for, told and shown in every office; no row of it is of an office under watch.
CLOSED = ("reporter_identity", "complaint_message", "complaint_note", "complaint_draft", "tip_message")
SHARED = {
    "stored_session", "sent_form", "throttle_counter", "job", "job_attempt", "periodic_run", "number_counter",
    "trail_entry", "trail_head", "user_account", "role_grant", "focal_point", "message", "notification",
    "notification_choice", "text_number", "conflict_declaration",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with fresh_app(templates, "postgresql", tmp_path_factory.mktemp("walls")) as app:
        yield build_world(app)


@pytest.fixture(scope="module")
def officer(world: World) -> int:
    with world.app.app_context():
        return UserFactory(*PORTAL_ROLES, password=None, portal_office=BRANCH).id


@contextmanager
def behind_wall(app: Flask, user_id: int | None) -> Iterator[None]:
    """Act as a request of the portal does; None: before anybody is known."""
    with app.app_context():
        actor = actor_for(user_id) if user_id else None
        db.session.remove()
        stand_behind_wall(True)
        if actor:
            see_offices(actor.offices_as(*PORTAL_ROLES))
        yield
        db.session.rollback()


def _count(table: str) -> int:
    return int(db.session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)


@per_table
def test_each_table_is_closed_to_the_portal_or_says_what_it_shows(table: Table) -> None:
    wall = wall_of(table)
    if wall is not None and wall.rule is None and table.info["level"] is not Level.PUBLIC:
        assert table.name in SHARED, "every row is open to every office: give it a rule, or name it here"


@per_table
def test_given_nobody_is_known_yet_then_no_row_of_an_office_is_there(world: World, table: Table) -> None:
    wall = wall_of(table)
    with behind_wall(world.app, None):
        if wall is None:
            with pytest.raises(ProgrammingError, match="permission denied"):
                _count(table.name)
        elif wall.rule is not None:
            assert _count(table.name) == 0


def test_given_an_officer_then_findings_are_those_of_the_office(world: World, officer: int) -> None:
    with world.app.app_context():
        other = db.session.get_one(Finding, world.other_finding)
        other_office, everywhere = other.office_id, _count("finding")
    with behind_wall(world.app, officer):
        seen = db.session.scalars(select(Finding)).all()
        assert world.finding in {one.id for one in seen}
        assert other_office not in {one.office_id for one in seen}
        assert 0 < len(seen) < everywhere
        for child in ("finding_entry", "finding_clock", "finding_measure", "ladder_step"):
            theirs = db.session.scalars(text(f"SELECT DISTINCT finding_id FROM {child}")).all()
            assert set(theirs) <= {one.id for one in seen}


def test_given_an_officer_then_who_reported_is_behind_the_wall(world: World, officer: int) -> None:
    for table in CLOSED:
        with (
            behind_wall(world.app, officer),
            pytest.raises(ProgrammingError, match=f"permission denied for table {table}"),
        ):
            _count(table)
    with behind_wall(world.app, officer):
        assert _count("information_tip") == 0


def test_given_an_officer_then_nothing_of_another_office_is_changed(world: World, officer: int) -> None:
    with behind_wall(world.app, officer):
        changed = db.session.execute(
            text("UPDATE finding SET summary = 'x' WHERE id = :id RETURNING id"), {"id": world.other_finding}
        ).all()
        assert changed == []
        moved = text("UPDATE finding SET office_id = (SELECT min(id) FROM institution) WHERE id = :id")
        with pytest.raises(ProgrammingError, match="row-level security"):
            db.session.execute(moved, {"id": world.finding})


def test_given_a_page_that_forgets_its_scope_then_the_wall_holds(
    templates: _Templates, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with fresh_app(templates, "postgresql", tmp_path_factory.mktemp("forgets")) as app:

        @policy("findings.inbox")
        def careless() -> str:
            return " ".join(one.summary for one in db.session.scalars(select(Finding).order_by(Finding.id)))

        app.add_url_rule("/portal/careless", "portal.careless", careless)
        app.add_url_rule("/staff/careless", "staff.careless", careless)
        world = build_world(app)
        with app.app_context():
            other = db.session.get_one(Finding, world.other_finding).summary + " (Kupang)"
            renamed = text("UPDATE finding SET summary = :summary WHERE id = :id")
            db.session.execute(renamed, {"summary": other, "id": world.other_finding})
            db.session.commit()
            own = db.session.get_one(Finding, world.finding).summary
            officer = UserFactory(*PORTAL_ROLES, password=None, portal_office=BRANCH).id
        page = Visitor(app).enter(officer).client.get("/portal/careless").text
        assert own in page
        assert other not in page


def test_who_serves_the_pages_changes_no_table_and_no_entry_of_the_trail(world: World) -> None:
    refused = (
        "CREATE TABLE mine (id int)",
        "DROP TABLE finding",
        "ALTER TABLE finding DISABLE ROW LEVEL SECURITY",
        "DROP POLICY kawal_portal ON finding",
        "UPDATE trail_entry SET event = 'x'",
        "DELETE FROM trail_entry",
        "TRUNCATE trail_entry",
        "UPDATE alembic_version SET version_num = 'x'",
    )
    with world.app.app_context():
        for statement in refused:
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                db.session.execute(text(statement))
            db.session.rollback()
