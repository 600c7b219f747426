"""Projects are found by who pays and by common beginnings of numbers, and counted within an agency"""

from alembic import op

revision = 'f60b2c9d8e41'
down_revision = 'e83a17d4c5b2'
branch_labels = None
depends_on = None

_OFFICE, _REST = 'representative_office_id', ['is_under_valued', 'fund_source', 'region_id', 'owner_id']
_LIST = [_OFFICE, 'listed_on', 'id', 'standing', 'due_on', *_REST]
_STANDING = [_OFFICE, 'standing', 'listed_on', 'id', 'due_on', *_REST]


def upgrade() -> None:
    _replace('ix_project_list', [*_LIST, 'number_key'])
    _replace('ix_project_standing', [*_STANDING, 'number_key'])
    op.create_index(
        'ix_project_fund', 'project',
        [_OFFICE, 'fund_source', 'listed_on', 'id', 'standing', 'due_on', 'is_under_valued'],
    )
    op.create_index(
        'ix_project_of_owner_standing', 'project',
        ['owner_id', 'standing', 'due_on', 'listed_on', 'id', *_REST[:3]],
    )


def downgrade() -> None:
    op.drop_index('ix_project_of_owner_standing', 'project')
    op.drop_index('ix_project_fund', 'project')
    _replace('ix_project_standing', _STANDING)
    _replace('ix_project_list', _LIST)


def _replace(name: str, columns: list[str]) -> None:
    op.drop_index(name, 'project')
    op.create_index(name, 'project', columns)
