"""changes of a last day stay"""

import sqlalchemy as sa
from alembic import op

revision = 'c86b1f4e7d20'
down_revision = 'f41c8d2e97ab'
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER finding_clock_move_no_{verb} BEFORE {VERB} ON finding_clock_move
BEGIN SELECT RAISE(ABORT, 'a change of a last day stays'); END
"""
FUNCTION = """
CREATE FUNCTION finding_clock_move_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a change of a last day stays'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER finding_clock_move_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON finding_clock_move
FOR EACH STATEMENT EXECUTE FUNCTION finding_clock_move_only_grows()
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(sa.text(SQLITE.format(verb=verb, VERB=verb.upper())))
        return
    op.execute(sa.text(FUNCTION))
    op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(sa.text(f"DROP TRIGGER finding_clock_move_no_{verb}"))
        return
    op.execute(sa.text("DROP TRIGGER finding_clock_move_only_grows ON finding_clock_move"))
    op.execute(sa.text("DROP FUNCTION finding_clock_move_only_grows()"))
