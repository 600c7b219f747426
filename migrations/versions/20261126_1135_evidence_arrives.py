"""evidence arrives"""

import sqlalchemy as sa
from alembic import op

revision = 'c8e52f7a1d36'
down_revision = 'b7d41c0e92aa'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('attachment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('folder', sa.Uuid(), nullable=False),
    sa.Column('sealed_name', sa.LargeBinary(), nullable=True),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=True),
    sa.Column('size_bytes', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('cleaned_bytes', sa.BigInteger(), nullable=True),
    sa.Column('has_preview', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['user_account.id'], name=op.f('fk_attachment_added_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('uuid', name=op.f('uq_attachment_uuid'))
    )
    op.create_index('ix_attachment_folder', 'attachment', ['folder', 'id'], unique=False)
    op.create_table('attachment_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_attachment_event_actor_id_user_account')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_attachment_event_attachment_id_attachment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment_event'))
    )
    op.create_index(op.f('ix_attachment_event_attachment_id'), 'attachment_event', ['attachment_id'], unique=False)
    op.create_table('upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=True),
    sa.Column('folder', sa.Uuid(), nullable=False),
    sa.Column('owner_type', sa.String(length=20), nullable=False),
    sa.Column('sealed_name', sa.LargeBinary(), nullable=False),
    sa.Column('wrapped_key', sa.LargeBinary(), nullable=False),
    sa.Column('length', sa.BigInteger(), nullable=False),
    sa.Column('offset', sa.BigInteger(), nullable=False),
    sa.Column('pieces', sa.Integer(), nullable=False),
    sa.Column('stored_bytes', sa.BigInteger(), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attachment_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['user_account.id'], name=op.f('fk_upload_added_by_id_user_account')),
    sa.ForeignKeyConstraint(['attachment_id'], ['attachment.id'], name=op.f('fk_upload_attachment_id_attachment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_upload_key_hash')),
    sa.UniqueConstraint('uuid', name=op.f('uq_upload_uuid'))
    )
    op.create_index('ix_upload_folder', 'upload', ['folder'], unique=False)
    op.create_index(op.f('ix_upload_expires_at'), 'upload', ['expires_at'], unique=False)
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    fresh = "lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()"
    for table in ('complaint', 'information_tip'):
        op.add_column(table, sa.Column('files_id', sa.Uuid(), nullable=True))
        op.execute(f"update {table} set files_id = coalesce(sent_draft, {fresh})")
        op.create_index(f'ix_{table}_files_id', table, ['files_id'], unique=False)


def downgrade() -> None:
    for table in ('information_tip', 'complaint'):
        op.drop_index(f'ix_{table}_files_id', table_name=table)
        op.drop_column(table, 'files_id')
    op.drop_index(op.f('ix_upload_expires_at'), table_name='upload')
    op.drop_index('ix_upload_folder', table_name='upload')
    op.drop_table('upload')
    op.drop_index(op.f('ix_attachment_event_attachment_id'), table_name='attachment_event')
    op.drop_table('attachment_event')
    op.drop_index('ix_attachment_folder', table_name='attachment')
    op.drop_table('attachment')
