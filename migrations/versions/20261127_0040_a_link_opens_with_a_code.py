"""a link opens with a code"""

import sqlalchemy as sa
from alembic import op

revision = "c7d1f0a9b3e4"
down_revision = "d40c9e72b5f8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # a link of before has no code: it opens nothing any more
    op.execute(sa.text("UPDATE answer_link SET revoked_at = made_at WHERE used_at IS NULL AND revoked_at IS NULL"))
    op.add_column("answer_link", sa.Column("code_hash", sa.String(length=64), server_default="", nullable=False))
    op.add_column("answer_link", sa.Column("openings", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("answer_link", schema=None) as batch_op:
        batch_op.alter_column("code_hash", existing_type=sa.String(length=64), server_default=None)
        batch_op.alter_column("openings", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    op.drop_column("answer_link", "openings")
    op.drop_column("answer_link", "code_hash")
