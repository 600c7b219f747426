"""clocks may stand still"""

import sqlalchemy as sa
from alembic import op

revision = 'e91c4d7b2a60'
down_revision = 'c41e8a7d90b2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('complaint', sa.Column('next_due_paused_until', sa.Date(), nullable=True))
    op.add_column('complaint_clock', sa.Column('granted', sa.Integer(), server_default='0', nullable=False))
    op.add_column('complaint_clock', sa.Column('paused_from', sa.Date(), nullable=True))
    op.add_column('complaint_clock', sa.Column('paused_until', sa.Date(), nullable=True))
    op.add_column('complaint_clock', sa.Column('awaits_pause', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        'clock_pause',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('complaint_id', sa.Integer(), nullable=False),
        sa.Column('clock_id', sa.Integer(), nullable=False),
        sa.Column('ground', sa.String(length=40), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('rule_version', sa.String(length=40), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decision', sa.Text(), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=True),
        sa.Column('last_on', sa.Date(), nullable=True),
        sa.Column('ended_by_id', sa.Integer(), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ending', sa.Text(), nullable=False),
        sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f('ck_clock_pause_second_person')),
        sa.CheckConstraint('(decided_by_id IS NULL) = (decided_at IS NULL)', name=op.f('ck_clock_pause_decided')),
        sa.CheckConstraint('(first_on IS NULL) = (last_on IS NULL) AND (first_on IS NULL OR decided_at IS NOT NULL)', name=op.f('ck_clock_pause_released')),
        sa.CheckConstraint('last_on >= first_on AND days > 0', name=op.f('ck_clock_pause_in_order')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_clock_pause_asked_by_id_user_account')),
        sa.ForeignKeyConstraint(['clock_id'], ['complaint_clock.id'], name=op.f('fk_clock_pause_clock_id_complaint_clock')),
        sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_clock_pause_complaint_id_complaint')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_clock_pause_decided_by_id_user_account')),
        sa.ForeignKeyConstraint(['ended_by_id'], ['user_account.id'], name=op.f('fk_clock_pause_ended_by_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_pause')),
    )
    op.create_index(op.f('ix_clock_pause_clock_id'), 'clock_pause', ['clock_id'], unique=False)
    op.create_index(op.f('ix_clock_pause_complaint_id'), 'clock_pause', ['complaint_id'], unique=False)
    op.create_index(
        'uq_clock_pause_waiting', 'clock_pause', ['clock_id'], unique=True,
        sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'),
    )
    op.create_table(
        'clock_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('clock_id', sa.Integer(), nullable=False),
        sa.Column('why', sa.Enum('calendar', 'released', 'paused', 'pause_ended', 'granted', name='daymoved', native_enum=False, length=40), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('due_before', sa.Date(), nullable=False),
        sa.Column('due_after', sa.Date(), nullable=False),
        sa.Column('calendar_version', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_clock_move_by_id_user_account')),
        sa.ForeignKeyConstraint(['clock_id'], ['complaint_clock.id'], name=op.f('fk_clock_move_clock_id_complaint_clock')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_move')),
    )
    op.create_index(op.f('ix_clock_move_clock_id'), 'clock_move', ['clock_id'], unique=False)


def downgrade() -> None:
    op.drop_table('clock_move')
    op.drop_table('clock_pause')
    op.drop_column('complaint_clock', 'awaits_pause')
    op.drop_column('complaint_clock', 'paused_until')
    op.drop_column('complaint_clock', 'paused_from')
    op.drop_column('complaint_clock', 'granted')
    op.drop_column('complaint', 'next_due_paused_until')
