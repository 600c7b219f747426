"""The first rows of several offices in one order, without sorting all that these offices have."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select, union_all

from ombudsman_app.core.search import one_of


def first_of_each(parts: Sequence[Select[Any]], record: Any, order: Sequence[Any], limit: int) -> Select[Any]:
    """Select the first of each part, which is what one office has: a range of an index for each.

    `record`: what the parts select. The caller orders once more, and takes as many as `limit` of them.
    """
    if len(parts) == 1:
        return parts[0]
    firsts = [part.with_only_columns(record.id).order_by(*order).limit(limit).subquery() for part in parts]
    each = union_all(*(select(one.c.id) for one in firsts)).subquery()
    return select(record).where(one_of(record.id, select(each.c.id)))
