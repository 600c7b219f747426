"""offices answer drafts of audits"""

import sqlalchemy as sa
from alembic import op

revision = 'a51d7c90e2f4'
down_revision = 'f1e1d7a05401'
branch_labels = None
depends_on = None

WRITTEN = ("summary", "description", "rule", "suggestion")
SQLITE = """
CREATE TRIGGER audit_clock_move_no_{verb} BEFORE {VERB} ON audit_clock_move
BEGIN SELECT RAISE(ABORT, 'a change of a last day stays'); END
"""
POSTGRESQL = """
CREATE TRIGGER audit_clock_move_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_clock_move
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
"""


def upgrade() -> None:
    op.create_table('audit_clock',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proof', sa.String(length=40), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rule_version', sa.String(length=40), nullable=False),
    sa.Column('calendar_version', sa.String(length=64), nullable=False),
    sa.Column('proposed_due_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_clock_audit_id_audit')),
    sa.ForeignKeyConstraint(['delivery_id'], ['delivery.id'], name=op.f('fk_audit_clock_delivery_id_delivery')),
    sa.ForeignKeyConstraint(['received_by_id'], ['user_account.id'], name=op.f('fk_audit_clock_received_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_clock')),
    sa.UniqueConstraint('audit_id', name=op.f('uq_audit_clock_audit_id')),
    )
    op.create_table('audit_clock_move',
    sa.Column('clock_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('due_before', sa.Date(), nullable=False),
    sa.Column('due_after', sa.Date(), nullable=False),
    sa.Column('calendar_version', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_audit_clock_move_by_id_user_account')),
    sa.ForeignKeyConstraint(['clock_id'], ['audit_clock.id'], name=op.f('fk_audit_clock_move_clock_id_audit_clock')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_clock_move')),
    )
    op.create_index(op.f('ix_audit_clock_move_clock_id'), 'audit_clock_move', ['clock_id'])
    op.add_column('audit_response', sa.Column('file_ids', sa.JSON(), server_default='[]', nullable=False))
    for name in WRITTEN:
        op.add_column('audit_proposed_finding', sa.Column(name, sa.Text(), server_default='', nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(sa.text(SQLITE.format(verb=verb, VERB=verb.upper())))
    else:
        op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    for name in reversed(WRITTEN):
        op.drop_column('audit_proposed_finding', name)
    op.drop_column('audit_response', 'file_ids')
    op.drop_index(op.f('ix_audit_clock_move_clock_id'), table_name='audit_clock_move')
    op.drop_table('audit_clock_move')
    op.drop_table('audit_clock')
