"""Answers are found by their letter, interests by their record"""

from alembic import op

revision = 'd2f6a81b35c9'
down_revision = 'c7e40b19d2a6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('clarification_answer', schema=None) as batch_op:
        batch_op.create_index('ix_clarification_answer_request', ['request_id'], unique=False)
    with op.batch_alter_table('conflict_declaration', schema=None) as batch_op:
        batch_op.create_index(
            'ix_conflict_declaration_record',
            ['subject_type', 'subject_id', 'has_conflict', 'user_id'],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table('conflict_declaration', schema=None) as batch_op:
        batch_op.drop_index('ix_conflict_declaration_record')
    with op.batch_alter_table('clarification_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_clarification_answer_request')
