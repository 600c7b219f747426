"""what people are told"""

import sqlalchemy as sa
from alembic import op

revision = 'd5b0f4a26c71'
down_revision = '55df6f5afa2e'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('notification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('record_kind', sa.String(length=40), server_default='', nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=40), server_default='', nullable=False),
    sa.Column('facts', sa.Text(), server_default='{}', nullable=False),
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_notification_person_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification')),
    sa.UniqueConstraint('person_id', 'key', name=op.f('uq_notification_person_id_key'))
    )
    op.create_index('ix_notification_inbox', 'notification', ['person_id', 'id'], unique=False)
    op.create_index('ix_notification_unread', 'notification', ['person_id', 'read_at', 'id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('key', sa.String(length=160), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('record_kind', sa.String(length=40), server_default='', nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=True),
    sa.Column('label', sa.String(length=40), server_default='', nullable=False),
    sa.Column('facts', sa.Text(), server_default='{}', nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('doubts', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=40), server_default='', nullable=False),
    sa.Column('reply', sa.String(length=20), server_default='', nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_message_person_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('key', name=op.f('uq_message_key')),
    sa.UniqueConstraint('message_id', name=op.f('uq_message_message_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_message_uuid'))
    )
    op.create_index('ix_message_due', 'message', ['state', 'channel', 'next_try_at', 'id'], unique=False)
    op.create_index('ix_message_list', 'message', ['state', 'id'], unique=False)
    op.create_index('ix_message_person', 'message', ['person_id', 'id'], unique=False)
    op.create_index('ix_message_record', 'message', ['record_kind', 'record_id', 'id'], unique=False)

    op.create_table('notification_choice',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('channel', sa.String(length=40), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_notification_choice_person_id_user_account')),
    sa.PrimaryKeyConstraint('person_id', 'kind', 'channel', name=op.f('pk_notification_choice'))
    )
    op.create_table('text_number',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_text_number_person_id_user_account')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_text_number'))
    )
    op.add_column('complaint', sa.Column('unreached_since', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('complaint', 'unreached_since')
    op.drop_table('text_number')
    op.drop_table('notification_choice')
    op.drop_index('ix_message_record', table_name='message')
    op.drop_index('ix_message_person', table_name='message')
    op.drop_index('ix_message_list', table_name='message')
    op.drop_index('ix_message_due', table_name='message')
    op.drop_table('message')
    op.drop_index('ix_notification_unread', table_name='notification')
    op.drop_index('ix_notification_inbox', table_name='notification')
    op.drop_table('notification')
