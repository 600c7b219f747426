"""Findings to agencies of projects carry a suggestion for improvement"""

from alembic import op

revision = 'b7c40d1e95aa'
down_revision = 'f7c55cb6f065'
branch_labels = None
depends_on = None

CONDITION = (
    "(kind <> 'corrective_action' OR origin = 'lhp')"
    " AND (kind <> 'improvement_suggestion' OR origin IN ({origins}))"
    " AND (kind <> 'recommendation' OR (origin = 'recommendation' AND written_as = 'chair'))"
)


def _allow(origins: str) -> None:
    with op.batch_alter_table('finding_measure', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_finding_measure_kind_of_origin'), type_='check')
        batch_op.create_check_constraint(
            batch_op.f('ck_finding_measure_kind_of_origin'), CONDITION.format(origins=origins)
        )


def upgrade() -> None:
    _allow("'audit', 'kajian', 'visit', 'employer'")


def downgrade() -> None:
    _allow("'audit', 'kajian', 'visit'")
