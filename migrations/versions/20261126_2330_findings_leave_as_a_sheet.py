"""findings leave as a sheet"""

import sqlalchemy as sa
from alembic import op

revision = 'e8b27c40d916'
down_revision = 'e91c4d7b2a60'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('produced_file', schema=None) as batch_op:  # that of a sheet has 65 letters
        batch_op.alter_column('media_type', existing_type=sa.String(length=60), type_=sa.String(length=100))
    op.create_table('finding_export',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('filters', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('needs_second', sa.Boolean(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.String(length=40), nullable=True),
    sa.Column('job_uuid', sa.Uuid(), nullable=True),
    sa.CheckConstraint("decision IS NULL OR decision NOT IN ('allowed', 'refused') OR decided_by_id <> asked_by_id", name=op.f('ck_finding_export_other_person')),
    sa.CheckConstraint("job_uuid IS NULL OR NOT needs_second OR (decision IS NOT NULL AND decision <> 'refused')", name=op.f('ck_finding_export_second_person')),
    sa.CheckConstraint('(decided_by_id IS NULL) = (decided_at IS NULL) AND (decided_by_id IS NULL) = (decision IS NULL)', name=op.f('ck_finding_export_decided')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_finding_export_asked_by_id_user_account')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_finding_export_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_finding_export_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_export')),
    sa.UniqueConstraint('job_uuid', name=op.f('uq_finding_export_job_uuid')),
    )
    with op.batch_alter_table('finding_export', schema=None) as batch_op:
        batch_op.create_index(op.f('ix_finding_export_asked_by_id'), ['asked_by_id'], unique=False)


def downgrade() -> None:
    op.execute("DELETE FROM produced_file WHERE length(media_type) > 60")
    with op.batch_alter_table('produced_file', schema=None) as batch_op:
        batch_op.alter_column('media_type', existing_type=sa.String(length=100), type_=sa.String(length=60))
    op.drop_table('finding_export')
