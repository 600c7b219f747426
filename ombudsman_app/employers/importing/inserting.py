"""New employers enter the register by the thousand, and the words of their names with them."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, text

from ombudsman_app.core.bulk import insert_rows, is_sqlite, without_trigger
from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Employer

_EMPLOYER = cast(Table, Employer.__table__)
_WORDS = "employer_word_added"  # the trigger; what it does for one row stands here for all
_FILL = text("""
INSERT OR IGNORE INTO employer_word (employer_id, word, representative_office_id)
SELECT employer.id, substr(part.value, 1, 40), employer.representative_office_id
FROM employer, json_each('[' || replace(json_quote(employer.name_key), ' ', '","') || ']') AS part
WHERE employer.id BETWEEN :first AND :last
""")


def insert_employers(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows that begin with their id, drawn by `new_ids` for this transaction."""
    if not rows:
        return
    with without_trigger(_WORDS):
        insert_rows(_EMPLOYER, names, rows)
        if is_sqlite():
            ids = [row[0] for row in rows]  # all above those that were there
            db.session.execute(_FILL, {"first": min(ids), "last": max(ids)})
