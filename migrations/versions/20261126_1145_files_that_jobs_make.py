"""files that jobs make"""

import sqlalchemy as sa
from alembic import op

revision = 'c3a95d17e840'
down_revision = 'c8e52f7a1d36'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('produced_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('job_uuid', sa.Uuid(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('saved_as', sa.String(length=120), nullable=False),
    sa.Column('media_type', sa.String(length=60), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_produced_file')),
    sa.UniqueConstraint('job_uuid', name=op.f('uq_produced_file_job_uuid')),
    sa.UniqueConstraint('uuid', name=op.f('uq_produced_file_uuid'))
    )
    op.create_index('ix_produced_file_ends', 'produced_file', ['ends_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_produced_file_ends', table_name='produced_file')
    op.drop_table('produced_file')
