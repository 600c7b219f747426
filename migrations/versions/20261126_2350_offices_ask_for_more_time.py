"""offices ask for more time"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = 'b7d20f5e8c13'
down_revision = 'b5d90f3e61a7'
branch_labels = None
depends_on = None


def request_columns() -> list[Any]:
    return [
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
    ]


def request_constraints(table: str) -> list[Any]:
    return [
        sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL) AND (decided_at IS NULL) = (granted IS NULL)', name=op.f(f'ck_{table}_decided')),
        sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> asked_by_id', name=op.f(f'ck_{table}_another_person')),
        sa.CheckConstraint('days > 0 AND (granted IS NULL OR (granted >= 0 AND granted <= days))', name=op.f(f'ck_{table}_days')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f(f'fk_{table}_asked_by_id_user_account')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f(f'fk_{table}_decided_by_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    ]


def create_request(table: str, subject: str, clock: str, *more: Any) -> None:
    op.create_table(
        table,
        *request_columns(),
        sa.Column(f'{subject}_id', sa.Integer(), nullable=False),
        sa.Column('clock_id', sa.Integer(), nullable=False),
        *(one for one in more if isinstance(one, sa.Column)),
        sa.ForeignKeyConstraint([f'{subject}_id'], [f'{subject}.id'], name=op.f(f'fk_{table}_{subject}_id_{subject}')),
        sa.ForeignKeyConstraint(['clock_id'], [f'{clock}.id'], name=op.f(f'fk_{table}_clock_id_{clock}')),
        sa.UniqueConstraint(f'{subject}_id', 'form_key', name=op.f(f'uq_{table}_{subject}_id_form_key')),
        *(one for one in more if not isinstance(one, sa.Column)),
        *request_constraints(table),
    )
    op.create_index(op.f(f'ix_{table}_clock_id'), table, ['clock_id'], unique=False)
    waits = sa.text('decided_at IS NULL')
    op.create_index(f'uq_{table}_waiting', table, ['clock_id'], unique=True, sqlite_where=waits, postgresql_where=waits)


def upgrade() -> None:
    op.add_column('complaint_clock', sa.Column('late_from', sa.Date(), nullable=True))
    op.add_column('finding_clock', sa.Column('granted', sa.Integer(), server_default='0', nullable=False))
    op.add_column('finding_clock', sa.Column('late_from', sa.Date(), nullable=True))
    create_request('finding_time_request', 'finding', 'finding_clock')
    op.create_table(
        'finding_clock_move',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('clock_id', sa.Integer(), nullable=False),
        sa.Column('why', sa.Enum('calendar', 'released', 'paused', 'pause_ended', 'granted', name='daymoved', native_enum=False, length=40), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('due_before', sa.Date(), nullable=False),
        sa.Column('due_after', sa.Date(), nullable=False),
        sa.Column('calendar_version', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_finding_clock_move_by_id_user_account')),
        sa.ForeignKeyConstraint(['clock_id'], ['finding_clock.id'], name=op.f('fk_finding_clock_move_clock_id_finding_clock')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_clock_move')),
    )
    op.create_index(op.f('ix_finding_clock_move_clock_id'), 'finding_clock_move', ['clock_id'], unique=False)


def downgrade() -> None:
    op.drop_table('finding_clock_move')
    op.drop_table('finding_time_request')
    op.drop_column('finding_clock', 'late_from')
    op.drop_column('finding_clock', 'granted')
    op.drop_column('complaint_clock', 'late_from')
