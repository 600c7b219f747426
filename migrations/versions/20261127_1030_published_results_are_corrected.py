"""Published results are corrected"""

import sqlalchemy as sa
from alembic import op

revision = 'c7e40b19d2a6'
down_revision = 'a51d7c90e2f4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'audit_correction',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('audit_id', sa.Integer(), nullable=False),
        sa.Column('indicator', sa.String(length=40), nullable=False),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('after', sa.JSON(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decision_reason', sa.Text(), nullable=False),
        sa.Column('corrected_on', sa.Date(), nullable=True),
        sa.Column('corrected_id', sa.Integer(), nullable=False),
        sa.Column('score_id', sa.Integer(), nullable=True),
        sa.CheckConstraint("reason <> ''", name=op.f('ck_audit_correction_has_a_reason')),
        sa.CheckConstraint(
            "state <> 'released' OR (decided_by_id <> asked_by_id AND score_id IS NOT NULL)",
            name=op.f('ck_audit_correction_released_by_another'),
        ),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_audit_correction_asked_by_id_user_account')),
        sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_correction_audit_id_audit')),
        sa.ForeignKeyConstraint(['corrected_id'], ['audit_score.id'], name=op.f('fk_audit_correction_corrected_id_audit_score')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_audit_correction_decided_by_id_user_account')),
        sa.ForeignKeyConstraint(['score_id'], ['audit_score.id'], name=op.f('fk_audit_correction_score_id_audit_score')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_correction')),
        sa.UniqueConstraint('score_id', name=op.f('uq_audit_correction_score_id')),
    )
    with op.batch_alter_table('audit_correction', schema=None) as batch_op:
        batch_op.create_index('ix_audit_correction_audit', ['audit_id', 'id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('audit_correction', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_correction_audit')

    op.drop_table('audit_correction')
