"""Each answer has its files, the sending that made it, and the limit that the office published"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = 'f1e1d7a05401'
down_revision = '5d1e8a90b3f7'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('audit_sheet_answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('promised_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('folder_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('key', sa.String(length=64), nullable=True))

    answer = sa.table('audit_sheet_answer', sa.column('id', sa.Integer), sa.column('folder_id', sa.Uuid))
    connection = op.get_bind()
    for (answer_id,) in connection.execute(sa.select(answer.c.id)).all():
        connection.execute(answer.update().where(answer.c.id == answer_id).values(folder_id=uuid4()))

    with op.batch_alter_table('audit_sheet_answer', schema=None) as batch_op:
        batch_op.alter_column('folder_id', existing_type=sa.Uuid(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f('uq_audit_sheet_answer_folder_id'), ['folder_id'])

    op.create_table(
        'audit_review_remark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('audit_id', sa.Integer(), nullable=False),
        sa.Column('indicator', sa.String(length=40), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('key', sa.String(length=64), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_review_remark_audit_id_audit')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_audit_review_remark_by_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_review_remark')),
        sa.UniqueConstraint('audit_id', 'key', name=op.f('uq_audit_review_remark_audit_id_key')),
    )
    with op.batch_alter_table('audit_review_remark', schema=None) as batch_op:
        batch_op.create_index('ix_audit_review_remark_audit', ['audit_id', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('audit_review_remark', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_review_remark_audit')

    op.drop_table('audit_review_remark')

    with op.batch_alter_table('audit_sheet_answer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_audit_sheet_answer_folder_id'), type_='unique')
        batch_op.drop_column('key')
        batch_op.drop_column('folder_id')
        batch_op.drop_column('promised_days')
