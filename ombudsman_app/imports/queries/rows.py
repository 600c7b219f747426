"""The rows of an import, by verdict; and the doubtful one that is next."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select

from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Actor
from ombudsman_app.imports.keeping import key_of, open_block
from ombudsman_app.imports.kinds import Side, kind_of
from ombudsman_app.imports.models import ImportBlock, ImportRow, ImportRun
from ombudsman_app.imports.states import Decision, Verdict
from ombudsman_app.imports.waiting import may_be_same_at_once, waits_alike
from ombudsman_app.web.paging import Page, page_of, read_id


@dataclass(frozen=True)
class RowLine:
    """One row. `values`: typed, or None for a rejected one, whose `cells` are as they came."""

    number: int
    verdict: Verdict
    decision: Decision | None
    reasons: list[list[Any]]
    values: list[Any] | None
    cells: list[Any] | None
    record_id: int | None


RowsPage = Page[RowLine]


def rows_page(run: ImportRun, verdict: Verdict | None, after: str | None) -> RowsPage:
    """Return a page of rows with what they hold. 2 statements."""
    behind = read_id(after)
    wanted = select(ImportRow).where(ImportRow.run_id == run.id)
    if verdict:
        wanted = wanted.where(ImportRow.verdict == verdict)
    if behind:
        wanted = wanted.where(ImportRow.number > behind)
    rows = db.session.scalars(wanted.order_by(ImportRow.number).limit(limits.PAGE_ROWS + 1)).all()
    values = _values(run, [row.number for row in rows])
    lines = [_line(row, values.get(row.number)) for row in rows]
    return page_of(lines, limits.PAGE_ROWS, lambda row: str(row.number), after=after if behind else None)


def _line(row: ImportRow, held: Any) -> RowLine:
    is_raw = isinstance(held, list) and len(held) == 2 and held[0] is None and isinstance(held[1], list)
    return RowLine(
        row.number,
        row.verdict,
        row.decision,
        json.loads(row.reasons or "[]"),
        None if is_raw or held is None else held,
        held[1] if is_raw else None,
        row.record_id,
    )


def _values(run: ImportRun, numbers: Sequence[int]) -> dict[int, Any]:
    """Open the blocks that hold these rows. 1 statement."""
    if not numbers or run.wrapped_key is None:
        return {}
    key, found = key_of(run), dict[int, Any]()
    wanted = set(numbers)
    blocks = db.session.execute(
        select(ImportBlock.first, ImportBlock.last, ImportBlock.sealed).where(
            ImportBlock.run_id == run.id,
            or_(*(and_(ImportBlock.first <= one, ImportBlock.last >= one) for one in numbers)),
        )
    )
    for block in blocks:
        opened = open_block(block.sealed, key, block.first)
        found.update((number, opened[number]) for number in wanted & opened.keys())
    return found


@dataclass(frozen=True)
class DoubtfulPage:
    """One doubtful row beside the records it may be. `place` of `total`; `previous`, `next`: numbers.

    `alike`: how many wait for the same reasons, this one among them; 0 where it is decided.
    """

    row: RowLine
    mine: Side
    candidates: list[tuple[int, Side]]
    place: int
    total: int
    undecided: int
    previous: int | None
    next: int | None
    alike: int
    may_be_same: bool  # all of them at once


def doubtful_page(actor: Actor, run: ImportRun, number: int | None) -> DoubtfulPage | None:
    """Return a doubtful row: the named one, else the first that waits; None: none is. ≤ 6 statements."""
    doubtful = (ImportRow.run_id == run.id, ImportRow.verdict == Verdict.DOUBTFUL)
    if number is None:
        number = db.session.scalar(
            select(func.coalesce(func.min(ImportRow.number).filter(ImportRow.decision.is_(None)),
                                 func.min(ImportRow.number))).where(*doubtful)
        )  # fmt: skip
    row = db.session.scalar(select(ImportRow).where(*doubtful, ImportRow.number == (number or 0)))
    if row is None:
        return None
    at = ImportRow.number
    counted = db.session.execute(
        select(
            func.count(),
            func.count().filter(at <= row.number),
            func.count().filter(ImportRow.decision.is_(None)),
            func.max(at).filter(at < row.number),
            func.min(at).filter(at > row.number),
            func.count().filter(*waits_alike(run.id, row.reasons)),
        ).where(*doubtful)
    ).one()
    kind = kind_of(run.kind)
    line = _line(row, _values(run, [row.number]).get(row.number))
    sides: Mapping[int, Side] = kind.sides(actor, row.candidates or [])
    return DoubtfulPage(
        line,
        kind.side_of_row(line.values or []),
        [(one, sides[one]) for one in row.candidates or [] if one in sides],
        counted[1],
        counted[0],
        counted[2],
        counted[3],
        counted[4],
        counted[5] if row.decision is None else 0,
        may_be_same_at_once(run, row.reasons),
    )
