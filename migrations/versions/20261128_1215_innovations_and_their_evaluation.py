"""Innovations and their evaluation"""

import sqlalchemy as sa
from alembic import op

revision = 'c8453816967c'
down_revision = '17a0005715ec'
branch_labels = None
depends_on = None

SAID = {
    'innovation_facts': 'innovation_id, name, owner, since, status, status_on, notes, made_by_id',
    'innovation_statement': 'innovation_id, aspect, text, quote, speaker, as_of, verified, source_id, made_by_id',
    'innovation_evaluation': 'innovation_id, as_of, conclusion, judgements, made_by_id',
}
SQLITE = """
CREATE TRIGGER {table}_{verb}_stays BEFORE {when} ON {table}
BEGIN SELECT RAISE(ABORT, 'what was said stays as it was written'); END
"""
FUNCTION = """
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was said stays as it was written'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OF {said} OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()
"""


def upgrade() -> None:
    op.create_table('innovation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=80), nullable=True),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('owner', sa.String(length=200), nullable=False),
    sa.Column('since', sa.SmallInteger(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('status_on', sa.Date(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_innovation_region_id_region')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_innovation_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation')),
    sa.UniqueConstraint('reference', name=op.f('uq_innovation_reference')),
    sa.UniqueConstraint('slug', name=op.f('uq_innovation_slug'))
    )
    with op.batch_alter_table('innovation', schema=None) as batch_op:
        batch_op.create_index('ix_innovation_changed', ['changed_at'], unique=False)
        batch_op.create_index('ix_innovation_province', ['province_code', 'id', 'status', 'is_public'], unique=False)
        batch_op.create_index('ix_innovation_public', ['is_public', 'id'], unique=False)
        batch_op.create_index('ix_innovation_region', ['region_id', 'id', 'status', 'is_public'], unique=False)
        batch_op.create_index(batch_op.f('ix_innovation_representative_office_id'), ['representative_office_id'], unique=False)
        batch_op.create_index('ix_innovation_status', ['status', 'id', 'is_public'], unique=False)

    op.create_table('innovation_evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('conclusion', sa.Text(), nullable=False),
    sa.Column('judgements', sa.JSON(), nullable=False),
    sa.Column('standing', sa.String(length=40), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing NOT IN ('refused', 'withdrawn') OR decision_reason <> ''", name=op.f('ck_innovation_evaluation_decided')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_innovation_evaluation_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovation.id'], name=op.f('fk_innovation_evaluation_innovation_id_innovation')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_innovation_evaluation_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_evaluation'))
    )
    with op.batch_alter_table('innovation_evaluation', schema=None) as batch_op:
        batch_op.create_index('ix_innovation_evaluation_of', ['innovation_id', 'id'], unique=False)
        batch_op.create_index('uq_innovation_evaluation_waits', ['innovation_id'], unique=True, sqlite_where=sa.text("standing = 'proposed'"), postgresql_where=sa.text("standing = 'proposed'"))

    op.create_table('innovation_facts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('owner', sa.String(length=200), nullable=False),
    sa.Column('since', sa.SmallInteger(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('status_on', sa.Date(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('standing', sa.String(length=40), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing NOT IN ('refused', 'withdrawn') OR decision_reason <> ''", name=op.f('ck_innovation_facts_decided')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_innovation_facts_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovation.id'], name=op.f('fk_innovation_facts_innovation_id_innovation')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_innovation_facts_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_facts'))
    )
    with op.batch_alter_table('innovation_facts', schema=None) as batch_op:
        batch_op.create_index('ix_innovation_facts_of', ['innovation_id', 'id'], unique=False)
        batch_op.create_index('uq_innovation_facts_waits', ['innovation_id'], unique=True, sqlite_where=sa.text("standing = 'proposed'"), postgresql_where=sa.text("standing = 'proposed'"))

    op.create_table('innovation_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('innovation_id', sa.Integer(), nullable=False),
    sa.Column('aspect', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('quote', sa.Text(), nullable=False),
    sa.Column('speaker', sa.String(length=200), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('verified', sa.String(length=40), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('standing', sa.String(length=40), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_reason', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing NOT IN ('refused', 'withdrawn') OR decision_reason <> ''", name=op.f('ck_innovation_statement_decided')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_innovation_statement_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['innovation_id'], ['innovation.id'], name=op.f('fk_innovation_statement_innovation_id_innovation')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_innovation_statement_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['source_id'], ['coverage_source.id'], name=op.f('fk_innovation_statement_source_id_coverage_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_innovation_statement'))
    )
    with op.batch_alter_table('innovation_statement', schema=None) as batch_op:
        batch_op.create_index('ix_innovation_statement_of', ['innovation_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_innovation_statement_source_id'), ['source_id'], unique=False)
        batch_op.create_index('ix_innovation_statement_waits', ['innovation_id'], unique=False, sqlite_where=sa.text("standing = 'proposed'"), postgresql_where=sa.text("standing = 'proposed'"))

    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for table, said in SAID.items():
        if is_sqlite:
            op.execute(sa.text(SQLITE.format(table=table, verb='UPDATE', when=f'UPDATE OF {said}')))
            op.execute(sa.text(SQLITE.format(table=table, verb='DELETE', when='DELETE')))
        else:
            op.execute(sa.text(FUNCTION.format(table=table)))
            op.execute(sa.text(POSTGRESQL.format(table=table, said=said)))


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for table in SAID:
        if is_sqlite:
            for verb in ('UPDATE', 'DELETE'):
                op.execute(sa.text(f'DROP TRIGGER {table}_{verb}_stays'))
        else:
            op.execute(sa.text(f'DROP TRIGGER {table}_stays ON {table}'))
            op.execute(sa.text(f'DROP FUNCTION {table}_stays()'))
    with op.batch_alter_table('innovation_statement', schema=None) as batch_op:
        batch_op.drop_index('ix_innovation_statement_waits', sqlite_where=sa.text("standing = 'proposed'"), postgresql_where=sa.text("standing = 'proposed'"))
        batch_op.drop_index(batch_op.f('ix_innovation_statement_source_id'))
        batch_op.drop_index('ix_innovation_statement_of')

    op.drop_table('innovation_statement')
    with op.batch_alter_table('innovation_facts', schema=None) as batch_op:
        batch_op.drop_index('uq_innovation_facts_waits', sqlite_where=sa.text("standing = 'proposed'"), postgresql_where=sa.text("standing = 'proposed'"))
        batch_op.drop_index('ix_innovation_facts_of')

    op.drop_table('innovation_facts')
    with op.batch_alter_table('innovation_evaluation', schema=None) as batch_op:
        batch_op.drop_index('uq_innovation_evaluation_waits', sqlite_where=sa.text("standing = 'proposed'"), postgresql_where=sa.text("standing = 'proposed'"))
        batch_op.drop_index('ix_innovation_evaluation_of')

    op.drop_table('innovation_evaluation')
    with op.batch_alter_table('innovation', schema=None) as batch_op:
        batch_op.drop_index('ix_innovation_status')
        batch_op.drop_index(batch_op.f('ix_innovation_representative_office_id'))
        batch_op.drop_index('ix_innovation_region')
        batch_op.drop_index('ix_innovation_public')
        batch_op.drop_index('ix_innovation_province')
        batch_op.drop_index('ix_innovation_changed')

    op.drop_table('innovation')
