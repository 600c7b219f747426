"""What a source says of one place. Only added to: a trigger refuses changes of what was said."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, about
from ombudsman_app.core.columns import Level as Sensitivity
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.walls import NO_ROW
from ombudsman_app.coverage.states import Definition, FigureStatus, Level, Part, Standing

from .source import CoverageSource

_CURRENT = "standing = 'current'"


class CoverageFigure(Versioned, Base):
    """One figure of one place on one day by one source.

    `place_code`: Kemendagri code with dots, `ID` for the nation, "" for an area without a code. `definition`
    None: the source does not say what it counts; such a figure is never drawn. `as_of` None: no day is
    known, else the day for which it holds, or that of the source (flag `approximate`). `quoted`: the
    percentage as it is written there, with `quoted_places` decimals; `percent`: what is shown and ordered.
    """

    __tablename__ = "coverage_figure"
    __table_args__: Any = (
        # the newest of each place, and the days of one place
        Index(
            "ix_coverage_figure_current",
            *("definition", "part", "programme", "level", "place_code", "as_of", "id"),
            sqlite_where=text(_CURRENT),
            postgresql_where=text(_CURRENT),
        ),
        Index("ix_coverage_figure_place", "place_code", "id"),
        Index("ix_coverage_figure_list", "standing", "representative_office_id", "id"),
        Index("ix_coverage_figure_import", "import_id"),
        Index("ix_coverage_figure_decided", "decided_at"),  # the newest one, for pages that are kept
        Index(
            "uq_coverage_figure_said_once",
            *("place_code", "definition", "part", "programme", "as_of", "source_id"),
            unique=True,
            sqlite_where=text(f"{_CURRENT} AND place_code <> ''"),
            postgresql_where=text(f"{_CURRENT} AND place_code <> ''"),
        ),
        CheckConstraint("denominator IS NULL OR denominator > 0", name="denominator"),
        CheckConstraint("numerator IS NULL OR numerator >= 0", name="numerator"),
        CheckConstraint("(quoted IS NULL) = (quoted_places IS NULL)", name="quoted"),
        # no page of the portal reads figures, and proposals are nobody's outside
        about(Sensitivity.PUBLIC, Kept.PERMANENT, portal=NO_ROW),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str | None] = mapped_column(String(30), unique=True)  # of a shipped figure
    level: Mapped[Level]
    place_code: Mapped[str] = mapped_column(String(13))
    place_name: Mapped[str] = mapped_column(String(120))  # as the source writes it
    province_code: Mapped[str | None] = mapped_column(String(2))  # by the borders of `as_of`

    definition: Mapped[Definition | None]
    part: Mapped[Part] = mapped_column(default=Part.WHOLE)
    programme: Mapped[str] = mapped_column(String(3), default="")  # JKK …; "": all that the definition means
    as_of: Mapped[date | None]
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    quoted: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    quoted_places: Mapped[int | None] = mapped_column(SmallInteger)
    percent: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    status: Mapped[FigureStatus]
    text: Mapped[str] = mapped_column(String(500), default="")
    unit: Mapped[str] = mapped_column(
        String(200), default=""
    )  # whom the number counts, in words of the source
    speaker: Mapped[str] = mapped_column(String(200), default="")  # an official, in the function he spoke in
    note: Mapped[str] = mapped_column(String(1000), default="")
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    flag_reason: Mapped[str] = mapped_column(String(500), default="")

    source_id: Mapped[int] = mapped_column(ForeignKey("coverage_source.id"), index=True)
    source_place: Mapped[str] = mapped_column(String(100), default="")  # page, sheet, row

    standing: Mapped[Standing] = mapped_column(default=Standing.PROPOSED)
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("coverage_figure.id"), index=True)
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("coverage_figure.id"))
    revision_reason: Mapped[str] = mapped_column(String(500), default="")
    import_id: Mapped[int | None]  # the run that brought it; no foreign key: runs are swept earlier
    representative_office_id: Mapped[int | None] = mapped_column(ForeignKey("representative_office.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: shipped
    made_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(String(500), default="")
    changed_at: Mapped[datetime | None]

    source: Mapped[CoverageSource] = relationship(lazy="raise_on_sql")
