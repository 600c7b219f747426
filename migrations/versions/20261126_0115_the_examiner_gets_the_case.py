"""the examiner gets the case"""

import sqlalchemy as sa
from alembic import op

revision = '6adac58dc4ea'
down_revision = '3f6b0a9c27e1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('number_counter',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('owner_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'owner_id', 'year', name=op.f('pk_number_counter'))
    )
    op.create_table('sent_form',
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('body_hash', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key_hash', name=op.f('pk_sent_form'))
    )
    op.create_index(op.f('ix_sent_form_at'), 'sent_form', ['at'], unique=False)

    op.create_table('conflict_declaration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('has_conflict', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_conflict_declaration_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conflict_declaration'))
    )
    op.create_index('ix_conflict_declaration_user', 'conflict_declaration', ['user_id', 'subject_type', 'has_conflict', 'subject_id'], unique=False)

    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_recovery_code_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_recovery_code_code_hash'))
    )
    op.create_index(op.f('ix_recovery_code_user_id'), 'recovery_code', ['user_id'], unique=False)

    op.create_table('saved_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('filters', sa.String(length=500), nullable=False),
    sa.Column('opens_first', sa.Boolean(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_saved_view_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('user_id', 'label', name=op.f('uq_saved_view_user_id_label'))
    )
    op.create_table('complaint_check',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=8), nullable=False),
    sa.Column('verdict', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('checked_by_id', sa.Integer(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checked_by_id'], ['user_account.id'], name=op.f('fk_complaint_check_checked_by_id_user_account')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_check_complaint_id_complaint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_check')),
    sa.UniqueConstraint('complaint_id', 'item', name=op.f('uq_complaint_check_complaint_id_item'))
    )
    op.create_table('complaint_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('notice', sa.String(length=40), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_complaint_message_author_id_user_account')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_message_complaint_id_complaint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_message'))
    )
    op.create_index('ix_complaint_message_complaint', 'complaint_message', ['complaint_id', 'id'], unique=False)

    op.create_table('complaint_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_complaint_note_author_id_user_account')),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_note_complaint_id_complaint')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_note'))
    )
    op.create_index('ix_complaint_note_complaint', 'complaint_note', ['complaint_id', 'id'], unique=False)

    op.create_table('identity_access',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_identity_access_complaint_id_complaint')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_identity_access_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_access'))
    )
    op.create_index('ix_identity_access_complaint', 'identity_access', ['complaint_id', 'id'], unique=False)

    op.add_column('complaint', sa.Column('registration_number', sa.String(length=40), nullable=True))
    # The reference is written into the column: SQLite can add that to a table that others refer to.
    op.add_column(
        'complaint',
        sa.Column('officer_id', sa.Integer(), sa.ForeignKey('user_account.id', name=op.f('fk_complaint_officer_id_user_account')), nullable=True),
        inline_references=op.get_bind().dialect.name == 'sqlite',
    )
    op.add_column('complaint', sa.Column('has_officer_declared', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('complaint', sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('complaint', sa.Column('awaits_answer', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.drop_index(op.f('ix_complaint_counter_id'), table_name='complaint')
    op.drop_index(op.f('ix_complaint_office_id'), table_name='complaint')
    op.create_index('ix_complaint_counter', 'complaint', ['counter_id', 'received_on'], unique=False)
    op.create_index('ix_complaint_inflow', 'complaint', ['representative_office_id', 'received_on', 'substance', 'id'], unique=False)
    op.create_index('ix_complaint_office', 'complaint', ['office_id', 'substance', 'received_on'], unique=False)
    op.drop_index('ix_complaint_queue', table_name='complaint')
    op.create_index('ix_complaint_queue', 'complaint', ['representative_office_id', 'is_open', 'next_due_on', 'id', 'ticket', 'registration_number', 'office_id'], unique=False)
    op.create_index('ix_complaint_queue_urgent', 'complaint', ['representative_office_id', 'is_open', 'next_due_on', 'id'], unique=False, sqlite_where=sa.text('urgency IS NOT NULL'), postgresql_where=sa.text('urgency IS NOT NULL'))
    op.create_index('ix_complaint_queue_service', 'complaint', ['representative_office_id', 'is_open', 'substance', 'next_due_on', 'id'], unique=False)
    op.create_index('ix_complaint_queue_respondent', 'complaint', ['representative_office_id', 'is_open', 'office_id', 'next_due_on', 'id'], unique=False)
    op.create_index('ix_complaint_queue_answer', 'complaint', ['representative_office_id', 'is_open', 'awaits_answer', 'next_due_on', 'id'], unique=False)
    op.create_index('ix_complaint_queue_officer', 'complaint', ['representative_office_id', 'is_open', 'officer_id', 'next_due_on', 'id'], unique=False)
    op.create_index(op.f('ix_complaint_registration_number'), 'complaint', ['registration_number'], unique=True)

    op.add_column('complaint_step', sa.Column('reason', sa.Text(), server_default='', nullable=False))
    op.add_column(
        'complaint_step',
        sa.Column('officer_id', sa.Integer(), sa.ForeignKey('user_account.id', name=op.f('fk_complaint_step_officer_id_user_account')), nullable=True),
        inline_references=op.get_bind().dialect.name == 'sqlite',
    )

    op.add_column('stored_session', sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True))

    op.add_column('user_account', sa.Column('totp_secret', sa.LargeBinary(), nullable=True))
    op.add_column('user_account', sa.Column('totp_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('user_account', sa.Column('totp_last_step', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('user_account', 'totp_last_step')
    op.drop_column('user_account', 'totp_since')
    op.drop_column('user_account', 'totp_secret')

    op.drop_column('stored_session', 'proved_at')

    op.drop_column('complaint_step', 'officer_id')
    op.drop_column('complaint_step', 'reason')

    op.drop_index(op.f('ix_complaint_registration_number'), table_name='complaint')
    op.drop_index('ix_complaint_queue_respondent', table_name='complaint')
    op.drop_index('ix_complaint_queue_service', table_name='complaint')
    op.drop_index('ix_complaint_queue_urgent', table_name='complaint')
    op.drop_index('ix_complaint_queue', table_name='complaint')
    op.create_index('ix_complaint_queue', 'complaint', ['representative_office_id', 'is_open', 'next_due_on', 'id'], unique=False)
    op.drop_index('ix_complaint_queue_officer', table_name='complaint')
    op.drop_index('ix_complaint_queue_answer', table_name='complaint')
    op.drop_index('ix_complaint_office', table_name='complaint')
    op.drop_index('ix_complaint_inflow', table_name='complaint')
    op.drop_index('ix_complaint_counter', table_name='complaint')
    op.create_index(op.f('ix_complaint_office_id'), 'complaint', ['office_id'], unique=False)
    op.create_index(op.f('ix_complaint_counter_id'), 'complaint', ['counter_id'], unique=False)
    op.drop_column('complaint', 'awaits_answer')
    op.drop_column('complaint', 'changed_at')
    op.drop_column('complaint', 'has_officer_declared')
    op.drop_column('complaint', 'officer_id')
    op.drop_column('complaint', 'registration_number')

    op.drop_index('ix_identity_access_complaint', table_name='identity_access')

    op.drop_table('identity_access')
    op.drop_index('ix_complaint_note_complaint', table_name='complaint_note')

    op.drop_table('complaint_note')
    op.drop_index('ix_complaint_message_complaint', table_name='complaint_message')

    op.drop_table('complaint_message')
    op.drop_table('complaint_check')
    op.drop_table('saved_view')
    op.drop_index(op.f('ix_recovery_code_user_id'), table_name='recovery_code')

    op.drop_table('recovery_code')
    op.drop_index('ix_conflict_declaration_user', table_name='conflict_declaration')

    op.drop_table('conflict_declaration')
    op.drop_index(op.f('ix_sent_form_at'), table_name='sent_form')

    op.drop_table('sent_form')
    op.drop_table('number_counter')