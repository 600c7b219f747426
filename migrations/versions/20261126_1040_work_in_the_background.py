"""work in the background"""

import sqlalchemy as sa
from alembic import op

revision = 'b4f1c2d90a57'
down_revision = '6adac58dc4ea'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('arguments', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('once_key', sa.String(length=120), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('run_after', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_cancel_asked', sa.Boolean(), server_default=sa.text('false'), nullable=False),
    sa.Column('step', sa.String(length=120), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('once_key', name=op.f('uq_job_once_key')),
    sa.UniqueConstraint('uuid', name=op.f('uq_job_uuid'))
    )
    op.create_index('ix_job_due', 'job', ['state', 'run_after', 'id'], unique=False)
    op.create_index('ix_job_list', 'job', ['state', 'id'], unique=False)
    op.create_table('job_attempt',
    sa.Column('job_id', sa.Integer(), nullable=False),
    sa.Column('token', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_job_attempt_job_id_job')),
    sa.PrimaryKeyConstraint('job_id', 'token', name=op.f('pk_job_attempt'))
    )
    op.create_table('periodic_run',
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('period', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'period', name=op.f('pk_periodic_run'))
    )


def downgrade() -> None:
    op.drop_table('periodic_run')
    op.drop_table('job_attempt')
    op.drop_index('ix_job_list', table_name='job')
    op.drop_index('ix_job_due', table_name='job')
    op.drop_table('job')
