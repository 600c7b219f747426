"""Local rules and duties of Inpres 2/2021"""

import sqlalchemy as sa
from alembic import op

revision = '91a42c83dfb8'
down_revision = 'caa86a78476b'
branch_labels = None
depends_on = None

STAYS = ('local_rule_event', 'duty_entry')
SQLITE = """
CREATE TRIGGER {table}_{verb}_stays BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'what was said stays as it was written'); END
"""
FUNCTION = """
CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was said stays as it was written'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()
"""


def upgrade() -> None:
    op.create_table('duty_status',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('province_code', sa.String(length=2), nullable=True),
    sa.Column('duty', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_duty_status_region_id_region')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_status')),
    sa.UniqueConstraint('files_id', name=op.f('uq_duty_status_files_id')),
    sa.UniqueConstraint('subject', 'duty', name=op.f('uq_duty_status_subject_duty'))
    )
    with op.batch_alter_table('duty_status', schema=None) as batch_op:
        batch_op.create_index('ix_duty_status_province', ['province_code', 'subject', 'duty', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_duty_status_region_id'), ['region_id'], unique=False)

    op.create_table('local_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=True),
    sa.Column('number_key', sa.String(length=300).with_variant(sa.String(length=300, collation='C'), 'postgresql'), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('year_order', sa.Integer(), nullable=False),
    sa.Column('year_in_source', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('village', sa.String(length=120), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('status_on', sa.Date(), nullable=True),
    sa.Column('enacted_on', sa.Date(), nullable=True),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
    sa.Column('verification', sa.String(length=40), nullable=False),
    sa.Column('jdih_url', sa.String(length=500), nullable=False),
    sa.Column('jdih_opened_on', sa.Date(), nullable=True),
    sa.Column('jdih_seen', sa.Text(), nullable=False),
    sa.Column('verified_by_id', sa.Integer(), nullable=True),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('covers_non_asn', sa.String(length=40), nullable=False),
    sa.Column('covers_village_officials', sa.String(length=40), nullable=False),
    sa.Column('covers_vulnerable', sa.String(length=40), nullable=False),
    sa.Column('names_budget_source', sa.String(length=40), nullable=False),
    sa.Column('names_ptsp_condition', sa.String(length=40), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('source_url', sa.String(length=500), nullable=False),
    sa.Column('source_keys', sa.String(length=200), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("verification <> 'verified' OR (jdih_url <> '' AND jdih_opened_on IS NOT NULL AND verified_by_id IS NOT NULL AND number IS NOT NULL AND year IS NOT NULL)", name=op.f('ck_local_rule_verified')),
    sa.CheckConstraint('year BETWEEN 1945 AND 2200', name=op.f('ck_local_rule_year')),
    sa.CheckConstraint('year_order = COALESCE(year, 0)', name=op.f('ck_local_rule_year_order')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_local_rule_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_local_rule_region_id_region')),
    sa.ForeignKeyConstraint(['replaced_by_id'], ['local_rule.id'], name=op.f('fk_local_rule_replaced_by_id_local_rule')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_local_rule_representative_office_id_representative_office')),
    sa.ForeignKeyConstraint(['verified_by_id'], ['user_account.id'], name=op.f('fk_local_rule_verified_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_local_rule')),
    sa.UniqueConstraint('files_id', name=op.f('uq_local_rule_files_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_local_rule_reference'))
    )
    with op.batch_alter_table('local_rule', schema=None) as batch_op:
        batch_op.create_index('ix_local_rule_kind', ['kind', 'year_order', 'id'], unique=False)
        batch_op.create_index('ix_local_rule_list', ['year_order', 'id', 'province_code', 'kind', 'status', 'verification', 'covers_non_asn', 'covers_village_officials', 'covers_vulnerable', 'names_budget_source', 'names_ptsp_condition'], unique=False)
        batch_op.create_index('ix_local_rule_number', ['region_id', 'kind', 'number_key', 'year_order'], unique=False)
        batch_op.create_index('ix_local_rule_province', ['province_code', 'year_order', 'id', 'kind', 'status', 'verification', 'covers_non_asn', 'covers_village_officials', 'covers_vulnerable', 'names_budget_source', 'names_ptsp_condition'], unique=False)
        batch_op.create_index('ix_local_rule_region', ['region_id', 'year_order', 'id', 'kind', 'status', 'verification', 'covers_non_asn', 'covers_village_officials', 'covers_vulnerable', 'names_budget_source', 'names_ptsp_condition'], unique=False)
        batch_op.create_index('ix_local_rule_replaced', ['replaced_by_id'], unique=False)
        batch_op.create_index('ix_local_rule_status', ['status', 'year_order', 'id'], unique=False)
        batch_op.create_index('ix_local_rule_verification', ['verification', 'year_order', 'id'], unique=False)

    op.create_table('duty_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=20), nullable=False),
    sa.Column('duty', sa.String(length=40), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('evidence_url', sa.String(length=500), nullable=False),
    sa.Column('local_rule_id', sa.Integer(), nullable=True),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state NOT IN ('accepted', 'returned') OR decided_by_id IS NOT NULL", name=op.f('ck_duty_proposal_decided')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_duty_proposal_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['local_rule_id'], ['local_rule.id'], name=op.f('fk_duty_proposal_local_rule_id_local_rule')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_duty_proposal_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_duty_proposal_office_id_office')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_duty_proposal_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_proposal')),
    sa.UniqueConstraint('files_id', name=op.f('uq_duty_proposal_files_id'))
    )
    with op.batch_alter_table('duty_proposal', schema=None) as batch_op:
        batch_op.create_index('ix_duty_proposal_office', ['office_id', 'duty', 'id'], unique=False)
        batch_op.create_index('ix_duty_proposal_waits', ['state', 'representative_office_id', 'id'], unique=False)
        batch_op.create_index('uq_duty_proposal_waits', ['subject', 'duty'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('local_rule_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_local_rule_event_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['rule_id'], ['local_rule.id'], name=op.f('fk_local_rule_event_rule_id_local_rule')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_local_rule_event'))
    )
    with op.batch_alter_table('local_rule_event', schema=None) as batch_op:
        batch_op.create_index('ix_local_rule_event_rule', ['rule_id', 'id'], unique=False)

    op.create_table('local_rule_word',
    sa.Column('rule_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('word', sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql'), nullable=False),
    sa.Column('province', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['rule_id'], ['local_rule.id'], name=op.f('fk_local_rule_word_rule_id_local_rule'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('rule_id', 'word', name=op.f('pk_local_rule_word')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('local_rule_word', schema=None) as batch_op:
        batch_op.create_index('ix_local_rule_word_word', ['province', 'word', 'rule_id'], unique=False)

    op.create_table('duty_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('duty_status_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('evidence_url', sa.String(length=500), nullable=False),
    sa.Column('local_rule_id', sa.Integer(), nullable=True),
    sa.Column('proposal_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("status NOT IN ('met', 'in_progress') OR evidence <> '' OR evidence_url <> '' OR local_rule_id IS NOT NULL", name=op.f('ck_duty_entry_evidence')),
    sa.CheckConstraint("status NOT IN ('not_applicable', 'not_assessed') OR reason <> ''", name=op.f('ck_duty_entry_reason')),
    sa.ForeignKeyConstraint(['duty_status_id'], ['duty_status.id'], name=op.f('fk_duty_entry_duty_status_id_duty_status')),
    sa.ForeignKeyConstraint(['local_rule_id'], ['local_rule.id'], name=op.f('fk_duty_entry_local_rule_id_local_rule')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_duty_entry_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['proposal_id'], ['duty_proposal.id'], name=op.f('fk_duty_entry_proposal_id_duty_proposal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_entry'))
    )
    with op.batch_alter_table('duty_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_entry_local_rule_id'), ['local_rule_id'], unique=False)
        batch_op.create_index('ix_duty_entry_status', ['duty_status_id', 'id'], unique=False)


    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for table in STAYS:
        if is_sqlite:
            for verb in ('UPDATE', 'DELETE'):
                op.execute(sa.text(SQLITE.format(table=table, verb=verb)))
        else:
            op.execute(sa.text(FUNCTION.format(table=table)))
            op.execute(sa.text(POSTGRESQL.format(table=table)))


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    for table in STAYS:
        if is_sqlite:
            for verb in ('UPDATE', 'DELETE'):
                op.execute(sa.text(f'DROP TRIGGER {table}_{verb}_stays'))
        else:
            op.execute(sa.text(f'DROP TRIGGER {table}_stays ON {table}'))
            op.execute(sa.text(f'DROP FUNCTION {table}_stays()'))
    with op.batch_alter_table('duty_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_duty_entry_status')
        batch_op.drop_index(batch_op.f('ix_duty_entry_local_rule_id'))

    op.drop_table('duty_entry')
    with op.batch_alter_table('local_rule_word', schema=None) as batch_op:
        batch_op.drop_index('ix_local_rule_word_word')

    op.drop_table('local_rule_word')
    with op.batch_alter_table('local_rule_event', schema=None) as batch_op:
        batch_op.drop_index('ix_local_rule_event_rule')

    op.drop_table('local_rule_event')
    with op.batch_alter_table('duty_proposal', schema=None) as batch_op:
        batch_op.drop_index('uq_duty_proposal_waits', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_duty_proposal_waits')
        batch_op.drop_index('ix_duty_proposal_office')

    op.drop_table('duty_proposal')
    with op.batch_alter_table('local_rule', schema=None) as batch_op:
        batch_op.drop_index('ix_local_rule_verification')
        batch_op.drop_index('ix_local_rule_status')
        batch_op.drop_index('ix_local_rule_replaced')
        batch_op.drop_index('ix_local_rule_region')
        batch_op.drop_index('ix_local_rule_province')
        batch_op.drop_index('ix_local_rule_number')
        batch_op.drop_index('ix_local_rule_list')
        batch_op.drop_index('ix_local_rule_kind')

    op.drop_table('local_rule')
    with op.batch_alter_table('duty_status', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duty_status_region_id'))
        batch_op.drop_index('ix_duty_status_province')

    op.drop_table('duty_status')
