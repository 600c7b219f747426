"""due days in a calendar"""

import sqlalchemy as sa
from alembic import op

revision = 'e41b7c0d95a2'
down_revision = 'c3a95d17e840'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('calendar_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('complaint_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_calendar_feed_complaint_id_complaint')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_calendar_feed_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_calendar_feed_token_hash'))
    )
    op.create_index('ix_calendar_feed_owner', 'calendar_feed', ['user_id', 'complaint_id'], unique=False)
    op.create_index('ix_calendar_feed_complaint', 'calendar_feed', ['complaint_id'], unique=False)
    op.add_column('complaint_clock', sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('complaint_clock', sa.Column('moves', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    op.drop_column('complaint_clock', 'moves')
    op.drop_column('complaint_clock', 'changed_at')
    op.drop_index('ix_calendar_feed_complaint', table_name='calendar_feed')
    op.drop_index('ix_calendar_feed_owner', table_name='calendar_feed')
    op.drop_table('calendar_feed')
