"""the trail only grows"""

import sqlalchemy as sa
from alembic import op

revision = "7a1c5e0b94d2"
down_revision = "e958430995d0"
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER trail_entry_no_{verb} BEFORE {VERB} ON trail_entry
BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END
"""
FUNCTION = """
CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail only grows'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER trail_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_entry
FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()
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
            op.execute(sa.text(f"DROP TRIGGER trail_entry_no_{verb}"))
        return
    op.execute(sa.text("DROP TRIGGER trail_entry_only_grows ON trail_entry"))
    op.execute(sa.text("DROP FUNCTION trail_only_grows()"))
