"""The rows of an import: what was said of each, what they hold (sealed), what they changed."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base
from ombudsman_app.imports.states import Decision, Verdict


class ImportRow(Base):
    """What the dry run says of one row, and what a person decided. `number`: as the sheet counts.

    Reasons are codes, never text of the file. `digest` is a keyed hash by which a row is known again.
    """

    __tablename__ = "import_row"
    __table_args__: Any = (
        Index("ix_import_row_verdict", "run_id", "verdict", "number"),
        Index(
            "ix_import_row_digest",
            "digest",
            sqlite_where=text("digest IS NOT NULL"),
            postgresql_where=text("digest IS NOT NULL"),
        ),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    verdict: Mapped[Verdict]
    reasons: Mapped[str | None] = mapped_column(String(2_000))  # JSON
    candidates: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))
    same_row: Mapped[int | None]
    record_id: Mapped[int | None]
    decision: Mapped[Decision | None]
    digest: Mapped[str | None] = mapped_column(String(64))


class ImportBlock(Base):
    """What a stretch of rows holds, sealed by the key of the run: JSON of {number: values or cells}."""

    __tablename__ = "import_block"
    __table_args__: Any = (about(Level.SECRET, Kept.COMPLAINT),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), primary_key=True)
    first: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
    sealed: Mapped[bytes]


class ImportChange(Base):
    """One record that an import made or changed, with what it was before and its version afterwards."""

    __tablename__ = "import_change"
    __table_args__: Any = (about(Level.ALLEGATION, Kept.COMPLAINT),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # in the order of the acts
    record_id: Mapped[int]
    before: Mapped[str | None] = mapped_column(String)  # JSON of the columns as they were; None: it was made
    version: Mapped[int]
