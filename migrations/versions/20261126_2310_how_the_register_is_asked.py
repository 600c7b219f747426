"""how the register is asked"""

from alembic import op

revision = 'c3d1f7a92e55'
down_revision = 'd7f13a9c52e8'
branch_labels = None
depends_on = None

TABLE = 'finding'
FIRST, RESPONDENT = 'ix_finding_register', 'ix_finding_register_respondent'


def upgrade() -> None:
    for name in (FIRST, RESPONDENT, 'ix_finding_ages'):
        op.drop_index(name, table_name=TABLE)
    op.create_index(FIRST, TABLE, ['representative_office_id', 'is_open', 'next_due_on', 'id', 'state', 'origin', 'office_id'])
    op.create_index(RESPONDENT, TABLE, ['representative_office_id', 'office_id', 'is_open', 'next_due_on', 'id'])
    op.create_index('ix_finding_register_maker', TABLE, ['made_by_id', 'is_open', 'next_due_on', 'id'])


def downgrade() -> None:
    for name in (FIRST, RESPONDENT, 'ix_finding_register_maker'):
        op.drop_index(name, table_name=TABLE)
    op.create_index('ix_finding_ages', TABLE, ['representative_office_id', 'is_open', 'sent_on', 'office_id'])
    op.create_index(RESPONDENT, TABLE, ['representative_office_id', 'office_id', 'next_due_on', 'id'])
    op.create_index(FIRST, TABLE, ['representative_office_id', 'is_open', 'next_due_on', 'id'])
