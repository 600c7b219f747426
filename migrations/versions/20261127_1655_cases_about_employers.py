"""Cases about employers: the ladder, its times, delays of public bodies"""

import sqlalchemy as sa
from alembic import op

revision = '05a1aad702c3'
down_revision = 'c4d1f0a7b613'
branch_labels = None
depends_on = None

STAYS = {'employer_case_step': 'an act stays as it was recorded', 'employer_case_entry': 'what was said stays'}


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
    op.create_table('employer_case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('breaches', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('disputed_from', sa.String(length=40), nullable=True),
    sa.Column('officer_id', sa.Integer(), nullable=False),
    sa.Column('branch_id', sa.Integer(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=False),
    sa.Column('next_due_on', sa.Date(), nullable=False),
    sa.Column('days_late', sa.Integer(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('earlier_case_id', sa.Integer(), nullable=True),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.Column('acts_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'disputed') = (disputed_from IS NOT NULL)", name=op.f('ck_employer_case_disputed')),
    sa.CheckConstraint('is_open = (ended_on IS NULL)', name=op.f('ck_employer_case_ended')),
    sa.ForeignKeyConstraint(['branch_id'], ['office.id'], name=op.f('fk_employer_case_branch_id_office')),
    sa.ForeignKeyConstraint(['earlier_case_id'], ['employer_case.id'], name=op.f('fk_employer_case_earlier_case_id_employer_case')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_case_employer_id_employer')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_employer_case_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['officer_id'], ['user_account.id'], name=op.f('fk_employer_case_officer_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_employer_case_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case')),
    sa.UniqueConstraint('acts_id', name=op.f('uq_employer_case_acts_id')),
    sa.UniqueConstraint('files_id', name=op.f('uq_employer_case_files_id')),
    sa.UniqueConstraint('made_by_id', 'form_key', name=op.f('uq_employer_case_made_by_id_form_key')),
    sa.UniqueConstraint('reference', name=op.f('uq_employer_case_reference')),
    )
    with op.batch_alter_table('employer_case', schema=None) as batch_op:
        batch_op.create_index('ix_employer_case_branch', ['representative_office_id', 'branch_id', 'is_open', 'next_due_on', 'id'], unique=False)
        batch_op.create_index('ix_employer_case_employer', ['employer_id', 'id'], unique=False)
        batch_op.create_index('ix_employer_case_list', ['representative_office_id', 'is_open', 'next_due_on', 'id', 'state', 'branch_id', 'breaches'], unique=False)
        batch_op.create_index('ix_employer_case_officer', ['officer_id', 'is_open', 'next_due_on', 'id'], unique=False)
        batch_op.create_index('ix_employer_case_state', ['representative_office_id', 'state', 'next_due_on', 'id', 'moved_on'], unique=False)

    op.create_table('employer_case_breach',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('noncompliance_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_breach_case_id_employer_case')),
    sa.ForeignKeyConstraint(['noncompliance_id'], ['employer_noncompliance.id'], name=op.f('fk_employer_case_breach_noncompliance_id_employer_noncompliance')),
    sa.PrimaryKeyConstraint('case_id', 'noncompliance_id', name=op.f('pk_employer_case_breach')),
    )
    with op.batch_alter_table('employer_case_breach', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_case_breach_noncompliance_id'), ['noncompliance_id'], unique=False)

    op.create_table('employer_case_clock',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('clock', sa.String(length=20), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('is_from_letter', sa.Boolean(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rule_version', sa.String(length=60), nullable=False),
    sa.Column('calendar_version', sa.String(length=64), nullable=False),
    sa.Column('proposed_due_on', sa.Date(), nullable=True),
    sa.Column('pauses', sa.JSON(), nullable=False),
    sa.Column('paused_from', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('days_late', sa.Integer(), nullable=False),
    sa.CheckConstraint('days_late >= 0', name=op.f('ck_employer_case_clock_days_late')),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_clock_case_id_employer_case')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_employer_case_clock_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case_clock')),
    sa.UniqueConstraint('case_id', 'clock', name=op.f('uq_employer_case_clock_case_id_clock')),
    )
    with op.batch_alter_table('employer_case_clock', schema=None) as batch_op:
        batch_op.create_index('ix_employer_case_clock_office', ['office_id', 'ended_on', 'due_on'], unique=False)

    op.create_table('employer_case_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.String(length=40), nullable=False),
    sa.Column('said_by_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('is_shown', sa.Boolean(), nullable=False),
    sa.Column('is_by_office', sa.Boolean(), nullable=False),
    sa.Column('review', sa.String(length=40), nullable=True),
    sa.Column('protest_by_id', sa.Integer(), nullable=True),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('end', sa.String(length=40), nullable=True),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.CheckConstraint("said <> 'reviewed' OR (review IS NOT NULL AND said_by_id <> protest_by_id AND said_by_id <> officer_id)", name=op.f('ck_employer_case_entry_other_officer')),
    sa.CheckConstraint("said NOT IN ('note', 'verified') OR NOT is_shown", name=op.f('ck_employer_case_entry_inside')),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_entry_case_id_employer_case')),
    sa.ForeignKeyConstraint(['officer_id'], ['user_account.id'], name=op.f('fk_employer_case_entry_officer_id_user_account')),
    sa.ForeignKeyConstraint(['protest_by_id'], ['user_account.id'], name=op.f('fk_employer_case_entry_protest_by_id_user_account')),
    sa.ForeignKeyConstraint(['said_by_id'], ['user_account.id'], name=op.f('fk_employer_case_entry_said_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case_entry')),
    sa.UniqueConstraint('case_id', 'form_key', name=op.f('uq_employer_case_entry_case_id_form_key')),
    )
    with op.batch_alter_table('employer_case_entry', schema=None) as batch_op:
        batch_op.create_index('ix_employer_case_entry_case', ['case_id', 'id'], unique=False)

    op.create_table('employer_case_forwarding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('recipient', sa.String(length=40), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('employer_name', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('breaches', sa.Integer(), nullable=False),
    sa.Column('gap_low', sa.Integer(), nullable=False),
    sa.Column('gap_high', sa.Integer(), nullable=False),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('letters_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.Column('is_received', sa.Boolean(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(released_at IS NULL) = (released_by_id IS NULL) AND (released_at IS NULL) = (sent_on IS NULL)', name=op.f('ck_employer_case_forwarding_released')),
    sa.CheckConstraint('released_by_id IS NULL OR released_by_id <> written_by_id', name=op.f('ck_employer_case_forwarding_other_person')),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_forwarding_case_id_employer_case')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_employer_case_forwarding_document_id_document')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_employer_case_forwarding_office_id_office')),
    sa.ForeignKeyConstraint(['received_by_id'], ['user_account.id'], name=op.f('fk_employer_case_forwarding_received_by_id_user_account')),
    sa.ForeignKeyConstraint(['released_by_id'], ['user_account.id'], name=op.f('fk_employer_case_forwarding_released_by_id_user_account')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user_account.id'], name=op.f('fk_employer_case_forwarding_written_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case_forwarding')),
    sa.UniqueConstraint('case_id', 'office_id', name=op.f('uq_employer_case_forwarding_case_id_office_id')),
    sa.UniqueConstraint('document_id', name=op.f('uq_employer_case_forwarding_document_id')),
    sa.UniqueConstraint('letters_id', name=op.f('uq_employer_case_forwarding_letters_id')),
    )
    with op.batch_alter_table('employer_case_forwarding', schema=None) as batch_op:
        batch_op.create_index('ix_employer_case_forwarding_office', ['office_id', 'released_at', 'id'], unique=False)
        batch_op.create_index('ix_employer_case_forwarding_waiting', ['case_id', 'written_by_id'], unique=False, sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))

    op.create_table('employer_case_origin',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_origin_case_id_employer_case')),
    sa.PrimaryKeyConstraint('case_id', name=op.f('pk_employer_case_origin')),
    )
    op.create_table('employer_case_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('delivered_on', sa.Date(), nullable=True),
    sa.Column('signed_as', sa.String(length=200), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('asked_office_id', sa.Integer(), nullable=True),
    sa.Column('admin_fine', sa.BigInteger(), nullable=True),
    sa.Column('late_charge', sa.BigInteger(), nullable=True),
    sa.Column('services', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('came_by', sa.String(length=40), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.CheckConstraint("act = 'fine' OR admin_fine IS NULL", name=op.f('ck_employer_case_step_admin_fine')),
    sa.CheckConstraint("act IN ('tmp2t_request', 'tmp2t_applied') OR services IS NULL", name=op.f('ck_employer_case_step_services')),
    sa.CheckConstraint('delivered_on IS NULL OR delivered_on >= dated_on', name=op.f('ck_employer_case_step_delivered')),
    sa.ForeignKeyConstraint(['asked_office_id'], ['office.id'], name=op.f('fk_employer_case_step_asked_office_id_office')),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_step_case_id_employer_case')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_employer_case_step_office_id_office')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_employer_case_step_recorded_by_id_user_account')),
    sa.ForeignKeyConstraint(['replaces_id'], ['employer_case_step.id'], name=op.f('fk_employer_case_step_replaces_id_employer_case_step')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case_step')),
    sa.UniqueConstraint('case_id', 'form_key', name=op.f('uq_employer_case_step_case_id_form_key')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_employer_case_step_replaces_id')),
    )
    with op.batch_alter_table('employer_case_step', schema=None) as batch_op:
        batch_op.create_index('ix_employer_case_step_case', ['case_id', 'id'], unique=False)

    op.create_table('employer_case_clock_move',
    sa.Column('clock_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('due_before', sa.Date(), nullable=False),
    sa.Column('due_after', sa.Date(), nullable=False),
    sa.Column('calendar_version', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_employer_case_clock_move_by_id_user_account')),
    sa.ForeignKeyConstraint(['clock_id'], ['employer_case_clock.id'], name=op.f('fk_employer_case_clock_move_clock_id_employer_case_clock')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case_clock_move')),
    )
    with op.batch_alter_table('employer_case_clock_move', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_case_clock_move_clock_id'), ['clock_id'], unique=False)

    op.create_table('employer_case_delay',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('clock_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.String(length=40), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("decision IS NULL OR decision <> 'found' OR finding_id IS NOT NULL", name=op.f('ck_employer_case_delay_found')),
    sa.CheckConstraint('(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_employer_case_delay_decided')),
    sa.ForeignKeyConstraint(['case_id'], ['employer_case.id'], name=op.f('fk_employer_case_delay_case_id_employer_case')),
    sa.ForeignKeyConstraint(['clock_id'], ['employer_case_clock.id'], name=op.f('fk_employer_case_delay_clock_id_employer_case_clock')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_employer_case_delay_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_employer_case_delay_finding_id_finding')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_employer_case_delay_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_case_delay')),
    sa.UniqueConstraint('clock_id', name=op.f('uq_employer_case_delay_clock_id')),
    sa.UniqueConstraint('finding_id', name=op.f('uq_employer_case_delay_finding_id')),
    )
    with op.batch_alter_table('employer_case_delay', schema=None) as batch_op:
        batch_op.create_index('ix_employer_case_delay_case', ['case_id', 'id'], unique=False)
        batch_op.create_index('ix_employer_case_delay_waiting', ['case_id'], unique=False, sqlite_where=sa.text('proposed_at IS NOT NULL AND decision IS NULL'), postgresql_where=sa.text('proposed_at IS NOT NULL AND decision IS NULL'))


    for table, words in STAYS.items():
        _stay(table, words)


def downgrade() -> None:
    for table in STAYS:
        _stay_no_more(table)
    with op.batch_alter_table('employer_case_delay', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_case_delay_waiting', sqlite_where=sa.text('proposed_at IS NOT NULL AND decision IS NULL'), postgresql_where=sa.text('proposed_at IS NOT NULL AND decision IS NULL'))
        batch_op.drop_index('ix_employer_case_delay_case')

    op.drop_table('employer_case_delay')
    with op.batch_alter_table('employer_case_clock_move', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employer_case_clock_move_clock_id'))

    op.drop_table('employer_case_clock_move')
    with op.batch_alter_table('employer_case_step', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_case_step_case')

    op.drop_table('employer_case_step')
    op.drop_table('employer_case_origin')
    with op.batch_alter_table('employer_case_forwarding', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_case_forwarding_waiting', sqlite_where=sa.text('released_at IS NULL'), postgresql_where=sa.text('released_at IS NULL'))
        batch_op.drop_index('ix_employer_case_forwarding_office')

    op.drop_table('employer_case_forwarding')
    with op.batch_alter_table('employer_case_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_case_entry_case')

    op.drop_table('employer_case_entry')
    with op.batch_alter_table('employer_case_clock', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_case_clock_office')

    op.drop_table('employer_case_clock')
    with op.batch_alter_table('employer_case_breach', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employer_case_breach_noncompliance_id'))

    op.drop_table('employer_case_breach')
    with op.batch_alter_table('employer_case', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_case_state')
        batch_op.drop_index('ix_employer_case_officer')
        batch_op.drop_index('ix_employer_case_list')
        batch_op.drop_index('ix_employer_case_employer')
        batch_op.drop_index('ix_employer_case_branch')

    op.drop_table('employer_case')
