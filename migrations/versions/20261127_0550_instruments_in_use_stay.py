"""instruments in use stay"""

import sqlalchemy as sa
from alembic import op

revision = "5d1e8a90b3f7"
down_revision = "5a1de07c93b4"
branch_labels = None
depends_on = None

TABLE = "audit_instrument_version"
FROZEN = ("content", "number", "digest", "scheme_id", "instrument_id")
SAYS = "an instrument that was in use stays as it is"
FUNCTION = f"""
CREATE FUNCTION audit_instrument_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN RAISE EXCEPTION '{SAYS}'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> 'draft' AND (NEW.state = 'draft'
    OR {" OR ".join(f"NEW.{name}::text IS DISTINCT FROM OLD.{name}::text" for name in FROZEN)})
  THEN RAISE EXCEPTION '{SAYS}'; END IF;
  RETURN NEW;
END $$
"""
POSTGRESQL = f"""
CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION audit_instrument_stays()
"""
SQLITE = {
    "update": f"""
CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE}
WHEN OLD.state <> 'draft' AND (NEW.state = 'draft'
  OR {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FROZEN)})
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
""",
    "delete": f"""
CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, '{SAYS}'); END
""",
}


def upgrade() -> None:
    op.add_column(TABLE, sa.Column("co_authors", sa.JSON(), server_default="[]", nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(FUNCTION.replace(":", r"\:")))
        op.execute(sa.text(POSTGRESQL))
        return
    for statement in SQLITE.values():
        op.execute(sa.text(statement))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"DROP TRIGGER {TABLE}_stays ON {TABLE}"))
        op.execute(sa.text("DROP FUNCTION audit_instrument_stays"))
    else:
        for verb in SQLITE:
            op.execute(sa.text(f"DROP TRIGGER {TABLE}_no_{verb}"))
    op.drop_column(TABLE, "co_authors")
