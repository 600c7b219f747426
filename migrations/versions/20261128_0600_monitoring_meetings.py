"""Monitoring meetings: who is invited, who came, what was agreed and what became of it"""

import sqlalchemy as sa
from alembic import op

revision = 'b7d20c4e91f3'
down_revision = '5be1d07f3a96'
branch_labels = None
depends_on = None

STAYS = {'commitment_entry': 'what was said stays', 'meeting_minutes_reading': 'what was said stays'}


def _stay(table: str, words: str) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text(
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        ))
        return
    op.execute(sa.text(
        f"CREATE FUNCTION {table}_stays() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    ))
    op.execute(sa.text(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_stays()"
    ))


def _stay_no_more(table: str) -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(sa.text(f"DROP TRIGGER {table}_stays"))
        return
    op.execute(sa.text(f"DROP TRIGGER {table}_stays ON {table}"))
    op.execute(sa.text(f"DROP FUNCTION {table}_stays()"))


def upgrade() -> None:
    op.create_table('monitoring_meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('topic', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=500), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('meets_on', sa.Date(), nullable=False),
    sa.Column('length_minutes', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_told', sa.Boolean(), nullable=False),
    sa.Column('ended_because', sa.Text(), nullable=False),
    sa.Column('papers_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length_minutes > 0', name=op.f('ck_monitoring_meeting_length')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_monitoring_meeting_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_monitoring_meeting_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monitoring_meeting')),
    sa.UniqueConstraint('made_by_id', 'form_key', name=op.f('uq_monitoring_meeting_made_by_id_form_key')),
    sa.UniqueConstraint('papers_id', name=op.f('uq_monitoring_meeting_papers_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_monitoring_meeting_reference'))
    )
    op.create_index('ix_monitoring_meeting_list', 'monitoring_meeting', ['representative_office_id', 'meets_on', 'id', 'state'], unique=False)
    op.create_index('ix_monitoring_meeting_state', 'monitoring_meeting', ['representative_office_id', 'state', 'meets_on', 'id'], unique=False)
    op.create_table('commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_told', sa.Boolean(), nullable=False),
    sa.Column('reported_by_id', sa.Integer(), nullable=True),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('days_late', sa.Integer(), nullable=False),
    sa.Column('reminded', sa.Integer(), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('days_late >= 0', name=op.f('ck_commitment_days_late')),
    sa.CheckConstraint('region_id IS NOT NULL OR office_id IS NOT NULL', name=op.f('ck_commitment_whose')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_commitment_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_commitment_meeting_id_monitoring_meeting')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_commitment_office_id_office')),
    sa.ForeignKeyConstraint(['region_id'], ['region.id'], name=op.f('fk_commitment_region_id_region')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['user_account.id'], name=op.f('fk_commitment_reported_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_commitment_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    sa.UniqueConstraint('files_id', name=op.f('uq_commitment_files_id')),
    sa.UniqueConstraint('made_by_id', 'form_key', name=op.f('uq_commitment_made_by_id_form_key')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_commitment_meeting_id_number'))
    )
    op.create_index('ix_commitment_due', 'commitment', ['state', 'due_on', 'id'], unique=False)
    op.create_index('ix_commitment_list', 'commitment', ['representative_office_id', 'due_on', 'id', 'state'], unique=False)
    op.create_index('ix_commitment_office', 'commitment', ['office_id', 'is_told', 'due_on', 'id', 'state'], unique=False)
    op.create_index('ix_commitment_region', 'commitment', ['representative_office_id', 'region_id', 'due_on', 'id', 'state'], unique=False)
    op.create_index('ix_commitment_state', 'commitment', ['representative_office_id', 'state', 'due_on', 'id'], unique=False)
    op.create_table('meeting_agenda_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('speaker', sa.String(length=200), nullable=False),
    sa.Column('length_minutes', sa.Integer(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.CheckConstraint('length_minutes > 0', name=op.f('ck_meeting_agenda_item_length')),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_meeting_agenda_item_meeting_id_monitoring_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_agenda_item')),
    sa.UniqueConstraint('meeting_id', 'position', name=op.f('uq_meeting_agenda_item_meeting_id_position'))
    )
    op.create_table('meeting_body',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('meets_on', sa.Date(), nullable=False),
    sa.Column('is_told', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_meeting_body_meeting_id_monitoring_meeting')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_meeting_body_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_body')),
    sa.UniqueConstraint('meeting_id', 'office_id', name=op.f('uq_meeting_body_meeting_id_office_id'))
    )
    op.create_index('ix_meeting_body_office', 'meeting_body', ['office_id', 'is_told', 'meets_on', 'meeting_id'], unique=False)
    op.create_table('meeting_door',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('code_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('valid_on', sa.Date(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_meeting_door_meeting_id_monitoring_meeting')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user_account.id'], name=op.f('fk_meeting_door_opened_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_door')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_meeting_door_code_hash')),
    sa.UniqueConstraint('uuid', name=op.f('uq_meeting_door_uuid'))
    )
    op.create_index('ix_meeting_door_meeting', 'meeting_door', ['meeting_id', 'id'], unique=False)
    op.create_table('meeting_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('person_hash', sa.String(length=64), nullable=False),
    sa.Column('function', sa.String(length=120), nullable=False),
    sa.Column('body', sa.String(length=200), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('came_by', sa.String(length=40), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_meeting_person_meeting_id_monitoring_meeting')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_meeting_person_recorded_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_person')),
    sa.UniqueConstraint('meeting_id', 'person_hash', name=op.f('uq_meeting_person_meeting_id_person_hash')),
    sa.UniqueConstraint('uuid', name=op.f('uq_meeting_person_uuid'))
    )
    op.create_index('ix_meeting_person_meeting', 'meeting_person', ['meeting_id', 'id'], unique=False)
    op.create_table('commitment_carried',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('commitment_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_commitment_carried_commitment_id_commitment')),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_commitment_carried_meeting_id_monitoring_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', 'commitment_id', name=op.f('pk_commitment_carried'))
    )
    op.create_index('ix_commitment_carried_commitment', 'commitment_carried', ['commitment_id'], unique=False)
    op.create_table('commitment_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('commitment_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('came_by', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_commitment_entry_by_id_user_account')),
    sa.ForeignKeyConstraint(['commitment_id'], ['commitment.id'], name=op.f('fk_commitment_entry_commitment_id_commitment')),
    sa.ForeignKeyConstraint(['meeting_id'], ['monitoring_meeting.id'], name=op.f('fk_commitment_entry_meeting_id_monitoring_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment_entry')),
    sa.UniqueConstraint('commitment_id', 'form_key', name=op.f('uq_commitment_entry_commitment_id_form_key'))
    )
    op.create_index('ix_commitment_entry_commitment', 'commitment_entry', ['commitment_id', 'id'], unique=False)
    op.create_table('meeting_minutes_reading',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['body_id'], ['meeting_body.id'], name=op.f('fk_meeting_minutes_reading_body_id_meeting_body')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_meeting_minutes_reading_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_minutes_reading')),
    sa.UniqueConstraint('body_id', 'form_key', name=op.f('uq_meeting_minutes_reading_body_id_form_key'))
    )
    op.create_index('ix_meeting_minutes_reading_body', 'meeting_minutes_reading', ['body_id', 'id'], unique=False)
    for table, words in STAYS.items():
        _stay(table, words)


def downgrade() -> None:
    for table in reversed(STAYS):
        _stay_no_more(table)
    op.drop_index('ix_meeting_minutes_reading_body', table_name='meeting_minutes_reading')
    op.drop_table('meeting_minutes_reading')
    op.drop_index('ix_commitment_entry_commitment', table_name='commitment_entry')
    op.drop_table('commitment_entry')
    op.drop_index('ix_commitment_carried_commitment', table_name='commitment_carried')
    op.drop_table('commitment_carried')
    op.drop_index('ix_meeting_person_meeting', table_name='meeting_person')
    op.drop_table('meeting_person')
    op.drop_index('ix_meeting_door_meeting', table_name='meeting_door')
    op.drop_table('meeting_door')
    op.drop_index('ix_meeting_body_office', table_name='meeting_body')
    op.drop_table('meeting_body')
    op.drop_table('meeting_agenda_item')
    op.drop_index('ix_commitment_state', table_name='commitment')
    op.drop_index('ix_commitment_region', table_name='commitment')
    op.drop_index('ix_commitment_office', table_name='commitment')
    op.drop_index('ix_commitment_list', table_name='commitment')
    op.drop_index('ix_commitment_due', table_name='commitment')
    op.drop_table('commitment')
    op.drop_index('ix_monitoring_meeting_state', table_name='monitoring_meeting')
    op.drop_index('ix_monitoring_meeting_list', table_name='monitoring_meeting')
    op.drop_table('monitoring_meeting')
