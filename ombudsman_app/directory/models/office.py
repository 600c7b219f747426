"""Institutions and their offices."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, case
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ombudsman_app.core.columns import Kept, Level, about
from ombudsman_app.core.db import Base

from .region import Region
from .standing import Dated, Sourced

# Sorted and searched byte by byte on both databases, so that ranges of words and keys mean the same.
SORTED = String(300).with_variant(String(300, collation="C"), "postgresql")
WORD = String(40).with_variant(String(40, collation="C"), "postgresql")


class InstitutionKind(StrEnum):
    SOCIAL_SECURITY_BODY = "social_security_body"
    LOCAL_GOVERNMENT = "local_government"
    LABOUR_OFFICE = "labour_office"
    OMBUDSMAN = "ombudsman"


class OfficeKind(StrEnum):
    """The words of `bpjs_office_kinds` in `places.yaml`, and those of the other bodies."""

    HEAD_OFFICE = "kantor_pusat"
    REGIONAL_OFFICE = "kantor_wilayah"
    BRANCH = "kantor_cabang"
    SMALL_BRANCH = "kantor_cabang_perintis"
    SERVICE_MALL = "layanan_mpp"
    COMMUNITY_AGENT = "agen_perisai"
    PROVINCE_GOVERNMENT = "pemerintah_provinsi"
    REGENCY_GOVERNMENT = "pemerintah_kabupaten"
    CITY_GOVERNMENT = "pemerintah_kota"
    LABOUR_OFFICE = "dinas_ketenagakerjaan"
    OMBUDSMAN_HEAD_OFFICE = "ombudsman_pusat"
    REPRESENTATIVE = "ombudsman_perwakilan"


OMBUDSMAN_KINDS = (OfficeKind.OMBUDSMAN_HEAD_OFFICE, OfficeKind.REPRESENTATIVE)


class Institution(Dated, Sourced, Base):
    """A public body: BPJS Ketenagakerjaan, a local government, a labour office, the Ombudsman."""

    __tablename__ = "institution"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[InstitutionKind]
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(120))


class Office(Dated, Sourced, Base):
    """One place of an institution. `name` says all by itself, `short_name` leaves the institution out.

    `slug` is printed on posters: given once, never changed. `reference` is the id in the file that
    brought the row. `sort_key` orders lists by province, rank of the kind and name. `province_code` is
    known for branches even where the regency is not; None: works for several provinces.
    """

    __tablename__ = "office"
    __table_args__: Any = (Index(None, "sort_key", "id"), about(Level.PUBLIC, Kept.PERMANENT))

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    kind: Mapped[OfficeKind] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("region.id"), index=True)
    province_code: Mapped[str | None] = mapped_column(String(2), index=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(200))
    aliases: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str | None] = mapped_column(String(500))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    sort_key: Mapped[str] = mapped_column(SORTED)

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    parent: Mapped["Office | None"] = relationship(remote_side="Office.id", lazy="raise_on_sql")
    children: Mapped[list["Office"]] = relationship(
        foreign_keys="Office.parent_id", order_by="Office.sort_key", viewonly=True, lazy="raise_on_sql"
    )
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")
    statements: Mapped[list["OfficeStatement"]] = relationship(
        order_by="OfficeStatement.said_on, OfficeStatement.id", lazy="raise_on_sql"
    )

    __mapper_args__ = {  # noqa: RUF012 - SQLAlchemy reads it as it is
        "polymorphic_on": case((kind.in_(OMBUDSMAN_KINDS), "representative"), else_="office"),
        "polymorphic_identity": "office",
    }


class OfficeWord(Base):
    """One word by which an office is found; lists of words are ranges of this index."""

    __tablename__ = "office_word"
    __table_args__ = (Index(None, "word", "office_id"), about(Level.PUBLIC, Kept.PERMANENT))

    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), primary_key=True)
    word: Mapped[str] = mapped_column(WORD, primary_key=True)


class OfficeStatement(Sourced, Base):
    """What somebody said about an office, word for word. A statement is never a score."""

    __tablename__ = "office_statement"
    __table_args__ = about(Level.PUBLIC, Kept.PERMANENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(60), unique=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    said_on: Mapped[date]
    speaker: Mapped[str] = mapped_column(String(120))
    speaker_role: Mapped[str] = mapped_column(String(200))
    quote: Mapped[str] = mapped_column(Text)
