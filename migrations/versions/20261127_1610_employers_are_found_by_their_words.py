"""Employers are found by their words

Revision ID: c4d1f0a7b613
Revises: b7c40d1e95aa
Create Date: 2026-11-27 16:10:00
"""
import sqlalchemy as sa
from alembic import op

revision = 'c4d1f0a7b613'
down_revision = 'b7c40d1e95aa'
branch_labels = None
depends_on = None

WORD = sa.String(length=40).with_variant(sa.String(length=40, collation='C'), 'postgresql')

# A key has no blanks at its ends and one between its words; what is no word of a to z may hold any mark.
SQLITE_WORDS = """
INSERT OR IGNORE INTO employer_word (employer_id, word, representative_office_id)
SELECT {row}.id, substr(part.value, 1, 40), {row}.representative_office_id
FROM {source}json_each('[' || replace(json_quote({row}.name_key), ' ', '","') || ']') AS part
"""
SQLITE = (
    "CREATE TRIGGER employer_word_added AFTER INSERT ON employer BEGIN "
    + SQLITE_WORDS.format(row='NEW', source='')
    + "; END",
    "CREATE TRIGGER employer_word_changed AFTER UPDATE OF name_key, representative_office_id ON employer "
    "WHEN OLD.name_key <> NEW.name_key OR OLD.representative_office_id <> NEW.representative_office_id "
    "BEGIN DELETE FROM employer_word WHERE employer_id = NEW.id; "
    + SQLITE_WORDS.format(row='NEW', source='')
    + "; END",
)
SQLITE_FILL = SQLITE_WORDS.format(row='employer', source='employer, ')

POSTGRESQL = (
    # one statement for all rows of an import
    """
CREATE FUNCTION employer_word_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
INSERT INTO employer_word (employer_id, word, representative_office_id)
SELECT DISTINCT added.id, left(word, 40), added.representative_office_id
FROM added, unnest(string_to_array(added.name_key, ' ')) AS word;
RETURN NULL; END $$
""",
    """
CREATE TRIGGER employer_word_added AFTER INSERT ON employer REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION employer_word_added()
""",
    """
CREATE FUNCTION employer_word_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
DELETE FROM employer_word WHERE employer_id = NEW.id;
INSERT INTO employer_word (employer_id, word, representative_office_id)
SELECT DISTINCT NEW.id, left(word, 40), NEW.representative_office_id
FROM unnest(string_to_array(NEW.name_key, ' ')) AS word;
RETURN NULL; END $$
""",
    """
CREATE TRIGGER employer_word_changed AFTER UPDATE OF name_key, representative_office_id ON employer
FOR EACH ROW WHEN (OLD.name_key <> NEW.name_key
OR OLD.representative_office_id <> NEW.representative_office_id)
EXECUTE FUNCTION employer_word_changed()
""",
)
POSTGRESQL_FILL = """
INSERT INTO employer_word (employer_id, word, representative_office_id)
SELECT DISTINCT employer.id, left(word, 40), employer.representative_office_id
FROM employer, unnest(string_to_array(employer.name_key, ' ')) AS word
"""


def upgrade() -> None:
    op.create_table('employer_word',
    sa.Column('employer_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('word', WORD, nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_word_employer_id_employer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_employer_word_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('employer_id', 'word', name=op.f('pk_employer_word')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('employer_word', schema=None) as batch_op:
        batch_op.create_index('ix_employer_word_word', ['representative_office_id', 'word', 'employer_id'], unique=False)

    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    op.execute(sa.text(SQLITE_FILL if is_sqlite else POSTGRESQL_FILL))
    for statement in SQLITE if is_sqlite else POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text('DROP TRIGGER employer_word_changed'))
        op.execute(sa.text('DROP TRIGGER employer_word_added'))
    else:
        op.execute(sa.text('DROP TRIGGER employer_word_changed ON employer'))
        op.execute(sa.text('DROP TRIGGER employer_word_added ON employer'))
        op.execute(sa.text('DROP FUNCTION employer_word_changed()'))
        op.execute(sa.text('DROP FUNCTION employer_word_added()'))
    with op.batch_alter_table('employer_word', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_word_word')

    op.drop_table('employer_word')
