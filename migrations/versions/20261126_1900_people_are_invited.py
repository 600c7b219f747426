"""people are invited, and offices name focal points"""

import sqlalchemy as sa
from alembic import op

revision = 'a4d7c1e90b63'
down_revision = 'b81f4c6d9e20'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('user_account', sa.Column('link_since', sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        'focal_point',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('office_id', sa.Integer(), nullable=False),
        sa.Column('named_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_focal_point_office_id_office')),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_focal_point_user_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_focal_point')),
    )
    op.create_index(op.f('ix_focal_point_office_id'), 'focal_point', ['office_id'], unique=False)
    op.create_index(
        'uq_focal_point_open',
        'focal_point',
        ['user_id', 'office_id'],
        unique=True,
        sqlite_where=sa.text('ended_at IS NULL'),
        postgresql_where=sa.text('ended_at IS NULL'),
    )
    op.create_index(
        'ix_trail_entry_user',
        'trail_entry',
        ['subject_id', 'seq'],
        unique=False,
        sqlite_where=sa.text("subject_type = 'user'"),
        postgresql_where=sa.text("subject_type = 'user'"),
    )


def downgrade() -> None:
    op.drop_index('ix_trail_entry_user', table_name='trail_entry')
    op.drop_table('focal_point')
    op.drop_column('user_account', 'link_since')
