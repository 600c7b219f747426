"""the office that was asked answers"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = 'c41e8a7d90b2'
down_revision = 'c3d1f7a92e55'
branch_labels = None
depends_on = None

REQUESTS = ('clarification_request_first', 'clarification_request_second')
RECEIVED = sa.text(
    "SELECT document.id FROM document WHERE kind IN (:first, :second) AND EXISTS "
    "(SELECT 1 FROM delivery WHERE delivery.document_id = document.id AND delivery.proof IS NOT NULL)"
)


def upgrade() -> None:
    box = op.create_table('answer_box',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('files_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['document.id'], name=op.f('fk_answer_box_request_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_box')),
    sa.UniqueConstraint('files_id', name=op.f('uq_answer_box_files_id')),
    sa.UniqueConstraint('request_id', name=op.f('uq_answer_box_request_id')),
    )
    # a letter that has arrived before has its box too
    received = op.get_bind().execute(RECEIVED, dict(zip(('first', 'second'), REQUESTS, strict=True))).scalars()
    rows = [{'request_id': number, 'files_id': uuid4()} for number in received]
    if rows:
        op.bulk_insert(box, rows)


def downgrade() -> None:
    op.drop_table('answer_box')
