"""papers that prove themselves"""

import sqlalchemy as sa
from alembic import op

revision = '55df6f5afa2e'
down_revision = 'e41b7c0d95a2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('folder', sa.Uuid(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=True),
    sa.Column('drafted_by_id', sa.Integer(), nullable=True),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_by_id', sa.Integer(), nullable=True),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.Column('job_uuid', sa.Uuid(), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('number', sa.String(length=80), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('code', sa.String(length=26), nullable=True),
    sa.Column('stored_name', sa.Uuid(), nullable=True),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=True),
    sa.Column('size_bytes', sa.Integer(), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('sealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signing_key_id', sa.String(length=64), nullable=True),
    sa.Column('signature', sa.LargeBinary(), nullable=True),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.Column('superseded_on', sa.Date(), nullable=True),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('revocation_asked_by_id', sa.Integer(), nullable=True),
    sa.Column('revocation_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['approved_by_id'], ['user_account.id'], name=op.f('fk_document_approved_by_id_user_account')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user_account.id'], name=op.f('fk_document_changed_by_id_user_account')),
    sa.ForeignKeyConstraint(['drafted_by_id'], ['user_account.id'], name=op.f('fk_document_drafted_by_id_user_account')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user_account.id'], name=op.f('fk_document_issued_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_document_representative_office_id_representative_office')),
    sa.ForeignKeyConstraint(['revocation_asked_by_id'], ['user_account.id'], name=op.f('fk_document_revocation_asked_by_id_user_account')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user_account.id'], name=op.f('fk_document_revoked_by_id_user_account')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['document.id'], name=op.f('fk_document_supersedes_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('code', name=op.f('uq_document_code')),
    sa.UniqueConstraint('kind', 'representative_office_id', 'year', 'sequence', name=op.f('uq_document_kind_representative_office_id_year_sequence')),
    sa.UniqueConstraint('number', name=op.f('uq_document_number')),
    sa.UniqueConstraint('sha256', name=op.f('uq_document_sha256')),
    sa.UniqueConstraint('supersedes_id', name=op.f('uq_document_supersedes_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_document_uuid'))
    )
    op.create_index('ix_document_folder', 'document', ['folder', 'id'], unique=False)
    op.create_index('ix_document_register', 'document', ['representative_office_id', 'state', 'id'], unique=False)

    op.create_table('delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('addressee', sa.String(length=40), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('reference', sa.String(length=80), server_default='', nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('proof', sa.String(length=40), nullable=True),
    sa.Column('proof_file_id', sa.Integer(), nullable=True),
    sa.Column('proof_note', sa.Text(), server_default='', nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_delivery_document_id_document')),
    sa.ForeignKeyConstraint(['proof_file_id'], ['attachment.id'], name=op.f('fk_delivery_proof_file_id_attachment')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_delivery_recorded_by_id_user_account')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['user_account.id'], name=op.f('fk_delivery_sent_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery'))
    )
    op.create_index(op.f('ix_delivery_document_id'), 'delivery', ['document_id'], unique=False)

    op.add_column('complaint', sa.Column('withdrawal_asked_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('complaint', sa.Column('outcome', sa.String(length=40), nullable=True))
    op.add_column('complaint', sa.Column('closed_on', sa.Date(), nullable=True))



def downgrade() -> None:
    op.drop_column('complaint', 'closed_on')
    op.drop_column('complaint', 'outcome')
    op.drop_column('complaint', 'withdrawal_asked_at')

    op.drop_index(op.f('ix_delivery_document_id'), table_name='delivery')

    op.drop_table('delivery')
    op.drop_index('ix_document_register', table_name='document')
    op.drop_index('ix_document_folder', table_name='document')

    op.drop_table('document')
