"""One import, and who gave the list."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.imports.states import RunState


class ImportSource(Base):
    """Who gives lists of one kind to one office. Remembers what the columns of the last one were.

    `mapping`: name of our column by the normalised head of theirs.
    """

    __tablename__ = "import_source"
    __table_args__: Any = (
        UniqueConstraint("representative_office_id", "kind", "name"),
        about(Level.CASE, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    source_kind: Mapped[str] = mapped_column(String(40))
    mapping: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    used_at: Mapped[datetime]


class ImportRun(Versioned, Base):
    """One file on its way into the register.

    The file and its rows lie sealed in the store under `file` and `file`r, each opened by `wrapped_key`;
    None once they are forgotten. `look` is what was found in the file, sealed by the same key.
    `counts`: rows by verdict. `applied_to`: number of the last row that is in the register.
    """

    __tablename__ = "import_run"
    __table_args__: Any = (
        Index("ix_import_run_office", "representative_office_id", "id"),
        Index("ix_import_run_file", "sha256", "representative_office_id"),
        about(Level.CASE, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    kind: Mapped[str] = mapped_column(String(40))
    state: Mapped[RunState] = mapped_column(default=RunState.UPLOADED)
    source_id: Mapped[int] = mapped_column(ForeignKey("import_source.id"), index=True)
    as_of: Mapped[date]  # for which day the list holds, where a row says none

    file: Mapped[UUID] = mapped_column(default=uuid4)
    file_name: Mapped[str] = mapped_column(String(120))
    size_bytes: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    wrapped_key: Mapped[bytes | None] = mapped_column(info=level(Level.SECRET))
    rows_sha256: Mapped[str | None] = mapped_column(String(64))
    look: Mapped[bytes | None] = mapped_column(info=level(Level.SECRET))
    refused_for: Mapped[str | None] = mapped_column(String(40))

    sheet: Mapped[int | None]
    header_row: Mapped[int | None]  # the last row of heads; what follows are the rows
    mapping: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))  # column → ours
    heads: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    applied_to: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)

    job_uuid: Mapped[UUID | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    applied_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    applied_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]

    source: Mapped[ImportSource] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(lazy="raise_on_sql")
    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id], lazy="raise_on_sql")
    applied_by: Mapped[User | None] = relationship(foreign_keys=[applied_by_id], lazy="raise_on_sql")
    undone_by: Mapped[User | None] = relationship(foreign_keys=[undone_by_id], lazy="raise_on_sql")
