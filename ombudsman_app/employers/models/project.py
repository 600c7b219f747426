"""A project paid from public money, who builds it, and what became of its contract."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.accounts.models import User
from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base, Versioned
from ombudsman_app.core.workflow.holiday_calendar import LONGEST_VERSION
from ombudsman_app.directory.models import Office, Region, RepresentativeOffice
from ombudsman_app.directory.models.office import SORTED
from ombudsman_app.employers.projects.rules import ChangeKind, FundSource, PartyRole, Standing
from ombudsman_app.findings.models import Finding

from .employer import Employer

_STANDING = (  # `projects/verdict.py` says the same; here the database sees to it
    "standing = CASE WHEN registered_on IS NOT NULL THEN CASE WHEN due_on IS NULL THEN 'unknown' "
    "WHEN registered_on <= due_on THEN 'in_time' ELSE 'late' END "
    "WHEN cancelled_on IS NOT NULL AND (due_on IS NULL OR cancelled_on <= due_on) THEN 'cancelled' "
    "WHEN due_on IS NULL THEN 'unknown' ELSE 'open' END"
)
_TAIL = ("standing", "due_on", "is_under_valued", "fund_source", "region_id", "owner_id")


class ProjectOwner(Versioned, Base):
    """The agency that ordered works, as lists name it. `office_id`: what it is in the directory.

    What the list of agencies sorts by is carried along, counted anew by whatever changes a project of it.
    """

    __tablename__ = "project_owner"
    __table_args__: Any = (
        UniqueConstraint("representative_office_id", "name_key"),
        Index("ix_project_owner_list", "representative_office_id", "open_order", "id"),
        Index("ix_project_owner_office", "office_id"),
        CheckConstraint("open_order = -open", name="order"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    office_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"))
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(SORTED)

    projects: Mapped[int] = mapped_column(default=0)
    open: Mapped[int] = mapped_column(default=0)  # not registered, in time or not
    open_order: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    in_time: Mapped[int] = mapped_column(default=0)
    cancelled: Mapped[int] = mapped_column(default=0)
    unknown: Mapped[int] = mapped_column(default=0)
    under_valued: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime | None]

    office: Mapped[Office | None] = relationship(foreign_keys=[office_id], lazy="raise_on_sql")


class Project(Versioned, Base):
    """One contract of works. Its employers may be unproven, so it is never public (P5).

    Values are whole rupiah, with VAT and without. `value`, `value_net`, `end_on` are as signed; what changes
    made of them is carried in `current_…`. The last day to register keeps the rule and the calendar it was
    counted with (DI7) until the project is registered. `reference` is the id of the contract in its
    `source`: the same file again finds it.
    """

    __tablename__ = "project"
    __table_args__: Any = (
        UniqueConstraint("representative_office_id", "source", "reference"),
        # one range for each way of asking; the tails answer the other filters without reading rows
        Index("ix_project_list", "representative_office_id", "listed_on", "id", *_TAIL, "number_key"),
        Index(
            "ix_project_standing",
            *("representative_office_id", "standing", "listed_on", "id", *_TAIL[1:], "number_key"),
        ),
        Index("ix_project_under", "representative_office_id", "is_under_valued", "listed_on", "id"),
        Index("ix_project_region", "representative_office_id", "region_id", "listed_on", "id", *_TAIL[:4]),
        Index("ix_project_of_owner", "owner_id", "listed_on", "id", *_TAIL[:5]),
        Index("ix_project_fund", "representative_office_id", "fund_source", "listed_on", "id", *_TAIL[:3]),
        Index(
            "ix_project_of_owner_standing", "owner_id", "standing", "due_on", "listed_on", "id", *_TAIL[2:5]
        ),
        Index("ix_project_number", "representative_office_id", "number_key", "id"),
        Index("ix_project_import", "import_id"),
        CheckConstraint(_STANDING, name="standing"),
        CheckConstraint(
            "is_under_valued = (registered_value IS NOT NULL AND current_net IS NOT NULL"
            " AND registered_value < current_net)",
            name="under_valued",
        ),
        CheckConstraint("(due_on IS NULL) = (spk_on IS NULL)", name="due"),
        CheckConstraint("value >= 0 AND value_net >= 0 AND registered_value >= 0", name="values"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representative_office_id: Mapped[int] = mapped_column(ForeignKey("representative_office.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("project_owner.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"))  # regency or city
    source: Mapped[str] = mapped_column(String(120))
    reference: Mapped[str] = mapped_column(String(200))
    ocid: Mapped[str | None] = mapped_column(String(120))

    package: Mapped[str] = mapped_column(String(300))
    contract_number: Mapped[str] = mapped_column(String(120))
    number_key: Mapped[str] = mapped_column(SORTED)  # letters and digits alone
    place: Mapped[str] = mapped_column(String(200), default="")
    fund_source: Mapped[FundSource] = mapped_column(default=FundSource.UNKNOWN)
    spk_on: Mapped[date | None]
    value: Mapped[int | None] = mapped_column(BigInteger)
    value_net: Mapped[int | None] = mapped_column(BigInteger)
    start_on: Mapped[date | None]
    end_on: Mapped[date | None]

    current_value: Mapped[int | None] = mapped_column(BigInteger)
    current_net: Mapped[int | None] = mapped_column(BigInteger)
    current_end_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]

    project_number: Mapped[str | None] = mapped_column(String(40))  # nomor kepesertaan proyek
    registered_on: Mapped[date | None]
    registered_value: Mapped[int | None] = mapped_column(BigInteger)

    due_on: Mapped[date | None]  # the last day to register
    length: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(20))
    rule_version: Mapped[str | None] = mapped_column(String(40))
    calendar_version: Mapped[str | None] = mapped_column(String(LONGEST_VERSION))
    proposed_due_on: Mapped[date | None]  # earlier, by a newer calendar, until a person releases it

    standing: Mapped[Standing]
    is_under_valued: Mapped[bool] = mapped_column(default=False)
    listed_on: Mapped[date]  # the SPK, else the start, else the day it was entered: the order of lists
    import_id: Mapped[int | None]  # the run that brought it; no foreign key: runs are swept earlier
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    owner: Mapped[ProjectOwner] = relationship(lazy="raise_on_sql")
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")
    representative_office: Mapped[RepresentativeOffice] = relationship(
        foreign_keys=[representative_office_id], lazy="raise_on_sql"
    )
    made_by: Mapped[User] = relationship(lazy="raise_on_sql")
    parties: Mapped[list["ProjectParty"]] = relationship(
        order_by="ProjectParty.role, ProjectParty.id", lazy="raise_on_sql"
    )
    changes: Mapped[list["ProjectChange"]] = relationship(
        order_by="ProjectChange.changed_on, ProjectChange.id", lazy="raise_on_sql"
    )


class ProjectParty(Base):
    """A firm that builds: its name as given, and the employer that a person or a hard number made of it."""

    __tablename__ = "project_party"
    __table_args__: Any = (
        UniqueConstraint("project_id", "name_key"),
        Index("ix_project_party_employer", "employer_id", "project_id"),
        CheckConstraint("share_hundredths BETWEEN 0 AND 10000", name="share"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    role: Mapped[PartyRole] = mapped_column(default=PartyRole.LEAD)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(SORTED)
    share_hundredths: Mapped[int | None]  # hundredths of a percent of the contract
    import_id: Mapped[int | None]

    employer: Mapped[Employer | None] = relationship(lazy="raise_on_sql")


class ProjectChange(Base):
    """An amendment of a contract, or its end before it was done. Only added to: a trigger refuses changes."""

    __tablename__ = "project_change"
    __table_args__: Any = (
        UniqueConstraint("project_id", "number"),
        Index("ix_project_change_import", "import_id"),
        CheckConstraint("value >= 0 AND value_net >= 0", name="values"),
        about(Level.ALLEGATION, Kept.COMPLAINT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[ChangeKind]
    changed_on: Mapped[date]
    number: Mapped[str] = mapped_column(String(120))
    value: Mapped[int | None] = mapped_column(BigInteger)  # the whole, not the difference
    value_net: Mapped[int | None] = mapped_column(BigInteger)
    end_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    import_id: Mapped[int | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[User] = relationship(lazy="raise_on_sql")


class ProjectFinding(Base):
    """Which project a finding against its owner comes from."""

    __tablename__ = "project_finding"
    __table_args__ = about(Level.ALLEGATION, Kept.COMPLAINT)

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)

    finding: Mapped[Finding] = relationship(lazy="raise_on_sql")
