"""Cases keep how far they came on the ladder"""

import sqlalchemy as sa
from alembic import op

revision = 'd52b8f0c6e19'
down_revision = 'c41f0a7be935'
branch_labels = None
depends_on = None

# in their order; a protest stands beside them, an end behind them
_STAGES = (
    'reported', 'verified_by_ombudsman_contact', 'forwarded_to_bpjs', 'under_supervision', 'warned_1', 'warned_2',
    'fined', 'tmp2t_requested', 'tmp2t_applied',
)
_OF_ACT = {
    'notification': 'under_supervision', 'warning_1': 'warned_1', 'warning_2': 'warned_2', 'fine': 'fined',
    'tmp2t_request': 'tmp2t_requested', 'tmp2t_applied': 'tmp2t_applied',
}


def upgrade() -> None:
    op.add_column('employer_case', sa.Column('furthest', sa.String(length=40), server_default='reported', nullable=False))
    for stage in _STAGES[1:]:  # the later one overwrites
        wanted = [f"state = '{stage}' OR disputed_from = '{stage}'"]
        if stage == 'forwarded_to_bpjs':
            wanted.append('branch_id IS NOT NULL')
        wanted += [
            f"EXISTS (SELECT 1 FROM employer_case_step s WHERE s.case_id = employer_case.id AND s.act = '{act}')"
            for act, reached in _OF_ACT.items() if reached == stage
        ]
        op.execute(sa.text(f"UPDATE employer_case SET furthest = '{stage}' WHERE {' OR '.join(wanted)}"))
    op.create_index('ix_employer_case_furthest', 'employer_case', ['representative_office_id', 'furthest', 'is_open'])


def downgrade() -> None:
    op.drop_index('ix_employer_case_furthest', 'employer_case')
    op.drop_column('employer_case', 'furthest')
