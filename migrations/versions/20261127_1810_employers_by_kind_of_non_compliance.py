"""Employers are found by a kind of non-compliance that few have"""

import sqlalchemy as sa
from alembic import op

revision = 'e83a17d4c5b2'
down_revision = 'd52b8f0c6e19'
branch_labels = None
depends_on = None

_BITS = {'pwbd': 1, 'pds_workers': 2, 'pds_wage': 4, 'pds_program': 8, 'arrears': 16, 'project_unregistered': 32}


def upgrade() -> None:
    for breach, bit in _BITS.items():
        has = sa.text(f'(open_breaches & {bit}) <> 0')
        op.create_index(
            f'ix_employer_{breach}', 'employer',
            ['representative_office_id', 'is_listed', 'gap_order', 'id', 'open_breaches'],
            sqlite_where=has, postgresql_where=has,
        )


def downgrade() -> None:
    for breach in _BITS:
        op.drop_index(f'ix_employer_{breach}', 'employer')
