"""Outreach events, for whom they are held, and what was said of them"""

import sqlalchemy as sa
from alembic import op

revision = '17a0005715ec'
down_revision = 'e18b5d3f92c4'
branch_labels = None
depends_on = None

WORDS = 'what was said stays as it was written'
SQLITE = """
CREATE TRIGGER outreach_entry_{verb}_stays BEFORE {verb} ON outreach_entry
BEGIN SELECT RAISE(ABORT, '{words}'); END
"""
FUNCTION = f"""
CREATE FUNCTION outreach_entry_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER outreach_entry_stays BEFORE UPDATE OR DELETE ON outreach_entry
FOR EACH STATEMENT EXECUTE FUNCTION outreach_entry_stays()
"""


def upgrade() -> None:
    op.create_table('outreach_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('came_by', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('district', sa.String(length=120), nullable=False),
    sa.Column('venue', sa.String(length=500), nullable=False),
    sa.Column('with_whom', sa.String(length=300), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('happens_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('ended_because', sa.Text(), nullable=False),
    sa.Column('participants', sa.Integer(), nullable=True),
    sa.Column('women', sa.Integer(), nullable=True),
    sa.Column('men', sa.Integer(), nullable=True),
    sa.Column('known_by', sa.String(length=40), nullable=True),
    sa.Column('handed_out', sa.Text(), nullable=False),
    sa.Column('asked_most', sa.Text(), nullable=False),
    sa.Column('follow_up', sa.Text(), nullable=False),
    sa.Column('commitment_id', sa.Integer(), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'cancelled' OR ended_because <> ''", name=op.f('ck_outreach_event_ended_because')),
    sa.CheckConstraint('(participants IS NULL) = (known_by IS NULL)', name=op.f('ck_outreach_event_known_by')),
    sa.CheckConstraint('COALESCE(women, 0) + COALESCE(men, 0) <= COALESCE(participants, 0)', name=op.f('ck_outreach_event_by_sex')),
    sa.CheckConstraint('ends_at >= starts_at', name=op.f('ck_outreach_event_hours')),
    sa.CheckConstraint('participants >= 0 AND women >= 0 AND men >= 0', name=op.f('ck_outreach_event_persons')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_outreach_event_commitment_id_commitment')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_outreach_event_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_outreach_event_office_id_office')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_outreach_event_region_id_region')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_outreach_event_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_event')),
    sa.UniqueConstraint('files_id', name=op.f('uq_outreach_event_files_id')),
    sa.UniqueConstraint('made_by_id', 'form_key', name=op.f('uq_outreach_event_made_by_id_form_key'))
    )
    with op.batch_alter_table('outreach_event', schema=None) as batch_op:
        batch_op.create_index('ix_outreach_event_commitment', ['commitment_id'], unique=False)
        batch_op.create_index('ix_outreach_event_list', ['representative_office_id', 'happens_on', 'id', 'state'], unique=False)
        batch_op.create_index('ix_outreach_event_office', ['office_id', 'happens_on', 'id'], unique=False)
        batch_op.create_index('ix_outreach_event_province', ['province_code', 'state', 'happens_on', 'id'], unique=False)
        batch_op.create_index('ix_outreach_event_region', ['region_id', 'state', 'happens_on', 'id'], unique=False)
        batch_op.create_index('ix_outreach_event_state', ['representative_office_id', 'state', 'happens_on', 'id'], unique=False)

    op.create_table('outreach_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('came_by', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_outreach_entry_by_id_user_account')),
    sa.ForeignKeyConstraint(['event_id'], ['outreach_event.id'], name=op.f('fk_outreach_entry_event_id_outreach_event')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outreach_entry'))
    )
    with op.batch_alter_table('outreach_entry', schema=None) as batch_op:
        batch_op.create_index('ix_outreach_entry_event', ['event_id', 'id'], unique=False)

    op.create_table('outreach_target',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('target_group', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['outreach_event.id'], name=op.f('fk_outreach_target_event_id_outreach_event')),
    sa.PrimaryKeyConstraint('event_id', 'target_group', name=op.f('pk_outreach_target'))
    )
    with op.batch_alter_table('outreach_target', schema=None) as batch_op:
        batch_op.create_index('ix_outreach_target_group', ['target_group', 'event_id'], unique=False)

    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            op.execute(sa.text(SQLITE.format(verb=verb, words=WORDS)))
    else:
        op.execute(sa.text(FUNCTION))
        op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            op.execute(sa.text(f'DROP TRIGGER outreach_entry_{verb}_stays'))
    else:
        op.execute(sa.text('DROP TRIGGER outreach_entry_stays ON outreach_entry'))
        op.execute(sa.text('DROP FUNCTION outreach_entry_stays()'))
    with op.batch_alter_table('outreach_target', schema=None) as batch_op:
        batch_op.drop_index('ix_outreach_target_group')

    op.drop_table('outreach_target')
    with op.batch_alter_table('outreach_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_outreach_entry_event')

    op.drop_table('outreach_entry')
    with op.batch_alter_table('outreach_event', schema=None) as batch_op:
        batch_op.drop_index('ix_outreach_event_state')
        batch_op.drop_index('ix_outreach_event_region')
        batch_op.drop_index('ix_outreach_event_province')
        batch_op.drop_index('ix_outreach_event_office')
        batch_op.drop_index('ix_outreach_event_list')
        batch_op.drop_index('ix_outreach_event_commitment')

    op.drop_table('outreach_event')
