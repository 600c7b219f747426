"""links for one answer"""

import sqlalchemy as sa
from alembic import op

revision = 'd92c5b61fa07'
down_revision = 'a41c7e90b2d5'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_by', sa.String(length=200), nullable=False),
    sa.Column('opened_as', sa.String(length=120), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_answer_link_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['request_id'], ['document.id'], name=op.f('fk_answer_link_request_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_link')),
    sa.UniqueConstraint('files_id', name=op.f('uq_answer_link_files_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_answer_link_token_hash')),
    )
    op.create_index('ix_answer_link_request', 'answer_link', ['request_id', 'id'], unique=False)
    op.add_column('clarification_answer', sa.Column('signed_by', sa.String(length=200), server_default='', nullable=False))
    op.add_column('clarification_answer', sa.Column('signed_as', sa.String(length=120), server_default='', nullable=False))
    with op.batch_alter_table('clarification_answer', schema=None) as batch_op:
        batch_op.alter_column('filed_by_id', existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    # what came by a link has nobody who filed it: it goes with the column that allows that
    op.execute(sa.text("DELETE FROM clarification_answer WHERE filed_by_id IS NULL"))
    with op.batch_alter_table('clarification_answer', schema=None) as batch_op:
        batch_op.alter_column('filed_by_id', existing_type=sa.Integer(), nullable=False)
    op.drop_column('clarification_answer', 'signed_as')
    op.drop_column('clarification_answer', 'signed_by')
    op.drop_index('ix_answer_link_request', table_name='answer_link')
    op.drop_table('answer_link')
