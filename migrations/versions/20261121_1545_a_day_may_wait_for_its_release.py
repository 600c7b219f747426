"""a day may wait for its release"""

import sqlalchemy as sa
from alembic import op

revision = "3f6b0a9c27e1"
down_revision = "7a1c5e0b94d2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("complaint_clock", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposed_due_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("complaint_clock", schema=None) as batch_op:
        batch_op.drop_column("proposed_due_on")
