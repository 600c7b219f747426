"""what an examination comes to"""

import sqlalchemy as sa
from alembic import op

revision = 'a41c7e90b2d5'
down_revision = 'b7d20f5e8c13'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'examination_report',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.Uuid(), nullable=False),
        sa.Column('complaint_id', sa.Integer(), nullable=False),
        sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('conclusion', sa.Enum('found', 'not_found', 'discontinued', name='conclusion', native_enum=False, length=40), nullable=True),
        sa.Column('forms', sa.JSON(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=True),
        sa.Column('document_id', sa.Integer(), nullable=True),
        sa.Column('issued_on', sa.Date(), nullable=True),
        sa.Column('written_by_id', sa.Integer(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_examination_report_complaint_id_complaint')),
        sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_examination_report_document_id_document')),
        sa.ForeignKeyConstraint(['written_by_id'], ['user_account.id'], name=op.f('fk_examination_report_written_by_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_examination_report')),
        sa.UniqueConstraint('complaint_id', 'round', name=op.f('uq_examination_report_complaint_id_round')),
    )
    op.create_index(op.f('ix_examination_report_document_id'), 'examination_report', ['document_id'], unique=False)
    op.create_table(
        'report_action',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('uuid', sa.Uuid(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('addressee', sa.Enum('respondent', 'respondent_superior', 'related_agency', name='addressee', native_enum=False, length=40), nullable=False),
        sa.Column('office_id', sa.Integer(), nullable=False),
        sa.Column('form', sa.String(length=40), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=True),
        sa.Column('finding_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_report_action_finding_id_finding')),
        sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_report_action_office_id_office')),
        sa.ForeignKeyConstraint(['report_id'], ['examination_report.id'], name=op.f('fk_report_action_report_id_examination_report')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_action')),
        sa.UniqueConstraint('finding_id', name=op.f('uq_report_action_finding_id')),
    )
    op.create_index('ix_report_action_report', 'report_action', ['report_id', 'id'], unique=False)
    op.create_table(
        'report_revision',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('report_id', sa.Integer(), nullable=False),
        sa.Column('part', sa.Enum('parties', 'account', 'result', 'opinion', 'conclusion', 'actions', 'reporter', name='part', native_enum=False, length=40), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_report_revision_by_id_user_account')),
        sa.ForeignKeyConstraint(['report_id'], ['examination_report.id'], name=op.f('fk_report_revision_report_id_examination_report')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_report_revision')),
    )
    op.create_index('ix_report_revision_report', 'report_revision', ['report_id', 'id'], unique=False)
    op.add_column('finding', sa.Column('regime', sa.String(length=40), nullable=True))


def downgrade() -> None:
    op.drop_column('finding', 'regime')
    op.drop_index('ix_report_revision_report', table_name='report_revision')
    op.drop_table('report_revision')
    op.drop_index('ix_report_action_report', table_name='report_action')
    op.drop_table('report_action')
    op.drop_index(op.f('ix_examination_report_document_id'), table_name='examination_report')
    op.drop_table('examination_report')
