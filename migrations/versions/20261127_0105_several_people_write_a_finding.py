"""several people write a finding"""

import sqlalchemy as sa
from alembic import op

revision = "e2b6d90c41a7"
down_revision = "c86b1f4e7d20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("co_authors", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("finding", "co_authors")
