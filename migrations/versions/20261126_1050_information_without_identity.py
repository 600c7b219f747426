"""information without identity"""

import sqlalchemy as sa
from alembic import op

revision = 'b7d41c0e92aa'
down_revision = 'b4f1c2d90a57'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('information_tip',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('ticket', sa.String(length=40), nullable=False),
    sa.Column('access_code_hash', sa.String(length=64), nullable=False),
    sa.Column('sent_draft', sa.Uuid(), nullable=True),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('counter_id', sa.Integer(), nullable=True),
    sa.Column('substance', sa.String(length=40), nullable=False),
    sa.Column('urgency', sa.String(length=40), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('awaits_office', sa.Boolean(), nullable=False),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['counter_id'], ['counter.id'], name=op.f('fk_information_tip_counter_id_counter')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_information_tip_office_id_office')),
    sa.ForeignKeyConstraint(['officer_id'], ['user_account.id'], name=op.f('fk_information_tip_officer_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name='fk_information_tip_handled_by'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_information_tip')),
    sa.UniqueConstraint('sent_draft', name=op.f('uq_information_tip_sent_draft')),
    sa.UniqueConstraint('ticket', name=op.f('uq_information_tip_ticket')),
    sa.UniqueConstraint('uuid', name=op.f('uq_information_tip_uuid'))
    )
    op.create_index('ix_information_tip_counter', 'information_tip', ['counter_id', 'received_on'], unique=False)
    op.create_index('ix_information_tip_list', 'information_tip', ['representative_office_id', 'is_open', 'id'], unique=False)
    op.create_index('ix_information_tip_office', 'information_tip', ['office_id', 'received_on'], unique=False)
    op.create_index('ix_information_tip_waiting', 'information_tip', ['representative_office_id', 'awaits_office', 'id'], unique=False)

    op.create_table('tip_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('tip_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_tip_message_author_id_user_account')),
    sa.ForeignKeyConstraint(['tip_id'], ['information_tip.id'], name=op.f('fk_tip_message_tip_id_information_tip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_message'))
    )
    op.create_index('ix_tip_message_tip', 'tip_message', ['tip_id', 'id'], unique=False)

    op.create_table('tip_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('tip_id', sa.Integer(), nullable=False),
    sa.Column('move', sa.String(length=60), nullable=False),
    sa.Column('to_state', sa.String(length=40), nullable=False),
    sa.Column('has_moved', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_tip_step_actor_id_user_account')),
    sa.ForeignKeyConstraint(['tip_id'], ['information_tip.id'], name=op.f('fk_tip_step_tip_id_information_tip')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_step'))
    )
    op.create_index('ix_tip_step_tip', 'tip_step', ['tip_id', 'id'], unique=False)

    op.add_column('complaint_draft', sa.Column('tip_id', sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column('complaint_draft', 'tip_id')
    op.drop_index('ix_tip_step_tip', table_name='tip_step')
    op.drop_table('tip_step')
    op.drop_index('ix_tip_message_tip', table_name='tip_message')
    op.drop_table('tip_message')
    op.drop_index('ix_information_tip_waiting', table_name='information_tip')
    op.drop_index('ix_information_tip_office', table_name='information_tip')
    op.drop_index('ix_information_tip_list', table_name='information_tip')
    op.drop_index('ix_information_tip_counter', table_name='information_tip')
    op.drop_table('information_tip')
