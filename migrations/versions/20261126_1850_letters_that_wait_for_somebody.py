"""letters that wait for somebody: for other words, or for a proof of receipt"""

import sqlalchemy as sa
from alembic import op

revision = 'b81f4c6d9e20'
down_revision = 'c4e82f9b1d37'
branch_labels = None
depends_on = None

# kinds that ask for a proof of receipt when this was written (documents.yaml)
_KINDS = "('completion_request', 'refusal_notice', 'not_competent_notice', 'transfer_notice', 'closing_notice')"


def upgrade() -> None:
    op.add_column('document', sa.Column('return_reason', sa.Text(), server_default='', nullable=False))
    op.add_column('document', sa.Column('unproven_since', sa.Date(), nullable=True))
    op.execute(
        "UPDATE document SET unproven_since = issued_on "  # noqa: S608 - a constant
        f"WHERE state IN ('being_made', 'issued') AND kind IN {_KINDS} AND NOT EXISTS "
        "(SELECT 1 FROM delivery WHERE delivery.document_id = document.id AND delivery.proof IS NOT NULL)"
    )
    op.create_index(
        'ix_document_unproven',
        'document',
        ['representative_office_id', 'unproven_since', 'id'],
        unique=False,
        sqlite_where=sa.text('unproven_since IS NOT NULL'),
        postgresql_where=sa.text('unproven_since IS NOT NULL'),
    )
    op.create_index('ix_notification_record', 'notification', ['record_kind', 'record_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_notification_record', table_name='notification')
    op.drop_index('ix_document_unproven', table_name='document')
    op.drop_column('document', 'unproven_since')
    op.drop_column('document', 'return_reason')
