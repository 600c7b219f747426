"""Employers and what is said of them"""

import sqlalchemy as sa
from alembic import op

revision = 'ffd5ce226f25'
down_revision = 'd2f6a81b35c9'
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER employer_observation_stays BEFORE UPDATE ON employer_observation
BEGIN SELECT RAISE(ABORT, 'an observation stays as it was said'); END
"""
FUNCTION = """
CREATE FUNCTION employer_observation_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'an observation stays as it was said'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER employer_observation_stays BEFORE UPDATE ON employer_observation
FOR EACH STATEMENT EXECUTE FUNCTION employer_observation_stays()
"""


def upgrade() -> None:
    op.create_table('employer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('name_key', sa.String(length=300).with_variant(sa.String(length=300, collation='C'), 'postgresql'), nullable=False),
    sa.Column('legal_form', sa.String(length=20), nullable=True),
    sa.Column('npp', sa.String(length=8), nullable=True),
    sa.Column('npp_division', sa.String(length=3), nullable=True),
    sa.Column('nib', sa.String(length=13), nullable=True),
    sa.Column('npwp', sa.String(length=16), nullable=True),
    sa.Column('npwp_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('npwp_index', sa.String(length=64), nullable=True),
    sa.Column('nitku', sa.String(length=6), nullable=True),
    sa.Column('sector', sa.String(length=5), nullable=True),
    sa.Column('section', sa.String(length=1), nullable=True),
    sa.Column('scale', sa.String(length=40), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(length=500), nullable=True),
    sa.Column('observed_on', sa.Date(), nullable=True),
    sa.Column('workers', sa.Integer(), nullable=True),
    sa.Column('registered', sa.Integer(), nullable=True),
    sa.Column('gap_low', sa.Integer(), nullable=False),
    sa.Column('gap_high', sa.Integer(), nullable=False),
    sa.Column('gap_order', sa.Integer(), nullable=False),
    sa.Column('open_breaches', sa.Integer(), nullable=False),
    sa.Column('is_listed', sa.Boolean(), nullable=False),
    sa.Column('same_as_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(npwp_sealed IS NULL) = (npwp_index IS NULL)', name=op.f('ck_employer_sealed_is_found')),
    sa.CheckConstraint('gap_order = -gap_high AND gap_low <= gap_high', name=op.f('ck_employer_gap')),
    sa.CheckConstraint('npwp IS NULL OR npwp_sealed IS NULL', name=op.f('ck_employer_one_form_of_tax_number')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_employer_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_employer_region_id_region')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_employer_representative_office_id_representative_office')),
    sa.ForeignKeyConstraint(['same_as_id'], ['employer.id'], name=op.f('fk_employer_same_as_id_employer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer')),
    )
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.create_index('ix_employer_gap', ['representative_office_id', 'is_listed', 'gap_order', 'id', 'region_id', 'section', 'scale', 'open_breaches', 'gap_low'], unique=False)
        batch_op.create_index('ix_employer_name', ['representative_office_id', 'name_key', 'id'], unique=False)
        batch_op.create_index('ix_employer_nib', ['nib', 'representative_office_id'], unique=False)
        batch_op.create_index('ix_employer_npp', ['npp', 'representative_office_id'], unique=False)
        batch_op.create_index('ix_employer_npwp', ['npwp', 'representative_office_id'], unique=False)
        batch_op.create_index('ix_employer_npwp_index', ['npwp_index', 'representative_office_id'], unique=False)
        batch_op.create_index('ix_employer_region', ['representative_office_id', 'region_id', 'is_listed', 'gap_order', 'id', 'section', 'scale', 'open_breaches'], unique=False)
        batch_op.create_index(batch_op.f('ix_employer_same_as_id'), ['same_as_id'], unique=False)
        batch_op.create_index('ix_employer_section', ['representative_office_id', 'section', 'is_listed', 'gap_order', 'id', 'scale', 'open_breaches'], unique=False)

    op.create_table('employer_noncompliance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('breach', sa.String(length=40), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('source_kind', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('is_proven', sa.Boolean(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_as', sa.String(length=40), nullable=True),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(ended_on IS NULL) = (ended_as IS NULL)', name=op.f('ck_employer_noncompliance_ended')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_noncompliance_employer_id_employer')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_employer_noncompliance_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_noncompliance')),
    )
    with op.batch_alter_table('employer_noncompliance', schema=None) as batch_op:
        batch_op.create_index('ix_employer_noncompliance_employer', ['employer_id', 'id'], unique=False)
        batch_op.create_index('ix_employer_noncompliance_import', ['import_id'], unique=False)
        batch_op.create_index('uq_employer_noncompliance_open', ['employer_id', 'breach'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))

    op.create_table('employer_observation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('observed_on', sa.Date(), nullable=False),
    sa.Column('source_kind', sa.String(length=40), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('workers_low', sa.Integer(), nullable=True),
    sa.Column('workers_high', sa.Integer(), nullable=True),
    sa.Column('registered_low', sa.Integer(), nullable=True),
    sa.Column('registered_high', sa.Integer(), nullable=True),
    sa.Column('wage_paid', sa.Integer(), nullable=True),
    sa.Column('wage_reported', sa.Integer(), nullable=True),
    sa.Column('programmes', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('(registered_low IS NULL) = (registered_high IS NULL)', name=op.f('ck_employer_observation_registered_range')),
    sa.CheckConstraint('(workers_low IS NULL) = (workers_high IS NULL)', name=op.f('ck_employer_observation_workers_range')),
    sa.CheckConstraint('registered_low IS NULL OR registered_low BETWEEN 0 AND registered_high', name=op.f('ck_employer_observation_registered')),
    sa.CheckConstraint('workers_low IS NULL OR workers_low BETWEEN 0 AND workers_high', name=op.f('ck_employer_observation_workers')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_observation_employer_id_employer')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_employer_observation_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_observation')),
    )
    with op.batch_alter_table('employer_observation', schema=None) as batch_op:
        batch_op.create_index('ix_employer_observation_employer', ['employer_id', 'observed_on', 'id'], unique=False)
        batch_op.create_index('ix_employer_observation_import', ['import_id'], unique=False)

    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text(SQLITE))
        return
    op.execute(sa.text(FUNCTION))
    op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER employer_observation_stays'))
    else:
        op.execute(sa.text('DROP TRIGGER employer_observation_stays ON employer_observation'))
        op.execute(sa.text('DROP FUNCTION employer_observation_stays()'))
    with op.batch_alter_table('employer_observation', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_observation_import')
        batch_op.drop_index('ix_employer_observation_employer')

    op.drop_table('employer_observation')
    with op.batch_alter_table('employer_noncompliance', schema=None) as batch_op:
        batch_op.drop_index('uq_employer_noncompliance_open', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
        batch_op.drop_index('ix_employer_noncompliance_import')
        batch_op.drop_index('ix_employer_noncompliance_employer')

    op.drop_table('employer_noncompliance')
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_section')
        batch_op.drop_index(batch_op.f('ix_employer_same_as_id'))
        batch_op.drop_index('ix_employer_region')
        batch_op.drop_index('ix_employer_npwp_index')
        batch_op.drop_index('ix_employer_npwp')
        batch_op.drop_index('ix_employer_npp')
        batch_op.drop_index('ix_employer_nib')
        batch_op.drop_index('ix_employer_name')
        batch_op.drop_index('ix_employer_gap')

    op.drop_table('employer')
