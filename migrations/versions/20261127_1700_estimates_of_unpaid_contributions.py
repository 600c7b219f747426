"""Estimates of unpaid contributions"""

import sqlalchemy as sa
from alembic import op

revision = '8c41e7a90d52'
down_revision = '05a1aad702c3'
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER employer_estimate_stays BEFORE UPDATE ON employer_estimate
BEGIN SELECT RAISE(ABORT, 'an estimate stays as it was counted'); END
"""
FUNCTION = """
CREATE FUNCTION employer_estimate_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'an estimate stays as it was counted'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER employer_estimate_stays BEFORE UPDATE ON employer_estimate
FOR EACH STATEMENT EXECUTE FUNCTION employer_estimate_stays()
"""


def upgrade() -> None:
    op.create_table('employer_estimate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('inputs', sa.JSON(), nullable=False),
    sa.Column('rate_version', sa.String(length=80), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('total >= 0', name=op.f('ck_employer_estimate_total')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_estimate_employer_id_employer')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_employer_estimate_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_estimate')),
    )
    with op.batch_alter_table('employer_estimate', schema=None) as batch_op:
        batch_op.create_index('ix_employer_estimate_employer', ['employer_id', 'id'], unique=False)

    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text(SQLITE))
        return
    op.execute(sa.text(FUNCTION))
    op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER employer_estimate_stays'))
    else:
        op.execute(sa.text('DROP TRIGGER employer_estimate_stays ON employer_estimate'))
        op.execute(sa.text('DROP FUNCTION employer_estimate_stays()'))
    with op.batch_alter_table('employer_estimate', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_estimate_employer')

    op.drop_table('employer_estimate')
