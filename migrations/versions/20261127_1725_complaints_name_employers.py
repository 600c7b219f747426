"""Complaints and information name employers of the register"""

import sqlalchemy as sa
from alembic import op

revision = 'c41f0a7be935'
down_revision = '8c41e7a90d52'
branch_labels = None
depends_on = None

OPEN = sa.text('ended_at IS NULL')


def _links(table: str, column: str, of: str) -> None:
    op.create_table(table,
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column(column, sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('said_by_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by_id IS NULL)', name=op.f(f'ck_{table}_ended')),
    sa.ForeignKeyConstraint([column], [f'{of}.id'], name=op.f(f'fk_{table}_{column}_{of}')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f(f'fk_{table}_employer_id_employer')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user_account.id'], name=op.f(f'fk_{table}_ended_by_id_user_account')),
    sa.ForeignKeyConstraint(['said_by_id'], ['user_account.id'], name=op.f(f'fk_{table}_said_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(f'ix_{table}_of', [column, 'id'], unique=False)
        batch_op.create_index(f'ix_{table}_employer', ['employer_id', 'id'], unique=False)
        batch_op.create_index(f'uq_{table}_open', [column, 'employer_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def upgrade() -> None:
    op.add_column('complaint', sa.Column('employer_place', sa.String(length=200), server_default='', nullable=False))
    _links('complaint_employer', 'complaint_id', 'complaint')
    _links('tip_employer', 'tip_id', 'information_tip')


def downgrade() -> None:
    op.drop_table('tip_employer')
    op.drop_table('complaint_employer')
    op.drop_column('complaint', 'employer_place')
