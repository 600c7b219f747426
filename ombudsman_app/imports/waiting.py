"""Doubtful rows that wait for a person for the same reasons."""

import json

from sqlalchemy import ColumnElement

from .kinds import kind_of
from .models import ImportRow, ImportRun
from .states import Verdict


def may_be_same_at_once(run: ImportRun, reasons: str | None) -> bool:
    """Whether the reasons of a row are good enough to say of many at once that they are known."""
    codes = {code for _column, code, *_more in json.loads(reasons or "[]")}
    return bool(codes & kind_of(run.kind).same_for)


def waits_alike(run_id: int, reasons: str | None) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the rows that wait for a decision for exactly these reasons."""
    return (
        ImportRow.run_id == run_id,
        ImportRow.verdict == Verdict.DOUBTFUL,
        ImportRow.decision.is_(None),
        ImportRow.reasons == reasons,
    )
