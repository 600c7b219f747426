"""what waits for offices is counted of an index alone"""

from alembic import op

revision = 'f41c8d2e97ab'
down_revision = 'e3b7a95c0d16'
branch_labels = None
depends_on = None

INDEX, TABLE = 'ix_finding_register_state', 'finding'
BEFORE = ['representative_office_id', 'state', 'next_due_on', 'id']


def upgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, [*BEFORE, 'office_id'], unique=False)


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, BEFORE, unique=False)
