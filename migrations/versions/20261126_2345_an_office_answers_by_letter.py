"""an office answers by letter"""

import sqlalchemy as sa
from alembic import op

revision = 'b5d90f3e61a7'
down_revision = 'e8b27c40d916'
branch_labels = None
depends_on = None

COLUMNS = (('channel', sa.String(length=40)), ('received_on', sa.Date()), ('reference', sa.String(length=80)))


def upgrade() -> None:
    for name, kind in COLUMNS:  # one by one: the table is not made anew, its triggers stay
        op.add_column('finding_entry', sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for name, _kind in reversed(COLUMNS):
        op.drop_column('finding_entry', name)
