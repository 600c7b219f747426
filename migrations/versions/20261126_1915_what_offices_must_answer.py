"""what offices must answer"""

import sqlalchemy as sa
from alembic import op

revision = 'f05951331087'
down_revision = 'a4d7c1e90b63'
branch_labels = None
depends_on = None

SQLITE = """
CREATE TRIGGER finding_entry_no_{verb} BEFORE {VERB} ON finding_entry
BEGIN SELECT RAISE(ABORT, 'what was said about a finding stays'); END
"""
FUNCTION = """
CREATE FUNCTION finding_entry_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was said about a finding stays'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER finding_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON finding_entry
FOR EACH STATEMENT EXECUTE FUNCTION finding_entry_only_grows()
"""


def upgrade() -> None:
    op.create_table('finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=True),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('is_received', sa.Boolean(), nullable=False),
    sa.Column('summary', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('rule', sa.String(length=300), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('answers_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=True),
    sa.Column('next_due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_finding_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_finding_office_id_office')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_finding_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding')),
    sa.UniqueConstraint('answers_id', name=op.f('uq_finding_answers_id')),
    sa.UniqueConstraint('evidence_id', name=op.f('uq_finding_evidence_id')),
    sa.UniqueConstraint('id', 'origin', name=op.f('uq_finding_id_origin')),
    sa.UniqueConstraint('reference', name=op.f('uq_finding_reference')),
    )
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.create_index('ix_finding_ages', ['representative_office_id', 'is_open', 'sent_on', 'office_id'], unique=False)
        batch_op.create_index('ix_finding_portal', ['office_id', 'is_open', 'next_due_on', 'id'], unique=False)
        batch_op.create_index('ix_finding_register', ['representative_office_id', 'is_open', 'next_due_on', 'id'], unique=False)
        batch_op.create_index('ix_finding_register_respondent', ['representative_office_id', 'office_id', 'next_due_on', 'id'], unique=False)
        batch_op.create_index('ix_finding_register_state', ['representative_office_id', 'state', 'next_due_on', 'id'], unique=False)

    op.create_table('visit_observation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=60), nullable=True),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('counter_id', sa.Integer(), nullable=True),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('seen', sa.Text(), nullable=False),
    sa.Column('good_practice', sa.Text(), server_default='', nullable=False),
    sa.Column('is_study_place', sa.Boolean(), nullable=False),
    sa.Column('study_reason', sa.Text(), server_default='', nullable=False),
    sa.Column('study_until', sa.Date(), nullable=True),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source_keys', sa.String(length=200), nullable=False),
    sa.Column('verified', sa.String(length=40), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.CheckConstraint("NOT is_study_place OR study_reason <> ''", name=op.f('ck_visit_observation_study_place_has_a_reason')),
    sa.ForeignKeyConstraint(['counter_id'], ['counter.id'], name=op.f('fk_visit_observation_counter_id_counter')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user_account.id'], name=op.f('fk_visit_observation_noted_by_id_user_account')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_visit_observation_office_id_office')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_visit_observation_representative_office_id_representative_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_observation')),
    sa.UniqueConstraint('reference', name=op.f('uq_visit_observation_reference')),
    )
    with op.batch_alter_table('visit_observation', schema=None) as batch_op:
        batch_op.create_index('ix_visit_observation_list', ['representative_office_id', 'visited_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visit_observation_office_id'), ['office_id'], unique=False)

    op.create_table('finding_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('said_by_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.Column('position', sa.String(length=40), nullable=True),
    sa.Column('action', sa.Text(), nullable=True),
    sa.Column('responsible', sa.String(length=200), nullable=True),
    sa.Column('by_on', sa.Date(), nullable=True),
    sa.Column('days_late', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=True),
    sa.Column('verdict', sa.String(length=40), nullable=True),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.Column('answer_by_id', sa.Integer(), nullable=True),
    sa.Column('finding_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("kind <> 'judgement' OR (said_by_id <> answer_by_id AND said_by_id <> finding_by_id)", name=op.f('ck_finding_entry_other_officer')),
    sa.CheckConstraint("kind <> 'judgement' OR (verdict IS NOT NULL AND answer_by_id IS NOT NULL)", name=op.f('ck_finding_entry_judged')),
    sa.CheckConstraint("kind <> 'response' OR (position IS NOT NULL AND days_late >= 0)", name=op.f('ck_finding_entry_response')),
    sa.ForeignKeyConstraint(['answer_by_id'], ['user_account.id'], name=op.f('fk_finding_entry_answer_by_id_user_account')),
    sa.ForeignKeyConstraint(['answer_id'], ['finding_entry.id'], name=op.f('fk_finding_entry_answer_id_finding_entry')),
    sa.ForeignKeyConstraint(['finding_by_id'], ['user_account.id'], name=op.f('fk_finding_entry_finding_by_id_user_account')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_entry_finding_id_finding')),
    sa.ForeignKeyConstraint(['said_by_id'], ['user_account.id'], name=op.f('fk_finding_entry_said_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_entry')),
    sa.UniqueConstraint('finding_id', 'form_key', name=op.f('uq_finding_entry_finding_id_form_key')),
    )
    with op.batch_alter_table('finding_entry', schema=None) as batch_op:
        batch_op.create_index('ix_finding_entry_finding', ['finding_id', 'id'], unique=False)

    op.create_table('finding_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('written_as', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=True),
    sa.CheckConstraint("(kind <> 'corrective_action' OR origin = 'lhp') AND (kind <> 'improvement_suggestion' OR origin IN ('audit', 'kajian', 'visit')) AND (kind <> 'recommendation' OR (origin = 'recommendation' AND written_as = 'chair'))", name=op.f('ck_finding_measure_kind_of_origin')),
    sa.ForeignKeyConstraint(['finding_id', 'origin'], ['finding.id', 'finding.origin'], name=op.f('fk_finding_measure_finding_id_origin_finding')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_measure')),
    )
    with op.batch_alter_table('finding_measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_measure_finding_id'), ['finding_id'], unique=False)

    op.create_table('ladder_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('rung', sa.String(length=40), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.Column('addressee_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), server_default='', nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(released_at IS NULL) = (released_by_id IS NULL) AND (released_at IS NULL) = (document_id IS NULL)', name=op.f('ck_ladder_step_by_a_person')),
    sa.ForeignKeyConstraint(['addressee_id'], ['office.id'], name=op.f('fk_ladder_step_addressee_id_office')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_ladder_step_document_id_document')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_ladder_step_finding_id_finding')),
    sa.ForeignKeyConstraint(['released_by_id'], ['user_account.id'], name=op.f('fk_ladder_step_released_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ladder_step')),
    sa.UniqueConstraint('document_id', name=op.f('uq_ladder_step_document_id')),
    sa.UniqueConstraint('finding_id', 'round', 'rung', name=op.f('uq_ladder_step_finding_id_round_rung')),
    )
    with op.batch_alter_table('ladder_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ladder_step_finding_id'), ['finding_id'], unique=False)

    op.create_table('visit_finding',
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('observation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_visit_finding_finding_id_finding')),
    sa.ForeignKeyConstraint(['observation_id'], ['visit_observation.id'], name=op.f('fk_visit_finding_observation_id_visit_observation')),
    sa.PrimaryKeyConstraint('finding_id', name=op.f('pk_visit_finding')),
    )
    with op.batch_alter_table('visit_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_finding_observation_id'), ['observation_id'], unique=False)

    op.create_table('finding_clock',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('finding_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('clock', sa.String(length=20), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proof', sa.String(length=40), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=True),
    sa.Column('received_by_id', sa.Integer(), nullable=True),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rule_version', sa.String(length=40), nullable=False),
    sa.Column('calendar_version', sa.String(length=64), nullable=False),
    sa.Column('proposed_due_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['delivery_id'], ['delivery.id'], name=op.f('fk_finding_clock_delivery_id_delivery')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_finding_clock_finding_id_finding')),
    sa.ForeignKeyConstraint(['received_by_id'], ['user_account.id'], name=op.f('fk_finding_clock_received_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_clock')),
    sa.UniqueConstraint('finding_id', 'round', 'clock', name=op.f('uq_finding_clock_finding_id_round_clock')),
    )
    with op.batch_alter_table('finding_clock', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_finding_clock_finding_id'), ['finding_id'], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(sa.text(SQLITE.format(verb=verb, VERB=verb.upper())))
        return
    op.execute(sa.text(FUNCTION))
    op.execute(sa.text(POSTGRESQL))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(sa.text(f"DROP TRIGGER finding_entry_no_{verb}"))
    else:
        op.execute(sa.text("DROP TRIGGER finding_entry_only_grows ON finding_entry"))
        op.execute(sa.text("DROP FUNCTION finding_entry_only_grows()"))
    with op.batch_alter_table('finding_clock', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_clock_finding_id'))

    op.drop_table('finding_clock')
    with op.batch_alter_table('visit_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_finding_observation_id'))

    op.drop_table('visit_finding')
    with op.batch_alter_table('ladder_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ladder_step_finding_id'))

    op.drop_table('ladder_step')
    with op.batch_alter_table('finding_measure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_finding_measure_finding_id'))

    op.drop_table('finding_measure')
    with op.batch_alter_table('finding_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_finding_entry_finding')

    op.drop_table('finding_entry')
    with op.batch_alter_table('visit_observation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_observation_office_id'))
        batch_op.drop_index('ix_visit_observation_list')

    op.drop_table('visit_observation')
    with op.batch_alter_table('finding', schema=None) as batch_op:
        batch_op.drop_index('ix_finding_register_state')
        batch_op.drop_index('ix_finding_register_respondent')
        batch_op.drop_index('ix_finding_register')
        batch_op.drop_index('ix_finding_portal')
        batch_op.drop_index('ix_finding_ages')

    op.drop_table('finding')
