"""respondents ask for more time"""

import sqlalchemy as sa
from alembic import op

revision = 'd40c9e72b5f8'
down_revision = 'd92c5b61fa07'
branch_labels = None
depends_on = None

TABLE = 'clarification_time_request'


def upgrade() -> None:
    op.add_column('complaint_clock', sa.Column('awaits_time', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        TABLE,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('form_key', sa.String(length=64), nullable=True),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('granted', sa.Integer(), nullable=True),
        sa.Column('decision', sa.Text(), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('complaint_id', sa.Integer(), nullable=False),
        sa.Column('clock_id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (granted IS NULL)', name=op.f(f'ck_{TABLE}_decided')),
        sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f(f'ck_{TABLE}_another_person')),
        sa.CheckConstraint('days > 0 AND (granted IS NULL OR (granted >= 0 AND granted <= days))', name=op.f(f'ck_{TABLE}_days')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f(f'fk_{TABLE}_asked_by_id_user_account')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f(f'fk_{TABLE}_decided_by_id_user_account')),
        sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f(f'fk_{TABLE}_complaint_id_complaint')),
        sa.ForeignKeyConstraint(['clock_id'], ['complaint_clock.id'], name=op.f(f'fk_{TABLE}_clock_id_complaint_clock')),
        sa.ForeignKeyConstraint(['request_id'], ['document.id'], name=op.f(f'fk_{TABLE}_request_id_document')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{TABLE}')),
        sa.UniqueConstraint('complaint_id', 'form_key', name=op.f(f'uq_{TABLE}_complaint_id_form_key')),
    )
    op.create_index(op.f(f'ix_{TABLE}_clock_id'), TABLE, ['clock_id'], unique=False)
    waits = sa.text('decided_at IS NULL')
    op.create_index(f'uq_{TABLE}_waiting', TABLE, ['clock_id'], unique=True, sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_column('complaint_clock', 'awaits_time')
