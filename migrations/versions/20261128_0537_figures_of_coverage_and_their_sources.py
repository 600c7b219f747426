"""Figures of coverage and their sources"""

import sqlalchemy as sa
from alembic import op

revision = 'caa86a78476b'
down_revision = 'f60b2c9d8e41'
branch_labels = None
depends_on = None

SAID = (
    'place_code, definition, part, programme, as_of, numerator, denominator, quoted, quoted_places, percent, '
    'status, text, source_id'
)
SQLITE = f"""
CREATE TRIGGER coverage_figure_stays BEFORE UPDATE OF {SAID} ON coverage_figure
BEGIN SELECT RAISE(ABORT, 'a figure stays as it was said'); END
"""
FUNCTION = """
CREATE FUNCTION coverage_figure_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a figure stays as it was said'; END $$
"""
POSTGRESQL = f"""
CREATE TRIGGER coverage_figure_stays BEFORE UPDATE OF {SAID} ON coverage_figure
FOR EACH STATEMENT EXECUTE FUNCTION coverage_figure_stays()
"""


def upgrade() -> None:
    op.create_table('coverage_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=True),
    sa.Column('representative_office_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_coverage_source_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_coverage_source_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coverage_source')),
    sa.UniqueConstraint('key', name=op.f('uq_coverage_source_key')),
    )
    with op.batch_alter_table('coverage_source', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coverage_source_representative_office_id'), ['representative_office_id'], unique=False)

    op.create_table('coverage_figure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=30), nullable=True),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('place_code', sa.String(length=13), nullable=False),
    sa.Column('place_name', sa.String(length=120), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=True),
    sa.Column('definition', sa.String(length=40), nullable=True),
    sa.Column('part', sa.String(length=40), nullable=False),
    sa.Column('programme', sa.String(length=3), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=True),
    sa.Column('numerator', sa.Integer(), nullable=True),
    sa.Column('denominator', sa.Integer(), nullable=True),
    sa.Column('quoted', sa.Numeric(precision=9, scale=4), nullable=True),
    sa.Column('quoted_places', sa.SmallInteger(), nullable=True),
    sa.Column('percent', sa.Numeric(precision=9, scale=4), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('unit', sa.String(length=200), nullable=False),
    sa.Column('speaker', sa.String(length=200), nullable=False),
    sa.Column('note', sa.String(length=1000), nullable=False),
    sa.Column('flags', sa.JSON(), nullable=False),
    sa.Column('flag_reason', sa.String(length=500), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('source_place', sa.String(length=100), nullable=False),
    sa.Column('standing', sa.String(length=40), nullable=False),
    sa.Column('supersedes_id', sa.Integer(), nullable=True),
    sa.Column('superseded_by_id', sa.Integer(), nullable=True),
    sa.Column('revision_reason', sa.String(length=500), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.Column('representative_office_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision_reason', sa.String(length=500), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(quoted IS NULL) = (quoted_places IS NULL)', name=op.f('ck_coverage_figure_quoted')),
    sa.CheckConstraint('denominator IS NULL OR denominator > 0', name=op.f('ck_coverage_figure_denominator')),
    sa.CheckConstraint('numerator IS NULL OR numerator >= 0', name=op.f('ck_coverage_figure_numerator')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_coverage_figure_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_coverage_figure_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_coverage_figure_representative_office_id_representative_office')),
    sa.ForeignKeyConstraint(['source_id'], ['coverage_source.id'], name=op.f('fk_coverage_figure_source_id_coverage_source')),
    sa.ForeignKeyConstraint(['superseded_by_id'], ['coverage_figure.id'], name=op.f('fk_coverage_figure_superseded_by_id_coverage_figure')),
    sa.ForeignKeyConstraint(['supersedes_id'], ['coverage_figure.id'], name=op.f('fk_coverage_figure_supersedes_id_coverage_figure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coverage_figure')),
    sa.UniqueConstraint('key', name=op.f('uq_coverage_figure_key')),
    )
    with op.batch_alter_table('coverage_figure', schema=None) as batch_op:
        batch_op.create_index('ix_coverage_figure_current', ['definition', 'part', 'programme', 'level', 'place_code', 'as_of', 'id'], unique=False, sqlite_where=sa.text("standing = 'current'"), postgresql_where=sa.text("standing = 'current'"))
        batch_op.create_index('ix_coverage_figure_import', ['import_id'], unique=False)
        batch_op.create_index('ix_coverage_figure_list', ['standing', 'representative_office_id', 'id'], unique=False)
        batch_op.create_index('ix_coverage_figure_place', ['place_code', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coverage_figure_source_id'), ['source_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_coverage_figure_supersedes_id'), ['supersedes_id'], unique=False)
        batch_op.create_index('uq_coverage_figure_said_once', ['place_code', 'definition', 'part', 'programme', 'as_of', 'source_id'], unique=True, sqlite_where=sa.text("standing = 'current' AND place_code <> ''"), postgresql_where=sa.text("standing = 'current' AND place_code <> ''"))

    op.create_table('coverage_target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('place_code', sa.String(length=13), nullable=False),
    sa.Column('definition', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('percent', sa.Numeric(precision=9, scale=4), nullable=False),
    sa.Column('paper', sa.String(length=200), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['source_id'], ['coverage_source.id'], name=op.f('fk_coverage_target_source_id_coverage_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_coverage_target')),
    sa.UniqueConstraint('place_code', 'definition', 'year', 'source_id', name=op.f('uq_coverage_target_place_code_definition_year_source_id')),
    )
    with op.batch_alter_table('coverage_target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_coverage_target_source_id'), ['source_id'], unique=False)

    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text(SQLITE))
        return
    op.execute(sa.text(FUNCTION))
    op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER coverage_figure_stays'))
    else:
        op.execute(sa.text('DROP TRIGGER coverage_figure_stays ON coverage_figure'))
        op.execute(sa.text('DROP FUNCTION coverage_figure_stays()'))
    with op.batch_alter_table('coverage_target', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_coverage_target_source_id'))

    op.drop_table('coverage_target')
    with op.batch_alter_table('coverage_figure', schema=None) as batch_op:
        batch_op.drop_index('uq_coverage_figure_said_once', sqlite_where=sa.text("standing = 'current' AND place_code <> ''"), postgresql_where=sa.text("standing = 'current' AND place_code <> ''"))
        batch_op.drop_index(batch_op.f('ix_coverage_figure_supersedes_id'))
        batch_op.drop_index(batch_op.f('ix_coverage_figure_source_id'))
        batch_op.drop_index('ix_coverage_figure_place')
        batch_op.drop_index('ix_coverage_figure_list')
        batch_op.drop_index('ix_coverage_figure_import')
        batch_op.drop_index('ix_coverage_figure_current', sqlite_where=sa.text("standing = 'current'"), postgresql_where=sa.text("standing = 'current'"))

    op.drop_table('coverage_figure')
    with op.batch_alter_table('coverage_source', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_coverage_source_representative_office_id'))

    op.drop_table('coverage_source')
