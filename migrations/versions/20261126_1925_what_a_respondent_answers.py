"""what a respondent answers"""

import sqlalchemy as sa
from alembic import op

revision = 'd7f13a9c52e8'
down_revision = 'f05951331087'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'clarification_answer',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.Uuid(), nullable=False),
        sa.Column('files_id', sa.Uuid(), nullable=False),
        sa.Column('complaint_id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('office_id', sa.Integer(), nullable=False),
        sa.Column('channel', sa.Enum('post', 'by_hand', 'mail', 'portal', name='answerchannel', native_enum=False, length=40), nullable=False),
        sa.Column('reference', sa.String(length=80), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=True),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('days_late', sa.Integer(), nullable=False),
        sa.Column('filed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('filed_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_clarification_answer_complaint_id_complaint')),
        sa.ForeignKeyConstraint(['filed_by_id'], ['user_account.id'], name=op.f('fk_clarification_answer_filed_by_id_user_account')),
        sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_clarification_answer_office_id_office')),
        sa.ForeignKeyConstraint(['request_id'], ['document.id'], name=op.f('fk_clarification_answer_request_id_document')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_clarification_answer')),
        sa.UniqueConstraint('files_id', name=op.f('uq_clarification_answer_files_id')),
    )
    op.create_index('ix_clarification_answer_complaint', 'clarification_answer', ['complaint_id', 'id'], unique=False)
    op.add_column('complaint', sa.Column('is_answered', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('complaint', sa.Column('respondent_waived_answer', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('complaint_clock', sa.Column('told_over', sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column('complaint_clock', 'told_over')
    op.drop_column('complaint', 'respondent_waived_answer')
    op.drop_column('complaint', 'is_answered')
    op.drop_index('ix_clarification_answer_complaint', table_name='clarification_answer')
    op.drop_table('clarification_answer')
