"""Projects paid from public money"""

import sqlalchemy as sa
from alembic import op

revision = '405d7ed60ed8'
down_revision = 'ffd5ce226f25'
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER project_change_stays BEFORE UPDATE ON project_change
BEGIN SELECT RAISE(ABORT, 'a change of a contract stays as it was written'); END
"""
FUNCTION = """
CREATE FUNCTION project_change_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a change of a contract stays as it was written'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER project_change_stays BEFORE UPDATE ON project_change
FOR EACH STATEMENT EXECUTE FUNCTION project_change_stays()
"""


def upgrade() -> None:
    op.create_table('project_owner',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_key', sa.String(length=300).with_variant(sa.String(length=300, collation='C'), 'postgresql'), nullable=False),
    sa.Column('projects', sa.Integer(), nullable=False),
    sa.Column('open', sa.Integer(), nullable=False),
    sa.Column('open_order', sa.Integer(), nullable=False),
    sa.Column('late', sa.Integer(), nullable=False),
    sa.Column('in_time', sa.Integer(), nullable=False),
    sa.Column('cancelled', sa.Integer(), nullable=False),
    sa.Column('unknown', sa.Integer(), nullable=False),
    sa.Column('under_valued', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('open_order = -open', name=op.f('ck_project_owner_order')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_project_owner_office_id_office')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_project_owner_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_owner')),
    sa.UniqueConstraint('representative_office_id', 'name_key', name=op.f('uq_project_owner_representative_office_id_name_key')),
    )
    with op.batch_alter_table('project_owner', schema=None) as batch_op:
        batch_op.create_index('ix_project_owner_list', ['representative_office_id', 'open_order', 'id'], unique=False)
        batch_op.create_index('ix_project_owner_office', ['office_id'], unique=False)

    op.create_table('project',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('reference', sa.String(length=200), nullable=False),
    sa.Column('ocid', sa.String(length=120), nullable=True),
    sa.Column('package', sa.String(length=300), nullable=False),
    sa.Column('contract_number', sa.String(length=120), nullable=False),
    sa.Column('number_key', sa.String(length=300).with_variant(sa.String(length=300, collation='C'), 'postgresql'), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('fund_source', sa.String(length=40), nullable=False),
    sa.Column('spk_on', sa.Date(), nullable=True),
    sa.Column('value', sa.BigInteger(), nullable=True),
    sa.Column('value_net', sa.BigInteger(), nullable=True),
    sa.Column('start_on', sa.Date(), nullable=True),
    sa.Column('end_on', sa.Date(), nullable=True),
    sa.Column('current_value', sa.BigInteger(), nullable=True),
    sa.Column('current_net', sa.BigInteger(), nullable=True),
    sa.Column('current_end_on', sa.Date(), nullable=True),
    sa.Column('cancelled_on', sa.Date(), nullable=True),
    sa.Column('project_number', sa.String(length=40), nullable=True),
    sa.Column('registered_on', sa.Date(), nullable=True),
    sa.Column('registered_value', sa.BigInteger(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('length', sa.Integer(), nullable=True),
    sa.Column('unit', sa.String(length=20), nullable=True),
    sa.Column('rule_version', sa.String(length=40), nullable=True),
    sa.Column('calendar_version', sa.String(length=64), nullable=True),
    sa.Column('proposed_due_on', sa.Date(), nullable=True),
    sa.Column('standing', sa.String(length=40), nullable=False),
    sa.Column('is_under_valued', sa.Boolean(), nullable=False),
    sa.Column('listed_on', sa.Date(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("standing = CASE WHEN registered_on IS NOT NULL THEN CASE WHEN due_on IS NULL THEN 'unknown' WHEN registered_on <= due_on THEN 'in_time' ELSE 'late' END WHEN cancelled_on IS NOT NULL AND (due_on IS NULL OR cancelled_on <= due_on) THEN 'cancelled' WHEN due_on IS NULL THEN 'unknown' ELSE 'open' END", name=op.f('ck_project_standing')),
    sa.CheckConstraint('(due_on IS NULL) = (spk_on IS NULL)', name=op.f('ck_project_due')),
    sa.CheckConstraint('is_under_valued = (registered_value IS NOT NULL AND current_net IS NOT NULL AND registered_value < current_net)', name=op.f('ck_project_under_valued')),
    sa.CheckConstraint('value >= 0 AND value_net >= 0 AND registered_value >= 0', name=op.f('ck_project_values')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_project_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['owner_id'], ['project_owner.id'], name=op.f('fk_project_owner_id_project_owner')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_project_region_id_region')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_project_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project')),
    sa.UniqueConstraint('representative_office_id', 'source', 'reference', name=op.f('uq_project_representative_office_id_source_reference')),
    )
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.create_index('ix_project_import', ['import_id'], unique=False)
        batch_op.create_index('ix_project_list', ['representative_office_id', 'listed_on', 'id', 'standing', 'due_on', 'is_under_valued', 'fund_source', 'region_id', 'owner_id'], unique=False)
        batch_op.create_index('ix_project_number', ['representative_office_id', 'number_key', 'id'], unique=False)
        batch_op.create_index('ix_project_of_owner', ['owner_id', 'listed_on', 'id', 'standing', 'due_on', 'is_under_valued', 'fund_source', 'region_id'], unique=False)
        batch_op.create_index('ix_project_region', ['representative_office_id', 'region_id', 'listed_on', 'id', 'standing', 'due_on', 'is_under_valued', 'fund_source'], unique=False)
        batch_op.create_index('ix_project_standing', ['representative_office_id', 'standing', 'listed_on', 'id', 'due_on', 'is_under_valued', 'fund_source', 'region_id', 'owner_id'], unique=False)
        batch_op.create_index('ix_project_under', ['representative_office_id', 'is_under_valued', 'listed_on', 'id'], unique=False)

    op.create_table('project_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=False),
    sa.Column('number', sa.String(length=120), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=True),
    sa.Column('value_net', sa.BigInteger(), nullable=True),
    sa.Column('end_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('value >= 0 AND value_net >= 0', name=op.f('ck_project_change_values')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_project_change_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_change_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_change')),
    sa.UniqueConstraint('project_id', 'number', name=op.f('uq_project_change_project_id_number')),
    )
    with op.batch_alter_table('project_change', schema=None) as batch_op:
        batch_op.create_index('ix_project_change_import', ['import_id'], unique=False)

    op.create_table('project_finding',
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_project_finding_finding_id_finding')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_finding_project_id_project')),
    sa.PrimaryKeyConstraint('finding_id', name=op.f('pk_project_finding')),
    )
    with op.batch_alter_table('project_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_project_finding_project_id'), ['project_id'], unique=False)

    op.create_table('project_party',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_key', sa.String(length=300).with_variant(sa.String(length=300, collation='C'), 'postgresql'), nullable=False),
    sa.Column('share_hundredths', sa.Integer(), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('share_hundredths BETWEEN 0 AND 10000', name=op.f('ck_project_party_share')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_project_party_employer_id_employer')),
    sa.ForeignKeyConstraint(['project_id'], ['project.id'], name=op.f('fk_project_party_project_id_project')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_project_party')),
    sa.UniqueConstraint('project_id', 'name_key', name=op.f('uq_project_party_project_id_name_key')),
    )
    with op.batch_alter_table('project_party', schema=None) as batch_op:
        batch_op.create_index('ix_project_party_employer', ['employer_id', 'project_id'], unique=False)

    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text(SQLITE))
        return
    op.execute(sa.text(FUNCTION))
    op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER project_change_stays'))
    else:
        op.execute(sa.text('DROP TRIGGER project_change_stays ON project_change'))
        op.execute(sa.text('DROP FUNCTION project_change_stays()'))
    with op.batch_alter_table('project_party', schema=None) as batch_op:
        batch_op.drop_index('ix_project_party_employer')

    op.drop_table('project_party')
    with op.batch_alter_table('project_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_project_finding_project_id'))

    op.drop_table('project_finding')
    with op.batch_alter_table('project_change', schema=None) as batch_op:
        batch_op.drop_index('ix_project_change_import')

    op.drop_table('project_change')
    with op.batch_alter_table('project', schema=None) as batch_op:
        batch_op.drop_index('ix_project_under')
        batch_op.drop_index('ix_project_standing')
        batch_op.drop_index('ix_project_region')
        batch_op.drop_index('ix_project_of_owner')
        batch_op.drop_index('ix_project_number')
        batch_op.drop_index('ix_project_list')
        batch_op.drop_index('ix_project_import')

    op.drop_table('project')
    with op.batch_alter_table('project_owner', schema=None) as batch_op:
        batch_op.drop_index('ix_project_owner_office')
        batch_op.drop_index('ix_project_owner_list')

    op.drop_table('project_owner')
