"""The second wall (AZ12): on PostgreSQL a request of the portal acts as a role that sees its own rows alone.

`scope()` is the first wall and stands in our code; this one stands in the database and holds where a query
forgot the first. A table says by `about(…, portal=…)` what of it a request of the portal may touch; of one
that says nothing it may touch nothing. SQLite has no roles: there the first wall stands alone.

Who makes the tables (the owner) and who serves the pages may be two roles; then what serves can change rows
and no table. `put_up` gives both sides their rights anew after each migration and may run twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, Table, inspect, text

PORTAL_ROLE = "kawal_portal"
OFFICES = "kawal.offices"  # the setting of a transaction that names the own offices, as "3,17"
_OWN = f"string_to_array(current_setting('{OFFICES}', true), ',')::integer[]"
_ALL = "SELECT, INSERT, UPDATE, DELETE"
_ADDED = "SELECT, INSERT"
_ONLY_GROWS = frozenset({"trail_entry"})  # its triggers refuse the rest too
_SHAPE = "alembic_version"  # which shape the tables have; nobody but the owner writes it


@dataclass(frozen=True)
class Shown:
    """Rows of another table that whoever sees a record sees too: where `theirs` equals `ours`."""

    table: str
    theirs: str
    ours: str
    only: str = "true"  # which of them, in SQL


@dataclass(frozen=True)
class Wall:
    """What a request of the portal may touch of a table. `rule`: which rows, in SQL; None: all of them.

    In a rule `{table}` stands for the table itself.
    """

    rule: str | None = None
    verbs: str = _ALL
    shows: tuple[Shown, ...] = ()


OPEN = Wall()
READ = Wall(verbs="SELECT")
SHOWN = Wall(rule="false")  # only rows that a record of another table shows
NO_ROW = Wall(rule="false", verbs="SELECT")  # what a query may name and never find


def own(column: str, *shows: Shown) -> Wall:
    """Rows whose column names one of the own offices."""
    return Wall(rule=f"{column} = ANY ({_OWN})", shows=shows)


def through(column: str, table: str, *shows: Shown) -> Wall:
    """Rows of a record that is seen itself: `column` holds its id."""
    rule = f"EXISTS (SELECT 1 FROM {table} AS record WHERE record.id = {{table}}.{column})"  # noqa: S608
    return Wall(rule=rule, shows=shows)


def shown_by(table: str, column: str, *shows: Shown) -> Wall:
    """Rows that a record which is seen itself names: `column` of that table holds their id."""
    return Wall(
        rule=f"EXISTS (SELECT 1 FROM {table} AS record WHERE record.{column} = {{table}}.id)",  # noqa: S608
        shows=shows,
    )


def take_down(connection: Connection) -> None:
    """Drop all our rules, so that a migration may change what they name. Nobody of the portal sees more."""
    found = connection.execute(
        text(
            "SELECT quote_ident(policyname), quote_ident(tablename) FROM pg_policies "
            "WHERE schemaname = current_schema() AND policyname LIKE 'kawal\\_%'"
        )
    ).all()
    for name, table in found:
        connection.exec_driver_sql(f"DROP POLICY {name} ON {table}")


def put_up(connection: Connection, metadata: MetaData, *, serving: str) -> None:
    """Give the role that serves the pages and that of the portal their rights, row by row where told.

    Raises ProgrammingError of the database where the owner may not make the role of the portal.
    """
    take_down(connection)
    _make_portal_role(connection, serving)
    seen = inspect(connection)
    there = {name: {one["name"] for one in seen.get_columns(name)} for name in seen.get_table_names()}
    for name in there:
        _grant_serving(connection, name, serving)
    connection.exec_driver_sql(
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{serving}", {PORTAL_ROLE}'
    )
    for table in metadata.sorted_tables:
        if table.name in there:
            _wall(connection, table, serving)
    for name, wall in _walls(metadata):
        for shown in wall.shows:
            if shown.theirs in there.get(shown.table, ()) and shown.ours in there.get(name, ()):
                _show(connection, name, shown)


def _make_portal_role(connection: Connection, serving: str) -> None:
    is_there = connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": PORTAL_ROLE})
    if not is_there:
        connection.exec_driver_sql(f"CREATE ROLE {PORTAL_ROLE} NOLOGIN")
    is_member = connection.scalar(
        text("SELECT pg_has_role(:serving, :name, 'MEMBER')"), {"serving": serving, "name": PORTAL_ROLE}
    )
    if not is_member:
        connection.exec_driver_sql(f'GRANT {PORTAL_ROLE} TO "{serving}"')
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA public TO "{serving}", {PORTAL_ROLE}')


def _grant_serving(connection: Connection, name: str, serving: str) -> None:
    verbs = "SELECT" if name == _SHAPE else _ADDED if name in _ONLY_GROWS else _ALL
    connection.exec_driver_sql(f'REVOKE ALL ON "{name}" FROM {PORTAL_ROLE}')
    connection.exec_driver_sql(f'GRANT {verbs} ON "{name}" TO "{serving}"')


def _walls(metadata: MetaData) -> Iterator[tuple[str, Wall]]:
    for table in metadata.sorted_tables:
        if wall := wall_of(table):
            yield table.name, wall


def wall_of(table: Table) -> Wall | None:
    """Return what a table says about the portal; None: closed to it."""
    wall: Wall | None = table.info.get("portal")
    return wall


def _wall(connection: Connection, table: Table, serving: str) -> None:
    name, wall = table.name, wall_of(table)
    if wall is None:
        return
    verbs = _ADDED if name in _ONLY_GROWS else wall.verbs
    connection.exec_driver_sql(f'GRANT {verbs} ON "{name}" TO {PORTAL_ROLE}')
    if wall.rule is None:
        return
    rule = wall.rule.replace("{table}", f'"{name}"')
    connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY')
    connection.exec_driver_sql(f'CREATE POLICY kawal_house ON "{name}" TO "{serving}" USING (true)')
    connection.exec_driver_sql(f'CREATE POLICY kawal_portal ON "{name}" TO {PORTAL_ROLE} USING ({rule})')


def _show(connection: Connection, owner: str, shown: Shown) -> None:
    theirs = f'"{shown.table}".{shown.theirs}'
    seen = f'EXISTS (SELECT 1 FROM "{owner}" AS record WHERE record.{shown.ours} = {theirs})'  # noqa: S608
    connection.exec_driver_sql(
        f'CREATE POLICY kawal_portal_{owner}_{shown.ours} ON "{shown.table}" TO {PORTAL_ROLE} '
        f"USING ({seen} AND ({shown.only}))"
    )
