"""The column registry (PD8): how each column is protected and how long it is kept.

A table says it for all its columns by `__table_args__ = about(Level.…, Kept.…)`; a column that differs
says so itself by `info=level(Level.…)`. A test fails on a column for which neither speaks. Levels are the
data classes of the privacy rules; the periods behind `Kept` are settings of the office, unverified.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import MetaData

from .walls import READ, Wall


class Level(StrEnum):
    """Who may see it. What is P2 to P4 of a reporter is stored sealed."""

    PUBLIC = "P0"
    CASE = "P1"  # substance, stage, days: the case team, the reporter, the respondent after the first letter
    IDENTITY = "P2"  # name, address, phone: the case team
    SENSITIVE = "P3"  # wage, bank, health, family: named members, each reading logged
    SECRET = "P4"  # noqa: S105 - a reporter who may be confidential, drafts, codes: sealed or hashed
    ALLEGATION = "P5"  # unproven non-compliance of an employer: never public


class Kept(StrEnum):
    """For how long."""

    PERMANENT = "permanent"  # reference data, and what proves that the house worked rightly
    COMPLAINT = "complaint"  # as long as the case: 2 years active, 3 inactive, then destroyed with minutes
    ACCOUNT = "account"  # while the person works here, and as long as what they did is kept
    DRAFT = "draft"  # 7 days from the last answer; the access code 24 hours from sending
    SESSION = "session"  # until it ends: 12 hours, for the public 7 days
    A_DAY = "a_day"
    ACCESS_LOG = "access_log"  # 1 year active, 2 inactive


@dataclass(frozen=True)
class ColumnRule:
    """What the registry says about one column; None: nobody said it."""

    table: str
    column: str
    level: Level | None
    kept: Kept | None


def about(level: Level, kept: Kept, *, portal: Wall | None = None) -> dict[str, Any]:
    """Return table arguments that speak for all columns of a table.

    `portal`: what a request of the portal may touch of it on PostgreSQL (`core/walls.py`); None: nothing,
    but what is public it may read.
    """
    if portal is None and level is Level.PUBLIC:
        portal = READ
    return {"info": {"level": level, "kept": kept, "portal": portal}}


def level(of: Level) -> dict[str, Any]:
    """Return the `info` of a column that is protected otherwise than its table."""
    return {"level": of}


def column_rules(metadata: MetaData) -> Iterator[ColumnRule]:
    """Yield what is said about each column, in the order of the tables."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            said = {**table.info, **column.info}
            yield ColumnRule(table.name, column.name, said.get("level"), said.get("kept"))
