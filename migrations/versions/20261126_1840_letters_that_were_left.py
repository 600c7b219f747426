"""letters that were left"""

import sqlalchemy as sa
from alembic import op

revision = 'c4e82f9b1d37'
down_revision = 'e1c7a3b85d20'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('document', sa.Column('left_because', sa.String(length=40), server_default='', nullable=False))
    op.create_index('ix_document_job', 'document', ['job_uuid'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_document_job', table_name='document')
    op.drop_column('document', 'left_because')
