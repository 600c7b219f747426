"""The newest decision on a figure is found without a walk"""

from alembic import op

revision = '9c4e1f7a20b8'
down_revision = 'b7d20c4e91f3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('coverage_figure', schema=None) as batch_op:
        batch_op.create_index('ix_coverage_figure_decided', ['decided_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('coverage_figure', schema=None) as batch_op:
        batch_op.drop_index('ix_coverage_figure_decided')
