"""whose identities somebody opens"""

from alembic import op

revision = 'e1c7a3b85d20'
down_revision = 'd5b0f4a26c71'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_identity_access_person', 'identity_access', ['user_id', 'opened_at'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_identity_access_person', table_name='identity_access')
