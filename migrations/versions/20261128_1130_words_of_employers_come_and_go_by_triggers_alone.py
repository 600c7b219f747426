"""Words of employers come and go by triggers alone; columns that few fill are indexed where they are filled

The two foreign keys of `employer_word` were looked at for each of the four words of a name: on PostgreSQL that was
a third of what it costs to import an employer. Nobody but triggers writes there, so one more trigger keeps the same
promise: words go with their employer.

Revision ID: e18b5d3f92c4
Revises: e48b0c6d92f1
Create Date: 2026-11-28 11:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = 'e18b5d3f92c4'
down_revision = 'e48b0c6d92f1'
branch_labels = None
depends_on = None

WORD = sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql')
EMPLOYER = 'fk_employer_word_employer_id_employer'
OFFICE = 'fk_employer_word_representative_office_id_representative_office'

SQLITE_WORDS = """
INSERT OR IGNORE INTO employer_word (employer_id, word, representative_office_id)
SELECT {row}.id, substr(part.value, 1, 40), {row}.representative_office_id
FROM {source}json_each('[' || replace(json_quote({row}.name_key), ' ', '","') || ']') AS part
"""
SQLITE_ADDED = (
    "CREATE TRIGGER employer_word_added AFTER INSERT ON employer BEGIN "
    + SQLITE_WORDS.format(row='NEW', source='')
    + "; END"
)
SQLITE_CHANGED = (
    "CREATE TRIGGER employer_word_changed AFTER UPDATE OF name_key, representative_office_id ON employer "
    "WHEN OLD.name_key <> NEW.name_key OR OLD.representative_office_id <> NEW.representative_office_id "
    "BEGIN DELETE FROM employer_word WHERE employer_id = NEW.id; "
    + SQLITE_WORDS.format(row='NEW', source='')
    + "; END"
)
SQLITE_REMOVED = (
    "CREATE TRIGGER employer_word_removed AFTER DELETE ON employer "
    "BEGIN DELETE FROM employer_word WHERE employer_id = OLD.id; END"
)
SQLITE_FILL = SQLITE_WORDS.format(row='employer', source='employer, ')

# a word that is there already is the same one, as on SQLite
POSTGRESQL_ADDED = """
CREATE OR REPLACE FUNCTION employer_word_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO employer_word (employer_id, word, representative_office_id)
SELECT {distinct} added.id, left(word, 40), added.representative_office_id
FROM added, unnest(string_to_array(added.name_key, ' ')) AS word {conflict};
RETURN NULL; END $$
"""
POSTGRESQL_REMOVED = (
    """
CREATE FUNCTION employer_word_removed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
DELETE FROM employer_word USING removed WHERE employer_word.employer_id = removed.id;
RETURN NULL; END $$
""",
    """
CREATE TRIGGER employer_word_removed AFTER DELETE ON employer REFERENCING OLD TABLE AS removed
FOR EACH STATEMENT EXECUTE FUNCTION employer_word_removed()
""",
)
FEW_FILL = (
    ('ix_employer_npwp_index', ['npwp_index', 'representative_office_id']),
    ('ix_employer_same_as_id', ['same_as_id']),
)


def _index(*, is_partial: bool) -> None:
    for name, columns in FEW_FILL:
        op.drop_index(name, 'employer')
        condition = sa.text(f'{columns[0]} IS NOT NULL') if is_partial else None
        op.create_index(name, 'employer', columns, sqlite_where=condition, postgresql_where=condition)


def _written_anew(*keys: sa.ForeignKeyConstraint) -> None:
    """SQLite cannot drop a key: the table is made again and filled from the names, triggers last."""
    op.drop_table('employer_word')
    op.create_table('employer_word',
    sa.Column('employer_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('word', WORD, nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    *keys,
    sa.PrimaryKeyConstraint('employer_id', 'word', name=op.f('pk_employer_word')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_employer_word_word', 'employer_word', ['representative_office_id', 'word', 'employer_id'])
    op.execute(sa.text(SQLITE_FILL))
    op.execute(sa.text(SQLITE_ADDED))
    op.execute(sa.text(SQLITE_CHANGED))


def upgrade() -> None:
    _index(is_partial=True)
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER employer_word_changed'))
        op.execute(sa.text('DROP TRIGGER employer_word_added'))
        _written_anew()
        op.execute(sa.text(SQLITE_REMOVED))
    else:
        op.drop_constraint(op.f(OFFICE), 'employer_word', type_='foreignkey')
        op.drop_constraint(op.f(EMPLOYER), 'employer_word', type_='foreignkey')
        op.execute(sa.text(POSTGRESQL_ADDED.format(distinct='', conflict='ON CONFLICT DO NOTHING')))
        for statement in POSTGRESQL_REMOVED:
            op.execute(sa.text(statement))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER employer_word_removed'))
        op.execute(sa.text('DROP TRIGGER employer_word_changed'))
        op.execute(sa.text('DROP TRIGGER employer_word_added'))
        _written_anew(
            sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f(EMPLOYER), ondelete='CASCADE'),
            sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f(OFFICE)),
        )
    else:
        op.execute(sa.text('DROP TRIGGER employer_word_removed ON employer'))
        op.execute(sa.text('DROP FUNCTION employer_word_removed()'))
        op.execute(sa.text(POSTGRESQL_ADDED.format(distinct='DISTINCT', conflict='')))
        op.create_foreign_key(op.f(EMPLOYER), 'employer_word', 'employer', ['employer_id'], ['id'], ondelete='CASCADE')
        op.create_foreign_key(
            op.f(OFFICE), 'employer_word', 'representative_office', ['representative_office_id'], ['id']
        )
    _index(is_partial=False)
