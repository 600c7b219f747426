"""An employer as an office of the Ombudsman knows it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about, level
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.directory.models import Region, RepresentativeOffice
from ombudsman_app.directory.models.office import SORTED
from ombudsman_app.employers.states import Breach, EmployerKind, Scale, has_breach

NO_GAP = 0  # nobody has counted the workers yet, or all are registered


def _filled(column: str) -> dict[str, Any]:
    """Most employers leave this column blank, and an import would write each of the blanks into its index."""
    condition = text(f"{column} IS NOT NULL")
    return {"sqlite_where": condition, "postgresql_where": condition}


class Employer(Versioned, Base):
    """One place of work that registers, or should. Never public: what is said of it may be unproven (P5).

    Rows are never merged by themselves: a person may say that a row is the `same_as` another, which then
    leaves the lists. Branches of one firm share NIB and NPWP, so no number is unique.

    A tax number is kept in one of two forms: of a firm in clear (`npwp`), of a human being, whose population
    number it is, sealed (`npwp_sealed`) and found by its keyed hash (`npwp_index`, PD4). `nitku` holds only
    the six digits behind the tax number; 000000 is the head office.

    What lists sort and filter by is carried along, counted anew by whatever adds an observation or a kind of
    non-compliance: `gap_low` and `gap_high` (workers without registration), `gap_order` (minus `gap_high`, so
    that one ascending index gives the largest first), `open_breaches` (bits of `states.bit_of`).
    """

    __tablename__ = "employer"
    __table_args__: Any = (
        # one range for each way of asking; the tails answer the other filters without reading rows
        Index(
            "ix_employer_gap",
            *("representative_office_id", "is_listed", "gap_order", "id"),
            *("region_id", "section", "scale", "open_breaches", "gap_low"),
        ),
        Index(
            "ix_employer_region",
            *("representative_office_id", "region_id", "is_listed", "gap_order", "id"),
            *("section", "scale", "open_breaches"),
        ),
        Index(
            "ix_employer_section",
            *("representative_office_id", "section", "is_listed", "gap_order", "id"),
            *("scale", "open_breaches"),
        ),
        # A kind that few have is found without reading all the others; the filter writes the same words. Only
        # where all of them stand in the index does SQLite take it before the one of the gap.
        *(
            Index(
                f"ix_employer_{breach}",
                *("representative_office_id", "is_listed", "gap_order", "id", "open_breaches"),
                sqlite_where=text(has_breach(breach)),
                postgresql_where=text(has_breach(breach)),
            )
            for breach in Breach
        ),
        Index("ix_employer_name", "representative_office_id", "name_key", "id"),
        Index("ix_employer_nib", "nib", "representative_office_id"),
        Index("ix_employer_npwp", "npwp", "representative_office_id"),
        Index("ix_employer_npwp_index", "npwp_index", "representative_office_id", **_filled("npwp_index")),
        Index("ix_employer_npp", "npp", "representative_office_id"),
        Index("ix_employer_same_as_id", "same_as_id", **_filled("same_as_id")),
        CheckConstraint("npwp IS NULL OR npwp_sealed IS NULL", name="one_form_of_tax_number"),
        CheckConstraint("(npwp_sealed IS NULL) = (npwp_index IS NULL)", name="sealed_is_found"),
        CheckConstraint("gap_order = -gap_high AND gap_low <= gap_high", name="gap"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    kind: Mapped[EmployerKind] = mapped_column(default=EmployerKind.COMPANY)
    name: Mapped[str] = mapped_column(String(200))  # as it is written, with the legal form
    name_key: Mapped[str] = mapped_column(SORTED)  # normalised, without it (`naming.py`)
    legal_form: Mapped[str | None] = mapped_column(String(20))

    npp: Mapped[str | None] = mapped_column(String(8))
    npp_division: Mapped[str | None] = mapped_column(String(3))
    nib: Mapped[str | None] = mapped_column(String(13))
    npwp: Mapped[str | None] = mapped_column(String(16))
    npwp_sealed: Mapped[bytes | None] = mapped_column(info=level(Level.IDENTITY))
    npwp_index: Mapped[str | None] = mapped_column(String(64), info=level(Level.IDENTITY))
    nitku: Mapped[str | None] = mapped_column(String(6))

    sector: Mapped[str | None] = mapped_column(String(5))  # KBLI 2020, two to five digits
    section: Mapped[str | None] = mapped_column(String(1))  # its letter, which filters ask for
    scale: Mapped[Scale | None]
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))  # regency or city
    address: Mapped[str | None] = mapped_column(String(500))

    observed_on: Mapped[date | None]  # the newest observation
    workers: Mapped[int | None]  # the most that it says, for the eye
    registered: Mapped[int | None]
    gap_low: Mapped[int] = mapped_column(default=NO_GAP)
    gap_high: Mapped[int] = mapped_column(default=NO_GAP)
    gap_order: Mapped[int] = mapped_column(default=NO_GAP)
    open_breaches: Mapped[int] = mapped_column(default=0)

    is_listed: Mapped[bool] = mapped_column(default=True)  # False: it is the same as another
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")
    made_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
