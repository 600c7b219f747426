"""sheets that wait are found"""

import sqlalchemy as sa
from alembic import op

revision = 'e3b7a95c0d16'
down_revision = 'c7d1f0a9b3e4'
branch_labels = None
depends_on = None

INDEX, TABLE = 'ix_finding_export_waiting', 'finding_export'


def upgrade() -> None:
    waits = sa.text('decided_by_id IS NULL')
    columns = ['representative_office_id', 'needs_second']
    op.create_index(INDEX, TABLE, columns, unique=False, sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    op.drop_index(INDEX, TABLE)
