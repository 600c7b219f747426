"""offices are audited"""

import sqlalchemy as sa
from alembic import op

revision = 'c2ed24c01924'
down_revision = 'e2b6d90c41a7'
branch_labels = None
depends_on = None

# What decided a published number stays: scores, changes of answers, steps.
STAYS = ("audit_score", "audit_answer_change", "audit_step")
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, 'what decided about an audit stays'); END
"""
FUNCTION = """
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what decided about an audit stays'; END $$
"""
POSTGRESQL = """
CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()
"""


def upgrade() -> None:
    op.create_table('audit_instrument',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('title_id', sa.String(length=200), nullable=False),
    sa.Column('title_en', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_instrument')),
    sa.UniqueConstraint('key', name=op.f('uq_audit_instrument_key')),
    )
    op.create_table('audit_scheme',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('year_from', sa.Integer(), nullable=False),
    sa.Column('year_until', sa.Integer(), nullable=True),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('is_shipped', sa.Boolean(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_audit_scheme_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_scheme')),
    sa.UniqueConstraint('key', name=op.f('uq_audit_scheme_key')),
    )
    op.create_table('audit_instrument_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('instrument_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('based_on_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('in_use_by_id', sa.Integer(), nullable=True),
    sa.Column('in_use_from', sa.Date(), nullable=True),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['based_on_id'], ['audit_instrument_version.id'], name=op.f('fk_audit_instrument_version_based_on_id_audit_instrument_version')),
    sa.ForeignKeyConstraint(['in_use_by_id'], ['user_account.id'], name=op.f('fk_audit_instrument_version_in_use_by_id_user_account')),
    sa.ForeignKeyConstraint(['instrument_id'], ['audit_instrument.id'], name=op.f('fk_audit_instrument_version_instrument_id_audit_instrument')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_audit_instrument_version_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['scheme_id'], ['audit_scheme.id'], name=op.f('fk_audit_instrument_version_scheme_id_audit_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_instrument_version')),
    sa.UniqueConstraint('instrument_id', 'number', name=op.f('uq_audit_instrument_version_instrument_id_number')),
    )
    with op.batch_alter_table('audit_instrument_version', schema=None) as batch_op:
        batch_op.create_index('uq_audit_instrument_version_in_use', ['instrument_id'], unique=True, sqlite_where=sa.text("state = 'in_use'"), postgresql_where=sa.text("state = 'in_use'"))

    op.create_table('audit_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('instrument_version_id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('period_from', sa.Date(), nullable=False),
    sa.Column('period_until', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('is_blind', sa.Boolean(), nullable=False),
    sa.Column('has_cap', sa.Boolean(), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['instrument_version_id'], ['audit_instrument_version.id'], name=op.f('fk_audit_round_instrument_version_id_audit_instrument_version')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_audit_round_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_audit_round_representative_office_id_representative_office')),
    sa.ForeignKeyConstraint(['scheme_id'], ['audit_scheme.id'], name=op.f('fk_audit_round_scheme_id_audit_scheme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_round')),
    sa.UniqueConstraint('slug', name=op.f('uq_audit_round_slug')),
    )
    with op.batch_alter_table('audit_round', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_round_instrument_version_id'), ['instrument_version_id'], unique=False)
        batch_op.create_index('ix_audit_round_list', ['representative_office_id', 'period_from', 'id'], unique=False)

    op.create_table('audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=True),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('office_kind', sa.String(length=40), nullable=False),
    sa.Column('representative_office_id', sa.Integer(), nullable=False),
    sa.Column('instrument_version_id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('planned_from', sa.Date(), nullable=False),
    sa.Column('planned_until', sa.Date(), nullable=False),
    sa.Column('papers_id', sa.Uuid(), nullable=False),
    sa.Column('answers_id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draft_sent_on', sa.Date(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('receipt', sa.String(length=40), nullable=True),
    sa.Column('answer_due_on', sa.Date(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('days_late', sa.Integer(), nullable=True),
    sa.Column('finalised_by_id', sa.Integer(), nullable=True),
    sa.Column('finalised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('publication_asked_by_id', sa.Integer(), nullable=True),
    sa.Column('publication_asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('hundredths', sa.Integer(), nullable=True),
    sa.Column('category', sa.String(length=10), nullable=True),
    sa.Column('zone', sa.String(length=20), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['finalised_by_id'], ['user_account.id'], name=op.f('fk_audit_finalised_by_id_user_account')),
    sa.ForeignKeyConstraint(['instrument_version_id'], ['audit_instrument_version.id'], name=op.f('fk_audit_instrument_version_id_audit_instrument_version')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_audit_made_by_id_user_account')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_audit_office_id_office')),
    sa.ForeignKeyConstraint(['publication_asked_by_id'], ['user_account.id'], name=op.f('fk_audit_publication_asked_by_id_user_account')),
    sa.ForeignKeyConstraint(['published_by_id'], ['user_account.id'], name=op.f('fk_audit_published_by_id_user_account')),
    sa.ForeignKeyConstraint(['representative_office_id'], ['representative_office.id'], name=op.f('fk_audit_representative_office_id_representative_office')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['user_account.id'], name=op.f('fk_audit_reviewed_by_id_user_account')),
    sa.ForeignKeyConstraint(['round_id'], ['audit_round.id'], name=op.f('fk_audit_round_id_audit_round')),
    sa.ForeignKeyConstraint(['scheme_id'], ['audit_scheme.id'], name=op.f('fk_audit_scheme_id_audit_scheme')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['user_account.id'], name=op.f('fk_audit_submitted_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('answers_id', name=op.f('uq_audit_answers_id')),
    sa.UniqueConstraint('papers_id', name=op.f('uq_audit_papers_id')),
    sa.UniqueConstraint('reference', name=op.f('uq_audit_reference')),
    sa.UniqueConstraint('round_id', 'office_id', name=op.f('uq_audit_round_id_office_id')),
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index('ix_audit_list', ['representative_office_id', 'state', 'planned_from', 'id'], unique=False)
        batch_op.create_index('ix_audit_portal', ['office_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_audit_published', ['office_kind', 'round_id', 'hundredths', 'id'], unique=False)

    op.create_table('audit_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('seat', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_member_audit_id_audit')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_audit_member_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_member')),
    sa.UniqueConstraint('audit_id', 'user_id', name=op.f('uq_audit_member_audit_id_user_id')),
    )
    with op.batch_alter_table('audit_member', schema=None) as batch_op:
        batch_op.create_index('ix_audit_member_user', ['user_id', 'audit_id'], unique=False)

    op.create_table('audit_proposed_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('severity', sa.String(length=10), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finding_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_proposed_finding_audit_id_audit')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_audit_proposed_finding_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['finding_id'], ['finding.id'], name=op.f('fk_audit_proposed_finding_finding_id_finding')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_proposed_finding')),
    sa.UniqueConstraint('audit_id', 'indicator', name=op.f('uq_audit_proposed_finding_audit_id_indicator')),
    sa.UniqueConstraint('finding_id', name=op.f('uq_audit_proposed_finding_finding_id')),
    )
    op.create_table('audit_response',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('stance', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('said_by_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('days_late', sa.Integer(), nullable=False),
    sa.Column('form_key', sa.String(length=64), nullable=True),
    sa.Column('ruling', sa.String(length=40), nullable=True),
    sa.Column('ruling_reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('ruling IS NULL OR decided_by_id <> said_by_id', name=op.f('ck_audit_response_decided_by_another')),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_response_audit_id_audit')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_audit_response_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['said_by_id'], ['user_account.id'], name=op.f('fk_audit_response_said_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_response')),
    sa.UniqueConstraint('audit_id', 'form_key', name=op.f('uq_audit_response_audit_id_form_key')),
    )
    with op.batch_alter_table('audit_response', schema=None) as batch_op:
        batch_op.create_index('ix_audit_response_audit', ['audit_id', 'indicator', 'id'], unique=False)

    op.create_table('audit_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('formula_version', sa.String(length=20), nullable=False),
    sa.Column('inputs', sa.JSON(), nullable=False),
    sa.Column('inputs_digest', sa.String(length=64), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('total_exact', sa.String(length=40), nullable=False),
    sa.Column('hundredths', sa.Integer(), nullable=False),
    sa.Column('category', sa.String(length=10), nullable=True),
    sa.Column('zone', sa.String(length=20), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_score_audit_id_audit')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_audit_score_made_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_score')),
    )
    with op.batch_alter_table('audit_score', schema=None) as batch_op:
        batch_op.create_index('ix_audit_score_audit', ['audit_id', 'id'], unique=False)

    op.create_table('audit_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('assessor_id', sa.Integer(), nullable=False),
    sa.Column('evidence_id', sa.Uuid(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['assessor_id'], ['user_account.id'], name=op.f('fk_audit_sheet_assessor_id_user_account')),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_sheet_audit_id_audit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_sheet')),
    sa.UniqueConstraint('audit_id', 'kind', 'assessor_id', name=op.f('uq_audit_sheet_audit_id_kind_assessor_id')),
    sa.UniqueConstraint('evidence_id', name=op.f('uq_audit_sheet_evidence_id')),
    sa.UniqueConstraint('uuid', name=op.f('uq_audit_sheet_uuid')),
    )
    op.create_table('audit_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('move', sa.String(length=40), nullable=False),
    sa.Column('from_state', sa.String(length=40), nullable=False),
    sa.Column('to_state', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_step_audit_id_audit')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_audit_step_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_step')),
    )
    with op.batch_alter_table('audit_step', schema=None) as batch_op:
        batch_op.create_index('ix_audit_step_audit', ['audit_id', 'id'], unique=False)

    op.create_table('study_place',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('named_on', sa.Date(), nullable=False),
    sa.Column('named_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_reason', sa.Text(), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_study_place_has_a_reason')),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_study_place_audit_id_audit')),
    sa.ForeignKeyConstraint(['named_by_id'], ['user_account.id'], name=op.f('fk_study_place_named_by_id_user_account')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_study_place_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_study_place')),
    )
    with op.batch_alter_table('study_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_study_place_audit_id'), ['audit_id'], unique=False)
        batch_op.create_index('ix_study_place_office', ['office_id', 'until'], unique=False)

    op.create_table('audit_answer_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('cause', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_answer_change_audit_id_audit')),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_audit_answer_change_by_id_user_account')),
    sa.ForeignKeyConstraint(['response_id'], ['audit_response.id'], name=op.f('fk_audit_answer_change_response_id_audit_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_answer_change')),
    )
    with op.batch_alter_table('audit_answer_change', schema=None) as batch_op:
        batch_op.create_index('ix_audit_answer_change_audit', ['audit_id', 'id'], unique=False)

    op.create_table('audit_sheet_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=40), nullable=True),
    sa.Column('numerator', sa.String(length=40), nullable=True),
    sa.Column('denominator', sa.String(length=40), nullable=True),
    sa.Column('na_reason', sa.Text(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('taken_from_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user_account.id'], name=op.f('fk_audit_sheet_answer_changed_by_id_user_account')),
    sa.ForeignKeyConstraint(['sheet_id'], ['audit_sheet.id'], name=op.f('fk_audit_sheet_answer_sheet_id_audit_sheet')),
    sa.ForeignKeyConstraint(['taken_from_id'], ['audit_sheet.id'], name=op.f('fk_audit_sheet_answer_taken_from_id_audit_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_sheet_answer')),
    sa.UniqueConstraint('sheet_id', 'indicator', name=op.f('uq_audit_sheet_answer_sheet_id_indicator')),
    )
    op.create_table('audit_sheet_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('attachment_id', sa.Uuid(), nullable=True),
    sa.Column('counter_id', sa.Integer(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['user_account.id'], name=op.f('fk_audit_sheet_evidence_added_by_id_user_account')),
    sa.ForeignKeyConstraint(['counter_id'], ['counter.id'], name=op.f('fk_audit_sheet_evidence_counter_id_counter')),
    sa.ForeignKeyConstraint(['sheet_id'], ['audit_sheet.id'], name=op.f('fk_audit_sheet_evidence_sheet_id_audit_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_sheet_evidence')),
    sa.UniqueConstraint('sheet_id', 'key', name=op.f('uq_audit_sheet_evidence_sheet_id_key')),
    )
    with op.batch_alter_table('audit_sheet_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_sheet_evidence_attachment_id'), ['attachment_id'], unique=False)
        batch_op.create_index('ix_audit_sheet_evidence_indicator', ['sheet_id', 'indicator', 'id'], unique=False)

    op.create_table('audit_sheet_sample',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('counter_id', sa.Integer(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['user_account.id'], name=op.f('fk_audit_sheet_sample_added_by_id_user_account')),
    sa.ForeignKeyConstraint(['counter_id'], ['counter.id'], name=op.f('fk_audit_sheet_sample_counter_id_counter')),
    sa.ForeignKeyConstraint(['sheet_id'], ['audit_sheet.id'], name=op.f('fk_audit_sheet_sample_sheet_id_audit_sheet')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_sheet_sample')),
    sa.UniqueConstraint('sheet_id', 'key', name=op.f('uq_audit_sheet_sample_sheet_id_key')),
    )
    with op.batch_alter_table('audit_sheet_sample', schema=None) as batch_op:
        batch_op.create_index('ix_audit_sheet_sample_kind', ['sheet_id', 'kind', 'id'], unique=False)

    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute(FUNCTION)
    for table in STAYS:
        if is_postgresql:
            op.execute(POSTGRESQL.format(table=table))
            continue
        for verb in ("update", "delete"):
            op.execute(SQLITE.format(table=table, verb=verb, VERB=verb.upper()))


def downgrade() -> None:
    with op.batch_alter_table('audit_sheet_sample', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_sheet_sample_kind')

    op.drop_table('audit_sheet_sample')
    with op.batch_alter_table('audit_sheet_evidence', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_sheet_evidence_indicator')
        batch_op.drop_index(batch_op.f('ix_audit_sheet_evidence_attachment_id'))

    op.drop_table('audit_sheet_evidence')
    op.drop_table('audit_sheet_answer')
    with op.batch_alter_table('audit_answer_change', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_answer_change_audit')

    op.drop_table('audit_answer_change')
    with op.batch_alter_table('study_place', schema=None) as batch_op:
        batch_op.drop_index('ix_study_place_office')
        batch_op.drop_index(batch_op.f('ix_study_place_audit_id'))

    op.drop_table('study_place')
    with op.batch_alter_table('audit_step', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_step_audit')

    op.drop_table('audit_step')
    op.drop_table('audit_sheet')
    with op.batch_alter_table('audit_score', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_score_audit')

    op.drop_table('audit_score')
    with op.batch_alter_table('audit_response', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_response_audit')

    op.drop_table('audit_response')
    op.drop_table('audit_proposed_finding')
    with op.batch_alter_table('audit_member', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_member_user')

    op.drop_table('audit_member')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_published')
        batch_op.drop_index('ix_audit_portal')
        batch_op.drop_index('ix_audit_list')

    op.drop_table('audit')
    with op.batch_alter_table('audit_round', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_round_list')
        batch_op.drop_index(batch_op.f('ix_audit_round_instrument_version_id'))

    op.drop_table('audit_round')
    with op.batch_alter_table('audit_instrument_version', schema=None) as batch_op:
        batch_op.drop_index('uq_audit_instrument_version_in_use', sqlite_where=sa.text("state = 'in_use'"), postgresql_where=sa.text("state = 'in_use'"))

    op.drop_table('audit_instrument_version')
    op.drop_table('audit_scheme')
    op.drop_table('audit_instrument')
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_only_grows")
